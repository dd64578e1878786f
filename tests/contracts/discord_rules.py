"""Judges REST calls by Discord's published specification, so that a wrong call fails in a test and not in somebody's chat.

Knows nothing of planwatch. What the specification says only in words (components V2, buttons, option order) stands here in code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SPEC: dict[str, Any] = json.loads(
    (Path(__file__).parent / "specs" / "discord-endpoints.json").read_text(encoding="utf-8")
)
SCHEMAS: dict[str, Any] = SPEC["schemas"]
COMPONENTS_V2, EPHEMERAL, SILENT = 1 << 15, 1 << 6, 1 << 12
LOCALES = {"uk", "ru", "en-US", "en-GB", "de", "fr", "pl"}
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def mistakes(method: str, path: str, query: Mapping[str, str], body: Any) -> list[str]:
    """What Discord would refuse, silently drop, or show otherwise than meant."""
    endpoint = next((each for each in SPEC["endpoints"] if each["method"] == method and _matches(each, path)), None)
    if endpoint is None:
        return [f"{method} {path} is not a call we are known to make"]
    known = {parameter["name"] for parameter in endpoint["parameters"] if parameter["in"] == "query"}
    found = [f"unknown query parameter {name}" for name in query if name not in known]
    if "body" in endpoint:
        if method == "PATCH" and isinstance(body, dict):
            body = {
                key: value for key, value in body.items() if key != "tts"
            }  # discord.py's own habit; Discord ignores it
        found += _judged("body", endpoint["body"], body)
        found += [] if found else list(_in_words(path, body))
    elif body is not None:
        found.append("no body expected")
    return [f"{method} {path}: {each}" for each in found]


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All components, nested ones too."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))


def text_of(components: list[dict[str, Any]]) -> str:
    """What a message says, as Discord's markdown."""
    return "\n".join(component["content"] for component in walk(components) if component["type"] == 10)


def _matches(endpoint: dict[str, Any], path: str) -> bool:
    return re.fullmatch(re.sub(r"\{[a-z_]+\}", "[^/]+", endpoint["path"]), path) is not None


def _judged(where: str, schema: dict[str, Any], value: Any) -> list[str]:
    if "$ref" in schema:
        return _judged(where, SCHEMAS[schema["$ref"]], value)
    found = list(_typed(where, schema, value))
    for each in schema.get("allOf", []):
        found += _judged(where, each, value)
    options = schema.get("oneOf") or schema.get("anyOf")
    if options and not found:
        found = min(
            (_judged(where, option, value) for option in options), key=lambda wrong: (_is_other(wrong), len(wrong))
        )
    return found


def _is_other(wrong: list[str]) -> bool:
    """Whether an alternative failed for being another thing altogether (so that its complaints say little)."""
    return any(".type is none of" in each or "is not a" in each for each in wrong)


def _typed(where: str, schema: dict[str, Any], value: Any) -> Iterator[str]:
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(kind, value) for kind in kinds):
        yield f"{where} is not a {' or '.join(kinds)}: {value!r}"
    elif ("const" in schema and value != schema["const"]) or value not in schema.get("enum", [value]):
        yield f"{where} is none of {schema.get('enum', [schema.get('const')])}: {value!r}"
    elif isinstance(value, str):
        yield from _text(where, schema, value)
    elif isinstance(value, list):
        yield from _list(where, schema, value)
    elif isinstance(value, dict) and ("properties" in schema or "additionalProperties" in schema):
        yield from _object(where, schema, value)
    elif isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{where} is out of range: {value}"


def _is(kind: str, value: Any) -> bool:
    return isinstance(value, _TYPES[kind]) and not (isinstance(value, bool) and kind in ("integer", "number"))


def _text(where: str, schema: dict[str, Any], value: str) -> Iterator[str]:
    size = len(value.encode("utf-16-le")) // 2
    if not schema.get("minLength", 0) <= size <= schema.get("maxLength", size):
        yield f"{where} has {size} characters"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where} does not look like {schema['pattern']}: {value!r}"
    if schema.get("format") == "uri" and not re.fullmatch(r"https?://[^\s]+", value):
        yield f"{where} is no web address: {value!r}"


def _list(where: str, schema: dict[str, Any], value: list[Any]) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{where} has {len(value)} entries"
    for number, each in enumerate(value):
        yield from _judged(f"{where}[{number}]", schema.get("items", {}), each)


def _object(where: str, schema: dict[str, Any], value: dict[str, Any]) -> Iterator[str]:
    yield from (f"{where} lacks {name}" for name in schema.get("required", []) if name not in value)
    for name, each in value.items():
        inner = schema.get("properties", {}).get(name) or schema.get("additionalProperties")
        if inner is None:
            yield f"{where} has no field {name}"
        else:
            yield from _judged(f"{where}.{name}", inner, each)


def _in_words(path: str, body: Any) -> Iterator[str]:
    if isinstance(body, list):
        yield from _commands(body)
        return
    message = body if "type" not in body else body.get("data") or {}
    if "type" not in body or body["type"] in (4, 7):
        yield from _message(message)
    elif body["type"] in (5, 6) and message.get("flags", 0) & ~EPHEMERAL:
        yield "a deferral takes no flag but ephemeral"


def _message(message: dict[str, Any]) -> Iterator[str]:
    components = list(walk(message.get("components") or []))
    v2 = bool(message.get("flags", 0) & COMPONENTS_V2)
    if not (components or message.get("content") or message.get("embeds")):
        yield "an empty message"
    if any(component["type"] >= 9 for component in components) and not v2:
        yield "text displays need the components V2 flag"
    if v2 and (message.get("content") or message.get("embeds")):
        yield "components V2 exclude content and embeds"
    if len(components) > 40 or (not v2 and len(message.get("components") or []) > 5):
        yield "too many components"
    if len(text_of(components)) > 4000:
        yield "over 4000 characters of text"
    if (message.get("allowed_mentions") or {}).get("parse") != []:
        yield "mentions are not switched off"
    yield from _buttons([component for component in components if component["type"] == 2])


def _buttons(buttons: list[dict[str, Any]]) -> Iterator[str]:
    ids = [button["custom_id"] for button in buttons if "custom_id" in button]
    if len(set(ids)) != len(ids):
        yield "custom_ids are not unique"
    for button in buttons:
        if ("url" in button, "custom_id" in button) != ((True, False) if button["style"] == 5 else (False, True)):
            yield f"a button of style {button['style']} takes {'url' if button['style'] == 5 else 'custom_id'} and nothing else"
        if not (button.get("label") or "").strip():
            yield "a button without a label"


def _commands(commands: list[dict[str, Any]]) -> Iterator[str]:
    names = [command["name"] for command in commands]
    if len(set(names)) != len(names) or len(names) > 100:
        yield "command names are not unique, or over 100"
    for each in (*commands, *(option for command in commands for option in command.get("options") or [])):
        if not re.fullmatch(r"[-_'\w]{1,32}", each["name"]) or each["name"] != each["name"].lower():
            yield f"not a name: {each['name']}"
        if not each.get("description"):
            yield f"{each['name']} lacks a description"
        yield from (
            f"unknown locale {name}" for name in (each.get("description_localizations") or {}) if name not in LOCALES
        )
    for command in commands:
        required = [bool(option.get("required")) for option in command.get("options") or []]
        if required != sorted(required, reverse=True):
            yield f"/{command['name']}: required options come first"

"""Judges Bot API calls by the published specification, so that a wrong call fails in a test and not in somebody's chat.

Knows nothing of planwatch. What the specification says only in words (how marks may nest, what a keyboard may hold) stands here in code;
nesting follows TDLib's `are_entities_valid`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SPEC: dict[str, Any] = json.loads(
    (Path(__file__).parent / "specs" / "telegram-methods.json").read_text(encoding="utf-8")
)
Params = dict[str, Any]
_ACTIONS = ("url", "callback_data", "copy_text", "web_app", "login_url", "switch_inline_query", "pay")
_QUOTES = ("blockquote", "expandable_blockquote")


def mistakes(method: str, params: Params) -> list[str]:
    """What Telegram would refuse, or take and then show otherwise than we meant."""
    fields = SPEC["methods"].get(method)
    if fields is None:
        return [f"{method} is not a method we are known to call"]
    found = list(_object(method, fields, params))
    if not found and "text" in params and method != "answerCallbackQuery":
        found = list(_message(params))
    return [f"{method}: {each}" for each in found]


def utf16(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _object(name: str, fields: dict[str, Any], given: Params) -> Iterator[str]:
    yield from (f"{name} has no field {key}" for key in given if key not in fields)
    yield from (f"{name} lacks {key}" for key, field in fields.items() if field["required"] and key not in given)
    for key, value in given.items():
        if key in fields:
            yield from _field(f"{name}.{key}", fields[key], value)


def _field(name: str, field: dict[str, Any], value: Any) -> Iterator[str]:
    tries = [list(_typed(name, kind, value)) for kind in field["types"]]
    if all(tries):
        yield from tries[0]
    elif "values" in field and value not in field["values"]:
        yield f"{name} can't be {value!r}"
    elif "limit" in field and isinstance(value, str):
        low, high, unit = field["limit"]
        size = len(value.encode()) if unit == "bytes" else utf16(value)
        if not low <= size <= high:
            yield f"{name} has {size} {unit}, not {low}-{high}"


def _typed(name: str, kind: str, value: Any) -> Iterator[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            yield f"{name} is no list"
            return
        for number, each in enumerate(value):
            yield from _typed(f"{name}[{number}]", kind.removeprefix("Array of "), each)
    elif kind in SPEC["types"]:
        yield from _object(name, SPEC["types"][kind], value) if isinstance(value, dict) else [f"{name} is no {kind}"]
    elif not _is(kind, value):
        yield f"{name} is no {kind}: {value!r}"


def _is(kind: str, value: Any) -> bool:
    if kind == "Integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, {"String": str, "Boolean": bool}.get(kind, ()))


def _message(params: Params) -> Iterator[str]:
    text = params["text"]
    if text != text.strip():
        yield "white space around the text would be trimmed, and every mark moved"
    if any(character < " " and character != "\n" for character in text):
        yield "control characters would be dropped, and marks moved"
    if not (params.get("link_preview_options") or {}).get("is_disabled"):
        yield "link previews are on"
    yield from _entities(text, params.get("entities", []))
    yield from _keyboard((params.get("reply_markup") or {}).get("inline_keyboard", []))


def _entities(text: str, entities: list[Params]) -> Iterator[str]:
    if len(entities) > 100:
        yield f"{len(entities)} entities; those after the hundredth are dropped"
    if sum(24 + len(each.get("url", "").encode()) for each in entities) > 9_500:
        yield "ENTITIES_TOO_LONG"
    raw = text.encode("utf-16-le")
    for each in entities:
        piece = raw[2 * each["offset"] : 2 * (each["offset"] + each["length"])]
        if each["offset"] < 0 or each["length"] < 1 or len(piece) != 2 * each["length"]:
            yield f"entity out of bounds: {each}"
        elif not _whole(piece):
            yield f"entity splits a surrogate pair: {each}"
        if (each["type"] == "text_link") != bool(each.get("url")):
            yield f"link without address, or address without link: {each}"
    yield from _nesting(sorted(entities, key=lambda each: (each["offset"], -each["length"])))


def _whole(piece: bytes) -> bool:
    try:
        piece.decode("utf-16-le")
    except UnicodeDecodeError:
        return False
    return True


def _nesting(entities: list[Params]) -> Iterator[str]:
    around: list[Params] = []
    for each in entities:
        while around and each["offset"] >= around[-1]["offset"] + around[-1]["length"]:
            around.pop()
        kinds = [outer["type"] for outer in around]
        if around and each["offset"] + each["length"] > around[-1]["offset"] + around[-1]["length"]:
            yield f"entities overlap: {around[-1]} and {each}"
        if each["type"] in kinds or "code" in kinds:
            yield f"{each['type']} inside {kinds}"
        if each["type"] == "code" and any(kind not in _QUOTES for kind in kinds):
            yield f"code inside {kinds}"
        if each["type"] in _QUOTES and kinds:
            yield f"a quote inside {kinds}"
        around.append(each)
    for one, next_one in pairwise(entities):
        if one == next_one:
            yield f"the same entity twice: {one}"


def _keyboard(rows: list[list[Params]]) -> Iterator[str]:
    if sum(map(len, rows)) > 100:
        yield "more than 100 buttons"
    for row in rows:
        if not 1 <= len(row) <= 8:
            yield f"a row of {len(row)} buttons"
        for button in row:
            if sum(action in button for action in _ACTIONS) != 1 or not button["text"].strip():
                yield f"a button does exactly one thing and has a label: {button}"
            if "url" in button and not re.fullmatch(r"https?", urlsplit(button["url"]).scheme):
                yield f"BUTTON_URL_INVALID: {button}"

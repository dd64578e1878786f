"""Brings file, environment and defaults together; collects every mistake before it complains. Knows nothing of what settings do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bot.model.errors import Mistake, SettingsError
from bot.settings.places import settings_file
from bot.settings.sources import Given, from_environment, from_file
from bot.settings.tree import Secret, Settings
from bot.settings.values import Wrong


def load_settings(chosen: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings. Raises SettingsError with every mistake of file and environment together."""
    mistakes: list[Mistake] = []
    table = keys_of(Settings)
    given = from_file(settings_file(chosen, environ), mistakes)
    for path, one in from_environment(environ).items():
        given[path] = one
        if path.removesuffix("_file") in table:  # a secret and its file are one setting: the environment's goes first
            twin = path.removesuffix("_file") if path.endswith("_file") else f"{path}_file"
            if twin in given and not given[twin].from_environment:
                del given[twin]
    settings: Settings = _build(Settings, "", _clean(table, given, mistakes))
    mistakes.extend(_together(settings, given))
    if mistakes:
        raise SettingsError(tuple(mistakes))
    return settings


def keys_of(tree: type, prefix: str = "") -> dict[str, Field[Any]]:
    """Every setting's dotted key with its field, in the order of the tree."""
    table: dict[str, Field[Any]] = {}
    for one in fields(tree):
        if one.metadata:
            table[prefix + one.name] = one
        elif group := _group(one):
            table |= keys_of(group, f"{prefix}{one.name}.")
    return table


def _clean(table: dict[str, Field[Any]], given: dict[str, Given], mistakes: list[Mistake]) -> dict[str, Any]:
    clean: dict[str, Any] = {}
    for path, one in given.items():
        try:
            if path in table:
                clean[path] = _value(table[path], one.raw)
            elif (
                (secret := path.removesuffix("_file")) in table and table[secret].metadata["secret"] and path != secret
            ):
                clean[secret] = _from_secret_file(table[secret], one.raw)
            else:
                raise Wrong("there is no such setting", _nearest(path, one, table))
        except Wrong as wrong:
            mistakes.append(one.mistake(wrong.problem, wrong.remedy))
    return clean


def _value(one: Field[Any], raw: Any) -> Any:
    value = one.metadata["reader"](raw)
    return Secret(value) if one.metadata["secret"] else value


def _from_secret_file(one: Field[Any], raw: Any) -> Any:
    path = Path(str(raw)).expanduser()
    try:
        text = path.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise Wrong(f"{path} cannot be read ({reason})", "name a readable file that holds the secret alone") from None
    if not text:
        raise Wrong(f"{path} is empty", "write the secret into it")
    try:
        return _value(one, text)
    except Wrong as wrong:
        raise Wrong(
            f"what {path} holds {wrong.problem if one.name == 'url' else 'is not one line of text'}", wrong.remedy
        ) from None


def _nearest(path: str, one: Given, table: dict[str, Field[Any]]) -> str:
    near = get_close_matches(path, table, n=1, cutoff=0.7)
    near = near or [key for key in table if key.rpartition(".")[2] == path.rpartition(".")[2]]
    near = near or get_close_matches(path, table, n=1, cutoff=0.5)
    return f"did you mean {one.spelled(near[0])}?" if near else "see config/planwatch.toml for every setting"


def _build(tree: type, prefix: str, clean: dict[str, Any]) -> Any:
    made = {}
    for one in fields(tree):
        path = prefix + one.name
        if path in clean:
            made[one.name] = clean[path]
        elif group := _group(one):
            made[one.name] = _build(group, f"{path}.", clean)
    return tree(**made)


def _group(one: Field[Any]) -> type | None:
    factory: Any = one.default_factory
    return factory if isinstance(factory, type) and is_dataclass(factory) else None


def _together(settings: Settings, given: dict[str, Given]) -> list[Mistake]:
    """Mistakes that only show when settings are seen side by side."""
    twice = [path for path in given if path.endswith("_file") and path.removesuffix("_file") in given]
    found = [given[path].mistake("is given beside the secret itself", "keep one of the two") for path in twice]
    if settings.telegram.mode == "webhook":
        found.append(given["telegram.mode"].mistake("webhook is not built yet", "set it to polling"))
    for here, there in (("websub.public_url", "websub.listen"), ("websub.listen", "websub.public_url")):
        if _says(given, here) and not _says(given, there):
            found.append(given[here].mistake(f"needs {there} too", f"set {there}, or leave both empty"))
    if settings.llm.enabled:
        found.append(given["llm.enabled"].mistake("no language model is built in yet", "set it to false"))
    return found


def _says(given: dict[str, Given], key: str) -> bool:
    """Whether a setting is more than empty or off, right or wrong."""
    return key in given and str(given[key].raw).strip().lower() not in ("", "off")

"""A list of sources, as the settings and `feeds.toml` give it. Knows nothing of how they are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from bot.model.errors import Mistake, SettingsError
from bot.settings.values import Wrong, address, flag, from_text, shown, text, words

_KEYS = ("url", "name", "language", "topics", "official")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSetting:
    """One source. Without topics it is read for all of them."""

    url: str
    name: str = ""
    language: str | None = None
    topics: tuple[str, ...] = ()
    official: bool = False


def feeds(raw: Any) -> tuple[FeedSetting, ...] | None:
    """A list of tables with `url`, or of plain addresses; None where none is given. Raises Wrong, naming the entry."""
    if raw is None:
        return None
    items = from_text(raw) if isinstance(raw, str) else raw
    if not isinstance(items, list):
        raise Wrong(f"{shown(raw)} is not a list", 'write [[feeds]] with url = "…" under it, once for each')
    found: dict[str, FeedSetting] = {}
    for place, item in enumerate(items, start=1):
        feed = _feed(f"entry {place}", {"url": item} if isinstance(item, str) else item)
        if feed.url in found:
            raise Wrong(f"entry {place} has the address of an earlier one, {shown(feed.url)}", "remove one of the two")
        found[feed.url] = feed
    return tuple(found.values())


def _feed(where: str, item: Any) -> FeedSetting:
    if not isinstance(item, Mapping):
        raise Wrong(f"{where} is not a table", 'write url = "…" and, if you like, name, language, topics')
    for key in item:
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1)
            raise Wrong(
                f"{where} has an unknown key `{key}`",
                f"did you mean {near[0]}?" if near else f"known are: {', '.join(_KEYS)}",
            )
    try:
        return _read(item)
    except Wrong as wrong:
        raise Wrong(f"{where}: {wrong.problem}", wrong.remedy) from None


def _read(item: Mapping[str, Any]) -> FeedSetting:
    url = address(item.get("url", ""))
    if not url:
        raise Wrong("has no url", 'add url = "https://…"')
    language = text(item.get("language", "")).lower() or None
    if language and not re.fullmatch(r"[a-z]{2,3}", language):
        raise Wrong(f"{shown(language)} is no language code", "write en, uk, ru or another ISO 639 code")
    return FeedSetting(
        url=url,
        name=text(item.get("name", "")),
        language=language,
        topics=words(item.get("topics", [])),
        official=flag(item.get("official", False)),
    )


def read_feeds_file(path: Path | Traversable) -> tuple[FeedSetting, ...]:
    """The sources of a `feeds.toml`. Raises SettingsError."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        if unknown := sorted(set(data) - {"feeds"}):
            raise Wrong(f"has an unknown key `{unknown[0]}`", "it holds [[feeds]] only")
        return feeds(data.get("feeds", [])) or ()
    except Wrong as wrong:
        raise SettingsError((Mistake(path.name, "feeds", wrong.problem, wrong.remedy),)) from None
    except (OSError, ValueError) as error:  # TOML and UTF-8 mistakes are ValueErrors
        raise SettingsError((Mistake(path.name, "", f"cannot be read: {error}", "mend the file"),)) from None

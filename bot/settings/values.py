"""What one setting's value may be, given by a TOML file or as text by the environment. Knows no setting by name.

Every reader here takes the raw value and returns the clean one, or raises Wrong with the problem and the remedy.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.settings.zones import nearest_zones

Reader = Callable[[Any], Any]
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?", re.IGNORECASE)
_SCHEMES = ("sqlite", "sqlite+aiosqlite", "postgresql", "postgres", "postgresql+asyncpg")


class Wrong(Exception):
    """A value cannot be used."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


def text(raw: Any) -> str:
    """One line of text."""
    if not isinstance(raw, str) or any(ord(letter) < 32 for letter in raw):
        raise Wrong(f"{shown(raw)} is not one line of text", 'write it between quotation marks: "…"')
    return raw.strip()


def number(lowest: float, highest: float) -> Reader:
    """A number within bounds."""

    def read(raw: Any) -> float:
        try:
            value = float(raw) if isinstance(raw, int | float | str) and not isinstance(raw, bool) else None
        except ValueError:
            value = None
        if value is None or not lowest <= value <= highest:
            raise Wrong(f"{shown(raw)} is not a number from {lowest:g} to {highest:g}", "write such a number")
        return value

    return read


def whole(lowest: int, highest: int) -> Reader:
    """A whole number within bounds."""

    def read(raw: Any) -> int:
        value = number(lowest, highest)(raw)
        if not float(value).is_integer():
            raise Wrong(f"{shown(raw)} is not a whole number", "write it without a fraction")
        return int(value)

    return read


def flag(raw: Any) -> bool:
    """Yes or no."""
    known = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    value = known.get(str(raw).strip().lower()) if isinstance(raw, bool | str) else None
    if value is None:
        raise Wrong(f"{shown(raw)} is neither true nor false", "write true or false")
    return value


def choice(*allowed: str) -> Reader:
    """One of the given words, in any letter case."""

    def read(raw: Any) -> str:
        value = text(raw).lower()
        if value not in allowed:
            raise Wrong(f"{shown(raw)} is not known", f"use one of: {', '.join(allowed)}")
        return value

    return read


def folder(raw: Any) -> Path | None:
    """A folder that may or may not be there yet; nothing for an empty text."""
    value = text(raw)
    return Path(value).expanduser() if value else None


def standing_folder(raw: Any) -> Path | None:
    """A folder that is there; nothing for an empty text."""
    path = folder(raw)
    if path is None:
        return None
    try:
        with os.scandir(path):
            return path
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Wrong(f"the folder {path} cannot be read ({reason})", "create it, or leave the setting empty") from None


def words(raw: Any) -> tuple[str, ...]:
    """A list of texts; in the environment a JSON list, or words parted by commas or spaces."""
    items = from_text(raw) if isinstance(raw, str) else raw
    if not isinstance(items, list) or not all(isinstance(item, str) and item.strip() for item in items):
        raise Wrong(f"{shown(raw)} is not a list of texts", 'write ["one", "two"]')
    return tuple(dict.fromkeys(text(item) for item in items))


def from_text(raw: str) -> list[Any]:
    """A list given as text by the environment."""
    if raw.lstrip().startswith(("[", "{")):
        try:
            value = json.loads(raw)
        except ValueError:
            raise Wrong("is not valid JSON", 'write a JSON list: ["one", "two"]') from None
        return value if isinstance(value, list) else [value]
    return [item for item in re.split(r"[,\s]+", raw) if item]


def topic_ids(raw: Any) -> tuple[str, ...]:
    """At least one topic id."""
    ids = words(raw)
    for topic in ids:
        if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", topic):
            raise Wrong(
                f"`{topic}` cannot be a topic's id", "use the name of a file in the topics folder, without .toml"
            )
    if not ids:
        raise Wrong("names no topic", "name at least one; `planwatch topics list` shows them")
    return ids


def private_hosts(raw: Any) -> tuple[str, ...]:
    """Hosts, host:port pairs or CIDR blocks."""
    entries = words(raw)
    for entry in entries:
        if not (_is_network(entry) or _is_place(entry)):
            raise Wrong(
                f"`{entry}` is no host, host:port or address block", "write such as localhost:8080 or 127.77.0.0/16"
            )
    return entries


def _is_network(entry: str) -> bool:
    try:
        ipaddress.ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        return False
    return True


def _is_place(entry: str) -> bool:
    host, colon, port = entry.rpartition(":")
    if colon and port.isdigit() and 0 < int(port) < 65536:
        return bool(_HOST.fullmatch(host)) or _is_network(host)
    return bool(_HOST.fullmatch(entry))


def address(raw: Any) -> str:
    """An http or https address, or nothing."""
    value = text(raw)
    try:
        parts = urlsplit(value)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0 and " " not in value
    except ValueError:
        fits = False
    if value and not fits:
        raise Wrong(f"{shown(raw)} is not an http or https address", "write it in full: https://host/path")
    return value


def public_address(raw: Any) -> str:
    """An http or https address under which others are, without closing slash, or nothing."""
    value = address(raw)
    parts = urlsplit(value)
    if parts.query or parts.fragment or parts.username is not None:
        raise Wrong(f"{shown(raw)} has more than host, port and path", "write such as https://bot.example.org/websub")
    return value.rstrip("/")


def gateway(raw: Any) -> str:
    """A ws or wss address, or nothing."""
    value = text(raw)
    if value and not re.match(r"wss?://[^/\s]+", value):
        raise Wrong(f"{shown(raw)} is not a websocket address", "write it in full: wss://host/")
    return value


def listen(raw: Any) -> tuple[str, int] | None:
    """host:port to listen on; nothing for an empty text or "off"."""
    value = text(raw)
    if value.lower() in {"", "off"}:
        return None
    host, colon, port = value.rpartition(":")
    host = host.strip("[]")
    if not colon or not port.isdigit() or int(port) > 65535 or not (_HOST.fullmatch(host) or _is_network(host)):
        raise Wrong(f"{shown(raw)} is not host:port", 'write such as "127.0.0.1:9464", or "" to switch it off')
    return host, int(port)


def zone(raw: Any) -> str:
    """An IANA time zone."""
    value = text(raw)
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = " or ".join(f'"{name}"' for name in nearest_zones(value))
        remedy = f"did you mean {near}?" if near else 'write such as "Europe/Kyiv"'
        raise Wrong(f"{shown(raw)} is no time zone", remedy) from None


def store_url(raw: Any) -> str:
    """A SQLAlchemy URL of a database we know, or nothing. It may hold a password and is never shown."""
    value = text(raw)
    if value and (value.partition(":")[0] not in _SCHEMES or "://" not in value):
        raise Wrong(
            "is not the address of a SQLite or PostgreSQL database",
            "write sqlite:///data/planwatch.db or postgresql+asyncpg://user@host/name",
        )
    return value


def shown(raw: Any) -> str:
    """A value as a mistake shows it: short, on one line."""
    value = json.dumps(raw, ensure_ascii=False, default=str)
    return f"`{value.strip(chr(34))[:60]}`"

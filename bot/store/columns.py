"""Column types that mean the same on SQLite and PostgreSQL, and clean what neither can hold.

They know nothing of tables or nouns.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import DateTime, Dialect, Double, Text
from sqlalchemy.types import TypeDecorator

LONGEST_KEY = 200  # characters; PostgreSQL refuses index rows over 2.7 kB, and a character may take 4 bytes
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` with NUL (PostgreSQL refuses it) and lone surrogates (no UTF-8) as U+FFFD, one for one: spans still fit."""
    try:
        text.encode()  # a seventh of the pattern's cost, and nearly every text ends here
    except UnicodeEncodeError:
        return _UNSTORABLE.sub("\ufffd", text)
    return text if "\x00" not in text else text.replace("\x00", "\ufffd")


def key(text: str) -> str:
    """`text` as an id that fits an index: storable; a long one is its beginning and a hash. Idempotent."""
    text = storable(text)
    if len(text) <= LONGEST_KEY:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    return f"{text[: LONGEST_KEY - 33]}~{digest}"


def day_of(moment: datetime) -> int:
    """The day of an aware moment, in UTC, as `date.toordinal` counts."""
    return moment.astimezone(UTC).toordinal()


class Words(TypeDecorator[str]):
    """Text of any length, compared byte by byte on both databases."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """PostgreSQL's collation C sorts as SQLite does, and serves prefix look-ups from an index."""
        return dialect.type_descriptor(Text(collation="C" if dialect.name == "postgresql" else None))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean what comes in; an enum member becomes its value."""
        return None if value is None else storable(str(value))


class Key(Words):
    """An id or look-up key: short enough for an index."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """See `key`."""
        return None if value is None else key(str(value))


class Utc(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raises ValueError for a naive moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive moment cannot be stored: {value}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Seconds(TypeDecorator[timedelta]):
    """A duration, stored in seconds."""

    impl = Double
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> float | None:
        """Seconds, with microseconds as the fraction."""
        return None if value is None else value.total_seconds()

    def process_result_value(self, value: float | None, dialect: Dialect) -> timedelta | None:
        """A timedelta."""
        return None if value is None else timedelta(seconds=value)


class Json(TypeDecorator[Any]):
    """A collection as JSON text; the outermost list comes back as a tuple."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Compact JSON in which nothing unstorable is left."""
        if value is None:
            return None
        text = _dumped(value)
        return storable(_dumped(_without_nul(value)) if "\\u0000" in text else text)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Tuple for a list, else what JSON says."""
        if value == "[]":
            return ()
        found = None if value is None else json.loads(value)
        return tuple(found) if isinstance(found, list) else found


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _without_nul(value: Any) -> Any:
    """JSON writes NUL as an escape, where `storable` cannot see it: clean the texts themselves."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: _without_nul(item) for name, item in value.items()}
    return [_without_nul(item) for item in value] if isinstance(value, (list, tuple)) else value

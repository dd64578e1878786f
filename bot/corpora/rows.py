"""Reads the fields of one row and notes what is wrong with them. Knows types and forms, not what the fields mean.

A field that may be missing may also be null. What is not asked for is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Fields:
    """One row. `wrong(field, problem, remedy)` is called for each mistake; a harmless value stands in, so that reading goes on."""

    def __init__(self, data: Mapping[str, Any], wrong: Callable[[str, str, str], None], at: str = "") -> None:
        self._data = data
        self._wrong = wrong
        self._at = at

    def text(self, key: str, *, needed: bool = False) -> str:
        """A text; "" when it is missing and not needed."""
        value = self._data.get(key)
        if isinstance(value, str) and (value.strip() or not needed):
            return value
        if value is None and not needed:
            return ""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)  # ids written as numbers
        self._note(key, _stated(value, "a text"), f'give "{key}": "…"')
        return ""

    def maybe(self, key: str) -> str | None:
        """A text, or None when it is missing, null or empty."""
        return self.text(key) or None

    def moment(self, key: str) -> datetime:
        """A needed ISO 8601 time; without an offset it is UTC."""
        return self.maybe_moment(key, needed=True) or EPOCH

    def maybe_moment(self, key: str, *, needed: bool = False) -> datetime | None:
        """An ISO 8601 time, or None."""
        value = self._data.get(key)
        if value in (None, "") and not needed:
            return None
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            self._note(key, _stated(value, "an ISO 8601 time"), 'give a time such as "2026-01-05T07:40:00+00:00"')
            return None
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)

    def day(self, key: str) -> date:
        """A needed ISO 8601 date; of a time, its UTC date."""
        return self.moment(key).date()

    def level(self, key: str, highest: int) -> int:
        """A needed whole number from 0 to `highest`."""
        value = self._data.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= highest:
            return value
        self._note(
            key,
            _stated(value, f"a whole number from 0 to {highest}"),
            f"give one of {', '.join(map(str, range(highest + 1)))}",
        )
        return 0

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._data.get(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._note(key, _stated(value, "true or false"), "give true or false")
        return default

    def share(self, key: str) -> float | None:
        """A number from 0 to 1, or None."""
        value = self._data.get(key)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1):
            return None if value is None else float(value)
        self._note(key, _stated(value, "a number from 0 to 1"), "give a share such as 0.87")
        return None

    def word(self, key: str, kind: type[E]) -> E | None:
        """One of a kind's words, or None."""
        value = self._data.get(key)
        known = [str(member) for member in kind]
        if value is None or value in known:
            return None if value is None else kind(value)
        self._note(key, _stated(value, "a known word"), f"use one of: {', '.join(known)}")
        return None

    def figure(self, key: str) -> tuple[float | None, str]:
        """(a number, "") or (a date's ordinal, "") or (None, the words that are neither)."""
        value = self._data.get(key)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return (None if value is None else float(value)), ""
        try:
            return float(date.fromisoformat(str(value)).toordinal()), ""
        except ValueError:
            return None, str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none when it is missing."""
        return tuple(item for item in self._list(key, str) if isinstance(item, str))

    def rows(self, key: str) -> tuple[Fields, ...]:
        """A list of objects; none when it is missing."""
        items = [item for item in self._list(key, dict) if isinstance(item, dict)]
        return tuple(Fields(item, self._wrong, f"{self._at}{key}[{number}].") for number, item in enumerate(items))

    def unknown(self, known: set[str]) -> None:
        """Notes each field that nobody reads."""
        for key in sorted(self._data.keys() - known):
            self._note(key, "unknown key", f"known keys: {', '.join(sorted(known))}")

    def _list(self, key: str, kind: type) -> list[Any]:
        value = self._data.get(key)
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(item, kind) for item in value):
            return value
        self._note(
            key,
            _stated(value, f"a list of {'texts' if kind is str else 'objects'}"),
            f'leave "{key}" out, or give a list',
        )
        return []

    def _note(self, key: str, problem: str, remedy: str) -> None:
        self._wrong(f"{self._at}{key}", problem, remedy)


def _stated(value: object, wanted: str) -> str:
    return "missing" if value is None else f"`{str(value)[:40]}` is not {wanted}"

"""What every shelf does with rows: nouns of those this version understands, flat rows of nouns. Knows no table."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar

from sqlalchemy import ColumnElement, RowMapping, Table, and_

from bot.model.chats import ChatRef, Platform
from bot.model.digests import Window

N = TypeVar("N")
E = TypeVar("E", bound=StrEnum)
log = logging.getLogger(__name__)


class _Noun(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


def nouns(rows: Iterable[RowMapping], make: Callable[[RowMapping], N]) -> tuple[N, ...]:
    """A noun a row. A row with a word of a newer version is left out and logged, so that it costs nobody the others."""
    return tuple(noun for row in rows for noun in _made(row, make))


def _made(row: RowMapping, make: Callable[[RowMapping], N]) -> Iterable[N]:
    try:
        return (make(row),)
    except (ValueError, TypeError, KeyError) as error:
        log.warning("a stored row is left out, as this version does not understand it: %s", error)
        return ()


def flat(noun: _Noun, *without: str) -> dict[str, Any]:
    """The noun's fields by name, except `without`."""
    return {name: getattr(noun, name) for name in _names(type(noun)) if name not in without}


@cache  # a tenth of what writing an entry costs, otherwise
def _names(kind: type[_Noun]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def maybe(kind: type[E], value: str | None) -> E | None:
    """The member with that value; None for None. Raises ValueError for a word this version does not know."""
    return None if value is None else kind(value)


def within(window: Window, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """`column` lies in the window."""
    return (column >= window.since) & (column < window.until)


def address(ref: ChatRef) -> dict[str, str]:
    """The three columns under which a chat is filed."""
    return {"platform": ref.platform, "chat": ref.id, "thread": ref.thread}


def at(table: Table, ref: ChatRef) -> ColumnElement[bool]:
    """Rows of `table` that belong to that chat."""
    return and_(*(table.c[name] == value for name, value in address(ref).items()))


def ref_of(row: RowMapping) -> ChatRef:
    """The chat a row belongs to. Raises ValueError for a platform this version does not know."""
    return ChatRef(Platform(row["platform"]), row["chat"], row["thread"])

"""The two things the databases spell differently: writing a row that may be there already, and "one of these values".

Knows nothing of the tables it is given.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import JSON, Column, ColumnElement, Table, TableValuedAlias, any_, bindparam, cast, delete, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Text

from bot.store.columns import key

T = TypeVar("T")
Row = Mapping[str, Any]
Excluded = Mapping[str, ColumnElement[Any]]
Ruling = Callable[
    [Excluded], Mapping[str, ColumnElement[Any]]
]  # the new row's columns → columns not simply taken from it
PORTION = 200  # rows a statement: keeps memory level, the event loop free and PostgreSQL's pipeline short


def among(column: ColumnElement[Any], values: Iterable[str], dialect: str) -> ColumnElement[bool]:
    """`column` is one of `values`, however many: one bound parameter, as both databases limit their number."""
    wanted = sorted({key(value) for value in values})
    if dialect == "postgresql":
        return column == any_(bindparam(None, wanted, type_=ARRAY(Text())))
    return column.in_(select(func.json_each(json.dumps(wanted)).table_valued("value").c.value))


def named_among(column: ColumnElement[Any], name: str, dialect: str) -> ColumnElement[bool]:
    """As `among`, for a statement made once: the values come as the parameter `name`, put together by `listed`."""
    if dialect == "postgresql":
        return column == any_(bindparam(name, type_=ARRAY(Text())))
    return column.in_(select(func.json_each(bindparam(name, type_=Text())).table_valued("value").c.value))


def listed(values: Iterable[str], dialect: str) -> object:
    """Values for a parameter of `named_among`; they are compared as they are, so bring them through `key` first."""
    wanted = sorted(set(values))
    return wanted if dialect == "postgresql" else json.dumps(wanted)


def named_each(name: str, dialect: str) -> TableValuedAlias:
    """The values of a parameter that `listed` put together, as rows with a column `value`."""
    if dialect == "postgresql":
        return func.unnest(bindparam(name, type_=ARRAY(Text()))).table_valued("value").render_derived()
    return func.json_each(bindparam(name, type_=Text())).table_valued("value")


def elements(column: ColumnElement[Any], dialect: str) -> TableValuedAlias:
    """What a JSON list holds, as rows with a column `value`, to be joined to its own row."""
    if dialect == "postgresql":
        return func.json_array_elements_text(cast(column, JSON)).table_valued("value")
    return func.json_each(column).table_valued("value")


def aside(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """`column` for a condition that must not choose the index: SQLite would take its few values for few rows."""
    return func.coalesce(column, "")


async def upsert(
    connection: AsyncConnection,
    table: Table,
    rows: Sequence[Row],
    *,
    keep: Collection[str] = (),
    ruling: Ruling | None = None,
) -> None:
    """Insert `rows`, or update those whose primary key is there.

    Columns in `keep` stay as first written; what `ruling` returns is written instead of the new row's own. Rows go in order
    of their key, so that two writers meet rather than cross.
    """
    if not rows:
        return
    names = [column.name for column in table.primary_key]
    ordered = sorted(rows, key=lambda row: tuple(row[name] for name in names))
    for portion in portions(ordered):
        await connection.execute(_upserting(connection.dialect.name, table, frozenset(keep), ruling), portion)


async def remove(connection: AsyncConnection, column: Column[Any], values: Collection[str]) -> None:
    """Delete the rows whose `column` is one of `values`."""
    if values:
        await connection.execute(delete(column.table).where(among(column, values, connection.dialect.name)))


def portions(items: Sequence[T], size: int = PORTION) -> Iterable[list[T]]:
    """`items` in lists of at most `size`."""
    return (list(items[start : start + size]) for start in range(0, len(items), size))


@cache  # making a statement costs as much as sending it with twenty rows
def _upserting(
    dialect: str, table: Table, keep: frozenset[str], ruling: Ruling | None
) -> SqliteInsert | PostgresInsert:
    statement: SqliteInsert | PostgresInsert
    statement = postgres_insert(table) if dialect == "postgresql" else sqlite_insert(table)
    names = [column.name for column in table.columns if not column.primary_key and column.name not in keep]
    excluded = {name: statement.excluded[name] for name in names}
    taken = {**excluded, **(ruling(excluded) if ruling else {})}
    if not taken:
        return statement.on_conflict_do_nothing()
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=taken)

"""What drivers raise → what the project's error tree says. Knows no table; values of statements are never quoted."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.model.errors import StoreError, StoreFull, StoreUnreachable

FULL = (errno.ENOSPC, errno.EDQUOT)  # of the disk
_SQLITE_FULL = {sqlite3.SQLITE_FULL, 4874}  # 4874: SQLITE_IOERR_SHMSIZE, no room for the WAL's index file
_SQLITE_SHUT = {  # primary result codes, https://www.sqlite.org/rescode.html
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
}
_POSTGRES_FULL = "53100"  # https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES_SHUT = (
    "08",
    "28",
    "3D",
    "57P",
    "53300",
    "55P03",
)  # connection, password, no database, shut down, too many, lock


@contextmanager
def translated() -> Iterator[None]:
    """Inside, whatever a driver raises leaves as a StoreError: full, unreachable, or plain."""
    try:
        yield
    except _driver_errors() as error:
        raise store_error(error) from error


def store_error(error: BaseException) -> StoreError:
    """The error of the tree for a driver's error."""
    found = _cause(error)
    if _is_full(found):
        return StoreFull(str(found))
    if _is_shut(found):
        return StoreUnreachable(_first_line(found))
    return StoreError(_first_line(found))


def _driver_errors() -> tuple[type[BaseException], ...]:
    """Those of asyncpg too, where it is in use: a failed connection leaves SQLAlchemy unwrapped."""
    asyncpg = sys.modules.get("asyncpg")
    extra = (asyncpg.PostgresError, asyncpg.InterfaceError) if asyncpg else ()
    return (SQLAlchemyError, sqlite3.Error, OSError, *extra)


def _cause(error: BaseException) -> BaseException:
    """The driver's error inside SQLAlchemy's, so that neither statement nor values are quoted."""
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL
    return _sqlite_code(error) in _SQLITE_FULL or _sqlstate(error) == _POSTGRES_FULL


def _is_shut(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return True
    shut = _sqlite_code(error) & 0xFF in _SQLITE_SHUT or _sqlstate(error).startswith(_POSTGRES_SHUT)
    return shut or type(error).__name__ in ("InterfaceError", "TimeoutError")


def _sqlite_code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0)


def _sqlstate(error: BaseException) -> str:
    return str(getattr(error, "sqlstate", "") or "")


def _first_line(error: BaseException) -> str:
    """PostgreSQL's DETAIL lines quote values, and SQLAlchemy's further lines quote the statement."""
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__

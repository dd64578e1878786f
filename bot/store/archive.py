"""Backup of a store into one portable file, and restoring it into any store. Knows tables and columns, no noun.

A backup carries the schema revision it was made at: restoring builds that schema, fills it, and migrates from there.
"""

from __future__ import annotations

import asyncio
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from sqlalchemy import Boolean, Connection, Float, Integer, Table, column, func, insert, inspect, select, table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import Json, Seconds, Utc, Words
from bot.store.database import located, opened
from bot.store.dialects import PORTION
from bot.store.manifest import Manifest, TableNote, TableWriter, checked, refused, rows_of, write_manifest
from bot.store.schema import VERSION_TABLE, alone, found_revision, known, turn, upgrade
from bot.store.storing import SqlStore
from bot.store.tables import metadata
from bot.store.troubles import FULL, translated

_KINDS: dict[str, Any] = {  # first fit; the words stand in backups, so they stay
    "time": Utc,
    "duration": Seconds,
    "json": Json,
    "flag": Boolean,
    "integer": Integer,
    "number": Float,
    "text": Words,
}


async def backup(store: SqlStore, file: Path) -> Manifest:
    """Write a consistent backup of the running store to `file`, which is replaced only by a complete one.

    Everything is read inside one transaction. Raises BackupRefused where `file` cannot be written, StoreError; a full disk
    under `file` is StoreFull too.
    """
    with translated(), _complete(file) as archive:
        async with store.database.read() as connection:
            revision = await connection.run_sync(found_revision)
            notes = [await _save(connection, each, archive) for each in metadata.sorted_tables]
        manifest = Manifest(revision=str(revision), made_at=datetime.now(UTC), tables=tuple(notes))
        write_manifest(archive, manifest)
        return manifest


async def restore(url: str, file: Path, *, overwrite: bool = False) -> Manifest:
    """Make the store at `url` what `file` says, in one transaction; what was there goes only with `overwrite`.

    Raises BackupRefused for a damaged backup or a store that holds rows, StoreTooNew for a backup or store of a newer
    planwatch, StoreError; then nothing was touched.
    """
    manifest = await asyncio.to_thread(checked, file)
    known(manifest.revision)
    with located(url) as address:
        async with opened(address, foreign_keys=False) as database, turn(), database.write() as connection:
            await alone(connection)
            await connection.run_sync(_replace, file, manifest, overwrite)
    return manifest


async def _save(connection: AsyncConnection, source: Table, archive: zipfile.ZipFile) -> TableNote:
    writer = TableWriter(archive, source.name, tuple((each.name, _kind(each.type)) for each in source.columns))
    try:
        result = await connection.stream(select(source))
        async for rows in result.partitions(PORTION):
            await asyncio.to_thread(writer.write, [tuple(row) for row in rows])
    finally:
        note = writer.close()
    return note


def _kind(type_: Any) -> str:
    return next(kind for kind, fits in _KINDS.items() if isinstance(type_, fits))


def _replace(connection: Connection, file: Path, manifest: Manifest, overwrite: bool) -> None:
    upgrade(connection)
    if not overwrite and any(
        connection.scalar(select(func.count()).select_from(each)) for each in metadata.sorted_tables
    ):
        raise refused(file, "the store it would go to is not empty", "add --overwrite, or name another store")
    for name in (*(each.name for each in reversed(metadata.sorted_tables)), VERSION_TABLE):
        connection.execute(text(f"DROP TABLE {connection.dialect.identifier_preparer.quote(name)}"))
    upgrade(connection, manifest.revision)
    for note in manifest.tables:
        _load(connection, file, note)
    upgrade(connection)


def _load(connection: Connection, file: Path, note: TableNote) -> None:
    there = inspect(connection)
    if not there.has_table(note.name):
        raise refused(file, f"it has a table {note.name} that its revision does not", "take another copy")
    if {name for name, _ in note.columns} != {each["name"] for each in there.get_columns(note.name)}:
        raise refused(file, f"its columns of {note.name} are not those of its revision", "take another copy")
    target = table(note.name, *(column(name, _KINDS[kind]()) for name, kind in note.columns))
    rows = rows_of(file, note)
    while portion := list(islice(rows, PORTION)):
        connection.execute(insert(target), portion)


@contextmanager
def _complete(file: Path) -> Iterator[zipfile.ZipFile]:
    """A zip beside `file`, readable by its owner only, that takes its place when all went well."""
    with _beside(file) as part:
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
                yield archive
            part.flush()
            os.fsync(part.fileno())
            _take_place(Path(part.name), file)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def _beside(file: Path) -> Any:
    try:
        return NamedTemporaryFile(dir=file.parent, prefix=f".{file.name[:100]}.", delete=False)
    except OSError as error:
        if error.errno in FULL:
            raise
        problem = f"no backup can be written into the folder {file.parent} ({error.strerror})"
        raise refused(file, problem, "name a file in a folder that is there and that planwatch may write") from None


def _take_place(part: Path, file: Path) -> None:
    try:
        part.replace(file)
    except OSError as error:
        raise refused(file, f"it cannot be replaced ({error.strerror})", "name another file for the backup") from None

"""The file a backup is: a zip of JSON Lines, one file a table, and a manifest by which it is checked before it is used.

Knows nothing of databases.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.model.errors import BackupRefused, Mistake

FORMAT = 1
_NAME = "manifest.json"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableNote:
    """What the manifest says of one table. `columns` are (name, kind) in the order of each line's values."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds. Tables stand in an order in which they can be filled."""

    revision: str
    made_at: datetime
    tables: tuple[TableNote, ...]

    @property
    def rows(self) -> int:
        """Rows in all tables."""
        return sum(table.rows for table in self.tables)


class TableWriter:
    """Writes one table's lines into the zip and counts and hashes them."""

    def __init__(self, archive: zipfile.ZipFile, name: str, columns: tuple[tuple[str, str], ...]) -> None:
        self._stream = archive.open(f"{name}.jsonl", "w", force_zip64=True)
        self._name, self._columns = name, columns
        self._rows, self._hash = 0, hashlib.sha256()

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Add rows, each with its values in the columns' order."""
        text = b"".join(json.dumps(row, ensure_ascii=False, default=_plain).encode() + b"\n" for row in rows)
        self._stream.write(text)
        self._hash.update(text)
        self._rows += len(rows)

    def close(self) -> TableNote:
        """End the table; what the manifest is to say of it."""
        self._stream.close()
        return TableNote(name=self._name, columns=self._columns, rows=self._rows, sha256=self._hash.hexdigest())


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Add the manifest, last."""
    told = {"program": "planwatch", "format": FORMAT, **asdict(manifest), "made_at": manifest.made_at.isoformat()}
    archive.writestr(_NAME, json.dumps(told, indent=1))


def checked(file: Path) -> Manifest:
    """The manifest, once every table's rows and checksum agree with it. Raises BackupRefused."""
    with _reading(file) as archive:
        manifest = _manifest(file, archive)
        for table in manifest.tables:
            if _tally(archive, table.name) != (table.rows, table.sha256):
                raise refused(file, f"the rows of {table.name} are not those that were backed up", "take another copy")
        return manifest


def rows_of(file: Path, table: TableNote) -> Iterator[dict[str, Any]]:
    """The table's rows by column name, values as Python's own. Raises BackupRefused."""
    with _reading(file) as archive, archive.open(f"{table.name}.jsonl") as lines:
        makers = [(name, _MAKERS.get(kind)) for name, kind in table.columns]
        for line in lines:
            values = zip(makers, json.loads(line), strict=True)
            yield {name: make(value) if make and value is not None else value for (name, make), value in values}


def refused(file: Path, problem: str, remedy: str) -> BackupRefused:
    """The error for a backup that cannot be used."""
    return BackupRefused(Mistake(file=str(file), key="", problem=problem, remedy=remedy))


_MAKERS: dict[str, Callable[[Any], Any]] = {
    "time": datetime.fromisoformat,
    "duration": lambda seconds: timedelta(seconds=seconds),
}


def _manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    told = json.loads(archive.read(_NAME))
    if told["program"] != "planwatch" or told["format"] != FORMAT:
        raise refused(file, f"its format is {told['format']}, this version reads {FORMAT}", "use a newer planwatch")
    columns = [tuple((str(name), str(kind)) for name, kind in table["columns"]) for table in told["tables"]]
    notes = tuple(TableNote(**{**table, "columns": of}) for table, of in zip(told["tables"], columns, strict=True))
    return Manifest(revision=str(told["revision"]), made_at=datetime.fromisoformat(told["made_at"]), tables=notes)


def _tally(archive: zipfile.ZipFile, name: str) -> tuple[int, str]:
    rows, digest = 0, hashlib.sha256()
    with archive.open(f"{name}.jsonl") as lines:
        for line in lines:
            rows += 1
            digest.update(line)
    return rows, digest.hexdigest()


@contextmanager
def _reading(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except OSError as error:
        raise refused(file, f"it cannot be read ({error.strerror})", "name a file made by planwatch backup") from error
    except _BROKEN as error:
        raise refused(file, "it is no backup of planwatch, or damaged", "take another copy") from error


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(f"no such value is stored: {type(value).__name__}")

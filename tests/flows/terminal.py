"""Types command lines: in this process, or as a program of its own where signals, pipes and exit statuses matter."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class Terminal:
    """A terminal in a folder of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.chdir(folder)

    def set(self, **environ: object) -> None:
        """Set environment variables without their PLANWATCH_ in front."""
        for name, value in environ.items():
            self._monkeypatch.setenv(f"PLANWATCH_{name}", str(value))

    def types(self, line: str, *more: str) -> Said:
        """Run `planwatch` with the words of a line, and further words that may hold blanks."""
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([*line.split(), *more])
        said = self._capsys.readouterr()
        code = left.value.code
        return Said(code if isinstance(code, int) else 0, said.out, said.err)


@asynccontextmanager
async def program(
    folder: Path, *arguments: str, stdin: int = DEVNULL, environ: Mapping[str, object] | None = None
) -> AsyncIterator[Process]:
    """`python -m bot …` as a process of its own; killed at the end if it is still there."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PLANWATCH_")}
    given = {f"PLANWATCH_{name}": str(value) for name, value in (environ or {}).items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=folder, env={**clean, **given, "PYTHONPATH": str(ROOT)}, stdin=stdin, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def ended(process: Process, *, typed: str | None = None, within: float = 60) -> Said:
    """Type into it, wait for its end, and return what it said."""
    async with asyncio.timeout(within):
        out, err = await process.communicate(typed.encode() if typed is not None else None)
    return Said(process.returncode or 0, out.decode(), err.decode())


async def until(process: Process, words: str, within: float = 60) -> str:
    """Read standard output until these words came; all of it so far."""
    assert process.stdout is not None
    read = ""
    async with asyncio.timeout(within):
        while words not in read:
            piece = await process.stdout.read(4096)
            assert piece, f"it ended without saying {words!r}:\n{read}"
            read += piece.decode(errors="replace")
    return read

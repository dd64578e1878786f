"""Planwatch starts where it is not wanted: folders that may not be entered, terminals without letters, output that nobody takes."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from bot.settings.places import USUAL
from tests.flows.terminal import ROOT, Said, Terminal, ended


async def shell(terminal: Terminal, line: str, **environ: str) -> Said:
    """A line for a shell in which `planwatch` is this program."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PLANWATCH_", "PYTHON", "LC_"))}
    process = await asyncio.create_subprocess_shell(
        line.replace("planwatch", f'"{sys.executable}" -m bot'),
        cwd=terminal.folder, env={**clean, **environ, "PYTHONPATH": str(ROOT)}, stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    return await ended(process)


CAPABLE = "setpriv --bounding-set=-dac_override,-dac_read_search"  # root without its right to enter every folder
AS_ANYBODY = f"{CAPABLE} " if os.geteuid() == 0 else ""
needs_rights = pytest.mark.skipif(
    bool(AS_ANYBODY)
    and (which("setpriv") is None or subprocess.run([*CAPABLE.split(), "true"], check=False).returncode != 0),
    reason="root cannot give up its rights here",
)


@pytest.fixture
def closed(terminal: Terminal) -> Iterator[Path]:
    """A folder that nobody may enter."""
    folder = terminal.folder / "closed"
    folder.mkdir(mode=0)
    yield folder
    folder.chmod(0o755)


@needs_rights
@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("run", ""),
        ("run", "far/below"),
        ("poll", "data"),
        ("layers", ""),
        ("feeds list", "data"),
        ("export points", "data"),
        ("backup all.zip", "data"),
        ("restore all.zip", "data"),
    ],
)
async def test_a_data_folder_that_may_not_be_entered_is_named_in_one_line(
    terminal: Terminal, closed: Path, line: str, below: str
) -> None:
    said = await shell(terminal, f"{AS_ANYBODY}planwatch {line}", PLANWATCH_DATA_DIR=str(closed / below))
    assert (said.status, said.out) == (1, "")
    assert said.err.splitlines() == [
        f"planwatch: the store cannot be opened: the data folder {closed / below} cannot be entered (Permission denied); "
        "give planwatch the right to, or set data_dir to another folder"
    ]


def test_a_data_folder_that_leads_to_itself_is_named_in_one_line(terminal: Terminal) -> None:
    (terminal.folder / "loop").symlink_to("loop")
    terminal.set(DATA_DIR="loop/data")
    for line in ("run", "layers"):
        said = terminal.types(line)
        assert (said.status, said.out) == (1, "") and "the data folder loop/data cannot be entered" in said.err


@needs_rights
async def test_the_doctor_calls_a_data_folder_that_may_not_be_entered_broken(terminal: Terminal, closed: Path) -> None:
    line = f"{AS_ANYBODY}planwatch doctor --offline --format json"
    said = await shell(terminal, line, PLANWATCH_DATA_DIR=str(closed / "data"))
    found = {row["part"]: row for row in said.json}
    assert said.status == 1 and found["data"]["state"] == "broken" and "cannot be entered" in found["data"]["found"]
    assert "data_dir" in found["data"]["remedy"]


@needs_rights
async def test_a_settings_folder_that_may_not_be_entered_is_not_passed_over(terminal: Terminal, closed: Path) -> None:
    (terminal.folder / USUAL.parent).symlink_to(closed)
    said = await shell(terminal, f"{AS_ANYBODY}planwatch layers")
    assert (said.status, said.out) == (2, "") and f"{USUAL}: cannot be read (Permission denied)" in said.err


async def test_a_terminal_that_was_set_to_ascii_gets_a_digest_with_question_marks(sampled: Terminal) -> None:
    for line in ("planwatch --sample layers --lang uk", "planwatch run", "planwatch doctor --offline"):
        said = await shell(sampled, line, PYTHONIOENCODING="ascii")
        assert (said.status, said.err) == (0, "") and said.out.isascii() and "?" in said.out


async def test_without_a_locale_no_letter_of_the_data_is_lost(sampled: Terminal) -> None:
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    said = await shell(sampled, "planwatch topics show ukraine --lang uk --format json", **bare)
    assert (said.status, said.err) == (0, "") and said.json and any("а" <= letter <= "я" for letter in said.out)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize(
    "command", ["--version", "--help", "topics list", "--sample layers", "doctor --offline", "run"]
)
async def test_a_full_disk_under_the_output_is_told_in_one_line(sampled: Terminal, command: str, buffered: str) -> None:
    said = await shell(sampled, f"planwatch {command} >/dev/full", PYTHONUNBUFFERED=buffered)
    assert (said.status, said.err) == (
        1,
        "planwatch: standard output cannot be written: No space left on device\n",
    )


@pytest.mark.parametrize("command", ["--help", "topics list", "--sample layers", "run"])
async def test_a_reader_who_has_gone_is_no_news(sampled: Terminal, command: str) -> None:
    said = await shell(sampled, f"(planwatch {command}; echo left $? >&2) | true")
    assert said.err in {"left 1\n", "left 0\n"}


@pytest.mark.skipif(which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("goal", ["run", "test"])
async def test_make_does_not_take_another_python_than_the_one_named(tmp_path: Path, goal: str) -> None:
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text("utf-8"), "utf-8")
    process = await asyncio.create_subprocess_exec(
        "make", goal, "PYTHON=python9", cwd=tmp_path, stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )
    said = await ended(process)
    assert said.status == 2 and "PYTHON=python9 is not here" in said.err
    assert not (tmp_path / ".venv").exists()

"""Every command line in the README and the docs can be typed: options exist, targets exist, settings exist; the cheap ones are run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.settings.loading import keys_of
from tests.flows.terminal import ROOT, Terminal

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
NOT_OURS = {"git", "docker", "printf", "python3", "pip", "export"}
RUN = (
    "topics list",
    "topics check",
    "topics show",
    "feeds list",
    "feeds export",
    "backup ",
    "doctor --offline",
)  # besides those with --sample: no network, no waiting


def typed(page: Path) -> Iterator[list[str]]:
    """The words of each line of the page's `sh` blocks."""
    for block in BLOCK.findall(page.read_text("utf-8")):
        yield from (words for line in block.splitlines() if (words := shlex.split(line, comments=True)))


def ours(words: list[str]) -> list[str] | None:
    """What is typed behind `planwatch`, directly or in a container; None where something else is typed."""
    rest = [word for word in words if not word.startswith("PLANWATCH_")]
    if rest[:3] == ["docker", "compose", "exec"]:
        rest = rest[4:]
    return rest[1:] if rest and Path(rest[0]).name == "planwatch" else None


LINES = [(page.name, " ".join(words), ours(words)) for page in PAGES for words in typed(page)]
OURS = sorted({" ".join(shlex.quote(word) for word in line) for _, _, line in LINES if line is not None})


def test_there_are_lines_to_try() -> None:
    assert len(OURS) > 15


@pytest.mark.parametrize("line", OURS)
def test_every_line_of_the_docs_can_be_typed(terminal: Terminal, line: str) -> None:
    said = terminal.types("", *shlex.split(line), "--help")  # options are read before help is given
    assert said.status == 0, said.err


@pytest.mark.parametrize("line", [line for line in OURS if "--sample" in line or line.startswith(RUN)])
def test_every_cheap_line_of_the_docs_does_what_it_says(sampled: Terminal, line: str) -> None:
    said = sampled.types("", *shlex.split(line))
    assert said.status == 0, said.err
    assert said.out or said.err or "-o" in line


def test_a_backup_taken_as_the_guide_says_can_be_restored_as_it_says(sampled: Terminal) -> None:
    assert sampled.types("backup planwatch.zip").status == 0
    assert sampled.types("restore planwatch.zip").status == 1
    assert sampled.types("restore planwatch.zip --overwrite").status == 0


@pytest.mark.parametrize(("page", "line"), [(page, line) for page, line, mine in LINES if mine is None])
def test_every_other_line_names_what_is_there(page: str, line: str) -> None:
    first, *rest = line.split()
    if first == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert rest[0] in targets, page
    else:
        assert Path(first).name in NOT_OURS, page


def test_every_variable_in_the_docs_is_a_setting() -> None:
    known = {f"PLANWATCH_{key.upper().replace('.', '__')}" for key in keys_of(Settings)}
    known |= {f"{name}_FILE" for name in known} | {"PLANWATCH_CONFIG", "PLANWATCH_GOLDEN", "PLANWATCH_"}
    found = {name for page in PAGES for name in re.findall(r"PLANWATCH_[A-Z_]*", page.read_text("utf-8"))}
    assert found - known == set()

"""The house: pages of the docs that repeat the program are written from it. PLANWATCH_GOLDEN=write writes them anew."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import typer.main

from bot.cli import app, main
from bot.commands.table import COMMANDS, Command
from bot.model.digests import LeftOut
from bot.model.feeds import Health
from bot.model.topics import Rung, SideState, Stance
from bot.settings import Settings
from bot.settings.loading import keys_of
from bot.store.tables import metadata

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WRITING = os.environ.get("PLANWATCH_GOLDEN") == "write"  # asked for once, before tests hide the environment
SETTINGS = re.compile(r"(<!-- settings -->\n).*?(?=<!-- end of settings -->)", re.DOTALL)

HEAD = """\
# Commands

Written from the program's own tables by `tests/house/test_docs_written.py`. What the answers look like and how to read them:
[user guide](user-guide.md).

## In chats

The same on Telegram, on Discord and in the terminal. Commands also go by their Ukrainian names where the platform lets one type
them. In a group, *may be used by* means those whom the platform lets manage the chat: administrators on Telegram, members with the
right Manage Server on Discord. In a private chat everything is yours.
"""
MIDDLE = """
## Of the program

`--config FILE`, `--sample` and `--verbose` may stand anywhere in a line. Data goes to standard output, everything else to standard
error. Exit status 0: done; 1: done with failures, which are listed; 2: usage or settings. Times are ISO 8601; without an offset
they are UTC.
"""


def kept(file: Path, text: str) -> str:
    """The file's text; written first where that is asked for."""
    if WRITING:
        file.write_text(text, "utf-8")
    return file.read_text("utf-8")


def test_the_list_of_commands_is_up_to_date(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    page = HEAD + "".join(_in_chats(command) for command in COMMANDS) + MIDDLE + "".join(_of_the_program(capsys))
    assert page == kept(DOCS / "commands.md", page)


def test_the_table_of_settings_is_up_to_date() -> None:
    file = DOCS / "operator-guide.md"
    text = SETTINGS.sub(lambda found: found[1] + "\n".join(_settings()) + "\n", file.read_text("utf-8"))
    assert text == kept(file, text)
    assert SETTINGS.search(text)


def _in_chats(command: Command) -> str:
    options = " ".join(f"<{each.name}>" if each.required else f"[{each.name}]" for each in command.options)
    names = ", ".join(f"`/{alias}`" for alias in command.aliases)
    lines = [
        f"\n### `/{f'{command.name} {options}'.strip()}`\n",
        f"{command.summary.of('en')}. «{command.summary.of('uk')}».\n",
    ]
    lines += [f"* For example `{command.example}`."] + ([f"* Also {names}."] if names else [])
    lines += [f"* `{each.name}`: {each.summary.of('en')}." for each in command.options]
    lines += ["* May be used by those who manage the chat; everybody may read."] if command.manages else []
    return "\n".join(lines) + "\n"


def _of_the_program(capsys: pytest.CaptureFixture[str]) -> Iterator[str]:
    for words in _leaves(typer.main.get_command(app), ()):
        with pytest.raises(SystemExit):
            main([*words, "--help"])
        usage, _, told = capsys.readouterr().out.partition("\n\n")
        line = usage.removeprefix("Usage:").strip()
        yield f"\n### `{' '.join(line.split())}`\n\n```text\n{dedent(told).rstrip()}\n```\n"


def _leaves(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    inner: dict[str, Any] = getattr(command, "commands", {})
    if not inner:
        yield words
    for name, each in inner.items():
        yield from _leaves(each, (*words, name))


def _settings() -> Iterator[str]:
    yield "| setting | default | meaning |\n|---|---|---|"
    for key, one in keys_of(Settings).items():
        written = one.metadata["written"]
        default = "" if written in ("", None) else f"`{json.dumps(written).strip(chr(34))}`"
        secret = " Secret: may also come from a file." if one.metadata["secret"] else ""
        yield f"| `{key}` | {default or '(empty)'} | {one.metadata['meaning'].replace('|', '/')}.{secret} |"


@pytest.mark.parametrize("word", [*Rung, *SideState, *Stance], ids=str)
def test_the_user_guide_explains_every_rung_side_and_stance(word: str) -> None:
    assert f"| {word.replace('_', ' ')} |" in (DOCS / "user-guide.md").read_text("utf-8")


@pytest.mark.parametrize("reason", list(LeftOut), ids=str)
def test_the_user_guide_explains_every_reason_for_leaving_something_out(reason: LeftOut) -> None:
    words = re.search(rf"^left-{reason.value.replace('_', '-')} =.*?(?=^\S|\Z)", _english(), re.MULTILINE | re.DOTALL)
    assert words
    told = re.sub(r"\{[^{}]*\}", "", words[0].partition("*[other]")[2] or words[0].partition("=")[2]).strip(" }\n")
    assert f"| {told} |" in (DOCS / "user-guide.md").read_text("utf-8")


@pytest.mark.parametrize("health", list(Health), ids=str)
def test_the_operator_guide_explains_every_state_of_a_feed(health: Health) -> None:
    assert f"| `{health}` |" in (DOCS / "operator-guide.md").read_text("utf-8")


@pytest.mark.parametrize("table", [table.name for table in metadata.sorted_tables])
def test_the_operator_guide_says_what_every_table_keeps(table: str) -> None:
    assert f"| `{table}` |" in (DOCS / "operator-guide.md").read_text("utf-8")


def test_what_the_operator_guide_quotes_the_program_says() -> None:
    """The first cell of a row under "Troubleshooting" quotes the program; `…` stands for what differs from case to case."""
    text = (DOCS / "operator-guide.md").read_text("utf-8")
    part = text.partition("\n## Troubleshooting")[2].partition("\n## ")[0]
    quoted = re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE)
    pieces = [piece.strip() for cell in quoted for piece in cell.split("…") if piece.strip()]
    said = _spoken()
    assert len(quoted) > 15
    assert [piece for piece in pieces if piece not in said] == []


def _english() -> str:
    return "\n".join(file.read_text("utf-8") for file in sorted((ROOT / "config" / "locales" / "en").glob("*.ftl")))


def _spoken() -> str:
    sources = "\n".join(
        path.read_text("utf-8")
        for path in (*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py"), ROOT / "Makefile")
    )
    return re.sub(r'"\s*\n\s*f?"', "", sources) + _english()

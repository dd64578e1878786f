"""The house: what one can type and set stands in the docs, and what the docs say can be typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.commands.table import COMMANDS
from bot.settings import Settings
from bot.settings.loading import keys_of

ROOT = Path(__file__).parents[2]
CONTRACT = (
    "run", "poll", "digest", "layers", "status", "export", "evaluate", "doctor", "backup", "restore",
    "feeds list", "feeds add", "feeds remove", "feeds import", "feeds export", "feeds check", "feeds discover",
    "topics list", "topics show", "topics check", "topics draft", "topics tune",
)  # fmt: skip


def docs() -> str:
    return "\n".join(path.read_text("utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))))


@pytest.mark.parametrize("command", CONTRACT)
def test_every_command_of_the_program_stands_in_the_docs(command: str) -> None:
    assert re.search(rf"\bplanwatch {command}\b", docs())


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_of_the_chats_stands_in_the_docs(command: str) -> None:
    assert re.search(rf"/{command}\b", docs())


@pytest.mark.parametrize("key", list(keys_of(Settings)))
def test_every_setting_stands_in_the_docs(key: str) -> None:
    assert f"`{key}`" in docs()


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name
)
def test_no_link_inside_the_project_leads_nowhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []

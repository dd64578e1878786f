"""Somebody writes a topic file."""

from __future__ import annotations

import pytest

from bot.settings import shipped
from tests.flows.terminal import Terminal


def test_the_shipped_topics_are_right(terminal: Terminal) -> None:
    said = terminal.types("topics check")
    assert (said.status, said.err) == (0, "")
    assert "ukraine-guarantees: right" in said.out


def test_every_mistake_of_a_topic_file_is_told_at_once_with_its_line(terminal: Terminal) -> None:
    text = shipped("topics", "ukraine-guarantees.toml").read_text("utf-8")
    wrong = text.replace('id = "army"', 'id = "Army!"', 1).replace('id = "force"', 'idd = "force"', 1)
    (terminal.folder / "own").mkdir()
    (terminal.folder / "own" / "ukraine-guarantees.toml").write_text(wrong, "utf-8")
    terminal.set(TOPICS_DIR="own")
    said = terminal.types("topics check")
    assert said.status == 1
    mistakes = [line for line in said.err.splitlines() if line.startswith("ukraine-guarantees.toml:")]
    assert any("Army!" in line for line in mistakes) and any("idd" in line for line in mistakes)
    assert all(line.split(":")[1].isdigit() for line in mistakes)


def test_a_file_can_be_checked_before_it_is_put_in_place(terminal: Terminal) -> None:
    (terminal.folder / "empty.toml").write_text("")
    said = terminal.types("topics check empty.toml")
    assert said.status == 1 and "the file is empty" in said.err


def test_a_topic_of_ones_own_stands_beside_the_shipped_ones(terminal: Terminal) -> None:
    text = shipped("topics", "ukraine-guarantees.toml").read_text("utf-8")
    (terminal.folder / "own").mkdir()
    (terminal.folder / "own" / "mine.toml").write_text(
        text.replace('id = "ukraine-guarantees"', 'id = "mine"', 1), "utf-8"
    )
    terminal.set(TOPICS_DIR="own", TOPICS="mine")
    rows = terminal.types("topics list --format json").json
    assert {row["id"]: row["followed"] for row in rows} == {
        "mine": True,
        "railway-reform": False,
        "ukraine-guarantees": False,
    }


def test_a_topics_folder_that_is_not_there_is_named(terminal: Terminal) -> None:
    (terminal.folder / "my.toml").write_text('topics_dir = "nowhere"\n')
    said = terminal.types("--config my.toml topics list")
    assert said.status == 2 and "my.toml:1: topics_dir: the folder nowhere cannot be read" in said.err


@pytest.mark.parametrize("name", ["TOPICS_DIR", "WORDS_DIR"])
@pytest.mark.parametrize("line", ["topics check", "layers", "doctor --offline"])
def test_a_missing_folder_is_looked_for_in_the_environment_where_it_was_named(
    terminal: Terminal, name: str, line: str
) -> None:
    terminal.set(**{name: "nowhere"})
    said = terminal.types(line)
    assert said.status == 2
    assert said.err.splitlines() == [
        f"planwatch: environment: PLANWATCH_{name}: the folder nowhere cannot be read (No such file or directory); "
        "create it, or leave the setting empty"
    ]


def test_a_topic_is_shown_with_its_layers_in_order(terminal: Terminal) -> None:
    shown = terminal.types("topics show ukraine --format json").json
    assert [layer["id"] for layer in shown["layers"]] == ["army", "force", "monitoring", "response", "legal"]
    assert [party["id"] for party in shown["parties"]] == ["us", "europe", "ukraine", "russia"]
    assert "Army" in terminal.types("topics show ukraine").out

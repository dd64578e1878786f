"""Somebody sets something wrong, or somewhere unusual."""

from __future__ import annotations

import pytest

from bot.cli.session import hoisted
from tests.flows.terminal import Terminal


def test_every_mistake_is_one_line_with_file_key_and_remedy_and_status_2(terminal: Terminal) -> None:
    (terminal.folder / "my.toml").write_text("[fetch]\ntimeout = 3\nper_host = 0\n")
    terminal.set(TELEGRAM__TOKN="x")
    said = terminal.types("--config my.toml layers")
    assert (said.status, said.out) == (2, "")
    assert said.err.splitlines() == [
        "planwatch: my.toml:2: fetch.timeout: there is no such setting; did you mean fetch.timeout_s?",
        "planwatch: my.toml:3: fetch.per_host: `0` is not a number from 1 to 32; write such a number",
        "planwatch: environment: PLANWATCH_TELEGRAM__TOKN: there is no such setting; did you mean PLANWATCH_TELEGRAM__TOKEN?",
    ]


@pytest.mark.parametrize(
    "line", ["--config none.toml status", "status --config none.toml", "status --config=none.toml"]
)
def test_a_missing_settings_file_is_named_wherever_the_option_stands(terminal: Terminal, line: str) -> None:
    said = terminal.types(line)
    assert said.status == 2 and "none.toml: cannot be read (No such file or directory)" in said.err


def test_a_topic_that_is_not_there_is_named(terminal: Terminal) -> None:
    terminal.set(TOPICS="peace-plan")
    said = terminal.types("layers")
    assert said.status == 2 and "peace-plan.toml" in said.err and "planwatch topics list" in said.err


def test_a_password_in_the_stores_address_is_never_said(terminal: Terminal) -> None:
    terminal.set(STORAGE__URL="postgresql+asyncpg://me:hush-hush@127.0.0.1:1/none")
    for line in ("layers", "doctor --offline", "--verbose layers"):
        said = terminal.types(line)
        assert said.status == 1
        assert "hush-hush" not in said.out + said.err
        assert "Traceback" not in said.err or "--verbose" in line


def test_a_data_folder_that_cannot_be_made_is_named(terminal: Terminal) -> None:
    (terminal.folder / "file").write_text("")
    terminal.set(DATA_DIR=terminal.folder / "file" / "data")
    said = terminal.types("layers")
    assert said.status == 1 and "cannot be made" in said.err


def test_global_options_may_stand_anywhere_but_not_after_two_dashes() -> None:
    assert hoisted(["digest", "--sample", "x", "--config", "f", "-v"]) == [
        "--sample",
        "--config",
        "f",
        "-v",
        "digest",
        "x",
    ]
    assert hoisted(["feeds", "remove", "--", "--sample"]) == ["feeds", "remove", "--", "--sample"]
    assert hoisted(["status", "--config"]) == ["status", "--config"]


def test_help_is_there_for_every_command(terminal: Terminal) -> None:
    for line in ("--help", "-h", "run -h", "export --help", "feeds --help", "feeds add --help", "topics check --help"):
        said = terminal.types(line)
        assert said.status == 0 and "Usage: planwatch" in said.out

"""The house: every command of the tutorial is run as it stands there, and says what the tutorial shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.cli import main
from bot.topics import load_topic

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial"
PAGE = (ROOT / "docs" / "topics.md").read_text("utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str, str]]:
    """Each command typed after `$ `, with the lines shown beneath it."""
    typed = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", "".join(BLOCKS), re.MULTILINE)
    return [(command, shown) for command, shown in typed]


def pattern(shown: str) -> str:
    """What was shown as a pattern: `…` stands for anything in its line, and alone in a line for any number of lines."""
    lines = [
        r"(?:.*\n)*?" if line == "…" else ".*".join(re.escape(piece.rstrip()) for piece in line.split("…")) + r"\s*?\n"
        for line in shown.splitlines()
    ]
    return "".join(lines)


def typed(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Status, and standard output with what was said on standard error behind it."""
    name, *words = command.split()
    if name == "mkdir":
        Path(words[0]).mkdir()
        return 0, ""
    if name == "cp":
        shutil.copy(*words)
        return 0, ""
    assert name == "planwatch", command
    with pytest.raises(SystemExit) as left:
        main(words)
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out + said.err


def test_the_tutorial_says_what_its_commands_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(TUTORIAL, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert len(steps()) >= 8
    for command, shown in steps():
        status, said = typed(command, capsys)
        assert status == 0, f"{command}\n{said}"
        assert re.fullmatch(pattern(shown), said), f"$ {command}\n--- shown\n{shown}--- said\n{said}"


def test_the_piece_of_the_draft_that_is_shown_is_in_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(TUTORIAL / "article.html", tmp_path)
    monkeypatch.chdir(tmp_path)
    _, said = typed("planwatch topics draft article.html", capsys)
    [shown] = re.findall(r'^```toml\n(\[\[layers\]\]\nid = "fares".*?)^```$', PAGE, re.MULTILINE | re.DOTALL)
    assert shown in said


def test_the_settings_that_are_shown_are_those_of_the_folder() -> None:
    [shown] = re.findall(r"^```toml\n(topics_dir = .*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert (TUTORIAL / "planwatch.toml").read_text("utf-8").endswith(shown)


def test_the_words_that_the_tutorial_calls_edits_are_in_the_finished_file() -> None:
    topic = load_topic(TUTORIAL / "halm-ferries.toml")
    fares, sey = topic.layer("fares"), topic.party("sey")
    assert fares and sey
    assert {"visitors", "crossing", "islanders"} <= set(fares.hints.of("en"))
    assert {"crossing would cost", "fare for islanders"} <= set(fares.terms.of("en"))
    assert "assembly" in topic.process.of("en") and "Aud Hallen" in sey.terms.of("en")
    assert "ferry museum" in topic.exclude.of("en") and "Norrland" in topic.elsewhere.of("en")

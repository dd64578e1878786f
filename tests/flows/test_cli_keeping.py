"""Somebody looks after the store, asks the doctor, and scores the analysis."""

from __future__ import annotations

import sqlite3

from bot.settings import shipped
from tests.flows.terminal import Terminal


def test_a_backup_brings_everything_back(sampled: Terminal) -> None:
    before = {
        what: sampled.types(f"--sample export {what}").out for what in ("articles", "points", "developments", "changes")
    }
    assert sampled.types("--sample backup all.planwatch").status == 0
    sampled.set(DATA_DIR="elsewhere", TOPICS="ukraine-guarantees,railway-reform")
    restored = sampled.types("restore all.planwatch")
    assert restored.status == 0 and "rows restored" in restored.err
    assert {what: sampled.types(f"export {what}").out for what in before} == before


def test_a_store_that_holds_something_is_not_overwritten_unasked(sampled: Terminal) -> None:
    sampled.types("--sample backup all.planwatch")
    sampled.types("restore all.planwatch")
    refused = sampled.types("restore all.planwatch")
    assert refused.status == 1 and "--overwrite" in refused.err
    assert sampled.types("restore all.planwatch --overwrite").status == 0


def test_a_damaged_backup_touches_nothing(sampled: Terminal) -> None:
    sampled.types("--sample backup all.planwatch")
    whole = (sampled.folder / "all.planwatch").read_bytes()
    (sampled.folder / "half.planwatch").write_bytes(whole[: len(whole) // 2])
    assert sampled.types("restore half.planwatch").status == 1
    assert sampled.types("restore none.planwatch").status == 1
    assert sampled.types("export articles").out == ""


def test_a_store_from_a_newer_version_is_named_and_left_alone(terminal: Terminal) -> None:
    terminal.types("feeds list")
    with sqlite3.connect(terminal.folder / "data" / "planwatch.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    said = terminal.types("layers")
    assert said.status == 1 and "newer planwatch" in said.err and "9999" in said.err
    seen = terminal.types("doctor --offline")
    assert seen.status == 1 and "newer planwatch" in seen.out


def test_the_doctor_says_what_works_and_what_to_do(terminal: Terminal) -> None:
    said = terminal.types("doctor --offline")
    assert said.status == 0
    for part in (
        "settings",
        "data",
        "topics",
        "sources",
        "store",
        "feeds",
        "chats",
        "clock",
        "telegram",
        "discord",
        "metrics",
    ):
        assert f" {part} " in said.out
    assert "PLANWATCH_TELEGRAM__TOKEN" in said.out


def test_the_doctor_finds_a_broken_topic_and_a_folder_that_cannot_be_written(terminal: Terminal) -> None:
    (terminal.folder / "own").mkdir()
    (terminal.folder / "own" / "ukraine-guarantees.toml").write_text("id = 1")
    (terminal.folder / "file").write_text("")
    terminal.set(TOPICS_DIR="own", DATA_DIR="file/data")
    rows = {row["part"]: row["state"] for row in terminal.types("doctor --offline --format json").json}
    assert (rows["topics"], rows["data"], rows["store"]) == ("broken", "broken", "broken")


def test_the_sample_world_scores_with_its_baselines(terminal: Terminal) -> None:
    folder = str(shipped("sample"))
    table = terminal.types("evaluate", folder)
    assert table.status == 0 and "graph ranker" in table.out and "first three" in table.out
    data = terminal.types("evaluate --format json", folder).json
    assert data["systems"]["planwatch"]["scores"]["verbatim"]["value"] == 1.0


def test_a_folder_that_is_no_corpus_is_told_with_all_its_mistakes(terminal: Terminal) -> None:
    (terminal.folder / "corpus").mkdir()
    (terminal.folder / "corpus" / "articles.jsonl").write_text('{"id": 1}\nnot json\n')
    said = terminal.types("evaluate corpus")
    assert (
        said.status == 2
        and "articles.jsonl:1" in said.err
        and "articles.jsonl:2" in said.err
        and "facts.jsonl" in said.err
    )


def test_a_backup_into_a_folder_that_is_not_there_blames_that_folder_and_not_the_store(sampled: Terminal) -> None:
    said = sampled.types("--sample backup nowhere/all.planwatch")
    assert (said.status, said.out) == (1, "")
    assert said.err.splitlines() == [
        "planwatch: nowhere/all.planwatch: no backup can be written into the folder nowhere (No such file or directory); "
        "name a file in a folder that is there and that planwatch may write"
    ]


def test_a_backup_named_like_a_folder_leaves_the_folder_and_nothing_half_done(sampled: Terminal) -> None:
    (sampled.folder / "kept").mkdir()
    said = sampled.types("--sample backup kept")
    assert said.status == 1 and "kept: it cannot be replaced" in said.err and "store" not in said.err
    assert sorted(each.name for each in sampled.folder.iterdir()) == ["data", "kept"]

"""Scripts and spreadsheets read the ledger: the columns are a promise."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from bot.present.exports import as_csv
from tests.flows.terminal import Terminal, ended, program

COLUMNS = {
    "articles": "topic, url, title, language, feed, published, first_seen, relevant, score, report_id, why",
    "points": "topic, point_id, url, published, language, category, quote, development_id, party, stance, attributed_to, quantities",
    "developments": "topic, development_id, category, text, language, first_seen, last_seen, reports, outlets, urls, point_ids, status",
    "changes": "topic, at, kind, category, party, slot, before, after, development_id, evidence",
    "status": "topic, category, party, stance, slot, value, unit, rung, since, confidence, evidence",
}
WORDS: dict[str, set[str | None]] = {
    "stance": {"proposes", "supports", "accepts", "conditional", "undecided", "rejects", None},
    "kind": {"new", "value", "stance", "rung", "conflict", "correction", "settled", "deadline", "passed"},
    "rung": {
        "unknown",
        "floated",
        "proposed",
        "agreed_in_principle",
        "text_agreed",
        "signed",
        "ratified",
        "in_force",
        None,
    },
}


@pytest.mark.parametrize("what", COLUMNS)
def test_the_columns_are_those_promised_and_the_same_in_both_forms(sampled: Terminal, what: str) -> None:
    rows = sampled.types(f"--sample export {what}").rows
    lines = list(csv.reader(io.StringIO(sampled.types(f"--sample export {what} --format csv").out)))
    promised = COLUMNS[what].split(", ")
    assert rows and all(list(row) == promised for row in rows)
    assert lines[0] == promised and len(lines) == len(rows) + 1
    for name, allowed in WORDS.items():
        assert {row[name] for row in rows if name in row} <= allowed


def test_every_point_leads_to_a_development_and_every_development_to_its_points(sampled: Terminal) -> None:
    points = {row["point_id"]: row for row in sampled.types("--sample export points").rows}
    developments = {row["development_id"]: row for row in sampled.types("--sample export developments").rows}
    assert {row["development_id"] for row in points.values()} == set(developments)
    assert {point for row in developments.values() for point in row["point_ids"]} == set(points)
    assert all(set(quantity) == {"value", "unit", "text"} for row in points.values() for quantity in row["quantities"])


def test_one_topic_can_be_exported_alone(sampled: Terminal) -> None:
    everything = sampled.types("--sample export articles").rows
    rail = sampled.types("--sample export articles --topic railway-reform").rows
    assert {row["topic"] for row in rail} == {"railway-reform"}
    assert 0 < len(rail) < len(everything)


def test_a_window_takes_what_was_published_in_it(sampled: Terminal) -> None:
    everything = sampled.types("--sample export changes").rows
    middle = sorted(row["at"] for row in everything)[len(everything) // 2]
    before, after = (
        sampled.types(f"--sample export changes {option} {middle}").rows for option in ("--until", "--since")
    )
    assert all(row["at"] < middle for row in before) and all(row["at"] >= middle for row in after)
    assert len(before) + len(after) == len(everything)


def test_a_file_is_written_whole_and_standard_output_stays_empty(sampled: Terminal) -> None:
    said = sampled.types("--sample export points -o points.jsonl")
    assert (said.status, said.out) == (0, "")
    written = (sampled.folder / "points.jsonl").read_text("utf-8").splitlines()
    assert len([json.loads(line) for line in written]) == len(sampled.types("--sample export points").rows)


def test_a_file_that_cannot_be_written_is_named(sampled: Terminal) -> None:
    said = sampled.types("--sample export points -o nowhere/points.jsonl")
    assert said.status == 2 and "nowhere/points.jsonl cannot be written" in said.err


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless_and_a_number_is_not() -> None:
    rows = [{"a": "=HYPERLINK(1)", "b": -5, "c": "-5 %", "d": "fine", "e": ["=1"], "f": None, "g": True}]
    lines = list(csv.reader(io.StringIO(as_csv(rows, "abcdefg"))))
    assert lines[1] == ["'=HYPERLINK(1)", "-5", "'-5 %", "fine", '["=1"]', "", "true"]


async def test_a_reader_who_leaves_early_is_no_error(sampled: Terminal) -> None:
    async with program(sampled.folder, "--sample", "export", "articles") as process:
        assert process.stdout is not None
        await process.stdout.read(10)
        process.stdout._transport.close()  # type: ignore[attr-defined]
        said = await ended(process)
    assert "Traceback" not in said.err and "BrokenPipe" not in said.err


def test_a_folder_without_a_store_is_left_alone_by_a_wrong_command(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.types("export everything").status == 2
    assert list(tmp_path.iterdir()) == []

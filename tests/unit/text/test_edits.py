"""What counts as an edit of an article, and what is only another dress of the same words."""

from __future__ import annotations

import pytest

from bot.text.edits import Edit, edit_between, read_edit
from bot.text.stamps import is_stamp

TITLE = "Talks go on"
TEXT = (
    "The army would have 800,000 people. “Nobody signed it,” he said – and left. The force would number six brigades."
)


def edit(text: str = TEXT, title: str = TITLE, before: str = TEXT) -> str:
    return str(edit_between((TITLE, before), (title, text), "en"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEXT + " Deliveries begin within 72 hours.", "1 added"),
        (TEXT.replace(" The force would number six brigades.", ""), "1 removed"),
        (TEXT.replace("800,000", "700,000"), "1 reworded"),
        (TEXT.replace("six", "eight") + " He left. She stayed.", "2 added, 1 reworded"),
        ("Something else was said altogether. And that was all.", "2 added, 3 removed"),
        (TEXT.replace("signed it", "signed it?"), "1 reworded"),
        (TEXT.replace("800,000", "8,000"), "1 reworded"),
        (TEXT.replace("800,000", "800.5"), "1 reworded"),
    ],
)
def test_what_changed_is_counted_in_sentences(text: str, told: str) -> None:
    assert edit(text) == told


def test_a_new_title_is_said_first() -> None:
    assert edit(title="Talks end") == "title"
    assert edit(TEXT + " He left.", "Talks end") == "title; 1 added"


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace(" ", "  ").replace(". ", ".\n\n"),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace("“", '"').replace("”", '"').replace("–", "—"),
        TEXT.replace("“", "«").replace("”", "»").replace("–", "-"),
        TEXT.replace("800,000", "800 000"),
        TEXT.replace("800,000", "800\u202f000"),
        TEXT.upper(),
        f"{TEXT}\n\nUpdated 12:05",
        f"Published 9 February 2026, 10:00 · Updated 12:05\n\n{TEXT}\n\n1 204 views\n\n12 comments\n\n3 / 7",
        f"{TEXT}\n\nОновлено о 12:05\n\nПереглядів: 1204",
        "The force would number six brigades. The army would have 800,000 people.\n\n“Nobody signed it,” he said – and left.",
    ],
)
def test_looks_stamps_counters_and_order_are_no_edit(text: str) -> None:
    assert edit(text) == ""
    assert not edit_between((TITLE, text), (TITLE, TEXT), "en")


@pytest.mark.parametrize(
    "title", ["Talks go on (updated 12:05)", "Talks  go on [оновлено о 13:10]", "TALKS GO ON", "“Talks” go on"]
)
def test_a_stamp_in_the_title_is_no_new_title(title: str) -> None:
    assert edit(title=title) == ""


def test_a_stamp_that_moves_on_is_no_edit() -> None:
    assert edit(f"{TEXT}\n\nUpdated 13:10", before=f"{TEXT}\n\nUpdated 12:05") == ""


def test_ukrainian_apostrophes_and_quotation_marks_are_looks_only() -> None:
    before, after = "Об'єкт «Ґанок» під обов’язком.", "Обʼєкт “Ґанок” під обов'язком."
    assert not edit_between(("", before), ("", after), "uk")


def test_a_missing_title_is_no_edit() -> None:
    assert edit(title="") == ""


@pytest.mark.parametrize(
    "edit",
    [
        Edit(title=True),
        Edit(added=2),
        Edit(title=True, removed=1),
        Edit(added=1, removed=2, reworded=3),
        Edit(title=True, reworded=11),
    ],
)
def test_an_edit_is_read_back_as_it_was_written(edit: Edit) -> None:
    assert read_edit(str(edit)) == edit


@pytest.mark.parametrize("line", ["", "something else", "2 sentences added", "title; 1 added; 2 removed", "-1 added"])
def test_another_line_is_no_edit(line: str) -> None:
    assert read_edit(line) is None


@pytest.mark.timeout(20)
def test_two_long_texts_are_compared_in_time() -> None:
    one, other = (" ".join(f"Sentence {n} of {name} says so." for n in range(8_000)) for name in ("one", "another"))
    assert edit_between(("", one), ("", other), "en").added == 8_000


@pytest.mark.parametrize(
    "line",
    [
        "12:05", "Updated 12:05", "Published · Updated", "Оновлено 9 лютого 2026, 10:00", "Понеділок, 9 лютого 2026 року, 10:00", "1 204 views",
        "Переглядів: 1 204", "Комментарии (12)", "3 / 7", "4 min read", "Posted 3 hours ago", "***",
    ],
)  # fmt: skip
def test_a_stamp_is_a_whole_line(line: str) -> None:
    assert is_stamp(line)


@pytest.mark.parametrize(
    "line",
    [
        "800,000 troops",
        "Updated proposals name six brigades",
        "Опубліковано проєкт угоди",
        "Оновлено склад делегації",
        "72 hours",
        "Views differ in Paris",
    ],
)
def test_a_line_that_tells_something_is_no_stamp(line: str) -> None:
    assert not is_stamp(line)

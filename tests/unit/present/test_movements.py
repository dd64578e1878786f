"""How a movement is worded: what it is now and what it was, in the reader's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model.stories import ChangeKind, Difference
from bot.model.topics import Category, SlotId
from bot.present.digests import digest_reply
from bot.present.headlines import difference_lines, movement
from bot.present.plain import as_text
from bot.present.status import status_reply
from tests.showcase import a_digest, a_reader, a_status_view, a_topic

DEADLINE = SlotId("response_deadline")


@pytest.mark.parametrize(
    ("kind", "slot", "before", "after", "english", "ukrainian"),
    [
        (ChangeKind.SETTLED, DEADLINE, "10", "30", "deadline: settled: 30 days, not 10 days", "строк: розбіжність знято: 30 днів, а не 10 днів"),
        (ChangeKind.DEADLINE, None, None, "2026-01-09", "deadline: 9 January", "кінцевий строк: 9 січня"),
        (ChangeKind.DEADLINE, DEADLINE, None, "2026-01-09", "deadline: 9 January, new", "строк: 9 січня (нове)"),
        (ChangeKind.PASSED, None, "2026-01-09", None, "9 January has passed", "9 січня — ця дата минула"),
        (ChangeKind.PASSED, DEADLINE, "2026-01-09", None, "deadline: 9 January has passed", "строк: 9 січня — ця дата минула"),
    ],
)  # fmt: skip
def test_every_kind_of_movement_has_words(
    kind: ChangeKind, slot: SlotId | None, before: str | None, after: str | None, english: str, ukrainian: str
) -> None:
    said = [movement(kind, slot, before, after, a_topic(), a_reader(language)) for language in ("en", "uk")]
    assert said == [english, ukrainian]


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("kind", list(ChangeKind))
def test_no_kind_of_movement_leaves_a_reader_without_a_sentence(kind: ChangeKind, language: str) -> None:
    digest = a_digest(language)
    item = replace(digest.items[0], kind=kind, more=(*ChangeKind, "conflict-over"))
    one = replace(digest, sections=(replace(digest.sections[0], items=(item,)),))
    text = as_text(digest_reply(one, a_topic(), a_reader(language)))
    assert not [word for word in text.split() if word.startswith(("kind-", "more-", "count-"))]


def test_the_other_side_of_a_conflict_has_its_date() -> None:
    text = as_text(digest_reply(a_digest(), a_topic(), a_reader()), addresses=False)
    rival = next(item for item in a_digest().items if item.rival_quote)
    assert f"{rival.rival_outlet}, 29 Dec" in text


# ── the difference of two dates ──


def a_difference(kind: ChangeKind, category: str, before: str | None, after: str | None, **given: str) -> Difference:
    default = {"slot": None, "party": None, "member": None}
    return Difference(kind=kind, category=Category(category), before=before, after=after, **(default | given))  # type: ignore[arg-type]


DIFFERENCES = (
    a_difference(ChangeKind.VALUE, "response", "30", "10", slot="response_deadline"),
    a_difference(ChangeKind.VALUE, "response", None, "10|30", slot="response_deadline", party="us"),
    a_difference(ChangeKind.RUNG, "force", "floated", "proposed,disputed"),
    a_difference(ChangeKind.STANCE, "force", "rejects", None, party="russia"),
)


def test_each_thing_that_stands_otherwise_is_a_line() -> None:
    assert difference_lines(DIFFERENCES, a_topic(), a_reader()) == (
        "Response · deadline: 10 days, was 30 days",
        "US (position) · deadline: 10 days / 30 days",
        "Force · proposed, disputed, was floated",
        "Russia (position), Force · not known, was rejection",
    )


def test_a_status_that_is_compared_shows_the_difference_and_not_the_week() -> None:
    view = a_status_view()
    compared = replace(view, since=view.board.as_of, apart=DIFFERENCES[:1])
    text = as_text(status_reply(compared, a_reader()))
    assert "Different from" in text and "10 days, was 30 days" in text and "Moved in" not in text
    assert "Everything stands as it did then." in as_text(status_reply(replace(compared, apart=()), a_reader()))

"""What readers see, whole: golden files for the console in both languages, and what must hold of every reply."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.chats import Cadence
from bot.model.digests import DigestCounts, LeftOut
from bot.model.replies import Item, Paragraph, Quotation, Reply
from bot.model.stories import ChangeKind
from bot.model.topics import Category
from bot.present.board import board_reply
from bot.present.digests import digest_reply
from bot.present.feeds import sources_reply
from bot.present.finding import site_reply
from bot.present.follows import next_digest, subscribed
from bot.present.layer import layer_reply
from bot.present.plain import as_text
from bot.present.reader import Reader
from bot.present.status import status_reply
from bot.present.stories import latest_reply, why_reply
from bot.present.views import FollowView, WhyView
from handlers.console.render import as_text as row_text
from handlers.console.render import render, rows
from tests.builders import a_change, a_development, a_reading, a_subscription, an_article
from tests.showcase import (
    MORNING,
    a_board,
    a_board_view,
    a_conflict,
    a_digest,
    a_latest_view,
    a_layer_view,
    a_reader,
    a_site_view,
    a_status_view,
    a_topic,
    facts,
    sayings,
    some_feeds,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "console"
WRITING = os.environ.get("PLANWATCH_GOLDEN") == "write"  # asked for once, before tests hide the environment
SHOWN: dict[str, Callable[[Reader], Reply]] = {
    "layers": lambda reader: board_reply(a_board_view(), reader),
    "layer-force": lambda reader: layer_reply(a_layer_view(), reader),
    "status": lambda reader: status_reply(a_status_view(), reader),
    "digest": lambda reader: digest_reply(
        a_digest(reader.language), a_topic(), reader, next_due=MORNING + timedelta(days=1)
    ),
    "quiet-day": lambda reader: digest_reply(a_digest(reader.language, quiet=True), a_topic(), reader),
    "latest": lambda reader: latest_reply(a_latest_view(), reader),
    "sources": lambda reader: sources_reply(a_topic(), some_feeds(), reader),
    "feeds": lambda reader: site_reply(a_site_view(), reader, may_manage=True),
}


def _on_console(reply: Reply) -> str:
    return "".join(row_text(row) + "\n" for part in render(reply) for row in rows(part, 88, addresses=False))


def _words(reply: Reply) -> str:
    return as_text(reply, addresses=False)


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("name", SHOWN)
def test_replies_look_on_the_console_as_they_were_approved(name: str, language: str) -> None:
    """With PLANWATCH_GOLDEN=write the files are written anew, to be looked at before they are kept."""
    shown = _on_console(SHOWN[name](a_reader(language)))
    file = GOLDEN / f"{name}.{language}.txt"
    if WRITING:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shown, "utf-8")
    assert shown == file.read_text("utf-8")


@pytest.mark.parametrize("name", SHOWN)
def test_no_reply_leaks_a_name_from_inside(name: str) -> None:
    for language in ("en", "uk"):
        text = _words(SHOWN[name](a_reader(language)))
        assert not any(word in text for word in ("_", "None", "position:", "{", "}"))


@pytest.mark.parametrize("name", SHOWN)
def test_every_quotation_has_a_source_beside_it(name: str) -> None:
    reply = SHOWN[name](a_reader("en"))
    loose = [block for block in reply.blocks if isinstance(block, Quotation)]
    inside = [quotation for block in reply.blocks if isinstance(block, Item) for quotation in block.quotations]
    assert all("".join(run.text for run in quotation.source) for quotation in [*loose, *inside])


def test_a_value_on_the_board_does_not_repeat_its_quote() -> None:
    assert "inside ten days" not in _words(board_reply(a_board_view(), a_reader()))


def test_a_sentence_too_long_for_the_board_is_named_by_its_source_and_never_cut() -> None:
    long = " ".join(["The monitors would report every day"] * 9) + "."
    daily = replace(sayings()[3], quote=long)
    fact = replace(facts()[3], text=long)
    view = a_board_view(points={daily.id: daily}, developments={fact.id: fact})
    text = _words(board_reply(view, a_reader()))
    assert "newest: Міністерство оборони України, Svitanok, 4 Jan" in text
    assert "The monitors" not in text


def test_a_reader_who_looked_before_is_told_what_moved_since() -> None:
    yesterday = MORNING - timedelta(days=1)
    view = a_board_view(looked_at=yesterday, moved=(Category("monitoring"), Category("response")))
    assert "Moved since somebody here last looked (yesterday, 08:00): Monitoring and Response." in _words(
        board_reply(view, a_reader())
    )
    still = a_board_view(looked_at=yesterday)
    assert "Nothing moved since somebody here last looked" in _words(board_reply(still, a_reader()))


def test_a_layer_of_which_nothing_is_known_says_so() -> None:
    board = a_board()
    empty = replace(
        board.layers[2], newest=None, newest_text="", newest_at=None, last_told_at=None, outlets=0, silence=None
    )
    text = _words(board_reply(a_board_view(board=replace(board, layers=(empty,))), a_reader()))
    assert "nothing said of it yet" in text


def test_a_quiet_day_is_one_line() -> None:
    reply = digest_reply(a_digest(quiet=True), a_topic(), a_reader())
    assert len(reply.blocks) == 1
    assert _words(reply).count("\n") == 1


def test_silence_is_not_told_as_quiet_when_nothing_was_read() -> None:
    unread = replace(a_digest(quiet=True), counts=DigestCounts(), left_out=())
    assert "No article was read in that time" in _words(digest_reply(unread, a_topic(), a_reader()))


def test_what_was_too_old_to_tell_is_not_called_known() -> None:
    old = replace(a_digest(quiet=True), left_out=((LeftOut.TOO_OLD, 4),))
    text = _words(digest_reply(old, a_topic(), a_reader()))
    assert "all known" not in text
    assert "Left out: 4 published too long ago." in text


def test_a_correction_never_shows_the_id_it_takes_back() -> None:
    digest = a_digest()
    section = digest.sections[0]
    taken = replace(section.items[0], kind=ChangeKind.CORRECTION, before="d0123456789ab", after=None, slot=None)
    text = _words(digest_reply(replace(digest, sections=(replace(section, items=(taken,)),)), a_topic(), a_reader()))
    assert "Response · taken back" in text
    assert "d0123456789ab" not in text


def test_a_whole_day_is_named_by_its_date() -> None:
    digest = a_digest()
    midnight = MORNING - timedelta(hours=8)
    whole = replace(digest, window=replace(digest.window, since=midnight - timedelta(days=1), until=midnight))
    assert _words(digest_reply(whole, a_topic(), a_reader())).startswith("What moved · Sunday 4 January\n")


@pytest.mark.parametrize(
    ("ahead", "english", "ukrainian"),
    [
        (
            timedelta(hours=3),
            "today, Monday 5 January, at 11:00 in Kyiv",
            "сьогодні, у понеділок, 5 січня, об 11:00 (Київ)",
        ),
        (
            timedelta(days=1),
            "tomorrow, Tuesday 6 January, at 08:00 in Kyiv",
            "завтра, у вівторок, 6 січня, о 08:00 (Київ)",
        ),
        (timedelta(days=4), "Friday 9 January, at 08:00 in Kyiv", "у п’ятницю, 9 січня, о 08:00 (Київ)"),
    ],
)
def test_the_next_digest_is_announced_by_day_date_and_hour(ahead: timedelta, english: str, ukrainian: str) -> None:
    assert next_digest(MORNING + ahead, a_reader("en")) == f"Next digest: {english}."
    assert next_digest(MORNING + ahead, a_reader("uk")) == f"Наступний дайджест: {ukrainian}."


def test_a_new_subscriber_is_told_hour_zone_and_the_first_digest() -> None:
    subscription = a_subscription(cadence=Cadence(zone="Europe/Kyiv"), next_due_at=MORNING + timedelta(days=1))
    text = _words(subscribed(FollowView(topic=a_topic(), subscription=subscription, changed=False), a_reader()))
    assert "comes here daily at 08:00 (Kyiv). Next digest: tomorrow, Tuesday 6 January, at 08:00 in Kyiv." in text


def test_why_shows_the_rule_in_the_readers_language() -> None:
    points = {point.id: point for point in sayings()}
    view = WhyView(
        topic=a_topic(),
        subject="force",
        board=a_board(),
        layer=Category("force"),
        changes=(a_conflict(),),
        points=points,
    )
    english, ukrainian = (_words(why_reply(view, a_reader(language))) for language in ("en", "uk"))
    assert "Rule: proposed: 1 official and 4 independent reports; 1 official or 2 independent are needed" in english
    assert "Правило: запропоновано: офіційних повідомлень 1" in ukrainian
    assert "neither" not in ukrainian


def test_why_never_says_that_something_is_new_without_saying_what() -> None:
    point = sayings()[0]
    shown, lost = a_change(id="c1", evidence=(point.id,), after=None), a_change(id="c2", evidence=("gone",), after=None)
    view = WhyView(topic=a_topic(), subject="force", changes=(shown, lost), points={point.id: point})
    text = _words(why_reply(view, a_reader()))
    assert text.count(" · new · ") == 1
    assert text.count(point.quote) == 1
    alone = WhyView(topic=a_topic(), subject="force", changes=(lost,))
    assert "What it moved" not in _words(why_reply(alone, a_reader()))


def test_why_of_an_article_says_whether_it_belongs() -> None:
    reading = a_reading(why="speaks of army; names “security guarantees”")
    view = WhyView(topic=a_topic(), subject="a1", article=an_article(), reading=reading)
    assert "Belongs to the plan (score 0.9): it speaks of Army and says “security guarantees”" in _words(
        why_reply(view, a_reader())
    )


def test_why_of_a_fact_counts_its_independent_reports() -> None:
    found = a_development(reports=2, point_ids=("p-1", "p-2", "p-3"))
    text = _words(why_reply(WhyView(topic=a_topic(), subject="d1", development=found), a_reader()))
    assert "Told 3 times, 2 independent reports, first on 10 February, last on 10 February." in text


def test_a_page_without_points_says_that_nothing_was_said() -> None:
    reply = layer_reply(replace(a_layer_view("army"), developments=()), a_reader())
    assert any(isinstance(block, Paragraph) and "No source" in block.runs[0].text for block in reply.blocks)


def test_older_points_are_one_button_away() -> None:
    reply = layer_reply(replace(a_layer_view(), more=4, page=2), a_reader())
    assert [button.command for row in reply.buttons for button in row] == ["layer force 3", "why force", "layers"]
    assert "4 older points: /layer force 3" in _words(reply)


def test_what_one_member_says_is_not_told_as_its_whole_partys_word() -> None:
    digest = a_digest()
    item = replace(
        digest.sections[0].items[0],
        kind=ChangeKind.STANCE,
        before="supports",
        after="rejects",
        slot=None,
        member="italy",
    )
    section = replace(digest.sections[0], category=Category("position:europe"), items=(item,))
    text = _words(digest_reply(replace(digest, sections=(section,)), a_topic(), a_reader()))
    assert "Italy (position) · rejection, was support" in text
    assert "Europe" not in text


def test_the_same_value_from_two_places_stands_once() -> None:
    board = a_board()
    army = board.layers[0]
    twice = replace(army, values=(army.values[0], army.values[0]))
    assert _words(board_reply(a_board_view(board=replace(board, layers=(twice,))), a_reader())).count("800,000") == 1

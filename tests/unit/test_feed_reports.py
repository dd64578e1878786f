"""What the operator is told of the sources: by `feeds check`, as a table, and by the doctor, in a line."""

from __future__ import annotations

import shlex
from datetime import timedelta

import pytest
from rich.cells import cell_len

from bot.app.feedfindings import feed_findings
from bot.app.findings import State
from bot.app.remedies import remedy, why
from bot.cli.feedtable import WIDTH, check_row, check_table
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Health
from bot.services.checking import Checked
from tests.builders import NOON, a_feed

DAY = timedelta(days=1)


@pytest.mark.parametrize("trouble", list(Trouble), ids=str)
def test_every_trouble_has_words_and_a_remedy(trouble: Trouble) -> None:
    assert " " in why(trouble) and " " in remedy(trouble, "https://a.example/feed")
    assert "{" not in why(trouble) + remedy(trouble, "https://a.example/feed")


def test_a_remedy_can_be_pasted_into_a_shell_whatever_the_address_holds() -> None:
    told = remedy(Trouble.NOT_A_FEED, "https://evil.example$(reboot);x/feed")
    assert shlex.split(told.partition("discover ")[2]) == ["https://evil.example$(reboot);x/"]


def test_a_check_tells_all_that_is_odd_about_a_source_in_a_table_of_a_hundred_columns() -> None:
    odd = Checked(
        feed=a_feed(
            name="Дуже довга назва видання, яка не влазить у стовпець таблиці 日本語",
            language="en",
            health=Health.GOOD,
            interval=timedelta(minutes=45),
            next_at=NOON + timedelta(hours=2),
        ),
        entries=20,
        dropped=3,
        newest=NOON - 45 * DAY,
        detected="uk",
        moved_to=f"https://moved.example/{'x' * 50}",
        hub="https://hub.example/",
    )
    table = check_table([odd], NOON)
    assert (
        table
        == """\
NOW   HEALTH  SOURCE                               ENTRIES NEWEST   LANG  EVERY    NEXT VISIT
works good    Дуже довга назва видання, яка не вл…      20 45 days  en    45 min   10 Feb 14:00
      nothing new since 2025-12-27: it may have moved without a word
      its language is stated as en, but its titles read as uk
      moved for good to https://moved.example/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
        (taken over once it has said so twice)
      offers a hub that pushes: https://hub.example/
      3 entries were left out: over the limit, or without any text"""
    )
    assert max(cell_len(line) for line in table.splitlines()) <= WIDTH


def test_a_source_that_fails_is_told_with_reason_and_remedy_and_no_escape_sequence() -> None:
    feed = a_feed(name="\x1b[31mRed\x07", health=Health.BLIND, failing_since=NOON - 3 * DAY, next_at=NOON)
    error = SourceError(Trouble.HTTP_STATUS, feed.url, detail="404", status=404)
    failed = Checked(feed=feed, error=error)
    table = check_table([failed], NOON)
    assert "fails blind   " in table and "\x1b" not in table and "\x07" not in table
    assert "its server answers with an error (404), failing since 2026-02-07" in table
    assert "to do: look for its present address: planwatch feeds discover https://example-wire.example/" in table
    row = check_row(failed, NOON)
    assert (row["works"], row["trouble"], row["failing_since"]) == (False, "http_status", "2026-02-07T12:00:00Z")


def test_the_doctor_names_what_cannot_be_read_why_and_what_to_do() -> None:
    bad = [
        a_feed(id=f"bad{n}", name=f"Bad {n}", address=f"https://down.example/{n}", health=Health.BLIND, trouble=Trouble.DNS,
               failing_since=NOON - DAY)
        for n in range(7)
    ]  # fmt: skip
    never = a_feed(id="never", name="Never", health=Health.FAILING, trouble=Trouble.HTTP_STATUS, trouble_detail="500",
                   failing_since=NOON - 2 * DAY)  # fmt: skip
    (finding,) = feed_findings([a_feed(health=Health.GOOD), *bad, never], NOON)
    assert finding.state is State.CARE
    assert finding.found.startswith(
        "1 good, 1 failing, 7 blind; Never since 2026-02-08: its server answers with an error (500); Bad 0 since 2026-02-09: "
    )
    assert finding.found.endswith("; and 3 more; 7 of them at down.example")
    assert "this machine's DNS (Bad 0); planwatch feeds check asks them again" in finding.remedy
    (broken,) = feed_findings(bad, NOON)
    assert broken.state is State.BROKEN


def test_the_doctor_points_out_sources_that_answer_and_say_nothing_new() -> None:
    known = [a_feed(id=f"f{n}", name=f"Old {n}", health=Health.GOOD, newest_at=NOON - (29 + n) * DAY) for n in range(3)]
    works, silent = feed_findings(known, NOON)
    assert works.state is State.WORKS and silent.part == "silent"
    assert silent.found == "1 with nothing new for 30 days: Old 2 (2026-01-10)"


def test_the_doctor_says_when_nothing_was_read_yet() -> None:
    for feeds in ([], [a_feed()]):
        (finding,) = feed_findings(feeds, NOON)
        assert (finding.state, finding.remedy) == (State.CARE, "planwatch poll reads them once")

"""What readers are told of the sources: what cannot be read is said aloud, in one line, and long lists stay readable."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.model.digests import Digest
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Feed, Health
from bot.model.replies import Reply
from bot.present.digests import digest_reply
from bot.present.feeds import A_PAGE, sources_reply
from bot.present.finding import not_found_reply, site_reply
from bot.present.footers import reading_lines, unread_line
from bot.present.names import blind
from bot.present.plain import as_html, as_markdown, as_text
from bot.present.views import FeedThere, SiteView
from handlers.console.render import render as on_console
from handlers.discord.render import render as on_discord
from handlers.telegram.render import render as on_telegram
from tests.builders import a_feed
from tests.showcase import MORNING, a_digest, a_reader, a_topic

DAY = timedelta(days=1)


def unread(*outlets: str, days: tuple[float, ...] = (), sources: int = 14, **given: Any) -> Digest:
    since = [*(MORNING - timedelta(days=each) for each in days), *[None] * len(outlets)]
    return replace(a_digest(), blind=tuple(zip(outlets, since, strict=False)), sources=sources, **given)


def feeds(count: int, health: Health = Health.GOOD, **given: Any) -> tuple[Feed, ...]:
    default = {"health": health, "succeeded_at": MORNING, "newest_at": MORNING - DAY}
    return tuple(
        a_feed(**{"id": f"{health}-{n}", "name": f"{health.value.capitalize()} {n}", **default, **given})
        for n in range(count)
    )


def words(reply: Reply) -> str:
    return as_text(reply, addresses=False)


@pytest.mark.parametrize(
    ("digest", "english", "ukrainian"),
    [
        (unread("Svitanok", days=(1,)), "1 of 14 sources could not be read since 4 January: Svitanok.", "З 4 січня не вдається прочитати 1 джерело із 14: Svitanok."),
        (unread("A", "B", days=(1, 1)), "2 of 14 sources could not be read since 4 January: A, B.", "З 4 січня не вдається прочитати 2 джерела із 14: A, B."),
        (unread("A", "B", days=(1, 2)), "2 of 14 sources could not be read since 3 January: B, A (since 4 January).", "З 3 січня не вдається прочитати 2 джерела із 14: B, A (з 4 січня)."),
        (unread(*"ABCDE", days=(1,) * 5), "5 of 14 sources could not be read since 4 January: A, B, C and 2 more.", "З 4 січня не вдається прочитати 5 джерел із 14: A, B, C та ще 2."),
        (unread(*(["A"] * 21), days=(1,) * 21, sources=30), "21 of 30 sources could not be read since 4 January: A, A, A and 18 more.", "З 4 січня не вдається прочитати 21 джерело із 30: A, A, A та ще 18."),
        (unread("A"), "1 of 14 sources could not be read: A.", "Не вдається прочитати 1 джерело із 14: A."),
        (unread("A", days=(1,), sources=1), "1 of 1 source could not be read since 4 January: A.", "З 4 січня не вдається прочитати 1 джерело із 1: A."),
        (unread(not_yet=3), "3 of 14 sources have not been read yet.", "Ще не прочитано 3 джерела із 14."),
        (unread(), "", ""),
    ],
)  # fmt: skip
def test_sources_that_could_not_be_read_are_one_line_in_good_grammar(
    digest: Digest, english: str, ukrainian: str
) -> None:
    assert unread_line(digest, a_reader("en")) == english
    assert unread_line(digest, a_reader("uk")) == ukrainian


def test_the_day_is_that_of_the_readers_zone() -> None:
    digest = unread("A", days=(1 / 3,))  # 22:00 UTC
    assert "since 5 January" in unread_line(digest, a_reader(zone="Europe/Kyiv"))
    assert "since 4 January" in unread_line(digest, a_reader(zone="Europe/London"))


@pytest.mark.parametrize("quiet", [False, True])
def test_every_form_of_a_digest_says_it_exactly_once(quiet: bool) -> None:
    digest = replace(a_digest(quiet=quiet), blind=(("Svitanok", MORNING - DAY), ("Kestrel Post", MORNING)), not_yet=1)
    reply = digest_reply(digest, a_topic(), a_reader())
    line = "2 of 16 sources could not be read since 4 January: Svitanok, Kestrel Post (since 5 January). 1 of 16 sources has not been read yet."
    whole = [as_text(reply), as_markdown(reply), as_html(reply)]
    whole += [
        "".join(render(reply)).replace("\\\\", "").replace("\\n", " ")
        for render in (on_telegram, on_discord, on_console)
    ]
    for text in whole:
        assert text.replace("\\", "").count(line) == 1
        assert text.count("could not be read") == 1


def test_a_source_that_never_could_be_read_is_not_silent_about_it() -> None:
    never = feeds(1, Health.FAILING, succeeded_at=None, failing_since=MORNING - DAY)
    lately = feeds(1, Health.FAILING, id="lately", failing_since=MORNING)
    assert blind((*never, *lately)) == never
    (line,) = reading_lines((*never, *lately), a_reader())
    assert line == "Read: 1 of 2 sources. Blind: Failing 0 since 4 January."


def test_a_board_over_a_thousand_blind_sources_stays_a_board() -> None:
    (line,) = reading_lines(feeds(1_000, Health.BLIND, failing_since=MORNING - DAY), a_reader())
    assert line.endswith("Blind 0 since 4 January, Blind 1 since 4 January, Blind 10 since 4 January and 997 more.")


def test_sources_in_trouble_come_first_then_silent_ones_then_the_rest() -> None:
    known = (
        *feeds(3),
        *feeds(1, Health.FAILING, trouble=Trouble.DNS, failing_since=MORNING),
        *feeds(1, Health.BLIND, trouble=Trouble.HTTP_STATUS, trouble_detail="404", failing_since=MORNING - DAY),
        *feeds(1, Health.GONE, trouble=Trouble.GONE),
        *feeds(1, id="old", name="Old Post", newest_at=MORNING - 45 * DAY),
        *feeds(2, Health.PAUSED),
    )
    text = words(sources_reply(a_topic(), known, a_reader()))
    assert "Read: 5 of 7 sources. Cannot be read: 2. Nothing new for a month: 1. Switched off: 2." in " ".join(
        text.split()
    )
    order = [text.index(name) for name in ("Gone 0", "Blind 0", "Failing 0", "Old Post", "Good 0")]
    assert order == sorted(order)
    assert "its server answered with an error (404), since 4 January" in text
    assert "Old Post · silent\n  nothing newer than 21 November" in text
    assert "Paused" not in text


def test_twenty_thousand_sources_come_in_pages_that_fit_one_message() -> None:
    known = (
        *feeds(20, Health.BLIND, trouble=Trouble.TIMEOUT, failing_since=MORNING - DAY),
        *feeds(19_980, name="N" * 50),
    )
    first = sources_reply(a_topic(), known, a_reader())
    assert "Page 1 of 668" in words(first) and "Read: 19,980 of 20,000 sources." in words(first)
    assert [button.command for button in first.buttons[0]] == ["sources 2"]
    seen = 0
    for page in (1, 2, 3, 251, 668, 9_999):
        reply = sources_reply(a_topic(), known, a_reader(), page)
        assert len(on_telegram(reply)) == len(on_discord(reply)) == 1
        seen += words(reply).count("N" * 50)
    assert 90 < seen <= 6 * A_PAGE
    assert "Page 668 of 668" in words(sources_reply(a_topic(), known, a_reader(), 9_999))


def test_pages_show_every_source_once() -> None:
    known = (
        *feeds(30, Health.FAILING, trouble=Trouble.DNS),
        *feeds(100),
        *feeds(7, id="uk", language="uk", name="Світ"),
    )
    known = tuple(replace(feed, name=f"<{number}>") for number, feed in enumerate(known))
    text = "".join(words(sources_reply(a_topic(), known, a_reader(), page)) for page in range(1, 8))
    assert "Page 7 of 7" in text
    assert [text.count(f"<{number}>") for number in range(len(known))] == [1] * len(known)


HOSTILE = "@everyone <script>alert(1)</script> **b** [x](https://evil.example) \x1b[31m /unsubscribe `a`"


def a_site(*there: FeedThere) -> SiteView:
    return SiteView(address="https://lantern.example/", feeds=there)


def test_a_sites_feeds_are_shown_with_their_addresses_and_what_is_read_already() -> None:
    bad = a_feed(health=Health.BLIND)
    view = a_site(
        FeedThere(url="https://a.example/1", title="Known", known=a_feed(health=Health.GOOD)),
        FeedThere(url="https://a.example/2", title="Broken", known=bad),
        FeedThere(url="https://a.example/3", title="New"),
    )
    text = words(site_reply(view, a_reader(), may_manage=True))
    assert "3 feeds found at https://lantern.example/" in text
    assert "Known · already read here\n  https://a.example/1" in text
    assert "Broken · already listed here: blind, tried again daily" in text
    assert "planwatch feeds add https://a.example/3" in text


def test_only_who_may_manage_the_chat_is_told_the_operators_command() -> None:
    view = a_site(FeedThere(url="https://a.example/3", title="New"))
    assert "planwatch feeds" not in words(site_reply(view, a_reader(), may_manage=False))
    known = a_site(FeedThere(url="https://a.example/3", title="Old", known=a_feed()))
    assert "planwatch" not in words(site_reply(known, a_reader(), may_manage=True))


def test_the_command_to_add_a_feed_can_be_pasted_into_a_shell_whatever_the_address_holds() -> None:
    view = a_site(FeedThere(url="https://evil.example/$(reboot);x'&a", title="New"))
    shown = words(site_reply(view, a_reader(), may_manage=True))
    command = shown.partition("planwatch feeds add ")[2].strip()
    assert shlex.split(command) == ["https://evil.example/$(reboot);x'&a"]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_what_a_site_calls_its_feeds_reaches_chats_as_plain_words(language: str) -> None:
    view = a_site(FeedThere(url="https://a.example/x?<b>&'\"", title=HOSTILE * 9))
    reply = site_reply(view, a_reader(language), may_manage=True)
    (telegram,), (discord,), (console,) = on_telegram(reply), on_discord(reply), on_console(reply)
    kinds = {each["type"] for each in json.loads(telegram)["entities"]}
    assert kinds <= {"bold", "italic", "text_link", "code"}
    content = json.dumps(json.loads(discord)["components"], ensure_ascii=False)
    assert "\\\\*\\\\*b" in content and "[x](https" not in content
    assert "\\u001b" not in telegram + discord + console
    assert "<script>" not in as_html(reply)


@pytest.mark.parametrize("trouble", list(Trouble), ids=str)
@pytest.mark.parametrize("language", ["en", "uk"])
def test_whatever_goes_wrong_is_one_plain_line(trouble: Trouble, language: str) -> None:
    error = SourceError(trouble, "https://x.example/", detail="10.0.0.1 lives here", status=403)
    reply = not_found_reply(error, "x.example", a_reader(language))
    text = words(reply)
    assert text.count("\n") == 1 and "x.example" in text and "10.0.0.1" not in text and "trouble" not in text
    assert reply.private

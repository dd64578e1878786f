"""What hubs push: what a reader would read wrongly, or an operator suffer, if it were believed, kept or answered otherwise."""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from io import StringIO

import pytest

from bot import logs
from bot.feeds.websub import answering
from bot.model.errors import SettingsError, StoreUnreachable
from bot.model.feeds import FeedId, Fetched, Health, Push, PushId
from bot.services.collect import Look
from bot.services.pushbook import PushBook
from tests.builders import NOON
from tests.contracts.feed_server import FeedServer, item, rss
from tests.contracts.websub_bench import DAY, HOUR, Bench, bench
from tests.contracts.websub_hub import WebSubHub, signature
from tests.doubles import RecordingLog

NEWS = rss(item(5, "Fresh from the hub."))


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as running:
        yield running


@pytest.fixture
async def hub() -> AsyncIterator[WebSubHub]:
    async with WebSubHub() as running:
        yield running


@pytest.fixture
async def made(server: FeedServer, hub: WebSubHub) -> AsyncIterator[Bench]:
    async with bench(server, hub) as running:
        yield running


async def test_what_is_pushed_is_there_at_once_and_the_feed_is_polled_daily_from_then_on(
    made: Bench, hub: WebSubHub, server: FeedServer
) -> None:
    before = await made.subscribed()
    made.clock.move(HOUR)
    assert await hub.push(NEWS) == 202
    await made.taken()
    feed = await made.feed()
    assert await made.titles() == ["Story 1", "Story 5"] and made.counted == {"pushes": 1}
    assert feed.pushed_at == NOON + HOUR and feed.next_at == NOON + HOUR + DAY
    assert (feed.hub, feed.self_url, feed.etag) == (before.hub, before.self_url, before.etag)
    assert server.paths.count("/feed") == 1


async def test_the_same_news_by_push_and_by_poll_are_told_once(made: Bench, hub: WebSubHub, server: FeedServer) -> None:
    await made.subscribed("/feed", item(1), item(5))
    await hub.push(NEWS)
    await made.taken()
    assert made.log.lines[-1][2] == {"feed": "feed", "new": 0, "edited": 1}
    await made.collector.round(everything=True)
    assert await made.titles() == ["Story 1", "Story 5"]


async def test_a_hub_is_answered_before_the_document_is_taken_in(made: Bench, hub: WebSubHub) -> None:
    await made.subscribed()
    await made.store.feeds()
    entered, release = asyncio.Event(), asyncio.Event()

    class Slow:
        async def pushed(self, feed_id: FeedId, fetched: Fetched) -> Look | None:
            entered.set()
            await release.wait()
            return None

    made.calls._taker = Slow()
    async with asyncio.timeout(5):
        assert await hub.push(NEWS) == 202
        await entered.wait()
    release.set()


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_every_recognised_signature_is_taken(made: Bench, hub: WebSubHub, method: str) -> None:
    await made.subscribed()
    assert await hub.push(NEWS, method=method) == 202
    await made.taken()
    assert "Story 5" in await made.titles()


async def test_a_forged_push_looks_to_its_sender_like_any_other_and_changes_nothing(
    made: Bench, hub: WebSubHub
) -> None:
    await made.subscribed("/other")
    stranger = hub.asked[-1]["hub.secret"]
    await made.subscribed()
    secret = hub.asked[-1]["hub.secret"]
    forged = [
        await hub.push(NEWS, method=""),
        await hub.push(NEWS, secret="guessed"),
        await hub.push(NEWS, secret=stranger),
        await hub.push(NEWS, X_Hub_Signature=signature("sha256", secret, NEWS + b" ")),
        await hub.push(NEWS, X_Hub_Signature=signature("sha256", secret, NEWS)[:-1]),
        await hub.push(NEWS, X_Hub_Signature=signature("sha256", secret, NEWS).replace("sha256", "md5")),
        await hub.push(NEWS, X_Hub_Signature="sha256="),
        await hub.push(NEWS, X_Hub_Signature="\u017fha1=" + "0" * 40),
        await hub.push(NEWS, X_Hub_Signature_256=signature("sha512", "guessed", NEWS)),
        await hub.push(b"", method=""),
    ]
    assert forged == [202] * 10 and made.counted == {"pushes_ignored": 10}
    assert await made.titles() == ["Story 1"] * 2 and (await made.feed()).pushed_at is None
    told = [fields["times"] for _, event, fields in made.log.lines if event == "push.ignored"]
    assert told == [1, 10], "told at the first and tenth time"


async def test_a_hub_may_state_its_signature_twice(made: Bench, hub: WebSubHub) -> None:
    await made.subscribed()
    secret = hub.asked[0]["hub.secret"]
    await hub.push(
        NEWS, method="sha1", X_Hub_Signature_256=signature("sha256", secret, NEWS).upper().replace("SHA", "sha")
    )
    await made.taken()
    assert "Story 5" in await made.titles()


async def test_an_old_document_played_again_brings_no_old_text_back(made: Bench, hub: WebSubHub) -> None:
    await made.subscribed()
    old, new = rss(item(5, "Ten days.")), rss(item(5, "Thirty days."))
    for body in (old, new):
        await hub.push(body)
        await made.taken()
        made.log._told.clear()
    assert await hub.push(old) == 202 and await hub.push(new) == 202
    await hub.push(rss(item(6)))
    await made.taken()
    told = {entry.title: entry.summary for entry in await made.store.waiting_entries(9)}
    assert told["Story 5"] == "Thirty days." and made.counted["pushes"] == 3


async def test_a_body_over_the_limit_is_refused_however_it_comes(server: FeedServer, hub: WebSubHub) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"<item>" * 1_000

    async with bench(server, hub, max_bytes=100_000) as made:
        await made.subscribed()
        assert await hub.push(b"x" * 100_001) == 413
        assert await hub.push(pieces()) == 413
        assert await hub.push(NEWS) == 202
        await made.taken()
        assert made.counted == {"pushes": 1}


async def test_a_body_that_drips_is_let_go(server: FeedServer, hub: WebSubHub) -> None:
    closed = asyncio.Event()

    async def drops() -> AsyncIterator[bytes]:
        yield b"<rss>"
        await closed.wait()

    async with bench(server, hub, patience=timedelta(milliseconds=100)) as made:
        await made.subscribed()
        pushing = asyncio.create_task(hub.push(drops()))
        async with asyncio.timeout(5):
            assert await pushing == 408
        closed.set()


async def test_one_callback_reads_one_body_at_a_time(made: Bench, hub: WebSubHub) -> None:
    begun, end = asyncio.Event(), asyncio.Event()

    async def drops() -> AsyncIterator[bytes]:
        yield b"<rss>"
        begun.set()
        await end.wait()

    await made.subscribed()
    slow = asyncio.create_task(hub.push(drops()))
    await begun.wait()
    statuses = {await hub.push(NEWS) for _ in range(3)}
    end.set()
    assert await slow == 202 and statuses == {503}


async def test_a_packed_body_is_not_unpacked(made: Bench, hub: WebSubHub) -> None:
    await made.subscribed()
    assert await hub.push(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip") == 415


async def test_a_hub_that_brings_more_than_can_be_taken_in_is_asked_to_come_again(
    made: Bench, hub: WebSubHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = asyncio.Event()

    class Stuck:
        async def pushed(self, feed_id: FeedId, fetched: Fetched) -> Look | None:
            await release.wait()
            return None

    await made.subscribed()
    made.calls._taker = Stuck()
    monkeypatch.setattr(answering, "MOST_HELD", 3_000)
    statuses = [await hub.push(rss(item(number, "x" * 700))) for number in range(5)]
    assert statuses[0] == 202 and statuses[-1] == 503
    release.set()


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff" * 500, b"<html><body>Log in</body></html>", b"<rss><channel>", b"{}"]
)
async def test_garbage_with_a_right_signature_is_told_and_the_feed_itself_asked_instead(
    made: Bench, hub: WebSubHub, body: bytes
) -> None:
    await made.subscribed()
    assert await hub.push(body) == 202
    await made.taken("push.unreadable")
    feed = await made.feed()
    assert feed.health is Health.GOOD and feed.failures == 0 and feed.pushed_at is None
    assert feed.next_at is None or feed.next_at <= NOON, "its own server may still have the news"
    assert await made.titles() == ["Story 1"]


async def test_news_a_hub_missed_put_the_feed_back_to_its_own_rhythm(
    made: Bench, hub: WebSubHub, server: FeedServer
) -> None:
    await made.subscribed()
    await hub.push(NEWS)
    await made.taken()
    made.clock.move(DAY)
    await made.follow_news(item(7))
    feed = await made.feed()
    assert feed.pushed_at is None and feed.next_at is not None and feed.next_at < made.clock.now() + HOUR


async def test_whoever_does_not_know_a_callback_is_not_read(made: Bench, hub: WebSubHub) -> None:
    async def never() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.Event().wait()

    await made.subscribed()
    async with asyncio.timeout(5):
        assert await hub.push(NEWS, callback=f"{made.public}/guessed") == 410
        assert await hub.push(NEWS, callback=made.public) == 410
        reader, writer = await asyncio.open_connection("127.0.0.1", int(made.public.rpartition(":")[2].split("/")[0]))
        writer.write(b"POST /guessed HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nx")
        assert b" 410 " in await reader.readline()
        writer.close()
    assert made.counted == {}


async def test_a_proxy_may_take_the_public_path_off_or_leave_it(made: Bench, hub: WebSubHub) -> None:
    await made.subscribed()
    short = hub.callback.replace("/bot/websub", "")
    secret = hub.asked[0]["hub.secret"]
    assert await hub.push(NEWS, callback=short, secret=secret) == 202
    await made.taken()


async def test_a_hubs_word_about_hub_and_name_is_not_taken_from_unsigned_headers(made: Bench, hub: WebSubHub) -> None:
    before = await made.subscribed()
    await hub.push(NEWS, Link='<https://evil.example/>; rel="hub", <https://evil.example/feed>; rel="self"')
    await made.taken()
    feed = await made.feed()
    assert (feed.hub, feed.self_url) == (before.hub, before.self_url)


async def test_nothing_secret_is_ever_logged(server: FeedServer, hub: WebSubHub) -> None:
    stream = StringIO()
    logs.configure("debug", "text", stream=stream)
    logging.getLogger("aiohttp").setLevel(logging.DEBUG)
    async with bench(server, hub) as made:
        await made.subscribed()
        await hub.push(NEWS)
        await made.taken()
        await hub.push(NEWS, method="")
        await hub.get(hub.callback, {"hub.mode": "subscribe"})
        await hub.deny(f"because {hub.callback} and {hub.asked[0]['hub.secret']}")
        hub.status = 500
        made.clock.move(31 * DAY)
        await made.round()
        said = stream.getvalue() + str(made.log.lines) + repr(await made.store.pushes())
    for form in hub.asked:
        assert form["hub.secret"] not in said and form["hub.callback"].rpartition("/")[2] not in said


async def test_while_the_store_does_not_answer_hubs_are_asked_to_come_again(
    made: Bench, hub: WebSubHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    await made.subscribed()

    async def away(self: PushBook, id_: PushId) -> Push | None:
        raise StoreUnreachable("gone")

    monkeypatch.setattr(PushBook, "found", away)
    assert await hub.push(NEWS) == 503 and await hub.verify(hub.asked[0]) == 503
    assert "hub.unanswered" in made.log.events


async def test_a_port_that_is_taken_names_the_setting(made: Bench, server: FeedServer, hub: WebSubHub) -> None:
    port = int(made.public.rpartition(":")[2].split("/")[0])
    async with AsyncExitStack() as stack:
        with pytest.raises(SettingsError, match=rf"websub\.listen: 127\.0\.0\.1:{port} cannot be listened on"):
            await stack.enter_async_context(bench(server, hub, listen=("127.0.0.1", port)))


async def test_what_was_received_is_taken_in_before_the_end(server: FeedServer, hub: WebSubHub) -> None:
    async with bench(server, hub) as made:
        await made.subscribed()
        await asyncio.gather(*(hub.push(rss(item(number))) for number in (5,)))
        log: RecordingLog = made.log
    assert "push.taken" in log.events


async def test_a_fault_over_one_document_costs_that_document_only(made: Bench, hub: WebSubHub) -> None:
    await made.subscribed()
    honest = made.calls._taker

    class Stumbling:
        async def pushed(self, feed_id: FeedId, fetched: Fetched) -> Look | None:
            if b"Story 6" in fetched.body:
                raise RuntimeError("a bug")
            return await honest.pushed(feed_id, fetched)

    made.calls._taker = Stumbling()
    for number in (6, 60, 5):
        await hub.push(rss(item(number)))
    await made.taken()
    assert "Story 5" in await made.titles() and made.log.events.count("push.lost") >= 2


@pytest.mark.parametrize(
    "said",
    [
        "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n<rss>",
        "POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>",
        "POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>",
        "GET {path}?hub.mode=%ff%00&hub.topic=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /" + "x" * 20_000 + " HTTP/1.1\r\n\r\n",
    ],
    ids=("breaks off", "bad chunk", "no last chunk", "odd query", "TLS", "odd version", "long line"),
)
async def test_what_scanners_and_broken_connections_send_is_not_worth_an_alarm(
    made: Bench, hub: WebSubHub, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    await made.subscribed()
    host = made.public.removeprefix("http://").partition("/")[0]
    reader, writer = await asyncio.open_connection("127.0.0.1", int(host.partition(":")[2]))
    writer.write(said.replace("{path}", hub.callback.removeprefix(f"http://{host}")).encode("latin-1"))
    writer.write_eof()
    async with asyncio.timeout(5):
        await reader.read()
    writer.close()
    assert await hub.push(NEWS) == 202
    await made.taken()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert "hub.unanswered" not in made.log.events

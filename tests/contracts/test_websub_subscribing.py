"""Subscribing at hubs: what a reader would miss, or a hub's owner suffer, if we asked wrongly or believed too much."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from bot.model.feeds import FeedId, PushState
from bot.ports import Plan
from tests.builders import NOON, a_feed
from tests.contracts.feed_server import FeedServer, answer, item, rss
from tests.contracts.websub_bench import DAY, HOUR, MINUTE, Bench, bench
from tests.contracts.websub_hub import CHALLENGE, WebSubHub

FEED = FeedId("feed")


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


async def test_an_honest_hub_is_asked_once_and_its_promise_kept_with_the_feed(made: Bench, hub: WebSubHub) -> None:
    feed = await made.subscribed()
    [form] = hub.asked
    assert form["hub.mode"] == "subscribe" and form["hub.lease_seconds"] == "864000"
    assert form["hub.topic"] == f"{feed.url}?utm_source=x", "a hub knows the topic by each letter"
    assert form["hub.callback"].startswith(f"{made.public}/") and len(form["hub.callback"]) > len(made.public) + 32
    assert 32 <= len(form["hub.secret"]) < 200 and form["hub.secret"] not in form["hub.callback"]
    assert hub.verdicts == [200] and feed.push_until == NOON + 10 * DAY
    await made.round()
    assert len(hub.asked) == 1


@pytest.mark.parametrize("named", ["", '<{hub}>; rel="hub"', '<https://lantern.example/feed>; rel="self"'], ids=str)
async def test_a_feed_that_does_not_name_both_a_hub_and_itself_is_only_polled(
    made: Bench, hub: WebSubHub, server: FeedServer, named: str
) -> None:
    feed = a_feed(url=server.says("/rss", answer(rss(item(1)), Link=named.format(hub=hub.url))))
    await made.store.apply(Plan(feeds=(replace(feed, address=feed.url),)))
    await made.collector.round()
    assert await made.round() == 0 and hub.asked == []


async def test_a_hub_may_verify_before_it_has_answered(made: Bench, hub: WebSubHub) -> None:
    hub.at_once = True
    assert (await made.subscribed()).push_until == NOON + 10 * DAY


async def test_a_hub_that_verifies_and_then_fails_to_answer_is_believed(made: Bench, hub: WebSubHub) -> None:
    await made.follow()
    hub.status, hub.verifies = 500, False
    await made.pushes.round()
    assert await made.states() == [PushState.FAILED]
    assert await hub.verify(hub.asked[0]) == 200
    await made.round()
    assert (await made.feed()).push_until == NOON + 10 * DAY


async def test_a_slow_hub_that_was_given_up_is_still_welcome(made: Bench, hub: WebSubHub) -> None:
    hub.verifies = False
    await made.follow()
    await made.round()
    made.clock.move(61 * MINUTE)
    await made.pushes.round()
    assert await made.states() == [PushState.FAILED] and (await made.push_of()).reason == "its hub did not call back"
    assert (await made.feed()).push_until is None
    assert await hub.verify(hub.asked[0]) == 200
    await made.pushes.round()
    assert (await made.feed()).push_until == NOON + 61 * MINUTE + 10 * DAY


async def test_a_hub_that_never_calls_back_is_asked_less_and_less(made: Bench, hub: WebSubHub) -> None:
    hub.verifies = False
    await made.follow()
    moments = []
    for _ in range(40 * 24):
        if await made.pushes.round():
            moments.append((made.clock.now() - NOON) / HOUR)
        made.clock.move(HOUR)
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert gaps == sorted(gaps) and gaps[0] >= 1 and 100 < gaps[-1] <= 7 * 24 + 2
    assert made.log.events.count("hub.refused") == 1, "said once, not at each try"
    callbacks = {form["hub.callback"] for form in hub.asked}
    assert len(callbacks) == len(hub.asked), "each try has an address of its own"
    assert len(await made.store.pushes()) == 1, "tries do not pile up"


async def test_a_verification_for_another_topic_is_not_agreed_to(made: Bench, hub: WebSubHub) -> None:
    hub.topic = "https://elsewhere.example/feed"
    feed = await made.subscribed()
    assert hub.verdicts == [404] and feed.push_until is None and await made.states() == [PushState.ASKED]


async def test_a_topic_that_a_hub_spelt_with_needless_escapes_undone_is_the_same(made: Bench, hub: WebSubHub) -> None:
    hub.verifies = False
    feed = await made.follow()
    await made.store.apply(Plan(feeds=(replace(feed, self_url="http://x.example/%7Eed/feed%2Exml?q=%C3%A9%2F"),)))
    await made.pushes.round()
    assert await hub.verify(hub.asked[-1], topic="http://x.example/~ed/feed.xml?q=%C3%A9%2F") == 200
    assert await hub.verify(hub.asked[-1], topic="http://x.example/~ed/feed.xml?q=%C3%A9/") == 404


async def test_what_was_not_asked_for_is_not_found(made: Bench, hub: WebSubHub) -> None:
    feed = await made.subscribed()
    form = hub.asked[0]
    assert await hub.verify(form, mode="unsubscribe") == 404, "a stranger cannot end it"
    assert await hub.verify(form | {"hub.callback": f"{made.public}/guessed"}) == 404
    assert await hub.verify(form, mode="publish") == 404
    assert await hub.verify(form, topic=None) == 404
    for query in ("hub.mode=subscribe&hub.mode=denied", ""):
        assert (await hub.get(form["hub.callback"], query))[0] == 404
    for path in (
        "",
        "/",
        "/bot/websub",
        "/bot/websub/",
        "/metrics",
        "/../etc/passwd",
        "/bot/websub/%00",
        "/" + "x" * 3000,
    ):
        assert (await hub.get(made.public.removesuffix("/bot/websub") + path, ""))[0] == 404
    assert (await made.feed()).push_until == feed.push_until and await made.states() == [PushState.ACTIVE]


@pytest.mark.parametrize("challenge", ["", "x" * 1001, "ünï", "a\nb", "\x00"])
async def test_a_challenge_that_could_carry_something_is_not_echoed(
    made: Bench, hub: WebSubHub, challenge: str
) -> None:
    hub.verifies = False
    await made.follow()
    await made.pushes.round()
    assert await hub.verify(hub.asked[0], challenge=challenge) == 404
    assert await made.states() == [PushState.ASKED]


async def test_a_challenge_comes_back_as_data_that_no_browser_runs(made: Bench, hub: WebSubHub) -> None:
    hub.verifies = False
    await made.follow()
    await made.pushes.round()
    form, script = hub.asked[0], "<script>alert(1)</script>"
    query = {
        "hub.mode": "subscribe",
        "hub.topic": form["hub.topic"],
        "hub.challenge": script,
        "hub.lease_seconds": "86400",
    }
    status, body, headers = await hub.get(form["hub.callback"], query)
    assert (status, body) == (200, script.encode()) and CHALLENGE.encode() not in body
    assert headers["Content-Type"] == "application/octet-stream" and headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("lease", ["0", "-5", "", "ten days", "3599", "1e9", "٣٦٠٠٠٠", "36000.5"])
async def test_a_lease_that_is_none_is_not_agreed_to_and_the_feed_is_polled(
    made: Bench, hub: WebSubHub, lease: str
) -> None:
    hub.lease = lease
    feed = await made.subscribed()
    assert hub.verdicts == [404] and feed.push_until is None
    assert (await made.push_of()).reason == "its hub offers no lease worth having"


@pytest.mark.parametrize("lease", ["99999999999999999999", "9" * 3000, "31536000000", "0002592001"])
async def test_a_lease_for_ever_is_relied_on_for_a_month(made: Bench, hub: WebSubHub, lease: str) -> None:
    hub.lease = lease
    assert (await made.subscribed()).push_until == NOON + 30 * DAY


async def test_a_denial_is_kept_with_its_reason_and_taken_for_an_answer(made: Bench, hub: WebSubHub) -> None:
    hub.verifies = False
    await made.follow()
    await made.pushes.round()
    secret = hub.asked[0]["hub.secret"]
    assert await hub.deny(topic="https://elsewhere.example/") == 404
    assert await hub.deny(f"you are\n\x1b[31mnot {secret} welcome " + "x" * 900) == 200
    push = await made.push_of()
    assert push.state is PushState.DENIED and push.reason.startswith("you are [31mnot … welcome xx")
    assert len(push.reason) <= 200 and secret not in str(made.log.lines)
    assert await hub.verify(hub.asked[0]) == 404, "a denied one cannot be begun after all"
    made.clock.move(29 * DAY)
    assert await made.pushes.round() == 0
    made.clock.move(1 * DAY)
    assert await made.pushes.round() == 1


async def test_a_denial_in_the_middle_of_a_lease_puts_the_feed_back_to_polling_at_once(
    made: Bench, hub: WebSubHub
) -> None:
    await made.subscribed()
    assert await hub.deny() == 200
    await made.pushes.round()
    feed = await made.feed()
    assert feed.push_until is None and feed.next_at is None
    assert (await made.push_of()).reason == "no reason given"


async def test_a_lease_is_renewed_under_a_new_address_before_it_ends_and_the_old_one_ended(
    made: Bench, hub: WebSubHub
) -> None:
    await made.subscribed()
    made.clock.move(7 * DAY)
    assert await made.round() == 0
    made.clock.move(DAY)
    await made.round()
    await made.round()
    first, second, third = hub.asked
    assert (first["hub.mode"], second["hub.mode"], third["hub.mode"]) == ("subscribe", "subscribe", "unsubscribe")
    assert first["hub.callback"] != second["hub.callback"] and first["hub.secret"] != second["hub.secret"]
    assert third["hub.callback"] == first["hub.callback"]
    assert list(hub.subscribed) == [second["hub.callback"]] and await made.states() == [PushState.ACTIVE]
    assert (await made.feed()).push_until == NOON + 18 * DAY
    assert await hub.push(rss(item(9)), callback=first["hub.callback"]) == 410


async def test_a_hub_that_is_gone_when_the_lease_runs_out_is_missed_by_nobody(made: Bench, hub: WebSubHub) -> None:
    await made.subscribed()
    await hub.vanishes()
    made.clock.move(8 * DAY)
    await made.pushes.round()
    assert await made.states() == [PushState.ACTIVE, PushState.FAILED]
    assert (await made.feed()).push_until == NOON + 10 * DAY, "until then it may still push"
    made.clock.move(2 * DAY)
    await made.pushes.round()
    feed = await made.feed()
    assert feed.push_until is None and feed.next_at is None
    assert await made.states() == [PushState.FAILED]


async def test_a_hub_inside_the_operators_network_is_never_asked(server: FeedServer, hub: WebSubHub) -> None:
    async with bench(server, hub, allowed=(f"127.77.0.1:{server.port}",)) as made:
        feed = await made.subscribed()
        assert hub.asked == [] and feed.push_until is None
        push = await made.push_of()
        assert push.state is PushState.FAILED and push.reason.startswith("address refused")


@pytest.mark.parametrize(
    "hub_address", ["ftp://hub.example/", "javascript:alert(1)", "http://u:p@127.77.0.9/", "http://[::1/", "x" * 5000]
)
async def test_a_hub_that_is_no_address_costs_nothing_but_pushes(made: Bench, hub_address: str) -> None:
    feed = await made.follow("/odd", hub=hub_address)
    await made.round()
    assert feed.succeeded_at == NOON and (await made.feed("odd")).push_until is None


@pytest.mark.parametrize("status", [307, 308])
async def test_a_hub_that_sends_on_is_followed_with_the_whole_request(
    made: Bench, hub: WebSubHub, server: FeedServer, status: int
) -> None:
    async with WebSubHub(host="127.77.0.10", status=status, headers={"Location": hub.url}) as first:
        await made.follow("/feed", hub=first.url)
        await made.round()
        assert (await made.feed()).push_until == NOON + 10 * DAY
        assert hub.asked == first.asked and len(hub.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303])
async def test_a_redirect_that_would_turn_the_request_into_another_is_a_refusal(
    made: Bench, hub: WebSubHub, status: int
) -> None:
    async with WebSubHub(host="127.77.0.10", status=status, headers={"Location": hub.url}) as first:
        await made.follow("/feed", hub=first.url)
        await made.round()
        assert hub.asked == [] and (await made.push_of()).reason == f"http status {status}"


async def test_a_hub_that_sends_on_without_end_is_left(made: Bench, hub: WebSubHub) -> None:
    hub.status, hub.headers, hub.verifies = 307, {"Location": hub.url}, False
    await made.follow()
    await made.pushes.round()
    assert (await made.push_of()).reason.startswith("too many redirects") and len(hub.asked) < 12


async def test_a_hub_that_sends_on_into_the_operators_network_reaches_nothing(
    server: FeedServer, hub: WebSubHub
) -> None:
    async with (
        WebSubHub(host="127.77.0.10", status=307, headers={"Location": hub.url}) as first,
        bench(server, hub, allowed=("127.77.0.1", "127.77.0.10")) as made,
    ):
        await made.follow("/feed", hub=first.url)
        await made.round()
        assert len(first.asked) == 1 and hub.asked == []
        assert (await made.push_of()).reason.startswith("address refused")


async def test_a_hub_that_asks_for_time_gets_it(made: Bench, hub: WebSubHub) -> None:
    hub.status, hub.headers = 429, {"Retry-After": "36000"}
    await made.follow()
    await made.round()
    made.clock.move(9 * HOUR)
    assert await made.pushes.round() == 0
    made.clock.move(HOUR)
    assert await made.pushes.round() == 1


async def test_two_feeds_at_one_hub_have_nothing_in_common(made: Bench, hub: WebSubHub) -> None:
    await made.subscribed("/one")
    await made.subscribed("/two")
    one, two = hub.asked
    assert len({one["hub.callback"], two["hub.callback"], one["hub.secret"], two["hub.secret"]}) == 4
    assert await hub.deny() == 200
    await made.pushes.round()
    assert (await made.feed("one")).push_until and not (await made.feed("two")).push_until


async def test_a_removed_feed_is_unsubscribed(made: Bench, hub: WebSubHub) -> None:
    await made.subscribed()
    await made.store.apply(Plan(removed_feeds=(FEED,)))
    await made.round()
    assert hub.modes == ["subscribe", "unsubscribe"] and "hub.secret" not in hub.asked[1]
    assert hub.verdicts == [200, 200] and hub.subscribed == {} and await made.store.pushes() == ()


async def test_a_hub_that_never_confirms_the_end_is_asked_once_and_forgotten(made: Bench, hub: WebSubHub) -> None:
    await made.subscribed()
    hub.verifies = False
    await made.store.apply(Plan(removed_feeds=(FEED,)))
    for _ in range(5):
        await made.pushes.round()
        made.clock.move(HOUR)
    assert hub.modes == ["subscribe", "unsubscribe"] and await made.store.pushes() == ()


async def test_a_feed_that_moves_to_another_hub_is_followed_there(
    made: Bench, hub: WebSubHub, server: FeedServer
) -> None:
    await made.subscribed()
    async with WebSubHub(host="127.77.0.10") as other:
        link = f'<{other.url}>; rel="hub", <{(await made.feed()).self_url}>; rel="self"'
        server.says("/feed", answer(rss(item(2)), Link=link))
        await made.collector.round(everything=True)
        await made.round()
        await other.settled()
        await made.round()
        assert hub.modes == ["subscribe", "unsubscribe"] and hub.subscribed == {}
        assert other.modes == ["subscribe"] and len(other.subscribed) == 1
        assert (await made.feed()).push_until == NOON + 10 * DAY


async def test_a_feed_that_drops_its_hub_is_polled_again_at_once(
    made: Bench, hub: WebSubHub, server: FeedServer
) -> None:
    await made.subscribed()
    server.says("/feed", answer(rss(item(2))))
    await made.collector.round(everything=True)
    await made.round()
    feed = await made.feed()
    assert hub.modes == ["subscribe", "unsubscribe"] and feed.push_until is None and feed.next_at is None


async def test_switched_off_hubs_are_told_and_feeds_polled(server: FeedServer, hub: WebSubHub, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/planwatch.db"
    async with bench(server, hub, url=url) as made:
        await made.subscribed()
    async with bench(server, hub, url=url, switched_on=False) as made:
        await made.pushes.round()
        await hub.settled()
        assert hub.modes == ["subscribe", "unsubscribe"]
        assert (await made.feed()).push_until is None
        made.clock.move(HOUR)
        await made.pushes.round()
        assert await made.store.pushes() == () and await made.pushes.round() == 0


async def test_a_restart_keeps_subscriptions(server: FeedServer, hub: WebSubHub, tmp_path: Path) -> None:
    url, port = f"sqlite:///{tmp_path}/planwatch.db", 0
    async with bench(server, hub, url=url) as made:
        await made.subscribed()
        port = int(made.public.rpartition(":")[2].partition("/")[0])
    async with bench(server, hub, url=url, listen=("127.0.0.1", port)) as made:
        await made.round()
        assert hub.modes == ["subscribe"] and await made.states() == [PushState.ACTIVE]
        assert await hub.push(rss(item(5))) == 202
        await made.taken()
        assert "Story 5" in await made.titles()


async def test_a_new_public_address_means_new_subscriptions(server: FeedServer, hub: WebSubHub, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/planwatch.db"
    async with bench(server, hub, url=url) as made:
        await made.subscribed()
    async with bench(server, hub, url=url) as made:  # on another port
        await made.pushes.round()
        assert sorted(hub.modes) == ["subscribe", "subscribe", "unsubscribe"]
        assert hub.asked[-1]["hub.callback"].startswith(made.public) or hub.asked[-2]["hub.callback"].startswith(
            made.public
        )

"""The sample world: invented outlets with feeds and pages on a loopback port. Knows HTTP and corpora, not the poller that reads it.

It answers as honest servers do: validators that change with the content (RFC 9110, sections 8.8 and 13), 304 where nothing changed, 404 for
what is not there. Hosts end in `.example`; `resolver` tells a fetcher where they live.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.corpora.issues import Issue, issued
from bot.corpora.labelled import read_corpus
from bot.corpora.pages import FEED_PATHS, FEED_TYPES, article_page, front_page
from bot.corpora.syndication import feed_of
from bot.model.corpora import Outlet
from bot.model.feeds import Feed, FeedId
from bot.ports import Clock

_HOST = "127.0.0.1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SampleWorld:
    """Serves corpora between `async with` and its end. Raises CorpusError when made of a broken corpus.

    Without a call of `as_of` everything is published. To live the days one after another, poll once after `as_of(moment)` for each of `moments`:
    then an article that was edited later is first read as it first stood.
    """

    def __init__(self, folders: Sequence[Path | Traversable], clock: Clock) -> None:
        corpora = [read_corpus(folder) for folder in folders]
        self._now = clock.now()
        self._issues = issued(corpora, self._now)
        self._outlets = {outlet.host: outlet for corpus in corpora for outlet in corpus.outlets}
        self._topics = {issue.outlet.host: issue.topic for issue in self._issues}
        self._began = min((issue.told_at for issue in self._issues), default=self._now)
        self._until = self._now
        self._runner: web.AppRunner | None = None
        self._port = 0

    # ── What a poller needs ───────────────────────────────────────────────────────────────────────────────────────────

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """One feed an outlet, never read yet, by name. Each serves the topic of its corpus only."""
        return tuple(self._feed(outlet) for outlet in sorted(self._outlets.values(), key=lambda outlet: outlet.name))

    @property
    def resolver(self) -> dict[str, tuple[str, int]]:
        """Where each host lives: (address, port). Only while serving."""
        return dict.fromkeys(self._outlets, (_HOST, self._port))

    @property
    def moments(self) -> tuple[datetime, ...]:
        """The last moment of each day from the first article to today, where it is now."""
        days = sorted({issue.told_at.date() for issue in self._issues})
        every = (
            [days[0] + timedelta(days=number) for number in range((self._now.date() - days[0]).days + 1)]
            if days
            else []
        )
        return tuple(min(_end_of(day), self._now) for day in every)

    def as_of(self, moment: datetime) -> None:
        """From now on only what was published by `moment` (included) is served."""
        self._until = moment

    # ── Serving ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, 0)
        await site.start()
        self._port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        outlet = self._outlets.get(request.host.partition(":")[0].lower())
        if outlet is None:
            raise web.HTTPNotFound(text="no such outlet in the sample world")
        issues = self._published_by(outlet)
        modified = max((issue.told_at for issue in issues), default=self._began)
        if request.path == "/robots.txt":
            return web.Response(text="User-agent: *\nAllow: /\n")
        if request.path == FEED_PATHS[outlet.form]:
            return _conditional(request, feed_of(outlet, issues, modified), FEED_TYPES[outlet.form], modified)
        if request.path == "/":
            return _conditional(request, front_page(outlet, issues).encode(), "text/html", modified)
        wanted = f"http://{outlet.host}{request.path}"
        issue = next((issue for issue in issues if issue.article.url == wanted), None)
        if issue is None:
            raise web.HTTPNotFound(text="no such page")
        others = [other for other in issues if other is not issue]
        return _conditional(request, article_page(issue, others).encode(), "text/html", issue.told_at)

    def _published_by(self, outlet: Outlet) -> list[Issue]:
        """The newest version at each address, newest publication first; an update does not move an article up."""
        newest: dict[str, Issue] = {}
        for issue in self._issues:
            if issue.outlet.host == outlet.host and issue.told_at <= self._until:
                newest[issue.article.url] = issue
        return sorted(newest.values(), key=lambda issue: (issue.published, issue.article.id), reverse=True)

    def _feed(self, outlet: Outlet) -> Feed:
        address, topic = f"http://{outlet.host}{FEED_PATHS[outlet.form]}", self._topics.get(outlet.host)
        return Feed(
            id=FeedId(f"sample-{outlet.key}"),
            url=address,
            address=address,
            name=outlet.name,
            language=outlet.language,
            topics=(topic,) if topic else (),
            official=outlet.kind == "official",
        )


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)


def _conditional(request: web.Request, body: bytes, content_type: str, modified: datetime) -> web.Response:
    """200 with validators, or 304. If-None-Match goes before If-Modified-Since (RFC 9110, section 13.2.2)."""
    tag = f'"{sha256(body).hexdigest()[:20]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(modified.astimezone(UTC), usegmt=True),
        "Cache-Control": "no-cache",
    }
    asked_tag = request.headers.get("If-None-Match")
    asked_since = _date(request.headers.get("If-Modified-Since"))
    unchanged = tag in asked_tag if asked_tag is not None else modified.replace(microsecond=0) <= asked_since
    if unchanged:
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, headers=headers, content_type=content_type, charset="utf-8")


def _date(stated: str | None) -> datetime:
    try:
        moment = parsedate_to_datetime(stated or "")
    except ValueError:
        return _EPOCH
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

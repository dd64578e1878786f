"""Brings invented articles to the real services on a real store. The long way reads each; the short way only puts together what was read before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

from bot.corpora.labelled import read_corpus
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Article, Feed, Fetched, NoText
from bot.model.stories import Fingerprint, KeyPoint, PointId, ReportId, Span
from bot.ports import Plan, Store
from bot.services.ledgers import Ledgers
from bot.services.opening import OpenPages, article_of
from bot.services.study import Study
from bot.summariser.analysis import Analyst, Read, filed
from bot.summariser.reports import report_id_of
from bot.text.fingerprints import shingle_keys, skeleton
from bot.text.words import folded
from tests.bench.growing.shuffling import Story
from tests.bench.growing.world import Told, entry_of
from tests.doubles import RecordingLog
from tests.quality.known import article_of as labelled_article
from tests.quality.known import learning_folders

T = TypeVar("T")
PORTION = 20  # articles a round; what a day's polling brings at once


class Hands:
    """A clock that is set by what is read."""

    def __init__(self) -> None:
        self.moment = datetime.now().astimezone()

    def now(self) -> datetime:
        """The moment of the newest article."""
        return self.moment


class Nothing:
    """A web without pages: every feed carries its articles whole."""

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, page: bool = False
    ) -> Fetched:
        """Never an answer."""
        raise SourceError(Trouble.TIMEOUT, url)

    async def extract(self, fetched: Fetched) -> NoText:
        """Never a text."""
        return NoText.BROKEN


class LongWay:
    """As in production: entries wait, a round of study reads, files, joins and brings the ledger up to date."""

    def __init__(self, store: Store, analyst: Analyst, hands: Hands) -> None:
        web = Nothing()
        self._store, self._hands = store, hands
        self._study = Study(store, [analyst], web, web, hands, RecordingLog(), open_pages=OpenPages.NONE)

    async def bring(self, articles: Sequence[Told]) -> None:
        """What one poll found."""
        self._hands.moment = max(told.at for told in articles) + timedelta(minutes=5)
        await self._store.apply(Plan(entries=tuple(entry_of(told) for told in articles)))

    async def study(self) -> None:
        """One round."""
        studied = await self._study.round()
        if studied.failed:
            raise RuntimeError(studied.failed[0])


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a labelled sentence gives wherever it stands."""

    points: tuple[KeyPoint, ...]
    anchors: tuple[str, ...]


class ShortWay:
    """Puts readings together from those of the labelled sentences; filing and joining are the real ones, copies are known to be copies."""

    def __init__(self, store: Store, analyst: Analyst, feeds: Sequence[Feed]) -> None:
        self._store, self._analyst, self._ledgers = store, analyst, Ledgers(store)
        self._feeds = {feed.name: feed for feed in feeds}
        self._pieces = _pieces(analyst)
        self._languages = tuple(sorted(analyst.annotator.languages))
        self._reports: dict[int, ReportId] = {}

    async def fill(self, articles: Sequence[Told]) -> None:
        """Store these, as if they had been read."""
        made = [self._read(told) for told in articles]
        plan = Plan(
            articles=tuple(article for article, _ in made),
            readings=tuple(read.reading for _, read in made),
            fingerprints=tuple(read.fingerprint for _, read in made),
            points=tuple(point for _, read in made for point in read.points),
        )
        await self._store.apply(plan)
        await self._ledgers.refresh(self._analyst)

    def rest(self) -> None:
        """Remember nothing of the ledger any more, so that what is measured stands alone in memory."""
        self._ledgers = Ledgers(self._store)

    def _read(self, told: Told) -> tuple[Article, Read]:
        entry = entry_of(told)
        article = article_of(entry, self._feeds[told.outlet], self._languages, told.at + timedelta(minutes=5))
        article = replace(article, language=told.language)
        report = self._reports.get(told.copy_of or -1) or report_id_of(article)
        self._reports[told.number] = report
        points = tuple(self._points(article, told)) if told.on_the_plan else ()
        reading = self._analyst._reading(article, told.on_the_plan, 0.9, "as invented", report)
        return article, filed(Read(reading, self._fingerprint(article, told, points), points), report)

    def _points(self, article: Article, told: Told) -> Iterator[KeyPoint]:
        at, seen = 0, set[PointId]()
        for sentence, story in told.sentences:
            piece = self._pieces.get(folded(sentence))
            if story is None or piece is None:
                continue
            quote = story.told(sentence, told.names)
            at = article.text.find(quote, at) if quote in article.text else 0
            for point in piece.points:
                made = _retold(point, article, quote, at, story, told)
                if made.id not in seen:
                    seen.add(made.id)
                    yield made

    def _fingerprint(self, article: Article, told: Told, points: Sequence[KeyPoint]) -> Fingerprint:
        sample = {
            int.from_bytes(blake2b(f"{sentence} {story} {turn}".encode(), digest_size=4).digest()) // 3 * 3
            for sentence, story in told.sentences
            for turn in range(5)
        }
        anchors = sorted({mark for point in points for mark in point.signature if mark[0] in "nxcm"})[:200]
        telling = [mark for mark in anchors if mark[0] in "nx"][:20]
        day = article.told_at.date().toordinal()
        keys = (f"id{article.id}", *shingle_keys(sorted(sample)), *(f"{mark}@{day}" for mark in telling))
        return Fingerprint(
            article=article.id, version=1, told_at=article.told_at, language=article.language, keys=keys[:60],
            shingles=tuple(sorted(sample)), anchors=tuple(anchors), report_id=report_id_of(article), outlet=article.outlet,
        )  # fmt: skip


def _pieces(analyst: Analyst) -> Mapping[str, _Piece]:
    found: dict[str, _Piece] = {}
    for folder in learning_folders():
        for label in read_corpus(folder).articles:
            by_quote: dict[str, list[KeyPoint]] = {}
            for point in analyst.read(labelled_article(label)).points:
                by_quote.setdefault(folded(point.quote), []).append(point)
            found.update({quote: _Piece(tuple(points), ()) for quote, points in by_quote.items()})
    return found


def _retold(point: KeyPoint, article: Article, quote: str, at: int, story: Story, told: Told) -> KeyPoint:
    identity = blake2b(f"{article.id} {quote} {point.category} {point.slot}".encode(), digest_size=6).hexdigest()
    quantities = tuple(
        replace(
            quantity,
            value=story.value(quantity.value, quantity.text),
            upper=None if quantity.upper is None else story.value(quantity.upper, quantity.text),
            text=story.told(quantity.text, told.names),
        )
        if story.number and quantity.unit != "date"
        else quantity
        for quantity in point.quantities
    )
    return replace(
        point, id=PointId(f"p{identity}"), article=article.id, version=1, url=article.url, outlet=article.outlet,
        published=article.told_at, seen_at=article.first_seen, quote=quote, context="", quantities=quantities,
        span=Span(at, at + len(quote)), signature=tuple(sorted(_marks(point, story, told))), report_id=report_id_of(article),
    )  # fmt: skip


def _marks(point: KeyPoint, story: Story, told: Told) -> Iterator[str]:
    named = {f"x:{skeleton(name)}": f"x:{skeleton(story.name(name))}" for name in told.names if name in point.quote}
    for mark in point.signature if story.number else ():
        if mark.startswith("n:"):
            yield f"n:{story.value(float(mark[2:]), point.quote):.7g}"
        elif mark.startswith("v:"):
            slot, _, value = mark.partition("=")
            yield f"{slot}={story.value(float(value), point.quote):.7g}"
        else:
            yield named.get(mark, mark)
    yield from () if story.number else point.signature


def portions(articles: Iterable[T], size: int = PORTION) -> Iterator[tuple[T, ...]]:
    """`articles` in order, so many at a time."""
    left = iter(articles)
    while portion := tuple(islice(left, size)):
        yield portion

"""What the use cases need from outside, as small protocols. Adapters above implement them; nothing here does anything.

Doubles for tests live in `tests/doubles.py`; the contract suites in `tests/contracts` keep adapters and doubles honest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model.chats import Chat, ChatRef, Delivery, DeliveryId, Subscription, SubscriptionId
from bot.model.digests import DigestCounts, Window
from bot.model.feeds import (
    Article,
    ArticleId,
    Entry,
    EntryId,
    Feed,
    FeedId,
    Fetched,
    NoText,
    Page,
    ParsedFeed,
    Push,
    PushId,
)
from bot.model.replies import Reply
from bot.model.stories import (
    Bookmark,
    Change,
    ChangeId,
    ChangeKind,
    Development,
    DevelopmentId,
    Fingerprint,
    KeyPoint,
    LedgerState,
    PointId,
    Reading,
    ReportId,
    Standing,
)
from bot.model.topics import Category, TopicId


class Clock(Protocol):
    """The only source of *now*."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...


class Log(Protocol):
    """Where what happened is written down: an event's name and its facts, never a secret."""

    def info(self, event: str, **fields: object) -> object:
        """Something worth knowing."""
        ...

    def warning(self, event: str, **fields: object) -> object:
        """Something did not work and is handled."""
        ...

    def error(self, event: str, **fields: object) -> object:
        """Something did not work that should have."""
        ...


class Fetcher(Protocol):
    """Reads one address over HTTP, politely and guarded."""

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, page: bool = False
    ) -> Fetched:
        """The answer (200 or 304). `page`: an article's page, no feed. Raises SourceError for everything else."""
        ...


class FeedReader(Protocol):
    """Turns fetched bytes into entries. Runs off the event loop."""

    async def read(self, feed: Feed, fetched: Fetched) -> ParsedFeed:
        """The parsed feed. Raises SourceError(NOT_A_FEED | BROKEN_FEED | CHALLENGE_PAGE)."""
        ...


class Extractor(Protocol):
    """Finds the main text of an article page. Runs off the event loop."""

    async def extract(self, fetched: Fetched) -> Page | NoText:
        """The page's main text, or why there is none worth having."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything one decision wants written; a store applies it in one transaction, all or nothing.

    Saving is upserting by id; but of `visited` feeds that are no longer followed nothing is kept, entries neither, and names, topics and
    marks stay as they are stored. Developments in `retired` were joined into another: (old id, surviving id). `changes` replaces all
    stored changes of the named (topic, category) pairs. `studied` marks entries as done. What is dirty loses its bookmarks after that moment;
    a ledger written as of the turn that is stored is dirty no more.
    """

    feeds: tuple[Feed, ...] = ()
    visited: tuple[Feed, ...] = ()  # after a look; what operators did meanwhile stands
    removed_feeds: tuple[FeedId, ...] = ()
    entries: tuple[Entry, ...] = ()  # new or edited; waiting to be studied
    studied: tuple[tuple[FeedId, EntryId], ...] = ()
    postponed: tuple[
        tuple[FeedId, EntryId, datetime], ...
    ] = ()  # waiting on until that moment, with one more try counted
    articles: tuple[Article, ...] = ()
    readings: tuple[Reading, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()
    points: tuple[KeyPoint, ...] = ()
    developments: tuple[Development, ...] = ()
    loosened: tuple[PointId, ...] = ()  # points that belong to no development any more, and are otherwise as stored
    placed: tuple[tuple[PointId, DevelopmentId], ...] = ()  # points that now belong there, and are otherwise as stored
    retired: tuple[tuple[DevelopmentId, DevelopmentId], ...] = ()
    changes: tuple[tuple[TopicId, Category, tuple[Change, ...]], ...] = ()
    altered: tuple[Change, ...] = ()  # written over those of the same id
    dropped: tuple[ChangeId, ...] = ()
    standings: tuple[tuple[DevelopmentId, Standing], ...] = ()  # of developments that are otherwise as stored
    dirty: tuple[tuple[TopicId, datetime], ...] = ()  # from when on the topic's points must be walked again
    ledgers: tuple[LedgerState, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    chats: tuple[Chat, ...] = ()
    moved_chats: tuple[tuple[ChatRef, ChatRef], ...] = ()
    forgotten_chats: tuple[ChatRef, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    removed_subscriptions: tuple[SubscriptionId, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    pushes: tuple[Push, ...] = ()
    removed_pushes: tuple[PushId, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownEntries:
    """What a store has of the entries it was asked for. Under a link it is the entry that arrived last."""

    by_id: Mapping[EntryId, str]  # → content_hash
    by_link: Mapping[str, tuple[EntryId, str]]  # link as asked for → id, content_hash
    told: frozenset[tuple[str, str]] = frozenset()  # (link as asked for, content_hash) of all entries under these links


class FeedShelf(Protocol):
    """Feeds and what they said."""

    async def feeds(self, ids: Sequence[FeedId] | None = None) -> tuple[Feed, ...]:
        """All feeds, or those of `ids`; by name."""
        ...

    async def due_feeds(self, now: datetime | None) -> tuple[tuple[FeedId, str], ...]:
        """(id, address) of feeds to be read by `now` (None: of all), except gone and paused ones; those waiting longest first."""
        ...

    async def known_entries(self, feed: FeedId, ids: Sequence[EntryId], links: Sequence[str] = ()) -> KnownEntries:
        """Those of the feed's stored entries that have one of `ids`, or a canonical link that is one of `links` in any spelling."""
        ...

    async def waiting_entries(self, limit: int) -> tuple[Entry, ...]:
        """Entries not studied yet and not postponed, oldest publication first (undated last)."""
        ...


class PushShelf(Protocol):
    """Subscriptions at WebSub hubs. `base` is our public address; "" where there is none."""

    async def pushes(
        self, *, ids: Sequence[PushId] | None = None, feeds: Sequence[FeedId] | None = None
    ) -> tuple[Push, ...]:
        """Those of `ids` or of `feeds`, or all; the latest asked first."""
        ...

    async def due_pushes(self, now: datetime, limit: int) -> tuple[Push, ...]:
        """Asked and ending ones whose next_at has come, and active ones whose lease is over; longest due first."""
        ...

    async def stray_pushes(self, base: str, limit: int) -> tuple[Push, ...]:
        """Those not ending whose feed is gone, paused, no longer followed, names another hub or itself otherwise, or made under another base."""
        ...

    async def feeds_to_push(self, base: str, now: datetime, limit: int) -> tuple[FeedId, ...]:
        """Feeds that name a hub and themselves, and have there nothing that is asked for, active and not to be renewed yet, or tried later."""
        ...

    async def untold_promises(self, now: datetime, limit: int) -> tuple[tuple[FeedId, datetime | None], ...]:
        """Feeds whose push_until is not the end of their longest active lease (None: they have none), with that end."""
        ...


class ArticleShelf(Protocol):
    """Articles, and what was decided about them."""

    async def article(self, article: ArticleId, version: int | None = None) -> Article | None:
        """One version of an article; the newest without `version`."""
        ...

    async def articles(self, topic: TopicId, window: Window | None = None) -> tuple[tuple[Article, Reading], ...]:
        """Newest versions with their readings, by `told_at` (or first_seen for a SEEN window)."""
        ...

    async def fingerprints_like(
        self,
        keys: Sequence[str],
        *,
        window: Window | None = None,
        article: ArticleId | None = None,
        most: int | None = None,
    ) -> tuple[Fingerprint, ...]:
        """Fingerprints sharing at least one of `keys`, told in `window` (on its days, UTC); of more than `most` those that share most.

        With `article` those of its versions too, whenever told.
        """
        ...

    async def move_reports(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Give readings, fingerprints and points of report `old` the id `new`, for each (old, new)."""
        ...

    async def counts(self, topic: TopicId, window: Window) -> DigestCounts:
        """How much was read in the window."""
        ...


class LedgerShelf(Protocol):
    """Key points, developments and changes."""

    async def points(
        self,
        topic: TopicId,
        *,
        ids: Sequence[PointId] | None = None,
        developments: Sequence[DevelopmentId] | None = None,
        category: Category | None = None,
        article: ArticleId | None = None,
        window: Window | None = None,
        newest: int | None = None,
    ) -> tuple[KeyPoint, ...]:
        """Points that fit all given conditions, by `published` then id; with `newest` so many of the last."""
        ...

    async def developments(
        self,
        topic: TopicId,
        *,
        ids: Sequence[DevelopmentId] | None = None,
        keys: Sequence[str] | None = None,
        category: Category | None = None,
    ) -> tuple[Development, ...]:
        """Developments that fit all given conditions (`keys`: share at least one), by `first_seen` then id. A retired id finds its survivor."""
        ...

    async def told_last(
        self, topic: TopicId, category: Category, until: datetime, *, skip: int = 0, most: int
    ) -> tuple[tuple[Development, ...], int]:
        """Of developments first told by a moment a page, those told last first, and how many there are."""
        ...

    async def changes(
        self,
        topic: TopicId,
        *,
        category: Category | None = None,
        kinds: Sequence[ChangeKind] | None = None,
        window: Window | None = None,
        until: datetime | None = None,
        ids: Sequence[ChangeId] | None = None,
        development: DevelopmentId | None = None,
        newest: int | None = None,
    ) -> tuple[Change, ...]:
        """Changes that fit all given conditions, by `at` then id. `until` keeps those with at < until, `newest` so many of the last."""
        ...

    async def find(self, id_beginning: str) -> tuple[str, ...]:
        """Ids of points, developments and articles that begin so; at most ten."""
        ...

    async def ledger(self, topic: TopicId) -> LedgerState:
        """How far the topic's ledger is written."""
        ...

    async def bookmark(self, topic: TopicId, mark: str, until: datetime) -> Bookmark | None:
        """The newest bookmark with that mark at or before a moment."""
        ...

    async def span(self, topic: TopicId, since: datetime) -> tuple[datetime, datetime] | None:
        """When the first and the last point from `since` on were published; None without any."""
        ...

    async def standings(self, topic: TopicId) -> Mapping[DevelopmentId, Standing]:
        """How each development stands."""
        ...

    async def unjoined(self, topic: TopicId, most: int, since: datetime | None = None) -> tuple[KeyPoint, ...]:
        """Points that belong to no development yet, published from `since` on, at most so many, by `published` then id."""
        ...

    async def joined_since(self, topic: TopicId, since: datetime) -> Mapping[DevelopmentId, Sequence[PointId]]:
        """By development its points that were published from `since` on."""
        ...

    async def told_under(
        self, topic: TopicId, keys: Sequence[str], most: int
    ) -> Mapping[str, tuple[DevelopmentId, ...]]:
        """By each of `keys` the developments told under it, at most so many: those told last."""
        ...

    async def exemplars(self, topic: TopicId, developments: Sequence[DevelopmentId]) -> tuple[KeyPoint, ...]:
        """The points that stand for these developments (see `Development.exemplars`), by `published` then id."""
        ...

    async def told_by(self, reports: Sequence[ReportId]) -> frozenset[tuple[DevelopmentId, ReportId]]:
        """Which developments these reports tell."""
        ...


class ChatShelf(Protocol):
    """Chats, subscriptions and the outbox."""

    async def chat(self, ref: ChatRef) -> Chat | None:
        """The chat, or None if it never spoke."""
        ...

    async def subscriptions(
        self, *, chat: ChatRef | None = None, due_by: datetime | None = None
    ) -> tuple[Subscription, ...]:
        """Subscriptions of a chat, or active ones due by a moment, or all; by next_due_at then id."""
        ...

    async def covered(self, subscription: SubscriptionId) -> frozenset[str]:
        """Change ids that deliveries of this subscription already told (see `Composed`)."""
        ...

    async def due_deliveries(self, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Waiting deliveries whose next_try_at has come, oldest first, at most one a chat."""
        ...

    async def deliveries(self, chat: ChatRef) -> tuple[Delivery, ...]:
        """All deliveries of a chat, newest first."""
        ...

    async def compose(self, composed: Composed) -> bool:
        """Queue the delivery, advance the subscription and mark its changes as told, in one transaction.

        False, and nothing written, when the subscription's covered_until is no longer `expected` (somebody else composed it).
        """
        ...

    async def mark_sent(self, delivery: DeliveryId, sent: int, message_id: str) -> None:
        """The first `sent` parts are out. Never lowers the count; the last part ends the delivery."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """One composed digest: all of it is written or none. `delivery` is None for a day that is skipped."""

    subscription: Subscription  # with its new covered_until and next_due_at
    expected: datetime  # covered_until as it was when we looked
    delivery: Delivery | None
    told: tuple[str, ...]  # change ids


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreHealth:
    """What `doctor` says of the store."""

    url: str  # without password
    revision: str
    size_bytes: int | None
    rows: tuple[tuple[str, int], ...]


class Store(FeedShelf, PushShelf, ArticleShelf, LedgerShelf, ChatShelf, Protocol):
    """All shelves, and one way to write."""

    async def apply(self, plan: Plan) -> None:
        """Write the plan in one transaction. Raises StoreError; then nothing was written."""
        ...

    async def prune(self, before: datetime) -> int:
        """Forget studied entries and sent deliveries older than `before`; number of rows removed. The ledger stays."""
        ...

    async def health(self) -> StoreHealth:
        """Where it is and how large."""
        ...


class Messenger(Protocol):
    """Says things on one platform."""

    def render(self, reply: Reply) -> tuple[str, ...]:
        """The reply cut into parts, each within the platform's limits, as JSON text. Pure."""
        ...

    async def send(self, chat: ChatRef, part: str, *, silent: bool) -> str:
        """Send one part; the platform's message id. Raises PlatformError."""
        ...


class Writer(Protocol):
    """An optional language model that only words what was found. None is configured by default."""

    async def word(self, quote: str, language: str) -> str | None:
        """One line in `language` for a quote, or None."""
        ...

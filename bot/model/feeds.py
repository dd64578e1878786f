"""Feeds, what they said, and what their pages say. Knows nothing of HTTP or files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.model.errors import Trouble
from bot.model.topics import TopicId

FeedId = NewType("FeedId", str)
EntryId = NewType("EntryId", str)
ArticleId = NewType("ArticleId", str)
PushId = NewType("PushId", str)


class Health(StrEnum):
    """How well a feed can be read."""

    NEW = "new"  # never read yet
    GOOD = "good"
    FAILING = "failing"  # failed lately, tried again soon
    BLIND = "blind"  # failed for long; tried daily and said aloud
    GONE = "gone"  # 410: not tried any more
    PAUSED = "paused"  # switched off by the operator


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A source we poll. `id` never changes; `url` is as configured, `address` where it lives now (adopted redirects)."""

    id: FeedId
    url: str
    address: str
    name: str  # the outlet's name
    language: str | None = None
    topics: tuple[TopicId, ...] = ()  # empty: every followed topic
    official: bool = False  # a government's or organisation's own channel
    health: Health = Health.NEW
    trouble: Trouble | None = None
    trouble_detail: str = ""
    failures: int = 0
    failing_since: datetime | None = None
    etag: str | None = None  # verbatim, RFC 9110 section 8.8.3
    last_modified: str | None = None  # verbatim
    body_hash: str | None = None
    moved_to: str | None = None  # a permanent redirect seen once, adopted when seen twice
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    changed_at: datetime | None = None
    next_at: datetime | None = None  # None: as soon as possible
    interval: timedelta | None = None  # learned from how often it changes
    ttl: timedelta | None = None  # what its document asks for: RSS ttl, else the syndication module's period
    skip_hours: tuple[
        int, ...
    ] = ()  # hours of the day, 0-23 in UTC, in which its document asks not to be read (RSS skipHours)
    skip_days: tuple[int, ...] = ()  # days of the week, Monday 0, likewise (RSS skipDays)
    newest_at: datetime | None = None  # publication of the newest entry it ever showed
    hub: str | None = None  # WebSub hub it names
    self_url: str | None = None  # the address by which it names itself; the hub knows it by that
    push_until: datetime | None = None  # until when its hub promised to push; meanwhile it is polled daily
    pushed_at: datetime | None = None  # when its hub last pushed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One successful HTTP answer (200 or 304). `body` is decompressed and bounded; empty for 304."""

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    etag: str | None = None
    last_modified: str | None = None
    permanent_url: str | None = None  # target of a chain of 301/308 only
    fresh_for: timedelta | None = None  # Cache-Control max-age / Expires
    retry_after: timedelta | None = None
    hub: str | None = None  # from its Link headers (RFC 8288), as the next
    self_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed said once. Texts are plain (markup removed, paragraphs kept as blank lines)."""

    id: EntryId  # identity within the feed: guid, else canonical link, else content
    feed_id: FeedId
    url: str  # canonical link; may be empty
    title: str
    summary: str
    content: str  # full text if the feed carries it, else ""
    published: datetime | None
    updated: datetime | None
    language: str | None
    content_hash: str  # over title, summary, content: tells an edit from a repeat
    date_note: str = ""  # why `published` is what it is, when it is not simply stated
    tries: int = 0  # how often its page could not be read for a passing reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed document after parsing."""

    title: str
    language: str | None
    entries: tuple[Entry, ...]
    ttl: timedelta | None = None
    hub: str | None = None
    self_url: str | None = None
    dropped: int = 0  # entries over the cap, or without any text
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Main text extracted from an article page. Paragraphs are separated by one blank line."""

    url: str
    title: str
    text: str
    published: datetime | None = None
    updated: datetime | None = None
    canonical_url: str | None = None
    language: str | None = None


class NoText(StrEnum):
    """Why a page gave no text worth having. The words are stored with the article (`text_from`), so they stay."""

    NOT_A_PAGE = "not a web page"  # a picture, a film, JSON
    PDF = "a PDF"
    CHALLENGE = "challenge page"
    LOGIN = "login page"
    CONSENT = "consent wall"
    PAYWALL = "paywall"
    SCRIPT = "empty without scripts"
    STUB = "too little text"
    NOT_FOUND = "page not found"  # answered with 200, and says so in words
    FRONT_PAGE = "front page instead"  # the article's address leads to the site's front page
    TOO_SLOW = "took too long to read"
    BROKEN = "could not be taken apart"  # reading it takes more memory than allowed, or ended its process


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a source says at one address, in one version. `text` is kept exactly as quotes are cut from it."""

    id: ArticleId  # from the canonical link; the same for all versions
    version: int  # 1, 2, …
    url: str
    feed_id: FeedId
    outlet: str
    official: bool
    title: str
    text: str  # paragraphs separated by "\n\n"
    language: str
    published: datetime
    told_at: datetime  # moment of this version: `updated` else `published`
    first_seen: datetime  # when planwatch first saw this version
    text_from: str  # page, feed, or the reason why the page was not used
    content_hash: str
    summary: str = ""  # the feed's own teaser
    date_note: str = ""
    changed: str = ""  # what is other than in the version before, in short; empty for the first


class PushState(StrEnum):
    """How far a subscription at a hub is. The words are stored, so they stay."""

    ASKED = "asked"  # the hub was asked, and has to make sure that it was us
    ACTIVE = "active"  # the hub pushes until the lease ends
    FAILED = "failed"  # the hub could not be asked, refused, or kept silent; asked anew later
    DENIED = "denied"  # the hub said no; asked anew rarely
    ENDING = "ending"  # no longer wanted; the hub is asked to end it


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One subscription at a WebSub hub. Each lease is one of its own, with a fresh id and secret; neither is ever shown."""

    id: PushId = field(repr=False)  # unguessable: who knows the callback may speak as the hub
    feed_id: FeedId
    hub: str
    topic: str  # the address by which the feed names itself
    base: str  # our public address when it was asked for
    secret: str = field(repr=False)  # with which the hub signs what it pushes
    state: PushState
    asked_at: datetime
    next_at: datetime  # when it is to be verified by, renewed, asked for anew, or asked to end
    until: datetime | None = None  # end of the lease
    reason: str = ""  # why it failed or was denied
    failures: int = 0  # in a row, over all tries

    @property
    def callback(self) -> str:
        """The address that only this hub knows."""
        return f"{self.base}/{self.id}"

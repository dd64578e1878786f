"""What a reader looks at, gathered and ready to be worded. Knows no sentences and no store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.chats import Subscription
from bot.model.feeds import Article, Feed
from bot.model.stories import Board, Change, Development, DevelopmentId, Difference, KeyPoint, PointId, Reading
from bot.model.topics import Category, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """The plan as of a moment, with the evidence its lines point to."""

    topic: Topic
    board: Board
    points: Mapping[PointId, KeyPoint] = field(default_factory=dict)
    developments: Mapping[DevelopmentId, Development] = field(default_factory=dict)
    feeds: tuple[Feed, ...] = ()
    looked_at: datetime | None = None  # when somebody in this chat last looked
    moved: tuple[Category, ...] = ()  # what moved since then


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerView:
    """One category: its developments, newest first, a page of them."""

    topic: Topic
    category: Category
    board: Board
    developments: tuple[Development, ...]
    points: Mapping[PointId, KeyPoint]
    page: int = 1
    more: int = 0  # developments on later pages


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """Where everything stands and what moved lately."""

    topic: Topic
    board: Board
    points: Mapping[PointId, KeyPoint]
    developments: Mapping[DevelopmentId, Development]
    feeds: tuple[Feed, ...]
    day: tuple[Change, ...]  # changes of the last 24 hours, newest first
    week: tuple[Change, ...]  # changes of the six days before, newest first
    since: datetime | None = None  # an earlier moment that the board is compared with, instead of day and week
    apart: tuple[Difference, ...] = ()  # what stands otherwise than then


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestView:
    """The newest points of the plan, as they came."""

    topic: Topic
    points: tuple[KeyPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """What decided about one thing: exactly one of `article`, `point`, `development` or `layer` is its subject."""

    topic: Topic
    subject: str
    board: Board | None = None
    layer: Category | None = None
    article: Article | None = None
    reading: Reading | None = None
    point: KeyPoint | None = None
    development: Development | None = None
    changes: tuple[Change, ...] = ()
    points: Mapping[PointId, KeyPoint] = field(default_factory=dict)
    source: Article | None = None  # the version that the point, or the development's only one, was cut from


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedThere:
    """One feed that a site has."""

    url: str
    title: str
    known: Feed | None = None  # as it is read here


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What feeds were found at an address."""

    address: str
    feeds: tuple[FeedThere, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowView:
    """What a chat follows after a change of its settings."""

    topic: Topic
    subscription: Subscription
    changed: bool  # an earlier subscription was altered

"""Labelled corpora: articles with what a reader found in them, and the facts they tell. Knows nothing of files or scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NewType

from bot.model.errors import Mistake
from bot.model.topics import Category, SlotId, Stance, TopicId

FactId = NewType("FactId", str)
LabelledId = NewType("LabelledId", str)  # one version of an article


class Relevance(IntEnum):
    """How a person judged an article."""

    OFF = 0
    NEAR = 1  # the same world, no word on the plan
    BELONGS = 2


class FeedForm(StrEnum):
    """In which format an outlet's feed is written."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class LabelledPoint:
    """One label: this whole sentence states that fact."""

    fact_id: FactId
    category: Category
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledArticle:
    """One version of an article with its labels. `body_text` has paragraphs separated by a blank line."""

    id: LabelledId
    outlet: str
    language: str
    url: str
    guid: str
    published: datetime
    updated: datetime | None
    title: str
    summary_html: str
    body_html: str
    body_text: str
    relevance: Relevance
    dup_group: str | None = None
    update_of: LabelledId | None = None
    points: tuple[LabelledPoint, ...] = ()
    neutral: tuple[str, ...] = ()  # sentences that count neither way

    @property
    def told_at(self) -> datetime:
        """The moment of this version."""
        return self.updated or self.published


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that articles tell. A date as `value` is its proleptic ordinal, with unit "date"."""

    id: FactId
    category: Category
    gist: str
    first_day: date
    stance: Stance | None = None
    slot: SlotId | None = None
    value: float | None = None
    unit: str | None = None
    supersedes: FactId | None = None
    contradicts: FactId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes the articles of a corpus that can be served."""

    name: str
    key: str
    host: str
    language: str
    kind: str
    form: FeedForm
    full_text: bool = False  # whether its feed carries whole articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A labelled corpus, by time told. `fingerprint` changes with any byte of its articles or facts."""

    name: str
    topic: TopicId | None
    articles: tuple[LabelledArticle, ...]
    facts: tuple[Fact, ...]
    outlets: tuple[Outlet, ...]
    fingerprint: str
    anchor_on: date | None = None  # the day that is served as today; None: the last one
    moving_dates: bool = True  # whether dates move with the clock when served
    agreement: float | None = None  # share of labels on which two people agreed before they settled
    doubts: tuple[Mistake, ...] = ()  # labels that point nowhere; the rest is scored

"""What tuning looks at and what it finds: articles that were judged, and what each term of a topic file did in them. Counts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.feeds import Article
from bot.summariser.terms import LAYER, SUBJECT, Term

FEWEST_ASTRAY = 2  # articles; one is an accident


@dataclass(frozen=True, slots=True)
class Judged:
    """An article, whether it belongs, and the categories of its sentences that carry points, by their text with white space folded."""

    article: Article
    belongs: bool
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TermUse:
    """What a term did. `alone`: sentences in which no other term of its list stands; `own`: share of the sentences with points, of those in
    which it stands, that are of its own category (None where that cannot be said); `within`: the phrases it stands in where it leads astray.
    """

    term: Term
    articles_in: int
    articles_out: int
    sentences: int
    alone: int
    own: float | None
    within: tuple[tuple[str, int], ...] = ()

    @property
    def leads_astray(self) -> bool:
        """Whether a name of the plan or a strong term stands mostly in articles that do not belong."""
        strong = self.term.place == SUBJECT or self.term.place.startswith(LAYER)
        return strong and self.articles_out >= FEWEST_ASTRAY and self.articles_out > self.articles_in


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A phrase of belonging articles that no term covers. `category`: of most of its sentences that carry points, or empty."""

    text: str
    language: str
    articles_in: int
    articles_out: int
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """What was found. `unread`: articles in languages that the topic is not read in."""

    topic: str
    belonging: Mapping[str, int]  # articles by language
    others: Mapping[str, int]
    unread: int
    uses: tuple[TermUse, ...]  # those that fire, by articles
    silent: tuple[Term, ...]
    uncovered: tuple[Uncovered, ...]

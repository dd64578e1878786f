"""Puts the articles of sample corpora on today's calendar. Knows days and moments, not pages or servers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.model.corpora import Corpus, LabelledArticle, Outlet
from bot.model.topics import TopicId


@dataclass(frozen=True, slots=True)
class Issue:
    """One version of an article as the sample world publishes it, with its times on today's calendar."""

    article: LabelledArticle
    outlet: Outlet
    topic: TopicId | None
    published: datetime
    told_at: datetime


def issued(corpora: Sequence[Corpus], now: datetime) -> tuple[Issue, ...]:
    """All articles by time told. The corpora's last day (the latest `anchor_on`) becomes the day of `now`, so that no age shows.

    Times of that day that would lie in the future are squeezed between midnight and `now`, keeping their order. All corpora move by the same
    number of days; one whose dates do not move keeps them.
    """
    lasts = [
        corpus.anchor_on or corpus.articles[-1].told_at.date()
        for corpus in corpora
        if corpus.moving_dates and corpus.articles
    ]
    shift = timedelta(days=(now.date() - max(lasts)).days) if lasts else timedelta()
    issues = [issue for corpus in corpora for issue in _shifted(corpus, shift if corpus.moving_dates else timedelta())]
    midnight = datetime.combine(now.date(), time(), UTC)
    latest = max((issue.told_at for issue in issues), default=now)
    share = (now - midnight) / (latest - midnight) if latest > now else 1.0
    ordered = sorted(issues, key=lambda issue: (issue.told_at, issue.article.id))
    squeezed = [_squeezed(issue, midnight, share) for issue in ordered]
    return tuple(sorted(squeezed, key=lambda issue: issue.told_at))


def _shifted(corpus: Corpus, shift: timedelta) -> list[Issue]:
    outlets = {outlet.name: outlet for outlet in corpus.outlets}
    return [
        Issue(article, outlets[article.outlet], corpus.topic, article.published + shift, article.told_at + shift)
        for article in corpus.articles
        if article.outlet in outlets
    ]


def _squeezed(issue: Issue, midnight: datetime, share: float) -> Issue:
    def moved(moment: datetime) -> datetime:
        if moment <= midnight or share >= 1:
            return moment
        return (midnight + (moment - midnight) * share).replace(microsecond=0)  # RSS knows whole seconds only

    return Issue(issue.article, issue.outlet, issue.topic, moved(issue.published), moved(issue.told_at))

"""Which articles are copies, rewrites or translations of one report. Knows fingerprints, not texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b
from math import fsum, log1p

from bot.model.feeds import Article
from bot.model.stories import Fingerprint, ReportId
from bot.summariser.annotating import Annotated
from bot.summariser.signatures import NO_MARKS, RarityTable, anchors_of, families_of, weight
from bot.summariser.surroundings import Features
from bot.summariser.weighing import Weights
from bot.text.fingerprints import containment, shingle_keys, shingles, skeleton
from bot.text.words import words

NEAR = timedelta(days=3)  # copies appear within hours; a re-run after three days is told as a repeat, not a copy
_COPY = 0.4  # containment of three-word sequences; DEPENDENCIES' measurements and config/sample agree on 0.35–0.5
_MOST_KEYS = 60


@dataclass(frozen=True, slots=True)
class Filing:
    """Where an article belongs: its own fingerprint with report id, and reports that turn out to be one (old id, new id)."""

    fingerprint: Fingerprint
    joined: tuple[tuple[ReportId, ReportId], ...]


def fingerprint_of(article: Article, annotated: Annotated, rarity: Mapping[str, float]) -> Fingerprint:
    """The article's marks, as a report of its own."""
    found = [word for line in annotated.sentences for word in line.words]
    sample = shingles(found)
    anchors = anchors_of(annotated)
    telling = sorted((mark for mark in anchors if mark[0] in "nx"), key=lambda mark: (-weight(mark, rarity), mark))[:20]
    day = article.told_at.date().toordinal()
    keys = (*shingle_keys(sample), *(f"{mark}@{when}" for mark in telling for when in (day,)))
    return Fingerprint(
        article=article.id,
        version=article.version,
        told_at=article.told_at,
        language=article.language,
        keys=tuple(dict.fromkeys((f"id{article.id}", *keys)))[:_MOST_KEYS],
        shingles=sample,
        anchors=anchors,
        report_id=report_id_of(article),
        outlet=article.outlet,
    )


def report_id_of(article: Article) -> ReportId:
    """The id of the report that begins with this article."""
    return ReportId("r" + blake2b(article.id.encode(), digest_size=6).hexdigest())


def lookup_keys(own: Fingerprint) -> tuple[str, ...]:
    """Keys under which copies of the article may be filed: its own, and its anchors on the days around."""
    around = []
    for key in own.keys:
        mark, at, day = key.rpartition("@")
        if at and day.isdigit():
            around += [f"{mark}@{int(day) + shift}" for shift in (-1, 0, 1)]
        else:
            around.append(key)
    return tuple(dict.fromkeys(around))


def file_report(own: Fingerprint, near: Sequence[Fingerprint], weights: Weights) -> Filing:
    """Joins the article to the report of its likeness; the oldest report's id survives. Does not depend on the order of `near`."""
    alike = [other for other in near if same_report(own, other, weights)]
    if not alike:
        return Filing(own, ())
    oldest = min(alike, key=lambda other: (other.told_at, other.report_id)).report_id
    others = sorted({other.report_id for other in alike} - {oldest})
    return Filing(replace(own, report_id=oldest), tuple((ReportId(old), oldest) for old in others))


def same_report(one: Fingerprint, other: Fingerprint, weights: Weights) -> bool:
    """Whether two articles carry one report: versions of an article, shared wording, or a translation's shared marks."""
    if one.article == other.article:
        return True
    if abs(one.told_at - other.told_at) > NEAR:
        return False
    if one.language == other.language and containment(one.shingles, other.shingles) >= _COPY:
        return True
    return weights.says_yes("copy", likeness(one, other, weights.rarity))


def likeness(one: Fingerprint, other: Fingerprint, rarity: Mapping[str, float]) -> Features:
    """Named features of a pair of articles, symmetric, for the question "copy"."""
    features: Features = {"bias": 1.0, "same_language": float(one.language == other.language)}
    features["wording"] = containment(one.shingles, other.shingles) if one.language == other.language else 0.0
    table = RarityTable(rarity)
    mine, theirs = families_of(one.anchors, table), families_of(other.anchors, table)
    for family in ("n", "x", "c"):
        (a, weighs), (b, weigh) = mine.get(family, NO_MARKS), theirs.get(family, NO_MARKS)
        shared = fsum(weight(mark, rarity) for mark in a & b)
        sizes = sorted((weighs, weigh))
        features[f"{family}.overlap"] = shared / sizes[0] if sizes[0] else 0.0
        features[f"{family}.jaccard"] = shared / (sizes[0] + sizes[1] - shared) if sizes[1] else 0.0
        features[f"{family}.shared"] = min(len(a & b), 8) / 8
    features["all.jaccard"] = (features["n.jaccard"] + features["x.jaccard"] + features["c.jaccard"]) / 3
    features["hours"] = log1p(abs((one.told_at - other.told_at).total_seconds()) / 3600) / 5
    features["same_outlet"] = float(one.outlet == other.outlet)
    features["credits"] = float(_credits(one, other) or _credits(other, one))
    return {name: value for name, value in features.items() if value}


def _credits(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the first article names the outlet of the second."""
    names = _names_of(other.outlet)
    return bool(names) and one.outlet != other.outlet and names.issubset(one.anchors)


@lru_cache(maxsize=1_000)
def _names_of(outlet: str) -> frozenset[str]:
    return frozenset(f"x:{skeleton(word)}" for word in outlet.lower().split() if len(word) > 3)


def plain_shingles(text: str, language: str) -> tuple[int, ...]:
    """Shingles of a text without dictionary: for articles in languages that cannot be read."""
    return shingles(words(text, language, _Bare()))


class _Bare:
    def lemma(self, word: str, language: str) -> str:
        return word

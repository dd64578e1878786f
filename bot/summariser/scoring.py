"""How well findings agree with a labelled corpus. Knows labels and findings, not how either was made or how scores are shown.

Ways of counting that the labelling guide leaves open are decided here and in `daily`, each where it is used, and retold in docs/evaluation.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.model.corpora import LabelledArticle, LabelledId, Relevance
from bot.summariser.answers import Findings, FoundPoint, Key, Place
from bot.summariser.daily import changed, new_facts
from bot.summariser.measures import (
    Counts,
    Score,
    Scores,
    Shares,
    b_cubed,
    counted,
    grouped,
    pairs,
    rates,
    with_interval,
)


def scores(key: Key, findings: Findings, *, whole: bool = True) -> Scores:
    """All measures that the findings allow. `whole` is False for one language: changes cross languages, so they are left out."""
    result: Scores = {}
    if findings.relevant is not None:
        result |= _relevance(key, findings.relevant)
    if findings.points is not None:
        points = tuple(point for point in findings.points if point.article in key.roots)
        result |= _sentences(key, points) | _categories(key, points) | _groups_of_facts(key, points) | _honesty(points)
        if whole and findings.developments is not None:
            result |= new_facts(key, points, findings.developments)
    if findings.reports is not None:
        result |= _groups_of_articles(key, findings.reports)
    if whole and findings.changes is not None:
        result |= changed(key, findings.changes)
    return result


# ── Articles ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _relevance(key: Key, relevant: frozenset[LabelledId]) -> Scores:
    """Per version: an update is a telling of its own."""
    units = []
    for article in _articles(key):
        wanted, had = article.relevance is Relevance.BELONGS, article.id in relevant
        units.append(Counts(wanted and had, had and not wanted, wanted and not had))
    return rates("relevance", units)


def _groups_of_articles(key: Key, reports: Mapping[LabelledId, str]) -> Scores:
    """Over all articles, also those off the topic. Versions of one address are one item; without a dup_group it stands alone."""
    gold: dict[LabelledId, str] = {}
    found: dict[LabelledId, str] = {}
    for article in _articles(key):
        root = key.roots[article.id]
        gold[root] = f"group {article.dup_group}" if article.dup_group else gold.get(root, f"alone {root}")
        found[root] = reports.get(article.id) or found.get(root, f"alone {root}")
    items = {root: (frozenset({gold[root]}), frozenset({found[root]})) for root in gold}
    result = grouped("reports", {root: [share] for root, share in b_cubed(items).items()})
    # B-cubed flatters when most items stand alone; pairs do not.
    together = counted(pairs(gold), pairs(found))
    return result | {"reports_pairs_f1": Score(together.f1, counts=together)}


# ── Sentences ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sentences(key: Key, points: Sequence[FoundPoint]) -> Scores:
    gold, found = _by_article(key.labels), _by_article(_found_places(key, points))
    units = [counted(gold.get(root, ()), found.get(root, ())) for root in sorted(set(key.roots.values()))]
    return rates("sentences", units)


def _categories(key: Key, points: Sequence[FoundPoint]) -> Scores:
    """Accuracy: pairs of a matched sentence and a category that the sentence has. Labels: all such pairs, found and missed."""
    told = [(key.place(point.article, point.quote), point.category) for point in points]
    if not any(category for _, category in told):
        return {}
    had = {(place, category) for place, category in told if category and not key.counts_neither_way(place)}
    wanted = {(place, category) for place, labels in key.labels.items() for _, category in labels}
    matched = {pair for pair in had if pair[0] in key.labels}
    by_article: dict[LabelledId, Counts] = defaultdict(Counts)
    for place, category in sorted(matched):
        right = (place, category) in wanted
        by_article[place[0]] += Counts(right, not right)
    all_pairs = counted(wanted, had)
    accuracy = with_interval(list(by_article.values()), lambda counts: counts.precision)
    return {"category_accuracy": accuracy, "labels_f1": Score(all_pairs.f1, counts=all_pairs)}


def _groups_of_facts(key: Key, points: Sequence[FoundPoint]) -> Scores:
    """Sentences are the items; a sentence may state several facts and belong to several developments.

    `developments`: over labelled sentences that were found. `developments_whole`: over all of them; a missed one has a recall of 0, one found
    where there is nothing to find a precision of 0.
    """
    if not any(point.development for point in points):
        return {}
    had: dict[Place, set[str]] = defaultdict(set)
    for point in points:
        place = key.place(point.article, point.quote)
        if point.development and not key.counts_neither_way(place):
            had[place].add(point.development)
    gold = {place: frozenset(fact for fact, _ in labels) for place, labels in key.labels.items()}
    everything = {
        place: (gold.get(place, frozenset()), frozenset(had.get(place, ()))) for place in gold.keys() | had.keys()
    }
    matched = {place: both for place, both in everything.items() if all(both)}
    result: Scores = {}
    for name, items in (("developments", matched), ("developments_whole", everything)):
        units: dict[LabelledId, list[Shares]] = defaultdict(list)
        for place, share in b_cubed(items).items():
            units[place[0]].append(share)
        result |= grouped(name, units)
    return result


def _honesty(points: Sequence[FoundPoint]) -> Scores:
    told = Counts(sum(point.verbatim for point in points), sum(not point.verbatim for point in points))
    return {
        "verbatim": Score(told.precision, counts=told),
        "invented_numbers": Score(sum(point.invented for point in points)),
    }


def _articles(key: Key) -> list[LabelledArticle]:
    return [article for article in key.corpus.articles if article.id in key.roots]


def _found_places(key: Key, points: Iterable[FoundPoint]) -> set[Place]:
    places = {key.place(point.article, point.quote) for point in points}
    return {place for place in places if not key.counts_neither_way(place)}


def _by_article(places: Iterable[Place]) -> dict[LabelledId, set[str]]:
    result: dict[LabelledId, set[str]] = defaultdict(set)
    for root, sentence in places:
        result[root].add(sentence)
    return result

"""How well findings agree with a labelled corpus. Knows labels and findings, not how either was made or how scores are shown.

Ways of counting that the labelling guide leaves open are decided here, each where it is used, and retold in docs/evaluation.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from bot.model.corpora import Corpus, Fact, LabelledArticle, LabelledId, Relevance
from bot.model.stories import ChangeKind
from bot.model.topics import Category, SlotId, Stance
from bot.summariser.measures import Counts, Shares, b_cubed, counted, interval, pairs
from bot.text.words import folded

Place = tuple[
    LabelledId, str
]  # (first version's id, folded sentence): a sentence that survives an edit is the same sentence
_DAYS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPoint:
    """A sentence that was picked. `article` is the version's id in the corpus."""

    article: LabelledId
    quote: str
    category: Category | None = None  # None: the system does not tell
    development: str | None = None
    verbatim: bool = True  # the quote is in the article's text, letter for letter
    invented: int = 0  # numbers given for it that its quote does not hold


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundChange:
    """A movement that was told. `category` is `position:<party>` for a stance."""

    kind: ChangeKind
    day: date
    category: Category
    stance: Stance | None = None
    slot: SlotId | None = None
    value: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a system says of a corpus. None where it does not say."""

    relevant: frozenset[LabelledId] | None = None
    reports: Mapping[LabelledId, str] | None = None
    points: tuple[FoundPoint, ...] | None = None
    developments: Mapping[str, date] | None = None  # id → day of its first telling
    changes: tuple[FoundChange, ...] | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """One measure: its value (0–1, or a count), its 95 % interval and the counts behind it, where there are."""

    value: float | None
    low: float | None = None
    high: float | None = None
    counts: Counts | None = None


Scores = dict[str, Score]


@dataclass(frozen=True)
class Key:
    """A corpus made ready for scoring."""

    corpus: Corpus
    roots: Mapping[LabelledId, LabelledId]  # version → first version
    labels: Mapping[Place, frozenset[tuple[str, Category]]]  # sentence → (fact, category)
    neutral: frozenset[Place]
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def place(self, article: LabelledId, quote: str) -> Place:
        """Where a quote stands."""
        return self.roots.get(article, article), folded(quote)

    def counts_neither_way(self, place: Place) -> bool:
        """Whether finding that sentence is neither right nor wrong."""
        return place in self.neutral and place not in self.labels


def key_of(corpus: Corpus, language: str | None = None) -> Key:
    """The key of a corpus, or of its articles in one language."""
    before = {article.id: article.update_of for article in corpus.articles}
    kept = [article for article in corpus.articles if language in (None, article.language)]
    roots = {article.id: root_of(article.id, before) for article in kept}
    labels: dict[Place, set[tuple[str, Category]]] = defaultdict(set)
    for article in kept:
        for point in article.points:
            labels[roots[article.id], folded(point.quote)].add((point.fact_id, point.category))
    neutral = frozenset((roots[article.id], folded(quote)) for article in kept for quote in article.neutral)
    frozen = {place: frozenset(found) for place, found in labels.items()}
    return Key(corpus, roots, frozen, neutral, {fact.id: fact for fact in corpus.facts})


def root_of(article: LabelledId, before: Mapping[LabelledId, LabelledId | None]) -> LabelledId:
    """The first version of an article. `before` has no circles."""
    while (previous := before.get(article)) is not None:
        article = previous
    return article


def scores(key: Key, findings: Findings, *, whole: bool = True) -> Scores:
    """All measures that the findings allow. `whole` is False for one language: changes cross languages, so they are left out."""
    result: Scores = {}
    if findings.relevant is not None:
        result |= _relevance(key, findings.relevant)
    if findings.points is not None:
        points = tuple(point for point in findings.points if point.article in key.roots)
        result |= _sentences(key, points) | _categories(key, points) | _groups_of_facts(key, points) | _honesty(points)
        if whole and findings.developments is not None:
            result |= _new_facts(key, points, findings.developments)
    if findings.reports is not None:
        result |= _groups_of_articles(key, findings.reports)
    if whole and findings.changes is not None:
        result |= _changes(key, findings.changes)
    return result


# ── Articles ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _relevance(key: Key, relevant: frozenset[LabelledId]) -> Scores:
    """Per version: an update is a telling of its own."""
    units = []
    for article in _articles(key):
        wanted, had = article.relevance is Relevance.BELONGS, article.id in relevant
        units.append(Counts(wanted and had, had and not wanted, wanted and not had))
    return _rates("relevance", units)


def _groups_of_articles(key: Key, reports: Mapping[LabelledId, str]) -> Scores:
    """Over all articles, also those off the topic. Versions of one address are one item; without a dup_group it stands alone."""
    gold: dict[LabelledId, str] = {}
    found: dict[LabelledId, str] = {}
    for article in _articles(key):
        root = key.roots[article.id]
        gold[root] = f"group {article.dup_group}" if article.dup_group else gold.get(root, f"alone {root}")
        found[root] = reports.get(article.id) or found.get(root, f"alone {root}")
    items = {root: (frozenset({gold[root]}), frozenset({found[root]})) for root in gold}
    result = _grouped("reports", {root: [share] for root, share in b_cubed(items).items()})
    # B-cubed flatters when most items stand alone; pairs do not.
    together = counted(pairs(gold), pairs(found))
    return result | {"reports_pairs_f1": Score(together.f1, counts=together)}


# ── Sentences ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sentences(key: Key, points: Sequence[FoundPoint]) -> Scores:
    gold, found = _by_article(key.labels), _by_article(_found_places(key, points))
    units = [counted(gold.get(root, ()), found.get(root, ())) for root in sorted(set(key.roots.values()))]
    return _rates("sentences", units)


def _categories(key: Key, points: Sequence[FoundPoint]) -> Scores:
    """Accuracy: pairs of a matched sentence and a category that the sentence has. Labels: all such pairs, found and missed."""
    told = [(key.place(point.article, point.quote), point.category) for point in points]
    if not any(category for _, category in told):
        return {}
    had = {(place, category) for place, category in told if category and not key.counts_neither_way(place)}
    wanted = {(place, category) for place, labels in key.labels.items() for _, category in labels}
    matched = {pair for pair in had if pair[0] in key.labels}
    by_article: dict[LabelledId, Counts] = defaultdict(Counts)
    for place, category in matched:
        right = (place, category) in wanted
        by_article[place[0]] += Counts(right, not right)
    all_pairs = counted(wanted, had)
    accuracy = _with_interval(list(by_article.values()), lambda counts: counts.precision)
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
        result |= _grouped(name, units)
    return result


def _honesty(points: Sequence[FoundPoint]) -> Scores:
    told = Counts(sum(point.verbatim for point in points), sum(not point.verbatim for point in points))
    return {
        "verbatim": Score(told.precision, counts=told),
        "invented_numbers": Score(sum(point.invented for point in points)),
    }


# ── Days ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _new_facts(key: Key, points: Sequence[FoundPoint], developments: Mapping[str, date]) -> Scores:
    """New facts, day by day.

    A development is right on the day of its first telling if most of its labelled sentences state a fact first told that day, and no other
    development took that fact. It is wrong if it repeats a known fact, or rests on sentences without label; with a neutral one it is neither.
    """
    told: dict[str, list[FoundPoint]] = defaultdict(list)
    for point in points:
        if point.development in developments:
            told[str(point.development)].append(point)
    by_day: dict[date, Counts] = defaultdict(Counts)
    taken: set[str] = set()
    for development in sorted(told, key=lambda d: (developments[d], -len(told[d]), d)):
        day, mates = developments[development], told[development]
        fact = _main_fact(key, mates, day)
        if fact is None and any(key.counts_neither_way(key.place(point.article, point.quote)) for point in mates):
            continue
        right = fact is not None and fact not in taken and key.facts[fact].first_day == day
        if right and fact is not None:
            taken.add(fact)
        by_day[day] += Counts(right, not right)
    for known in key.corpus.facts:
        by_day[known.first_day] += Counts(missed=known.id not in taken)
    return _rates("new_facts", list(by_day.values()))


def _main_fact(key: Key, points: Iterable[FoundPoint], day: date) -> str | None:
    """The fact most sentences state, those of the point's own category before others of its sentence.

    A sentence that states an old fact beside a new one votes for both; on such a tie the one first told on `day` is meant.
    """
    votes: Counter[str] = Counter()
    for point in points:
        labels = key.labels.get(key.place(point.article, point.quote), frozenset())
        own = {fact for fact, category in labels if category == point.category} or {fact for fact, _ in labels}
        votes.update(fact for fact in own if fact in key.facts)
    return min(votes, key=lambda fact: (-votes[fact], key.facts[fact].first_day != day, fact), default=None)


def _changes(key: Key, changes: Sequence[FoundChange]) -> Scores:
    stances, values = [], []
    for fact in key.corpus.facts:
        before = key.facts.get(fact.supersedes or "")
        if before is None:
            continue
        if fact.stance and before.stance and fact.stance is not before.stance:
            stances.append((fact.first_day, fact.category, fact.stance))
        if fact.slot and fact.value is not None and before.slot == fact.slot:
            values.append((fact.first_day, fact.slot, _normal(fact.value, fact.unit)))
    told_stances = [(c.day, c.category, c.stance) for c in changes if c.kind is ChangeKind.STANCE and c.stance]
    told_values = [(c.day, c.slot, _normal(c.value, c.unit)) for c in changes if c.kind is ChangeKind.VALUE and c.slot]
    return _rates("stance_changes", _daily(stances, told_stances)) | _rates(
        "value_changes", _daily(values, told_values)
    )


def _normal(value: float | None, unit: str | None) -> tuple[float | None, str]:
    """Durations in days, so that 72 hours are three days; everything else as it stands."""
    if value is None:
        return None, ""
    if unit in _DAYS:
        return round(value * _DAYS[unit], 2), "days"
    return round(value, 2), unit or ""


def _daily(gold: Sequence[tuple[object, ...]], found: Sequence[tuple[object, ...]]) -> list[Counts]:
    days = sorted({item[0] for item in (*gold, *found)}, key=str)
    return [counted([g for g in gold if g[0] == day], [f for f in found if f[0] == day]) for day in days]


# ── Sums ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


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


def _rates(name: str, units: Sequence[Counts]) -> Scores:
    total = reduce(Counts.__add__, units, Counts())
    return {
        f"{name}_precision": Score(total.precision),
        f"{name}_recall": Score(total.recall),
        f"{name}_f1": _with_interval(units, lambda counts: counts.f1),
    }


def _with_interval(units: Sequence[Counts], rate: Callable[[Counts], float | None]) -> Score:
    total = reduce(Counts.__add__, units, Counts())
    ends = interval(units, lambda drawn: rate(reduce(Counts.__add__, drawn, Counts())))
    low, high = ends or (None, None)
    return Score(rate(total), low, high, total)


def _grouped(name: str, units: Mapping[LabelledId, Sequence[Shares]]) -> Scores:
    sums = [reduce(Shares.__add__, units[root], Shares()) for root in sorted(units)]
    total = reduce(Shares.__add__, sums, Shares())
    low, high = interval(sums, lambda drawn: reduce(Shares.__add__, drawn, Shares()).f1) or (None, None)
    return {
        f"{name}_precision": Score(total.precision),
        f"{name}_recall": Score(total.recall),
        f"{name}_f1": Score(total.f1, low, high),
    }

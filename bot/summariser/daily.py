"""How well findings agree with a labelled corpus day by day: new facts, stances that change, values that change. Knows no sentences' words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.model.stories import ChangeKind
from bot.summariser.answers import FoundChange, FoundPoint, Key
from bot.summariser.measures import Counts, Scores, counted, rates

_DAYS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.0}


def new_facts(key: Key, points: Sequence[FoundPoint], developments: Mapping[str, date]) -> Scores:
    """New facts, day by day.

    A development is right on the day when the ledger first tells of it if most of its labelled sentences state a fact first told that day, and
    no other development took that fact. It is wrong if it repeats a known fact, or rests on sentences without label; with a neutral one it is
    neither. One of which the ledger never tells is no news.
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
    return rates("new_facts", list(by_day.values()))


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


def changed(key: Key, changes: Sequence[FoundChange]) -> Scores:
    """Stance changes by day, party and new stance; value changes by day, slot and new value.

    There is one to find where a fact supersedes another of a different stance, or a value of the same slot.
    """
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
    return rates("stance_changes", _daily(stances, told_stances)) | rates("value_changes", _daily(values, told_values))


def _normal(value: float | None, unit: str | None) -> tuple[float | None, str]:
    """Durations in days, so that 72 hours are three days; everything else as it stands, in the one unit that the slot has.

    Labels name that unit in words of their own ("EUR a year") or leave it out, so it does not tell values apart.
    """
    if value is None:
        return None, ""
    if unit in _DAYS:
        return round(value * _DAYS[unit], 2), "days"
    return round(value, 2), ""


def _daily(gold: Sequence[tuple[object, ...]], found: Sequence[tuple[object, ...]]) -> list[Counts]:
    days = sorted({item[0] for item in (*gold, *found)}, key=str)
    return [counted([g for g in gold if g[0] == day], [f for f in found if f[0] == day]) for day in days]

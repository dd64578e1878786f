"""Language-free marks of a sentence, and how alike two sentences are by them. Decides nothing.

Marks: `v:<slot>=<value>` tracked value, `n:<number>` other number, `c:<concept>` everyday concept from the packs, `m:`/`p:` member or party,
`L:` layer, `x:` skeleton of a name, `w:<language>:<lemma>` word (useful within one language only).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from math import fsum, log1p

from bot.model.stories import KeyPoint
from bot.model.topics import PROCESS
from bot.summariser.annotating import Annotated, Sentence
from bot.summariser.surroundings import Features
from bot.text.fingerprints import skeleton

_USUAL = 2.5  # rarity of a concept the table does not know
_RARITY = {
    "v": 7.0,
    "n": 6.0,
    "m": 3.0,
    "p": 0.7,
    "L": 0.8,
    "x": 7.0,
    "w": 7.0,
    "k": 7.0,
}  # of marks that the table does not know
_CAPACITY = 48
_BESIDE = 250  # characters between the beginnings of two sentences that stand side by side
_LATER = timedelta(hours=20)  # sooner, two stances of one party are two readings of one statement
NO_MARKS: tuple[frozenset[str], float] = (frozenset(), 0.0)


def number_mark(value: float) -> str:
    """A number's mark: seven significant digits, no unit (units are lost in translation)."""
    return f"n:{value:.7g}"


def signature_of(line: Sentence, language: str, slots: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """The marks of a sentence, sorted, at most 48."""
    marks: dict[str, None] = {f"v:{slot}={value:.7g}": None for slot, value in slots}
    marks |= {number_mark(number.value): None for number in line.numbers if number.value > 1}
    covered: set[int] = set()
    for sense, hits in line.senses.items():
        kind, _, name = sense.partition(":")
        mark = {"concept": "c", "member": "m", "party": "p", "layer": "L"}.get(kind)
        if mark:
            marks[f"{mark}:{name}"] = None
            if mark != "L":
                covered.update(index for hit in hits for index in range(hit.first, hit.last + 1))
    in_number = {i for i, w in enumerate(line.words) for number in line.numbers if number.start <= w.start < number.end}
    for index, word in enumerate(line.words):
        if index in covered or index in in_number:
            continue
        if word.capital and index > 0 and len(word.surface) > 2:
            marks[f"x:{skeleton(word.surface if word.shouted else word.lemma)}"] = None
        elif len(word.surface) > 3 and not word.surface[0].isdigit():
            marks[f"w:{language}:{word.lemma}"] = None
    return tuple(sorted(list(marks)[:_CAPACITY]))


def keys_of(signature: Iterable[str], rarity: Mapping[str, float]) -> tuple[str, ...]:
    """The marks by which a development is looked up: values, numbers, names, members, words and rare concepts."""
    return tuple(m for m in signature if m[0] in "vnxmw" or (m[0] == "c" and weight(m, rarity) >= _USUAL))


def weight(mark: str, rarity: Mapping[str, float]) -> float:
    """How telling a mark is: learned rarity, else a family's usual one."""
    return rarity.get(mark) or _RARITY.get(mark[0], _USUAL)


class RarityTable:
    """A table of rarities that can be told from another, but not compared."""

    __slots__ = ("rarity",)

    def __init__(self, rarity: Mapping[str, float]) -> None:
        self.rarity = rarity

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RarityTable) and self.rarity is other.rarity

    def __hash__(self) -> int:
        return id(self.rarity)


Marks = Mapping[str, tuple[frozenset[str], float]]  # by family, with their weight together


@lru_cache(maxsize=4_000)
def families_of(signature: tuple[str, ...], table: RarityTable) -> Marks:
    """Marks by family, with `k`: skeletons of words, by which cognates of two languages are recognised."""
    found: dict[str, set[str]] = {}
    for mark in signature:
        found.setdefault(mark[0], set()).add(mark)
        bones = skeleton(mark.rpartition(":")[2]) if mark[0] == "w" else ""
        if len(bones) > 2:
            found.setdefault("k", set()).add(f"k:{bones}")
    return {family: (frozenset(some), _together(some, table.rarity)) for family, some in found.items()}


def _together(marks: Iterable[str], rarity: Mapping[str, float]) -> float:
    return fsum(weight(mark, rarity) for mark in marks)  # the same in whatever order they come


def marks_of(signature: tuple[str, ...]) -> frozenset[str]:
    """The marks of a signature and the skeletons of its words."""
    return frozenset().union(*(marks for marks, _ in families_of(signature, RarityTable({})).values()))


def likeness(one: KeyPoint, other: KeyPoint, rarity: Mapping[str, float]) -> Features:
    """Named features of a pair of points, symmetric, for the question "join"."""
    table = RarityTable(rarity)
    a, b = families_of(one.signature, table), families_of(other.signature, table)
    features: Features = {"bias": 1.0}
    total, weights = 0.0, [0.0, 0.0]
    rarest = 0.0
    for family in _compared(one, other):
        (mine, weighs), (theirs, weigh) = a.get(family, NO_MARKS), b.get(family, NO_MARKS)
        weights[0], weights[1] = weights[0] + weighs, weights[1] + weigh
        if not mine or not theirs:
            continue
        shared = [weight(mark, rarity) for mark in mine & theirs]
        if shared:
            both = fsum(shared)
            features[f"{family}.jaccard"] = both / (weighs + weigh - both)
            features[f"{family}.overlap"] = both / min(weighs, weigh)
            total, rarest = total + both, max(rarest, *shared)
        else:
            features[f"{family}.apart"] = 1.0
    if total:
        features["all.jaccard"] = total / (sum(weights) - total)
        features["all.overlap"] = total / min(weights)
        features["all.shared"] = min(total, 40) / 40
        features["all.rarest"] = rarest / 8
    features["all.least"], features["all.apart"] = min(weights) / 60, abs(weights[0] - weights[1]) / 60
    features["days"] = log1p(abs((one.published - other.published).total_seconds()) / 86400) / 3
    features |= dict.fromkeys((*_said(one, other, a, b), *_told(one, other), *_moved(one, other)), 1.0)
    features["fresh.apart"] = abs(one.fresh - other.fresh)
    if one.published.date() == other.published.date():
        features["fresh.both"] = min(one.fresh, other.fresh)
    return {name: value for name, value in features.items() if value}


def _compared(one: KeyPoint, other: KeyPoint) -> str:
    """Words are compared within a language, their skeletons between languages."""
    return "vncxmw" if one.language == other.language else "vncxmk"


def _said(one: KeyPoint, other: KeyPoint, a: Marks, b: Marks) -> Iterator[str]:
    """What both say: category, values, stances, members, layers."""
    if one.category == other.category:
        yield "category.same"
        if one.party is not None:
            yield "position.same"
        if one.category == PROCESS:
            yield "process.same"
    yield from _values(a, b)
    yield from _alike("slot", one.slot, other.slot)
    yield from _alike("member", one.member, other.member)
    yield from _alike("stance", one.stance, other.stance)
    if one.party == other.party and one.party is not None:
        yield "party.same"
    if one.correction != other.correction:
        yield "correction.one"
    if one.negated != other.negated:
        yield "negated.one"
    if one.modality == other.modality:
        yield "modality.same"
    if one.rung == other.rung and one.rung is not None:
        yield "rung.same"
    if "L" in a and "L" in b:
        yield "layer.same" if a["L"][0] & b["L"][0] else "layer.other"


def _values(a: Marks, b: Marks) -> Iterator[str]:
    """Whether they give values of one slot, the same or all others."""
    if "v" not in a or "v" not in b:
        return
    mine, theirs = ({mark.partition("=")[0]: mark for mark in sorted(side["v"][0])} for side in (a, b))
    slots = mine.keys() & theirs.keys()
    if any(mine[slot] == theirs[slot] for slot in slots):
        yield "value.same"
    elif slots:
        yield "value.other"


def _told(one: KeyPoint, other: KeyPoint) -> Iterator[str]:
    """Where and when both are told."""
    if one.language == other.language:
        yield "same_language"
    if one.report_id == other.report_id:
        yield "same_report"
    if one.article == other.article:
        yield "same_article"
        if abs(one.span.start - other.span.start) < _BESIDE:
            yield "beside"
    if abs(one.published - other.published).days == 0:
        yield "same_day"


def _moved(one: KeyPoint, other: KeyPoint) -> Iterator[str]:
    """Whether the later one gives a party another stance than the earlier, and speaks of a change."""
    if one.stance is None or other.stance is None or one.stance == other.stance or one.party != other.party:
        return
    before, after = sorted((one, other), key=lambda point: point.published)
    if after.published - before.published > _LATER:
        yield "stance.later"
        if "z:" in after.signature:
            yield "stance.turned"


def _alike(name: str, one: object, other: object) -> Iterator[str]:
    if one is not None and other is not None:
        yield f"{name}.same" if one == other else f"{name}.other"
    elif one is not other:
        yield f"{name}.one"


def anchors_of(annotated: Annotated) -> tuple[str, ...]:
    """Marks of a whole article by which a translation of it is recognised: numbers, names and concepts of its first twelve sentences."""
    marks: dict[str, None] = {}
    for line in (annotated.title, *annotated.sentences[:12]):
        for mark in signature_of(line, annotated.language, ()):
            if mark[0] in "nxcm":
                marks[mark] = None
    return tuple(sorted(list(marks)[:200]))

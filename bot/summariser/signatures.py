"""Language-free marks of a sentence, and how alike two sentences are by them. Decides nothing.

Marks: `v:<slot>=<value>` tracked value, `n:<number>` other number, `c:<concept>` everyday concept from the packs, `m:`/`p:` member or party,
`L:` layer, `x:` skeleton of a name, `w:<language>:<lemma>` word (useful within one language only).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log1p

from bot.model.stories import KeyPoint
from bot.summariser.annotating import Annotated, Sentence
from bot.summariser.surroundings import Features
from bot.text.fingerprints import skeleton
from bot.text.numbers import COUNT

_USUAL = 2.5  # rarity of a concept the table does not know
_RARITY = {"v": 6.0, "n": 4.0, "m": 2.5, "p": 0.7, "L": 0.8, "x": 4.0, "w": 2.0}
_FAMILIES = ("v", "n", "c", "m", "x", "w")
_CAPACITY = 48


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


def keys_of(category: str, signature: Iterable[str], rarity: Mapping[str, float]) -> tuple[str, ...]:
    """The marks by which a development of the category is looked up: values, numbers, names and rare concepts, each with the category."""
    chosen = [
        m
        for m in signature
        if m[0] in "vnx" or (m[0] == "c" and weight(m, rarity) >= _USUAL) or m[0] == "m" or m[0] == "w"
    ]
    return tuple(f"{category}|{mark}" for mark in chosen)


def weight(mark: str, rarity: Mapping[str, float]) -> float:
    """How telling a mark is: learned rarity, else a family's usual one."""
    return rarity.get(mark) or _RARITY.get(mark[0], _USUAL)


def _overlap(one: set[str], other: set[str], rarity: Mapping[str, float]) -> tuple[float, float]:
    """(weighted Jaccard, weighted overlap with the smaller side)."""
    shared = sum(weight(mark, rarity) for mark in one & other)
    a, b = sum(weight(mark, rarity) for mark in one), sum(weight(mark, rarity) for mark in other)
    union, smaller = a + b - shared, min(a, b)
    return (shared / union if union else 0.0, shared / smaller if smaller else 0.0)


def likeness(one: KeyPoint, other: KeyPoint, rarity: Mapping[str, float]) -> Features:
    """Named features of a pair of points of one category, symmetric, for the question "join"."""
    same_language = one.language == other.language
    features: Features = {"bias": 1.0, "same_language": float(same_language)}
    a, b = _by_family(one.signature), _by_family(other.signature)
    for family in _FAMILIES:
        if family == "w" and not same_language:
            continue
        jaccard, overlap = _overlap(a[family], b[family], rarity)
        features[f"{family}.jaccard"], features[f"{family}.overlap"] = jaccard, overlap
        features[f"{family}.apart"] = float(bool(a[family]) and bool(b[family]) and not a[family] & b[family])
        features[f"{family}.one"] = float(bool(a[family]) != bool(b[family]))
        features[f"{family}.none"] = float(not a[family] and not b[family])
    free = [set().union(*(side[f] for f in ("v", "n", "c", "m", "x"))) for side in (a, b)]
    features["free.jaccard"], features["free.overlap"] = _overlap(free[0], free[1], rarity)
    shared = free[0] & free[1]
    features["shared.weight"] = min(sum(weight(m, rarity) for m in shared), 24) / 24
    values = [{m.partition("=")[0]: m for m in side["v"]} for side in (a, b)]
    both = values[0].keys() & values[1].keys()
    features["value.same"] = float(any(values[0][slot] == values[1][slot] for slot in both))
    features["value.other"] = float(bool(both) and all(values[0][slot] != values[1][slot] for slot in both))
    features["slot.other"] = float(one.slot != other.slot and bool(one.slot) and bool(other.slot))
    features["slot.same"] = float(one.slot == other.slot and bool(one.slot))
    features["slot.one"] = float(bool(one.slot) != bool(other.slot))
    features["member.same"] = float(one.member == other.member and one.member is not None)
    features["member.other"] = float(one.member != other.member and one.member is not None and other.member is not None)
    features["member.one"] = float((one.member is None) != (other.member is None))
    features["stance.same"] = float(one.stance == other.stance and one.stance is not None)
    features["stance.other"] = float(one.stance != other.stance and one.stance is not None and other.stance is not None)
    features["position"] = float(one.category.startswith("position:"))
    features["process"] = float(one.category == "process")
    features["position*stance.same"] = features["position"] * features["stance.same"]
    features["position*member.same"] = features["position"] * features["member.same"]
    features["days"] = log1p(abs((one.published - other.published).total_seconds()) / 86400) / 3
    features["same_report"] = float(one.report_id == other.report_id)
    features["correction.one"] = float(one.correction != other.correction)
    features["both_count"] = float(COUNT in {q.unit for q in one.quantities} & {q.unit for q in other.quantities})
    return {name: value for name, value in features.items() if value}


def _by_family(signature: Iterable[str]) -> dict[str, set[str]]:
    table: dict[str, set[str]] = {family: set() for family in (*_FAMILIES, "p", "L")}
    for mark in signature:
        table.setdefault(mark[0], set()).add(mark)
    return table


def anchors_of(annotated: Annotated) -> tuple[str, ...]:
    """Marks of a whole article by which a translation of it is recognised: numbers, names and concepts of its first twelve sentences."""
    marks: dict[str, None] = {}
    for line in (annotated.title, *annotated.sentences[:12]):
        for mark in signature_of(line, annotated.language, ()):
            if mark[0] in "nxcm":
                marks[mark] = None
    return tuple(sorted(list(marks)[:200]))

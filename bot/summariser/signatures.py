"""Language-free marks of a sentence, and how alike two sentences are by them. Decides nothing.

Marks: `v:<slot>=<value>` tracked value, `n:<number>` other number, `c:<concept>` everyday concept from the packs, `m:`/`p:` member or party,
`L:` layer, `x:` skeleton of a name, `w:<language>:<lemma>` word (useful within one language only).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log1p

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
_FAMILIES = ("v", "n", "c", "m", "x", "w", "k")
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


def keys_of(signature: Iterable[str], rarity: Mapping[str, float]) -> tuple[str, ...]:
    """The marks by which a development is looked up: values, numbers, names, members, words and rare concepts."""
    return tuple(m for m in signature if m[0] in "vnxmw" or (m[0] == "c" and weight(m, rarity) >= _USUAL))


def weight(mark: str, rarity: Mapping[str, float]) -> float:
    """How telling a mark is: learned rarity, else a family's usual one."""
    return rarity.get(mark) or _RARITY.get(mark[0], _USUAL)


@lru_cache(maxsize=20_000)
def _families(signature: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Marks by family, with `k`: skeletons of words, by which cognates of two languages are recognised."""
    table: dict[str, set[str]] = {family: set() for family in (*_FAMILIES, "p", "L")}
    for mark in signature:
        table.setdefault(mark[0], set()).add(mark)
        if mark[0] == "w":
            bones = skeleton(mark.rpartition(":")[2])
            if len(bones) > 2:
                table["k"].add(f"k:{bones}")
    return {family: frozenset(marks) for family, marks in table.items()}


def marks_of(signature: tuple[str, ...]) -> frozenset[str]:
    """The marks of a signature and the skeletons of its words."""
    return frozenset().union(*_families(signature).values())


def likeness(one: KeyPoint, other: KeyPoint, rarity: Mapping[str, float]) -> Features:
    """Named features of a pair of points, symmetric, for the question "join"."""
    a, b = _families(one.signature), _families(other.signature)
    features: Features = {"bias": 1.0}
    total, weights = 0.0, [0.0, 0.0]
    rarest = 0.0
    for family in _compared(one, other):
        mine, theirs = (sum(weight(mark, rarity) for mark in side[family]) for side in (a, b))
        shared = [weight(mark, rarity) for mark in a[family] & b[family]]
        both, smaller = sum(shared), min(mine, theirs)
        if both:
            features[f"{family}.jaccard"] = both / (mine + theirs - both)
            features[f"{family}.overlap"] = both / smaller
        elif smaller:
            features[f"{family}.apart"] = 1.0
        total, weights = total + both, [weights[0] + mine, weights[1] + theirs]
        rarest = max(rarest, *shared, 0.0)
    if total:
        features["all.jaccard"] = total / (sum(weights) - total)
        features["all.overlap"] = total / min(weights)
        features["all.shared"] = min(total, 40) / 40
        features["all.rarest"] = rarest / 8
    features["all.least"], features["all.apart"] = min(weights) / 60, abs(weights[0] - weights[1]) / 60
    features |= _said(one, other, a, b) | _told(one, other)
    return {name: float(value) for name, value in features.items() if value}


def _compared(one: KeyPoint, other: KeyPoint) -> str:
    """Words are compared within a language, their skeletons between languages."""
    return "vncxmw" if one.language == other.language else "vncxmk"


def _said(one: KeyPoint, other: KeyPoint, a: Mapping[str, frozenset[str]], b: Mapping[str, frozenset[str]]) -> Features:
    """What both say: category, values, stances, members, layers."""
    values = [{mark.partition("=")[0]: mark for mark in side["v"]} for side in (a, b)]
    slots = values[0].keys() & values[1].keys()
    category = one.category == other.category
    return {
        "category.same": category,
        "position.same": category and one.party is not None,
        "process.same": category and one.category == PROCESS,
        "value.same": any(values[0][slot] == values[1][slot] for slot in slots),
        "value.other": bool(slots) and all(values[0][slot] != values[1][slot] for slot in slots),
        **_alike("slot", one.slot, other.slot),
        **_alike("member", one.member, other.member),
        **_alike("stance", one.stance, other.stance),
        "party.same": one.party == other.party and one.party is not None,
        "correction.one": one.correction != other.correction,
        "negated.one": one.negated != other.negated,
        "modality.same": one.modality == other.modality,
        "rung.same": one.rung == other.rung and one.rung is not None,
        "layer.same": bool(a["L"] & b["L"]),
        "layer.other": bool(a["L"] and b["L"] and not a["L"] & b["L"]),
    }


def _told(one: KeyPoint, other: KeyPoint) -> Features:
    """Where and when both are told."""
    apart = abs(one.published - other.published)
    return {
        "same_language": one.language == other.language,
        "same_report": one.report_id == other.report_id,
        "same_article": one.article == other.article,
        "days": log1p(apart.total_seconds() / 86400) / 3,
        "same_day": apart.days == 0,
    }


def _alike(name: str, one: object, other: object) -> Features:
    return {
        f"{name}.same": one is not None and one == other,
        f"{name}.other": one is not None and other is not None and one != other,
        f"{name}.one": (one is None) != (other is None),
    }


def anchors_of(annotated: Annotated) -> tuple[str, ...]:
    """Marks of a whole article by which a translation of it is recognised: numbers, names and concepts of its first twelve sentences."""
    marks: dict[str, None] = {}
    for line in (annotated.title, *annotated.sentences[:12]):
        for mark in signature_of(line, annotated.language, ()):
            if mark[0] in "nxcm":
                marks[mark] = None
    return tuple(sorted(list(marks)[:200]))

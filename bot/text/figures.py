"""Numbers written in digits, with what is grown onto them: "800k", "€40bn", "15-year", «800-тисячна». Knows grammar tables, not topics.

Clock times, list numbers, keycaps, ratios and days written in digits are no figures. Every pattern is linear.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.text.grammars import NumberGrammar
from bot.text.words import Word

SPACE = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?<![\w.,:/+])(?P<sign>[€$£₴][{SPACE}]?)?(?P<number>\d{{1,3}}(?:[{SPACE}.,'’]\d{{3}})+(?!\d)|\d{{1,9}}(?:[.,]\d{{1,3}})?)"
    r"(?P<suffix>k|K|к|К|m|M|bn|tn)?(?![\d\ufe0f\u20e3])(?![:/]\d)"
)
_SUFFIXES = {"k": 1e3, "K": 1e3, "к": 1e3, "К": 1e3, "m": 1e6, "M": 1e6, "bn": 1e9, "tn": 1e12}
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "₴": "UAH"}
BETWEEN = re.compile(
    r"[\s\u00a0]*(?:[-–—]|to|or|and|до|або|чи|и|или|й|та|,)[\s\u00a0]*", re.IGNORECASE
)  # what joins choices
_LIST_NUMBER = re.compile(r"\s*\d{1,2}[.)](?:\s|$)")
_ENCLOSED = re.compile(r"(?<=\()\d{1,2}(?=\))")
_SUFFIX_OF_ORDINAL = re.compile(
    r"(?:[-‑]?(?:st|nd|rd|th)|[-‑](?:а|я|е|є|й|го|му|та|те|ті|ше|ге|тє|ї|ій|им|ого|ому|их|х|ый|ое|ая|ые|ым|ом))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at [start, end) of a text before its unit is known."""

    start: int
    end: int
    value: float
    unit: str = ""
    last: int = -1  # index of the last word covered
    pinned: bool = False  # the unit came with the figure: "15-year", "$40bn"
    ordinal: bool = False  # "16th", «шістнадцятого»


def written(text: str, found: Sequence[Word], grammar: NumberGrammar) -> Iterator[Figure]:
    """The figures written in digits, in order."""
    starts = {word.start: index for index, word in enumerate(found)}
    listed = _LIST_NUMBER.match(text)
    for match in _NUMBER.finditer(text):
        value = _value(match["number"])
        if value is None or (listed and match.start() < listed.end()) or _ENCLOSED.match(text, match.start()):
            continue
        value *= _SUFFIXES.get(match["suffix"] or "", 1)
        unit = SIGNS.get((match["sign"] or "").strip(), "")
        last = _last_word(found, starts, match.start("number"), match.end())
        figure = Figure(match.start(), match.end(), value, unit, last, bool(unit))
        suffix = _SUFFIX_OF_ORDINAL.match(text, match.end())
        if suffix and match.end() < len(text) and value.is_integer():
            parted = last + 1 < len(found) and found[last + 1].start < suffix.end()  # «16-го» is two words, "16th" one
            yield replace(figure, end=suffix.end(), last=last + parted, ordinal=True)
        else:
            yield multiplied(text, found, figure, grammar)


def _value(number: str) -> float | None:
    grouped = re.fullmatch(rf"\d{{1,3}}([{SPACE}.,'’])\d{{3}}(?:\1\d{{3}})*", number)
    if grouped:
        if grouped[1] in ".," and number.startswith("0"):
            return float(number.replace(",", "."))
        return float(re.sub(r"\D", "", number))
    try:
        return float(re.sub(rf"[{SPACE}'’]", "", number).replace(",", "."))
    except ValueError:
        return None


def _last_word(found: Sequence[Word], starts: Mapping[int, int], start: int, end: int) -> int:
    index = starts.get(start, -1)
    while 0 <= index < len(found) - 1 and found[index + 1].start < end:
        index += 1
    return index


def multiplied(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar) -> Figure:
    """The figure with "thousand", "тис.", "-тисячна", "and a half million", "-year" that follow directly."""
    figure = with_half(text, found, figure, grammar)
    for _ in range(2):
        following = figure.last + 1
        if figure.last < 0 or following >= len(found):
            return figure
        word = found[following]
        gap = text[figure.end : word.start]
        if len(gap) > 2 or gap.strip(f"{SPACE}-‑–."):
            return figure
        times = grammar.multipliers.find(word)
        if times:
            end = word.end + (1 if text[word.end : word.end + 1] == "." and len(word.surface) <= 4 else 0)
            figure = replace(figure, end=end, value=figure.value * times, last=following)
            continue
        if gap.strip() in ("-", "‑") and (unit := grammar.units.find(word)):
            return replace(figure, end=word.end, unit=unit, last=following, pinned=True)
        return figure
    return figure


def with_half(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar) -> Figure:
    """The figure with "and a half", «з половиною» that follows: half of one, so before a multiplier."""
    at = figure.last + 1
    if figure.last < 0 or at >= len(found) or figure.value >= 1000:
        return figure
    for phrase in grammar.halves:
        covered = found[at : at + len(phrase)]
        if tuple(word.surface for word in covered) == phrase and not text[figure.end : covered[0].start].strip(SPACE):
            return replace(figure, end=covered[-1].end, value=figure.value + 0.5, last=at + len(phrase) - 1)
    return figure


def word_before(found: Sequence[Word], figure: Figure, passed: Collection[str] = ()) -> int:
    """Index of the word before the figure that is none of `passed`, -1 for none."""
    at = figure.last
    while at >= 0 and (found[at].start >= figure.start or found[at].surface in passed):
        at -= 1
    return at

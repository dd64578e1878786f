"""How a language writes numbers: tables of words, compiled once. Knows no texts and no topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from bot.text.words import Word, normal

V = TypeVar("V")
_MOST_KNOWN = 20_000  # words looked up before, some 3 MB a table
_NONE: Mapping[str, float] = {}
_SHORTEST_COMPOUND, _SHORTEST_PREFIX, _SHORTEST_REST = 6, 3, 4  # letters of «півроку»


class WordTable(Generic[V]):
    """Words to values; a key with `*` at its end stands for any ending, the longest such key first."""

    def __init__(self, entries: Mapping[str, V]) -> None:
        self._whole = {_plain(key): value for key, value in entries.items() if not key.endswith("*")}
        stems = ((_plain(key)[:-1], value) for key, value in entries.items() if key.endswith("*"))
        self._stems = tuple(sorted(stems, key=lambda pair: -len(pair[0])))
        self._prefixes = tuple(sorted(self._whole, key=len, reverse=True))
        self._known: dict[tuple[str, str], V | None] = {}

    def find(self, word: Word) -> V | None:
        """The value of the word as written, else of its dictionary form."""
        key = (word.surface, word.lemma)
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._look_up(word)
        return self._known[key]

    def _look_up(self, word: Word) -> V | None:
        for form in (word.surface, word.lemma):
            if form in self._whole:
                return self._whole[form]
        return next((value for stem, value in self._stems if word.surface.startswith(stem)), None)

    def prefixes(self, surface: str) -> Iterator[tuple[str, V]]:
        """Whole keys that `surface` begins with, longest first."""
        for key in self._prefixes:
            if surface.startswith(key):
                yield key, self._whole[key]


class NumberGrammar:
    """How a language writes numbers. Keys of the tables are words or stems with `*`.

    `ordinals`: "first" → 1. `fractions`: "half" → 0.5. `halves`: what adds a half, "and a half". `plus`: "two
    hundred and ten". `lone`: multipliers that stand alone for one
    of them. `articles`: words that do the same before a multiplier or unit. `single`: a unit
    that a word of `limits` makes one of it ("within a month"). `within`: words inside a share or a day ("half of a million", "the fourteenth of
    April"). `breaks`: words that end the reach of a number ("20,000 in 30 days"). `day_before`: words after which an ordinal alone is a day ("on
    the sixteenth"), `day_endings`: its endings that say so themselves («шістнадцятого»). `not_quantities`: "Article", "No."
    """

    def __init__(
        self,
        *,
        number_words: Mapping[str, float],
        multipliers: Mapping[str, float],
        units: Mapping[str, str],
        months: tuple[tuple[str, ...], ...],
        not_quantities: tuple[str, ...],
        single: Mapping[str, str] | None = None,
        limits: tuple[str, ...] = (),
        ordinals: Mapping[str, float] = _NONE,
        fractions: Mapping[str, float] = _NONE,
        halves: tuple[str, ...] = (),
        plus: tuple[str, ...] = (),
        lone: tuple[str, ...] = (),
        articles: tuple[str, ...] = (),
        within: tuple[str, ...] = (),
        breaks: tuple[str, ...] = (),
        day_before: tuple[str, ...] = (),
        day_endings: tuple[str, ...] = (),
    ) -> None:
        self.number_words = WordTable(number_words)
        self.multipliers = WordTable(multipliers)
        self.ordinals = WordTable(ordinals)
        self.fractions = WordTable(fractions)
        self.units = WordTable(units)
        self.not_quantities = frozenset(word.rstrip(".") for word in _all(not_quantities))
        self.single = {_plain(word): unit for word, unit in (single or {}).items()}
        self.plus = _all(plus)
        self.limits, self.lone, self.articles, self.breaks = _all(limits), _all(lone), _all(articles), _all(breaks)
        self.within, self.day_before, self.day_endings = _all(within), _all(day_before), tuple(map(_plain, day_endings))
        self.halves = tuple(tuple(_plain(phrase).split()) for phrase in halves)
        self._months = {_plain(form): number for number, forms in enumerate(months, 1) for form in forms}
        self._begins: dict[tuple[str, str], bool] = {}
        self._grown: dict[str, tuple[float, str] | None] = {}

    def month(self, word: Word) -> int | None:
        """1–12 for a month's name in any listed form, else None."""
        return self._months.get(word.surface) or self._months.get(word.lemma)

    def begins(self, word: Word) -> bool:
        """Whether a number written in words can begin with the word: most cannot, and are looked up only once."""
        key = (word.surface, word.lemma)
        known = self._begins.get(key)
        if known is None:
            if len(self._begins) >= _MOST_KNOWN:
                self._begins.clear()
            tables = (self.number_words, self.multipliers, self.fractions, self.ordinals)
            found = any(table.find(word) is not None for table in tables)
            known = self._begins[key] = found or self.grown(word) is not None
        return known

    def grown(self, word: Word) -> tuple[float, str] | None:
        """(number, unit or "") of a number word grown together with a multiplier or unit, as «двадцятитисячний», «півроку»."""
        surface = word.surface
        if surface not in self._grown:
            if len(self._grown) >= _MOST_KNOWN:
                self._grown.clear()
            self._grown[surface] = self._taken_apart(word)
        return self._grown[surface]

    def _taken_apart(self, word: Word) -> tuple[float, str] | None:
        surface = word.surface
        if len(surface) < _SHORTEST_COMPOUND or surface.isascii():
            return None
        for table in (self.number_words, self.fractions):
            for prefix, value in table.prefixes(surface):
                rest = surface[len(prefix) :]
                if len(prefix) < _SHORTEST_PREFIX or len(rest) < _SHORTEST_REST:
                    continue
                tail = Word(word.start, word.end, rest, rest, False, False)
                if times := self.multipliers.find(tail):
                    return float(value * times), ""
                if unit := self.units.find(tail):
                    return float(value), unit
        return None


def _plain(text: str) -> str:
    return normal(text).lower()


def _all(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_plain, words))

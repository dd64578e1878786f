"""How a language tells times: tables of words, compiled once. Knows no texts and no topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from bot.text.grammars import NumberGrammar, WordTable
from bot.text.words import Word, normal

_NONE: Mapping[str, float] = MappingProxyType({})
_NO_WORDS: Mapping[str, str] = MappingProxyType({})
_MOST_KNOWN = 20_000  # words looked up before, some 2 MB
_NO_LISTS: Mapping[str, Sequence[str]] = MappingProxyType({})


class Phrases:
    """Phrases of a few words, as written, with a number each."""

    def __init__(self, entries: Mapping[str, float]) -> None:
        self._entries = {tuple(_plain(phrase).split()): value for phrase, value in entries.items()}
        self._longest = max(map(len, self._entries), default=0)
        self._firsts = frozenset(phrase[0] for phrase in self._entries)

    def begins(self, surface: str) -> bool:
        """Whether one of them begins with the word."""
        return surface in self._firsts

    def at(self, found: Sequence[Word], index: int) -> tuple[float, int]:
        """(number, words) of the longest phrase that begins there; (0, 0) for none."""
        if index >= len(found) or found[index].surface not in self._firsts:
            return 0.0, 0
        for length in range(self._longest, 0, -1):
            covered = tuple(word.surface for word in found[index : index + length])
            if covered in self._entries:
                return self._entries[covered], len(covered)
        return 0.0, 0


class TimeGrammar:
    """How a language tells times.

    `days`: "yesterday" → -1. `weekdays`: seven groups of forms, Monday first. `periods`: "month" → month. `turns`: "next" → 1, "last" → -1, "this"
    → 0. `parts`: "mid" → mid, "end" → late. `seasons`: "spring" → 3, its first month. `spans`: "ago" → -1, "from now" → 1. `years`: «торік»
    → -1. `lists`: `hence`, words before a time to come ("in three weeks"); `since`, words after which it counts from something else
    ("in 30 days of a ceasefire"); `limits`, "by", "until"; `at`, words before a month or year alone; `links`, words between a part and its
    whole ("of", "the"); `alone`, seasons that need no word before them; `ahead`, words of sentences about what is to come, and
    `ahead_endings`, endings of such words.
    """

    def __init__(
        self,
        numbers: NumberGrammar,
        *,
        days: Mapping[str, float] = _NONE,
        weekdays: Sequence[Sequence[str]] = (),
        periods: Mapping[str, str] = _NO_WORDS,
        turns: Mapping[str, float] = _NONE,
        parts: Mapping[str, str] = _NO_WORDS,
        seasons: Mapping[str, float] = _NONE,
        spans: Mapping[str, float] = _NONE,
        years: Mapping[str, float] = _NONE,
        lists: Mapping[str, Sequence[str]] = _NO_LISTS,
    ) -> None:
        self.month, self.units, self.articles = numbers.month, numbers.units, numbers.articles
        self.days, self.spans, self.years = Phrases(days), Phrases(spans), Phrases(years)
        self.turns, self.seasons = WordTable(turns), WordTable(seasons)
        self._begins: dict[tuple[str, str], bool] = {}
        self.periods, self.parts = WordTable(periods), WordTable(parts)
        self._weekdays = {_plain(form): number for number, forms in enumerate(weekdays) for form in forms}
        self.hence, self.since, self.limits = (
            _all(lists.get("hence")),
            _all(lists.get("since")),
            _all(lists.get("limits")),
        )
        self.at, self.links, self.alone = _all(lists.get("at")), _all(lists.get("links")), _all(lists.get("alone"))
        self._ahead, self._endings = _all(lists.get("ahead")), tuple(map(_plain, lists.get("ahead_endings", ())))

    def begins(self, word: Word) -> bool:
        """Whether a time can begin with the word: most cannot, and are looked up only once."""
        key = (word.surface, word.lemma)
        known = self._begins.get(key)
        if known is None:
            if len(self._begins) >= _MOST_KNOWN:
                self._begins.clear()
            known = self._begins[key] = self._may_begin(word)
        return known

    def _may_begin(self, word: Word) -> bool:
        surface = word.surface
        if surface[0].isdigit() or surface in self.hence or surface in self.articles:
            return True
        if self.days.begins(surface) or self.years.begins(surface):
            return True
        if self.weekday(word) is not None or self.month(word) is not None:
            return True
        named = (self.turns, self.seasons, self.periods, self.parts)
        return self.units.find(word) is not None or any(table.find(word) is not None for table in named)

    def weekday(self, word: Word) -> int | None:
        """0 for Monday … 6 for Sunday, None for any other word."""
        found = self._weekdays.get(word.surface)
        return self._weekdays.get(word.lemma) if found is None else found

    def is_ahead(self, word: Word) -> bool:
        """Whether the word speaks of what is to come."""
        return word.surface in self._ahead or bool(self._endings and word.surface.endswith(self._endings))


def _plain(text: str) -> str:
    return normal(text).lower()


def _all(forms: Iterable[str] | None) -> frozenset[str]:
    return frozenset(map(_plain, forms or ()))

"""A language pack: what planwatch must know of a language to read news in it. Loading is the adapter's affair.

`phrases` maps a sense ("attribution.verb", "stance.rejects", "modality.asked", …) to words and phrases; the senses are listed in
`docs/topics.md`. `concepts` are everyday words that mean the same across languages, by which tellings in two languages are joined.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWords:
    """Words by which a topic file is drafted and tuned. Any list may be empty; then less is found."""

    everyday: tuple[str, ...] = ()  # words that never stand out
    heralds: tuple[str, ...] = ()  # "the", "of": after them a noun phrase begins; for languages without a dictionary
    auxiliaries: tuple[str, ...] = ()  # "has", "would": what may stand between a subject and its verb
    parts: tuple[str, ...] = ()  # what parts of a plan are called: "layer", "pillar"
    ordinals: tuple[str, ...] = ()  # how a text counts them: "first", "second"
    plans: tuple[str, ...] = ()  # what plans are called: "reform", "accord"
    process: tuple[str, ...] = ()  # how plans proceed: "vote", "amendment"
    rungs: MappingProxyType[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    sides: MappingProxyType[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """How the language tells when something happens. What each table does is told at `bot.text.timegrammars.TimeGrammar`."""

    days: MappingProxyType[str, float] = field(default_factory=lambda: MappingProxyType({}))
    weekdays: tuple[tuple[str, ...], ...] = ()
    periods: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))
    turns: MappingProxyType[str, float] = field(default_factory=lambda: MappingProxyType({}))
    parts: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))
    seasons: MappingProxyType[str, float] = field(default_factory=lambda: MappingProxyType({}))
    spans: MappingProxyType[str, float] = field(default_factory=lambda: MappingProxyType({}))
    years: MappingProxyType[str, float] = field(default_factory=lambda: MappingProxyType({}))
    lists: MappingProxyType[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Small words, as written, by which the phrase that names a speaker is cut. Any set may be empty; then less is found."""

    articles: frozenset[str] = frozenset()  # after them a verb of saying is a noun: "the answer"
    begins: frozenset[str] = frozenset()  # open a phrase: "two", "several"
    ends: frozenset[str] = frozenset()  # never stand in one: "that", "while"
    governs: frozenset[str] = frozenset()  # prepositions that never stand in one: "on", "after"
    ands: frozenset[str] = frozenset()  # join two of them: "and"
    inserts: frozenset[str] = frozenset()  # open what may stand in between commas: "who", "speaking"
    between: frozenset[str] = frozenset()  # stand between a speaker and his verb: "has", "also", "yesterday"
    joins: frozenset[str] = frozenset()  # tie on where a nameless speaker sits: "in", "at"
    of: frozenset[str] = frozenset()  # tie on what a name belongs to: "of"
    places: frozenset[str] = frozenset()  # where an office can speak as a place: «у Кремлі»
    tells: frozenset[str] = frozenset()  # verbs after which stands to whom it was said: "told"
    endings: tuple[str, ...] = ()  # of adjectives, in languages whose nouns take no article


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePack:
    """One language. All mappings are read-only."""

    language: str  # ISO 639-1
    name: str
    phrases: MappingProxyType[str, tuple[str, ...]]
    concepts: MappingProxyType[str, tuple[str, ...]]
    number_words: MappingProxyType[str, float]  # "fifteen" → 15
    multipliers: MappingProxyType[str, float]  # "thousand" → 1000; an ending such as "тисячн*" reads compounds
    units: MappingProxyType[str, str]  # word or stem* → unit
    months: tuple[tuple[str, ...], ...]  # twelve groups of forms, January first
    not_quantities: tuple[str, ...]  # words after which a number counts nothing: "Article", "No."
    single: MappingProxyType[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )  # "month" → months, where a limiting word stands before it
    limits: tuple[str, ...] = ()  # limiting words: "within"
    ordinals: MappingProxyType[str, float] = field(default_factory=lambda: MappingProxyType({}))  # "first" → 1
    fractions: MappingProxyType[str, float] = field(default_factory=lambda: MappingProxyType({}))  # "half" → 0.5
    halves: tuple[str, ...] = ()  # what adds a half: "and a half"
    plus: tuple[str, ...] = ()  # what joins hundreds and what follows: "two hundred and ten"
    lone: tuple[str, ...] = ()  # multipliers that stand alone for one of them
    articles: tuple[str, ...] = ()  # words that make one of a multiplier or unit: "a"
    within: tuple[str, ...] = ()  # words within a share or a day: "half of a million", "the fourteenth of April"
    breaks: tuple[str, ...] = ()  # words that end the reach of a number: "20,000 in 30 days"
    day_before: tuple[str, ...] = ()  # words before an ordinal that alone is a day: "on the sixteenth"
    day_endings: tuple[str, ...] = ()  # endings of an ordinal that alone is a day: «шістнадцятого»
    furniture: tuple[str, ...] = ()  # beginnings of lines that belong to the page, not the text
    times: TimeWords = field(default_factory=TimeWords)
    drafting: DraftWords = field(default_factory=DraftWords)
    names: NameWords = field(default_factory=NameWords)

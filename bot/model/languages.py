"""A language pack: what planwatch must know of a language to read news in it. Loading is the adapter's affair.

`phrases` maps a sense ("attribution.verb", "stance.rejects", "modality.asked", …) to words and phrases; the senses are listed in
`docs/topics.md`. `concepts` are everyday words that mean the same across languages, by which tellings in two languages are joined.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType


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
    furniture: tuple[str, ...] = ()  # beginnings of lines that belong to the page, not the text

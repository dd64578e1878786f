"""Words of a text with their positions and dictionary forms. Knows the languages' morphology, not what words mean.

Ukrainian and Russian lemmas come from pymorphy3, English stems from Snowball; other languages fall back to the bare word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import pymorphy3
import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "ё": "е", "Ё": "Е"})
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff']+")
_CACHE_LIMIT = 200_000  # about 25 MB; a year of one topic's news stays below


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, how it reads in lower case, its dictionary form, and how it is written."""

    start: int
    end: int
    surface: str
    lemma: str
    capital: bool
    shouted: bool  # all capitals, two letters or more


class WordKind(StrEnum):
    """What kind of word it is, as far as phrases that name things need to know."""

    NOUN = "noun"
    ADJECTIVE = "adjective"  # full participles as well
    PREPOSITION = "preposition"
    OTHER = "other"
    UNKNOWN = "unknown"  # the language has no dictionary, or the word is not in it


class Lemmatiser(Protocol):
    """Finds dictionary forms."""

    def lemma(self, word: str, language: str) -> str:
        """The dictionary form of a lower-case word."""
        ...


class Morphology:
    """Dictionary forms for English, Ukrainian and Russian. Dictionaries load at the first word of their language."""

    def __init__(self) -> None:
        self._analysers: dict[str, pymorphy3.MorphAnalyzer] = {}
        self._english = snowballstemmer.stemmer("english")
        self._known: dict[tuple[str, str], str] = {}

    def lemma(self, word: str, language: str) -> str:
        """The dictionary form of a lower-case word; the word itself where the language has no dictionary."""
        key = (word, language)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            known = self._known[key] = self._look_up(word, language)
        return known

    def kind(self, word: str, language: str) -> WordKind:
        """The kind of a lower-case word, its likeliest reading; UNKNOWN for English and for languages without a dictionary."""
        if language not in ("uk", "ru") or len(word) > 40 or not _CYRILLIC_WORD.fullmatch(word):
            return WordKind.UNKNOWN
        return _KINDS.get(str(self._analyser(language).parse(word)[0].tag.POS), WordKind.OTHER)

    def cases(self, word: str, language: str) -> frozenset[str]:
        """The cases in which a lower-case word may be read as a noun, as OpenCorpora names them ("nomn", "gent"); none where `kind` is unknown."""
        if self.kind(word, language) is WordKind.UNKNOWN:
            return frozenset()
        readings = self._analyser(language).parse(word)
        return frozenset(str(each.tag.case) for each in readings if str(each.tag.POS) == "NOUN" and each.tag.case)

    def _look_up(self, word: str, language: str) -> str:
        if len(word) > 40 or word.isdigit():
            return word
        if language in ("uk", "ru"):
            if not _CYRILLIC_WORD.fullmatch(word):
                return word  # the dictionaries know Cyrillic only, and raise on letters without a name
            return str(self._analyser(language).parse(word)[0].normal_form).replace("ё", "е")
        if language == "en":
            if word.endswith("n't"):
                return "not"  # "won't accept" and "will not accept" are one phrase
            return str(self._english.stemWord(word.removesuffix("'s")))
        return word

    def _analyser(self, language: str) -> pymorphy3.MorphAnalyzer:
        if language not in self._analysers:
            self._analysers[language] = pymorphy3.MorphAnalyzer(lang=language)
        return self._analysers[language]


_KINDS = {
    "NOUN": WordKind.NOUN,
    "ADJF": WordKind.ADJECTIVE,
    "PRTF": WordKind.ADJECTIVE,
    "PREP": WordKind.PREPOSITION,
}


def normal(text: str) -> str:
    """NFC, one kind of apostrophe, ё as е; the length never changes for NFC input."""
    return text.translate(_APOSTROPHES)


def words(text: str, language: str, lemmatiser: Lemmatiser) -> tuple[Word, ...]:
    """The words of `text` in order. Hyphens part words; apostrophes do not."""
    found = []
    for match in _WORD.finditer(text):
        written = match.group()
        surface = normal(written).lower()
        shouted = len(written) > 1 and written.isupper() and not written.isdigit()
        lemma = surface if shouted else lemmatiser.lemma(surface, language)
        found.append(Word(match.start(), match.end(), surface, lemma, written[0].isupper(), shouted))
    return tuple(found)


def folded(text: str) -> str:
    """White space folded, NFC: for comparing sentences."""
    return " ".join(unicodedata.normalize("NFC", text).split())

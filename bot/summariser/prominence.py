"""Which phrases of a text stand out against everyday language. Knows words and their neighbours, not what a plan is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from bot.model.languages import LanguagePack
from bot.summariser.annotating import Sentence, grammar_of
from bot.text.words import Lemmatiser, Word, WordKind, words

LONGEST = 3  # words of a phrase
_WORD_LETTERS = 3, 30  # shorter ones say little, longer ones are no words
_TOGETHER = (" ", "-", "‑", "\u00a0", "' ", "’ ", " & ")  # what may part two words of one phrase
_LENGTH_BONUS = (1.0, 1.7, 1.9)  # by number of words: a pair that comes twice says more than a word that does
SPEECH = ("attribution.verb", "attribution.according")
_STANCES = ("rejects", "accepts", "supports", "proposes", "conditional", "undecided")
VERBS = (*SPEECH, *(f"stance.{stance}" for stance in _STANCES))
_ENDINGS = ("", "s", "es", "ed", "d", "ing", "'s")

Key = tuple[str, ...]  # dictionary forms of a phrase's words


class Dictionary(Lemmatiser, Protocol):
    """Dictionary forms and kinds of words."""

    def kind(self, word: str, language: str) -> WordKind:
        """The kind of a lower-case word."""
        ...

    def cases(self, word: str, language: str) -> frozenset[str]:
        """The cases of a lower-case word as a noun."""
        ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase where it stands: the words first…last of a sentence."""

    key: Key
    first: int
    last: int
    named: bool  # all its words are capitalised, and not merely because a sentence begins there


class Everyday:
    """What a language pack calls everyday words, and where phrases begin and end in its language."""

    def __init__(self, pack: LanguagePack, dictionary: Dictionary) -> None:
        self.language = pack.language
        self._dictionary = dictionary
        self._grammar = grammar_of(pack)
        self._plain = self._forms(pack.drafting.everyday)
        self._heralds = self._forms(pack.drafting.heralds)
        self._auxiliaries = self._forms(pack.drafting.auxiliaries)
        self._kinds: dict[str, WordKind] = {}

    def _forms(self, listed: Iterable[str]) -> frozenset[str]:
        found = [word for text in listed for word in words(text, self.language, self._dictionary)]
        return frozenset(form for word in found for form in (word.surface, word.lemma))

    def is_plain(self, word: Word) -> bool:
        """Whether the word never stands out: everyday, a number, a month, too short or no word at all."""
        shortest, longest = _WORD_LETTERS
        if word.surface[0].isdigit() or not (shortest <= len(word.surface) <= longest or word.shouted):
            return True
        if word.surface in self._plain or (word.lemma in self._plain and self._is_form(word)):
            return True
        grammar = self._grammar
        numeral = grammar.number_words.find(word) is not None or grammar.multipliers.find(word) is not None
        money = (grammar.units.find(word) or "").isupper()  # units of money are written as codes: EUR
        return numeral or money or (grammar.month(word) is not None and len(word.surface) > shortest)

    def is_auxiliary(self, word: Word) -> bool:
        """Whether the word may stand between a subject and its verb; any everyday word where the pack does not say."""
        return word.surface in self._auxiliaries if self._auxiliaries else self.is_plain(word)

    def _is_form(self, word: Word) -> bool:
        """Whether the dictionary form is that of this very word; an English stem may be another word's: "monthly" is no "month"."""
        return not word.shouted and (self.knows(word.surface) or word.surface.removeprefix(word.lemma) in _ENDINGS)

    def stands_out(self, text: str) -> bool:
        """Whether any word of the text is none of the everyday ones."""
        return not all(map(self.is_plain, words(text, self.language, self._dictionary)))

    def phrases(self, line: Sentence) -> Iterator[Phrase]:
        """Every phrase of up to three words that may name something, in order."""
        for run in self._runs(line):
            for first in run:
                for last in range(first, min(first + LONGEST, run[-1] + 1)):
                    found = line.words[first : last + 1]
                    if self._names_something(line, run[0], first, last):
                        yield Phrase(tuple(word.lemma for word in found), first, last, named(line, first, last))

    def _runs(self, line: Sentence) -> Iterator[range]:
        """Stretches of words that stand out, side by side; verbs of speech and stance part them."""
        start = 0
        verbs = covered(line, VERBS)
        for index, word in enumerate(line.words):
            if self.is_plain(word) or index in verbs:
                if index > start:
                    yield range(start, index)
                start = index + 1
            elif index > start and not touching(line, index - 1):
                yield range(start, index)
                start = index
        if start < len(line.words):
            yield range(start, len(line.words))

    def _names_something(self, line: Sentence, begins: int, first: int, last: int) -> bool:
        found = line.words[first : last + 1]
        kinds = [self._kind(word.surface) for word in found]
        if {WordKind.OTHER, WordKind.PREPOSITION} & set(kinds):
            return False
        if WordKind.UNKNOWN not in kinds:
            return kinds[-1] is WordKind.NOUN and all(
                kind is WordKind.ADJECTIVE or self._follows(following)
                for kind, following in zip(kinds, found[1:], strict=False)
            )
        if not self._heralds or all(word.capital for word in line.words[first : last + 1]):
            return True
        heralded = begins > 0 and self.is_herald(line.words[begins - 1])
        return heralded and (first == begins or first == last == begins + 1)

    def _follows(self, word: Word) -> bool:
        """Whether a word behind a noun can belong to it: "reform of the railway" has it in the genitive, where there is one."""
        return self._kind(word.surface) is WordKind.ADJECTIVE or "gent" in self._cases(word.surface)

    def may_be_subject(self, word: Word) -> bool:
        """Whether it can be who does something: a noun in the nominative; any word where the language has no dictionary."""
        if self._kind(word.surface) is WordKind.UNKNOWN:
            return True
        return "nomn" in self._cases(word.surface)

    def follows_preposition(self, line: Sentence, index: int) -> bool:
        """Whether a preposition stands right before the word, as far as the dictionary knows."""
        return index > 0 and self._kind(line.words[index - 1].surface) is WordKind.PREPOSITION

    def is_noun(self, text: str) -> bool:
        """Whether the dictionary has the word as a noun."""
        return self._kind(text.lower()) is WordKind.NOUN

    def _cases(self, surface: str) -> frozenset[str]:
        return self._dictionary.cases(surface, self.language)

    def is_herald(self, word: Word) -> bool:
        """Whether a phrase may begin after the word: "the", "of", a number."""
        return word.surface[0].isdigit() or word.surface in self._heralds

    def knows(self, word: str) -> bool:
        """Whether the language's dictionary has the word, so that its dictionary form is a word that people write."""
        return self._kind(word.lower()) is not WordKind.UNKNOWN

    def _kind(self, surface: str) -> WordKind:
        if surface not in self._kinds:
            self._kinds[surface] = self._dictionary.kind(surface, self.language)
        return self._kinds[surface]


def covered(line: Sentence, senses: Iterable[str]) -> set[int]:
    """The words over which phrases of these senses stand."""
    return {at for sense in senses for hit in line.places(sense) for at in range(hit.first, hit.last + 1)}


def touching(line: Sentence, index: int) -> bool:
    """Whether nothing but a space or hyphen parts a word from the next."""
    return line.text[line.words[index].end : line.words[index + 1].start] in _TOGETHER


def named(line: Sentence, first: int, last: int) -> bool:
    """Whether the words are a name: each capitalised, more than the one that opens a sentence."""
    capitals = all(word.capital for word in line.words[first : last + 1])
    return capitals and (first > 0 or last > first or line.words[first].shouted)


def written(line: Sentence, first: int, last: int) -> str:
    """The words as they stand in the text."""
    return line.text[line.words[first].start : line.words[last].end]


def ranked(counts: Counter[Key], weights: Counter[Key]) -> list[Key]:
    """Phrases, those that stand out most first; those that only ever stand inside a longer one left out."""
    inside = {part for key, count in counts.items() for part in _within(key) if counts[part] <= count}
    kept = [key for key in counts if key not in inside]
    return sorted(kept, key=lambda key: (-weights[key] * _LENGTH_BONUS[len(key) - 1], key))


def _within(key: Key) -> Collection[Key]:
    singles = {(word,) for word in key} if len(key) > 1 else set()
    return singles | (set(pairwise(key)) if len(key) > 2 else set())

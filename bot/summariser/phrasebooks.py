"""Finds the words and phrases of a topic and a language pack in a sentence, by sense. Knows matching, not meaning.

A phrase is a sequence of words, each standing for its inflected forms; `word*` stands for any ending, `~` for up to three words in between, and
a word in capitals ("US") is found only in capitals. Phrases of a rung that something must be done for ("signed") are found only as written:
their other forms speak of what is ahead. Matching costs one look-up a word plus the phrases that begin with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.model.languages import LanguagePack
from bot.model.topics import Rung, Terms, Topic
from bot.text.words import Lemmatiser, Word, normal

_GAP = "~"
_GAP_WORDS = 3
_MOST_KNOWN = 50_000  # words, some 8 MB
_PIECE = re.compile(r"~|[^\W_]+(?:['’ʼ][^\W_]+)*\*?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of `sense` covers the words first…last."""

    sense: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Piece:
    surface: str
    lemma: str  # empty: found only as written
    stem: str  # not empty for `word*`
    shouted: bool

    def fits(self, word: Word) -> bool:
        if self.stem:
            return word.surface.startswith(self.stem)
        if self.shouted:
            return word.shouted and word.surface == self.surface
        return word.surface == self.surface or word.lemma == self.lemma


@dataclass(frozen=True, slots=True)
class _Phrase:
    sense: str
    pieces: tuple[_Piece | None, ...]  # None is a gap


@dataclass(frozen=True, slots=True)
class _Beginning:
    """The phrases that begin with one word: those of that word alone, those whose next word is fixed, by that word, and the rest."""

    alone: tuple[_Phrase, ...]
    followed: Mapping[str, tuple[_Phrase, ...]]
    open: tuple[_Phrase, ...]

    def possible(self, following: Word | None) -> Iterable[_Phrase]:
        """Those of two words or more that may go on with the word that follows; some twice."""
        if following is None:
            return self.open
        by_surface = self.followed.get(following.surface, ())
        by_lemma = self.followed.get(following.lemma, ()) if following.lemma != following.surface else ()
        return (*by_surface, *by_lemma, *self.open) if by_lemma or self.open else by_surface


class Phrasebook:
    """The phrases of one language, compiled once. Those of senses in `exact` are found only as written."""

    def __init__(
        self, language: str, senses: Mapping[str, Iterable[str]], lemmatiser: Lemmatiser, exact: Collection[str] = ()
    ) -> None:
        self.language = language
        self._exact = frozenset(exact)
        self._whole: dict[str, list[_Phrase]] = defaultdict(list)
        self._stems: dict[str, list[_Phrase]] = defaultdict(list)
        self._begin: dict[tuple[str, str, bool], _Beginning] = {}  # looked up before: most words begin nothing
        for sense, phrases in senses.items():
            for text in phrases:
                self._add(sense, text, lemmatiser)

    def hits(self, found: Sequence[Word]) -> tuple[Hit, ...]:
        """All hits in a sentence's words, in order of their first word."""
        result: dict[Hit, None] = {}
        for index, word in enumerate(found):
            beginning = self._beginning_with(word)
            for phrase in beginning.alone:
                result[Hit(phrase.sense, index, index)] = None
            for phrase in beginning.possible(found[index + 1] if index + 1 < len(found) else None):
                last = _match(phrase.pieces, found, index)
                if last >= 0:
                    result[Hit(phrase.sense, index, last)] = None
        return tuple(result)

    def _beginning_with(self, word: Word) -> _Beginning:
        key = (word.surface, word.lemma, word.shouted)
        known = self._begin.get(key)
        if known is None:
            if len(self._begin) >= _MOST_KNOWN:
                self._begin.clear()
            stems = (self._stems.get(word.surface[:length], ()) for length in (1, 2, 3))
            lists = (self._whole.get(word.surface, ()), self._whole.get(word.lemma, ()), *stems)
            phrases = {id(phrase): phrase for phrases in lists for phrase in phrases if _opens(phrase, word)}
            known = self._begin[key] = _sorted_out(phrases.values())
        return known

    def _add(self, sense: str, text: str, lemmatiser: Lemmatiser) -> None:
        exact = sense in self._exact
        pieces = tuple(_piece(raw, self.language, lemmatiser, exact=exact) for raw in _PIECE.findall(text))
        if not pieces or pieces[0] is None:
            return
        phrase, first = _Phrase(sense, pieces), pieces[0]
        if first.stem:
            self._stems[first.stem[:3]].append(phrase)
            return
        self._whole[first.surface].append(phrase)
        if first.lemma not in ("", first.surface) and not first.shouted:
            self._whole[first.lemma].append(phrase)


def _sorted_out(phrases: Iterable[_Phrase]) -> _Beginning:
    alone, rest = list[_Phrase](), list[_Phrase]()
    followed: dict[str, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        if len(phrase.pieces) == 1:
            alone.append(phrase)
            continue
        second = phrase.pieces[1]
        if second is None or second.stem:
            rest.append(phrase)
            continue
        for form in {second.surface, second.lemma or second.surface}:
            followed[form].append(phrase)
    return _Beginning(tuple(alone), {word: tuple(some) for word, some in followed.items()}, tuple(rest))


def _opens(phrase: _Phrase, word: Word) -> bool:
    first = phrase.pieces[0]
    return first is not None and first.fits(word)


def _piece(raw: str, language: str, lemmatiser: Lemmatiser, *, exact: bool) -> _Piece | None:
    if raw == _GAP:
        return None
    shouted = len(raw) > 1 and raw.isupper()
    surface = normal(raw).lower()
    if surface.endswith("*"):
        return _Piece(surface[:-1], surface[:-1], surface[:-1], False)
    lemma = surface if shouted else lemmatiser.lemma(surface, language)
    return _Piece(surface, "" if exact else lemma, "", shouted)


def _match(pieces: Sequence[_Piece | None], found: Sequence[Word], start: int) -> int:
    """Index of the last word covered, or -1. Linear: a gap tries at most four places."""
    at = start
    for position, piece in enumerate(pieces):
        if piece is None:
            following = pieces[position + 1] if position + 1 < len(pieces) else None
            if following is None:
                return at - 1
            reach = range(at, min(at + _GAP_WORDS + 1, len(found)))
            at = next((index for index in reach if following.fits(found[index])), -1)
            if at < 0:
                return -1
            continue
        if at >= len(found) or not piece.fits(found[at]):
            return -1
        at += 1
    return at - 1


def phrasebook(topic: Topic, pack: LanguagePack, lemmatiser: Lemmatiser) -> Phrasebook:
    """The phrases of `topic` and `pack` in the pack's language.

    Senses: `layer:<id>`, `hint:<id>`, `slot:<id>`, `other:<slot id>`, `party:<id>`, `member:<id>`, `rung:<rung>`,
    `side:<state>`, `subject`, `context`, `exclude`, `elsewhere`, `process`, `concept:<name>` and those of the pack.
    """
    language = pack.language
    senses: dict[str, list[str]] = defaultdict(list)

    def add(sense: str, terms: Terms) -> None:
        senses[sense].extend(terms.of(language))

    add("subject", topic.subject)
    add("context", topic.context)
    add("exclude", topic.exclude)
    add("elsewhere", topic.elsewhere)
    add("process", topic.process)
    for layer in topic.layers:
        add(f"layer:{layer.id}", layer.terms)
        add(f"hint:{layer.id}", layer.hints)
    for slot in topic.slots:
        add(f"slot:{slot.id}", slot.cues)
        add(f"other:{slot.id}", slot.others)
    for party in topic.parties:
        add(f"party:{party.id}", party.terms)
        for member in party.members:
            add(f"member:{member.id}", member.terms)
    for rule in topic.rungs:
        add(f"rung:{rule.rung}", rule.terms)
    for side in topic.sides:
        add(f"side:{side.state}", side.terms)
    for sense, phrases in pack.phrases.items():
        senses[sense].extend(phrases)
    for concept, phrases in pack.concepts.items():
        senses[f"concept:{concept}"].extend(phrases)
    done = {f"rung:{rule.rung}" for rule in topic.rungs if rule.rung.height >= Rung.SIGNED.height}
    told_as_past = {"before", "past"}  # «було» is history, «буде» is news, and both are forms of one word
    return Phrasebook(language, senses, lemmatiser, done | told_as_past)

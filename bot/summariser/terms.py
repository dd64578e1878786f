"""Finds each single term of a topic file in a sentence, so that terms can be told apart. Knows matching, not what a term is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.model.topics import Rung, Terms, Topic
from bot.summariser.phrasebooks import Phrasebook
from bot.text.words import Lemmatiser, Word

SUBJECT, CONTEXT, EXCLUDE, PROCESS = "subject", "context", "exclude", "process"
LAYER, HINT, PARTY = "layers.", "hints.", "parties."


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One entry of a list in a topic file. `place` names the list: "subject", "layers.access", "hints.access", "parties.unions" …"""

    place: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Use:
    """A term covers the words first…last of a sentence."""

    term: Term
    first: int
    last: int


def lists_of(topic: Topic) -> Iterator[tuple[str, Terms]]:
    """Every list of terms in a topic file, by its place."""
    yield from ((SUBJECT, topic.subject), (CONTEXT, topic.context), (EXCLUDE, topic.exclude))
    yield from (("elsewhere", topic.elsewhere), (PROCESS, topic.process))
    for layer in topic.layers:
        yield f"{LAYER}{layer.id}", layer.terms
        yield f"{HINT}{layer.id}", layer.hints
    for slot in topic.slots:
        yield f"slots.{slot.id}", slot.cues
        yield f"slots.{slot.id}.others", slot.others
    for party in topic.parties:
        yield f"{PARTY}{party.id}", party.terms
        yield from ((f"{PARTY}{party.id}.{member.id}", member.terms) for member in party.members)
    yield from ((f"ladder.{rule.rung}", rule.terms) for rule in topic.rungs)
    yield from ((f"sides.{side.state}", side.terms) for side in topic.sides)


def terms_of(topic: Topic, language: str) -> tuple[Term, ...]:
    """The terms of one language, each once a list, in the file's order."""
    return tuple(
        Term(place, language, text) for place, terms in lists_of(topic) for text in dict.fromkeys(terms.of(language))
    )


class TermFinder:
    """The terms of a topic in one language, compiled once."""

    def __init__(self, topic: Topic, language: str, lemmatiser: Lemmatiser) -> None:
        self.terms = terms_of(topic, language)
        senses = {str(number): (term.text,) for number, term in enumerate(self.terms)}
        done = {f"ladder.{rule.rung}" for rule in topic.rungs if rule.rung.height >= Rung.SIGNED.height}
        exact = {str(number) for number, term in enumerate(self.terms) if term.place in done}
        self._book = Phrasebook(language, senses, lemmatiser, exact)

    def uses(self, found: Sequence[Word]) -> tuple[Use, ...]:
        """Where terms stand among a sentence's words; those silenced by an `exclude` phrase over them are left out."""
        uses = [Use(self.terms[int(hit.sense)], hit.first, hit.last) for hit in self._book.hits(found)]
        silencing = [use for use in uses if use.term.place == EXCLUDE]
        return tuple(use for use in uses if use.term.place == EXCLUDE or not _inside(use, silencing))


def finders_of(topic: Topic, languages: Sequence[str], lemmatiser: Lemmatiser) -> Mapping[str, TermFinder]:
    """One finder a language."""
    return {language: TermFinder(topic, language, lemmatiser) for language in languages}


def _inside(use: Use, silencing: Sequence[Use]) -> bool:
    return any(other.first <= use.first and use.last <= other.last for other in silencing)

"""Turns an article's text into sentences with their words, hits and numbers. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.model.feeds import Article
from bot.model.languages import LanguagePack, NameWords
from bot.model.stories import Span
from bot.model.topics import Topic
from bot.summariser.phrasebooks import Hit, Phrasebook, phrasebook
from bot.text.numbers import Number, NumberGrammar, numbers
from bot.text.sentences import sentences
from bot.text.timegrammars import TimeGrammar
from bot.text.times import Moment, times
from bot.text.words import Lemmatiser, Word, words

MAX_SENTENCES = 400  # a longer text is a document dump; what follows is not read
_STRETCH = 3_000  # the sentence library's time grows with the square of a paragraph: 40,000 characters of "(a. " took 20 s in one piece


@dataclass(frozen=True)
class Sentence:
    """One sentence with what was found in it. Word indices count within the sentence; offsets within the article."""

    span: Span
    text: str
    words: tuple[Word, ...]
    hits: tuple[Hit, ...]
    numbers: tuple[Number, ...]
    starts_paragraph: bool
    heading: str = ""
    times: tuple[Moment, ...] = ()  # when it says something happens, resolved against the day of the telling

    @cached_property
    def senses(self) -> Mapping[str, tuple[Hit, ...]]:
        """Hits by sense, without those silenced by an `exclude` phrase over them, or by a longer phrase of the same family: "declined to
        comment" is no refusal, "on condition of anonymity" no condition.
        """
        table: dict[str, list[Hit]] = {}
        louder = [hit for hit in self.hits if hit.sense in _LOUD or hit.sense.startswith("stance.")]
        for hit in self.hits:
            if not any(_silences(other, hit) for other in louder):
                table.setdefault(hit.sense, []).append(hit)
        return {sense: tuple(found) for sense, found in table.items()}

    def has(self, sense: str) -> bool:
        """Whether a phrase of that sense stands in the sentence."""
        return sense in self.senses

    def count(self, sense: str) -> int:
        """How many different words begin a phrase of that sense."""
        return len({hit.first for hit in self.senses.get(sense, ())})

    def places(self, sense: str) -> tuple[Hit, ...]:
        """Hits of that sense."""
        return self.senses.get(sense, ())

    def negated(self, hit: Hit, reach: int = 3) -> bool:
        """Whether a negation stands up to `reach` words before the hit."""
        return any(0 < hit.first - no.last <= reach for no in self.places("negation"))


_LOUD = ("exclude", "source.unnamed")


def _silences(other: Hit, hit: Hit) -> bool:
    if not (other.first <= hit.first and hit.last <= other.last) or other.sense == hit.sense:
        return False
    if other.sense == "exclude":
        return hit.sense != "exclude"
    longer = other.last - other.first > hit.last - hit.first
    return longer and hit.sense.startswith("stance.")


@dataclass(frozen=True)
class Annotated:
    """An article read with a topic in mind. `title` and `summary` are annotated like sentences, with offsets of their own."""

    article: Article
    title: Sentence
    summary: tuple[Sentence, ...]
    sentences: tuple[Sentence, ...]
    language: str
    extra: dict[str, float] = field(default_factory=dict)
    names: NameWords = field(default_factory=NameWords)


class Annotator:
    """Reads articles for one topic in all languages that both the topic and a pack speak."""

    def __init__(self, topic: Topic, packs: Mapping[str, LanguagePack], lemmatiser: Lemmatiser) -> None:
        self.topic = topic
        self._lemmatiser = lemmatiser
        self._books = {
            language: phrasebook(topic, pack, lemmatiser)
            for language, pack in packs.items()
            if language in topic.languages
        }
        self._names = {language: pack.names for language, pack in packs.items()}
        self._grammars = {language: grammar_of(pack) for language, pack in packs.items()}
        self._times = {language: time_grammar_of(pack, self._grammars[language]) for language, pack in packs.items()}

    @property
    def languages(self) -> frozenset[str]:
        """Languages that can be read."""
        return frozenset(self._books)

    def annotate(self, article: Article) -> Annotated | None:
        """The article's sentences with hits and numbers; None for a language that cannot be read."""
        book = self._books.get(article.language)
        if book is None:
            return None
        told_on = article.told_at.date()
        found: list[Sentence] = []
        previous_end = 0
        heading = ""
        for start, end in _sentence_spans(article.text, article.language):
            opens = "\n" in article.text[previous_end:start] or not found
            alone = opens and (end == len(article.text) or article.text[end : end + 1] == "\n")
            text = article.text[start:end]
            if alone and len(text) < 90 and text[-1:] not in ".!…»”\"'":
                heading = text
            found.append(self._sentence(text, start, book, told_on, opens, heading))
            previous_end = end
        summary = tuple(
            self._sentence(article.summary[a:b], a, book, told_on, True, "")
            for a, b in sentences(article.summary[:1000], article.language)
        )
        return Annotated(
            article,
            self._sentence(article.title[:400], 0, book, told_on, True, ""),
            summary,
            tuple(found),
            article.language,
            names=self._names[article.language],
        )

    def _sentence(self, text: str, start: int, book: Phrasebook, told_on: date, opens: bool, heading: str) -> Sentence:
        found = words(text, book.language, self._lemmatiser)
        span = Span(start, start + max(1, len(text)))
        counted = numbers(text, found, self._grammars[book.language], told_on)
        return Sentence(
            span,
            text,
            found,
            book.hits(found),
            counted,
            opens,
            heading,
            times(found, counted, self._times[book.language], told_on),
        )


def _sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, at most MAX_SENTENCES; the text is handed on in stretches, so that its length costs no more than it should."""
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text) and len(found) < MAX_SENTENCES:
        end = _stretch_end(text, start)
        found += [(start + a, start + b) for a, b in sentences(text[start:end], language)]
        start = end
    return found[:MAX_SENTENCES]


def _stretch_end(text: str, start: int) -> int:
    """Where a stretch from `start` ends: at a line break, else after a sentence, else at a space."""
    limit = start + _STRETCH
    if limit >= len(text):
        return len(text)
    ends = (text.rfind(mark, start + 1, limit) + len(mark) for mark in ("\n", ". ", " "))
    return next((end for end in ends if end > start + 1), limit)


def grammar_of(pack: LanguagePack) -> NumberGrammar:
    """The number grammar of a pack."""
    return NumberGrammar(
        number_words=pack.number_words,
        multipliers=pack.multipliers,
        units=pack.units,
        months=pack.months,
        not_quantities=pack.not_quantities,
        single=pack.single,
        limits=pack.limits,
        ordinals=pack.ordinals,
        fractions=pack.fractions,
        halves=pack.halves,
        plus=pack.plus,
        lone=pack.lone,
        articles=pack.articles,
        within=pack.within,
        breaks=pack.breaks,
        day_before=pack.day_before,
        day_endings=pack.day_endings,
    )


def time_grammar_of(pack: LanguagePack, numbers_of: NumberGrammar) -> TimeGrammar:
    """The time grammar of a pack."""
    told = pack.times
    return TimeGrammar(
        numbers_of,
        days=told.days,
        weekdays=told.weekdays,
        periods=told.periods,
        turns=told.turns,
        parts=told.parts,
        seasons=told.seasons,
        spans=told.spans,
        years=told.years,
        lists=told.lists,
    )

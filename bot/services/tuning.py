"""Which terms of a topic file decide, never fire or lead astray, and what no term covers, over articles that were judged. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.model.languages import LanguagePack
from bot.model.topics import Topic
from bot.services.termuses import Judged, TermUse, Tuning, Uncovered
from bot.summariser.annotating import Annotated, Annotator, Sentence
from bot.summariser.outlines import is_heading
from bot.summariser.prominence import Dictionary, Everyday, Key, Phrase, ranked, written
from bot.summariser.terms import HINT, LAYER, PROCESS, Term, TermFinder, Use, finders_of
from bot.text.words import folded

_NEIGHBOURS = 3  # phrases shown beside a term that leads astray
_SHARE = 0.1  # of the belonging articles: what stands in fewer is no candidate
_PLAIN_CATEGORY = {PROCESS: "process"}


def tuned(judged: Iterable[Judged], topic: Topic, packs: Mapping[str, LanguagePack], dictionary: Dictionary) -> Tuning:
    """The report on a topic's terms, the same for the same articles in any order."""
    reading = Tuner(topic, packs, dictionary)
    for each in judged:
        reading.read(each)
    return reading.report()


@dataclass
class _Tally:
    inside: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    sentences: int = 0
    alone: int = 0
    own: int = 0
    told: int = 0
    within: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)


class Tuner:
    """Reads one judged article after another and keeps only counts."""

    def __init__(self, topic: Topic, packs: Mapping[str, LanguagePack], dictionary: Dictionary) -> None:
        self._topic = topic
        self._annotator = Annotator(topic, packs, dictionary)
        self._languages = sorted(self._annotator.languages)
        self._finders: Mapping[str, TermFinder] = finders_of(topic, self._languages, dictionary)
        self._everyday = {language: Everyday(packs[language], dictionary) for language in self._languages}
        self._terms: dict[Term, _Tally] = {}
        self._phrases: dict[tuple[str, Key], _Tally] = {}
        self._belonging: Counter[str] = Counter()
        self._others: Counter[str] = Counter()
        self._unread = 0

    def read(self, judged: Judged) -> None:
        """Count what the topic's terms do in the article."""
        annotated = self._annotator.annotate(judged.article)
        if annotated is None:
            self._unread += 1
            return
        (self._belonging if judged.belongs else self._others)[annotated.language] += 1
        for line in (annotated.title, *annotated.sentences):
            self._sentence(line, annotated, judged)

    def _sentence(self, line: Sentence, annotated: Annotated, judged: Judged) -> None:
        uses = self._finders[annotated.language].uses(line.words)
        told = judged.told.get(folded(line.text), frozenset())
        places = Counter(use.term.place for use in {use.term: use for use in uses}.values())
        phrases = tuple(self._everyday[annotated.language].phrases(line))
        for use in {use.term: use for use in uses}.values():
            tally = self._terms.setdefault(use.term, _Tally())
            self._count(tally, judged, told)
            tally.alone += places[use.term.place] == 1
            tally.own += _category(use.term) in told
            tally.told += bool(told)
            if not judged.belongs:
                tally.within.update(_around(line, use, phrases))
        if not is_heading(line):
            self._cover(line, annotated.language, phrases, uses, judged, told)

    def _cover(
        self,
        line: Sentence,
        language: str,
        phrases: Sequence[Phrase],
        uses: Sequence[Use],
        judged: Judged,
        told: frozenset[str],
    ) -> None:
        covered = {at for use in uses for at in range(use.first, use.last + 1)}
        for phrase in phrases:
            if covered.isdisjoint(range(phrase.first, phrase.last + 1)):
                tally = self._phrases.setdefault((language, phrase.key), _Tally())
                self._count(tally, judged, told)
                text = written(line, phrase.first, phrase.last)
                tally.forms[text if phrase.named else text.lower()] += 1

    @staticmethod
    def _count(tally: _Tally, judged: Judged, told: frozenset[str]) -> None:
        (tally.inside if judged.belongs else tally.outside).add(f"{judged.article.id} {judged.article.version}")
        tally.sentences += 1
        tally.categories.update(told)

    def report(self) -> Tuning:
        """What was found so far."""
        found = [_term_use(term, tally) for term, tally in self._terms.items()]
        everything = [term for language in self._languages for term in self._finders[language].terms]
        read = {*self._belonging, *self._others}
        return Tuning(
            topic=str(self._topic.id),
            belonging=dict(sorted(self._belonging.items())),
            others=dict(sorted(self._others.items())),
            unread=self._unread,
            uses=tuple(sorted(found, key=lambda use: (-use.articles_in - use.articles_out, -use.sentences, use.term))),
            silent=tuple(term for term in everything if term not in self._terms and term.language in read),
            uncovered=tuple(each for language in sorted(read) for each in self._uncovered(language)),
        )

    def _uncovered(self, language: str) -> list[Uncovered]:
        """Phrases that stand in a tenth of the belonging articles, two at least, and in a larger share of them than of the others."""
        belonging, others = self._belonging[language], self._others[language]
        own = {key: tally for (spoken, key), tally in self._phrases.items() if spoken == language}
        fewest = max(2, belonging * _SHARE)
        weights: Counter[Key] = Counter()
        for key, tally in own.items():
            inside, outside = len(tally.inside), len(tally.outside)
            if inside >= fewest and inside * max(1, others) > 2 * outside * max(1, belonging):
                weights[key] = 100 * inside - (50 * outside) + 10 * min(9, tally.categories.total())
        order = ranked(Counter({key: own[key].sentences for key in weights}), weights)
        return [_uncovered(key, language, own[key], self._everyday[language]) for key in order]


def _term_use(term: Term, tally: _Tally) -> TermUse:
    named = term.place.startswith((LAYER, HINT, "parties.")) or term.place == PROCESS
    own = tally.own / tally.told if named and tally.told else None
    within = tuple(sorted(tally.within.items(), key=lambda each: (-each[1], each[0]))[:_NEIGHBOURS])
    return TermUse(term, len(tally.inside), len(tally.outside), tally.sentences, tally.alone, own, within)


def _category(term: Term) -> str:
    """The category that a term speaks for: a layer's id, the position of a party, the process."""
    kind, _, name = term.place.partition(".")
    if kind == "parties":
        return f"position:{name.partition('.')[0]}"
    return name if kind in ("layers", "hints") else _PLAIN_CATEGORY.get(term.place, "")


def _around(line: Sentence, use: Use, phrases: Sequence[Phrase]) -> set[str]:
    """The phrases that hold the term and more: what an `exclude` might name."""
    longer = {
        written(line, phrase.first, phrase.last).lower()
        for phrase in phrases
        if phrase.first <= use.first and use.last <= phrase.last and phrase.last - phrase.first > use.last - use.first
    }
    return {text for text in longer if not any(text != other and text in other for other in longer)}


def _uncovered(key: Key, language: str, tally: _Tally, everyday: Everyday) -> Uncovered:
    common = tally.forms.most_common(1)[0][0].removesuffix("'s").removesuffix("’s")
    text = key[0] if len(key) == 1 and common.islower() and everyday.knows(common) else common
    category = max(tally.categories, key=lambda each: (tally.categories[each], each), default="")
    return Uncovered(text, language, len(tally.inside), len(tally.outside), category)

"""What the words of a sentence themselves say, learned for one topic: its dictionary forms, pairs of them, and the senses of its phrases.

Knows a table of learned words, not their meaning. A topic without such a table is read by the roles of its phrases alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log, sqrt
from operator import mul
from types import MappingProxyType

from bot.summariser.annotating import Annotated, Sentence

WORD, SENSE = 0.5, 1.0  # how much a word and a sense weigh
_TITLE = 3  # a word of the headline counts as often
KEY, RELEVANCE, FRESH = "key", "relevance", "fresh"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Learned numbers by word; `targets` names what each number of a word speaks for: "key", "relevance", or a category."""

    targets: tuple[str, ...] = ()
    words: Mapping[str, Sequence[float]] = field(default_factory=lambda: MappingProxyType({}))

    def sum(self, target: str, names: Mapping[str, float]) -> float:
        """What the names say for one target together; unknown ones say nothing."""
        if target not in self.targets:
            return 0.0
        place, known, total = self.targets.index(target), self.words.get, 0.0
        for name, value in names.items():
            numbers = known(name)
            if numbers:
                total += numbers[place] * value
        return total

    def sums(self, names: Mapping[str, float]) -> dict[str, float]:
        """The same for every target."""
        known = [(self.words[name], value) for name, value in names.items() if name in self.words]
        columns = zip(*(numbers for numbers, _ in known), strict=True)
        values = [value for _, value in known]
        totals = (sum(map(mul, column, values)) for column in columns) if known else (0.0 for _ in self.targets)
        return dict(zip(self.targets, totals, strict=True))


def wording_of(line: Sentence, language: str) -> dict[str, float]:
    """The names under which a sentence's words are looked up: `en:sign`, `en:sign_treati`, `s:party:us`; numbers are all one word."""
    lemmas = ["#" if word.surface[0].isdigit() else word.lemma for word in line.words]
    names = {f"{language}:{lemma}": WORD for lemma in lemmas if lemma != "#"}
    names |= {f"{language}:{one}_{two}": WORD for one, two in pairwise(lemmas)}
    return names | {f"s:{sense}": SENSE for sense in line.senses}


def article_wording(annotated: Annotated) -> dict[str, float]:
    """The same for a whole article, without pairs: 1 + log of how often each stands there, in a vector of length one."""
    counts: Counter[str] = Counter()
    for times, line in _lines(annotated):
        for name in {*_single(line, annotated.language)}:
            counts[name] += times
    values = {name: 1 + log(count) for name, count in counts.items()}
    length = sqrt(sum(value * value for value in values.values())) or 1.0
    return {name: value / length for name, value in values.items()}


def _lines(annotated: Annotated) -> Iterator[tuple[int, Sentence]]:
    yield _TITLE, annotated.title
    yield from ((1, line) for line in annotated.sentences)


def _single(line: Sentence, language: str) -> Iterable[str]:
    yield from (f"{language}:{word.lemma}" for word in line.words if not word.surface[0].isdigit())
    yield from (f"s:{sense}" for sense in line.senses)

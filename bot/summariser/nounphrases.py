"""Finds where the phrase that names somebody begins and ends, beside a word of the sentence. Knows a language's small words, not people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from bot.model.languages import NameWords
from bot.summariser.annotating import Sentence

_MOST_WORDS = 12
_SKIPPED = 6  # words between a verb and a subject that follows it: "said on Monday in Berlin the minister"
_PREMODIFIERS = 4  # lower-case words between an article and the name: "the deputy foreign minister"
_TRAIL = 2  # words of a name after its last capital or title: «міністерство оборони»
_HEADS = ("source.office", "source.unnamed", "source.outlet", "source.paper", "party:", "member:")
_TITLES = ("source.office", "source.unnamed", "source.outlet", "source.paper")
_STOPS = frozenset(',;:—–()«»“”„"!?\n')
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"?!.,:;]{2,40})[»”“\"]")
_MOST_QUOTED = 4
_SMALL = ("ends", "governs", "ands", "between", "begins", "joins", "of", "places")
_PREPOSITIONS = ("joins", "of", "places", "governs")


class Phrases:
    """The noun phrases of one sentence. Everything is an index of a word; a phrase is (first, last)."""

    def __init__(self, line: Sentence, small: NameWords) -> None:
        self.line, self.small, self.words = line, small, line.words

    # ── what a word is ──

    @cached_property
    def heads(self) -> frozenset[int]:
        """Words of titles, offices, sources, outlets, parties."""
        return frozenset(self._covered(_HEADS))

    @cached_property
    def titles(self) -> frozenset[int]:
        """The same without parties: whoever is meant may stand in a place."""
        return frozenset(self._covered(_TITLES))

    @cached_property
    def verbs(self) -> frozenset[int]:
        """Words that begin a verb of saying."""
        return frozenset(hit.first for hit in self.line.places("attribution.verb")) - self.titles

    @cached_property
    def outlets(self) -> frozenset[int]:
        """Words for newspapers, agencies and the like."""
        return frozenset(self._covered(("source.outlet",)))

    @cached_property
    def quoted(self) -> dict[int, tuple[int, int]]:
        """Names in quotation marks, «Причал»: by each of their words the first and the last."""
        found: dict[int, tuple[int, int]] = {}
        for match in _QUOTED.finditer(self.line.text):
            inside = [n for n, word in enumerate(self.words) if match.start() < word.start < match.end()]
            if 0 < len(inside) <= _MOST_QUOTED and self.words[inside[0]].capital:
                found |= dict.fromkeys(inside, (inside[0], inside[-1]))
        return found

    def _covered(self, senses: tuple[str, ...]) -> Iterator[int]:
        for sense, hits in self.line.senses.items():
            if sense.startswith(senses):
                for hit in hits:
                    if not self._is(hit.first, "ends", *_PREPOSITIONS):  # "on condition of anonymity" is no name
                        yield from range(hit.first, hit.last + 1)

    def is_name(self, index: int) -> bool:
        """Whether the word is part of a proper name; the first word of a sentence only where another one follows."""
        word = self.words[index]
        if not word.capital or self._is(index, *_SMALL):
            return False
        return index > 0 or index in self.heads or self._goes_on(index)

    def _goes_on(self, index: int) -> bool:
        return index + 1 < len(self.words) and not self.stop(index) and self.words[index + 1].capital

    def is_head(self, index: int) -> bool:
        """Whether the word can be what a phrase is about."""
        return index in self.heads or index in self.quoted or self.is_name(index)

    def _is(self, index: int, *kinds: str) -> bool:
        surface = self.words[index].surface if index >= 0 else ""
        return any(surface in getattr(self.small, kind) for kind in kinds)

    def _adjective(self, index: int) -> bool:
        surface = self.words[index].surface
        return len(surface) > 4 and surface.endswith(self.small.endings) and not self._is(index, *_SMALL)

    def stop(self, index: int) -> bool:
        """Whether punctuation parts the word from the next; the marks around a quoted name do not."""
        if index + 1 >= len(self.words):
            return True
        marks = set(self.line.text[self.words[index].end : self.words[index + 1].start]) & _STOPS
        if marks and marks <= set('«»“”„"') and (index in self.quoted or index + 1 in self.quoted):
            return False
        return bool(marks)

    def edges(self, index: int) -> tuple[int, int]:
        """The stretch without punctuation in which a word stands."""
        low = high = index
        while low > 0 and not self.stop(low - 1):
            low -= 1
        while not self.stop(high):
            high += 1
        return low, high

    # ── phrases ──

    def after(self, index: int, *, direct: bool) -> tuple[int, int] | None:
        """The phrase that follows from word `index` on. `direct`: it stands there at once ("according to"); else it is a subject, which others
        may part from its verb, but no preposition from itself.
        """
        if not 0 <= index < len(self.words):
            return None
        _, high = self.edges(index)
        reach = range(index, min(high, index + _SKIPPED) + 1)
        if not direct:  # what follows "that" is another clause
            reach = range(index, next((n for n in reach if self._is(n, "ends")), reach.stop))
        low = index
        for head in reach:
            if head < low or not self.is_head(head):
                continue
            if direct or not self._governed(head, low):
                head, low = (head, low) if direct else self._past_recipient(head, low, reach)
                first = self._left(head, low)
                return first, self._right(head, high, first)
            low = self.quoted.get(head, (head, head))[1] + 1
        return None

    def _past_recipient(self, head: int, low: int, reach: range) -> tuple[int, int]:
        """The head and where its phrase can begin. «сказав Світанку посадовець», «повідомили «Плину» двоє дипломатів»: to whom it was said
        stands before who said it.
        """
        last = self.quoted.get(head, (head, head))[1]
        later = next((n for n in reach if n > last and n in self.titles and n not in self.quoted), None)
        alone = head in self.quoted or head in self.outlets or (head not in self.titles and last + 1 in self.titles)
        return (later, last + 1) if later is not None and alone and self.small.endings else (head, low)

    def before(self, index: int) -> tuple[int, int] | None:
        """The phrase that ends at word `index`, apart from small words such as "has also" between."""
        last = self._before_small_words(index)
        if last < 0 or (self.stop(last) and last < index):
            return (self.apposed(last) or self._ending(last)) if last > 0 else None
        low, _ = self.edges(last)
        return self._ending(last) or (self.apposed(last) if self._opens(low) else self._leading(low, last))

    def _leading(self, low: int, last: int) -> tuple[int, int] | None:
        """A subject at the head of its clause, parted from the verb by where or how: «Міністр на порозі нагадав»."""
        head = next((n for n in range(low, min(low + 4, last)) if self.is_head(n)), None)
        if head is None or self._left(head, low) != low or self._is(last, "ends"):
            return None
        end = self._right(head, last, low)
        return (low, end) if end < last and self._is(end + 1, *_PREPOSITIONS) else None

    def _before_small_words(self, index: int) -> int:
        """The last word before "has also", "on Tuesday", «15 марта»."""
        last = index
        while last >= 0 and last > index - _SKIPPED and not (last < index and self.stop(last)):
            timed = last < index and self._is(last, *_PREPOSITIONS)
            if not (timed or self._is(last, "between") or self.words[last].surface[0].isdigit()):
                break
            last -= 1
        return last

    def _opens(self, low: int) -> bool:
        """Whether the stretch is one put in between commas: "…, speaking in Brussels, said"."""
        return low > 0 and self._is(low, "inserts")

    def inserted(self, index: int) -> bool:
        """Whether the word closes a stretch between commas that tells more of who was named before it."""
        low, high = self.edges(index)
        return self._opens(low) or any(n in self.titles for n in range(low, high + 1))

    def _ending(self, last: int) -> tuple[int, int] | None:
        low, _ = self.edges(last)
        if (
            self.small.endings
            and last in self.quoted
            and low < (told := self.quoted[last][0])
            and told - 1 not in self.outlets
        ):
            last = told - 1  # «у міністерстві «Причалу» підтвердили»
        near = range(last, max(low, last - _TRAIL) - 1, -1)
        head = next((n for n in near if self.is_head(n)), None)
        if head is None or (head < last and not self.small.endings and not self._owns(head, last)):
            return self._placed_source(low, last)
        if any(self._is(n, *_SMALL) for n in range(head + 1, last + 1)):
            return self._placed_source(low, last)
        first = self._left(head, low)
        known = next((n for n in range(first - 1, low, -1) if self._is(n, "inserts")), None)
        if known is not None:
            return self._ending(known - 1)  # "two people who know the text have told us"
        if (self._governed(head, low) and not self._placed(first, low)) or self._supposed(first):
            return None
        return (first - 1 if self._placed(first, low) else first), last

    def _owns(self, head: int, last: int) -> bool:
        """As in "the coalition's staff"."""
        return head + 1 == last and self.words[head].surface.endswith("'s")

    def _placed_source(self, low: int, last: int) -> tuple[int, int] | None:
        """As in "two sources close to the negotiations": a nameless one, and where it sits."""
        for head in range(low, last):
            if head in self.titles and self._is(head + 1, "joins"):
                if any(self._is(n, "ends", "governs", "between") for n in range(head + 1, last + 1)) or self._governed(
                    head, low
                ):
                    return None
                return self._left(head, low), last
        return None

    def apposed(self, last: int) -> tuple[int, int] | None:
        """Name and title parted by a comma, up to word `last`: "Jana Rehberg, the government's spokeswoman, said"."""
        low, _ = self.edges(last)
        if low < 1 or not self.inserted(last):
            return None
        named = self._ending(low - 1)
        if self._opens(low):
            return named
        if named is None or last - named[0] > _MOST_WORDS:
            return None
        return (named[0], last) if self.is_name(named[1]) else named

    def _governed(self, head: int, low: int) -> bool:
        """Whether a preposition stands before the phrase: "in Berlin" says nothing itself."""
        first = self._left(head, low)
        return first > low and self._is(first - 1, *_PREPOSITIONS)

    def _supposed(self, first: int) -> bool:
        """As "if Ukraine declares …", which is said by nobody."""
        return any(hit.last == first - 1 for hit in self.line.places("stance.conditional"))

    def _placed(self, first: int, low: int) -> bool:
        """«У Кремлі заявили»: an office as a place, which is how two languages of three let it speak."""
        return first - 1 == low and self._is(low, "places")

    def _left(self, head: int, low: int) -> int:
        first = self.quoted.get(head, (head, head))[0]
        while first > low and head - first < _MOST_WORDS:
            before = first - 1
            if self._is(first, "articles") and not self._is(before, *_SMALL):
                break
            if (self._is(before, "ands") and before > low and self.is_head(before - 1)) or (
                self._is(before, "of", "joins") and before > low and self._carries(before)
            ):
                first = before - 1
            elif (
                self._is(before, "begins") or self.is_head(before) or self._adjective(before) or self._hyphened(before)
            ):
                first = before
            elif self._is(before - 1, "joins") and before - 1 > low and self._carries(before - 1):
                first = before - 2  # «собеседник в аппарате Рады»
            elif (earlier := self._premodified(before, low)) is not None:
                first = earlier
            else:
                break
        return first

    def _hyphened(self, before: int) -> bool:
        return self.line.text[self.words[before].end : self.words[before + 1].start] in "-‑"

    def _carries(self, joint: int) -> bool:
        """Whether "official in …", "ministry of …" stands before: what follows belongs to it."""
        before = joint - 1
        if self._is(before, "begins"):  # "one of the diplomats"
            return True
        if self._is(joint, "of"):
            return self.is_head(before) or not self._is(before, *_SMALL)
        return before in self.titles and (before == 0 or not self.words[before].capital)

    def _premodified(self, before: int, low: int) -> int | None:
        """Where a phrase with lower-case words in front begins: at its article, at a title, or at the sentence's first word."""
        for n in range(before, max(low, before - _PREMODIFIERS) - 1, -1):
            if self._is(n, "ends", "between", "ands", *_PREPOSITIONS):
                return None
            if n < before and (n in self.titles if self.small.endings else self._is(n, "begins")):
                return n
            if n == 0 and not self.small.endings and before - n < _PREMODIFIERS - 1:
                return n
        return None

    def _closes(self, following: int, last: int) -> bool:
        """Whether a name ends before a word that is neither name nor title."""
        return following not in self.titles and self.words[last].capital and last not in self.titles

    def _right(self, head: int, high: int, first: int) -> int:
        last = self.quoted.get(head, (head, head))[1]
        named = self._person(first, last)
        while last < high and last + 1 - first < _MOST_WORDS:
            following = last + 1
            if self._is(following, "ends", "between", "governs") or following in self.verbs:
                break
            if self._is(following, "ands") and not (following < high and self._goes_on_with(following + 1)):
                break
            if self._is(following, "joins", "places") and (
                named or (last in self.outlets and self.words[last].capital)
            ):
                break
            if self._is(following, "begins") and not self._is(last, "ands", "of", "joins", "places"):
                break
            goes_on = self.is_head(following) or self._is(following, "begins", "ands", "of", "joins", "places")
            if not goes_on and (named or self._closes(following, last)):
                break
            last = self.quoted.get(following, (following, following))[1]
            named = named or self._person(first, last)
        while last > head and self._is(last, "begins", "ands", *_PREPOSITIONS):
            last -= 1
        return last

    def _goes_on_with(self, index: int) -> bool:
        """Whether a second one follows "and"."""
        return (
            self.is_head(index) or self._is(index, "begins") or (bool(self.small.endings) and index + 1 in self.heads)
        )

    def _person(self, first: int, last: int) -> bool:
        """Whether a proper name that is nobody's office has been given."""
        return any(self.is_name(n) and n not in self.heads for n in range(first, last + 1))

    def text(self, first: int, last: int) -> str:
        """The words as written, with the marks around a quoted name."""
        start, end, text = self.words[first].start, self.words[last].end, self.line.text
        if first in self.quoted and start and text[start - 1] in '«“„"':
            start -= 1
        if last in self.quoted and end < len(text) and text[end] in '»”“"':
            end += 1
        return text[start:end]

"""Who speaks or takes a stand in an article: names and offices beside verbs of speech and stance. Knows no topic's parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.summariser.annotating import Sentence
from bot.summariser.phrasebooks import Hit
from bot.summariser.prominence import SPEECH, VERBS, Everyday, covered, named, touching, written

MOST_PARTIES = 8
_LONGEST_NAME = 5  # words
_INVERTED = 4  # words between a verb and the subject behind it: «сообщил профсоюзам замминистра»
_BETWEEN = ("modality.planned", "modality.possible", "modality.decided", "negation", *VERBS)
_NOBODY = ("source.unnamed", "source.document", "layer:parts", "subject")  # who has no position of its own


@dataclass(frozen=True, slots=True)
class Claimant:
    """Somebody with a voice of its own, under all names found for it, the fullest first."""

    names: tuple[str, ...]
    mentions: int
    sentence: str  # where it speaks first


@dataclass(frozen=True, slots=True)
class _Mention:
    line: Sentence
    first: int
    last: int

    @property
    def name(self) -> str:
        return written(self.line, self.first, self.last)

    @property
    def lemmas(self) -> frozenset[str]:
        return frozenset(word.lemma for word in self.line.words[self.first : self.last + 1])


def claimants_of(lines: Sequence[Sentence], everyday: Everyday) -> tuple[Claimant, ...]:
    """Those who speak or take a stand, most often heard first. A name and an office that stand in apposition are one."""
    groups: list[list[_Mention]] = []
    for line in lines:
        for mentions in _of_sentence(line, everyday):
            known = next((group for group in groups if any(_same(one, two) for one in group for two in mentions)), None)
            if known is None:
                groups.append(list(mentions))
            else:
                known.extend(mentions)
    found = [_claimant(group) for group in groups]
    return tuple(sorted(found, key=lambda one: -one.mentions)[:MOST_PARTIES])


def _claimant(group: list[_Mention]) -> Claimant:
    names: dict[str, str] = {}
    for mention in sorted(group, key=lambda one: (-(one.last - one.first), not one.name[0].isupper())):
        names.setdefault(mention.name.lower(), mention.name)
    places = {(id(mention.line), mention.first) for mention in group}
    return Claimant(tuple(names.values()), len(places), group[0].line.text)


def _same(one: _Mention, two: _Mention) -> bool:
    """Whether two mentions name one: one's words are all among the other's, or both end in the same name."""
    if one.lemmas <= two.lemmas or two.lemmas <= one.lemmas:
        return True
    last = one.line.words[one.last], two.line.words[two.last]
    return all(word.capital for word in last) and last[0].lemma == last[1].lemma


def _of_sentence(line: Sentence, everyday: Everyday) -> Iterator[list[_Mention]]:
    done: set[int] = set()
    reading = _Reading(line, everyday, covered(line, _BETWEEN))
    for sense in VERBS:
        for hit in line.places(sense):
            after = reading.after(hit, sense)
            for mention in (after, reading.before(hit, across_comma=after is None)):
                if mention and mention.first not in done and not _is_nobody(mention):
                    done.add(mention.first)
                    yield [mention, *reading.apposed(mention)]


@dataclass(frozen=True)
class _Reading:
    """A sentence being looked through; `verbs` are the words of verbs and what goes with them."""

    line: Sentence
    everyday: Everyday
    verbs: set[int]

    def before(self, hit: Hit, *, across_comma: bool) -> _Mention | None:
        """The subject before the verb; words such as "has", "would not" may stand in between, and the comma that ends an apposition."""
        line, last = self.line, hit.first - 1
        while last >= 0 and hit.first - last <= 4 and self._goes_with_verb(last) and touching(line, last):
            last -= 1
        if last < 0:
            return None
        if touching(line, last) or (across_comma and _comma_after(line, last)):
            found = self._run_back(last)
            if found and self._does_something(found):
                return found
        return self._before_clause(last) if _comma_after(line, last) else None

    def _before_clause(self, last: int) -> _Mention | None:
        """The name at the head of the sentence, parted from its verb by a clause: "Nordline, which runs the boats today, supports"."""
        end = next((at for at in range(min(last, _LONGEST_NAME)) if _comma_after(self.line, at)), -1)
        found = self._run_back(end) if end >= 0 else None
        return found if found and found.first <= 1 and self._does_something(found) else None

    def _goes_with_verb(self, index: int) -> bool:
        return index in self.verbs or self.everyday.is_auxiliary(self.line.words[index])

    def after(self, hit: Hit, sense: str) -> _Mention | None:
        """The name after a verb of speech: "said Minister Jorun Vey", "according to the council"."""
        line, first = self.line, hit.last + 1
        if sense not in SPEECH or not 0 < first < len(line.words):
            return None
        reach = _INVERTED if self.everyday.knows(line.words[hit.first].surface) else 1
        stop = min(first + reach, len(line.words) - 1)
        while first < stop and touching(line, first - 1) and not self._is_named_after(first):
            first += 1
        if not touching(line, first - 1) or self._is_thin(first):
            return None
        if not (self._is_named_after(first) or sense == "attribution.according"):
            return None
        return self._run_on(first)

    def _run_on(self, first: int) -> _Mention:
        """The words from `first` on that stand out, side by side, all with a capital or none."""
        last = first
        while last + 1 < len(self.line.words) and last - first < _LONGEST_NAME - 1 and self._goes_on(first, last):
            last += 1
        return _Mention(self.line, first, last)

    def _is_named_after(self, index: int) -> bool:
        """Whether the one who speaks may be named there: by a name, or by a noun where verbs may stand before their subjects."""
        word = self.line.words[index]
        noun = word.capital or self.everyday.is_noun(word.surface)
        return noun and not self._is_thin(index) and self._may_speak(index)

    def apposed(self, mention: _Mention) -> Iterator[_Mention]:
        """What else the same one is called beside it: "Ilse Varn, the transport minister,"."""
        line, start = self.line, mention.first - 1
        following = mention.last + 1
        if following < len(line.words) and _comma_after(line, mention.last):
            while following < len(line.words) - 1 and self.everyday.is_herald(line.words[following]):
                following += 1
            if following > mention.last + 1 and not self._is_thin(following) and following not in self.verbs:
                yield self._run_on(following)
        while start >= 0 and start not in self.verbs and self._is_thin(start) and mention.first - start <= 2:
            start -= 1
        if start >= 0 and start not in self.verbs and _comma_after(line, start):
            before = self._run_back(start)
            if before and named(line, before.first, before.last) != named(line, mention.first, mention.last):
                yield before

    def _does_something(self, mention: _Mention) -> bool:
        """Whether a word of it may be a subject, and no preposition stands before it: «профспілка докерів», but not «без підпису»."""
        line, places = self.line, range(mention.first, mention.last + 1)
        subject = any(self.everyday.may_be_subject(line.words[at]) for at in places)
        return subject and not self.everyday.follows_preposition(line, mention.first)

    def _may_speak(self, index: int) -> bool:
        line = self.line
        return self.everyday.may_be_subject(line.words[index]) and not self.everyday.follows_preposition(line, index)

    def _is_thin(self, index: int) -> bool:
        word = self.line.words[index]
        return index in self.verbs or (self.everyday.is_plain(word) and not word.shouted)

    def _goes_on(self, first: int, last: int) -> bool:
        line = self.line
        same = line.words[last + 1].capital == line.words[first].capital
        return same and touching(line, last) and not self._is_thin(last + 1)

    def _run_back(self, last: int) -> _Mention | None:
        """The words up to `last` that stand out, side by side; a name keeps to its capitals."""
        if self._is_thin(last):
            return None
        first = last
        while first and last - first < _LONGEST_NAME - 1 and self._goes_back(first - 1, last):
            first -= 1
        return _Mention(self.line, first, last)

    def _goes_back(self, index: int, last: int) -> bool:
        line = self.line
        word, name = line.words[index], line.words[last].capital
        if not touching(line, index) or (name and not word.capital):
            return False
        return not self._is_thin(index) or (name and index > 0 and index not in self.verbs)


def _comma_after(line: Sentence, index: int) -> bool:
    return line.text[line.words[index].end : line.words[index + 1].start] == ", "


def _is_nobody(mention: _Mention) -> bool:
    line = mention.line
    covered = range(mention.first, mention.last + 1)
    return any(hit.last in covered for sense in _NOBODY for hit in line.places(sense) if hit.last == mention.last)

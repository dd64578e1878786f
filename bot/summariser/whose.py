"""Whose a stance is: who in a sentence takes a stand, and who is only spoken of or passes it on. Knows places of words, not stances.

"A says that B will never accept" tells B's stance, "A wants it in B" A's, "B, said A of C, stays out" B's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model.topics import PartyId, Stance, Topic
from bot.summariser.annotating import Sentence
from bot.summariser.surroundings import Features
from bot.summariser.weighing import Weights

TAKER = "taker"  # the learned question
UNREAD = Weights({}, {})  # with nothing learned nobody's stance is read
CLEAR = 0.25  # below, a party is only spoken of: tests/quality/learn_stances.py keeps 98 of 100 takers and drops half of the others
_STOPS = frozenset(',;:—–()«»“”"!?')
_STANCES = tuple(f"stance.{stance}" for stance in Stance)
_WILL = ("negation", "modality.planned", "modality.possible", "modality.decided")
_OPENER = 5  # letters of a word that may open a clause
_SHORT = 4  # letters of a word that may be a preposition, an article or a particle
_SAY_REACH, _ACT_REACH, _CUE_REACH = 5, 4, 8
_CARRIED = 3  # sentences back in which the one who is now "it" was named
_CLAIMS = 3.0  # log odds: whom an inner clause makes its subject; too few labels hold such a sentence to learn it from


@dataclass(frozen=True, slots=True)
class Mention:
    """A party, or a member of it, named by the words first…last."""

    first: int
    last: int
    party: PartyId
    member: str | None

    def same(self, other: Mention) -> bool:
        """Whether the two name one and the same."""
        return (self.party, self.member) == (other.party, other.member)


def party_senses(topic: Topic, party: PartyId) -> tuple[str, ...]:
    """Senses under which the party or a member of it is named."""
    found = topic.party(party)
    return (f"party:{party}", *(f"member:{member.id}" for member in (found.members if found else ())))


def mentions_of(topic: Topic, line: Sentence) -> tuple[Mention, ...]:
    """Everybody named in the sentence, in order; of names that overlap the longer one."""
    found = sorted(_named(topic, line), key=lambda mention: (mention.first, -mention.last, mention.member or ""))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.first > kept[-1].last:
            kept.append(mention)
    return tuple(kept)


def _named(topic: Topic, line: Sentence) -> Iterator[Mention]:
    for party in topic.parties:
        for hit in line.places(f"party:{party.id}"):
            yield Mention(hit.first, hit.last, party.id, None)
        for member in party.members:
            for hit in line.places(f"member:{member.id}"):
                yield Mention(hit.first, hit.last, party.id, member.id)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with everybody named in it."""

    line: Sentence
    named: tuple[Mention, ...]

    def features(self, place: int) -> Features:
        """What speaks for or against the mention at `place` being the one who takes the stand."""
        line, own = self.line, self.named[place]
        low, high = self._between(place)
        said = {
            "first": place == 0,
            "later": place > 0,
            "alone": all(other.same(own) for other in self.named),
            "start": own.first < 2,
            "clause": own.first == 0 or _stop(line, own.first - 1),
            "ends": _stop(line, own.last),
            "basic": line.words[own.last].surface == line.words[own.last].lemma,
            "office": any(hit.first == own.last + 1 and hit.sense.startswith("source.") for hit in line.hits),
            "thing": any(hit.first == own.last + 1 and _is_thing(hit.sense) for hit in line.hits),
            "inside": any(
                hit.first <= own.first and own.last <= hit.last and _is_thing(hit.sense) for hit in line.hits
            ),
            "says": self._says(place),
            "says.late": _any(line, ("attribution.verb",), own.last + _SAY_REACH + 1, high),
            "according": _any(line, ("attribution.according",), max(low, own.first - _ACT_REACH), own.first - 1),
            "cue": _any(line, _STANCES, own.last + 1, min(high, own.last + _CUE_REACH)),
            "cue.before": _any(line, _STANCES, max(low, own.first - 6), own.first - 1),
            "acts": _any(line, _WILL, own.last + 1, min(high, own.last + _ACT_REACH)),
            "again": any(other.same(own) for other in self.named[:place]),
            "again.later": any(other.same(own) for other in self.named[place + 1 :]),
        }
        features = {"bias": 1.0, **{f"t.{name}": 1.0 for name, holds in said.items() if holds}}
        return {**features, **dict.fromkeys(self._neighbours(own), 1.0)}

    def claims(self, place: int) -> float:
        """Log odds by grammar alone: for the subject of an inner clause ("A said that B will …"), against the one who says it."""
        others = [n for n, other in enumerate(self.named) if not other.same(self.named[place])]
        if self.acts(place) and any(self._says(n) and not self.acts(n) for n in others):
            return _CLAIMS
        if self._says(place) and not self.acts(place) and any(self.acts(n) for n in others):
            return -_CLAIMS
        return 0.0

    def _says(self, place: int) -> bool:
        """Whether a verb of saying stands close to the mention."""
        own, (low, high) = self.named[place], self._between(place)
        after = _any(self.line, ("attribution.verb",), own.last + 1, min(high, own.last + _SAY_REACH))
        return after or _any(self.line, ("attribution.verb",), max(low, own.first - _ACT_REACH), own.first - 1)

    def acts(self, place: int) -> bool:
        """Whether the mention opens a clause that says what it will or will not do; what it should do is another's wish."""
        own, (_, high) = self.named[place], self._between(place)
        opens = _opens_clause(self.line, own.first) or self._after_saying(own)
        if not opens or _any(self.line, ("attribution.verb",), own.last + 1, min(high, own.last + _ACT_REACH)):
            return False
        reach = min(high, own.last + _ACT_REACH)
        wished = _any(self.line, ("stance.proposes", "modality.asked"), own.last + 1, reach)
        return not wished and _any(self.line, (*_WILL, *_STANCES), own.last + 1, reach)

    def _after_saying(self, own: Mention) -> bool:
        return any(0 < own.first - hit.last <= 2 for hit in self.line.places("attribution.verb"))

    def _between(self, place: int) -> tuple[int, int]:
        """The first and last word nearer to this mention than the ones beside it."""
        low = self.named[place - 1].last + 1 if place else 0
        high = self.named[place + 1].first - 1 if place + 1 < len(self.named) else len(self.line.words) - 1
        return low, high

    def _neighbours(self, own: Mention) -> Iterator[str]:
        words = self.line.words
        if own.first and not _stop(self.line, own.first - 1) and len(words[own.first - 1].surface) <= _SHORT:
            yield f"t.before:{words[own.first - 1].surface}"
        if own.last + 1 < len(words) and not _stop(self.line, own.last) and len(words[own.last + 1].surface) <= _SHORT:
            yield f"t.after:{words[own.last + 1].surface}"

    def chances(self, weights: Weights) -> list[float]:
        """How likely each mention is to be the one who takes a stand; nothing learned, the first one is."""
        if TAKER not in weights.tables:
            return [1.0 / (1 + place) for place in range(len(self.named))]
        return [
            weights.probability(TAKER, {**self.features(place), "claims": self.claims(place)})
            for place in range(len(self.named))
        ]

    def stretch(self, place: int | None, chances: Sequence[float]) -> tuple[int, int]:
        """The first and last word of what is said of a taker: not all, where another one takes a stand of its own in the sentence."""
        if place is None:
            return 0, len(self.line.words) - 1
        own = self.named[place]
        rivals = [
            n for n, other in enumerate(self.named) if other.party != own.party and chances[n] >= CLEAR and self.acts(n)
        ]
        if not rivals or not self.acts(place):
            return 0, len(self.line.words) - 1
        low = max((self.named[place - 1].last + 1 for n in rivals if n < place), default=0)
        high = min((self.named[n].first - 1 for n in rivals if n > place), default=len(self.line.words) - 1)
        return min(low, own.first), high


def scene_of(topic: Topic, line: Sentence) -> Scene:
    """The sentence with everybody named in it."""
    return Scene(line, mentions_of(topic, line))


def taker_of(scene: Scene, party: PartyId, chances: Sequence[float]) -> int | None:
    """The place of the likeliest mention of the party; None when it is not named."""
    own = [n for n, mention in enumerate(scene.named) if mention.party == party]
    return max(own, key=lambda n: (chances[n], -n)) if own else None


def member_of(topic: Topic, party: PartyId, lines: Sequence[Sentence], weights: Weights) -> str | None:
    """The member that takes the stand in the last of the lines; when the line names nobody of the party, the one that it leans back to.

    `lines` are those up to the sentence itself, in order. None when it is the party as a whole, or nobody knows.
    """
    for line in reversed(lines[-1 - _CARRIED :]):
        scene = scene_of(topic, line)
        place = taker_of(scene, party, scene.chances(weights))
        if place is not None:
            return scene.named[place].member
        if scene.named and line is not lines[-1]:
            return None
    return None


def _opens_clause(line: Sentence, first: int) -> bool:
    """Whether the word stands first in its clause, or after a small word that opens it ("while Russia", «а Росія»)."""
    if first == 0 or _stop(line, first - 1):
        return True
    return first > 1 and _stop(line, first - 2) and len(line.words[first - 1].surface) <= _OPENER


def _is_thing(sense: str) -> bool:
    return sense.startswith(("layer:", "hint:", "slot:", "subject"))


def _stop(line: Sentence, index: int) -> bool:
    """Whether a mark of punctuation, or the end, follows the word."""
    words = line.words
    if index + 1 >= len(words):
        return True
    return bool(_STOPS & set(line.text[words[index].end : words[index + 1].start]))


def _any(line: Sentence, senses: Sequence[str], low: int, high: int) -> bool:
    """Whether a phrase of one of the senses begins between two words, both included."""
    return any(low <= hit.first <= high for sense in senses for hit in line.places(sense))

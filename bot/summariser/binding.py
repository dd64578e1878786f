"""What speaks for or against a number being a tracked value, as named numbers. Weighs nothing: weights come from a file.

The names speak of roles (a cue of the slot beside the number, a party named before it), never of a topic's words, so that weights learned on one
topic serve another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from bot.model.topics import POSITION, PROCESS, Slot
from bot.summariser.annotating import Sentence
from bot.summariser.claims import Claim, Frame
from bot.summariser.phrasebooks import Hit
from bot.summariser.surroundings import Features
from bot.text.numbers import COUNT, DATE, Number
from bot.text.numberwords import TIMES
from bot.text.units import MONEY

_NEAR, _FAR = 3, 8  # words
_OLD = ("before", "past", "change", "negation")  # senses of sentences about what was
_TOLD = ("at.", "in.", "s.", "told.", "how.", "n.", "position", "party.last_own")
_LATELY = 3  # days: "on Tuesday" is when something was said
_CLOSE = 40  # characters
_ASKING = (
    "modality.asked",
    "modality.offered",
    "stance.proposes",
    "stance.rejects",
)  # what a party wants is not the plan's
_CLAUSE = set(",;:—–()")
_SENSES = (
    "more", "less", "about", "before", "past", "change", "difference", "increment", "negation", "correction", "whether", "source.document",
    "anaphora",
    "modality.possible", "modality.planned", "modality.asked", "modality.offered", "modality.decided", "modality.denied", "stance.proposes",
    "stance.accepts", "stance.rejects", "stance.supports", "stance.conditional",
)  # fmt: skip
_BESIDE = (
    "more",
    "less",
    "about",
    "before",
    "change",
    "difference",
    "increment",
    "negation",
    "modality.asked",
    "modality.offered",
    "stance.proposes",
    "stance.accepts",
)


class Binding:
    """Features of claims in one frame; what holds for the whole sentence is computed once."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.line, self.category = frame.line, frame.category
        self._position = frame.category.startswith(POSITION)

    def of(self, claim: Claim) -> Features:
        """All features of a claim, each as such and by the kind of its unit ("people:cue.near")."""
        plain, kind = self._plain(claim), _kind(claim.slot)
        return plain | {f"{kind}:{name}": value for name, value in plain.items() if name != "bias"}

    def _plain(self, claim: Claim) -> Features:
        first, last = _words_of(self.line, claim.number)
        features = {
            "bias": 1.0,
            f"how.{claim.how}": 1.0,
            f"unit.{_kind(claim.slot)}": 1.0,
            "position": float(self._position),
            "process": float(self._frame.category == PROCESS),
            "n.range": float(len(claim.values) > 1),
            "n.bare": float(claim.number.unit == COUNT and claim.number.bare),
            "n.counts": float(claim.number.unit == COUNT and not claim.number.bare),
            "n.first": float(first <= 1),
            "n.last": float(last >= len(self.line.words) - 2),
            "n.pinned": float("-" in self.line.text[claim.number.start : claim.number.end]),
            "n.small": float(claim.number.value <= 3 and claim.number.unit in TIMES),
            **self._shared,
            **self._cues(claim, first, last),
            **self._rivals(claim, first, last),
            **self._beside(first, last),
            **self._others(claim),
            **self._dated(claim),
            **self._clause(claim, first, last),
        }
        if self._position:
            features |= self._party(first)
        return {name: value for name, value in features.items() if value}

    def elsewhere(self, claim: Claim) -> bool:
        """Whether a word right at the number, nearer than any cue of the slot, tells that it is of something else."""
        first, last = _words_of(self.line, claim.number)
        start, end = self._bounds(first, last)
        others = [hit for hit in self.line.places(f"other:{claim.slot.id}") if start <= hit.first and hit.last <= end]
        near = _distance(others, first, last)
        return near <= _NEAR + 1 and near < _distance(self.line.places(f"slot:{claim.slot.id}"), first, last)

    def former(self, claim: Claim) -> Features:
        """What speaks for a value being told as what was before."""
        first, last = _words_of(self.line, claim.number)
        line, before = self.line, self._frame.before
        number = claim.number
        kin = [other for other in line.numbers if other is not number and self._frame.claim(other, claim.slot)]
        features = {name: value for name, value in self._plain(claim).items() if name.startswith(_TOLD)}
        features |= {
            "bias": 1.0,
            "onward": float(number.onward),
            "arrived": float(any(other.onward and other.end <= number.start for other in line.numbers)),
            "kin.before": float(any(other.start < number.start for other in kin)),
            "kin.after": float(any(other.start > number.start for other in kin)),
            "time.past": float(any(moment.ago > _LATELY for moment in line.times)),
            "time.near": float(
                any(moment.ago > _LATELY and abs(moment.start - number.start) < _CLOSE for moment in line.times)
            ),
            "time.now": float(any(0 <= moment.ago <= _LATELY for moment in line.times)),
        }
        for sense in _OLD:
            places = line.places(sense)
            features[f"lead.{sense}"] = float(any(hit.first < first for hit in places))
            features[f"trail.{sense}"] = float(any(hit.first > last for hit in places))
            features[f"led.{sense}"] = float(any(0 < first - hit.last <= _NEAR + 1 for hit in places))
            features[f"above.{sense}"] = float(before is not None and before.has(sense))
        return {name: value for name, value in features.items() if value}

    @cached_property
    def _shared(self) -> Features:
        line, before = self.line, self._frame.before
        features = {f"s.{sense}": float(line.has(sense)) for sense in _SENSES}
        features["s.subject"] = float(line.has("subject"))
        features["s.away"] = float(line.has("elsewhere") and not line.has("context"))
        features["s.short"] = float(len(line.words) < 8)
        features["s.question"] = float(line.text.rstrip("”»\"' ").endswith("?"))
        features["s.before_question"] = float(before is not None and before.text.rstrip("”»\"' ").endswith("?"))
        features["s.many"] = float(len(line.numbers) > 3)
        return features

    def _cues(self, claim: Claim, first: int, last: int) -> Features:
        """Where the slot's cues and the layer's terms stand."""
        slot, line, before = claim.slot, self.line, self._frame.before
        cues = line.places(f"slot:{slot.id}")
        near, away = _distance(cues, first, last), _distance(line.places(f"other:{slot.id}"), first, last)
        layer, hint = f"layer:{slot.layer}", f"hint:{slot.layer}"
        title = self._frame.article.title if self._frame.article else None
        heading = self._heading
        return {
            "cue.none": float(not cues),
            "cue.near": float(near <= _NEAR),
            "cue.mid": float(_NEAR < near <= _FAR),
            "cue.far": float(_FAR < near < 99),
            "cue.after": float(any(0 < cue.first - last <= 2 for cue in cues)),
            "cue.several": float(len({cue.first for cue in cues}) > 1),
            "cue.before": float(before is not None and before.has(f"slot:{slot.id}")),
            "cue.title": float(title is not None and title.has(f"slot:{slot.id}")),
            "cue.heading": float(heading is not None and (heading.has(f"slot:{slot.id}") or heading.has(layer))),
            "cue.none_around": float(not cues and not (before is not None and before.has(f"slot:{slot.id}"))),
            "other.here": float(line.has(f"other:{slot.id}")),
            "other.near": float(away <= _NEAR + 1),
            "other.nearer": float(away < near),
            "layer.here": float(line.has(layer)),
            "layer.near": float(_distance(line.places(layer), first, last) <= _FAR),
            "layer.hint": float(line.has(hint)),
            "layer.before": float(before is not None and (before.has(layer) or before.has(hint))),
            "layer.title": float(title is not None and title.has(layer)),
            "layer.own": float(self._frame.category in (slot.layer, slot.category)),
            "layer.others": float(
                any(line.has(f"layer:{other.id}") for other in self._frame.topic.layers if other.id != slot.layer)
            ),
        }

    @cached_property
    def _heading(self) -> Sentence | None:
        if self._frame.article is None or not self.line.heading:
            return None
        above = (line for line in self._frame.article.sentences if line.text == self.line.heading)
        return next(above, None)

    def _rivals(self, claim: Claim, first: int, last: int) -> Features:
        """Whether another value of the topic has a better claim to the number."""
        own = _distance(self.line.places(f"slot:{claim.slot.id}"), first, last)
        rivals = [
            (_distance(self.line.places(f"slot:{slot.id}"), first, last), slot)
            for slot in self._frame.topic.slots
            if slot.id != claim.slot.id and self._frame.claim(claim.number, slot)
        ]
        nearest = min((distance for distance, _ in rivals), default=99)
        return {
            "rival.any": float(bool(rivals)),
            "rival.nearer": float(nearest < own),
            "rival.near": float(nearest <= _NEAR),
            "rival.layer": float(
                any(self.line.has(f"layer:{slot.layer}") for _, slot in rivals if slot.layer != claim.slot.layer)
                and not self.line.has(f"layer:{claim.slot.layer}")
            ),
        }

    def _beside(self, first: int, last: int) -> Features:
        """Senses right at the number."""
        found: Features = {}
        for sense in _BESIDE:
            places = self.line.places(sense)
            found[f"at.{sense}<"] = float(any(0 < first - hit.last <= 2 for hit in places))
            found[f"at.{sense}>"] = float(any(0 < hit.first - last <= 2 for hit in places))
        return found

    def _others(self, claim: Claim) -> Features:
        """The same number, and others of its kind, in the sentence and in the article."""
        slot, number = claim.slot, claim.number
        kin = [other for other in self.line.numbers if other is not number and self._frame.claim(other, slot)]
        told = [other for other in self._frame.elsewhere if other.value == number.value]
        return {
            "kin.any": float(bool(kin)),
            "kin.first": float(bool(kin) and number.start < min(other.start for other in kin)),
            "kin.larger": float(bool(kin) and number.value > max(other.value for other in kin)),
            "told.before": float(
                self._frame.before is not None and any(n.value == number.value for n in self._frame.before.numbers)
            ),
            "told.again": float(any(other.unit != COUNT for other in told)),
            "told.bare": float(bool(told)),
        }

    def _clause(self, claim: Claim, first: int, last: int) -> Features:
        """What stands in the same clause, between commas and dashes."""
        start, end = self._bounds(first, last)

        def here(sense: str) -> float:
            return float(any(start <= hit.first and hit.last <= end for hit in self.line.places(sense)))

        found = {f"in.{sense}": here(sense) for sense in _BESIDE}
        found["in.cue"], found["in.other"] = here(f"slot:{claim.slot.id}"), here(f"other:{claim.slot.id}")
        found["in.layer"], found["in.hint"] = here(f"layer:{claim.slot.layer}"), here(f"hint:{claim.slot.layer}")
        found["in.said"] = max(here("attribution.verb"), here("attribution.according"))
        parties = {party for at, party in self._named if start <= at <= end}
        if not self._position:
            asks = float(any(here(sense) for sense in _ASKING))
            found["in.party"], found["in.asks"], found["in.party_asks"] = (
                float(bool(parties)),
                asks,
                float(bool(parties)) * asks,
            )
            found["s.party_asks"] = float(bool(self._named) and any(self.line.has(sense) for sense in _ASKING))
        else:
            own = str(self._frame.category).removeprefix(POSITION)
            found["in.own"], found["in.rival"] = float(own in parties), float(bool(parties - {own}))
        return found

    def _bounds(self, first: int, last: int) -> tuple[int, int]:
        words, text = self.line.words, self.line.text
        while first > 0 and not set(text[words[first - 1].end : words[first].start]) & _CLAUSE:
            first -= 1
        while last < len(words) - 1 and not set(text[words[last].end : words[last + 1].start]) & _CLAUSE:
            last += 1
        return first, last

    def _dated(self, claim: Claim) -> Features:
        """Whether a day lies ahead of the telling."""
        if claim.number.unit != DATE or self._frame.article is None:
            return {}
        ahead = claim.number.value > self._frame.article.article.told_at.toordinal()
        return {"day.ahead": float(ahead), "day.past": float(not ahead)}

    def _party(self, first: int) -> Features:
        """Whose number it is: which party is named before it, and whether another stands between."""
        own = str(self._frame.category).removeprefix(POSITION)
        named = self._named
        before = [party for at, party in named if at < first]
        after = [party for at, party in named if at >= first]
        return {
            "party.last_own": float(bool(before) and before[-1] == own),
            "party.last_other": float(bool(before) and before[-1] != own),
            "party.next_own": float(not before and bool(after) and after[0] == own),
            "party.next_other": float(not before and bool(after) and after[0] != own),
            "party.own_between": float(bool(before) and before[-1] != own and own in before),
            "party.absent": float(own not in before + after),
            "party.alone": float({*before, *after} == {own}),
            "party.own_after": float(own in after),
            "party.own_number": float(
                any(party == own and self._number_after(at) for at, party in named if at >= first)
            ),
        }

    def _number_after(self, at: int) -> bool:
        return any(number.start > self.line.words[at].end for number in self.line.numbers)

    @cached_property
    def _named(self) -> tuple[tuple[int, str], ...]:
        """(last word, party) of each naming, in order; "the Ukrainian army" names an army."""
        line, topic = self.line, self._frame.topic
        things = [hit for layer in topic.layers for hit in line.places(f"layer:{layer.id}")]
        found = [
            (hit.last, str(party.id))
            for party in topic.parties
            for sense in (f"party:{party.id}", *(f"member:{member.id}" for member in party.members))
            for hit in line.places(sense)
            if not any(thing.first <= hit.first and hit.last <= thing.last for thing in things)
        ]
        return tuple(sorted(found))


def _kind(slot: Slot) -> str:
    if slot.unit in TIMES:
        return "years" if slot.unit == "years" else "time"
    return "money" if slot.unit in MONEY else slot.unit if slot.unit in ("people", "countries", DATE) else "other"


def _words_of(line: Sentence, number: Number) -> tuple[int, int]:
    """Indices of the first and last word of a number."""
    first = next((index for index, word in enumerate(line.words) if word.end > number.start), 0)
    last = next((index for index in range(len(line.words) - 1, -1, -1) if line.words[index].start < number.end), first)
    return first, max(first, last)


def _distance(hits: Sequence[Hit] | Iterable[Hit], first: int, last: int) -> int:
    """Words between the number and the nearest hit outside it; 99 for none."""
    return min((max(hit.first - last, first - hit.last, 0) for hit in hits), default=99)

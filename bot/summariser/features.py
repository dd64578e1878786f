"""What speaks for or against a sentence carrying a point, and for its category, as named numbers. Weighs nothing: weights come from a file.

The names speak of roles (a strong term of the layer, a hint, a party before a stance verb), never of a topic's words, so weights learned on one
topic serve another. What a topic's own words say is asked in `wording`.
"""

from __future__ import annotations

from functools import cache, cached_property

from bot.model.topics import POSITION, PROCESS, Category, Topic
from bot.summariser.annotating import Sentence
from bot.summariser.surroundings import Features, Surroundings
from bot.text.numbers import COUNT, DATE

_TOLD_APART = ("c.strong", "c.hint", "c.slot", "c.actor_stance", "c.process", "c.party")  # roles that weigh by category
_STANCES = ("rejects", "accepts", "supports", "proposes", "conditional", "undecided")
_MODALITIES = ("possible", "planned", "asked", "offered", "decided", "denied")


@cache
def question_of(category: Category) -> str:
    """Which learned question decides for a category."""
    if category == PROCESS:
        return "process"
    return "position" if category.startswith(POSITION) else "layer"


class SentenceFeatures:
    """Features of one sentence, and of it with each category."""

    def __init__(self, around: Surroundings, index: int) -> None:
        self._around = around
        self._index = index
        self._line = around.annotated.sentences[index]
        self._before = around.annotated.sentences[index - 1] if index else None
        self._after = around.annotated.sentences[index + 1] if index + 1 < len(around.annotated.sentences) else None
        self._own: dict[Category, Features] = {}

    @cached_property
    def shared(self) -> Features:
        """What holds whatever the category."""
        line, before = self._line, self._before
        features: Features = {
            "s.subject": float(line.has("subject")),
            "s.context": float(line.has("context")),
            "s.away": float(line.has("elsewhere") and not line.has("context")),
            "s.exclude": float(any(hit.sense == "exclude" for hit in line.hits)),
            "s.process": min(line.count("process"), 3) / 3,
            "s.attributed": float(line.has("attribution.verb") or line.has("attribution.according")),
            "s.unnamed": float(line.has("source.unnamed")),
            "s.office": float(line.has("source.office")),
            "s.document": float(line.has("source.document")),
            "s.negation": float(line.has("negation")),
            "s.correction": float(line.has("correction")),
            "s.quote": float(line.text[:1] in "“«\"'„"),
            "s.number": float(any(number.unit not in (COUNT, DATE) for number in line.numbers)),
            "s.count": float(any(number.unit == COUNT for number in line.numbers)),
            "s.date": float(any(number.unit == DATE for number in line.numbers)),
            "s.short": float(len(line.words) < 7),
            "s.long": float(len(line.words) > 30),
            "s.question": float(line.text.rstrip("”»\"' ").endswith("?")),
            "s.heading": float(bool(line.heading) and line.heading == line.text),
            "s.first": float(self._index == 0),
            "s.early": float(self._index < 4),
            "s.anaphora": float(bool(line.places("anaphora")) and line.places("anaphora")[0].first < 3),
            "s.before_plan": float(bool(self._index) and self._around.plan_sentences[self._index - 1]),
            "s.after_plan": float(self._after is not None and self._around.plan_sentences[self._index + 1]),
            "s.before_subject": float(before is not None and before.has("subject")),
            "s.opens": float(line.starts_paragraph),
            "s.parties": min(sum(self._party_named(party.id) for party in self._around.topic.parties), 3) / 3,
            "s.layers": min(sum(line.has(f"layer:{layer}") for layer in self._around.layer_ids), 3) / 3,
            "s.hints": min(sum(line.has(f"hint:{layer}") for layer in self._around.layer_ids), 3) / 3,
        }
        for stance in _STANCES:
            features[f"s.stance.{stance}"] = float(line.has(f"stance.{stance}"))
        for modality in _MODALITIES:
            features[f"s.modality.{modality}"] = float(line.has(f"modality.{modality}"))
        return features

    @cached_property
    def key(self) -> Features:
        """For the question whether the sentence carries any point: the strongest sign of each role among the categories."""
        features = {
            "bias": 1.0,
            **self.shared,
            **self._around.whole,
            **{f"k.{concept}": 1.0 for concept in self._concepts},
        }
        for category in self._around.topic.categories:
            group = question_of(category)
            for name, value in self.own(category).items():
                if value:
                    features[f"{group}.{name}"] = max(features.get(f"{group}.{name}", 0.0), value)
                    if name in _TOLD_APART:
                        features[f"{category}.{name}"] = value
        return {name: value for name, value in features.items() if value}

    @cached_property
    def common(self) -> Features:
        """What holds for the question which category, whatever the category."""
        features = {
            "bias": 1.0,
            **self.shared,
            **self._around.whole,
            **{f"k.{concept}": 1.0 for concept in self._concepts},
        }
        return {name: value for name, value in features.items() if value}

    def apart(self, category: Category) -> Features:
        """What speaks for `category` itself, with conjunctions that a linear weigher needs."""
        own = self.own(category)
        features, whole = dict(own), self._around.whole
        for name in _TOLD_APART:
            if own.get(name):
                features[f"{name}*subject"] = own[name] * self.shared["s.subject"]
                features[f"{name}*density"] = own[name] * whole["a.density"]
                features[f"{name}*any_subject"] = own[name] * whole["a.any_subject"]
                features[f"{name}*away"] = own[name] * whole["a.away_leads"]
        return {name: value for name, value in features.items() if value}

    def own(self, category: Category) -> Features:
        """The roles that the sentence's phrases play for the category."""
        if category not in self._own:
            group = question_of(category)
            if group == PROCESS:
                self._own[category] = self._process()
            elif group == "position":
                self._own[category] = self._position(category.removeprefix(POSITION))
            else:
                self._own[category] = self._layer(category)
        return self._own[category]

    @cached_property
    def _concepts(self) -> tuple[str, ...]:
        """Everyday concepts of the sentence."""
        return tuple(sense.removeprefix("concept:") for sense in self._line.senses if sense.startswith("concept:"))

    @cached_property
    def _strong(self) -> dict[str, int]:
        """How often each layer is named."""
        return {layer: self._line.count(f"layer:{layer}") for layer in self._around.layer_ids}

    def _layer(self, layer: str) -> Features:
        line = self._line
        strong, hints = self._strong[layer], line.count(f"hint:{layer}")
        beaten = max((count for other, count in self._strong.items() if other != layer), default=0)
        return {
            "c.strong": float(strong > 0),
            "c.strong2": float(strong > 1),
            "c.hint": float(hints > 0),
            "c.hint2": float(hints > 1),
            "c.strong_hint": float(strong > 0 and hints > 0),
            "c.beaten": float(beaten > strong),
            "c.others": float(beaten > 0),
            "c.only": float(strong > 0 and not beaten),
            "c.before_strong": float(self._before is not None and self._before.has(f"layer:{layer}")),
            "c.before_hint": float(self._before is not None and self._before.has(f"hint:{layer}")),
            "c.after_strong": float(self._after is not None and self._after.has(f"layer:{layer}")),
            "c.title": float(self._around.annotated.title.has(f"layer:{layer}")),
            "c.heading": float(bool(self._line.heading) and self._heading_speaks(layer)),
            "c.slot": float(self._slot_fits(layer)),
            "c.slot_unit": float(self._slot_unit(layer)),
            "c.continued": float(
                self.shared["s.anaphora"] > 0 and self._before is not None and self._before.has(f"layer:{layer}")
            ),
        }

    def _position(self, party: str) -> Features:
        line = self._line
        senses = (f"party:{party}", *self._around.members_of.get(party, ()))
        places = sorted((hit.first, hit.last) for sense in senses for hit in line.places(sense))
        own: Features = {"c.party": float(bool(places))}
        if not places:
            own["c.before_party"] = float(self._before is not None and any(self._before.has(sense) for sense in senses))
            return own
        first = places[0][0]
        rivals = [
            hit.first
            for other in self._around.topic.parties
            if other.id != party
            for sense in (f"party:{other.id}", *self._around.members_of.get(other.id, ()))
            for hit in line.places(sense)
        ]
        own["c.first_party"] = float(all(first <= rival for rival in rivals))
        own["c.alone"] = float(not rivals)
        own["c.early_party"] = float(first < 5)
        own["c.member"] = float(any(line.has(sense) for sense in senses[1:]))
        for stance in _STANCES:
            cues = [hit.first for hit in line.places(f"stance.{stance}")]
            nearest = min((cue - last for _, last in places for cue in cues if cue - last > 0), default=99)
            between = any(first < rival < cue for rival in rivals for cue in cues if cue > first)
            own[f"c.stance.{stance}"] = float(nearest < 12)
            own[f"c.near.{stance}"] = float(nearest < 4)
            if nearest < 12:
                own["c.actor_stance"] = 1.0
                own["c.between"] = float(between)
        return own

    def _process(self) -> Features:
        line = self._line
        count = line.count("process")
        return {
            "c.process": float(count > 0),
            "c.process2": float(count > 1),
            "c.process3": float(count > 2),
            "c.process_date": float(count > 0 and any(number.unit == DATE for number in line.numbers)),
            "c.process_title": float(self._around.annotated.title.has("process")),
            "c.slot": float(self._slot_fits(PROCESS)),
            "c.decided": float(count > 0 and line.has("modality.decided")),
            "c.before_process": float(self._before is not None and self._before.has("process")),
        }

    def _party_named(self, party: str) -> bool:
        return any(self._line.has(sense) for sense in (f"party:{party}", *self._around.members_of.get(party, ())))

    def _heading_speaks(self, layer: str) -> bool:
        heading = self._line.heading
        return any(
            line.text == heading and line.has(f"layer:{layer}")
            for line in self._around.annotated.sentences[: self._index]
        )

    def _slot_fits(self, category: str) -> bool:
        return any(fits(self._around.topic, slot, self._line) for slot in self._around.slots_of.get(category, ()))

    def _slot_unit(self, category: str) -> bool:
        units = {slot.unit for slot in self._around.topic.slots if (slot.category or slot.layer) == category}
        return any(number.unit in units for number in self._line.numbers)


def fits(topic: Topic, slot_id: str, line: Sentence) -> bool:
    """Whether a number of the sentence can be the slot's value and one of the slot's cues stands by."""
    slot = topic.slot(slot_id)
    return (
        slot is not None
        and line.has(f"slot:{slot.id}")
        and any(
            compatible(slot.unit, number.unit) and within(slot.minimum, number.value, slot.maximum)
            for number in line.numbers
        )
    )


_TIMES = {"hours", "days", "weeks", "months"}


def compatible(wanted: str, found: str) -> bool:
    """Whether a number in `found` can be a value in `wanted`: the same, a bare count for people or countries, or another unit of short time."""
    return (
        wanted == found
        or (found == COUNT and wanted in ("people", "countries"))
        or {wanted, found} <= _TIMES
        or {wanted, found} == {"EUR", "USD"}
    )


def within(low: float | None, value: float, high: float | None) -> bool:
    """Whether low ≤ value ≤ high; None bounds nothing."""
    return (low is None or value >= low) and (high is None or value <= high)

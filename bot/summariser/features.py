"""What speaks for or against a sentence carrying a point of a category, as named numbers. Weighs nothing: `scoring weights` come from a file.

The names speak of roles (a strong term of the layer, a hint, a party before a stance verb), never of a topic's words, so weights learned on one
topic serve another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.model.topics import POSITION, PROCESS, Category, Topic
from bot.summariser.annotating import Annotated, Sentence
from bot.text.numbers import COUNT, DATE

Features = dict[str, float]
_STANCES = ("rejects", "accepts", "supports", "proposes", "conditional", "undecided")
_MODALITIES = ("possible", "planned", "asked", "offered", "decided", "denied")


@dataclass(frozen=True)
class Surroundings:
    """An article seen as a whole, computed once."""

    annotated: Annotated
    topic: Topic

    @cached_property
    def layer_ids(self) -> tuple[str, ...]:
        """Ids of the topic's layers."""
        return tuple(layer.id for layer in self.topic.layers)

    @cached_property
    def slots_of(self) -> Mapping[str, tuple[str, ...]]:
        """Slot ids by category."""
        table: dict[str, list[str]] = {}
        for slot in self.topic.slots:
            table.setdefault(slot.category or slot.layer, []).append(slot.id)
        return {category: tuple(slots) for category, slots in table.items()}

    @cached_property
    def members_of(self) -> Mapping[str, tuple[str, ...]]:
        """Member senses by party id."""
        return {party.id: tuple(f"member:{member.id}" for member in party.members) for party in self.topic.parties}

    @cached_property
    def plan_sentences(self) -> tuple[bool, ...]:
        """Whether each sentence names the plan or a layer of it."""
        return tuple(self._plan(sentence) for sentence in self.annotated.sentences)

    def _plan(self, sentence: Sentence) -> bool:
        if sentence.has("elsewhere") and not sentence.has("context"):
            return False
        return sentence.has("subject") or any(sentence.has(f"layer:{layer}") for layer in self.layer_ids)

    @cached_property
    def whole(self) -> Features:
        """Features of the article, shared by all its sentences."""
        annotated = self.annotated
        lines = annotated.sentences or (annotated.title,)
        heads = (annotated.title, *annotated.summary)
        layers = {layer for layer in self.layer_ids for line in lines if line.has(f"layer:{layer}")}
        subject = sum(line.has("subject") for line in lines)
        away = sum(line.has("elsewhere") and not line.has("context") for line in lines)
        context = sum(line.has("context") for line in lines)
        both = sum(line.has("subject") and any(line.has(f"layer:{layer}") for layer in layers) for line in lines)
        features: Features = {
            "a.subject": min(subject, 4) / 4,
            "a.any_subject": float(subject > 0),
            "a.layers": min(len(layers), 4) / 4,
            "a.density": sum(self.plan_sentences) / len(lines),
            "a.away": min(away, 3) / 3,
            "a.away_leads": float(away > context),
            "a.context": min(context, 4) / 4,
            "a.no_context": float(context == 0 and not any(head.has("context") for head in heads)),
            "a.both": min(both, 2) / 2,
            "a.head_subject": float(any(head.has("subject") for head in heads)),
            "a.head_layer": float(any(head.has(f"layer:{layer}") for head in heads for layer in self.layer_ids)),
            "a.head_away": float(any(head.has("elsewhere") and not head.has("context") for head in heads)),
            "a.exclude": float(any(hit.sense == "exclude" for line in (*heads, *lines) for hit in line.hits)),
            "a.long": float(len(lines) > 22),
            "a.parties": min(sum(any(line.has(f"party:{p.id}") for line in lines) for p in self.topic.parties), 4) / 4,
        }
        return features


class SentenceFeatures:
    """Features of one sentence for each category."""

    def __init__(self, around: Surroundings, index: int) -> None:
        self._around = around
        self._index = index
        self._line = around.annotated.sentences[index]
        self._before = around.annotated.sentences[index - 1] if index else None
        self._after = around.annotated.sentences[index + 1] if index + 1 < len(around.annotated.sentences) else None

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

    def of(self, category: Category) -> Features:
        """Features for `category`, those of the sentence and those of the article, with conjunctions that a linear weigher needs."""
        if category == PROCESS:
            own = self._process()
        elif category.startswith(POSITION):
            own = self._position(category.removeprefix(POSITION))
        else:
            own = self._layer(category)
        features = {"bias": 1.0, **self.shared, **self._around.whole, **own}
        plan = self._around.whole
        for concept in self._concepts:
            features[f"k.{concept}"] = 1.0
            features[f"{category}&{concept}"] = 1.0
        for name in ("c.strong", "c.hint", "c.slot", "c.actor_stance", "c.process", "c.party"):
            if own.get(name):
                features[f"{name}*subject"] = own[name] * self.shared["s.subject"]
                features[f"{name}*density"] = own[name] * plan["a.density"]
                features[f"{name}*any_subject"] = own[name] * plan["a.any_subject"]
                features[f"{name}*away"] = own[name] * plan["a.away_leads"]
        return {name: value for name, value in features.items() if value}

    @cached_property
    def _concepts(self) -> tuple[str, ...]:
        """Everyday concepts of the sentence: learned both for any topic (`k.`) and for the topic's own categories (`&`)."""
        return tuple(sense.removeprefix("concept:") for sense in self._line.senses if sense.startswith("concept:"))

    def _layer(self, layer: str) -> Features:
        line = self._line
        strong, hints = line.count(f"layer:{layer}"), line.count(f"hint:{layer}")
        others = [other for other in self._around.layer_ids if other != layer]
        beaten = max((line.count(f"layer:{other}") for other in others), default=0)
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

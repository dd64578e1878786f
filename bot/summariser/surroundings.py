"""An article seen as a whole: what speaks for or against its belonging to the plan. Knows no single category."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.model.topics import Topic
from bot.summariser.annotating import Annotated, Sentence

Features = dict[str, float]


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

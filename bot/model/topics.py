"""A followed plan: its layers, parties, tracked values and ladder, as its file describes them. Loading is `bot.settings`' affair."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

TopicId = NewType("TopicId", str)
LayerId = NewType("LayerId", str)
PartyId = NewType("PartyId", str)
SlotId = NewType("SlotId", str)
Category = NewType("Category", str)  # a layer id, "position:<party>" or "process"

PROCESS = Category("process")
POSITION = "position:"


def position_of(party: PartyId) -> Category:
    """The category under which `party`'s position is filed."""
    return Category(f"{POSITION}{party}")


class Rung(StrEnum):
    """How far a layer has come. Order is that of the ladder."""

    UNKNOWN = "unknown"
    FLOATED = "floated"
    PROPOSED = "proposed"
    AGREED_IN_PRINCIPLE = "agreed_in_principle"
    TEXT_AGREED = "text_agreed"
    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in_force"

    @property
    def height(self) -> int:
        """0 for unknown, rising by one a rung."""
        return list(Rung).index(self)


class SideState(StrEnum):
    """What may be said of a layer beside its rung."""

    DISPUTED = "disputed"
    STALLED = "stalled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Stance(StrEnum):
    """Where a party stands."""

    PROPOSES = "proposes"
    SUPPORTS = "supports"
    ACCEPTS = "accepts"
    CONDITIONAL = "conditional"
    UNDECIDED = "undecided"
    REJECTS = "rejects"


@dataclass(frozen=True, slots=True)
class Localised:
    """One text in several languages; English stands in for a missing one."""

    texts: tuple[tuple[str, str], ...]

    def of(self, language: str) -> str:
        """The text in `language`, else English, else the first there is, else an empty text."""
        table = dict(self.texts)
        return table.get(language) or table.get("en") or next(iter(table.values()), "")


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and phrases by language. A word stands for its inflected forms; `*` at its end stands for any ending."""

    by_language: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, language: str) -> tuple[str, ...]:
        """The terms in `language`; none when the file has none."""
        return dict(self.by_language).get(language, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A value that is tracked over time, such as the army's size."""

    id: SlotId
    layer: LayerId
    names: Localised
    unit: str  # people, countries, days, hours, years, EUR, USD, date …
    cues: Terms = Terms()  # words near the number that tell this value from others
    others: Terms = Terms()  # words near a number that tell that it is of something else
    category: Category | None = None  # where the value is filed, when not under its layer (the date of a vote: process)
    minimum: float | None = None  # values outside are another thing
    maximum: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One part of the plan."""

    id: LayerId
    names: Localised
    summary: Localised
    terms: Terms  # strong terms: a sentence of a belonging article with one of them speaks of this layer
    hints: Terms = Terms()  # weak terms: two of them, or one with context, are needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One who belongs to a party and may stand elsewhere than the party does, such as a country of a coalition."""

    id: str
    names: Localised
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody whose position readers ask about. `terms` name it, its offices and people."""

    id: PartyId
    names: Localised
    terms: Terms
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRule:
    """What a report must say, and who must confirm it, before a layer stands on `rung`."""

    rung: Rung
    terms: Terms
    official: int = 1  # that many official sources suffice …
    outlets: int = 1  # … or that many independent outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRule:
    """Words that put a layer into a side state, and how many outlets it takes."""

    state: SideState
    terms: Terms
    outlets: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One followed plan."""

    id: TopicId
    names: Localised
    summary: Localised
    subject: Terms  # the plan by name ("security guarantees")
    context: Terms  # where it plays ("Ukraine", "Kyiv")
    exclude: Terms  # what must not be taken for it ("bank guarantees")
    process: Terms  # meetings, drafts, signatures, dates
    layers: tuple[Layer, ...]
    parties: tuple[Party, ...]
    slots: tuple[Slot, ...] = ()
    rungs: tuple[RungRule, ...] = ()
    sides: tuple[SideRule, ...] = ()
    languages: tuple[str, ...] = ("en", "uk", "ru")
    elsewhere: Terms = (
        Terms()
    )  # names of other scenes: a sentence with one of them and no context is about something else

    @property
    def categories(self) -> tuple[Category, ...]:
        """Layers in their order, then parties' positions, then the process."""
        layers = tuple(Category(layer.id) for layer in self.layers)
        return (*layers, *(position_of(party.id) for party in self.parties), PROCESS)

    def layer(self, layer_id: str) -> Layer | None:
        """The layer with that id, or None."""
        return next((layer for layer in self.layers if layer.id == layer_id), None)

    def party(self, party_id: str) -> Party | None:
        """The party with that id, or None."""
        return next((party for party in self.parties if party.id == party_id), None)

    def slot(self, slot_id: str) -> Slot | None:
        """The tracked value with that id, or None."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

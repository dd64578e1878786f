"""What a first draft of a topic holds, and the topic by which any plan can be read before it has a file. Knows no article."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.languages import LanguagePack
from bot.model.topics import Layer, LayerId, Localised, Terms, Topic, TopicId
from bot.summariser.bounds import DraftValue
from bot.summariser.claimants import Claimant
from bot.summariser.outlines import Division


@dataclass(frozen=True, slots=True)
class DraftLayer:
    """A candidate for a layer. `summary` is the first sentence about it."""

    name: str
    summary: str
    terms: tuple[str, ...]
    hints: tuple[str, ...]
    values: tuple[DraftValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an article gives for a topic file. Any list may be empty."""

    language: str
    title: str
    lead: str
    division: Division
    subject: tuple[str, ...]
    context: tuple[str, ...]
    layers: tuple[DraftLayer, ...]
    parties: tuple[Claimant, ...]


def plans_in_general(pack: LanguagePack) -> Topic:
    """A topic that knows only how plans are called, counted and decided, so that an article can be read by it."""
    words, language, unnamed = pack.drafting, pack.language, Localised(())

    def terms(listed: tuple[str, ...]) -> Terms:
        return Terms(((language, listed),))

    layers = tuple(
        Layer(id=LayerId(name), names=unnamed, summary=unnamed, terms=terms(listed))
        for name, listed in (("parts", words.parts), ("ordinals", words.ordinals))
    )
    return Topic(
        id=TopicId("plan"),
        names=unnamed,
        summary=unnamed,
        subject=terms(words.plans),
        context=Terms(),
        exclude=Terms(),
        process=terms(words.process),
        layers=layers,
        parties=(),
        languages=(language,),
    )

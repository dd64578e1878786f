"""Finds what a forgivingly typed word means, and what it may have meant. Knows names, not what they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.model.topics import PROCESS, Category, Layer, Localised, Topic, position_of
from bot.present.places import fold

NEAREST = 3
_PROCESS = ("process", "процес", "перебіг")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be meant: its key, the name it is shown by, and every other name it answers to."""

    key: str
    label: str
    names: tuple[str, ...] = ()


def categories(topic: Topic, language: str) -> tuple[Choice, ...]:
    """Layers (also by number), parties (also by their members) and the process."""
    layers = [_layer(number, layer, language) for number, layer in enumerate(topic.layers, 1)]
    parties = [
        Choice(
            position_of(party.id),
            party.names.of(language),
            (party.id, *_all(party.names, *(member.names for member in party.members))),
        )
        for party in topic.parties
    ]
    return (*layers, *parties, Choice(PROCESS, "перебіг" if language == "uk" else "process", _PROCESS))


def topics(followed: Sequence[Topic], language: str) -> tuple[Choice, ...]:
    """Followed topics by id, name and number."""
    return tuple(
        Choice(topic.id, topic.names.of(language), (topic.id, str(number), *_all(topic.names)))
        for number, topic in enumerate(followed, 1)
    )


def meant(word: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice a word stands for: a whole name first, else the one whose names alone begin so."""
    wanted = fold(word).strip(" .,;:!?«»“”\"'")
    if not wanted:
        return None
    for fits in (_is, _begins, _holds):
        found = [choice for choice in choices if any(fits(name, wanted) for name in _folded(choice))]
        if len({choice.key for choice in found}) == 1:
            return found[0]
        if found and fits is _is:
            return found[0]
        if found:
            return None  # several begin so: better to ask than to guess
    return None


def nearest(word: str, choices: Sequence[Choice], limit: int = NEAREST, *, floor: float = 0.0) -> tuple[Choice, ...]:
    """The choices that look most like the word (`floor` of 100 at least), best first; the first ones where nothing was typed."""
    wanted = fold(word)
    if not wanted:
        return tuple(choices[:limit])
    scored = [(max(_likeness(wanted, name) for name in _folded(choice)), choice) for choice in choices]
    best = sorted(scored, key=lambda pair: -pair[0])[:limit]
    return tuple(choice for likeness, choice in best if likeness >= floor)


def nearest_names(word: str, names: Iterable[str], limit: int = NEAREST) -> tuple[str, ...]:
    """The names that look most like the word, best first."""
    return tuple(
        name for name, _, _ in process.extract(fold(word), list(names), scorer=fuzz.WRatio, processor=fold, limit=limit)
    )


def _layer(number: int, layer: Layer, language: str) -> Choice:
    return Choice(Category(layer.id), layer.names.of(language), (layer.id, str(number), *_all(layer.names)))


def _all(*names: Localised) -> tuple[str, ...]:
    return tuple(text for each in names for _, text in each.texts)


def _folded(choice: Choice) -> list[str]:
    return [fold(name) for name in (choice.label, *choice.names)]


def _is(name: str, wanted: str) -> bool:
    return name == wanted


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted)


def _holds(name: str, wanted: str) -> bool:
    return any(part.startswith(wanted) for part in name.split()[1:])


def _likeness(wanted: str, name: str) -> float:
    return max(fuzz.ratio(wanted, name), fuzz.partial_ratio(wanted, name) * 0.8 if len(wanted) > 2 else 0.0)

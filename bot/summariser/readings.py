"""What one sentence says of its fact: how firmly, on which rung, of which layers. Reads hits, never guesses beyond them."""

from __future__ import annotations

from bot.model.stories import Modality
from bot.model.topics import Rung, SideState, Topic
from bot.summariser.annotating import Sentence
from bot.summariser.phrasebooks import Hit


def modality_of(line: Sentence) -> Modality:
    """How firmly the sentence states its fact; the strongest cue wins in this order."""
    order = (Modality.DENIED, Modality.ASKED, Modality.OFFERED, Modality.POSSIBLE, Modality.DECIDED)
    return next((modality for modality in order if line.has(f"modality.{modality}")), Modality.PLANNED)


_AHEAD = ("modality.planned", "modality.possible", "modality.asked", "modality.offered", "stance.undecided")


def rung_of(line: Sentence) -> Rung | None:
    """The highest rung that the sentence says is reached; what is denied or only ahead does not count above `proposed`."""
    best: Rung | None = None
    for rung in Rung:
        cues = line.places(f"rung:{rung}")
        if rung.height > Rung.PROPOSED.height:
            cues = tuple(cue for cue in cues if not line.negated(cue) and not _ahead(line, cue))
        if cues and (best is None or rung.height > best.height):
            best = rung
    return best


def _ahead(line: Sentence, cue: Hit) -> bool:
    """Whether the cue is told as still to come: "would be signed", "could be signed", «буде підписано». That "the plan" was signed is done."""
    named = line.places("anaphora")
    return any(
        0 < cue.first - hit.last <= 3 or hit.first == cue.first
        for sense in _AHEAD
        for hit in line.places(sense)
        if not any(name.first <= hit.first and hit.last <= name.last for name in named)
    )


def sides_of(line: Sentence) -> SideState | None:
    """The side state that the sentence speaks of."""
    return next(
        (state for state in SideState if any(not line.negated(cue) for cue in line.places(f"side:{state}"))), None
    )


def layers_named(topic: Topic, line: Sentence) -> tuple[str, ...]:
    """Layers with a strong term in the sentence, else those with two hints."""
    strong = tuple(layer.id for layer in topic.layers if line.has(f"layer:{layer.id}"))
    return strong or tuple(layer.id for layer in topic.layers if line.count(f"hint:{layer.id}") > 1)

"""Where a sentence says that a party stands. Weighs cues of stance, everyday concepts and words; knows one sentence.

What these are worth was learned (tests/quality/learn_stances.py): one table a stance, shared by all languages and topics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import exp

from bot.model.topics import PartyId, Stance, Topic
from bot.summariser.annotating import Sentence
from bot.summariser.phrasebooks import Hit
from bot.summariser.surroundings import Features
from bot.summariser.weighing import Weights
from bot.summariser.whose import CLEAR, Scene, party_senses, scene_of, taker_of
from bot.text.numbers import DATE

__all__ = ["QUESTION", "party_senses", "stance_chances", "stance_features", "stance_of"]

QUESTION = "stance:"  # + the stance: the name of its learned table
WORD = "w:"  # before words among features
SURE = 0.45  # less likely stances are not told; docs/evaluation.md has the table
ANOTHER = 0.95  # a sentence that does not name the party but surely gives the stand of another one says nothing of it
PLAIN = 2.0  # log odds: what a grammar as plain as "A supports it" says; too few labels hold such a sentence to learn it from
_CUE = "stance."
_GENERAL = (
    "modality.", "source.", "attribution.", "concept:", "negation", "whether", "change", "past", "before", "correction", "anaphora",
)  # fmt: skip
_WORD_WEIGHT, _ORDER_WEIGHT, _NEGATED_WEIGHT = 0.4, 0.5, 0.7
_SHORT, _LONG = 9, 28  # words of a sentence
_NEGATED_REACH = 2


def stance_of(topic: Topic, party: PartyId, line: Sentence, weights: Weights) -> Stance | None:
    """The party's stance, where the sentence tells one: None when the party is only spoken of, or no stance is likely enough."""
    chances = stance_chances(topic, party, line, weights)
    best = max(chances, key=lambda stance: chances[stance], default=None)
    return best if best and chances[best] >= SURE else None


def stance_chances(topic: Topic, party: PartyId, line: Sentence, weights: Weights) -> dict[Stance, float]:
    """How likely each stance is, if the party takes one; nothing when another one takes the stand, or nothing was learned."""
    if f"{QUESTION}{Stance.REJECTS}" not in weights.tables:
        return {}
    scene = scene_of(topic, line)
    takers = scene.chances(weights)
    place = taker_of(scene, party, takers)
    if (place is not None and takers[place] < CLEAR) or (place is None and max(takers, default=0.0) > ANOTHER):
        return {}
    stretch = scene.stretch(place, takers)
    features = stance_features(scene, party, *stretch)
    scores = {stance: weights.score(f"{QUESTION}{stance}", features) for stance in Stance}
    plain = next(_only(line, *stretch), None) if place is not None and scene.acts(place) else None
    if plain:
        scores[Stance(plain.rpartition(".")[2])] += PLAIN
    highest = max(scores.values())
    odds = {stance: exp(score - highest) for stance, score in scores.items()}
    total = sum(odds.values())
    return {stance: share / total for stance, share in odds.items()}


def stance_features(scene: Scene, party: PartyId, low: int, high: int) -> Features:
    """What speaks for one stance or another in the words low…high."""
    line = scene.line
    features: Features = {"bias": 1.0, **dict.fromkeys(_shape(scene, party), 1.0)}
    features["parties"] = len({mention.party for mention in scene.named}) / 3
    for sense, hits in line.senses.items():
        inside = [hit for hit in hits if low <= hit.first <= high]
        if not inside:
            continue
        if sense.startswith(_CUE):
            features |= dict.fromkeys(_cues(scene, party, sense, inside), 1.0)
        elif sense.startswith(_GENERAL):
            features[sense] = 1.0
            if sense.startswith(("concept:", "modality.")) and any(line.negated(hit, _NEGATED_REACH) for hit in inside):
                features[f"{sense}.not"] = _NEGATED_WEIGHT
    features |= dict.fromkeys(_order(line, low, high), _ORDER_WEIGHT)
    features |= dict.fromkeys(_only(line, low, high), 1.0)
    words = (word for word in line.words[low : high + 1] if not word.surface[0].isdigit())
    return features | {f"{WORD}{word.lemma}": _WORD_WEIGHT for word in words}


def _is_part(line: Sentence, hit: Hit) -> bool:
    """Whether other words have taken these: "support" in "does not support", "proposal" in "the proposal"."""
    cues = [cue for stance in Stance for cue in line.places(f"{_CUE}{stance}")]
    longer = any(_inside(hit, cue) and cue.last - cue.first > hit.last - hit.first for cue in cues)
    return longer or any(_inside(hit, named) for named in line.places("anaphora"))


def _inside(hit: Hit, other: Hit) -> bool:
    return other.first <= hit.first and hit.last <= other.last


def _shape(scene: Scene, party: PartyId) -> Iterator[str]:
    """What kind of sentence it is."""
    line = scene.line
    if line.text.rstrip("”»\"' ").endswith("?"):
        yield "question"
    if line.text[:1] in '«“"„':
        yield "quote"
    if len(line.words) < _SHORT:
        yield "short"
    if len(line.words) > _LONG:
        yield "long"
    if any(number.unit != DATE for number in line.numbers):
        yield "number"
    if all(mention.party != party for mention in scene.named):
        yield "unnamed"


def _cues(scene: Scene, party: PartyId, sense: str, hits: Iterable[Hit]) -> Iterator[str]:
    """A cue by itself, negated, of several words, more than one, and by whoever was named last before it."""
    yield sense
    if len({hit.first for hit in hits}) > 1:
        yield f"{sense}.again"
    for hit in hits:
        alone = hit.first == hit.last
        negated = ".not" if alone and scene.line.negated(hit, _NEGATED_REACH) else ""
        yield f"{sense}.{_owner(scene, party, hit)}{negated}"
        if not alone:
            yield f"{sense}.long"


def _owner(scene: Scene, party: PartyId, hit: Hit) -> str:
    last = next((mention for mention in reversed(scene.named) if mention.first <= hit.first), None)
    return "free" if last is None else "own" if last.party == party else "other"


def _only(line: Sentence, low: int, high: int) -> Iterator[str]:
    """The stance, where nothing but cues of one is left once words that belong to a longer phrase are taken out."""
    found = {
        sense
        for sense, hits in line.senses.items()
        if sense.startswith(_CUE) and any(low <= hit.first <= high and not _is_part(line, hit) for hit in hits)
    }
    if len(found) == 1:
        yield f"only:{found.pop()}"


def _order(line: Sentence, low: int, high: int) -> Iterator[str]:
    """Which cue comes first and which last: a condition that follows a yes outweighs it."""
    cues = [
        (hit.first, sense)
        for sense, hits in line.senses.items()
        if sense.startswith(_CUE)
        for hit in hits
        if low <= hit.first <= high
    ]
    if cues:
        yield f"first:{min(cues)[1]}"
        yield f"last:{max(cues)[1]}"

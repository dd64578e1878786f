"""Who said it: finds the speaker of a sentence as the sentence names him. Knows positions of words, not people."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.stories import SourceKind
from bot.summariser.annotating import Sentence

_MOST_WORDS = 9
_DETERMINERS = frozenset(["a", "an", "the", "one", "two", "three", "several", "some", "senior", "former"])
_STOPS = ',;:—–()«»“”"!?'


@dataclass(frozen=True, slots=True)
class Speaker:
    """`name` verbatim as the sentence has it, "" when it names nobody."""

    name: str
    kind: SourceKind


NOBODY = Speaker("", SourceKind.OUTLET)


def speaker_of(line: Sentence) -> Speaker:
    """The speaker whom the sentence itself names."""
    for place in line.places("attribution.according"):
        name = _named(line, place.last + 1, forward=True)
        if name:
            return Speaker(name, _kind(line, name))
    for place in line.places("attribution.verb"):
        for index, forward in ((place.first - 1, False), (place.last + 1, True)):
            name = _named(line, index, forward=forward)
            if name:
                return Speaker(name, _kind(line, name))
    if line.has("source.document"):
        return Speaker("", SourceKind.DOCUMENT)
    return NOBODY


def _named(line: Sentence, index: int, *, forward: bool) -> str:
    """The stretch beside a verb of saying, when it names somebody and says nothing else; "" otherwise."""
    first, last = _stretch(line, index, forward=forward)
    if first > last:
        return ""
    inside = [hit for hit in line.hits if first <= hit.first and hit.last <= last]
    if any(
        hit.sense.partition(".")[0] in ("stance", "modality", "negation", "attribution") or hit.sense == "negation"
        for hit in inside
    ):
        return ""
    heads = [hit.first for hit in inside if hit.sense in ("source.office", "source.unnamed")]
    heads += [
        i for i in range(first, last + 1) if line.words[i].capital and (i > 0 or any(hit.first == i for hit in inside))
    ]
    if not heads:
        return ""
    start = min(heads)
    while start > first and start > min(heads) - 3 and (line.words[start - 1].surface in _DETERMINERS or not forward):
        start -= 1
    return line.text[line.words[start].start : line.words[last].end]


def _stretch(line: Sentence, index: int, *, forward: bool) -> tuple[int, int]:
    """Indices of the words from `index` on (or back) up to punctuation, at most nine; (1, 0) for none."""
    words, step = line.words, 1 if forward else -1
    if not 0 <= index < len(words):
        return 1, 0
    edge = index
    for _ in range(_MOST_WORDS - 1):
        following = edge + step
        if not 0 <= following < len(words):
            break
        low, high = (edge, following) if forward else (following, edge)
        if set(line.text[words[low].end : words[high].start]) & set(_STOPS):
            break
        edge = following
    return min(index, edge), max(index, edge)


def _kind(line: Sentence, name: str) -> SourceKind:
    at = line.text.find(name)
    senses = {hit.sense for hit in line.hits if at <= line.words[hit.first].start < at + len(name)}
    if "source.unnamed" in senses:
        return SourceKind.UNNAMED
    if "source.office" in senses or any(sense.startswith(("party:", "member:")) for sense in senses):
        return SourceKind.OFFICIAL
    if "source.document" in senses:
        return SourceKind.DOCUMENT
    return (
        SourceKind.OFFICIAL
        if any(w.capital for w in line.words if at < w.start < at + len(name))
        else SourceKind.OUTLET
    )

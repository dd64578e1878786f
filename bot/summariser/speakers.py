"""Who said it: finds the speaker of a sentence as the sentence names him. Knows positions of words, not people."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.stories import SourceKind
from bot.summariser.annotating import Sentence

_MOST_WORDS = 9
_STOPS = ",;:—–()«»“”\"!?"


@dataclass(frozen=True, slots=True)
class Speaker:
    """`name` verbatim as the sentence has it, "" when it names nobody."""

    name: str
    kind: SourceKind


NOBODY = Speaker("", SourceKind.OUTLET)


def speaker_of(line: Sentence) -> Speaker:
    """The speaker whom the sentence itself names."""
    for place in line.places("attribution.according"):
        name = _stretch(line, place.last + 1, forward=True)
        if name:
            return Speaker(name, _kind(line, name))
    for place in line.places("attribution.verb"):
        options = [_stretch(line, place.first - 1, forward=False), _stretch(line, place.last + 1, forward=True)]
        for name in options:
            if name and _speaks(line, name):
                return Speaker(name, _kind(line, name))
    if line.has("source.document"):
        return Speaker("", SourceKind.DOCUMENT)
    return NOBODY


def _stretch(line: Sentence, index: int, *, forward: bool) -> str:
    """Words from `index` on (or back) up to punctuation, at most nine."""
    words, step = line.words, 1 if forward else -1
    if not 0 <= index < len(words):
        return ""
    edge = index
    for _ in range(_MOST_WORDS - 1):
        following = edge + step
        if not 0 <= following < len(words):
            break
        low, high = (edge, following) if forward else (following, edge)
        if set(line.text[words[low].end : words[high].start]) & set(_STOPS):
            break
        edge = following
    first, last = min(index, edge), max(index, edge)
    return line.text[words[first].start : words[last].end]


def _speaks(line: Sentence, name: str) -> bool:
    """Whether the stretch names somebody: an office, unnamed officials, a party or a person in capitals."""
    at = line.text.find(name)
    inside = [i for i, word in enumerate(line.words) if at <= word.start < at + len(name)]
    if not inside:
        return False
    senses = {hit.sense for hit in line.hits if inside[0] <= hit.first and hit.last <= inside[-1]}
    if senses & {"source.office", "source.unnamed"} or any(sense.startswith(("party:", "member:")) for sense in senses):
        return True
    return any(line.words[i].capital and i > 0 for i in inside)


def _kind(line: Sentence, name: str) -> SourceKind:
    at = line.text.find(name)
    senses = {hit.sense for hit in line.hits if at <= line.words[hit.first].start < at + len(name)}
    if "source.unnamed" in senses:
        return SourceKind.UNNAMED
    if "source.office" in senses or any(sense.startswith(("party:", "member:")) for sense in senses):
        return SourceKind.OFFICIAL
    if "source.document" in senses:
        return SourceKind.DOCUMENT
    return SourceKind.OFFICIAL if any(w.capital for w in line.words if at < w.start < at + len(name)) else SourceKind.OUTLET

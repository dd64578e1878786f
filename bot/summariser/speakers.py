"""Who said it, and through whom: the speaker of a sentence as the sentence names him. Knows places of words, not people."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.model.languages import NameWords
from bot.model.stories import SourceKind
from bot.summariser.annotating import Sentence
from bot.summariser.nounphrases import Phrases
from bot.summariser.phrasebooks import Hit

_NOT_IN_NAMES = ("stance.", "negation", "attribution.")
_TOLD = 3  # words in which "told" names whom
_KINDS = {
    "source.unnamed": SourceKind.UNNAMED,
    "source.office": SourceKind.OFFICIAL,
    "source.paper": SourceKind.DOCUMENT,
    "source.outlet": SourceKind.OUTLET,
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """`name` verbatim as the sentence has it, "" when it names nobody; `via` another outlet that is cited, "" for none."""

    name: str
    kind: SourceKind
    via: str = ""


NOBODY = Speaker("", SourceKind.OUTLET)


def speaker_of(line: Sentence, small: NameWords) -> Speaker:
    """The speaker whom the sentence itself names."""
    phrases = Phrases(line, small)
    cited = _cited(phrases)
    said = _said(phrases)
    if cited and said and _is_outlet(said) and not _is_outlet(cited):
        return replace(cited, via=cited.via or said.via)
    found = cited or said
    if found:
        return found if found.via else replace(found, via=_recipient(phrases))
    if line.has("source.document"):
        return Speaker("", SourceKind.DOCUMENT)
    return Speaker("", SourceKind.UNNAMED) if _is_anonymous(line) else NOBODY


def _is_outlet(speaker: Speaker) -> bool:
    return speaker.kind is SourceKind.OUTLET


def _is_anonymous(line: Sentence) -> bool:
    """As "on condition of anonymity", and no word of who."""
    return any(hit.last - hit.first > 1 for hit in line.places("source.unnamed"))


def _cited(phrases: Phrases) -> Speaker | None:
    """After "according to", "citing"."""
    outlet: Speaker | None = None
    for place in phrases.line.places("attribution.according"):
        speaker = _speaker(phrases, phrases.after(place.last + 1, direct=True))
        if speaker is None:
            continue
        if _is_outlet(speaker):
            outlet = outlet or speaker
            continue
        beside = place.first and not phrases.stop(place.first - 1)
        teller = (
            _speaker(phrases, phrases.before(place.first - 1)) if beside else None
        )  # "Bloomberg citing officials writes"
        through = teller if teller and _is_outlet(teller) else outlet
        return replace(speaker, via=through.via) if through else speaker
    return outlet


def _said(phrases: Phrases) -> Speaker | None:
    """Beside a verb of saying: before it, else after it."""
    for place in phrases.line.places("attribution.verb"):
        if _is_noun(phrases, place):
            continue
        speaker = None
        if place.first and not phrases.stop(place.first - 1):
            speaker = _speaker(phrases, phrases.before(place.first - 1))
        elif place.first > 1:
            speaker = _speaker(phrases, phrases.apposed(place.first - 1)) if _closes(phrases, place) else None
        if speaker is None and _may_follow(phrases, place):
            speaker = _speaker(phrases, phrases.after(place.last + 1, direct=False))
        if speaker:
            return speaker
    return None


def _may_follow(phrases: Phrases, place: Hit) -> bool:
    """Whether the speaker can stand behind the verb: in a language without cases only where the verb opens its clause ("…", said the minister)."""
    if _tells(phrases, place) or phrases.stop(place.last):
        return False
    return bool(phrases.small.endings) or not place.first or phrases.stop(place.first - 1)


def _closes(phrases: Phrases, place: Hit) -> bool:
    """Whether a comma alone parts the verb from what stands before it, as after a title."""
    words = phrases.words
    between = phrases.line.text[words[place.first - 1].end : words[place.first].start]
    return between.strip() == ","


def _is_noun(phrases: Phrases, place: Hit) -> bool:
    """As in "the answer", "a report": no verb."""
    if not place.first:
        return False
    before = phrases.words[place.first - 1].surface
    return before in phrases.small.articles or before.endswith("'s")


def _tells(phrases: Phrases, place: Hit) -> bool:
    return any(phrases.words[n].surface in phrases.small.tells for n in range(place.first, place.last + 1))


def _recipient(phrases: Phrases) -> str:
    """The outlet that somebody "told"."""
    for place in phrases.line.places("attribution.verb"):
        if not _tells(phrases, place) or phrases.stop(place.last):
            continue
        phrase = phrases.after(place.last + 1, direct=True)
        if (
            phrase
            and phrase[0] - place.last <= _TOLD
            and _hits(phrases, phrase, "source.outlet")
            and _is_proper(phrases, phrase)
        ):
            return phrases.text(*phrase)
    return ""


def _speaker(phrases: Phrases, phrase: tuple[int, int] | None) -> Speaker | None:
    if phrase is None or _hits(phrases, phrase, *_NOT_IN_NAMES):
        return None
    name, kind = phrases.text(*phrase), _kind(phrases, phrase)
    if kind is SourceKind.DOCUMENT and phrase[0] == phrase[1]:
        return Speaker("", kind)  # "says paragraph nine"
    if kind is SourceKind.OUTLET:
        return Speaker("", kind, name if _is_proper(phrases, phrase) else "")
    return Speaker(name, kind)


def _kind(phrases: Phrases, phrase: tuple[int, int]) -> SourceKind:
    """By the first title in the phrase: "the office of the newspaper's editor" is an office."""
    named = sorted(
        (hit.first, _KINDS[sense])
        for sense in _KINDS
        for hit in phrases.line.places(sense)
        if phrase[0] <= hit.first <= phrase[1]
    )
    kinds = [kind for _, kind in named]
    if not kinds:
        return SourceKind.OUTLET if _looks_an_outlet(phrases, phrase) else SourceKind.OFFICIAL
    if kinds[0] is SourceKind.OUTLET and set(kinds) == {SourceKind.OUTLET}:
        return SourceKind.OUTLET
    if kinds[0] is not SourceKind.DOCUMENT and _is_person(phrases, phrase):
        return SourceKind.OFFICIAL
    if SourceKind.UNNAMED in kinds and kinds[0] is not SourceKind.DOCUMENT:
        return SourceKind.UNNAMED
    return kinds[0]


def _looks_an_outlet(phrases: Phrases, phrase: tuple[int, int]) -> bool:
    """A name in quotation marks, or in Latin letters where the language has others."""
    foreign = phrases.text(*phrase).isascii() and bool(phrases.small.endings)
    return phrase[0] in phrases.quoted or (foreign and phrase[0] not in phrases.heads)


def _is_person(phrases: Phrases, phrase: tuple[int, int]) -> bool:
    """Whether a first name and a surname stand at the end, or a surname after a title."""
    first, last = phrase
    own = [
        n for n in range(first, last + 1) if phrases.is_name(n) and n not in phrases.heads and n not in phrases.quoted
    ]
    return len(own) > 1 or (bool(own) and own[0] > first and own[0] - 1 in phrases.titles)


def _is_proper(phrases: Phrases, phrase: tuple[int, int]) -> bool:
    """Whether an outlet is named, not only called "the agency"."""
    places = range(phrase[0], phrase[1] + 1)
    return any(
        n in phrases.quoted or (phrases.is_name(n) and (n in phrases.outlets or n not in phrases.heads)) for n in places
    )


def _hits(phrases: Phrases, phrase: tuple[int, int], *senses: str) -> bool:
    first, last = phrase
    return any(
        first <= hit.first and hit.last <= last
        for sense, hits in phrases.line.senses.items()
        if sense.startswith(senses)
        for hit in hits
    )

"""A draft → the text of a topic file, with comments that tell an editor what to look at. Knows the file's form, not where drafts come from."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from bot.model.languages import LanguagePack
from bot.model.topics import Rung
from bot.summariser.bounds import DraftValue
from bot.summariser.claimants import Claimant
from bot.summariser.drafts import Draft, DraftLayer
from bot.summariser.outlines import Division
from bot.text.html import folded_line

_QUOTED = 140  # characters of the article in a comment
_NAME = 60
_SUMMARY = 200
_ID_LENGTH = 40
_LATIN = str.maketrans(
    dict(zip("абвгґдезиіїйклмнопрстуфыэ", "abvhgdezyiiiklmnoprstufye", strict=True))
    | {"є": "ie", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "ё": "e"}
    | dict.fromkeys("ьъ'’", "")
    | {"ł": "l", "ß": "ss", "ø": "o", "æ": "ae"}  # letters that do not decompose
)
_MARKS = re.compile("[\u0300-\u036f]")  # accents that stand apart after decomposition
_PLACEHOLDER = "…"  # no word: finds nothing until somebody writes over it
_NONE = (_PLACEHOLDER,)
_FOUND = {
    Division.HEADINGS: "taken from the article's headings",
    Division.COUNTING: "taken from where the article counts (“the first …, the second …”)",
    Division.LIST: "taken from the items of the article's list",
    Division.NONE: "guessed from the words that stand out, since the article is not divided",
}  # fmt: skip


def topic_text(draft: Draft, topic_id: str, packs: Mapping[str, LanguagePack], source: str) -> str:
    """A topic file that `load_topic` accepts under `<topic_id>.toml`, in UTF-8 without control characters."""
    return "\n".join(_Writer(draft, topic_id, packs, source).lines()) + "\n"


def topic_id_of(text: str) -> str:
    """An id made from words in any script: “План моста” → plan-mosta. Empty where no letter can be written in Latin."""
    return _slug(text)


class _Writer:
    def __init__(self, draft: Draft, topic_id: str, packs: Mapping[str, LanguagePack], source: str) -> None:
        self._draft = draft
        self._id = topic_id
        self._source = source
        self._language = draft.language
        self._words = packs[draft.language].drafting
        self._others = [language for language in packs if language != draft.language]
        self._ids: set[str] = set()

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._about()
        yield from self._layers()
        yield from self._parties()
        yield from self._ladder()

    def _head(self) -> Iterator[str]:
        draft = self._draft
        yield f"# First draft of a topic, written by `planwatch topics draft` from: {_comment(self._source)}"
        yield f"# Article: {_comment(draft.title)}"
        yield "# A machine read one article; look at every list below. What to do is said where it is to be done; docs/topics.md tells the whole way."
        yield "# A word stands for its inflected forms; `*` at the end stands for any ending; `~` for up to three words in between."
        yield f"\nid = {_text(self._id)}  # the file must be called {self._id}.toml"
        more = (
            f"  # add {', '.join(map(_text, self._others))} once their lists below are filled in"
            if self._others
            else ""
        )
        yield f"languages = [{_text(self._language)}]{more}"

    def _about(self) -> Iterator[str]:
        draft = self._draft
        yield "\n# How the plan is called, for readers: a few words."
        yield from self._names_table("names", draft.title[:_NAME])
        yield "\n# What it is about, for readers: one sentence."
        yield from self._names_table("summary", draft.lead[:_SUMMARY])
        yield "\n# The plan by name. An article that names it is likely to belong; add every name that outlets use."
        yield from self._terms("[subject]", draft.subject or _NONE)
        yield "\n# Where it plays: names of places, bodies, people. Without one of them an article is about something else."
        yield from self._terms("[context]", draft.context or _NONE)
        yield "\n# Phrases that look like the plan's words and mean something else; `planwatch topics tune` finds them."
        yield from self._terms("[exclude]", ())
        yield "\n# Names of other scenes where the same words are used: neighbouring countries, towns, companies."
        yield from self._terms("[elsewhere]", ())
        yield "\n# Meetings, drafts, votes, dates: general words, to be fitted to how this plan is decided."
        yield from self._terms("[process]", self._words.process or _NONE)

    def _names_table(self, key: str, text: str) -> Iterator[str]:
        yield f"[{key}]"
        yield f"{self._language} = {_text(text)}"
        if self._language != "en":
            yield f"en = {_text(text)}  # write it in English: it stands in for languages that are missing"
        yield from (f"# {other} = {_text(_PLACEHOLDER)}" for other in self._others if other != "en")

    def _terms(self, header: str, terms: Sequence[str]) -> Iterator[str]:
        yield header
        yield f"{self._language} = {_list(terms)}"
        yield from (f"# {other} = []" for other in self._others)

    def _localised(self, text: str) -> str:
        own = f"{self._language} = {_text(text)}"
        rest = "" if self._language == "en" else f", en = {_text(text)}"
        return f"{{ {own}{rest} }}"

    def _layers(self) -> Iterator[str]:
        draft = self._draft
        yield f"\n# ── Layers: {_FOUND[draft.division]}. Rename, join, part and order them; what is no part of the plan goes. ──"
        layers = draft.layers or (DraftLayer(draft.title[:_NAME], draft.lead, (_PLACEHOLDER,), (), ()),)
        for number, layer in enumerate(layers, 1):
            yield f"\n[[layers]]\nid = {_text(self._new_id(layer.name, f'layer-{number}'))}"
            yield f"names = {self._localised(layer.name[:_NAME])}"
            yield f"summary = {self._localised(layer.summary[:_SUMMARY])}  # in your words"
            yield "# strong: a sentence with one of these speaks of the layer; keep what only this layer has, add synonyms"
            yield from self._terms("[layers.terms]", layer.terms)
            yield "# weak: they count together with others"
            yield from self._terms("[layers.hints]", layer.hints)
            for value in layer.values:
                yield from self._value(value)

    def _value(self, value: DraftValue) -> Iterator[str]:
        yield f"[[layers.slots]]  # “{_comment(value.told)}”: keep it if this value may move"
        yield f"id = {_text(self._new_id(value.about, 'value', end=value.unit))}"
        yield f"names = {self._localised(value.about[:_NAME])}"
        yield f"unit = {_text(value.unit)}"
        if value.dated:
            yield 'category = "process"'
        if value.minimum is not None and value.maximum is not None:
            yield f"minimum = {_number(value.minimum)}  # what lies outside is another thing"
            yield f"maximum = {_number(value.maximum)}"
        yield f"cues = {{ {self._language} = {_list(value.cues)} }}  # words near the number"

    def _parties(self) -> Iterator[str]:
        yield "\n# ── Parties: who speaks or takes a stand. Keep those whose position readers ask about; join people and offices of one. ──"
        nobody = Claimant((_PLACEHOLDER,), 0, "nobody was found who speaks; name the parties")
        for number, party in enumerate(self._draft.parties or (nobody,), 1):
            yield f"\n[[parties]]  # “{_comment(party.sentence)}”"
            yield f"id = {_text(self._new_id(party.names[0], f'party-{number}'))}"
            yield f"names = {self._localised(party.names[0][:_NAME])}"
            yield from self._terms("[parties.terms]", party.names)

    def _ladder(self) -> Iterator[str]:
        words = self._words
        yield "\n# ── Ladder: how far a layer has come. General words; `official` and `outlets` say who must confirm it. ──"
        for rung, terms in sorted(words.rungs.items(), key=lambda each: Rung(each[0]).height):
            outlets = 1 if Rung(rung).height < Rung.AGREED_IN_PRINCIPLE.height else 2
            yield f"\n[[ladder]]\nrung = {_text(rung)}\nofficial = 1\noutlets = {outlets}"
            yield f"terms = {{ {self._language} = {_list(terms)} }}"
        for side, terms in words.sides.items():
            yield f"\n[[sides]]\nstate = {_text(side)}\nterms = {{ {self._language} = {_list(terms)} }}"

    def _new_id(self, text: str, otherwise: str, end: str = "") -> str:
        """One that no layer, value or party has yet; `end` tells values of one name apart."""
        wanted = _slug(text) or otherwise
        known = self._ids
        if wanted in known and end:
            wanted = f"{wanted[: _ID_LENGTH - len(end) - 1]}-{_slug(end) or 'value'}"
        choices = (wanted if number == 1 else f"{wanted[:36]}-{number}" for number in range(1, len(known) + 2))
        found = next(choice for choice in choices if choice not in known)
        known.add(found)
        return found


def _slug(text: str) -> str:
    latin = text.lower().translate(_LATIN)
    words = re.findall(r"[a-z0-9]+", _MARKS.sub("", unicodedata.normalize("NFKD", latin)))
    while words and not words[0][0].isalpha():
        words.pop(0)
    slug = "-".join(words)
    return (
        slug
        if len(slug) <= _ID_LENGTH
        else slug[: slug.rfind("-", 0, _ID_LENGTH + 1) if "-" in slug[:_ID_LENGTH] else _ID_LENGTH]
    )


def _comment(text: str) -> str:
    line = folded_line(text)
    return line if len(line) <= _QUOTED else line[:_QUOTED].rsplit(" ", 1)[0] + " …"


def _text(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(folded_line(text) or _PLACEHOLDER, ensure_ascii=False)


def _list(terms: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, terms))}]"


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)

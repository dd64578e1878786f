"""Topic files → Topic nouns. Knows the file's form, which `docs/topics.md` describes, and nothing of news."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from bot.model.errors import Mistake, TopicFileError
from bot.model.topics import (
    PROCESS,
    Category,
    Layer,
    LayerId,
    Member,
    Party,
    PartyId,
    Rung,
    RungRule,
    SideRule,
    SideState,
    Slot,
    SlotId,
    Terms,
    Topic,
    TopicId,
)
from bot.topics.reading import Sheet

_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_KEYS = {
    "id",
    "languages",
    "names",
    "summary",
    "subject",
    "context",
    "exclude",
    "elsewhere",
    "process",
    "layers",
    "parties",
    "ladder",
    "sides",
}
T = TypeVar("T")


def topic_ids(folder: Path | Traversable) -> tuple[str, ...]:
    """Ids of the topic files in a folder: their names without `.toml`."""
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


def load_topics(folder: Path | Traversable, ids: Sequence[str]) -> tuple[Topic, ...]:
    """The topics with these ids. Raises TopicFileError with the mistakes of all files together."""
    topics, mistakes = [], list[Mistake]()
    for topic_id in ids:
        try:
            topics.append(load_topic(folder / f"{topic_id}.toml"))
        except TopicFileError as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise TopicFileError(tuple(mistakes))
    return tuple(topics)


def load_topic(path: Path | Traversable) -> Topic:
    """One topic. Raises TopicFileError with every mistake in the file."""
    sheet = Sheet(path)
    if not sheet.data:
        sheet.wrong("", "the file is empty", "see docs/topics.md for what a topic file holds")
        sheet.done()
    topic = _Reader(sheet).topic()
    sheet.done()
    return topic


class _Reader:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._languages = self._read_languages()
        self._ids: set[str] = set()

    def topic(self) -> Topic:
        sheet, data = self._sheet, self._sheet.data
        sheet.unknown_keys("", data, _KEYS)
        topic_id = self._id("", data)
        if topic_id and topic_id != sheet.file.removesuffix(".toml"):
            sheet.wrong("id", f"is `{topic_id}` but the file is called {sheet.file}", "give both the same name")
        layers = self._list("layers", required=True)
        return Topic(
            id=TopicId(topic_id),
            languages=self._languages,
            names=sheet.localised("", data, "names"),
            summary=sheet.localised("", data, "summary"),
            subject=self._terms("", data, "subject", needed=True),
            context=self._terms("", data, "context", needed=True),
            exclude=self._terms("", data, "exclude"),
            elsewhere=self._terms("", data, "elsewhere"),
            process=self._terms("", data, "process", needed=True),
            layers=tuple(self._layer(where, table) for where, table in layers),
            parties=tuple(self._party(where, table) for where, table in self._list("parties", required=True)),
            slots=tuple(slot for where, table in layers for slot in self._slots(where, table)),
            rungs=self._rungs(),
            sides=tuple(self._side(where, table) for where, table in self._list("sides")),
        )

    def _read_languages(self) -> tuple[str, ...]:
        value = self._sheet.data.get("languages", ["en"])
        if (
            isinstance(value, list)
            and value
            and all(isinstance(item, str) and re.fullmatch(r"[a-z]{2}", item) for item in value)
        ):
            return tuple(value)
        self._sheet.wrong("languages", "must list two-letter language codes", 'write languages = ["en", "uk"]')
        return ("en",)

    def _list(
        self, key: str, table: dict[str, Any] | None = None, where: str = "", *, required: bool = False
    ) -> list[tuple[str, dict[str, Any]]]:
        value = (self._sheet.data if table is None else table).get(key)
        place = f"{where}.{key}" if where else key
        if value is None and not required:
            return []
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            self._sheet.wrong(place, "missing or not a list of tables", f"write [[{place}]] with its keys")
            return []
        return [(f"{place}[{number}]", item) for number, item in enumerate(value)]

    def _id(self, where: str, table: dict[str, Any]) -> str:
        value = self._sheet.text(where, table, "id")
        if value and not _ID.fullmatch(value):
            self._sheet.wrong(
                f"{where}.id".lstrip("."), f"`{value}` cannot be an id", "use lower-case Latin letters, digits, - and _"
            )
        return value

    def _own_id(self, where: str, table: dict[str, Any]) -> str:
        value = self._id(where, table)
        if value and value in self._ids:  # an empty one was told already
            self._sheet.wrong(f"{where}.id", f"`{value}` is used twice", "give each layer, value and party its own id")
        self._ids.add(value)
        return value

    def _terms(self, where: str, table: dict[str, Any], key: str, *, needed: bool = False) -> Terms:
        return self._sheet.terms(where, table, key, self._languages, needed=needed)

    def _layer(self, where: str, table: dict[str, Any]) -> Layer:
        self._sheet.unknown_keys(where, table, {"id", "names", "summary", "terms", "hints", "slots"})
        return Layer(
            id=LayerId(self._own_id(where, table)),
            names=self._sheet.localised(where, table, "names"),
            summary=self._sheet.localised(where, table, "summary"),
            terms=self._terms(where, table, "terms", needed=True),
            hints=self._terms(where, table, "hints"),
        )

    def _slots(self, where: str, layer: dict[str, Any]) -> list[Slot]:
        slots = []
        for place, table in self._list("slots", layer, where):
            self._sheet.unknown_keys(
                place, table, {"id", "names", "unit", "cues", "others", "minimum", "maximum", "category"}
            )
            category = table.get("category")
            if category not in (None, PROCESS):
                self._sheet.wrong(
                    f"{place}.category", f"cannot be `{category}`", 'leave it out, or write category = "process"'
                )
            slots.append(
                Slot(
                    id=SlotId(self._own_id(place, table)),
                    layer=LayerId(str(layer.get("id", ""))),
                    names=self._sheet.localised(place, table, "names"),
                    unit=self._sheet.text(place, table, "unit"),
                    cues=self._terms(place, table, "cues"),
                    others=self._terms(place, table, "others"),
                    minimum=self._sheet.number(place, table, "minimum"),
                    maximum=self._sheet.number(place, table, "maximum"),
                    category=Category(category) if category else None,
                )
            )
        return slots

    def _party(self, where: str, table: dict[str, Any]) -> Party:
        self._sheet.unknown_keys(where, table, {"id", "names", "terms", "members"})
        return Party(
            id=PartyId(self._own_id(where, table)),
            names=self._sheet.localised(where, table, "names"),
            terms=self._terms(where, table, "terms", needed=True),
            members=tuple(self._member(place, item) for place, item in self._list("members", table, where)),
        )

    def _member(self, where: str, table: dict[str, Any]) -> Member:
        self._sheet.unknown_keys(where, table, {"id", "names", "terms"})
        return Member(
            id=self._id(where, table),
            names=self._sheet.localised(where, table, "names"),
            terms=self._terms(where, table, "terms", needed=True),
        )

    def _rungs(self) -> tuple[RungRule, ...]:
        rules = []
        for where, table in self._list("ladder"):
            self._sheet.unknown_keys(where, table, {"rung", "terms", "official", "outlets"})
            rung = self._word(where, table, "rung", Rung)
            terms = self._terms(where, table, "terms", needed=True)
            official, outlets = (
                self._sheet.whole(where, table, "official", 1),
                self._sheet.whole(where, table, "outlets", 1),
            )
            if rung and rung is not Rung.UNKNOWN:
                rules.append(RungRule(rung=rung, terms=terms, official=official, outlets=outlets))
        return tuple(sorted(rules, key=lambda rule: rule.rung.height))

    def _side(self, where: str, table: dict[str, Any]) -> SideRule:
        self._sheet.unknown_keys(where, table, {"state", "terms", "outlets"})
        return SideRule(
            state=self._word(where, table, "state", SideState) or SideState.DISPUTED,
            terms=self._terms(where, table, "terms", needed=True),
            outlets=self._sheet.whole(where, table, "outlets", 1),
        )

    def _word(self, where: str, table: dict[str, Any], key: str, kind: type[T]) -> T | None:
        value = self._sheet.text(where, table, key)
        known = [str(member) for member in kind]  # type: ignore[attr-defined]
        if value in known:
            return kind(value)  # type: ignore[call-arg]
        if value:
            self._sheet.wrong(f"{where}.{key}", f"`{value}` is not known", f"use one of: {', '.join(known)}")
        return None

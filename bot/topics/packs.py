"""Language packs on disk → LanguagePack nouns. Knows the file's form and nothing of texts."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.model.errors import Mistake, TopicFileError
from bot.model.languages import DraftWords, LanguagePack, NameWords, TimeWords
from bot.model.topics import Rung, SideState
from bot.text.words import normal
from bot.topics.reading import Sheet

SENSES = (
    "attribution.verb", "attribution.according", "source.unnamed", "source.document", "source.office", "source.outlet", "source.paper",
    "stance.rejects", "stance.accepts", "stance.supports", "stance.proposes", "stance.conditional", "stance.undecided",
    "modality.possible", "modality.planned", "modality.asked", "modality.offered", "modality.decided", "modality.denied",
    "correction", "negation", "before", "past", "change", "difference", "increment", "more", "less", "whether", "about", "anaphora",
)  # fmt: skip
LATER = frozenset(
    ("increment", "source.outlet", "source.paper")
)  # came after people had packs of their own: a pack without them is read as before


def load_packs(folder: Path | Traversable) -> Mapping[str, LanguagePack]:
    """All packs of a folder by language. Raises TopicFileError with the mistakes of all files together."""
    packs, mistakes = {}, list[Mistake]()
    for entry in sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name):
        try:
            pack = load_pack(entry)
            packs[pack.language] = pack
        except TopicFileError as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise TopicFileError(tuple(mistakes))
    return MappingProxyType(packs)


def load_pack(path: Path | Traversable) -> LanguagePack:
    """One pack. Raises TopicFileError with every mistake in the file."""
    sheet = Sheet(path)
    data = sheet.data
    sheet.unknown_keys(
        "", data, {"language", "name", "phrases", "concepts", "numbers", "units", "times", "page", "names", "drafting"}
    )
    numbers, phrases = _table(sheet, data, "numbers"), _table(sheet, data, "phrases")
    sheet.unknown_keys("phrases", phrases, set(SENSES))
    for sense in SENSES:
        if sense not in phrases and sense not in LATER:
            sheet.wrong("phrases", f"has no `{sense}`", "add the line, with [] if the language has no such words")
    pack = LanguagePack(
        language=sheet.text("", data, "language"),
        name=sheet.text("", data, "name"),
        phrases=_lists(sheet, "phrases", phrases),
        concepts=_lists(sheet, "concepts", _table(sheet, data, "concepts")),
        number_words=_numbers(sheet, "numbers.words", numbers.get("words", {})),
        multipliers=_numbers(sheet, "numbers.multipliers", numbers.get("multipliers", {})),
        units=_units(sheet, _table(sheet, data, "units")),
        months=_months(sheet, numbers.get("months")),
        not_quantities=_words(sheet, "numbers.not_quantities", numbers.get("not_quantities", [])),
        single=_texts(sheet, "numbers.single", numbers.get("single", {})),
        limits=_words(sheet, "numbers.limits", numbers.get("limits", [])),
        ordinals=_numbers(sheet, "numbers.ordinals", numbers.get("ordinals", {})),
        fractions=_numbers(sheet, "numbers.fractions", numbers.get("fractions", {})),
        **{name: _words(sheet, f"numbers.{name}", numbers.get(name, [])) for name in _NUMBER_LISTS},
        furniture=_words(sheet, "page.furniture", _table(sheet, data, "page").get("furniture", [])),
        times=_times(sheet, _table(sheet, data, "times")),
        drafting=_drafting(sheet, _table(sheet, data, "drafting")),
        names=_names(sheet, _table(sheet, data, "names")),
    )
    sheet.done()
    return pack


_NUMBER_LISTS = ("halves", "plus", "lone", "articles", "within", "breaks", "day_before", "day_endings")
_TIME_NUMBERS, _TIME_TEXTS = ("days", "turns", "seasons", "spans", "years"), ("periods", "parts")
_TIME_LISTS = ("hence", "since", "limits", "at", "links", "alone", "ahead", "ahead_endings")
_WORD_LISTS = ("everyday", "heralds", "auxiliaries", "parts", "ordinals", "plans", "process")


_NAME_SETS = ("articles", "begins", "ends", "governs", "ands", "inserts", "between", "joins", "of", "places", "tells")


def _names(sheet: Sheet, table: Mapping[str, Any]) -> NameWords:
    sheet.unknown_keys("names", table, {*_NAME_SETS, "endings"})
    sets = {name: frozenset(map(normal, _words(sheet, f"names.{name}", table.get(name, [])))) for name in _NAME_SETS}
    return NameWords(**sets, endings=_words(sheet, "names.endings", table.get("endings", [])))


def _drafting(sheet: Sheet, table: Mapping[str, Any]) -> DraftWords:
    sheet.unknown_keys("drafting", table, {*_WORD_LISTS, "rungs", "sides"})
    rungs, sides = _table(sheet, table, "rungs"), _table(sheet, table, "sides")
    sheet.unknown_keys("drafting.rungs", rungs, {rung.value for rung in Rung if rung is not Rung.UNKNOWN})
    sheet.unknown_keys("drafting.sides", sides, {side.value for side in SideState})
    return DraftWords(
        **{name: _words(sheet, f"drafting.{name}", table.get(name, [])) for name in _WORD_LISTS},
        rungs=_lists(sheet, "drafting.rungs", rungs),
        sides=_lists(sheet, "drafting.sides", sides),
    )


def _times(sheet: Sheet, table: Mapping[str, Any]) -> TimeWords:
    sheet.unknown_keys("times", table, {"weekdays", *_TIME_NUMBERS, *_TIME_TEXTS, *_TIME_LISTS})
    weekdays = table.get("weekdays", [])
    if not (
        isinstance(weekdays, list) and len(weekdays) in (0, 7) and all(isinstance(forms, list) for forms in weekdays)
    ):
        sheet.wrong("times.weekdays", "must list the forms of seven days, Monday first", 'write [["monday"], …]')
        weekdays = []
    numbers = {name: _numbers(sheet, f"times.{name}", table.get(name, {})) for name in _TIME_NUMBERS}
    texts = {name: _texts(sheet, f"times.{name}", table.get(name, {})) for name in _TIME_TEXTS}
    return TimeWords(
        days=numbers["days"],
        turns=numbers["turns"],
        seasons=numbers["seasons"],
        spans=numbers["spans"],
        years=numbers["years"],
        periods=texts["periods"],
        parts=texts["parts"],
        weekdays=tuple(tuple(map(str, forms)) for forms in weekdays),
        lists=_lists(sheet, "times", {name: table[name] for name in _TIME_LISTS if name in table}),
    )


def _table(sheet: Sheet, data: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key, {})
    if isinstance(value, dict):
        return value
    sheet.wrong(key, "must be a table", f"write [{key}]")
    return {}


def _lists(sheet: Sheet, where: str, table: Mapping[str, Any]) -> MappingProxyType[str, tuple[str, ...]]:
    found = {}
    for key, value in table.items():
        if isinstance(value, list) and all(isinstance(item, str) and item.strip(" *~") for item in value):
            found[key] = tuple(item.strip() for item in value)
        else:
            sheet.wrong(f"{where}.{key}", "must be a list of words", 'write ["…", "…"]')
    return MappingProxyType(found)


def _words(sheet: Sheet, where: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    sheet.wrong(where, "must be a list of words", 'write ["…", "…"]')
    return ()


def _texts(sheet: Sheet, where: str, value: object) -> MappingProxyType[str, str]:
    if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
        return MappingProxyType({str(key): str(text) for key, text in value.items()})
    sheet.wrong(where, "must give a unit for each word", 'write { month = "months", … }')
    return MappingProxyType({})


def _numbers(sheet: Sheet, where: str, table: object) -> MappingProxyType[str, float]:
    if isinstance(table, dict) and all(isinstance(value, int | float) for value in table.values()):
        return MappingProxyType({str(key): float(value) for key, value in table.items()})
    sheet.wrong(where, "must give a number for each word", "write { two = 2, … }")
    return MappingProxyType({})


def _units(sheet: Sheet, table: Mapping[str, Any]) -> MappingProxyType[str, str]:
    return MappingProxyType({word: unit for unit, forms in _lists(sheet, "units", table).items() for word in forms})


def _months(sheet: Sheet, value: object) -> tuple[tuple[str, ...], ...]:
    if isinstance(value, list) and len(value) == 12 and all(isinstance(forms, list) and forms for forms in value):
        return tuple(tuple(str(form) for form in forms) for forms in value)
    sheet.wrong("numbers.months", "must list the forms of twelve months", 'write [["january", "jan"], …]')
    return ((),) * 12

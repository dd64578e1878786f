"""The sentences themselves: none missing in either language, none unused, all arguments agreed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from bot.model.digests import LeftOut
from bot.model.errors import Trouble
from bot.model.feeds import Health, NoText
from bot.model.stories import ChangeKind, Modality, Role, Standing
from bot.model.topics import Rung, SideState, Stance
from bot.present.voices import Voice
from tests.showcase import LOCALES, a_voice

ROOT = LOCALES.parents[1]
GRAMMAR_ONLY = {"many", "n", "hour", "count"}  # what one language needs to inflect and another does not


class _Arguments(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:
        self.names.add(node.id.name)


def _messages(language: str) -> dict[str, set[str]]:
    """Message → its arguments. Fails on anything that Fluent could not read, and on a message given twice."""
    found: dict[str, set[str]] = {}
    for file in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{file.name}: {entry.id.name} is given twice"
                arguments = _Arguments()
                arguments.visit(entry)
                found[entry.id.name] = arguments.names
    return found


def _said() -> Iterator[tuple[str, set[str], str]]:
    """Every `say("message", name=…)` of the program with its argument names."""
    for file in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "say"
                and node.args
            ):
                given = {keyword.arg or "**" for keyword in node.keywords}
                for message in _strings(node.args[0]):
                    yield message, given, f"{file.relative_to(ROOT)}:{node.lineno}"


def _strings(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)


def _named_by_data() -> Iterator[str]:
    """Messages whose names are put together from what the data says."""
    for prefix, kinds in (
        ("rung", Rung),
        ("side", SideState),
        ("standing", Standing),
        ("health", Health),
        ("trouble", Trouble),
        ("left", LeftOut),
        ("count", ChangeKind),
        ("more", ChangeKind),
        ("stance", Stance),
        ("party", Stance),
    ):
        yield from (f"{prefix}-{kind.value.replace('_', '-')}" for kind in kinds)
    yield from ("stance-none", "party-silent", "party-no-whole", "value-named-by")
    for modality in (Modality.OFFERED, Modality.ASKED, Modality.POSSIBLE, Modality.DENIED):
        yield from (f"value-{modality.value}", f"value-{modality.value}-by")
    yield from (f"role-{role.value.replace('_', '-')}" for role in (Role.AT_LEAST, Role.AT_MOST, Role.ABOUT))
    yield from (f"no-text-{why.name.lower().replace('_', '-')}" for why in NoText)
    yield from (f"edit-{kind}" for kind in ("added", "removed", "reworded"))
    yield from (f"button-{name}" for name in ("layers", "digest", "status", "sources", "latest", "help"))


def test_a_ukrainian_reader_never_meets_an_english_sentence() -> None:
    assert set(_messages("en")) == set(_messages("uk"))


def test_both_languages_are_told_the_same_facts() -> None:
    english, ukrainian = _messages("en"), _messages("uk")
    for message, arguments in english.items():
        assert arguments ^ ukrainian[message] <= GRAMMAR_ONLY, message


def test_no_reader_meets_the_bare_name_of_a_message() -> None:
    known = _messages("en")
    for message, _, place in _said():
        assert message in known, f"{place}: {message}"
    for message in _named_by_data():
        assert message in known, message


def test_no_sentence_has_a_hole_where_an_argument_should_stand() -> None:
    for language in ("en", "uk"):
        known = _messages(language)
        for message, given, place in _said():
            if "**" not in given:
                assert known[message] <= given, f"{place}: {message} in {language} lacks {known[message] - given}"


def test_the_apostrophe_is_the_typographic_one() -> None:
    for file in LOCALES.glob("*/*.ftl"):
        assert not re.search(r"\w['\u02bc`]\w", file.read_text("utf-8")), file


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 день"), (2, "2 дні"), (5, "5 днів"), (11, "11 днів"), (21, "21 день"), (22, "22 дні"), (112, "112 днів")],
)
def test_ukrainian_counts_days_as_ukrainians_do(count: int, said: str) -> None:
    assert a_voice().say("uk", "unit-days", {"amount": str(count), "n": count}) == said


def test_a_reader_of_an_unknown_language_is_answered_in_english() -> None:
    voice = a_voice()
    assert [voice.language_for(tag) for tag in ("uk-UA", "uk_UA.UTF-8", "EN", "ru", "", "ukr")] == [
        "uk",
        "uk",
        "en",
        "en",
        "en",
        "en",
    ]


def test_what_cannot_be_said_does_not_silence_the_rest() -> None:
    voice = Voice({"en": "hello = Hello", "uk": ""})
    assert voice.say("uk", "hello", {}) == "Hello"
    assert voice.say("uk", "farewell", {}) == "farewell"


def test_a_program_without_english_sentences_does_not_start() -> None:
    with pytest.raises(ValueError, match="English"):
        Voice({"uk": ""})


def test_the_folder_of_sentences_ships_with_the_program() -> None:
    assert Path(LOCALES / "en").is_dir()
    assert Path(LOCALES / "uk").is_dir()


def test_no_sentence_is_kept_that_nobody_says() -> None:
    said = {message for message, _, _ in _said()} | set(_named_by_data()) | _written_out()
    prefixes = ("amount-", "unit-", "mark-", "language-", "reason-", "not-allowed-", "party-", "subscribed")
    composed = {message for message in _messages("en") if message.startswith(prefixes) or message.endswith("-empty")}
    assert set(_messages("en")) - said - composed == set()


def _written_out() -> set[str]:
    """Every string of the program that could be a message's name."""
    files = (ROOT / "bot" / "present").rglob("*.py")
    trees = (ast.parse(file.read_text("utf-8")) for file in files)
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

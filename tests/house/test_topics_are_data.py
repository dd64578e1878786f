"""The house: no code knows a topic. Whatever planwatch knows of the plans it ships stands in config/topics and in what was learned."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.model.topics import Terms, Topic
from bot.topics import load_topic, topic_ids

ROOT = Path(__file__).parents[2]
EVERYDAY = frozenset((
    "government", "ministry", "ministers", "region", "regions", "union", "unions", "operators", "province", "provinces", "provincial",
    "partners", "партнери", "партнеры",
))  # fmt: skip
_ZONE = re.compile(r"\b[A-Z]\w+/[A-Z]\w+")  # Europe/Kyiv is a time zone
SOURCES = sorted(path for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py"))
TOPICS = [load_topic(ROOT / "config" / "topics" / f"{name}.toml") for name in topic_ids(ROOT / "config" / "topics")]
# Where a text may name a plan or its scene, and why. Nothing is decided by these texts.
NAMED = {
    "bot/settings/tree.py": "the default of the setting `topics`, and the place of an example",
    "bot/commands/table.py": "examples that people are shown, such as /layer force",
    "bot/present/places.py": "towns by which people name their time zone",
    "bot/commands/following.py": "names of languages in other languages",
}


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """String constants that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def own_names(topic: Topic) -> set[str]:
    """Ids that are no everyday words of programs, and the names by which the plan, its scene and its parties go."""
    ids = {str(topic.id), *map(str, (slot.id for slot in topic.slots))}
    ids |= {str(layer.id) for layer in topic.layers} | {str(party.id) for party in topic.parties}
    ids -= {"us", "response", "access"}
    ids |= {f"position:{party.id}" for party in topic.parties}
    return ids


def phrases(terms: Terms) -> set[str]:
    return {
        text.rstrip("*").lower()
        for _, listed in terms.by_language
        for text in listed
        if (len(text) >= 5 and "~" not in text)
    }


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: str(topic.id))
def test_no_code_asks_for_a_layer_a_value_or_a_party_of_a_shipped_topic(topic: Topic) -> None:
    names = own_names(topic)
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in SOURCES
        if str(path.relative_to(ROOT)) not in NAMED
        for line, text in texts(path)
        if text in names
    ]
    assert found == []


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: str(topic.id))
def test_no_code_holds_words_by_which_a_shipped_topic_is_recognised(topic: Topic) -> None:
    """Names of the plan, of its scene and of its parties; words of trades such as "bill" or "union" are everybody's."""
    names = phrases(topic.context) | {text for text in phrases(topic.subject) if " " in text}
    names |= {text for party in topic.parties for text in phrases(party.terms)}
    names -= EVERYDAY
    wanted = re.compile("|".join(rf"\b{re.escape(text)}" for text in sorted(names, key=len, reverse=True)))
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:60]}"
        for path in SOURCES
        if str(path.relative_to(ROOT)) not in NAMED
        for line, text in texts(path)
        if wanted.search(_ZONE.sub("", text).lower())
    ]
    assert found == []

"""The bank of wordings: short invented passages whose sentences are marked with what they speak of. For learning how things are worded only.

A passage is `@@ lang=en [near] title=…` and a sentence a line; `{army+position:us/supports: …}` marks one with its categories and the
party's stance, `{~: …}` one that counts neither way. `near` passages carry nothing of the plan.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.model.corpora import LabelledArticle, LabelledId, Relevance
from bot.model.topics import Category, Stance
from bot.summariser.annotating import Annotator
from bot.summariser.surroundings import Surroundings
from bot.text.words import folded
from tests.quality.known import WORDINGS, Known, article_of

FOLDER = Path(__file__).with_suffix("")
_HEAD = re.compile(r"@@ lang=(?P<language>\w\w)(?P<near> near)? title=(?P<title>.*)")
_MARKED = re.compile(r"\{(?P<marks>[a-z:/+~]+): (?P<text>.*)\}")
_DAY = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its marks ("army", "position:us/supports", "~")."""

    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A few sentences in a row."""

    language: str
    title: str
    near: bool
    lines: tuple[Marked, ...]


def passages(path: Path) -> Iterator[Passage]:
    """The passages of a file. Raises ValueError with the line that is not understood."""
    for block in re.split(r"\n\s*\n", path.read_text("utf-8").strip()):
        first, *rest = block.split("\n")
        head = _HEAD.fullmatch(first.strip())
        if head is None:
            raise ValueError(f"{path.name}: {first}")
        yield Passage(head["language"], head["title"], head["near"] is not None, tuple(map(_marked, rest)))


def _marked(line: str) -> Marked:
    found = _MARKED.fullmatch(line.strip())
    if found is None:
        if line.startswith("{"):
            raise ValueError(line)
        return Marked(line.strip(), ())
    return Marked(found["text"], tuple(found["marks"].split("+")))


def known_wordings(annotator: Annotator) -> Iterator[Known]:
    """All passages as labelled articles. A sentence that the program cuts otherwise than its writer is left without a mark."""
    for path in sorted(FOLDER.glob("*/*.txt")):
        for number, passage in enumerate(passages(path)):
            item = _known(f"{path.parent.name}-{path.stem}-{number}", path.parent.name, passage, annotator)
            if item is not None:
                yield item


def _known(identity: str, hand: str, passage: Passage, annotator: Annotator) -> Known | None:
    text = " ".join(line.text for line in passage.lines)
    label = LabelledArticle(
        id=LabelledId(identity), outlet=f"{hand} {identity}", language=passage.language, url=f"http://{hand}.example/{identity}", guid=identity,
        published=_DAY, updated=None, title=passage.title, summary_html="", body_html="", body_text=text,
        relevance=Relevance.NEAR if passage.near else Relevance.BELONGS,
    )  # fmt: skip
    article = article_of(label)
    annotated = annotator.annotate(article)
    if annotated is None:
        return None
    at = {folded(line.text): index for index, line in enumerate(annotated.sentences)}
    gold: dict[int, set[Category]] = defaultdict(set)
    stances: dict[tuple[int, Category], Stance] = {}
    neutral: set[int] = set()
    for line in passage.lines:
        index = at.get(folded(line.text))
        if index is None:
            continue
        for mark in line.marks:
            category, _, stance = mark.partition("/")
            if mark == "~":
                neutral.add(index)
            else:
                gold[index].add(Category(category))
                if stance:
                    stances[(index, Category(category))] = Stance(stance)
    around = Surroundings(annotated, annotator.topic)
    return Known(WORDINGS, label, article, around, gold, defaultdict(set), neutral, stances=stances)

"""The parts into which an article itself divides its matter: headings, items of a list, "the first …, the second …". Knows form, not matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bot.summariser.annotating import Sentence

FEWEST, MOST = 2, 12  # a lone heading divides nothing; more than a dozen are those of a long read
_LABEL_WORDS = 6
_BULLET = re.compile(r"^\s*(?:[-–—•·▪*‣]|#{1,6}|\(?\d{1,2}[.)]|\(?[a-zа-яіїєґ]\))\s+")
_LABEL = re.compile(r"^(?P<label>[^:.!?–—]{2,60}?)\s*(?::|\s[–—-])\s+\S|^(?P<short>[^:.!?]{2,40})\.\s+\S")
_NUMBERED = re.compile(r"^\d{1,2}\s*[.):–—-]*\s*|^[:.–—-]+\s*")
ORDINAL, PART = "layer:ordinals", "layer:parts"  # senses under which the words of counting are found


class Division(StrEnum):
    """How the article divides its matter."""

    HEADINGS = "headings"
    COUNTING = "counting"  # "the first layer …, the second …"
    LIST = "list"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `label` is empty where the text gives it no name; a heading is not among its lines."""

    label: str
    lines: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """How an article is divided, and its parts in order."""

    division: Division
    parts: tuple[Part, ...] = ()


def outline_of(lines: Sequence[Sentence]) -> Outline:
    """The first division that gives two parts or more: by headings, by counting, by a list."""
    for division, find in ((Division.HEADINGS, _headed), (Division.COUNTING, _counted), (Division.LIST, _listed)):
        parts = tuple(find(lines))[:MOST]
        if len(parts) >= FEWEST:
            return Outline(division, parts)
    return Outline(Division.NONE)


def is_heading(line: Sentence) -> bool:
    """Whether the line stands alone without a sentence's end."""
    return bool(line.heading) and line.heading == line.text


def _headed(lines: Sequence[Sentence]) -> Iterator[Part]:
    for heading, group in groupby(lines, key=lambda line: line.heading):
        body = tuple(line for line in group if line.text != heading)
        if heading and body and not _BULLET.match(body[0].text):
            yield Part(_tidy(heading), body)


def _counted(lines: Sequence[Sentence]) -> Iterator[Part]:
    """From each sentence that counts on to the next, or to the end of its paragraph if it is the last."""
    starts = [index for index, line in enumerate(lines) if _counts(line)]
    for start, following in zip(starts, [*starts[1:], len(lines)], strict=False):
        end = following
        if following == len(lines):
            end = next((at for at in range(start + 1, end) if lines[at].starts_paragraph), end)
        yield Part("", tuple(lines[start:end]))


def _counts(line: Sentence) -> bool:
    """An ordinal at the head of the sentence, or beside a word for parts."""
    parts = line.places(PART)
    return any(hit.first <= 1 or any(0 < part.first - hit.last <= 2 for part in parts) for hit in line.places(ORDINAL))


def _listed(lines: Sequence[Sentence]) -> Iterator[Part]:
    """Items by their marks, or paragraphs that begin with a label: "Crew: 120 sailors keep their posts"."""
    paragraphs = _paragraphs(lines)
    marked = [group for group in paragraphs if _BULLET.match(group[0].text)]
    chosen = marked if len(marked) >= FEWEST else [group for group in paragraphs if _label(group[0].text)]
    for group in chosen:
        yield Part(_label(group[0].text), tuple(group))


def _paragraphs(lines: Sequence[Sentence]) -> list[list[Sentence]]:
    groups: list[list[Sentence]] = []
    for line in lines:
        if line.starts_paragraph or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups


def _label(text: str) -> str:
    found = _LABEL.match(_BULLET.sub("", text, count=1))
    label = (found["label"] or found["short"] or "").strip() if found else ""
    return _tidy(label) if label and len(label.split()) <= _LABEL_WORDS else ""


def _tidy(label: str) -> str:
    """Without list marks and numbers: "2. Fares" → Fares."""
    return _NUMBERED.sub("", _BULLET.sub("", label)).strip(" :.–—-") or label.strip()

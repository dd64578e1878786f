"""The lines of a page that are its article. Knows no network, no walls, and nothing of what the article is about.

trafilatura finds the body; what it is known to lose (a lead beside the body, a body in several blocks) and to let through (pointers, what stands
before the heading, repetitions) is mended by rules that look at form only. Measured on `tests/unit/feeds/layouts.py`.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import trafilatura
from lxml.html import HtmlElement

from bot.feeds.lines import FOUND_BLOCKS, HTML_BLOCKS, Line, lines_of

_SENTENCE = 40  # characters; a shorter line is not taken on its form alone
_SENTENCE_END = re.compile(r"[.!?…][»”\"’')\]]*$")
_LABEL = re.compile(r"[^.!?…]{0,30}(?:[:–—>→-]|\.\.\.|…)?")  # what stands before the link in "Read also: …"
_LONGEST_POINTER = 220  # characters
_CAPTION = re.compile(
    r"(?<![a-z])(?:fig\w*|caption|photo\w*|img|image|media|picture|gallery|credit|byline|date|time|author)(?![a-z])"
)
_REPEATED = 40  # characters; shorter lines may well come twice

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports each page without text as an error


def article_lines(tree: HtmlElement, heading: str) -> list[str]:
    """The article's lines in order, each as it stands in `tree`; [] where there is none. `heading` is the page's own."""
    lines = list(lines_of(tree, HTML_BLOCKS))
    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    told = [] if body is None else [line.text for line in lines_of(body, FOUND_BLOCKS)]
    start = next((at for at, line in enumerate(lines) if heading and line.text == heading), -1)
    known = {line.text: line for line in reversed(lines)}
    mended = _with_missed(_below(told, lines, start), lines, start)
    return list(_once(text for text in mended if not is_pointer(known.get(text))))


def is_pointer(line: Line | None) -> bool:
    """Whether a line merely leads to another article: a link and at most a few words that announce it."""
    if line is None or line.unlinked == line.text or len(line.text) > _LONGEST_POINTER:
        return False
    linked = len(line.text) - len(line.unlinked)
    return linked >= 15 and not _ends_as_sentence(line) and _LABEL.fullmatch(line.unlinked) is not None


def _ends_as_sentence(line: Line) -> bool:
    return line.text.endswith(".") and not line.text.endswith("...") and len(line.text) > _SENTENCE


def _below(told: list[str], lines: Sequence[Line], start: int) -> list[str]:
    """Without what stands above the heading, unless most of the text does."""
    above = {line.text for line in lines[:start]} - {line.text for line in lines[start:]} if start >= 0 else set()
    kept = [text for text in told if text not in above]
    return kept if sum(map(len, kept)) * 2 >= sum(map(len, told)) else told


def _with_missed(told: list[str], lines: Sequence[Line], start: int) -> list[str]:
    """Told lines and, at their places, sentences that belong with them: leads, and those in blocks of the same form."""
    places = {text: at for at, line in reversed(list(enumerate(lines))) if (text := line.text)}
    at_told = [places[text] for text in told if text in places]
    if not at_told:
        return told
    missed = [at for at in _missed(lines, set(told), start, min(at_told)) if lines[at].text not in told]
    out: list[str] = []
    for text in told:
        while missed and missed[0] < places.get(text, -1):
            out.append(lines[missed.pop(0)].text)
        out.append(text)
    return out + [lines[at].text for at in missed]


def _missed(lines: Sequence[Line], told: set[str], start: int, first: int) -> Iterator[int]:
    homes = Counter(line.place for line in lines if line.text in told and "." in line.place)
    for at, line in enumerate(lines):
        if line.text in told or at <= start or not _reads_well(line):
            continue
        lead = 0 <= start < at < first
        if lead or homes[line.place] >= 2:
            yield at


def _reads_well(line: Line) -> bool:
    """Whether it is a sentence of running text, by its form."""
    return (
        len(line.text) >= _SENTENCE
        and len(line.unlinked) * 2 > len(line.text)
        and _SENTENCE_END.search(line.text) is not None
        and _CAPTION.search(f"{line.tag} {line.place}".lower()) is None
    )


def _once(texts: Iterable[str]) -> Iterator[str]:
    """Without repetitions: a text that is there twice, for wide and for narrow screens, is one text."""
    seen: set[str] = set()
    for text in texts:
        if text not in seen:
            yield text
        if len(text) >= _REPEATED:
            seen.add(text)

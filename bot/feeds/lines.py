"""A page's tree as lines, each with what it is made of: where it stands, how much of it is links. Knows nothing of what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from bot.text.html import folded_line

HTML_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "html", "head", "title",
})  # fmt: skip
FOUND_BLOCKS = frozenset({  # the names the extracting library gives them
    "body", "p", "head", "list", "item", "quote", "code", "table", "row", "cell", "div", "section", "lb", "main", "article", *HTML_BLOCKS,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What stands between two line ends, white space folded."""

    text: str
    unlinked: str  # the part of it that is no link
    tag: str  # of the innermost block around it
    place: str  # tag and class of the innermost block with a class


def lines_of(tree: etree._Element, blocks: frozenset[str]) -> Iterator[Line]:
    """The lines of a tree in order. One line for each paragraph, heading, list item, cell, and piece between breaks."""
    words: list[str] = []
    unlinked: list[str] = []
    around: list[tuple[str, str]] = [("body", "")]
    links = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        block = node.tag in blocks
        if block and (line := _line(words, unlinked, around[-1])):
            yield line
        if block and node.tag != "br":
            _step(around, node) if event == "start" else around.pop()
        links += (node.tag == "a") * (1 if event == "start" else -1)
        text = (node.text if event == "start" else node.tail if node is not tree else "") or ""
        words.append(text)
        if not links:
            unlinked.append(text)
    if line := _line(words, unlinked, around[-1]):
        yield line


def _step(around: list[tuple[str, str]], node: etree._Element) -> None:
    named = node.get("class")
    around.append((node.tag, f"{node.tag}.{named[:200]}" if named else around[-1][1]))


def _line(words: list[str], unlinked: list[str], around: tuple[str, str]) -> Line | None:
    text, rest = folded_line("".join(words)), folded_line("".join(unlinked))
    words.clear()
    unlinked.clear()
    return Line(text, rest, *around) if text else None

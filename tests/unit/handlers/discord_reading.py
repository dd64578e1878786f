"""Reads Discord's markdown as its client does, so that tests see what a reader would. Written apart from the renderer it judges.

The rules follow the client's: a backslash before a character that is no letter, digit or space shows that character; everything else
that has a meaning becomes a `mark`. Knows nothing of planwatch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_STARTS = (
    ("quote", re.compile(r" *>>> ?| *> ")),
    ("heading", re.compile(r" *#{1,3}\s+")),
    ("small", re.compile(r" *-#\s+")),
    ("list", re.compile(r"\s*(?:[-*+]|\d+[.)])\s")),
)
_INLINE = (
    ("escape", re.compile(r"\\([^0-9A-Za-z\s])")),
    ("code", re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")),
    ("link", re.compile(r"\[((?:\\.|[^\[\]\\])+)\]\((https?://[^\s()<>]+)\)")),
    ("autolink", re.compile(r"<(https?://[^\s<>]+)>")),
    ("mention", re.compile(r"<(?:@[!&]?|#|id:)\w+>|@everyone|@here")),
    ("emoji", re.compile(r"<a?:\w+:\d+>|:[^\s:]+:")),
    ("time", re.compile(r"<t:-?\d+(?::\w)?>")),
    ("command", re.compile(r"</[^:>]+:\d+>")),
    ("url", re.compile(r"\w+://[^\s<]+")),
    ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
    ("struck", re.compile(r"~~([\s\S]+?)~~(?!_)")),
    ("bold", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("underlined", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    (
        "italic",
        re.compile(
            r"\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)|_((?:__|\\[\s\S]|[^\\_])+?)_\b"
        ),
    ),
)


@dataclass
class Seen:
    """What a reader sees: the text without marks, the marks' names, and where links lead."""

    text: str = ""
    marks: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def read(markdown: str) -> Seen:
    """The whole message."""
    seen = Seen()
    for number, line in enumerate(markdown.split("\n")):
        seen.text += "\n" if number else ""
        for piece in _begun(line, seen):
            _inline(piece, seen)
    return seen


def _begun(line: str, seen: Seen) -> Iterator[str]:
    """Takes what begins a line: a quote may hold a heading, a list or small print."""
    for name, pattern in _STARTS:
        if found := pattern.match(line):
            seen.marks.append(name)
            line = line[found.end() :]
    yield line


def _inline(text: str, seen: Seen) -> None:
    at = 0
    while at < len(text):
        name, found = next(
            ((name, found) for name, pattern in _INLINE if (found := pattern.match(text, at))), ("", None)
        )
        if found is None:
            seen.text += text[at]
            at += 1
            continue
        at = found.end()
        if name == "escape":
            seen.text += found[1]
            continue
        seen.marks.append(name)
        _inside(name, found, seen)


def _inside(name: str, found: re.Match[str], seen: Seen) -> None:
    if name in ("link", "autolink"):
        seen.links.append(found[2] if name == "link" else found[1])
    if name == "code":
        seen.text += found[2]
    elif name in ("link", "bold", "underlined", "spoiler", "struck", "italic"):
        _inline(next(group for group in found.groups() if group), seen)
    elif name != "autolink":
        seen.text += found[0]

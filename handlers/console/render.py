"""A Reply as lines for a terminal: pure. Knows nothing of printing; the width is only known when a part is shown.

A part is the JSON text of a whole reply: `lines`, each an indent and its runs [text, style, address], and `ways`, the commands of buttons.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.model.replies import Reply, Run
from bot.present.plain import Line, lines_of
from handlers.console.harmless import harmless, one_line, width

TITLE = "title"
WAY_GAP = "   "
HANG = 2  # columns by which the rest of a wrapped line is set in
NARROWEST = 24  # columns below which wrapping would do more harm than the terminal's own


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style: plain, strong, soft, code or title; perhaps a link."""

    text: str
    style: str
    url: str = ""


Row = tuple[Piece, ...]


def render(reply: Reply) -> tuple[str, ...]:
    """The reply as one part; nothing where there is nothing to say."""
    if not reply.blocks:
        return ()
    lines = [[line.indent, [_run(run, line) for run in line.runs]] for line in lines_of(reply)]
    ways = [one_line(f"/{button.command}") for row in reply.buttons for button in row if button.command]
    return (json.dumps({"lines": lines, "ways": ways}, ensure_ascii=False),)


def rows(part: str, columns: int, *, addresses: bool) -> Iterator[Row]:
    """The part's lines cut to a terminal's width; with `addresses` each link's address follows on a line of its own."""
    told = json.loads(part)
    for indent, runs in told["lines"]:
        pieces = [Piece(*run) for run in runs]
        yield from _wrapped(pieces, columns, indent)
        if addresses:
            yield from ((Piece(" " * indent + piece.url, "soft"),) for piece in pieces if piece.url)
    if told["ways"]:
        yield ()
        yield from _packed(told["ways"], columns)


def as_text(row: Row) -> str:
    """The row without styles."""
    return "".join(piece.text for piece in row).rstrip()


def _run(run: Run, line: Line) -> list[str]:
    style = TITLE if line.title else run.style.value
    return [harmless(run.text), style, one_line(run.url)]


def _packed(commands: Sequence[str], columns: int) -> Iterator[Row]:
    """Commands side by side, each whole, so that it can be copied."""
    line = ""
    for command in commands:
        longer = f"{line}{WAY_GAP}{command}" if line else command
        if line and width(longer) > columns:
            yield (Piece(line, "soft"),)
            longer = command
        line = longer
    yield (Piece(line, "soft"),)


def _wrapped(pieces: Sequence[Piece], columns: int, indent: int) -> Iterator[Row]:
    """Words fill the width; what does not fit goes on a little further in. Words longer than the width are left whole."""
    if not pieces:
        yield ()
        return
    room = max(columns, NARROWEST)
    row: list[Piece] = [Piece(" " * indent, "plain")] if indent else []
    used = indent
    for word in _words(pieces):
        needed = width(as_text(tuple(word)))
        if used > indent + HANG and used + needed > room:
            yield _joined(row)
            row, used = [Piece(" " * (indent + HANG), "plain")], indent + HANG
            word = _stripped(word)
        row.extend(word)
        used += sum(width(piece.text) for piece in word)
    yield _joined(row)


def _joined(row: Sequence[Piece]) -> Row:
    """Neighbours that look alike as one piece."""
    alike = groupby(row, key=lambda piece: (piece.style, piece.url))
    return tuple(Piece("".join(piece.text for piece in pieces), style, url) for (style, url), pieces in alike)


def _words(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Words with the space before them; a word may run through several styles. No-break spaces hold."""
    word: list[Piece] = []
    for piece in pieces:
        start = 0
        for index, letter in enumerate(piece.text):
            if letter == " " and (index > start or word) and not _only_space(word, piece.text[start:index]):
                if piece.text[start:index]:
                    word.append(Piece(piece.text[start:index], piece.style, piece.url))
                yield word
                word, start = [], index
        if piece.text[start:]:
            word.append(Piece(piece.text[start:], piece.style, piece.url))
    if word:
        yield word


def _only_space(word: Sequence[Piece], text: str) -> bool:
    return not ("".join(piece.text for piece in word) + text).strip(" ")


def _stripped(word: Sequence[Piece]) -> list[Piece]:
    """The word without its leading space."""
    first, *rest = word
    return [Piece(first.text.lstrip(" "), first.style, first.url), *rest]

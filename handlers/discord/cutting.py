"""Lines of a reply → texts within a limit, cut where it hurts least. Must not know JSON, buttons or the network.

First between clumps (blocks), then between a clump's groups, then between lines, then after sentences, words,
characters. A group (a quotation with its source) stays together unless it alone is over the limit; even then the source
keeps the end of its quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model.replies import Run, Runs
from handlers.discord.markdown import SMALL, is_small, lines, marked

_SENTENCES = re.compile(r"[.!?…]+[”\"»’')\]]*\s+|\n")
_WORDS = re.compile(r"\s+")
_CHARACTERS = re.compile(r"(?s).[\u0300-\u036f\ufe00-\ufe0f\u200d\U0001f3fb-\U0001f3ff]*")


@dataclass(frozen=True, slots=True)
class Line:
    """Runs with what begins each of their lines: "> ", "## ", "-# " or nothing."""

    runs: Runs
    prefix: str = ""

    @property
    def text(self) -> str:
        """As markdown."""
        return "\n".join(self._one(runs) for runs in lines(self.runs))

    def _one(self, runs: Runs) -> str:
        text = marked(runs)
        if not text:
            return self.prefix if self.prefix == "> " else ""
        small = is_small(runs) and self.prefix in ("", "> ")
        return f"{self.prefix}{SMALL if small else ''}{text}"


Group = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Clump:
    """One block, as groups of lines. Two `tight` clumps in a row have no empty line between them."""

    groups: tuple[Group, ...]
    tight: bool = False


def size(text: str) -> int:
    """Length in UTF-16 units: never less than what Discord counts."""
    return len(text.encode("utf-16-le")) // 2


def cut(clumps: Sequence[Clump], limit: int) -> tuple[str, ...]:
    """Texts of at most `limit` each; together they hold all of `clumps`, in order. `limit` must be at least 2,500."""
    sheets = _Sheets(limit)
    before: Clump | None = None
    for clump in clumps:
        sheets.place(clump, "\n" if before and before.tight and clump.tight else "\n\n")
        before = clump
    return sheets.all()


class _Sheets:
    """Texts being filled one after the other."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._texts = [""]

    def all(self) -> tuple[str, ...]:
        return tuple(text.strip("\n") for text in self._texts if text.strip())

    def place(self, clump: Clump, gap: str) -> None:
        for text in self._pieces(clump):
            self._write(text, gap)
            gap = "\n"

    def _write(self, text: str, gap: str) -> None:
        joined = f"{self._texts[-1]}{gap}{text}" if self._texts[-1] else text
        if size(joined) <= self._limit:
            self._texts[-1] = joined
        else:
            self._texts.append(text)

    def _pieces(self, clump: Clump) -> Iterator[str]:
        whole = _text(line for group in clump.groups for line in group)
        if size(whole) <= self._limit:
            yield whole
            return
        for group in clump.groups:
            together = _text(group)
            yield from (together,) if size(together) <= self._limit else _broken(group, self._limit)


def _text(group: Iterator[Line] | Group) -> str:
    return "\n".join(text for line in group if (text := line.text).strip())


def _broken(group: Group, limit: int) -> Iterator[str]:
    """A group over the limit. A short last line (the source) stays with the end of what it belongs to."""
    *body, last = group
    tail = last.text
    if not body or size(tail) > limit // 2:
        yield from (piece for line in group for piece in _cut_line(line, limit))
        return
    pieces = [piece for line in body for piece in _cut_line(line, limit - size(tail) - 1)]
    yield from pieces[:-1]
    yield "\n".join(text for text in (*pieces[-1:], tail) if text)


def _cut_line(line: Line, room: int) -> Iterator[str]:
    raw = "".join(run.text for run in line.runs)
    start = 0
    while start < len(raw):
        end = _furthest(line, raw, start, room)
        text = Line(_slice(line.runs, start, end), line.prefix).text
        if text.strip():
            yield text
        start = end


def _furthest(line: Line, raw: str, start: int, room: int) -> int:
    """The last good place to cut so that what stands before it fits into `room`."""
    for pattern in (_SENTENCES, _WORDS, _CHARACTERS):
        ends = [match.end() for match in pattern.finditer(raw, start)]
        ends = [*ends, len(raw)] if not ends or ends[-1] != len(raw) else ends
        fitting = _count_fitting(line, start, ends, room)
        if fitting:
            return ends[fitting - 1]
    return start + 1


def _count_fitting(line: Line, start: int, ends: list[int], room: int) -> int:
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high + 1) // 2
        fits = size(Line(_slice(line.runs, start, ends[middle - 1]), line.prefix).text) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _slice(runs: Runs, start: int, end: int) -> Runs:
    """The runs of characters `start` to `end`."""
    found: list[Run] = []
    at = 0
    for run in runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        if text:
            found.append(Run(text, run.style, run.url))
        at += len(run.text)
    return tuple(found)

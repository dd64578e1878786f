"""Text with marks on it, such as bold or a link. Knows nothing of replies or of how messages are sent.

Positions count code points, so that no cut can fall inside a surrogate pair; `entities` turns them into the UTF-16 units in which
Telegram counts (https://core.telegram.org/api/entities#entity-length).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

BOLD, ITALIC, CODE, LINK = "bold", "italic", "code", "text_link"
QUOTE, LONG_QUOTE = "blockquote", "expandable_blockquote"


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark over text[start:end]; `url` for links only."""

    kind: str
    start: int
    end: int
    url: str = ""

    @property
    def weight(self) -> int:
        """About how many bytes the mark takes on the wire: kind, offset, length and the link's address."""
        return 24 + len(self.url.encode())

    def moved(self, by: int) -> Mark:
        """The same mark `by` places later."""
        return replace(self, start=self.start + by, end=self.end + by)

    def clipped(self, start: int, end: int) -> Mark:
        """What of the mark lies in start–end, counted from `start`; it may be empty."""
        return replace(self, start=max(self.start, start) - start, end=min(self.end, end) - start)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and its marks."""

    text: str = ""
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: Marked) -> Marked:
        return Marked(self.text + other.text, self.marks + tuple(mark.moved(len(self.text)) for mark in other.marks))

    def within(self, kind: str, url: str = "") -> Marked:
        """The same with one more mark around everything; nothing changes where there is no text."""
        return Marked(self.text, (Mark(kind, 0, len(self.text), url), *self.marks)) if self.text else self

    def cut(self, start: int, end: int) -> Marked:
        """The text from `start` to `end` without the white space around it (Telegram trims it too); marks are clipped."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        clipped = (mark.clipped(start, end) for mark in self.marks)
        return Marked(self.text[start:end], tuple(mark for mark in clipped if mark.start < mark.end))

    def stripped(self) -> Marked:
        """The same without the white space around it."""
        return self.cut(0, len(self.text))

    def entities(self) -> list[dict[str, Any]]:
        """The marks as Bot API `MessageEntity` objects, outermost first."""
        ordered = sorted(self.marks, key=lambda mark: (mark.start, -mark.end))
        return [self._entity(mark) for mark in ordered]

    def _entity(self, mark: Mark) -> dict[str, Any]:
        place = {"offset": units(self.text[: mark.start]), "length": units(self.text[mark.start : mark.end])}
        return {"type": mark.kind, **place, **({"url": mark.url} if mark.url else {})}

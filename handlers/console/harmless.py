"""Makes text from outside harmless for a terminal. Knows nothing of replies."""

from __future__ import annotations

import unicodedata

# Controls move the cursor or restyle the terminal (ECMA-48); marks of direction and tags make text look like other text.
_HIDDEN = frozenset(
    {
        0xAD,
        0x61C,
        0x180E,
        0xFEFF,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xE0000, 0xE0080),
    }
)
_DROPPED = dict.fromkeys((*range(0x20), 0x7F, *range(0x80, 0xA0), *_HIDDEN), None)
_TABLE: dict[int, str | None] = {**_DROPPED, 0x09: " ", 0x0A: "\n", 0x2028: "\n", 0x2029: "\n"}
_WIDE = ("W", "F")


def harmless(text: str) -> str:
    """The text without controls and invisible marks; line breaks stay."""
    return text.translate(_TABLE)


def one_line(text: str) -> str:
    """The harmless text on one line."""
    return " ".join(harmless(text).split("\n"))


def width(text: str) -> int:
    """Columns a terminal takes for it (Unicode Annex 11): wide letters two, combining marks none."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if letter.isascii():
        return 1
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in _WIDE else 1

"""Cuts marked text into messages that Telegram takes. Knows nothing of replies; loses nothing but white space at a cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate

from handlers.telegram.marked import Marked, units

MAX_UNITS = 4_096  # UTF-16 units after entity parsing: sendMessage, https://core.telegram.org/bots/api#sendmessage
MAX_MARKS = 100  # https://core.telegram.org/bots/api: further entities are dropped without a word
# Entities together may take some 9,500 bytes (tdlib/telegram-bot-api issue 165, ENTITIES_TOO_LONG); the rest is margin.
MAX_WEIGHT = 8_000
# Where one line is over the limit: after a line break, else after a sentence, else after white space.
_PLACES = (re.compile(r"\n"), re.compile(r"[.!?…][\"'»”’)\]]*\s"), re.compile(r"\s"))
_JOINERS = "\u200d\ufe0e\ufe0f"  # what binds an emoji to the one before


@dataclass(frozen=True, slots=True)
class Bundle:
    """What should stay in one message: `body`, after `before` (white space) where something stands above it.

    `pieces` are where it may be parted if it alone is over the limit; without any it is parted by sentences.
    """

    before: str
    body: Marked
    pieces: tuple[Bundle, ...] = ()


def bundle(before: str, pieces: Sequence[Bundle]) -> Bundle:
    """Several bundles as one."""
    return Bundle(before, reduce(_joined, pieces, Marked()), tuple(pieces))


def fits(text: Marked) -> bool:
    """Whether Telegram takes `text` as one message."""
    weight = sum(mark.weight for mark in text.marks)
    return units(text.text) <= MAX_UNITS and len(text.marks) <= MAX_MARKS and weight <= MAX_WEIGHT


def packed(bundles: Sequence[Bundle], start: Marked | None = None) -> list[Marked]:
    """The bundles in as few messages as their order allows, none of them empty; `start` is what the first message already holds."""
    full: list[Marked] = []
    current = start or Marked()
    for each in bundles:
        joined = _joined(current, each)
        if fits(joined):
            current = joined
        elif fits(each.body):
            full.append(current)
            current = each.body
        else:
            *more, current = _parted(each, current)
            full.extend(more)
    return [message for message in (*full, current) if message.text]


def _joined(text: Marked, following: Bundle) -> Marked:
    return (
        text + Marked(following.before) + following.body if text.text and following.body.text else text + following.body
    )


def _parted(whole: Bundle, start: Marked) -> list[Marked]:
    if not whole.pieces:
        return cut(_joined(start, whole))
    first, *rest = whole.pieces
    return packed([Bundle(whole.before, first.body, first.pieces), *rest], start)


def cut(text: Marked) -> list[Marked]:
    """`text` in pieces that fit, parted at the best place near the limit."""
    pieces: list[Marked] = []
    rest = text.stripped()
    while not fits(rest):
        place = _place(rest.text, _reach(rest))
        pieces.append(rest.cut(0, place))
        rest = rest.cut(place, len(rest.text))
    return [*pieces, rest]


def _reach(text: Marked) -> int:
    """How many code points from the beginning fit."""
    marks = sorted(text.marks, key=lambda mark: mark.start)
    weights = accumulate(mark.weight for mark in marks)
    heavy = (
        mark.start
        for number, (mark, weight) in enumerate(zip(marks, weights, strict=True))
        if number >= MAX_MARKS or weight > MAX_WEIGHT
    )
    widths = accumulate(units(character) for character in text.text)
    wide = (place for place, width in enumerate(widths) if width > MAX_UNITS)
    return max(1, min(next(heavy, len(text.text)), next(wide, len(text.text))))


def _place(text: str, reach: int) -> int:
    for pattern in _PLACES:
        ends = [match.end() for match in pattern.finditer(text, reach // 3, reach)]
        if ends:
            return ends[-1]
    return _between_signs(text, reach)


def _between_signs(text: str, reach: int) -> int:
    """`reach`, or a little before it, so that no accent or joined emoji is torn off what it belongs to."""
    for place in range(reach, max(0, reach - 16), -1):
        following, before = text[place : place + 1], text[place - 1]
        if not (unicodedata.combining(following or " ") or following in _JOINERS or before == "\u200d"):
            return place
    return reach

"""A walk written down as JSON, so that it can go on from there another day, and read again. Knows the state's fields, not what they mean.

Points are written as their ids: whoever reads brings them. What other rules wrote, or what was written for another topic file, tells by its mark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from types import CodeType, FunctionType
from typing import Any

from bot.model.stories import (
    Board,
    Change,
    ChangeKind,
    KeyPoint,
    LayerState,
    Modality,
    PartyState,
    PointId,
    Standing,
    ValueState,
)
from bot.model.topics import Rung, SideState, Stance, Topic
from bot.summariser import (
    board,
    conflicts,
    corrections,
    course,
    entries,
    forgetting,
    holdings,
    issues,
    passings,
    positions,
    rungs,
    sides,
    stands,
    state,
    voices,
)
from bot.summariser.course import Course
from bot.summariser.state import Holding, Stand, Step

Body = Mapping[str, Any]
_RULES = (
    board, conflicts, corrections, course, entries, forgetting, holdings, issues, passings, positions, rungs, sides, stands, state, voices,
)  # fmt: skip

_KINDS = (Board, Change, Holding, LayerState, PartyState, Stand, Step, ValueState)
_WORD_KINDS = (ChangeKind, Modality, Rung, SideState, Stance, Standing)
_NOUNS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in _KINDS}
_WORDS: Mapping[str, type[StrEnum]] = {kind.__name__: kind for kind in _WORD_KINDS}


def written(walk: Course) -> Body:
    """The walk as JSON can hold it, without the lines of the ledger that it found."""
    pen = _Pen()
    told = {each.name: pen.put(getattr(walk, each.name)) for each in fields(walk) if each.name not in _UNWRITTEN}
    return {"points": list(pen.points), "state": told}


def points_in(body: Body) -> tuple[PointId, ...]:
    """The points that a reader must bring."""
    return tuple(map(PointId, body["points"]))


def read(topic: Topic, body: Body, points: Mapping[PointId, KeyPoint]) -> Course:
    """The walk as it was. Raises KeyError, ValueError or TypeError where the body is none, or a point is missing."""
    walk, eye = Course(topic), _Eye([points[each] for each in points_in(body)])
    for name, value in body["state"].items():
        held = eye.get(value)
        there = getattr(walk, name)
        if isinstance(there, dict):
            there.update(held)  # keeps what it makes of missing keys
        else:
            setattr(walk, name, held)
    return walk


def mark_of(topic: Topic) -> str:
    """By which rules and which topic file a walk goes: another after any change of the code that decides, or of the file."""
    return blake2b(f"{_rules()} {topic!r}".encode(), digest_size=8).hexdigest()


@cache
def _rules() -> str:
    return blake2b(repr([_gist(vars(module)) for module in _RULES]).encode(), digest_size=8).hexdigest()


def _gist(names: Mapping[str, Any]) -> list[object]:
    """What is defined under these names: code as it runs, and constants."""
    found: list[object] = []
    for name, value in sorted(names.items()):
        if isinstance(value, FunctionType):
            found.append((name, _code(value.__code__)))
        elif isinstance(value, type) and value.__module__ == names.get("__name__"):
            found.append((name, _gist({**vars(value), "__name__": value.__module__})))
        elif isinstance(value, int | float | str | timedelta | frozenset | tuple) and not name.startswith("__"):
            found.append((name, _told(value)))
    return found


def _code(code: CodeType) -> list[object]:
    inner = [_code(const) if isinstance(const, CodeType) else _told(const) for const in code.co_consts]
    return [code.co_code.hex(), code.co_names, inner]


def _told(constant: object) -> str:
    return repr(sorted(map(repr, constant)) if isinstance(constant, frozenset) else constant)


def board_written(shown: Board) -> Body:
    """The board as JSON can hold it. Silence is not written: it goes on."""
    quiet = tuple(replace(layer, silence=None) for layer in shown.layers)
    return {"board": _Pen().put(replace(shown, layers=quiet))}


def board_read(body: Body, as_of: datetime) -> Board:
    """The board as it was written, as of a moment before which nothing else was told. Raises KeyError, ValueError or TypeError for none."""
    told: Board = _Eye([]).get(body["board"])
    layers = tuple(
        replace(layer, silence=as_of - layer.newest_at if layer.newest_at else None) for layer in told.layers
    )
    return replace(told, as_of=as_of, layers=layers)


_UNWRITTEN = ("topic", "changes")


class _Pen:
    """Writes values down; what is no JSON becomes a list that begins with what it was."""

    def __init__(self) -> None:
        self.points: dict[PointId, int] = {}

    def put(self, value: Any) -> Any:
        """The value as JSON can hold it."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, StrEnum):
            return ["word", type(value).__name__, str(value)]
        if isinstance(value, str):
            return value
        if isinstance(value, KeyPoint):
            return ["point", self.points.setdefault(value.id, len(self.points))]
        if isinstance(value, datetime):
            return ["moment", value.isoformat()]
        if isinstance(value, date):
            return ["day", value.isoformat()]
        return self._gathered(value)

    def _gathered(self, value: Any) -> list[Any]:
        if isinstance(value, dict):
            grouped = self._grouped(value)
            return grouped or ["table", [[self.put(key), self.put(held)] for key, held in value.items()]]
        if isinstance(value, tuple | list):
            return [type(value).__name__, [self.put(each) for each in value]]
        if isinstance(value, set | frozenset):
            return [type(value).__name__, [self.put(each) for each in sorted(value)]]
        return [
            "noun",
            type(value).__name__,
            {each.name: self.put(getattr(value, each.name)) for each in fields(value)},
        ]

    def _grouped(self, table: Mapping[Any, Any]) -> list[Any] | None:
        """Tens of thousands of names with a word each, by their word."""
        if not table or not all(isinstance(word, StrEnum) for word in table.values()):
            return None
        groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for key, word in table.items():
            groups[type(word).__name__, str(word)].append(self.put(key))
        return ["words", [[kind, word, keys] for (kind, word), keys in groups.items()]]


class _Eye:
    """Reads what a pen wrote."""

    def __init__(self, points: list[KeyPoint]) -> None:
        self._points = points
        self._kinds: Mapping[str, Callable[..., Any]] = {
            "word": lambda kind, word: _WORDS[kind](word),
            "point": lambda number: self._points[number],
            "moment": datetime.fromisoformat,
            "day": date.fromisoformat,
            "table": lambda rows: {self.get(key): self.get(held) for key, held in rows},
            "words": lambda groups: {self.get(key): _WORDS[kind](word) for kind, word, keys in groups for key in keys},
            "tuple": lambda items: tuple(map(self.get, items)),
            "list": lambda items: list(map(self.get, items)),
            "set": lambda items: set(map(self.get, items)),
            "frozenset": lambda items: frozenset(map(self.get, items)),
            "noun": lambda kind, told: _NOUNS[kind](**{name: self.get(held) for name, held in told.items()}),
        }

    def get(self, told: Any) -> Any:
        """The value that was written."""
        return self._kinds[told[0]](*told[1:]) if isinstance(told, list | tuple) else told

"""What a figure counts or measures: its unit, and the figures beside it that are choices of the same value. Knows grammar tables, not topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.text.figures import BETWEEN, SIGNS, SPACE, Figure, word_before
from bot.text.grammars import NumberGrammar
from bot.text.numberwords import LONG, TIMES
from bot.text.words import Word

COUNT = "count"
PERCENT = "percent"
MONEY = frozenset((*SIGNS.values(), "RUB", "PLN", "CHF"))
_REACH = 3  # words between a number and its unit ("800,000 well-trained active troops")
_UNLIKE = 20  # times; "500 to 5,000" is a range, "800,000, 25" is not
_FROM, _TO = frozenset(("from", "з", "із", "зі", "від", "с", "со", "от")), frozenset(("to", "до"))
_ARROW = re.compile(r"[\s\u00a0]*(?:→|➔|⇒|->|=>)[\s\u00a0]*")
_PERCENT = re.compile(r"[\s\u00a0]?%")
_PART = set(",;:.()«»“”!?…")


def measured(
    text: str, found: Sequence[Word], figures: Sequence[Figure], position: int, grammar: NumberGrammar
) -> tuple[Figure, int, list[Figure]]:
    """(the last figure with its unit, end of the unit, all figures of the choice or range): "15 to 30 thousand troops" is one value."""
    run = _run(text, figures, position)
    last = run[-1]
    end = last.end
    percent = _PERCENT.match(text, end)
    if not last.unit and percent:
        last, end = replace(last, unit=PERCENT), percent.end()
    if not last.unit:
        unit, end = _unit_of(text, found, run[0], last, grammar)
        last = replace(last, unit=unit)
    if last.unit in LONG:
        run = [replace(figure, value=figure.value * LONG[last.unit][0]) for figure in run]
        last = replace(run[-1], unit=LONG[last.unit][1])
    if len(run) > 1 and last.unit == COUNT and "," in text[run[0].end : last.start]:
        run = run[:1]
        return replace(run[0], unit=COUNT), run[0].end, run
    return last, end, scaled(run)


def _run(text: str, figures: Sequence[Figure], position: int) -> list[Figure]:
    run = [figures[position]]
    for following in figures[position + 1 : position + 4]:
        last = run[-1]
        parted = (last.pinned and last.unit != following.unit) or _apart(last.value, following.value)
        if parted or following.ordinal or not BETWEEN.fullmatch(text[last.end : following.start]):
            break
        run.append(following)
    return run


def _apart(one: float, other: float) -> bool:
    """Whether two numbers are too unlike for choices of one value; "15 to 30 thousand" is not."""
    low, high = sorted((one, other))
    return high > _UNLIKE * low and not (one < 1000 <= other)


def scaled(run: list[Figure]) -> list[Figure]:
    """In "15 to 30 thousand" the first figure is in thousands as well."""
    top = run[-1].value
    if top >= 1000 and all(figure.value < 1000 for figure in run[:-1]):
        scale = 1e9 if top >= 1e9 else 1e6 if top >= 1e6 else 1e3
        return [replace(figure, value=figure.value * scale) for figure in run[:-1]] + run[-1:]
    return run


def moving(text: str, found: Sequence[Word], run: Sequence[Figure]) -> bool:
    """Whether two figures are told as "from … to …", which may be a range or a change."""
    before = word_before(found, run[0])
    led = before >= 0 and found[before].surface in _FROM and not text[found[before].end : run[0].start].strip(SPACE)
    return len(run) == 2 and led and text[run[0].end : run[1].start].strip(SPACE).lower() in _TO


def linked(text: str, figures: Sequence[Figure], position: int) -> bool:
    """Whether an arrow leads from this figure to the next: "48 → 72 hours"."""
    if position + 1 >= len(figures):
        return False
    return _ARROW.fullmatch(text[figures[position].end : figures[position + 1].start]) is not None


def _unit_of(text: str, found: Sequence[Word], first: Figure, last: Figure, grammar: NumberGrammar) -> tuple[str, int]:
    after = _unit_after(text, found, last, grammar)
    if after[0] != COUNT:
        return after
    return _unit_before(text, found, first, grammar) or COUNT, last.end


def _unit_after(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar) -> tuple[str, int]:
    for word in found[figure.last + 1 : figure.last + 1 + _REACH] if figure.last >= 0 else ():
        if set(text[figure.end : word.start].strip(f"{SPACE}.-‑")) & _PART:
            break
        if unit := grammar.units.find(word):
            return unit, word.end
        if word.surface in grammar.breaks or word.surface.isdigit() or grammar.number_words.find(word) is not None:
            break
    return COUNT, figure.end


def _unit_before(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar) -> str | None:
    """A currency before its amount ("EUR 60bn"), a time before its number ("day fifteen", "Years: 20")."""
    at = word_before(found, figure)
    if at < 0 or text[found[at].end : figure.start].strip(SPACE) not in ("", ":"):
        return None
    unit = grammar.units.find(found[at])
    counted = at > 0 and (found[at - 1].surface[0].isdigit() or grammar.number_words.find(found[at - 1]) is not None)
    named = unit in MONEY or unit in TIMES or (unit is not None and ":" in text[found[at].end : figure.start])
    return unit if named and not counted else None

"""Days and stretches of days counted from the day of a telling: last week, mid-March, the end of the year. Knows the calendar, no words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

Part = Literal["early", "mid", "late", ""]
Period = Literal["week", "weekend", "month", "year"]
Stretch = tuple[date, date]  # first and last day

_DAY = timedelta(days=1)
_EARLY, _LATE = 10, 20  # days of a month: the first ten are early, those after the twentieth late


def period(kind: Period, told_on: date, ahead: int) -> Stretch:
    """The week (Monday to Sunday), weekend, month or year so many ahead of that of the telling."""
    if kind == "year":
        return whole_year(told_on.year + ahead)
    if kind == "month":
        return whole_month(*_months_on(told_on, ahead))
    monday = told_on - timedelta(days=told_on.weekday()) + timedelta(weeks=ahead)
    return (monday + timedelta(days=5 if kind == "weekend" else 0), monday + timedelta(days=6))


def whole_year(year: int) -> Stretch:
    """The first and last day of a year between 1 and 9999."""
    return date(year, 1, 1), date(year, 12, 31)


def whole_month(year: int, month: int) -> Stretch:
    """The first and last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def season(first_month: int, told_on: date) -> Stretch:
    """The three months from `first_month` that are nearest to the telling."""
    starts = (date(year, first_month, 1) for year in (told_on.year - 1, told_on.year, told_on.year + 1))
    stretches = [(start, whole_month(*_months_on(start, 2))[1]) for start in starts]
    return min(stretches, key=lambda each: _away(each, told_on))


def month_near(month: int, told_on: date, ahead: int | None = None) -> Stretch:
    """The month of that number nearest to the telling; `ahead` 1 the next one, -1 the last one, 0 the one of this year."""
    if ahead == 0:
        return whole_month(told_on.year, month)
    years = (told_on.year - 1, told_on.year, told_on.year + 1)
    stretches = [whole_month(year, month) for year in years]
    if ahead:
        beyond = [each for each in stretches if (each[0] > told_on if ahead > 0 else each[1] < told_on)]
        return min(beyond, key=lambda each: _away(each, told_on))
    return min(stretches, key=lambda each: _away(each, told_on))


def weekday_near(weekday: int, told_on: date, ahead: int) -> date:
    """That day of the week (Monday 0): `ahead` 1 the first after the telling, -1 the last before it, 0 that of the telling's week."""
    if ahead > 0:
        return told_on + timedelta(days=(weekday - told_on.weekday() - 1) % 7 + 1)
    if ahead < 0:
        return told_on - timedelta(days=(told_on.weekday() - weekday - 1) % 7 + 1)
    return told_on + timedelta(days=weekday - told_on.weekday())


def part_of(stretch: Stretch, part: Part) -> Stretch:
    """The beginning, middle or end: of a month ten days each, of a season a month, of a year its first quarter, the next two, and its last."""
    first, last = stretch
    if not part:
        return stretch
    days = (last - first).days + 1
    if days > 31:
        cuts = (
            (whole_month(first.year, 3)[1], date(first.year, 10, 1))
            if days > 92
            else (whole_month(first.year, first.month)[1], last.replace(day=1))
        )
    elif days >= 28:
        cuts = (first + timedelta(days=_EARLY - 1), first + timedelta(days=_LATE))
    else:
        cuts = (first + timedelta(days=days // 3 - 1), last - timedelta(days=days // 3 - 1))
    early, late = cuts
    return {"early": (first, early), "mid": (early + _DAY, late - _DAY), "late": (late, last)}[part]


def moved(told_on: date, unit: str, count: float) -> date | None:
    """The day so many hours, days, weeks, months or years on; None beyond the calendar. A month's end stays a month's end."""
    try:
        if unit in ("months", "years") and float(count).is_integer():
            year, month = _months_on(told_on, int(count) * (12 if unit == "years" else 1))
            return date(year, month, min(told_on.day, whole_month(year, month)[1].day))
        days = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.44, "years": 365.25}[unit]
        return told_on + timedelta(days=round(count * days))
    except (ValueError, OverflowError, KeyError):
        return None


def _months_on(told_on: date, ahead: int) -> tuple[int, int]:
    months = told_on.year * 12 + told_on.month - 1 + ahead
    return months // 12, months % 12 + 1


def _away(stretch: Stretch, told_on: date) -> int:
    first, last = stretch
    return max((first - told_on).days, (told_on - last).days, 0)

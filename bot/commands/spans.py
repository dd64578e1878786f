"""Which time a reader means who asks what moved: a day, a week, or since the last look. Knows words, no store."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.model.digests import Window, WindowBy
from bot.model.errors import BadWord
from bot.present.places import fold
from bot.present.reader import Reader

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_SPANS = {"": _DAY, "day": _DAY, "week": _WEEK, "доба": _DAY, "день": _DAY, "тиждень": _WEEK}
_NEW = ("new", "нове")
_MEANT = {"uk": ("доба", "тиждень", "нове")}
_LONGEST = timedelta(days=31)  # what is older than a month is no news


def span_of(typed: str, looked_at: datetime | None, reader: Reader) -> Window:
    """The window up to now. Since the last look it is laid on what was read, so that nothing read late is missed; where nobody looked yet,
    it is the last day. Raises BadWord with the words there are.
    """
    word = fold(typed)
    if word in map(fold, _NEW):
        since = max(looked_at or reader.now - _DAY, reader.now - _LONGEST)
        return Window(since=min(since, reader.now), until=reader.now, by=WindowBy.SEEN)
    length = {fold(name): span for name, span in _SPANS.items()}.get(word)
    if length is None:
        raise BadWord(typed, _MEANT.get(reader.language, ("day", "week", "new")))
    return Window(since=reader.now - length, until=reader.now)

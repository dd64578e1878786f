"""Who reads: language, zone and the present moment, and all that depends on them. Knows no topic and no reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.present import moments
from bot.present.places import city_of
from bot.present.voices import Voice

NEAR_DAYS = 180  # 29 December needs no year on 5 January; 29 July does


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One reader's way of saying things. `language` is one the voice speaks, `zone` an IANA name, `now` aware."""

    voice: Voice
    language: str
    zone: str
    now: datetime

    def say(self, message: str, **values: str | float) -> str:
        """A sentence in the reader's language."""
        return self.voice.say(self.language, message, values)

    def at(self, now: datetime) -> Reader:
        """The same reader at another moment."""
        return replace(self, now=now)

    def number(self, value: float) -> str:
        """A number as this reader writes it."""
        return moments.number(value, self.language)

    def day(self, at: datetime) -> str:
        """5 January."""
        return moments.day(self._local(at).date(), self.language, near=self._is_near(at))

    def short_day(self, at: datetime) -> str:
        """5 Jan, for source lines."""
        return moments.day(self._local(at).date(), self.language, near=self._is_near(at), short=True)

    def long_day(self, at: datetime) -> str:
        """Monday 5 January."""
        return moments.long_day(self._local(at).date(), self.language, near=self._is_near(at))

    def brief_moment(self, at: datetime) -> str:
        """Mon 5 Jan, 08:00."""
        return self.say("moment", day=moments.brief_day(self._local(at).date(), self.language), clock=self.clock(at))

    def clock(self, at: datetime) -> str:
        """08:00 in the reader's zone."""
        return moments.clock(self._local(at))

    def moment(self, at: datetime) -> str:
        """Monday 5 January, 08:00."""
        return self.say("moment", day=self.long_day(at), clock=self.clock(at))

    def day_and_clock(self, at: datetime) -> str:
        """Today 07:55, yesterday 08:00, or 3 January, 08:00."""
        days = self.days_ago(at)
        if days in (0, 1):
            return self.say("today-clock" if days == 0 else "yesterday-clock", clock=self.clock(at))
        return self.say("moment", day=self.day(at), clock=self.clock(at))

    def days_ago(self, at: datetime) -> int:
        """Calendar days, in the reader's zone, from then to now."""
        return moments.days_between(self._local(at).date(), self._local(self.now).date())

    def weekday(self, at: datetime) -> int:
        """0 Monday … 6 Sunday, in the reader's zone."""
        return self._local(at).weekday()

    def hour(self, at: datetime) -> int:
        """The hour in the reader's zone."""
        return self._local(at).hour

    def is_midnight(self, at: datetime) -> bool:
        """Whether a new day begins then in the reader's zone."""
        return self.clock(at) == "00:00"

    @property
    def city(self) -> str:
        """The city of the reader's zone."""
        return city_of(self.zone, self.language)

    def listed(self, words: Sequence[str]) -> str:
        """One, two and three."""
        if len(words) < 2:
            return "".join(words)
        return self.say("list-end", beginning=", ".join(words[:-1]), last=words[-1])

    def _is_near(self, at: datetime) -> bool:
        return abs(self.days_ago(at)) < NEAR_DAYS

    def _local(self, at: datetime) -> datetime:
        return moments.local(at, self.zone)


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]

"""The same fact at another time: numbers and rare names of a sentence exchanged, alike in all wordings of the fact. Knows no corpus."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from zlib import crc32

from bot.text.fingerprints import skeleton

_RUN = re.compile(r"\d+")
_NAME = re.compile(r"\b[^\W\d_a-zа-яіїєґё][\w’'-]{3,}")
_LATIN = ("ka ve lo mar ti dor sen bri hal vo ne gra", "nor dan vel ster kin mond rek tal vin bach dorf lin")
_CYRILLIC = ("ка ве ло мар ті дор сен брі гал во не гра", "нор дан вел стер кін монд рек тал він бах дорф лін")


@dataclass(frozen=True, slots=True)
class Story:
    """A fact as it is told from one day on. Story 0 of a fact is the fact itself, told again and again over the years."""

    fact: str
    number: int = 0

    def told(self, sentence: str, names: Collection[str]) -> str:
        """The sentence, with this story's numbers and its names in place of `names`."""
        if not self.number:
            return sentence
        named = _NAME.sub(lambda found: self.name(found[0]) if found[0] in names else found[0], sentence)
        return _RUN.sub(lambda found: self.digits(found[0]), named)

    def digits(self, run: str) -> str:
        """Other digits for a run of them; years, zeros and single digits stay what they are."""
        if len(run) < 2 or not run.strip("0") or (len(run) == 4 and run[:2] in ("19", "20")):
            return run
        first = 10 ** (len(run) - 1)
        return str(first + self._drawn(run) % (9 * first))

    def value(self, value: float, quote: str) -> float:
        """What a number of the sentence `quote` has become."""
        written = f"{value:.12g}"
        for run in sorted(_RUN.findall(quote), key=len, reverse=True):
            if written.startswith(run) and (other := self.digits(run)) != run:
                return float(other + written[len(run) :])
        return value

    def name(self, name: str) -> str:
        """Another name in the same letters; forms of one name become one."""
        first, last = _LATIN if name.isascii() else _CYRILLIC
        drawn = self._drawn(skeleton(name)[:3])
        starts, ends = first.split(), last.split()
        return (starts[drawn % 12] + starts[drawn // 12 % 12] + ends[drawn // 144 % 12]).capitalize()

    def _drawn(self, what: str) -> int:
        return crc32(f"{self.fact} {self.number} {what}".encode())

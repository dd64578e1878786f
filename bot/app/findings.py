"""What a check found: the part, its state, what was seen, what to do. Knows no part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a part is."""

    WORKS = "works"
    OFF = "off"
    CARE = "look at"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `planwatch doctor`."""

    part: str
    state: State
    found: str
    remedy: str = ""

    @property
    def broken(self) -> bool:
        """Whether something does not work that should."""
        return self.state is State.BROKEN

    def __str__(self) -> str:
        line = f"{self.state.value:<8} {self.part:<9} {self.found}"
        return f"{line}\n{'':<18} → {self.remedy}" if self.remedy else line

"""What a process and all its descendants spend and hold, as the kernel counts it. Knows nothing of what they do."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

import psutil

_EVERY = 0.05  # seconds between two looks at memory
_GONE = (psutil.NoSuchProcess, psutil.AccessDenied)


@dataclass(slots=True)
class Memory:
    """Bytes: `resident` counts a page once for each process that has it (RSS), `shared_out` once over all (PSS)."""

    resident: int = 0
    shared_out: int = 0


def cpu_seconds(root: psutil.Process) -> float:
    """User and system time of the tree, ended descendants included. Exact to a clock tick (10 ms) while nobody starts or ends."""
    total = 0.0
    for process in _tree(root):
        with suppress(*_GONE):
            spent = process.cpu_times()
            total += spent.user + spent.system + spent.children_user + spent.children_system
    return total


def memory(root: psutil.Process, *, shared_out: bool = True) -> Memory:
    """What the tree holds now; without `shared_out` only what is cheap to ask."""
    held = Memory()
    for process in _tree(root):
        with suppress(*_GONE):
            held.resident += process.memory_info().rss
            held.shared_out += process.memory_full_info().pss if shared_out else 0
    return held


def _tree(root: psutil.Process) -> list[psutil.Process]:
    with suppress(*_GONE):
        return [*root.children(recursive=True), root]
    return [root]


@dataclass(slots=True)
class Watch:
    """Looks at a tree's memory while the context runs; `peak` is the most it saw."""

    root: psutil.Process
    peak: Memory = field(default_factory=Memory)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        looks = 0
        while True:
            over = self._over.wait(_EVERY)
            seen = memory(self.root, shared_out=over or looks % 10 == 0)  # PSS walks every page table
            self.peak = Memory(max(self.peak.resident, seen.resident), max(self.peak.shared_out, seen.shared_out))
            looks += 1
            if over:
                return

"""Plays rounds with subjects in processes of their own, by turns, and measures each from outside. Knows nothing of what subjects do.

By turns, since a shared machine runs half as fast in one minute as in the next: then all subjects are hit alike.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.bench.polling.farming import Kind, farm
from tests.bench.polling.trees import Memory, Watch, cpu_seconds, memory


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody who reads feeds: a module under `subjects`, and what has to be installed for it."""

    module: str
    name: str
    needs: str = ""  # a module to import or a program to find
    kinds: tuple[Kind, ...] = tuple(Kind)  # rounds worth its time
    most: int = 1_000  # rounds of a kind, likewise

    @property
    def here(self) -> bool:
        """Whether it can be measured on this machine."""
        return not self.needs or bool(shutil.which(self.needs) or find_spec(self.needs))


SUBJECTS = (
    Subject("bare", "bare fetching"),
    Subject("parser_loop", "feedparser in a loop"),
    Subject("reader_library", "reader", "reader"),
    Subject(
        "newsboat", "newsboat", "newsboat", most=2
    ),  # its first quiet round is none: it forgets the first validators
    Subject("planwatch", "planwatch"),
    Subject("whole", "all of planwatch, asked", kinds=(Kind.COLD, Kind.QUIET)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One round as it was measured."""

    kind: Kind
    cpu: float  # seconds, of all the subject's processes
    wall: float
    peak: Memory  # while it lasted
    rest: Memory  # after it
    served: dict[str, int]  # what the farm answered
    told: dict[str, float]  # what the subject says of it


@dataclass(slots=True)
class Result:
    """All rounds of one subject with so many feeds."""

    subject: str
    feeds: int
    rounds: list[Played] = field(default_factory=list)

    def faults(self) -> list[str]:
        """Rounds in which the subject did not ask for each feed once and get what the round is for."""
        return [f"{self.subject}: {each.kind} round: {fault}" for each in self.rounds if (fault := self.fault(each))]

    def fault(self, played: Played) -> str:
        """What was not as meant in a round; "" for a good one."""
        due = "304" if played.kind is Kind.QUIET else "200"
        if played.served.get(due, 0) != self.feeds:
            return f"the farm answered {played.served}"
        return f"{played.told['failed']:.0f} feeds failed" if played.told.get("failed") else ""


def measured(subjects: Sequence[Subject], hosts: int, feeds: int, kinds: Sequence[Kind]) -> list[Result]:
    """Play these rounds, in this order, with fresh subjects, each on a farm of its own."""
    results = [Result(subject.module, feeds) for subject in subjects]
    with ExitStack() as stack:
        places = [_Place(subject, feeds, hosts, stack) for subject in subjects]
        for turn, kind in enumerate(kinds):
            for place, result in zip(places, results, strict=True):
                if kind in place.subject.kinds and kinds[:turn].count(kind) < place.subject.most:
                    result.rounds.append(place.play(kind))
    return results


class _Place:
    """A subject at work, and its farm."""

    def __init__(self, subject: Subject, feeds: int, hosts: int, stack: ExitStack) -> None:
        self.subject = subject
        self._farm = stack.enter_context(farm(hosts))
        self._process = stack.enter_context(_started(subject, self._farm.urls(feeds)))
        self._tree = psutil.Process(self._process.pid)

    def play(self, kind: Kind) -> Played:
        """One round."""
        assert self._process.stdin
        self._farm.prepare(kind)
        spent, began = cpu_seconds(self._tree), time.perf_counter()
        with Watch(self._tree) as watch:
            print(kind, file=self._process.stdin, flush=True)
            told = _heard(self._process)
            wall = time.perf_counter() - began
        return Played(
            kind=kind,
            cpu=cpu_seconds(self._tree) - spent,
            wall=wall,
            peak=watch.peak,
            rest=memory(self._tree),
            served=self._farm.counts(),
            told=told,
        )


@contextmanager
def _started(subject: Subject, urls: list[str]) -> Iterator[subprocess.Popen[str]]:
    with TemporaryDirectory() as folder:
        addresses = Path(folder) / "addresses"
        addresses.write_text("\n".join(urls), "utf-8")
        command = [sys.executable, "-m", f"tests.bench.polling.subjects.{subject.module}", str(addresses), folder]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin
            _heard(process)
            yield process
            process.stdin.close()


def _heard(process: subprocess.Popen[str]) -> dict[str, float]:
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"the subject ended with status {process.wait()}")
    told: dict[str, float] = json.loads(line)
    return told

"""Plays rounds with one subject in a process of its own and measures each from outside. Knows nothing of what subjects do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.bench.polling.farming import Kind, RunningFarm
from tests.bench.polling.trees import Memory, Watch, cpu_seconds, memory


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody who reads feeds: a module under `subjects`, and what has to be installed for it."""

    module: str
    name: str
    needs: str = ""  # a module to import or a program to find
    kinds: tuple[Kind, ...] = tuple(Kind)  # rounds worth its time

    @property
    def here(self) -> bool:
        """Whether it can be measured on this machine."""
        return not self.needs or bool(shutil.which(self.needs) or find_spec(self.needs))


SUBJECTS = (
    Subject("bare", "bare fetching"),
    Subject("parser_loop", "feedparser in a loop"),
    Subject("reader_library", "reader", "reader"),
    Subject("newsboat", "newsboat", "newsboat"),
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
        return [f"{self.subject}: {each.kind} round: {fault}" for each in self.rounds if (fault := self._fault(each))]

    def _fault(self, played: Played) -> str:
        due = "304" if played.kind is Kind.QUIET else "200"
        if played.served.get(due, 0) != self.feeds:
            return f"the farm answered {played.served}"
        return f"{played.told['failed']:.0f} feeds failed" if played.told.get("failed") else ""


def measured(subject: Subject, farm: RunningFarm, feeds: int, kinds: Sequence[Kind]) -> Result:
    """Play these rounds, in this order, with a fresh subject."""
    result = Result(subject.module, feeds)
    farm.prepare(kinds[0])
    with _started(subject, farm.urls(feeds)) as process:
        tree = psutil.Process(process.pid)
        for kind in (kind for kind in kinds if kind in subject.kinds):
            result.rounds.append(_round(process, tree, farm, kind))
    return result


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


def _round(process: subprocess.Popen[str], tree: psutil.Process, farm: RunningFarm, kind: Kind) -> Played:
    assert process.stdin
    farm.prepare(kind)
    spent, began = cpu_seconds(tree), time.perf_counter()
    with Watch(tree) as watch:
        print(kind, file=process.stdin, flush=True)
        told = _heard(process)
        wall = time.perf_counter() - began
    return Played(
        kind=kind,
        cpu=cpu_seconds(tree) - spent,
        wall=wall,
        peak=watch.peak,
        rest=memory(tree),
        served=farm.counts(),
        told=told,
    )


def _heard(process: subprocess.Popen[str]) -> dict[str, float]:
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"the subject ended with status {process.wait()}")
    told: dict[str, float] = json.loads(line)
    return told

"""Keeps a farm running for as long as it is needed, and tells it what to serve. Knows no reader."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from urllib.request import urlopen

from tests.bench.polling.farm import address


class Kind(StrEnum):
    """What a round meets."""

    COLD = "cold"  # feeds never seen before
    QUIET = "quiet"  # nothing has changed, and the servers say so: 304
    SAME = "same"  # nothing has changed, and the servers send it all again: 200, no validators
    NEW = "new"  # every entry is new


@dataclass(slots=True)
class RunningFarm:
    """A farm and what it serves."""

    port: int
    hosts: int
    edition: int = 0

    def urls(self, feeds: int) -> list[str]:
        """The addresses of so many feeds, dealt out to the hosts in turn."""
        return [f"http://{address(feed % self.hosts)}:{self.port}/feed/{feed}" for feed in range(feeds)]

    def prepare(self, kind: Kind) -> None:
        """Serve what a round of this kind is to meet, and count from nought."""
        self.edition += kind is Kind.NEW
        self._say(f"~set?edition={self.edition}&validators={int(kind is not Kind.SAME)}")

    def counts(self) -> dict[str, int]:
        """How often each status was answered since `prepare`, and the bytes of the documents."""
        return self._say("~counts")

    def _say(self, what: str) -> dict[str, int]:
        with urlopen(f"http://{address(0)}:{self.port}/{what}", timeout=60) as answer:
            counts: dict[str, int] = json.load(answer)
        return counts


@contextmanager
def farm(hosts: int) -> Iterator[RunningFarm]:
    """A farm in a process of its own, whose cost is nobody's; ended at the end."""
    command = [sys.executable, "-m", "tests.bench.polling.farm", str(hosts)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        try:
            yield RunningFarm(int(process.stdout.readline()), hosts)
        finally:
            process.stdin.close()

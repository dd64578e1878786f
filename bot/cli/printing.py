"""Data to standard output, everything else to standard error. Knows nothing of what is said."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console

Say = Callable[[str], None]


def put(text: str) -> None:
    """Data, as it is; ends with one line break."""
    sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")
    sys.stdout.flush()


def put_json(data: Any) -> None:
    """Data as one JSON document."""
    put(json.dumps(data, ensure_ascii=False, indent=2))


def note(text: str) -> None:
    """A remark for whoever runs the command."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def complain(text: str) -> None:
    """What is wrong."""
    note(f"planwatch: {text}")


@contextmanager
def progress() -> Iterator[Say]:
    """Shows one moving line on standard error where that is a terminal, and nothing elsewhere. An empty text takes the line away."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda text: None
        return
    status = console.status("")

    def say(text: str) -> None:
        status.update(text)
        (status.start if text else status.stop)()

    try:
        yield say
    finally:
        status.stop()

"""Files named on the command line, read and written with a clear word when that fails. Knows nothing of what is in them."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.model.errors import Mistake, SettingsError


def read_bytes(file: Path, most: int = -1) -> bytes:
    """The whole file, or its first `most` bytes; standard input for `-`. Raises SettingsError."""
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(most)
        with file.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        problem = f"{file} cannot be read ({error.strerror})"
        raise SettingsError((Mistake("command line", "FILE", problem, "name a file that is there"),)) from None


def write_text(file: Path, text: str) -> None:
    """Write or replace the file. Raises SettingsError."""
    try:
        file.write_text(text, "utf-8", newline="")
    except OSError as error:
        problem = f"{file} cannot be written ({error.strerror})"
        raise SettingsError(
            (Mistake("command line", "--output", problem, "name a file in a folder that is there"),)
        ) from None

"""What the settings file and the environment say, raw, each value with its place. Knows no setting by name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from bot.model.errors import Mistake

PREFIX = "PLANWATCH_"
NOT_SETTINGS = {"PLANWATCH_CONFIG"}
MAX_FILE = 1_000_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One raw value and where it stands."""

    file: str
    key: str  # as written there
    raw: Any
    line: int | None = None

    @property
    def from_environment(self) -> bool:
        """Whether it is an environment variable's."""
        return self.file == "environment"

    def spelled(self, path: str) -> str:
        """A setting's dotted key as one writes it in this place."""
        return PREFIX + path.upper().replace(".", "__") if self.from_environment else path

    def mistake(self, problem: str, remedy: str) -> Mistake:
        """A mistake at this place."""
        return Mistake(self.file, self.key, problem, remedy, self.line)


def from_environment(environ: Mapping[str, str]) -> dict[str, Given]:
    """PLANWATCH_FETCH__TIMEOUT_S → fetch.timeout_s. An empty variable counts as not set, as compose files leave them."""
    return {
        name.removeprefix(PREFIX).lower().replace("__", "."): Given(file="environment", key=name, raw=value)
        for name, value in sorted(environ.items())
        if name.startswith(PREFIX) and name not in NOT_SETTINGS and value.strip()
    }


def from_file(path: Path | Traversable, mistakes: list[Mistake]) -> dict[str, Given]:
    """The file's values by dotted key. What keeps it from being read is added to `mistakes`."""
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_FILE:
            raise ValueError("it is larger than 1 MB")
        text = raw.decode("utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        mistakes.append(
            Mistake(
                str(path),
                "",
                f"cannot be read ({error.strerror})",
                "name a settings file with --config or PLANWATCH_CONFIG",
            )
        )
        return {}
    except ValueError as error:
        line = re.search(r"line (\d+)", str(error))
        mistakes.append(
            Mistake(str(path), "", f"is not valid TOML: {error}", "mend the line", int(line[1]) if line else None)
        )
        return {}
    lines = _lines(text)
    return {
        key: Given(file=str(path), key=key, raw=value, line=lines.get(key) or lines.get(key.partition(".")[0]))
        for key, value in _flat(data).items()
    }


def _flat(data: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def _lines(text: str) -> dict[str, int]:
    """The first line of each dotted key, as far as it is written plainly."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]", line):
            table = header[1]
            found.setdefault(table, number)
        elif key := re.match(r"\s*([\w.-]+)\s*=", line):
            found.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return found

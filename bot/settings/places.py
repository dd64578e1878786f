"""Where the settings file lies, and what was shipped with the program. Knows nothing of what stands in the files."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

USUAL = Path("config/planwatch.toml")


def shipped(*parts: str) -> Traversable:
    """A file or folder of `config/` as it was shipped, wherever the program is installed."""
    return files("config").joinpath(*parts)


def settings_file(chosen: Path | None, environ: Mapping[str, str]) -> Path | Traversable:
    """`--config`, else $PLANWATCH_CONFIG, else config/planwatch.toml in the working directory, else the shipped defaults.

    A chosen file is returned whether or not it is there: a missing one is the reader's mistake to tell, not to pass over.
    """
    if chosen is not None:
        return chosen
    if named := environ.get("PLANWATCH_CONFIG"):
        return Path(named)
    try:
        return USUAL if USUAL.is_file() else shipped("planwatch.toml")
    except PermissionError:
        return USUAL  # in a folder that may not be entered: the reader's mistake to tell, too

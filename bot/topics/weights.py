"""The learned weights on disk → Weights. Knows the file's form only."""

from __future__ import annotations

import json
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.model.errors import Mistake, TopicFileError
from bot.summariser.weighing import Weights
from bot.summariser.wording import Lexicon


def load_weights(path: Path | Traversable) -> Weights:
    """The weights of a file made by `make learn`. Raises TopicFileError when it cannot be used."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return Weights(
            tables=MappingProxyType({str(q): MappingProxyType(dict(table)) for q, table in data["tables"].items()}),
            thresholds=MappingProxyType(dict(data["thresholds"])),
            rarity=MappingProxyType(dict(data.get("rarity", {}))),
            version=str(data.get("version", "")),
            lexicons=MappingProxyType({str(topic): _lexicon(rows) for topic, rows in data.get("lexicons", {}).items()}),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        mistake = Mistake(
            str(getattr(path, "name", path)),
            "",
            f"cannot be used ({error})",
            "restore the file, or make it anew with `make learn`",
        )
        raise TopicFileError((mistake,)) from error


def _lexicon(data: dict[str, Any]) -> Lexicon:
    """Numbers are kept as hundredths."""
    words = {str(word): tuple(number / 100 for number in numbers) for word, numbers in data["words"].items()}
    return Lexicon(tuple(map(str, data["targets"])), words)

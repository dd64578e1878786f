"""Reads one TOML file and collects every mistake with its line. Knows nothing of what the keys mean."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from bot.model.errors import Mistake, TopicFileError
from bot.model.topics import Localised, Terms

MAX_FILE = 1_000_000  # bytes; a topic file has some 30,000
MAX_TERMS = 2_000


class Sheet:
    """One TOML file while it is being read. `mistakes` fills up; `done` raises when there are any."""

    def __init__(self, path: Path | Traversable) -> None:
        self.file = str(getattr(path, "name", path))
        self.mistakes: list[Mistake] = []
        self._lines: list[str] = []
        self.data: dict[str, Any] = self._read(path)

    def _read(self, path: Path | Traversable) -> dict[str, Any]:
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            self.wrong(
                "", "the file is not there", "check the name, or list the known ones with `planwatch topics list`"
            )
            self.done()
        except OSError as error:
            self.wrong("", f"the file cannot be read ({error.strerror})", "check its rights")
            self.done()
        if len(raw) > MAX_FILE:
            self.wrong("", "the file is larger than 1 MB", "a topic file needs some 30 kB; is it the right one?")
            self.done()
        try:
            text = raw.decode("utf-8-sig")
            self._lines = text.splitlines()
            return tomllib.loads(text)
        except UnicodeDecodeError as error:
            self.wrong("", f"byte {error.start} is not UTF-8", "save the file as UTF-8")
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            self.wrong("", f"not valid TOML: {error}", "mend the line", line=int(line[1]) if line else None)
        self.done()
        return {}

    def wrong(self, key: str, problem: str, remedy: str, *, line: int | None = None) -> None:
        """Note a mistake at `key` (dotted; `layers[2].names`)."""
        self.mistakes.append(Mistake(self.file, key, problem, remedy, line or self.line_of(key)))

    def done(self) -> None:
        """Raises TopicFileError with all mistakes in the order of the file, if there are any."""
        if self.mistakes:
            raise TopicFileError(tuple(sorted(self.mistakes, key=lambda mistake: mistake.line or 0)))

    def line_of(self, key: str) -> int | None:
        """The line where a dotted key stands, as well as it can be told."""
        line = 0
        for part in filter(None, key.split(".")):
            name, _, index = part.partition("[")
            wanted = int(index.rstrip("]")) if index else 0
            line = self._next_line(name, line, wanted) or line
        return line or None

    def _next_line(self, name: str, after: int, nth: int) -> int | None:
        pattern = re.compile(
            rf'^\s*(?:\[+[^\]]*\b{re.escape(name)}\]+|"?{re.escape(name)}"?\s*=|.*[{{,]\s*"?{re.escape(name)}"?\s*=)'
        )
        hits = [number for number, text in enumerate(self._lines, 1) if number >= after and pattern.match(text)]
        return hits[min(nth, len(hits) - 1)] if hits else None

    def unknown_keys(self, where: str, table: Mapping[str, Any], known: set[str]) -> None:
        """Notes each key of `table` that nobody reads."""
        for key in table.keys() - known:
            near = get_close_matches(key, known, 1)
            remedy = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(sorted(known))}"
            self.wrong(_join(where, key), "unknown key", remedy)

    def text(self, where: str, table: Mapping[str, Any], key: str) -> str:
        """A required, non-empty text."""
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.wrong(
            _join(where, key), "missing or not a text" if value is None else "must be a text", f'write {key} = "…"'
        )
        return ""

    def number(self, where: str, table: Mapping[str, Any], key: str) -> float | None:
        """An optional number."""
        value = table.get(key)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return None if value is None else float(value)
        self.wrong(_join(where, key), "must be a number", f"write {key} = 100")
        return None

    def whole(self, where: str, table: Mapping[str, Any], key: str, default: int) -> int:
        """An optional whole number of at least 1."""
        value = table.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        self.wrong(_join(where, key), "must be a whole number of at least 1", f"write {key} = {default}")
        return default

    def localised(self, where: str, table: Mapping[str, Any], key: str) -> Localised:
        """Texts by language; English is required."""
        value = table.get(key)
        if not isinstance(value, dict) or not all(isinstance(text, str) and text.strip() for text in value.values()):
            self.wrong(
                _join(where, key), "missing, or not texts by language", f'write {key} = {{ en = "…", uk = "…" }}'
            )
            return Localised(())
        if "en" not in value:
            self.wrong(_join(where, key), "has no English text", 'add en = "…": it stands in for missing languages')
        return Localised(tuple(sorted(value.items())))

    def terms(
        self, where: str, table: Mapping[str, Any], key: str, languages: tuple[str, ...], *, needed: bool
    ) -> Terms:
        """Lists of words and phrases by language."""
        value = table.get(key)
        place = _join(where, key)
        if value is None:
            if needed:
                self.wrong(place, "missing", f'write {key} = {{ en = ["…"], uk = ["…"] }}')
            return Terms()
        if not isinstance(value, dict):
            self.wrong(place, "must hold lists of words by language", f'write {key} = {{ en = ["…"], uk = ["…"] }}')
            return Terms()
        found = tuple(
            (language, tuple(self._term_list(place, language, items))) for language, items in sorted(value.items())
        )
        for language in languages if needed else ():
            if not value.get(language):
                self.wrong(place, f"has no words in `{language}`", f"add them, or take `{language}` out of `languages`")
        return Terms(found)

    def _term_list(self, place: str, language: str, items: object) -> Iterator[str]:
        if not isinstance(items, list) or len(items) > MAX_TERMS:
            self.wrong(f"{place}.{language}", "must be a list of words and phrases", 'write ["…", "…"]')
            return
        for item in items:
            if isinstance(item, str) and item.strip(" *~"):
                yield item.strip()
            else:
                self.wrong(
                    f"{place}.{language}",
                    f"holds {item!r}, which is no word",
                    "give words or phrases between quotation marks",
                )


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key

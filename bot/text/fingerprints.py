"""Marks by which a copy, rewrite or translation of a text is recognised. Knows words and hashes, not articles.

Shingles are sampled by value (hash modulo), not by rank, so that the containment of a short text in a long one can be estimated: Broder,
"On the resemblance and containment of documents", 1997, section 3.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from zlib import crc32

from bot.text.words import Word

_SHINGLE = 3
_SAMPLE = 3  # every third shingle value is kept: a wire of 100 words keeps about 30
_KEY_SAMPLE = 12  # one value in twelve is indexed: copies sharing half their text are missed with p < 0.02
_MAX_SHINGLES = 600
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ё": "e", "ж": "z", "з": "z", "и": "i", "і": "i", "ї": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
    "ц": "c", "ч": "c", "ш": "s", "щ": "s", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a",
}  # fmt: skip


def shingles(found: Sequence[Word]) -> tuple[int, ...]:
    """A sample of the hashed three-word sequences of a text, sorted, at most 600."""
    forms = [word.surface for word in found]
    hashes = (
        {crc32(" ".join(forms[i : i + _SHINGLE]).encode()) for i in range(max(1, len(forms) - _SHINGLE + 1))}
        if forms
        else set()
    )
    return tuple(sorted(h for h in hashes if h % _SAMPLE == 0)[:_MAX_SHINGLES])


def shingle_keys(sample: Iterable[int]) -> tuple[str, ...]:
    """The shingles to index: two texts that share much of their wording share at least one."""
    return tuple(f"s{value:x}" for value in sample if value % _KEY_SAMPLE == 0)


def containment(one: Sequence[int], other: Sequence[int]) -> float:
    """Share of the shorter text's sampled shingles that the longer one holds, 0–1."""
    a, b = set(one), set(other)
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def skeleton(name: str) -> str:
    """Consonants of a name in Latin letters: one form for «Зеленський», «Зеленского» and "Zelenskyy"."""
    lowered = unicodedata.normalize("NFKD", name.lower().replace("й", "и")) if name.isascii() else name.lower()
    latin = "".join(_LATIN.get(char, char) for char in lowered)
    latin = (
        latin.replace("kh", "h")
        .replace("zh", "z")
        .replace("sh", "s")
        .replace("ch", "c")
        .replace("ts", "c")
        .replace("ph", "f")
    )
    latin = (
        latin.replace("w", "v")
        .replace("x", "ks")
        .replace("ck", "k")
        .replace("th", "t")
        .replace("q", "k")
        .replace("j", "i")
    )
    latin = re.sub(r"(.)\1+", r"\1", latin)
    return latin[:1] + re.sub(r"[^bcdfghklmnprstvz]", "", latin[1:])

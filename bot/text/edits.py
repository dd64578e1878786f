"""What is other in a new version of a text. Knows sentences, not articles; how texts look (spaces, quotation marks, dashes) is no difference.

An edit is stored as one short English line and read back from it, so that it can be worded in any language.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bot.text.sentences import sentences
from bot.text.stamps import is_stamp, unstamped

_GROUPED = re.compile(r"(?<=\d)[\s,.'’](?=\d{3}(?!\d))")  # 800,000 · 800 000 · 800.000
_PIECE = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[%€$£₴?]")
_SAME_SENTENCE = 0.5  # share of words that two tellings of one sentence have in common
_MOST_PAIRED = 60  # sentences; where more are new, the text is another one and pairing says nothing
_READ = re.compile(
    r"(?P<title>title)?(?:; )?(?:(?P<added>\d+) added)?(?:, )?(?:(?P<removed>\d+) removed)?(?:, )?(?:(?P<reworded>\d+) reworded)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Counts of sentences. False when nothing is other."""

    title: bool = False
    added: int = 0
    removed: int = 0
    reworded: int = 0

    def __bool__(self) -> bool:
        return bool(self.title or self.added or self.removed or self.reworded)

    def __str__(self) -> str:
        """Such as "title; 2 added, 1 removed, 1 reworded"; "" when nothing is other."""
        counts = (("added", self.added), ("removed", self.removed), ("reworded", self.reworded))
        text = ", ".join(f"{number} {name}" for name, number in counts if number)
        return "; ".join(part for part in ("title" if self.title else "", text) if part)


def edit_between(before: tuple[str, str], after: tuple[str, str], language: str) -> Edit:
    """How (title, text) `after` differs from `before`. The order of sentences, stamps and counters are no difference."""
    title = bool(after[0]) and _plain(after[0]) != _plain(before[0])
    old, new = _sentences(before[1], language), _sentences(after[1], language)
    removed, added = list((old - new).elements()), list((new - old).elements())
    reworded = _pairs(removed, added)
    return Edit(title=title, added=len(added) - reworded, removed=len(removed) - reworded, reworded=reworded)


def read_edit(line: str) -> Edit | None:
    """The edit that was written as `line`; None for a line of another kind."""
    found = _READ.fullmatch(line) if line else None
    if found is None:
        return None
    return Edit(
        title=bool(found["title"]),
        added=int(found["added"] or 0),
        removed=int(found["removed"] or 0),
        reworded=int(found["reworded"] or 0),
    )


def _sentences(text: str, language: str) -> Counter[str]:
    """What sentences say, with how often; what has no words is none."""
    told = (text[start:end] for start, end in sentences(text, language))
    return Counter(plain for sentence in told if not is_stamp(sentence) and (plain := _plain(sentence)))


def _plain(text: str) -> str:
    """Words and numbers alone."""
    return " ".join(_PIECE.findall(_GROUPED.sub("", unstamped(text)).casefold().replace("ʼ", "'").replace("’", "'")))


def _pairs(removed: list[str], added: list[str]) -> int:
    """How many removed sentences have a telling in other words among the added."""
    if max(len(removed), len(added)) > _MOST_PAIRED:
        return 0
    left = [set(sentence.split()) for sentence in added]
    found = 0
    for sentence in removed:
        words = set(sentence.split())
        alike = [(len(words & other) / len(words | other), at) for at, other in enumerate(left)]
        best, at = max(alike, default=(0.0, 0))
        if best >= _SAME_SENTENCE:
            found += 1
            del left[at]
    return found

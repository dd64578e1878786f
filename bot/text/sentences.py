"""Cuts a text into whole sentences by position. Knows nothing of what they say.

sentencex finds every boundary of a sentence but also false ones (after abbreviations and initials); a join pass takes those back.
Measured on the cases of `tests/unit/text/test_sentences.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

# Words that are never the last of a sentence when followed by a name or number.
_NEVER_LAST = frozenset((
    "ген", "ім", "им", "ст", "п", "м", "№", "т", "див", "art", "gen", "lt", "col", "maj", "sgt", "pres",
    "sen", "rep", "gov", "dr", "mr", "mrs", "ms", "prof", "st", "ред", "напр", "нар", "вул", "просп", "акад",
    "проф", "полк", "підполк", "кап", "адм", "тов", "гр", "пор", "рис", "табл", "с", "см", "т.зв", "adm", "capt",
    "cmdr", "brig", "hon", "messrs", "reps", "u.s", "u.k", "vs",
))  # fmt: skip
# Words that stand before a number, and end a sentence before anything else: "No. 5", "Nov. 19", but "said no. Not one".
_BEFORE_NUMBERS = frozenset(
    ("no", "approx", "bn", "mn", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec")
)
# Ends that the library takes for abbreviations within a sentence: the next word is capitalised, and no acronym.
_END = re.compile(
    r"(?:\d[\d\s.,]{0,20}(?:тис|тыс|млн|млрд|грн|руб)|\b(?:[Nn]o|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.[»”]?(?=\s+[«“\"]?"
    r"(?:[A-ZА-ЯІЇЄҐЁ][a-zа-яіїєґё’']|[ВУІОАЯIA]\s))"
)
# Words that may end a sentence, but not when the next piece goes on in lower case.
_SELDOM_LAST = frozenset((
    "тис", "тыс", "млн", "млрд", "грн", "руб", "р", "рр", "г", "гг", "год", "ч", "хв", "км", "см", "мм", "кв",
    "bn", "mn", "approx", "est", "inc", "ltd", "corp", "co", "a.m", "p.m", "e.g", "i.e", "etc", "і", "т.д", "т.п",
    "та", "ін", "и", "др",
))  # fmt: skip
_INITIAL = re.compile(r"(?:^|[\s(«“\"])(?:[A-ZА-ЯІЇЄҐЁ])\.$")
_LAST_WORD = re.compile(r"([^\s(«“\"„]+)\.$")
_LIST_NUMBER = re.compile(r"(?:^|[:;]\s*)\d{1,2}[.)]$")
# What a live blog sets before an entry: a bullet, the hour. Neither belongs to the sentence that follows.
_STAMP = re.compile(
    r"(?:[*•▪·]{1,3}\s*)?(?:\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s(?:[A-Z]{3,4}|МСК))?[.,:|]?\*{0,2}[.:]?)?(?=\s)"
)
_CLOSERS = "»”\"'’)]"
_OPENING_LOWER = re.compile(r"^[«“\"„(–—-]*\s*[a-zа-яіїєґё]")
_DIALOGUE = re.compile(r"^[–—-]\s+[a-zа-яіїєґё]")
MAX_SENTENCE = 2_000  # longer ones are no sentences a person would read; cut at spaces


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each paragraph: runs between line breaks, without the white space around them."""
    for match in re.finditer(r"[^\n]+", text):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip())
        end = match.start() + len(piece.rstrip())
        if start < end:
            yield start, end


def sentences(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each sentence, in order, without the white space around it. Closing quotation marks belong to their sentence."""
    return tuple(span for start, end in paragraphs(text) for span in _of_paragraph(text, start, end, language))


def _of_paragraph(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    stamp = _STAMP.match(text, start, end)
    if stamp and stamp.end() > start:
        rest = stamp.end() + len(text[stamp.end() : end]) - len(text[stamp.end() : end].lstrip())
        return [(start, stamp.end()), *_of_paragraph(text, rest, end, language)] if rest < end else [(start, end)]
    paragraph = text[start:end]
    pieces: list[tuple[int, int]] = []
    at = 0
    for raw in sentencex.segment(language, paragraph):
        piece = raw.strip()
        if not piece:
            continue
        found = paragraph.find(piece, at)
        if found < 0:  # the library altered the text: never guess, keep the rest whole
            pieces.append((at, len(paragraph)))
            at = len(paragraph)
            break
        pieces.append((found, found + len(piece)))
        at = found + len(piece)
    if not pieces:
        pieces = [(0, len(paragraph))]
    parted = [part for piece in pieces for part in _parted(paragraph, *piece)]
    pieces = _with_closers(paragraph, _joined(paragraph, parted))
    return [(start + a, start + b) for piece in pieces for a, b in _bounded(paragraph, piece)]


def _parted(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The piece cut at ends that the library does not see."""
    for found in _END.finditer(paragraph, start, end):
        yield start, found.end()
        start = found.end() + 1
    yield start, end


def _joined(paragraph: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for piece in pieces:
        if joined and _belongs(paragraph[joined[-1][0] : joined[-1][1]], paragraph[piece[0] : piece[1]]):
            joined[-1] = (joined[-1][0], piece[1])
        else:
            joined.append(piece)
    return joined


def _belongs(before: str, after: str) -> bool:
    """Whether `after` goes on with the sentence `before`."""
    if after and all(char in _CLOSERS + ".…" for char in after):
        return True
    if _DIALOGUE.match(after) or (before[-1:] in _CLOSERS and _OPENING_LOWER.match(after)):
        return True  # «…!» — said the minister
    if _open_quote(before) and not before.endswith(tuple(_CLOSERS)):
        return False
    if _INITIAL.search(before) or _LIST_NUMBER.search(before):
        return True
    word = _LAST_WORD.search(before)
    if not word:
        return bool(_OPENING_LOWER.match(after)) and before[-1:] not in ".!?…" + _CLOSERS
    last = word.group(1).lower()
    if last in _NEVER_LAST:
        return True
    if last in _BEFORE_NUMBERS and after[:1].isdigit():
        return True
    goes_on = bool(_OPENING_LOWER.match(after))
    return goes_on and (last in _SELDOM_LAST or len(last) <= 4)


def _open_quote(piece: str) -> bool:
    return piece.count("«") > piece.count("»") or piece.count("“") > piece.count("”")


def _with_closers(paragraph: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A closing mark that a cut left at the head of the next piece goes back to its sentence."""
    mended: list[tuple[int, int]] = []
    for start, end in pieces:
        while mended and start < end and paragraph[start] in "»”" and mended[-1][1] == start:
            mended[-1] = (mended[-1][0], start + 1)
            start += 1
        while start < end and paragraph[start].isspace():
            start += 1
        if start < end:
            mended.append((start, end))
    return mended


def _bounded(paragraph: str, piece: tuple[int, int]) -> Iterator[tuple[int, int]]:
    start, end = piece
    while end - start > MAX_SENTENCE:
        cut = paragraph.rfind(" ", start + 1, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        yield start, cut
        start = cut + 1 if paragraph[cut : cut + 1] == " " else cut
    if start < end:
        yield start, end

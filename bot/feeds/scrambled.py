"""Text that somebody decoded wrongly before it was sent: "Р“Р°СЂР°РЅС‚С–С—" and "Ð“Ð°Ñ€Ð°Ð½Ñ‚Ñ–Ñ—" become «Гарантії». Knows nothing of documents."""

from __future__ import annotations

import re

_LEADS = re.compile(
    "[РСВГДЕвÐÑÂÃÄÅâ]"
)  # how the first bytes of Cyrillic, accents and quotation marks in UTF-8 look when misread
_SOUND_CYRILLIC = re.compile("[а-бг-яАБЖ-ПТ-Я]{2}")  # no two of these stand together in UTF-8 misread as windows-1251
_CONTROLS = re.compile("[\x80-\x9f]")
_LEAST = {"cp1252": 1, "cp1251": 3}  # letters that must come out: two capitals such as «СІ» are bytes of a letter, too
_ALLOWED_LOSS = 0.02  # of the letters: a text cut within one, a byte that has no letter in the wrong encoding


def _letters_of(encoding: str) -> dict[int, int]:
    """From letter to byte; bytes without a letter stand for themselves or, where somebody mended them, for what windows-1252 has there."""
    table = {ord(bytes((byte,)).decode("cp1252", "replace")): byte for byte in range(0x80, 0xA0)}
    table |= {byte: byte for byte in range(0x80, 0xA0)}
    return table | {ord(bytes((byte,)).decode(encoding, "replace")): byte for byte in range(0x80, 0x100)}


_BYTES = {
    name: {letter: byte for letter, byte in _letters_of(name).items() if letter != 0xFFFD}
    for name in ("cp1252", "cp1251")
}
_C1 = {byte: bytes((byte,)).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}


def unscrambled(text: str) -> str:
    """The text as it was meant, if it is such a text; else the same, its characters 80-9F as windows-1252 means them, which XML senders do too."""
    if text.isascii():
        return text
    if _LEADS.search(text) and not _SOUND_CYRILLIC.search(text):
        text = next((meant for name in _BYTES if (meant := _meant(text, name))), text)
    return text.translate(_C1) if _CONTROLS.search(text) else text


def _meant(text: str, encoding: str) -> str:
    """What the bytes say that `encoding` was mistaken for; "" if they are not UTF-8, or too much of the text is no such byte."""
    table = _BYTES[encoding]
    raw = bytearray()
    for letter in text:
        code = ord(letter)
        byte = code if code < 0x80 else table.get(code, -1)
        raw += bytes((byte,)) if byte >= 0 else b"\xff"
    meant = raw.decode("utf-8", "replace")
    beyond = sum(letter > "\x7f" for letter in meant)
    lost = meant.count("\ufffd")
    return meant if beyond >= _LEAST[encoding] and lost <= _ALLOWED_LOSS * len(meant) else ""

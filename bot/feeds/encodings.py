"""Bytes to readable text, whatever encoding was declared or forgotten. Knows nothing of what the text says.

A byte order mark decides, then whether it is UTF-8, whatever is declared; then candidates are scored by how much their Cyrillic looks
like words; where that does not tell, the header goes before the document (RFC 7303 section 3.2).
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_CYRILLIC = ("windows-1251", "koi8-u", "iso-8859-5", "cp866")
_WORD_LIKE = re.compile(r"(?<![^\W\d_])[А-ЯЁІЇЄҐ]?[а-яёіїєґ]+(?![^\W\d_])")  # not the accents inside Polish words
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")
_FREQUENT = re.compile(r"[оаеинтвірс]")
_WIDER = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "koi8-r": "koi8-u",
}  # what senders mean by the narrower name
_ON_THE_WEB = re.compile(  # of the WHATWG Encoding Standard; Python's other codecs (UTF-7, punycode, unicode_escape …) are ways in for attacks
    r"utf-8|utf-16(?:-[lb]e)?|cp125\d|iso8859-(?:[1-9]|1[013-6])|koi8-[ru]|cp866|mac-cyrillic|gb2312|gbk|gb18030|big5|euc_jp|euc_kr|shift_jis|tis-620|cp874"
    r"|cp949|ascii"
)
_SERVER_DEFAULTS = ("windows-1252", "utf-8")  # put into headers without a look at the document
_SAMPLE = 20_000


def readable(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text, and the name of the encoding it was read with. Never fails; broken bytes become U+FFFD."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    name = _wide(body) or "utf-8"
    try:
        return body.decode(name), name
    except UnicodeDecodeError:
        name = _most_word_like(body, _declared(body, content_type))
        return body.decode(name, "replace"), name


def _wide(body: bytes) -> str:
    """UTF-16 without a mark shows as a zero byte beside each `<`."""
    head = body[:400].lstrip(b" \t\r\n")
    if head[:1] == b"<" and head[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if head[:2] == b"\0<" else ""


def _declared(body: bytes, content_type: str) -> list[str]:
    """What header and document claim, as names Python knows, the header first unless it says what servers say of everything."""
    inside = _DECLARED.search(body[:4_096])
    header = _IN_HEADER.search(content_type)
    claims = [
        _known(header[1] if header else ""),
        _known((inside[1] or inside[2]).decode("ascii", "replace") if inside else ""),
    ]
    return [name for name in (reversed(claims) if claims[0] in _SERVER_DEFAULTS else claims) if name]


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(found, found) if _ON_THE_WEB.fullmatch(found) else ""


def _most_word_like(body: bytes, claims: list[str]) -> str:
    sample = _telling_part(body)
    if sample.decode("utf-8", "replace").count("\ufffd") * 20 <= sum(byte > 127 for byte in sample):
        return "utf-8"  # a few broken bytes in what is otherwise UTF-8
    claims = [claim for claim in claims if claim != "utf-8"]
    first = claims[0] if claims else "windows-1252"
    scores = {name: _score(sample, name) for name in dict.fromkeys((first, *claims, *_CYRILLIC))}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > scores[first] + 0.1 else first


def _telling_part(body: bytes) -> bytes:
    """A bounded sample around the first bytes beyond ASCII."""
    start = next((at for at, byte in enumerate(body) if byte > 127), 0)
    return body[max(0, start - 100) : start + _SAMPLE]


def _score(sample: bytes, name: str) -> float:
    """Share of letters beyond ASCII that stand in Cyrillic words of common letters; -1 where bytes cannot be read so."""
    try:
        text = sample.decode(name, "strict")
    except (UnicodeDecodeError, LookupError):
        text = sample.decode(name, "ignore")
    beyond = sum(letter > "\x7f" for letter in text) or 1
    words = [word for word in _WORD_LIKE.findall(text) if len(word) > 1]
    in_words = sum(map(len, words))
    frequent = sum(len(_FREQUENT.findall(word)) for word in words)
    return in_words / beyond * (0.5 + 0.5 * frequent / (in_words or 1)) if _CYRILLIC_LETTER.search(text) else 0.0

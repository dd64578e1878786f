"""XML made such that parsers take it: without noise, illegal characters, DTDs and items beyond counting. Knows nothing of what it says."""

from __future__ import annotations

import html
import re

from bot.feeds.entries import MOST_ENTRIES

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 section 2.2
_PROLOG = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,1000}(?:\[.*?\]\s*)?>", re.DOTALL)
_ENTITY = re.compile(r"&([a-zA-Z][a-zA-Z0-9]{1,30});")
_HEAD = 20_000  # where a DTD is looked for; a longer one is left to expat, which bounds what entities grow to
_NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_OWN_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ROOT = re.compile(r"<(?:\?xml\s|!--|!DOCTYPE|(?:[\w.-]{1,30}:)?(?:rss|feed|rdf)[\s>])", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[\w.-]{1,30}:)?(?:item|entry)\s{0,9}>", re.IGNORECASE)


def sound(text: str) -> str:
    """The same document as XML parsers accept it: no noise before it, no illegal characters, no DTD, entities of HTML as characters."""
    start = _ROOT.search(text)
    body = _PROLOG.sub("", text[start.start() :] if start else text)
    head, rest = body[:_HEAD], body[_HEAD:]
    legal = _ILLEGAL.sub("", _DOCTYPE.sub("", head, count=1) + rest)
    return _ENTITY.sub(_as_character, _NUMBERED.sub(_legal_number, legal))


def shortened(text: str) -> tuple[str, int]:
    """At most so many items, then what closes the document: 60,000 items took feedparser 16 s."""
    ends = [found.end() for found in _ITEM_END.finditer(text)]
    over = len(ends) - MOST_ENTRIES
    return (text[: ends[MOST_ENTRIES - 1]] + text[ends[-1] :], over) if over > 0 else (text, 0)


def _legal_number(found: re.Match[str]) -> str:
    """The reference, unless it stands for what XML forbids: feedparser raises on `&#xD800;`."""
    digits, base = (found[1], 16) if found[1] else (found[2], 10)
    number = int(digits, base) if len(digits) < 9 else 0
    return found[0] if number in (9, 10, 13) or (32 <= number <= 0x10FFFF and not _ILLEGAL.match(chr(number))) else ""


def _as_character(found: re.Match[str]) -> str:
    if found[1] in _OWN_ENTITIES:
        return found[0]
    letters = html.unescape(found[0])
    return found[0] if letters == found[0] else "".join(f"&#{ord(letter)};" for letter in letters)

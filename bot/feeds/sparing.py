"""What feedparser need not see: long texts are set aside until it is done, elements nobody reads are left out. Knows nothing of what texts say.

feedparser looks at every text a dozen times and takes some 30 µs an element; with this a feed of fifty full texts takes a third of the time.
"""

from __future__ import annotations

import html
import re

_LONG = 80  # characters of escaped text
_LONG_CDATA = 200  # shorter sections without markup are written as plain text: links, dates, names
_MOST = 100_000
_OPEN, _CLOSE = "\ue000", "\ue001"  # `mending.bare` leaves none of the document's own
_STANDS_FOR = re.compile(f"{_OPEN}([0-9]{{5}}){_CLOSE}")
_TEXTS = re.compile(
    r"(<(?:[\w.-]{1,30}:)?(?:description|encoded|summary|content|title|subtitle|full-?text|fullitem)\b(?![^<>]*base64)[^<>]*>)"
    rf"([^<]{{{_LONG},}})(?=</)",
    re.IGNORECASE,
)
_UNREAD = re.compile(
    r"<((?:[\w.-]{1,30}:)?(?:category|subject|keywords|author|creator|contributor|comments|commentRss|enclosure|thumbnail|credit|rating|duration"
    r"|explicit|episodeType|copyright|generator|docs))\b"
    r"(?:[^<>]*/>|[^<>]*>[^<]*(?:<(?!/?\1\b)[^<]*){0,12}</\1\s*>)"
)
_CAPTION = re.compile(r"<(/?)media:description\b[^<>]*?(/?)>")


class Aside:
    """The long texts of one document while it is parsed. A text can be fetched back once: nothing can make a book of one page."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def spared(self, document: str) -> str:
        """The document with a short mark in place of every long text; without comments, unread elements and what an unclosed section swallows."""
        short = _TEXTS.sub(self._escaped, self._without_sections(document))
        short = _CAPTION.sub(r"<\1media:caption\2>", short) if "media:description" in short else short
        return _UNREAD.sub("", short)

    def back(self, text: str) -> str:
        """The text as the document had it, its marks replaced."""
        return _STANDS_FOR.sub(lambda found: self._texts.pop(found[1], ""), text) if _OPEN in text else text

    def _without_sections(self, document: str) -> str:
        out: list[str] = []
        at = 0
        while (start := document.find("<!", at)) >= 0:
            out.append(document[at:start])
            piece, at = self._section(document, start)
            out.append(piece)
        return "".join((*out, document[at:]))

    def _section(self, document: str, start: int) -> tuple[str, int]:
        """What stands for the CDATA section or comment at `start`, and where to go on."""
        begin, end = next((pair for pair in _SECTIONS if document.startswith(pair[0], start)), ("<!", ""))
        if not end:
            return "<!", start + 2
        inside = start + len(begin)
        close = document.find(end, inside)
        if close < 0:
            return "", len(document)
        return (self._section_text(document[inside:close]) if end == "]]>" else ""), close + len(end)

    def _section_text(self, text: str) -> str:
        if "<" in text or (len(text) > _LONG_CDATA and " " in text):
            return self._mark(text)
        return text.replace("&", "&amp;").replace(">", "&gt;")

    def _escaped(self, found: re.Match[str]) -> str:
        return found[0] if _OPEN in found[2] else found[1] + self._mark(html.unescape(found[2]))

    def _mark(self, text: str) -> str:
        """Five digits are no whole base64 word, so that feedparser does not try to decode them."""
        number = f"{len(self._texts):05}"
        if len(self._texts) >= _MOST:
            return ""
        self._texts[number] = text
        return f"{_OPEN}{number}{_CLOSE}"


_SECTIONS = (("<![CDATA[", "]]>"), ("<!--", "-->"))

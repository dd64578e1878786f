"""OPML lists of feeds in and out (opml.org/spec2): folders become topics and topics folders. Knows nothing of files or stores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import listparser

from bot.feeds.encodings import readable
from bot.feeds.entries import short_language
from bot.feeds.mending import sound
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Feed
from bot.services.sites import new_feed
from bot.text.html import folded_line
from bot.text.urls import link_key, typed_address

_MOST_BYTES = 5_000_000
_MOST_FEEDS = 20_000


def read_opml(document: bytes, *, topics: Sequence[str] = (), name: str = "the OPML file") -> tuple[Feed, ...]:
    """Feeds of a list, each address once. Folders named like one of `topics` (or any folder, without them) become topics.

    Raises SourceError(TOO_LARGE | NOT_A_FEED); `name` is what the error calls the list.
    """
    if len(document) > _MOST_BYTES:
        raise SourceError(Trouble.TOO_LARGE, name, detail=f"over {_MOST_BYTES} bytes")
    text = sound(_outline_part(readable(document)[0]))
    if "<opml" not in text[:5_000].lower():
        raise SourceError(Trouble.NOT_A_FEED, name, detail="no OPML in it")
    found: dict[str, Feed] = {}
    for row in listparser.parse(text.encode("ascii", "xmlcharrefreplace")).feeds[:_MOST_FEEDS]:
        url = typed_address(str(row.get("url", "")))
        if url and link_key(url) not in found:
            found[link_key(url)] = _feed(
                url, row.get("title", ""), row.get("categories", ()), row.get("tags", ()), topics
            )
    return tuple(found.values())


def _outline_part(text: str) -> str:
    start = text.lower().find("<opml")
    return text[start:] if start >= 0 else text


def _feed(url: str, title: str, folders: Sequence[Sequence[str]], tags: Sequence[str], topics: Sequence[str]) -> Feed:
    words = [word.strip() for path in folders for word in path if word.strip()]
    kept = [word for word in words if not topics or word in topics]
    language = next(
        (short_language(tag.removeprefix("lang-")) for tag in (*tags, *words) if tag.startswith("lang-")), None
    )
    shown = [word for word in dict.fromkeys(kept) if not word.startswith("lang-") and word != "official"]
    return new_feed(
        url, name=folded_line(str(title))[:200], language=language, topics=shown, official="official" in (*tags, *words)
    )


def write_opml(feeds: Sequence[Feed], *, title: str = "planwatch") -> str:
    """The list as OPML 2.0: a folder for each topic, feeds of every topic beside them. Language and mark travel in `category`."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    body = ET.SubElement(root, "body")
    folders: dict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        for topic in feed.topics or ("",):
            folders[topic].append(feed)
    for topic in sorted(folders):
        place = ET.SubElement(body, "outline", text=topic, title=topic) if topic else body
        for feed in folders[topic]:
            ET.SubElement(place, "outline", _attributes(feed))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _attributes(feed: Feed) -> dict[str, str]:
    marks = [f"lang-{feed.language}"] if feed.language else []
    marks += ["official"] if feed.official else []
    shown = {"type": "rss", "text": feed.name, "title": feed.name, "xmlUrl": feed.url}
    return shown | ({"category": ",".join(marks)} if marks else {})

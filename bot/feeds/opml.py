"""OPML lists of feeds in and out (opml.org/spec2): folders become topics and topics folders. Knows nothing of files or stores.

Lists of other readers differ in case, in where titles stand and in how folders nest; a list may also be broken or hostile. Whatever comes,
what can be read is taken, and what was not is counted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from lxml import etree

from bot.feeds.encodings import readable
from bot.feeds.entries import short_language
from bot.feeds.mending import sound
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Feed
from bot.model.topics import TopicId
from bot.services.sites import new_feed
from bot.text.html import folded_line
from bot.text.urls import link_key, typed_address

MOST_FEEDS = 20_000
_MOST_BYTES = 20_000_000  # as many feeds with long names
_LONGEST_NAME = 200
# In addresses of careless exporters; a parser would drop what follows.
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")
_OF_FEEDS = frozenset({"rss", "atom", "rdf", "feed", "rss1", "rss2", "json"})
# feed://example.org/ and feed:https://example.org/, as old readers hand addresses on
_SCHEME_OF_READERS = re.compile(r"^feed:(?://(?!https?:))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlList:
    """What a list held, and what of it was not taken."""

    feeds: tuple[Feed, ...]
    folders: tuple[str, ...] = ()  # that are no topic, so that they say nothing
    refused: int = 0  # outlines whose address is none of a feed: javascript:, file:, query:
    repeated: int = 0  # feeds listed again
    over: int = 0  # feeds beyond `MOST_FEEDS`
    damaged: bool = False  # something may be missing where the document is broken


def read_opml(
    document: bytes, *, topics: Mapping[str, str] | None = None, name: str = "the OPML file", content_type: str = ""
) -> OpmlList:
    """Feeds of a list, each address once with all its topics.

    `topics` maps names in lower case to topics: a folder of that name, at any depth, gives its feeds that topic; other folders
    are noted. Without `topics` every folder is one. Raises SourceError(TOO_LARGE | NOT_A_FEED); `name` is what the error
    calls the list.
    """
    if len(document) > _MOST_BYTES:
        raise SourceError(Trouble.TOO_LARGE, name, detail=f"over {_MOST_BYTES} bytes")
    text = readable(document, content_type)[0]
    start = text.lower().find("<opml")  # what stands before, a DTD with its entities too, is not looked at
    if start < 0:
        raise SourceError(Trouble.NOT_A_FEED, name, detail="it is no OPML list")
    outlines = _Outlines(topics)
    # Entities beyond XML's own five cannot be declared here, as no DTD may follow a document's root. (Told not to resolve any, lxml
    # hands a target `&#38;` for `&amp;`.)
    parser = etree.XMLParser(target=outlines, recover=True, no_network=True, load_dtd=False, huge_tree=False)
    try:
        etree.fromstring(_BARE_AMPERSAND.sub("&amp;", sound(text[start:])).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        outlines.damaged = True
    return outlines.listed(damaged=bool(parser.error_log))


def write_opml(feeds: Sequence[Feed], *, title: str = "planwatch") -> str:
    """The list as OPML 2.0: a folder for each topic, feeds of every topic beside them. An official channel's mark travels in `category`."""
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
    written = ET.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _attributes(feed: Feed) -> dict[str, str]:
    name = folded_line(feed.name)
    shown = {"type": "rss", "text": name, "title": name, "xmlUrl": feed.url}
    shown |= {"language": feed.language} if feed.language else {}
    return shown | ({"category": "official"} if feed.official else {})


@dataclass(slots=True)
class _Outlines:
    """Hears of each outline as the document is read; no tree is built."""

    topics: Mapping[str, str] | None
    damaged: bool = False
    found: dict[str, Feed] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)  # the folders that are open; "" for an outline that is none
    ignored: dict[str, None] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An outline begins: a feed, a folder, or something else."""
        if _local(tag) != "outline":
            return
        given = {_local(key): value for key, value in attributes.items()}
        title = folded_line(given.get("title") or given.get("text") or "")[:_LONGEST_NAME]
        address = given.get("xmlurl") or (given.get("url", "") if given.get("type", "").lower() in _OF_FEEDS else "")
        is_folder = not address and "xmlurl" not in given and given.get("type", "").lower() in ("", "folder")
        self.path.append(title if is_folder else "")
        if address:
            self._feed(address, title, given)

    def end(self, tag: str) -> None:
        """An outline ends."""
        if _local(tag) == "outline" and self.path:
            self.path.pop()

    def close(self) -> None:
        """The document ended, whole or not."""

    def listed(self, *, damaged: bool) -> OpmlList:
        """All that was heard."""
        return OpmlList(
            feeds=tuple(self.found.values()),
            folders=tuple(self.ignored),
            refused=self.counts["refused"],
            repeated=self.counts["repeated"],
            over=self.counts["over"],
            damaged=self.damaged or damaged,
        )

    def _feed(self, address: str, title: str, given: Mapping[str, str]) -> None:
        url = typed_address(_SCHEME_OF_READERS.sub(_as_address, address.strip()))
        key = link_key(url) if url else ""
        topics = self._topics(given)
        if not key:
            self.counts["refused"] += 1
        elif key in self.found:
            known = self.found[key]
            more = tuple(dict.fromkeys((*known.topics, *topics)))
            self.counts["repeated"] += more == known.topics
            self.found[key] = replace(known, topics=more)
        elif len(self.found) >= MOST_FEEDS:
            self.counts["over"] += 1
        else:
            marks = [mark.strip().lower() for mark in given.get("category", "").split(",")]
            self.found[key] = new_feed(
                url, name=title, language=_language(given, marks), topics=topics, official="official" in marks
            )

    def _topics(self, given: Mapping[str, str]) -> tuple[TopicId, ...]:
        folders = [folder for folder in self.path if folder]
        if self.topics is None:
            return tuple(dict.fromkeys(map(TopicId, folders)))
        for folder in folders:
            if folder.casefold() not in self.topics and len(self.ignored) < MOST_FEEDS:
                self.ignored[folder] = None
        words = (*folders, *re.split("[,/]", given.get("category", "")))
        meant = (self.topics.get(word.strip().casefold()) for word in words)
        return tuple(dict.fromkeys(TopicId(topic) for topic in meant if topic))


def _as_address(found: re.Match[str]) -> str:
    return "http://" if found[0].endswith("//") else ""


def _language(given: Mapping[str, str], marks: Sequence[str]) -> str | None:
    named = (short_language(mark.removeprefix("lang-")) for mark in marks if mark.startswith("lang-"))
    return short_language(given.get("language", "")) or next(named, None)


def _local(name: str) -> str:
    """A tag's or attribute's name without its namespace, in lower case, as exporters differ."""
    return name.rpartition("}")[2].lower()

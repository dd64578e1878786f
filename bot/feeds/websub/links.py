"""Which hub a document names, and by which address it goes there. Knows nothing of connections or subscriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.text.urls import absolute_link

_MOST = 16_384  # characters of all Link headers together that are looked at
_TARGET = re.compile(r"[\s,]*<([^<>]*)>")
_PARAMETER = re.compile(r"""\s*;\s*([!#$&+\-.^_`|~\w]*)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?""", re.ASCII)


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a Link header: its target as written, its relations in lower case."""

    target: str
    relations: tuple[str, ...]


def links_in(fields: Iterable[str]) -> Iterator[Link]:
    """The links of Link header fields (RFC 8288 section 3 and appendix B.2) that are about the answer itself; ends where it gets senseless."""
    text = ",".join(fields)[:_MOST]
    place = 0
    while found := _TARGET.match(text, place):
        place, given = found.end(), dict[str, str]()
        while parameter := _PARAMETER.match(text, place):
            place = parameter.end()
            value = re.sub(r"\\(.)", r"\1", parameter[2]) if parameter[2] is not None else parameter[3] or ""
            given.setdefault(parameter[1].lower(), value)  # only the first counts, section 3.3
        if "anchor" not in given:  # else it is about something else, section 3.2
            yield Link(found[1].strip(), tuple(given.get("rel", "").lower().split()))
        if not text[place:].lstrip().startswith(","):
            return


def named_by_headers(headers: Mapping[str, str], base: str) -> tuple[str | None, str | None]:
    """The first hub, and the address by which the answer names itself, in its Link headers (WebSub section 4), each letter as it is given."""
    if "Link" not in headers:
        return None, None
    named: dict[str, str] = {}
    for link in links_in(value for name, value in headers.items() if name.lower() == "link"):
        for relation in {"hub", "self"}.intersection(link.relations) - named.keys():
            if address := absolute_link(link.target, base):
                named[relation] = address
    return named.get("hub"), named.get("self")

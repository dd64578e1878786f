"""Why a source cannot be read, and what to do about it, in the operator's plain English. Knows one feed at a time."""

from __future__ import annotations

from shlex import quote
from urllib.parse import urlsplit

from bot.model.errors import Trouble
from bot.text.html import folded_line

_LONGEST_DETAIL = 160
_SAID_ALREADY = frozenset({Trouble.TIMEOUT, Trouble.CHALLENGE_PAGE, Trouble.RATE_LIMITED, Trouble.GONE})
_DISCOVER = "look for its present address: planwatch feeds discover {site}"
_WORDS: dict[Trouble, tuple[str, str]] = {
    Trouble.ADDRESS_REFUSED: (
        "its address is a private or loopback one",
        "if that is meant, name the host in fetch.allow_private_hosts",
    ),
    Trouble.BAD_ADDRESS: ("its address is not one that can be read", "remove it and add it by its right address"),
    Trouble.DNS: ("its server's name was not found", "check the address; if all sources say so, this machine's DNS"),
    Trouble.CONNECTION: (
        "its server could not be reached",
        "it is tried again by itself; if all sources say so, check this machine's network",
    ),
    Trouble.TIMEOUT: (
        "its server did not answer in time",
        "it is tried again by itself; for a slow server raise fetch.timeout_s and fetch.first_byte_s",
    ),
    Trouble.TOO_LARGE: ("its answer is larger than allowed", "raise fetch.max_bytes, or look for a shorter feed of it"),
    Trouble.TOO_MANY_REDIRECTS: ("it sends from address to address without end", _DISCOVER),
    Trouble.HTTP_STATUS: ("its server answers with an error", _DISCOVER),
    Trouble.RATE_LIMITED: ("its server asks to be read less often", "nothing; planwatch obeys by itself"),
    Trouble.GONE: ("its server says that it was taken down for good", f"remove it, or {_DISCOVER}"),
    Trouble.NOT_A_FEED: ("there is a page at its address, but no feed", _DISCOVER),
    Trouble.BROKEN_FEED: (
        "its feed is damaged beyond mending",
        "tell its owner, or look for another feed: planwatch feeds discover {site}",
    ),
    Trouble.TLS: ("its certificate is not valid", "check this machine's clock; else its owner has to renew it"),
    Trouble.CHALLENGE_PAGE: (
        "it lets only browsers in",
        "look for another feed of that outlet: planwatch feeds discover {site}",
    ),
    Trouble.ROBOTS: (
        "its robots.txt asks programs to stay away",
        "look for another feed of that outlet; where its owner agrees, set fetch.robots to pages",
    ),
    Trouble.INTERNAL: ("reading it failed inside planwatch", "please report the log's line on it"),
}


def why(trouble: Trouble | None, detail: str = "") -> str:
    """Its server answers with an error (404); for no trouble: why is not known."""
    if trouble is None:
        return "why is not known"
    said = folded_line(detail)[:_LONGEST_DETAIL] if trouble not in _SAID_ALREADY else ""
    return f"{_WORDS[trouble][0]} ({said})" if said else _WORDS[trouble][0]


def remedy(trouble: Trouble | None, url: str) -> str:
    """What to do about a feed at that address; empty where nothing is known to help. Commands in it are safe to paste into a shell."""
    if trouble is None:
        return ""
    parts = urlsplit(url)
    return _WORDS[trouble][1].format(site=quote(f"{parts.scheme}://{folded_line(parts.netloc)}/"))

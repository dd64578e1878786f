"""Runs of text → one line of Discord's markdown in which everything from outside shows as plain text.

Must not know blocks, messages or limits. The rules followed are those of Discord's client: a backslash before any
character that is neither letter, digit nor space shows that character and takes its meaning away; headings, lists,
quotes and small print begin a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from urllib.parse import quote, urlsplit, urlunsplit

from bot.model.replies import Run, Runs, Style

MAX_URL = 1024  # a longer address is not linked: it would eat a message
SMALL = "-# "

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")
_MARKS = re.compile(r"[\\*_~`|\[\]<@]|:(?=//|[^\s:]*(?::|\Z))")  # a colon may begin :an_emoji: or an address
_LINE_START = re.compile(r"^\s*([#>+\-]|\d+[.)])")


def clean(text: str) -> str:
    """`text` with one kind of line break and without control characters and marks that turn the reading direction."""
    return _CONTROLS.sub("", _BREAKS.sub("\n", text))


def escaped(text: str, *, space_follows: bool = False) -> str:
    """`text` (one line) so that Discord shows exactly it, wherever in a line it stands except at its start."""
    return _MARKS.sub(r"\\\g<0>", f"{text} " if space_follows else text).removesuffix(" " if space_follows else "")


def safe_url(url: str) -> str:
    """`url` fit for a masked link, or "" when it is not plain http(s), carries a user name or is over MAX_URL."""
    try:
        parts = urlsplit(clean(url).strip())
        host = parts.netloc.encode("ascii" if parts.netloc.isascii() else "idna").decode("ascii")
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not re.fullmatch(r"[\w.-]+(:\d+)?", host):
        return ""
    path, query, fragment = (
        quote(part, safe="/:;,=&?@!$+~%-._'*") for part in (parts.path, parts.query, parts.fragment)
    )
    made = urlunsplit((parts.scheme.lower(), host, path, query, fragment))
    return made if len(made) <= MAX_URL else ""


def lines(runs: Runs) -> Iterator[Runs]:
    """The runs of each line in turn; line breaks inside runs part them."""
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(Run(first, run.style, run.url))
        for text in others:
            yield tuple(line)
            line = [Run(text, run.style, run.url)]
    yield tuple(line)


def marked(runs: Runs) -> str:
    """One line (no line break inside) as markdown, without space at its ends. Small print is told by `is_small`."""
    merged = [*_merged(runs), ("\n", Style.PLAIN, "")]
    line = "".join(_run(*run, space_follows=after[0][0].isspace()) for run, after in pairwise(merged))
    return _LINE_START.sub(_defused, line.strip(" \t\n"))


def is_small(runs: Runs) -> bool:
    """Whether the whole line is small print."""
    spoken = [run for run in runs if run.text.strip()]
    return bool(spoken) and all(run.style is Style.SOFT for run in spoken)


def _defused(start: re.Match[str]) -> str:
    return f"{start[0][:-1]}\\{start[0][-1]}"


def _merged(runs: Runs) -> Iterator[tuple[str, Style, str]]:
    """Neighbours of one look as one run: marks that touch each other would be read as other marks."""
    looks = ((run.text, _look(run), safe_url(run.url) if run.url else "") for run in runs if run.text)
    for (style, url), group in groupby(looks, key=lambda run: (run[1], run[2])):
        yield "".join(text for text, _, _ in group), style, url


def _look(run: Run) -> Style:
    """Discord has no small print inside a line, and no way to show ` inside code."""
    without = run.style is Style.SOFT or (run.style is Style.CODE and "`" in run.text)
    return Style.PLAIN if without or not run.text.strip() else run.style


def _run(text: str, style: Style, url: str, *, space_follows: bool) -> str:
    inner = text.strip()
    if not inner:
        return text
    before, _, after = text.partition(inner)
    made = _linked(inner, style, url) if url else _styled(inner, style, space_follows=space_follows or bool(after))
    return f"{before}{made}{after}"


def _styled(text: str, style: Style, *, space_follows: bool = False) -> str:
    if style is Style.CODE:
        return f"`{text}`"
    made = escaped(text, space_follows=space_follows)
    return f"**{made}**" if style is Style.STRONG else made


def _linked(text: str, style: Style, url: str) -> str:
    """A masked link. Discord takes none whose label holds brackets or an address: there the address follows."""
    if re.search(r"[\[\]]|://", text):
        return f"{escaped(text)} <{url}>"
    return f"[{_styled(text, style)}]({url})"

"""Verbatim quotes with their marks and sources, never parted. Knows nothing of why they were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.model.replies import Quotation, Run, Runs, Style
from bot.model.stories import KeyPoint
from bot.present.reader import Reader

_MARKS = {"uk": ("«", "»"), "ru": ("«", "»")}
_PARTNERS = {"“": "”", "„": "“”", "«": "»", '"': '"'}  # an opening mark and what may close it


def in_marks(quote: str, language: str) -> str:
    """The quote between the marks of its own language; one that begins with a mark keeps it and gets no second one.

    A speech that goes on in the next sentence is closed, so that its end can be seen.
    """
    quote = " ".join(quote.split())
    closers = _PARTNERS.get(quote[:1])
    if closers:
        return quote if any(mark in quote[1:] for mark in closers) else quote + closers[-1]
    begin, end = _MARKS.get(language, ("“", "”"))
    return f"{begin}{quote}{end}"


def quoted(quote: str, language: str, reader: Reader) -> Runs:
    """The quote in its marks; its language is named where it is not the reader's."""
    runs = (Run(in_marks(quote, language)),)
    if language == reader.language or not language:
        return runs
    return (*runs, Run(" " + language_mark(language, reader), Style.SOFT))


def language_mark(language: str, reader: Reader) -> str:
    """(uk), (рос.): the language of a quote for readers of another."""
    message = f"mark-{language}"
    return reader.say(message) if reader.voice.knows(message) else f"({language})"


def source_line(
    *,
    attributed_to: str,
    outlet: str,
    url: str,
    via: str,
    published: datetime,
    also: Sequence[str] = (),
    reports: int | None = None,
    reader: Reader,
) -> Runs:
    """A diplomat, Lantern Agency, 4 Jan · also Kestrel Post; the outlet's name opens the article."""
    before = f"{attributed_to}, " if attributed_to and attributed_to != outlet else ""
    behind = reader.say("citing", outlet=via) if via and via != outlet else ""
    rest = f"{behind}, {reader.short_day(published)}"
    ending = reader.say("also", outlets=", ".join(also)) if also else (reader.say("one-source") if reports == 1 else "")
    runs = (Run(before, Style.SOFT), Run(outlet, Style.SOFT, link(url)), Run(rest, Style.SOFT), Run(ending, Style.SOFT))
    return tuple(run for run in runs if run.text)


def point_quotation(
    point: KeyPoint, reader: Reader, *, also: Sequence[str] = (), reports: int | None = None
) -> Quotation:
    """One key point as a quotation with its source; the sentence before stands in front where the quote needs it."""
    source = source_line(
        attributed_to=point.attributed_to,
        outlet=point.outlet,
        url=point.url,
        via=point.via,
        published=point.published,
        also=also,
        reports=reports,
        reader=reader,
    )
    return Quotation(quoted(with_context(point.context, point.quote), point.language, reader), source)


def with_context(context: str, quote: str) -> str:
    """The sentence before and the quote, as they stand in the article."""
    return f"{context} {quote}".strip()


def link(url: str) -> str:
    """The address if it may be opened (http or https), else none."""
    return url if url.startswith(("https://", "http://")) else ""

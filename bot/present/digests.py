"""A digest as a reply: what moved, with quotes and sources, then what did not and what was left out. Knows no subscriptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.model.digests import Digest, DigestItem, DigestSection, LeftOut, Window
from bot.model.replies import Block, Footer, Heading, Item, Paragraph, Quotation, Reply, Run, Runs, Style, plain
from bot.model.stories import ChangeKind
from bot.model.topics import Topic
from bot.present.buttons import ways
from bot.present.follows import next_digest
from bot.present.footers import unread_line
from bot.present.headlines import movement, subject, summary
from bot.present.quotes import link, quoted, source_line, with_context
from bot.present.reader import Reader

DAY = timedelta(days=1)
KNOWN = frozenset({LeftOut.REPEAT, LeftOut.COPY, LeftOut.TOLD_BEFORE})


def digest_reply(digest: Digest, topic: Topic, reader: Reader, *, next_due: datetime | None = None) -> Reply:
    """The digest; a day on which nothing moved is one line."""
    ending = next_digest(next_due, reader) if next_due else ""
    buttons = ways(reader, "layers", "status", "sources")
    if not digest.items:
        return Reply(blocks=_quiet(digest, topic, ending, reader), buttons=buttons, edits=False)
    head = Heading(plain(reader.say("digest-title", window=window_words(digest.window, reader))))
    moved = Paragraph(plain(summary((item.kind for item in digest.items), reader)))
    items = tuple(_item(item, section, topic, reader) for section in digest.sections for item in section.items)
    footer = Footer(tuple((Run(line, Style.SOFT),) for line in _small_print(digest, topic, ending, reader)))
    return Reply(blocks=(head, moved, *items, *((footer,) if footer.lines else ())), buttons=buttons, edits=False)


def window_words(window: Window, reader: Reader) -> str:
    """Monday 5 January for a whole day, else from one moment to the other."""
    whole_day = reader.is_midnight(window.since) and timedelta(hours=23) <= window.length <= timedelta(hours=25)
    if whole_day and reader.is_midnight(window.until):
        return reader.long_day(window.since)
    return reader.say("window", since=reader.brief_moment(window.since), until=reader.brief_moment(window.until))


def _item(item: DigestItem, section: DigestSection, topic: Topic, reader: Reader) -> Item:
    title = subject(section.category, topic, reader, item.member)
    moved = movement(item.kind, item.slot, item.before, item.after, topic, reader)
    head = (Run(title, Style.STRONG), Run(f" · {moved}"))
    lines = tuple((Run(text, Style.SOFT),) for text in _more(item, reader))
    return Item(head, lines, tuple(_quotations(item, reader)))


def _more(item: DigestItem, reader: Reader) -> Iterator[str]:
    """What else the same fact moved, in words."""
    for text in dict.fromkeys(item.more):
        if text == "conflict-over":
            yield reader.say("more-conflict-over")
        else:
            yield reader.say(f"more-{text}") if text in set(ChangeKind) else text


def _quotations(item: DigestItem, reader: Reader) -> Iterator[Quotation]:
    source = source_line(
        attributed_to=item.attributed_to,
        outlet=item.outlet,
        url=item.url,
        via=item.via,
        published=item.published,
        also=item.also_reported_by,
        reports=None if item.also_reported_by else 1,
        reader=reader,
    )
    yield Quotation(quoted(with_context(item.context, item.quote), item.language, reader), source)
    if item.rival_quote:
        yield Quotation(quoted(item.rival_quote, item.rival_language or item.language, reader), _rival(item, reader))


def _rival(item: DigestItem, reader: Reader) -> Runs:
    """Who tells the other side of a conflict, and when."""
    if item.rival_published is None:
        return (Run(item.rival_outlet, Style.SOFT, link(item.rival_url)),)
    return source_line(
        attributed_to=item.rival_attributed_to,
        outlet=item.rival_outlet,
        url=item.rival_url,
        via=item.rival_via,
        published=item.rival_published,
        reader=reader,
    )


def _quiet(digest: Digest, topic: Topic, ending: str, reader: Reader) -> tuple[Block, ...]:
    counts = digest.counts
    since = digest.window.since
    nothing = reader.say("nothing-moved", day=reader.day(since), clock=reader.clock(since))
    unseen = [(reason, count) for reason, count in digest.left_out if reason not in KNOWN and count]
    if not counts.articles:
        reading = reader.say("nothing-read")
    elif not counts.relevant:
        reading = reader.say("none-relevant", articles=counts.articles)
    else:
        reading = reader.say(
            "some-known" if unseen else "all-known", articles=counts.articles, relevant=counts.relevant
        )
    parts = [
        nothing,
        reading,
        _longest(digest, topic, reader),
        *_left_out(digest, reader, but=KNOWN),
        unread_line(digest, reader),
        ending,
    ]
    return (Paragraph(plain(" ".join(part for part in parts if part))),)


def _longest(digest: Digest, topic: Topic, reader: Reader) -> str:
    longest = max(digest.silences, key=lambda silence: silence.days, default=None)
    if longest is None or longest.days < 1:
        return ""
    return reader.say("longest-silence", subject=subject(longest.category, topic, reader), days=longest.days)


def _small_print(digest: Digest, topic: Topic, ending: str, reader: Reader) -> Iterator[str]:
    silent = [
        reader.say("silent-days", subject=subject(each.category, topic, reader), days=each.days)
        for each in digest.silences
        if each.days
    ]
    first = ([reader.say("silent", silences=", ".join(silent))] if silent else []) + _left_out(digest, reader)
    for line in (" ".join(first), unread_line(digest, reader), ending):
        if line:
            yield line


def _left_out(digest: Digest, reader: Reader, *, but: frozenset[LeftOut] = frozenset()) -> list[str]:
    counted = [
        reader.say(f"left-{reason.value.replace('_', '-')}", count=count)
        for reason, count in digest.left_out
        if count and reason not in but
    ]
    return [reader.say("left-out", reasons=", ".join(counted))] if counted else []

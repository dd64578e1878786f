"""Whether what a feed tells of a known article is a new version of it. Pure: no store, no clock, no pages are asked here.

One address is one article, whichever feed names it. Another feed than the one that told it last counts only where it says more, or says that it is
later, so that two feeds with different teasers do not make versions of each other for ever.
"""

from __future__ import annotations

from dataclasses import replace

from bot.model.feeds import Article, Entry
from bot.text.edits import edit_between

PAGE = "page"


def says_nothing_new(entry: Entry, told: Article, known: Article | None) -> bool:
    """Whether `entry`, which as an article is `told`, can be left alone without opening its page.

    So when it was told before, word for word, unless its page is to be tried again; and when another feed says less and no later date.
    """
    if known is None:
        return False
    if known.content_hash == told.content_hash:
        return not entry.tries
    later = entry.updated is not None and entry.updated > known.told_at
    return known.feed_id != told.feed_id and not later and len(told.text) <= len(known.text)


def next_version(told: Article, known: Article | None, *, titled: bool = True) -> Article | None:
    """The article as it is to be stored, or None where nothing is other than in `known`; not `titled`: another title is nothing.

    Its time is when the source says that it was updated, else when we saw it; a text that is merely read late, from a
    telling that is known, keeps the time of that telling. The outlet stays the one that told it first.
    """
    if known is None:
        return told
    told = _fullest(told, known)
    edit = edit_between(
        (known.title if titled else "", known.text), (told.title if titled else "", told.text), told.language
    )
    if not edit:
        return None
    late = told.content_hash == known.content_hash
    seen = told.told_at if told.told_at > known.told_at else max(told.first_seen, known.told_at)
    return replace(
        told,
        version=known.version + 1,
        title=told.title or known.title,
        outlet=known.outlet,
        official=known.official,
        published=known.published,
        told_at=known.told_at if late else seen,
        changed=str(edit),
    )


def retold(told: Article, known: Article) -> Article:
    """The known version, remembering how its feed words it now without saying anything else."""
    if known.feed_id != told.feed_id:
        return known
    text_from = told.text_from if told.text == known.text else known.text_from
    return replace(known, content_hash=told.content_hash, text_from=text_from)


def _fullest(told: Article, known: Article) -> Article:
    """A fuller text is not given up for a feed's teaser: not the page's when it cannot be read any more, nor another feed's."""
    kept = known.text_from == PAGE or known.feed_id != told.feed_id
    if told.text_from == PAGE or not kept or len(told.text) >= len(known.text):
        return told
    return replace(told, text=known.text, text_from=known.text_from, language=known.language)

"""Where an article's text was taken from, and what its newest version changed, in the reader's words. Knows nothing of pages or stores."""

from __future__ import annotations

from bot.model.errors import Trouble
from bot.model.feeds import Article, NoText
from bot.present.reader import Reader
from bot.text.edits import read_edit

_FEED = "feed: "
_PAGE = "page "
_GONE = ("404", "410")  # RFC 9110 sections 15.5.5 and 15.5.11


def origin(article: Article, reader: Reader) -> str:
    """Why the feed's own text was used, as one sentence; "" where the page was read, or need not be."""
    noted = article.text_from.removeprefix(_FEED)
    if noted == article.text_from:
        return ""
    if noted in tuple(NoText):
        return reader.say("text-of-feed", reason=reader.say(_key("no-text", NoText(noted).name)))
    trouble, _, status = noted.removeprefix(_PAGE).partition(" ")
    if trouble not in tuple(Trouble):
        return ""
    if status in _GONE:
        return reader.say("text-of-feed", reason=reader.say("no-text-not-found"))
    words = reader.say("no-text-unread", trouble=reader.say(_key("trouble", trouble)))
    return reader.say("text-of-feed", reason=words)


def edited(article: Article, reader: Reader) -> str:
    """What is other than in the version before, as one sentence; "" for a first version."""
    edit = read_edit(article.changed)
    if edit is None:
        return ""
    counts = (("added", edit.added), ("removed", edit.removed), ("reworded", edit.reworded))
    parts = [reader.say("edit-title")] if edit.title else []
    parts += [reader.say(f"edit-{name}", count=number) for name, number in counts if number]
    return reader.say("article-version", version=article.version, changes=", ".join(parts))


def _key(beginning: str, name: str) -> str:
    return f"{beginning}-{name.lower().replace('_', '-')}"

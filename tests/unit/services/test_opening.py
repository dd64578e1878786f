"""Opening article pages: what a slow or broken host must not cost the others."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.model.feeds import Fetched
from bot.services import opening
from bot.services.opening import Pages, article_of
from tests.builders import NOON, a_feed, an_entry
from tests.doubles import MovableClock, RecordingLog, ScriptedExtractor, ScriptedFetcher


class NeverAnswering(ScriptedFetcher):
    """A host whose turn never comes."""

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, page: bool = False
    ) -> Fetched:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")


async def test_a_host_whose_turn_never_comes_leaves_the_feeds_own_words_and_is_tried_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", timedelta(milliseconds=5))
    entry = an_entry(url="https://slow.example/one")
    pages = Pages(NeverAnswering(), ScriptedExtractor({}), MovableClock(NOON), RecordingLog(), at_once=2)
    article = article_of(entry, a_feed(), ("en",), NOON)
    opened = await pages.opened(entry, article, ("en",))
    assert opened.article.text == article.text and opened.article.text_from == "feed: page timeout"
    assert opened.again_at == NOON + timedelta(minutes=30)

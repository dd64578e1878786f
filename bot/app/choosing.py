"""Whether `planwatch run` shows the sample world or follows live sources, when nobody said. Builds nothing."""

from __future__ import annotations

from bot.app.building import holds_store
from bot.app.following import WallClock
from bot.settings import Settings, read_feeds_file, shipped
from bot.store import open_store
from bot.text.urls import link_key


async def follows_sample(settings: Settings) -> bool:
    """True with no token and no sources of one's own, neither in the settings nor added by `planwatch feeds`. Raises StoreError."""
    if settings.has_token or settings.feeds is not None:
        return False
    if not settings.storage.url and not holds_store(settings.data_dir):
        return True  # nothing was ever kept
    ours = {link_key(feed.url) for feed in read_feeds_file(shipped("feeds.toml"))}
    async with open_store(settings.store_url, clock=WallClock()) as store:
        return all(link_key(feed.url) in ours for feed in await store.feeds())

"""Keeps the store's list of sources in step with the settings. Knows neither HTTP nor the store's form.

Sources named in the settings are always read. The shipped ones fill an empty store; from then on `planwatch feeds` rules. Once the
settings name sources, shipped ones that they do not name are dropped; what was added by hand stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.following import sources_of
from bot.app.machine import Machine
from bot.model.feeds import Feed
from bot.ports import Plan
from bot.services.sites import new_feed
from bot.settings import FeedSetting, read_feeds_file, shipped
from bot.text.urls import link_key


async def listed(machine: Machine) -> None:
    """Take in what the settings name. Raises SettingsError for a broken list."""
    if machine.settings.feeds is None:
        if not await machine.store.due_feeds(None) and not await machine.store.feeds():
            await machine.sources.take_in(as_feeds(sources_of(machine.settings)))
        return
    wanted = as_feeds(machine.settings.feeds)
    await machine.sources.take_in(wanted)
    kept = {link_key(feed.url) for feed in wanted}
    replaced = [feed.url for feed in read_feeds_file(shipped("feeds.toml")) if link_key(feed.url) not in kept]
    dropped = tuple({feed.id for feed in (await machine.sources.followed(replaced)).values()})
    if dropped:
        await machine.store.apply(Plan(removed_feeds=dropped))


def as_feeds(settings: Sequence[FeedSetting]) -> tuple[Feed, ...]:
    """Sources as the settings give them, never read yet."""
    return tuple(
        new_feed(each.url, name=each.name, language=each.language, topics=each.topics, official=each.official)
        for each in settings
    )


def named_in_settings(machine: Machine, feed: Feed) -> bool:
    """Whether removing the feed would not last, as the settings bring it back."""
    return any(link_key(each.url) == link_key(feed.url) for each in machine.settings.feeds or ())

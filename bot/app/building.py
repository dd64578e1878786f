"""Builds the machine: settings → store, fetcher, services, desk, all closed again at the end. Runs nothing."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from bot.app.following import WallClock, analysts_for, known_topics, load_all, release, the_packs, the_voice
from bot.app.hubs import the_hubs
from bot.app.listing import listed
from bot.app.machine import Machine
from bot.app.sampling import SampleStore, lived, sample_folders
from bot.commands.desk import Desk
from bot.corpora.serving import SampleWorld
from bot.feeds.discover import PageFinder
from bot.feeds.extract import PageExtractor
from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.feeds.origins import Obeying
from bot.feeds.parse import DocumentReader
from bot.feeds.workers import Workers
from bot.logs import log_for
from bot.metrics import Counters
from bot.model.errors import StoreUnreachable
from bot.model.topics import Topic
from bot.ports import Clock, Fetcher, Store
from bot.services.browse import Browser
from bot.services.collect import Collector
from bot.services.follow import Follower
from bot.services.looks import Looks
from bot.services.opening import OpenPages
from bot.services.sources import Sources
from bot.services.study import Study
from bot.settings import Settings
from bot.store import open_store

Say = Callable[[str], None]  # shows how far one is; must return at once


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted of the machine."""

    sample: bool = False


@asynccontextmanager
async def opened(settings: Settings, wishes: Wishes, say: Say) -> AsyncIterator[Machine]:
    """The machine, ready to work; taken down at the end, whatever happened. On the sample world all its days are read first.

    Raises SettingsError, StoreError.
    """
    say("Opening …")
    clock, log = WallClock(), log_for("app")
    topics = load_all(settings, known_topics(settings) if wishes.sample else settings.topics)
    topics = tuple(sorted(topics, key=lambda topic: topic.id not in settings.topics))
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(SampleWorld(sample_folders(), clock)) if wishes.sample else None
        url = SampleStore(settings.data_dir, clock.now().date()).url(stack) if world else ready_store_url(settings)
        store = await stack.enter_async_context(open_store(url, clock=clock))
        fetcher = await stack.enter_async_context(
            HttpFetcher(fetch_options(settings), world.resolver if world else None, now=clock.now)
        )
        workers = Workers(settings.fetch.processes)
        reader = DocumentReader(now=clock.now, workers=workers)
        voice, browser = the_voice(), Browser(store, clock)
        follower = Follower(store, clock, log, zone=settings.digest.zone)
        collector = Collector(store=store, fetcher=fetcher, reader=reader, clock=clock, chance=random.random)
        sources = Sources(store=store, fetcher=fetcher, reader=reader, finder=PageFinder())
        machine = Machine(
            settings=settings,
            sample=wishes.sample,
            clock=clock,
            log=log,
            counters=Counters(clock),
            store=store,
            topics=topics,
            voice=voice,
            browser=browser,
            follower=follower,
            desk=Desk(
                store,
                topics,
                voice,
                clock,
                log,
                browser=browser,
                follower=follower,
                looks=Looks(sources, clock),
                zone=settings.digest.zone,
            ),
            collector=collector,
            hubs=the_hubs(settings, store, fetcher, collector, clock, sample=wishes.sample),
            sources=sources,
            make_study=cache(lambda: _study(settings, topics, store, fetcher, workers, clock)),
        )
        if world:
            await lived(machine, world, say)
        else:
            await listed(machine)
        yield machine


def _study(
    settings: Settings, topics: Sequence[Topic], store: Store, fetcher: Fetcher, workers: Workers, clock: Clock
) -> Study:
    packs = the_packs(settings)
    furniture = tuple(line for pack in packs.values() for line in pack.furniture)
    extractor = PageExtractor(furniture=furniture, now=clock.now, workers=workers)
    pages = OpenPages(settings.fetch.open_pages)
    return Study(store, analysts_for(topics, packs), fetcher, extractor, clock, log_for("study"), open_pages=pages)


def fetch_options(settings: Settings) -> FetchOptions:
    """How politely, and within which limits, the settings want addresses read."""
    fetch = settings.fetch
    return FetchOptions(
        user_agent=fetch.user_agent
        or f"planwatch/{release()} ({f'news digest; {fetch.contact}' if fetch.contact else 'self-hosted news digest'})",
        timeout=timedelta(seconds=fetch.timeout_s),
        first_byte=timedelta(seconds=fetch.first_byte_s),
        robots=Obeying(fetch.robots),
        max_bytes=fetch.max_bytes,
        concurrency=fetch.concurrency,
        per_host=fetch.per_host,
        spacing=timedelta(seconds=fetch.pause_s),
        allow_private_hosts=fetch.allow_private_hosts,
    )


def ready_store_url(settings: Settings) -> str:
    """The store's address; for a SQLite file in the data folder, with that folder there. Raises StoreUnreachable."""
    if not settings.storage.url:
        make_folder(settings.data_dir)
    return settings.store_url


def make_folder(folder: Path) -> None:
    """Create it if it is not there. Raises StoreUnreachable."""
    holds_store(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnreachable(f"the folder {folder} cannot be made ({error.strerror})") from None


def holds_store(folder: Path) -> bool:
    """Whether the data folder has a SQLite file; False where there is no such folder. Raises StoreUnreachable for one that may not be entered."""
    try:
        (folder / "planwatch.db").stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        problem = f"the data folder {folder} cannot be entered ({error.strerror})"
        raise StoreUnreachable(problem, "give planwatch the right to, or set data_dir to another folder") from None
    return True

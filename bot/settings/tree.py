"""Every setting with its default and one line of meaning. Knows nothing of files or the environment.

The lines of meaning are those of `config/planwatch.toml`; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.settings import values
from bot.settings.feeds import FeedSetting, feeds
from bot.settings.values import Reader


class Secret:
    """Text that is never shown by accident: printing it says only whether it is set."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one who must have it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "(set)" if self._text else "(not set)"


def setting(default: Any, reader: Reader, meaning: str, *, secret: bool = False) -> Any:
    """A field of the tree. `default` is written as in the file; the same reader cleans it."""
    clean = reader(default)
    kept = Secret(clean) if secret else clean
    return field(default=kept, metadata={"written": default, "reader": reader, "meaning": meaning, "secret": secret})


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Where the ledger is kept."""

    url: Secret = setting(
        "",
        values.store_url,
        "database address; empty: a SQLite file in data_dir; postgresql+asyncpg://user:password@host/name",
        secret=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """Politeness and limits towards the sources' servers."""

    allow_private_hosts: tuple[str, ...] = setting(
        [],
        values.private_hosts,
        "private or loopback addresses that may be fetched all the same: host, host:port or 127.77.0.0/16",
    )
    user_agent: str = setting(
        "", values.text, "how planwatch names itself; empty: planwatch, its version and the contact"
    )
    contact: str = setting(
        "", values.text, "address or page by which the sources' owners can reach you; part of the name above"
    )
    robots: str = setting(
        "all",
        values.choice("all", "pages", "off"),
        "what obeys the sources' robots.txt: feeds and article pages (all), article pages only (pages), nothing (off)",
    )
    timeout_s: float = setting(20, values.number(1, 300), "seconds for one request, redirects and body included")
    first_byte_s: float = setting(15, values.number(1, 300), "of these, until the answer begins")
    max_bytes: int = setting(5_000_000, values.whole(10_000, 100_000_000), "largest body that is read, unpacked")
    concurrency: int = setting(16, values.whole(1, 256), "requests under way at once")
    per_host: int = setting(2, values.whole(1, 32), "of these, to one host")
    pause_s: float = setting(0.25, values.number(0, 60), "seconds between two requests to one host")
    processes: int = setting(
        2,
        values.whole(0, 16),
        "processes that take feeds and pages apart; 0: none, which saves some 80 MB and lets a hostile document hold the bot up",
    )
    open_pages: str = setting(
        "all",
        values.choice("all", "likely", "none"),
        "article pages asked for when a feed carries little text: all, those whose teaser names the plan (likely), none",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSub:
    """Hubs that push what is new, where feeds have one. Both settings or none."""

    public_url: str = setting(
        "",
        values.public_address,
        "address at which the internet reaches planwatch, such as https://bot.example.org/websub; empty: WebSub is off",
    )
    listen: tuple[str, int] | None = setting(
        "", values.listen, "host:port on which hubs' calls are taken; public_url leads there; empty: WebSub is off"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Telegram:
    """The Telegram bot."""

    token: Secret = setting("", values.text, "the bot's token, from @BotFather; empty: no Telegram", secret=True)
    base_url: str = setting("", values.address, "a Bot API server of your own; empty: Telegram's")
    mode: str = setting(
        "polling", values.choice("polling", "webhook"), "how updates come: polling (webhook is not built yet)"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Discord:
    """The Discord bot."""

    token: Secret = setting(
        "", values.text, "the bot's token, from the developer portal; empty: no Discord", secret=True
    )
    base_url: str = setting(
        "", values.address, "another address of Discord's REST API, such as a proxy's; empty: Discord's"
    )
    gateway_url: str = setting("", values.gateway, "another address of Discord's gateway; empty: Discord's")


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDefaults:
    """What readers get who did not say otherwise."""

    zone: str = setting("UTC", values.zone, "time zone of readers who name none, such as Europe/Kyiv")
    language: str = setting(
        "en",
        values.choice("en", "uk"),
        "language of what this program prints, and of readers whose platform does not say: en or uk",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How often the jobs of `planwatch run` look for work. What is not due is left alone."""

    poll_every_s: float = setting(60, values.number(1, 3600), "seconds between looks for feeds that are due")
    study_every_s: float = setting(30, values.number(1, 3600), "seconds between looks for entries to analyse")
    compose_every_s: float = setting(30, values.number(1, 3600), "seconds between looks for digests that are due")
    deliver_every_s: float = setting(5, values.number(1, 3600), "seconds between looks into the outbox")
    keep_days: float = setting(
        90, values.number(7, 36500), "days that studied feed entries and sent messages are kept; the ledger stays"
    )

    @property
    def keep(self) -> timedelta:
        """`keep_days` as a duration."""
        return timedelta(days=self.keep_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Health and counters over HTTP."""

    listen: tuple[str, int] | None = setting(
        "", values.listen, "host:port of /healthz, /readyz and /metrics; empty: off"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Logs:
    """What is said on standard error."""

    level: str = setting("info", values.choice("debug", "info", "warning", "error"), "debug, info, warning or error")
    form: str = setting("text", values.choice("text", "json"), "text for people, json for log collectors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Llm:
    """An optional language model that would only word what was found."""

    enabled: bool = setting(False, values.flag, "no language model is used; there is none to switch on yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set, whole and valid."""

    data_dir: Path = setting(
        "data", values.folder, "folder of the SQLite file, caches and backups, from the working directory"
    )
    topics: tuple[str, ...] = setting(
        ["ukraine-guarantees"], values.topic_ids, "ids of the plans followed; the first is what new chats see"
    )
    topics_dir: Path | None = setting(
        "", values.standing_folder, "a folder with topic files of your own, looked at before the shipped ones"
    )
    words_dir: Path | None = setting(
        "", values.standing_folder, "a folder with language packs of your own, looked at before the shipped ones"
    )
    feeds: tuple[FeedSetting, ...] | None = setting(None, feeds, "the sources read, in place of the shipped feeds.toml")
    storage: Storage = field(default_factory=Storage)
    fetch: Fetch = field(default_factory=Fetch)
    websub: WebSub = field(default_factory=WebSub)
    telegram: Telegram = field(default_factory=Telegram)
    discord: Discord = field(default_factory=Discord)
    digest: DigestDefaults = field(default_factory=DigestDefaults)
    schedule: Schedule = field(default_factory=Schedule)
    metrics: Metrics = field(default_factory=Metrics)
    log: Logs = field(default_factory=Logs)
    llm: Llm = field(default_factory=Llm)

    @property
    def has_token(self) -> bool:
        """Whether any chat platform is configured."""
        return bool(self.telegram.token or self.discord.token)

    @property
    def store_url(self) -> str:
        """The database's address, with its password if it has one."""
        return self.storage.url.reveal() or f"sqlite+aiosqlite:///{self.data_dir / 'planwatch.db'}"

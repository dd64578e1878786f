"""Every error of planwatch, as one tree sorted by who must act. Errors carry data; sentences are made in `bot.present.problems`.

PlanwatchError
├── OperatorError            the operator must change something
│   ├── SettingsError        the settings file or environment, every mistake at once
│   ├── TopicFileError       a topic file or language pack, every mistake at once
│   ├── CorpusError          a labelled corpus, every mistake at once
│   ├── TokenRefused         a platform does not accept its token
│   └── BackupRefused        a backup cannot be restored, or not there
├── SourceError              a feed or page could not be read; the source's server must change, or wait
├── PersonError              the person who typed must type something else
│   ├── UnknownCommand · UnknownLayer · UnknownTopic · UnknownItem
│   ├── BadTime · BadZone · BadWord · BadAddress
│   └── NotAllowed · NotSubscribed · NotNow
├── PlatformError            a chat platform did not take a message
│   ├── TryLater             a wait is asked for, or the network failed
│   ├── ChatGone             the chat can't be written to any more
│   ├── ChatMoved            the chat has another id now
│   └── PartRefused          the platform will never take this part
└── StoreError               the database
    ├── StoreTooNew          written by a newer planwatch
    ├── StoreFull            no room on the disk
    └── StoreUnreachable     cannot be opened or connected to
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any


class PlanwatchError(Exception):
    """The root. Subclasses are frozen by convention: attributes are data for `present.problems`."""


class OperatorError(PlanwatchError):
    """The operator must change a setting, a file or a right."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file: where it stands, what is wrong and what to do, in plain English for the operator."""

    file: str
    key: str
    problem: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f" {self.key}:" if self.key else ""
        return f"{place}:{key} {self.problem}; {self.remedy}"


class SettingsError(OperatorError):
    """Settings cannot be used; `mistakes` holds all of them."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


class TopicFileError(SettingsError):
    """A topic file or language pack cannot be used; `mistakes` holds all of them."""


class CorpusError(SettingsError):
    """A labelled corpus cannot be read; `mistakes` holds all of them."""


class TokenRefused(OperatorError):
    """`platform` (telegram, discord) does not accept the configured token. The token itself is never carried."""

    def __init__(self, platform: str) -> None:
        super().__init__(platform)
        self.platform = platform


class BackupRefused(OperatorError):
    """A backup cannot be restored: `mistake` says which file, why, and what to do. Nothing was touched."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(str(mistake))
        self.mistake = mistake


class Trouble(StrEnum):
    """Why a source could not be read. The names are stored with the feed, so they stay."""

    ADDRESS_REFUSED = "address_refused"
    BAD_ADDRESS = "bad_address"
    DNS = "dns"
    CONNECTION = "connection"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    HTTP_STATUS = "http_status"
    RATE_LIMITED = "rate_limited"
    GONE = "gone"
    NOT_A_FEED = "not_a_feed"
    BROKEN_FEED = "broken_feed"
    TLS = "tls"
    CHALLENGE_PAGE = "challenge_page"
    ROBOTS = "robots"
    INTERNAL = "internal"


class SourceError(PlanwatchError):
    """A feed or page could not be read."""

    def __init__(
        self,
        trouble: Trouble,
        url: str,
        *,
        detail: str = "",
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(f"{trouble}: {url} {detail}".strip())
        self.trouble = trouble
        self.url = url
        self.detail = detail
        self.status = status
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[object, ...]:
        """So that it comes whole out of another process: an exception is otherwise made again from its message."""
        given: dict[str, Any] = {"detail": self.detail, "status": self.status, "retry_after": self.retry_after}
        return partial(SourceError, **given), (self.trouble, self.url)


class PersonError(PlanwatchError):
    """The person who typed must type something else."""


class _UnknownWord(PersonError):
    def __init__(self, word: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(word)
        self.word = word
        self.nearest = nearest


class UnknownCommand(_UnknownWord):
    """No command has that name; `nearest` holds up to three that look alike."""


class UnknownLayer(_UnknownWord):
    """No layer or party answers to that word."""


class UnknownTopic(_UnknownWord):
    """No followed topic has that id or name."""


class UnknownItem(_UnknownWord):
    """No article, point or development has that id."""


class BadTime(_UnknownWord):
    """The text is not an hour or moment we understand."""


class BadZone(_UnknownWord):
    """The text is neither an IANA zone nor a city we know."""


class BadWord(_UnknownWord):
    """An argument is none of the allowed words; `nearest` holds the allowed ones."""


class BadAddress(_UnknownWord):
    """The text is not the address of a site or feed."""


class NotNow(PersonError):
    """It was asked too often; ask again after `after`. None: the chat's last question is still being answered."""

    def __init__(self, after: timedelta | None = None) -> None:
        super().__init__(str(after or ""))
        self.after = after


class NotAllowed(PersonError):
    """The person lacks `right` (a name such as `manage_server`) in this chat."""

    def __init__(self, right: str) -> None:
        super().__init__(right)
        self.right = right


class NotSubscribed(PersonError):
    """The chat has no subscription that could be changed."""


class PlatformError(PlanwatchError):
    """A chat platform did not take a message."""


class TryLater(PlatformError):
    """Send again after `after`; the part was not taken as far as we know."""

    def __init__(self, after: timedelta, detail: str = "") -> None:
        super().__init__(detail or str(after))
        self.after = after
        self.detail = detail


class ChatGone(PlatformError):
    """The chat cannot be written to: blocked, kicked, deleted, read-only. `detail` is the platform's word."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class ChatMoved(PlatformError):
    """The chat lives on under `new_id`."""

    def __init__(self, new_id: str) -> None:
        super().__init__(new_id)
        self.new_id = new_id


class PartRefused(PlatformError):
    """The platform will never take this part as it is."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class StoreError(PlanwatchError):
    """The database cannot do what was asked. Nothing of the failed transaction was kept."""


class StoreTooNew(StoreError):
    """The database was written by a newer planwatch; `found` is its schema revision."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class StoreFull(StoreError):
    """No room is left where the database lies."""


class StoreUnreachable(StoreError):
    """The database cannot be opened or connected to; `detail` says what the driver said, without secrets, `remedy` what to do where that is known."""

    def __init__(self, detail: str, remedy: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.remedy = remedy

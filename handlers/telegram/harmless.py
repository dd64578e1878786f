"""Makes text from outside harmless to show. Knows nothing of replies or of the Bot API's calls.

Entities need no escaping, so markup in a text shows as it is written. What Telegram still finds by itself are @mentions, which ring
somebody's phone, and /commands, which run here when tapped. Both are laid under a `code` mark: Telegram finds nothing inside code
(TDLib, MessageEntity.cpp: marks that are sent win over marks that are found), the words stay verbatim and can be copied, which
an invisible joiner inside them would spoil. Bare web addresses stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

MAX_URL = 2_048  # bytes; longer ones are no addresses a browser has to open
MAX_CALLS = 8  # more mentions than that in one run, and the run is covered as a whole, to save entities
_GONE = dict.fromkeys(
    [*range(9), 11, 12, *range(13, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_TABLE = _GONE | {0x09: " ", 0x2028: "\n", 0x2029: "\n"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_MENTION = r"(?<!\w)@[A-Za-z0-9_]{2,}"
_COMMAND = r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"
_CALLS = re.compile(_MENTION)
_CALLS_IN_QUOTES = re.compile(f"{_MENTION}|{_COMMAND}")


def clean(text: str) -> str:
    """`text` without control characters, direction overrides and lone surrogates.

    Telegram drops them too, and then counts entities in another text than ours.
    """
    return text.replace("\r\n", "\n").translate(_TABLE)


def calls(text: str, *, quoted: bool) -> Iterator[tuple[int, int]]:
    """(start, end) of what would call somebody: @mentions, and in a quotation also /commands (outside they are ours, to be tapped)."""
    found = [match.span() for match in (_CALLS_IN_QUOTES if quoted else _CALLS).finditer(text)]
    yield from found if len(found) <= MAX_CALLS else [(0, len(text))]


def safe_url(url: str) -> str:
    """`url` if it is an http or https address that Telegram takes for a link or button, else an empty text.

    One bad address in a button makes Telegram refuse the whole message (BUTTON_URL_INVALID).
    """
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    host = parts.hostname or ""
    shape = parts.scheme in ("http", "https") and "." in host.strip(".") and "@" not in parts.netloc and port_is_fine
    return url if shape and len(url.encode(errors="replace")) <= MAX_URL and _printable(url) else ""


def _printable(url: str) -> bool:
    return not any(
        character <= " " or character in '\\<>"\x7f' or "\ud800" <= character <= "\udfff" for character in url
    )

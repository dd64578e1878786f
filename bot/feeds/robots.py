"""robots.txt (RFC 9309): the part of it that is meant for planwatch, and what that allows. Knows nothing of asking for it.

Protego judges paths. It is shown only the groups for planwatch, since it reads whole files in time and room that a hostile one can make
quadratic (12,000 names before 12,000 rules), and takes `User-agent: plan` for planwatch, where RFC 9309 section 2.2.1 wants the whole token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from protego import Protego

PRODUCT = "planwatch"
MOST_READ = 512_000  # bytes: RFC 9309 section 2.5 asks for 500 KiB at least
SLOWEST = 30.0  # seconds between two requests, however long a Crawl-delay is
SMALL = 4_096  # characters of rules that are read in less than a millisecond
_TOKEN = re.compile(r"[a-z_-]+|\*", re.IGNORECASE)
_RULES = frozenset({"allow", "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw", "crawl-delay"})


def own_rules(text: str) -> str:
    """The rules for planwatch, else those for everybody, as one group; "" when nothing is ruled (RFC 9309 sections 2.2.1 and 2.2.4)."""
    ours: list[str] | None = None
    everybodys: list[str] = []
    for tokens, rules in _groups(text):
        if PRODUCT in tokens:
            ours = (ours or []) + rules
        if "*" in tokens:
            everybodys += rules
    chosen = everybodys if ours is None else ours
    return "\n".join(("User-agent: *", *chosen)) if chosen else ""


def _groups(text: str) -> Iterator[tuple[set[str], list[str]]]:
    """Groups as (product tokens, lines). A Crawl-delay ends the names of a group, as those who write it mean it."""
    tokens: set[str] = set()
    rules: list[str] = []
    for line in re.split(r"[\r\n]+", text.removeprefix("\ufeff")):
        field, _, value = line.partition("#")[0].partition(":")
        name, value = field.strip().lower(), value.strip()
        if name in ("user-agent", "useragent", "user agent"):
            if rules:
                yield tokens, rules
                tokens, rules = set(), []
            token = _TOKEN.match(value)
            tokens.add(token[0].lower() if token else "")
        elif name in _RULES and tokens:
            rules.append(f"{name}: {value}")
    yield tokens, rules


def allows(rules: str, url: str) -> bool:
    """Whether the rules of `own_rules` let `url` be asked for: the longest match decides, Allow before Disallow (RFC 9309 section 2.2.2)."""
    return not rules or _read(rules).can_fetch(url, PRODUCT)


def delay(rules: str) -> float:
    """Seconds to keep between two requests (Crawl-delay, which is in no RFC), `SLOWEST` at most; 0 where nothing is said."""
    return min(_read(rules).crawl_delay(PRODUCT) or 0.0, SLOWEST) if rules else 0.0


def _read(rules: str) -> Protego:
    return _read_small(rules) if len(rules) <= SMALL else _read_large(rules)


@lru_cache(maxsize=64)
def _read_small(rules: str) -> Protego:
    return Protego.parse(rules)


@lru_cache(maxsize=2)  # some 10 MB each at worst
def _read_large(rules: str) -> Protego:
    return Protego.parse(rules)

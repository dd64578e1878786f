"""Recognises an address of a site in what people type, with or without its `https://`. Asks nobody whether there is such a site."""

from __future__ import annotations

import re

_LONGEST = 2_000  # characters; as `bot.text.urls` reads them
_AROUND = " \t\n<>()[]«»“”„\"'‘’,;!…"  # what stands around an address in a sentence
_END = ".:?"
_WITH_SCHEME = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_REST = r"(?::\d{1,5})?(?:[/?#]\S*)?"
_BARE = re.compile(
    rf"(?:(?:{_LABEL}\.)+(?:[^\W\d_]{{2,63}}|xn--[a-z0-9-]{{2,59}})|\d{{1,3}}(?:\.\d{{1,3}}){{3}}){_REST}",
    re.IGNORECASE,
)


def address_of_word(word: str) -> str:
    """The address that a word is, without marks around it; "" for any other word. `example.org` is one, `20.15` and `e.g.` are none."""
    plain = word[: _LONGEST + 1].strip(_AROUND).rstrip(_END)
    if len(plain) > _LONGEST:
        return ""
    return plain if _WITH_SCHEME.fullmatch(plain) or _BARE.fullmatch(plain) else ""


def address_within(text: str) -> str:
    """The first address with its scheme in a text, as when an article is shared; "" without one."""
    found = _WITH_SCHEME.search(text)
    return address_of_word(found[0]) if found else ""


def command_word(word: str) -> str:
    """The first word of what was typed, as a request's command: in lower case, but an address keeps its letters."""
    return word if address_of_word(word) else word.lower()

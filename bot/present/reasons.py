"""The short English reasons that the summariser notes, in the reader's language. Knows how they are worded, not how they were found."""

from __future__ import annotations

import re

from bot.model.topics import Category, Topic
from bot.present.names import category_title
from bot.present.reader import Reader

_RULE = re.compile(
    r"(?P<rung>\w+): (?P<officials>\d+) official, (?P<outlets>\d+) independent; "
    r"the rule asks for (?P<official>\d+) official or (?P<outlet>\d+) independent"
)
_SPEAKS = re.compile(r"speaks of (?P<category>[^;]+?)(?:; names (?P<names>.+))?")
_NAMES = re.compile(r"names (?P<names>.+), but no sentence says what the plan contains")


def reason(why: str, topic: Topic, reader: Reader) -> str:
    """The reason in words; one that is not known here stays as it was noted."""
    slug = "reason-" + re.sub(r"[^a-z]+", "-", why.casefold()).strip("-")
    if reader.voice.knows(slug):
        return reader.say(slug)
    if rule := _RULE.fullmatch(why):
        counts = {name: int(rule[name]) for name in ("officials", "outlets", "official", "outlet")}
        return reader.say("reason-rung", rung=reader.say(f"rung-{rule['rung'].replace('_', '-')}"), **counts)
    if found := _SPEAKS.fullmatch(why):
        about = category_title(topic, Category(found["category"]), reader)
        return reader.say(
            "reason-speaks-and-names" if found["names"] else "reason-speaks", subject=about, names=found["names"] or ""
        )
    if found := _NAMES.fullmatch(why):
        return reader.say("reason-only-names", names=found["names"])
    return why

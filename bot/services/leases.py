"""What becomes of a subscription at a hub: asked for, promised, refused, ended, and when next. Pure; asks and stores nothing.

Sections are those of W3C's Recommendation WebSub of 23 January 2018, https://www.w3.org/TR/2018/REC-websub-20180123/
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from bot.model.feeds import Feed, Push, PushId, PushState

WANTED = timedelta(days=10)  # a good default, section 8.2
SHORTEST = timedelta(hours=1)  # a shorter lease costs its hub and us more than polling
LONGEST = timedelta(days=30)  # that we rely on; a lease that lasts longer is renewed all the same
VERIFIED_WITHIN = timedelta(hours=1)  # "as soon as possible", section 5.1.2; a later call of the hub is still welcome
DENIED_PAUSE = timedelta(days=30)  # "not possible anymore", section 5.2; but minds and hubs change
_RENEWED_AFTER = 0.75  # of the lease: a hub that is away for two of ten days costs no push
_FIRST_PAUSE = timedelta(hours=1)
_LONGEST_PAUSE = timedelta(days=7)
_ENDED_WITHIN = timedelta(hours=1)
_UNRESERVED = re.compile(r"%(2[de]|3\d|4[1-9a-f]|5[0-9a]|5f|6[1-9a-f]|7[0-9ae])", re.IGNORECASE)  # RFC 3986 section 2.3


def lease_of(text: str) -> timedelta | None:
    """What `hub.lease_seconds` promises (section 5.3: a number of seconds, never for ever), at most a month; None for nothing worth having."""
    if not re.fullmatch(r"[0-9]{1,4000}", text):
        return None
    digits = text.lstrip("0")
    lease = LONGEST if len(digits) > 8 else min(timedelta(seconds=int(digits or "0")), LONGEST)
    return lease if lease >= SHORTEST else None


def same_topic(said: str, asked: str) -> bool:
    """Whether a hub means the topic that it was asked for; it may have decoded what needs no encoding (section 5.1.1)."""
    return said == asked or _decoded(said) == _decoded(asked)


def hub_addresses(hub: str) -> tuple[str, ...]:
    """Where to ask a hub: by HTTPS, even if it was named without (section 8.2), and as it was named where that fails."""
    parts = urlsplit(hub)
    if parts.scheme.lower() != "http" or ":" in parts.netloc:
        return (hub,)
    return urlunsplit(("https", *parts[1:])), hub


def begun(feed: Feed, base: str, id_: PushId, secret: str, now: datetime, failures: int) -> Push:
    """A subscription that is about to be asked for. The feed names its hub and itself."""
    return Push(
        id=id_,
        feed_id=feed.id,
        hub=feed.hub or "",
        topic=feed.self_url or "",
        base=base,
        secret=secret,
        state=PushState.ASKED,
        asked_at=now,
        next_at=now + VERIFIED_WITHIN,
        failures=failures,
    )


def request_form(push: Push, mode: str) -> dict[str, str]:
    """What the hub is asked, by section 5.1.

    The secret goes to hubs without HTTPS too: whoever listens there learns the callback as well, and anybody else still
    cannot forge a push.
    """
    form = {"hub.mode": mode, "hub.topic": push.topic, "hub.callback": push.callback}
    if mode == "subscribe":
        form |= {"hub.lease_seconds": str(int(WANTED.total_seconds())), "hub.secret": push.secret}
    return form


def promised(push: Push, lease: timedelta, now: datetime) -> Push:
    """After the hub made sure that it was us, or did so again; the lease counts from that call (section 5.3)."""
    renewed_at = now + lease * _RENEWED_AFTER
    return replace(push, state=PushState.ACTIVE, until=now + lease, next_at=renewed_at, reason="", failures=0)


def failed(push: Push, reason: str, now: datetime, *, asked: timedelta | None = None) -> Push:
    """After a refusal or silence: asked anew after an hour, doubling to a week, never before what the hub asked for, up to a month."""
    pause = min(_FIRST_PAUSE * (1 << min(push.failures, 16)), _LONGEST_PAUSE)
    next_at = now + max(pause, min(asked or pause, LONGEST))
    return replace(
        push, state=PushState.FAILED, until=None, next_at=next_at, reason=reason[:300], failures=push.failures + 1
    )


def denied(push: Push, reason: str, now: datetime) -> Push:
    """After the hub said no (section 5.2), be it in the middle of a lease."""
    return replace(push, state=PushState.DENIED, until=None, next_at=now + DENIED_PAUSE, reason=reason[:300])


def ending(push: Push, now: datetime) -> Push | None:
    """After it was no longer wanted; None where the hub promised nothing that could be ended."""
    return replace(push, state=PushState.ENDING, next_at=now, failures=0) if push.state is PushState.ACTIVE else None


def asked_to_end(push: Push, now: datetime) -> Push | None:
    """Before the hub is asked to end it, once; None where it was asked before, and the lease may run out by itself."""
    over = push.failures > 0 or (push.until is not None and push.until <= now)
    return None if over else replace(push, failures=1, next_at=now + _ENDED_WITHIN)


def _decoded(address: str) -> str:
    return _UNRESERVED.sub(lambda found: chr(int(found[1], 16)), address)

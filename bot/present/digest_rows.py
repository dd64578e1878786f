"""A digest as data for programs: the JSON shape that scripts rely on. Knows no sentences."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.model.digests import Digest, DigestItem, DigestSection


def digest_data(digest: Digest) -> dict[str, Any]:
    """topic, since, until, language, sections, counts; moments as ISO 8601 in UTC."""
    counts = digest.counts
    return {
        "topic": digest.topic,
        "since": iso(digest.window.since),
        "until": iso(digest.window.until),
        "language": digest.language,
        "sections": [_section(section) for section in digest.sections],
        "counts": {
            name: getattr(counts, name) for name in ("feeds", "articles", "relevant", "reports", "developments")
        },
    }


def iso(at: datetime) -> str:
    """2026-01-05T08:00:00Z."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _section(section: DigestSection) -> dict[str, Any]:
    return {"category": section.category, "title": section.title, "items": [_item(item) for item in section.items]}


def _item(item: DigestItem) -> dict[str, Any]:
    return {
        "development_id": item.development_id,
        "kind": item.kind.value,
        "text": item.text,
        "language": item.language,
        "quote": item.quote,
        "url": item.url,
        "outlet": item.outlet,
        "published": iso(item.published),
        "also_reported_by": list(item.also_reported_by),
        "before": item.before,
        "after": item.after,
    }

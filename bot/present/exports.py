"""The ledger as rows for programs and spreadsheets: exactly the columns that scripts rely on. Knows no sentences and no files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.model.feeds import Article, Feed, FeedId
from bot.model.stories import Board, Change, Development, KeyPoint, Quantity, Reading
from bot.present import tables
from bot.present.digest_rows import iso

COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ("topic", "url", "title", "language", "feed", "published", "first_seen", "relevant", "score", "report_id", "why"),
    "points": (
        "topic", "point_id", "url", "published", "language", "category", "quote", "development_id", "party", "stance", "attributed_to",
        "quantities",
    ),
    "developments": (
        "topic", "development_id", "category", "text", "language", "first_seen", "last_seen", "reports", "outlets", "urls", "point_ids",
        "status",
    ),
    "changes": ("topic", "at", "kind", "category", "party", "slot", "before", "after", "development_id", "evidence"),
    "status": tables.COLUMNS,
}  # fmt: skip
Row = Mapping[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how spreadsheets recognise a formula (OWASP, CSV injection)


def article_row(article: Article, reading: Reading, feeds: Mapping[FeedId, Feed]) -> Row:
    """One article as one topic reads it; `feed` is the feed's address."""
    feed = feeds.get(article.feed_id)
    return {
        "topic": reading.topic,
        "url": article.url,
        "title": article.title,
        "language": article.language,
        "feed": feed.url if feed else article.feed_id,
        "published": iso(article.published),
        "first_seen": iso(article.first_seen),
        "relevant": reading.relevant,
        "score": round(reading.score, 4),
        "report_id": reading.report_id,
        "why": reading.why,
    }


def point_row(point: KeyPoint) -> Row:
    """One key point; its quote is verbatim."""
    return {
        "topic": point.topic,
        "point_id": point.id,
        "url": point.url,
        "published": iso(point.published),
        "language": point.language,
        "category": point.category,
        "quote": point.quote,
        "development_id": point.development_id,
        "party": point.party,
        "stance": point.stance.value if point.stance else None,
        "attributed_to": point.attributed_to,
        "quantities": [_quantity(each) for each in point.quantities],
    }


def development_row(development: Development) -> Row:
    """One fact, however often it was told."""
    return {
        "topic": development.topic,
        "development_id": development.id,
        "category": development.category,
        "text": development.text,
        "language": development.language,
        "first_seen": iso(development.first_seen),
        "last_seen": iso(development.last_seen),
        "reports": development.reports,
        "outlets": list(development.outlets),
        "urls": list(development.urls),
        "point_ids": list(development.point_ids),
        "status": development.status.value,
    }


def change_row(change: Change) -> Row:
    """One movement of the plan."""
    return {
        "topic": change.topic,
        "at": iso(change.at),
        "kind": change.kind.value,
        "category": change.category,
        "party": change.party,
        "slot": change.slot,
        "before": change.before,
        "after": change.after,
        "development_id": change.development_id,
        "evidence": list(change.evidence),
    }


def status_rows(board: Board) -> list[Row]:
    """The whole board; a tracked date is written as a date."""
    return [_dated(row) for row in tables.status_rows(board)]


def layer_rows(board: Board) -> list[Row]:
    """Layers and their values only."""
    return [_dated(row) for row in tables.layer_rows(board)]


def _dated(row: Row) -> Row:
    return {**row, "value": _value(row["value"], row["unit"])}


def as_jsonl(rows: Iterable[Row]) -> str:
    """One JSON object a line, exact to the letter."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def as_csv(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """RFC 4180 with a header line; lists as JSON. Texts that a spreadsheet would run as a formula begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {"value": _value(quantity.value, quantity.unit), "unit": quantity.unit, "text": quantity.text}


def _value(value: Any, unit: str | None) -> Any:
    if isinstance(value, float) and unit == "date" and 1 <= value <= date.max.toordinal():
        return date.fromordinal(int(value)).isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value

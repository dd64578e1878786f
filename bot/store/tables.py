"""The one schema, for SQLite and PostgreSQL alike. What a row means to the rest is the business of the shelves.

Migrations lead here; a test proves that they end in exactly these tables. Side tables (`*_keys`) are there to be
looked up by index: a key's newest rows first, so that what is common costs no more than what is rare. Days are counted
as `date.toordinal` does.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, MetaData, Table

from bot.store.columns import Json, Key, Seconds, Utc, Words

metadata = MetaData()


def _needed(name: str, kind: object) -> Column[object]:
    return Column(name, kind, nullable=False)  # type: ignore[arg-type]


feeds = Table(
    "feeds",
    metadata,
    Column("id", Key, primary_key=True),
    _needed("url", Words),
    _needed("address", Words),
    _needed("name", Words),
    Column("language", Words),
    _needed("topics", Json),
    _needed("official", Boolean),
    _needed("health", Words),
    Column("trouble", Words),
    _needed("trouble_detail", Words),
    _needed("failures", Integer),
    Column("failing_since", Utc),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_hash", Words),
    Column("moved_to", Words),
    Column("checked_at", Utc),
    Column("succeeded_at", Utc),
    Column("changed_at", Utc),
    Column("next_at", Utc),
    Column("interval", Seconds),
    Column("ttl", Seconds),
    _needed("skip_hours", Json),
    _needed("skip_days", Json),
    Column("newest_at", Utc),
    Column("hub", Words),
    Column("self_url", Words),
    Column("push_until", Utc),
    Column("pushed_at", Utc),
    Index("feeds_by_visit", "next_at"),
)

entries = Table(
    "entries",
    metadata,
    Column("feed_id", Key, primary_key=True),
    Column("id", Key, primary_key=True),
    _needed("url", Words),
    _needed("title", Words),
    _needed("summary", Words),
    _needed("content", Words),
    Column("published", Utc),
    Column("updated", Utc),
    Column("language", Words),
    _needed("content_hash", Words),
    _needed("date_note", Words),
    _needed("studied", Boolean),
    _needed("arrived_at", Utc),
    _needed("tries", Integer),
    Column("not_before", Utc),
    _needed("link", Key),  # link_key of url
    Index("entries_by_link", "feed_id", "link"),
    Index("entries_waiting", "studied", "published"),
    Index("entries_by_arrival", "arrived_at"),
)

pushes = Table(
    "pushes",
    metadata,
    Column("id", Key, primary_key=True),
    _needed("feed_id", Key),
    _needed("hub", Words),
    _needed("topic", Words),
    _needed("base", Words),
    _needed("secret", Words),
    _needed("state", Words),
    _needed("asked_at", Utc),
    _needed("next_at", Utc),
    Column("until", Utc),
    _needed("reason", Words),
    _needed("failures", Integer),
    Index("pushes_by_feed", "feed_id"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Key, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    _needed("url", Words),
    _needed("feed_id", Key),
    _needed("outlet", Words),
    _needed("official", Boolean),
    _needed("title", Words),
    _needed("language", Words),
    _needed("published", Utc),
    _needed("told_at", Utc),
    _needed("first_seen", Utc),
    _needed("text_from", Words),
    _needed("content_hash", Words),
    _needed("date_note", Words),
    _needed("summary", Words),
    _needed("changed", Words),
    _needed("text", Words),  # last: SQLite reads the columns before it without touching its overflow pages
    Index("articles_by_telling", "told_at", "id", "version"),
    Index("articles_by_sight", "first_seen", "id", "version"),
)

readings = Table(
    "readings",
    metadata,
    Column("article", Key, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("topic", Key, primary_key=True),
    _needed("relevant", Boolean),
    _needed("score", Double),
    _needed("why", Words),
    _needed("report_id", Key),
    Index("readings_by_topic", "topic", "article", "version"),
    Index("readings_by_report", "report_id"),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("article", Key, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    _needed("told_at", Utc),
    _needed("language", Words),
    _needed("keys", Json),
    _needed("shingles", Json),
    _needed("anchors", Json),
    _needed("report_id", Key),
    _needed("outlet", Words),
    Index("fingerprints_by_report", "report_id"),
)

fingerprint_keys = Table(
    "fingerprint_keys",
    metadata,
    Column("key", Key, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),  # of told_at
    Column("article", Key, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Index("fingerprint_keys_of", "article", "version"),
    sqlite_with_rowid=False,
)

points = Table(
    "points",
    metadata,
    Column("id", Key, primary_key=True),
    _needed("topic", Key),
    _needed("article", Key),
    _needed("version", Integer),
    _needed("url", Words),
    _needed("outlet", Words),
    _needed("official", Boolean),
    _needed("published", Utc),
    _needed("seen_at", Utc),
    _needed("language", Words),
    _needed("category", Key),
    _needed("span_start", Integer),
    _needed("span_end", Integer),
    _needed("quote", Words),
    _needed("context", Words),
    Column("party", Words),
    Column("stance", Words),
    _needed("attributed_to", Words),
    _needed("source_kind", Words),
    _needed("via", Words),
    _needed("quantities", Json),
    Column("slot", Words),
    _needed("modality", Words),
    _needed("negated", Boolean),
    Column("rung", Words),
    Column("side", Words),
    _needed("correction", Boolean),
    _needed("signature", Json),
    _needed("report_id", Key),
    Column("development_id", Key),
    Column("member", Words),
    _needed("confidence", Double),
    _needed("fresh", Double),
    Index("points_by_telling", "topic", "published", "id"),
    Index("points_by_category", "topic", "category", "published"),
    Index("points_by_sight", "topic", "seen_at"),
    Index("points_by_development", "development_id"),
    Index("points_by_article", "article"),
    Index("points_by_report", "report_id"),
)

developments = Table(
    "developments",
    metadata,
    Column("id", Key, primary_key=True),
    _needed("topic", Key),
    _needed("category", Key),
    _needed("text", Words),
    _needed("language", Words),
    _needed("first_seen", Utc),
    _needed("last_seen", Utc),
    _needed("seen_at", Utc),
    _needed("reports", Integer),
    _needed("outlets", Json),
    _needed("urls", Json),
    _needed("point_ids", Json),
    Column("party", Words),
    Column("stance", Words),
    Column("slot", Words),
    Column("value", Double),
    Column("unit", Words),
    _needed("status", Words),
    _needed("keys", Json),
    Column("member", Words),
    _needed("exemplars", Json),
    _needed("unlisted", Integer),
    Index("developments_by_telling", "topic", "first_seen", "id"),
    Index("developments_by_category", "topic", "category", "first_seen"),
    Index("developments_told_last", "topic", "category", "last_seen", "id"),
)

development_keys = Table(
    "development_keys",
    metadata,
    Column("key", Key, primary_key=True),  # the topic's name before it: other topics' words take no room
    Column("day", Integer, primary_key=True, autoincrement=False),  # of last_seen, when it was last written
    Column("development_id", Key, ForeignKey("developments.id", ondelete="CASCADE"), primary_key=True),
    Index("development_keys_of", "development_id"),
    sqlite_with_rowid=False,
)

retired_developments = Table(
    "retired_developments",
    metadata,
    Column("id", Key, primary_key=True),
    _needed("survivor", Key),
    Index("retired_developments_by_survivor", "survivor"),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Key, primary_key=True),
    _needed("topic", Key),
    _needed("at", Utc),
    _needed("seen_at", Utc),
    _needed("kind", Words),
    _needed("category", Key),
    Column("party", Words),
    Column("slot", Words),
    Column("before", Words),
    Column("after", Words),
    _needed("development_id", Key),
    _needed("evidence", Json),
    _needed("why", Words),
    Column("member", Words),
    Index("changes_by_telling", "topic", "at", "id"),
    Index("changes_by_category", "topic", "category", "at"),
    Index("changes_by_sight", "topic", "seen_at"),
    Index("changes_by_development", "development_id"),
)

ledgers = Table(
    "ledgers",
    metadata,
    Column("topic", Key, primary_key=True),
    _needed("turn", Integer),
    _needed("writes", Integer),
    Column("dirty_from", Utc),
    _needed("mark", Words),
    Column("until", Utc),
    Column("board", Json),
)

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("topic", Key, primary_key=True),
    Column("at", Utc, primary_key=True),
    _needed("mark", Words),
    _needed("body", Json),
)

chats = Table(
    "chats",
    metadata,
    Column("platform", Key, primary_key=True),
    Column("chat", Key, primary_key=True),
    Column("thread", Key, primary_key=True),
    _needed("kind", Words),
    _needed("title", Words),
    _needed("language", Words),
    _needed("zone", Words),
    Column("topic", Key),
    Column("looked_at", Utc),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Key, primary_key=True),
    _needed("platform", Key),
    _needed("chat", Key),
    _needed("thread", Key),
    _needed("topic", Key),
    _needed("hour", Integer),
    _needed("minute", Integer),
    _needed("zone", Words),
    _needed("days", Json),
    _needed("language", Words),
    _needed("layers", Json),
    _needed("sound", Boolean),
    _needed("created_at", Utc),
    _needed("covered_until", Utc),
    _needed("next_due_at", Utc),
    _needed("paused_reason", Words),
    Index("subscriptions_by_chat", "platform", "chat", "thread"),
    Index("subscriptions_due", "next_due_at", "id"),
)

told_changes = Table(
    "told_changes",
    metadata,
    Column("subscription_id", Key, ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True),
    Column("change_id", Key, primary_key=True),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Key, primary_key=True),
    _needed("platform", Key),
    _needed("chat", Key),
    _needed("thread", Key),
    _needed("topic", Key),
    _needed("window_since", Utc),
    _needed("window_until", Utc),
    _needed("window_by", Words),
    _needed("parts", Json),
    _needed("sent", Integer),
    _needed("attempts", Integer),
    _needed("state", Words),
    _needed("created_at", Utc),
    _needed("next_try_at", Utc),
    _needed("silent", Boolean),
    _needed("problem", Words),
    _needed("message_ids", Json),
    Index("deliveries_by_chat", "platform", "chat", "thread", "created_at"),
    Index("deliveries_by_age", "state", "created_at"),
)

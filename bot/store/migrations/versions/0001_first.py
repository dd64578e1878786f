"""The first schema: feeds, articles, the ledger, chats and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # sorted byte by byte, as SQLite does
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create every table with its indexes."""
    _feeds()
    _articles()
    _ledger()
    _chats()


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("address", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("language", WORDS),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("health", WORDS, nullable=False),
        sa.Column("trouble", WORDS),
        sa.Column("trouble_detail", WORDS, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", MOMENT),
        sa.Column("etag", WORDS),
        sa.Column("last_modified", WORDS),
        sa.Column("body_hash", WORDS),
        sa.Column("moved_to", WORDS),
        sa.Column("checked_at", MOMENT),
        sa.Column("succeeded_at", MOMENT),
        sa.Column("changed_at", MOMENT),
        sa.Column("next_at", MOMENT),
        sa.Column("interval", sa.Double()),
    )
    op.create_table(
        "entries",
        sa.Column("feed_id", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("summary", WORDS, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("published", MOMENT),
        sa.Column("updated", MOMENT),
        sa.Column("language", WORDS),
        sa.Column("content_hash", WORDS, nullable=False),
        sa.Column("date_note", WORDS, nullable=False),
        sa.Column("studied", sa.Boolean(), nullable=False),
        sa.Column("arrived_at", MOMENT, nullable=False),
    )
    op.create_index("entries_by_arrival", "entries", ["arrived_at"])
    op.create_index("entries_waiting", "entries", ["studied", "published"])


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("feed_id", WORDS, nullable=False),
        sa.Column("outlet", WORDS, nullable=False),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("published", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("text_from", WORDS, nullable=False),
        sa.Column("content_hash", WORDS, nullable=False),
        sa.Column("date_note", WORDS, nullable=False),
        sa.Column("summary", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
    )
    op.create_index("articles_by_sight", "articles", ["first_seen", "id", "version"])
    op.create_index("articles_by_telling", "articles", ["told_at", "id", "version"])
    op.create_table(
        "readings",
        sa.Column("article", WORDS, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("topic", WORDS, primary_key=True),
        sa.Column("relevant", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("why", WORDS, nullable=False),
        sa.Column("report_id", WORDS, nullable=False),
    )
    op.create_index("readings_by_report", "readings", ["report_id"])
    op.create_index("readings_by_topic", "readings", ["topic", "article", "version"])
    op.create_table(
        "fingerprints",
        sa.Column("article", WORDS, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("shingles", sa.Text(), nullable=False),
        sa.Column("anchors", sa.Text(), nullable=False),
        sa.Column("report_id", WORDS, nullable=False),
        sa.Column("outlet", WORDS, nullable=False),
    )
    op.create_index("fingerprints_by_report", "fingerprints", ["report_id"])
    op.create_table(
        "fingerprint_keys",
        sa.Column("key", WORDS, primary_key=True),
        sa.Column("article", WORDS, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
    )
    op.create_index("fingerprint_keys_of", "fingerprint_keys", ["article", "version"])


def _ledger() -> None:
    op.create_table(
        "points",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("outlet", WORDS, nullable=False),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("published", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("category", WORDS, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("quote", WORDS, nullable=False),
        sa.Column("context", WORDS, nullable=False),
        sa.Column("party", WORDS),
        sa.Column("stance", WORDS),
        sa.Column("attributed_to", WORDS, nullable=False),
        sa.Column("source_kind", WORDS, nullable=False),
        sa.Column("via", WORDS, nullable=False),
        sa.Column("quantities", sa.Text(), nullable=False),
        sa.Column("slot", WORDS),
        sa.Column("modality", WORDS, nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("rung", WORDS),
        sa.Column("side", WORDS),
        sa.Column("correction", sa.Boolean(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("report_id", WORDS, nullable=False),
        sa.Column("development_id", WORDS),
        sa.Column("member", WORDS),
        sa.Column("confidence", sa.Double(), nullable=False),
    )
    op.create_index("points_by_article", "points", ["article"])
    op.create_index("points_by_category", "points", ["topic", "category", "published"])
    op.create_index("points_by_development", "points", ["development_id"])
    op.create_index("points_by_report", "points", ["report_id"])
    op.create_index("points_by_sight", "points", ["topic", "seen_at"])
    op.create_index("points_by_telling", "points", ["topic", "published", "id"])
    op.create_table(
        "developments",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("category", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Text(), nullable=False),
        sa.Column("urls", sa.Text(), nullable=False),
        sa.Column("point_ids", sa.Text(), nullable=False),
        sa.Column("party", WORDS),
        sa.Column("stance", WORDS),
        sa.Column("slot", WORDS),
        sa.Column("value", sa.Double()),
        sa.Column("unit", WORDS),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("member", WORDS),
    )
    op.create_index("developments_by_category", "developments", ["topic", "category", "first_seen"])
    op.create_index("developments_by_telling", "developments", ["topic", "first_seen", "id"])
    op.create_table(
        "development_keys",
        sa.Column("key", WORDS, primary_key=True),
        sa.Column("development_id", WORDS, sa.ForeignKey("developments.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("development_keys_of", "development_keys", ["development_id"])
    op.create_table(
        "retired_developments",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("survivor", WORDS, nullable=False),
    )
    op.create_index("retired_developments_by_survivor", "retired_developments", ["survivor"])
    op.create_table(
        "changes",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("category", WORDS, nullable=False),
        sa.Column("party", WORDS),
        sa.Column("slot", WORDS),
        sa.Column("before", WORDS),
        sa.Column("after", WORDS),
        sa.Column("development_id", WORDS, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("why", WORDS, nullable=False),
        sa.Column("member", WORDS),
    )
    op.create_index("changes_by_category", "changes", ["topic", "category", "at"])
    op.create_index("changes_by_development", "changes", ["development_id"])
    op.create_index("changes_by_sight", "changes", ["topic", "seen_at"])
    op.create_index("changes_by_telling", "changes", ["topic", "at", "id"])


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("platform", WORDS, primary_key=True),
        sa.Column("chat", WORDS, primary_key=True),
        sa.Column("thread", WORDS, primary_key=True),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("zone", WORDS, nullable=False),
        sa.Column("topic", WORDS),
        sa.Column("looked_at", MOMENT),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("chat", WORDS, nullable=False),
        sa.Column("thread", WORDS, nullable=False),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("zone", WORDS, nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("layers", sa.Text(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("covered_until", MOMENT, nullable=False),
        sa.Column("next_due_at", MOMENT, nullable=False),
        sa.Column("paused_reason", WORDS, nullable=False),
    )
    op.create_index("subscriptions_by_chat", "subscriptions", ["platform", "chat", "thread"])
    op.create_index("subscriptions_due", "subscriptions", ["next_due_at", "id"])
    op.create_table(
        "told_changes",
        sa.Column("subscription_id", WORDS, sa.ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("change_id", WORDS, primary_key=True),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("chat", WORDS, nullable=False),
        sa.Column("thread", WORDS, nullable=False),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("window_since", MOMENT, nullable=False),
        sa.Column("window_until", MOMENT, nullable=False),
        sa.Column("window_by", WORDS, nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("problem", WORDS, nullable=False),
        sa.Column("message_ids", sa.Text(), nullable=False),
    )
    op.create_index("deliveries_by_age", "deliveries", ["state", "created_at"])
    op.create_index("deliveries_by_chat", "deliveries", ["platform", "chat", "thread", "created_at"])

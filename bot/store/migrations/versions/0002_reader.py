"""What the reader remembers more: a feed's own wishes and its hub and our subscriptions there, the link of an entry, what changed in an article."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add columns and look-ups. Entries of before have no link kept; they are found by id, as they always were."""
    for column in (
        sa.Column("ttl", sa.Double()),
        sa.Column("skip_hours", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("skip_days", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("newest_at", MOMENT),
        sa.Column("hub", WORDS),
        sa.Column("self_url", WORDS),
        sa.Column("push_until", MOMENT),
        sa.Column("pushed_at", MOMENT),
    ):
        op.add_column("feeds", column)
    op.create_index("feeds_by_visit", "feeds", ["next_at"])
    op.add_column("entries", sa.Column("link", WORDS, nullable=False, server_default=""))
    op.add_column("entries", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("entries", sa.Column("not_before", MOMENT))
    op.create_index("entries_by_link", "entries", ["feed_id", "link"])
    op.add_column("articles", sa.Column("changed", WORDS, nullable=False, server_default=""))
    _pushes()


def _pushes() -> None:
    op.create_table(
        "pushes",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("feed_id", WORDS, nullable=False),
        sa.Column("hub", WORDS, nullable=False),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("base", WORDS, nullable=False),
        sa.Column("secret", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
    )
    op.create_index("pushes_by_feed", "pushes", ["feed_id"])

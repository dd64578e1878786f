"""What the reader remembers more: a feed's own wishes and its hub, the link of an entry, what changed in an article."""

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
    op.create_index("entries_by_link", "entries", ["feed_id", "link"])
    op.add_column("articles", sa.Column("changed", WORDS, nullable=False, server_default=""))

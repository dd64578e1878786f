"""What keeps joining and the ledger flat as the store grows: look-ups that give a key's newest rows first, developments' exemplars, bookmarks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
_DAY = {  # as date.toordinal
    "sqlite": "CAST(julianday(date({})) - 1721424.5 AS INTEGER)",
    "postgresql": "(({} AT TIME ZONE 'UTC')::date - DATE '0001-01-01' + 1)",
}

_BARE = {  # a mark without the category that stood before it
    "sqlite": "substr(o.key, instr(o.key, '|') + 1)",
    "postgresql": "substr(o.key, position('|' in o.key) + 1)",
}


def upgrade() -> None:
    """Make the look-ups anew, with the day in their key. Until it is told again a development of before is compared by all its points."""
    op.add_column("developments", sa.Column("exemplars", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("developments", sa.Column("unlisted", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("developments_told_last", "developments", ["topic", "category", "last_seen", "id"])
    op.add_column("points", sa.Column("fresh", sa.Double(), nullable=False, server_default="1"))
    _walks()
    day = _DAY[op.get_bind().dialect.name]
    _fingerprint_keys(day.format("f.told_at"))
    _development_keys(day.format("d.last_seen"), _BARE[op.get_bind().dialect.name])


def _walks() -> None:
    op.create_table(
        "ledgers",
        sa.Column("topic", WORDS, primary_key=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("writes", sa.Integer(), nullable=False),
        sa.Column("dirty_from", MOMENT),
        sa.Column("mark", WORDS, nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("board", sa.Text()),
    )
    op.create_table(
        "bookmarks",
        sa.Column("topic", WORDS, primary_key=True),
        sa.Column("at", MOMENT, primary_key=True),
        sa.Column("mark", WORDS, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )


def _fingerprint_keys(day: str) -> None:
    _set_aside("fingerprint_keys")
    op.create_table(
        "fingerprint_keys",
        sa.Column("key", WORDS, primary_key=True),
        sa.Column("day", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("article", WORDS, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.PrimaryKeyConstraint("key", "day", "article", "version", name="fingerprint_keys_by_day"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO fingerprint_keys (key, day, article, version) SELECT o.key, DAY, o.article, o.version"
        " FROM old_fingerprint_keys o JOIN fingerprints f ON f.article = o.article AND f.version = o.version".replace(
            "DAY", day
        )
    )
    op.drop_table("old_fingerprint_keys")
    op.create_index("fingerprint_keys_of", "fingerprint_keys", ["article", "version"])


def _development_keys(day: str, mark: str) -> None:
    _set_aside("development_keys")
    op.create_table(
        "development_keys",
        sa.Column("key", WORDS, primary_key=True),
        sa.Column("day", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column(
            "development_id",
            WORDS,
            sa.ForeignKey("developments.id", ondelete="CASCADE", name="development_keys_of_development"),
            primary_key=True,
        ),
        sa.PrimaryKeyConstraint("key", "day", "development_id", name="development_keys_by_day"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO development_keys (key, day, development_id) SELECT DISTINCT d.topic || '|' || MARK, DAY, d.id"
        " FROM old_development_keys o JOIN developments d ON d.id = o.development_id".replace("DAY", day).replace(
            "MARK", mark
        )
    )
    op.drop_table("old_development_keys")
    op.create_index("development_keys_of", "development_keys", ["development_id"])


def _set_aside(table: str) -> None:
    op.drop_index(f"{table}_of", table)
    op.rename_table(table, f"old_{table}")

"""Developments are made in another way, and bear the names of the points that they begin with: all points are placed anew by the next study."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FROM_THE_BEGINNING = {
    "sqlite": "UPDATE ledgers SET turn = turn + 1, dirty_from = '1970-01-01 00:00:00.000000'",
    "postgresql": "UPDATE ledgers SET turn = turn + 1, dirty_from = '1970-01-01 00:00:00+00'",
}


def upgrade() -> None:
    """Take every point out of its development, and have the ledgers walked again from the beginning."""
    for statement in (
        "UPDATE points SET development_id = NULL",
        "DELETE FROM development_keys",
        "DELETE FROM developments",
        "DELETE FROM retired_developments",
        "DELETE FROM bookmarks",
        _FROM_THE_BEGINNING[op.get_bind().dialect.name],
    ):
        op.execute(statement)

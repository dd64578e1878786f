"""Alembic's revisions of the schema, oldest first. They describe the past, so they import nothing of the present."""

"""Alembic's revisions, one file each, oldest first. They import nothing of the present schema."""

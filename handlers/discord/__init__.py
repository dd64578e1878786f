"""Speaks Discord: slash commands, buttons and posts. Knows the commands floor and nothing of other platforms."""

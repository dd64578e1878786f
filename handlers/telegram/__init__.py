"""Telegram: listens and speaks through python-telegram-bot. Knows nothing of feeds, the store or other platforms."""

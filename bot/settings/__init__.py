"""Adapter: the settings file and the environment → one frozen Settings, every mistake told at once. Knows nothing of what uses them."""

from bot.settings.feeds import FeedSetting, read_feeds_file
from bot.settings.loading import load_settings
from bot.settings.places import shipped
from bot.settings.tree import Secret, Settings
from bot.settings.zones import nearest_zones

__all__ = ["FeedSetting", "Secret", "Settings", "load_settings", "nearest_zones", "read_feeds_file", "shipped"]

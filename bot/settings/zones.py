"""The IANA time zones nearest to what was typed. Knows no setting, and no city that is not a zone's own name."""

from __future__ import annotations

from difflib import get_close_matches
from zoneinfo import available_timezones

LIMIT = 3


def nearest_zones(typed: str) -> tuple[str, ...]:
    """Up to three zones: those of that very name or city in another spelling (`kyiv`), else those that look alike."""
    wanted = "_".join(typed.casefold().split())[:60]
    names: dict[str, list[str]] = {}
    for zone in sorted(available_timezones(), key=lambda zone: ("/" not in zone, zone)):
        for name in {zone.casefold(), zone.casefold().rpartition("/")[2]}:
            names.setdefault(name, []).append(zone)
    alike = [wanted] if wanted in names else get_close_matches(wanted, names, LIMIT, 0.7)
    return tuple(dict.fromkeys(zone for name in alike for zone in names[name]))[:LIMIT]

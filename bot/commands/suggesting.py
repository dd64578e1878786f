"""What could be typed on in an option: layers, topics, languages, hours and cities. Knows no platform's menu."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.following import languages
from bot.commands.hours import LANGUAGES
from bot.commands.table import Argument, Command, Suggestion
from bot.commands.words import Choice, categories, nearest, topics
from bot.model.topics import Topic
from bot.present.places import city_of, fold, zones_by_name

MOST = 25  # Discord's limit for autocompletion: discord.com/developers/docs/interactions/application-commands
_HOURS = ("08:00", "07:00", "09:00", "12:00", "18:00", "20:00")
_CITIES = ("Europe/Kyiv", "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Warsaw", "America/New_York", "UTC")


def suggestions(
    command: Command, typed: str, topic: Topic, followed: Sequence[Topic], language: str, spoken: tuple[str, ...]
) -> tuple[Suggestion, ...]:
    """At most 25, those that begin as typed first, then those that look alike."""
    kinds = {option.argument for option in command.options}
    if Argument.HOUR_AND_ZONE in kinds:
        return _hours_and_cities(typed, language)[:MOST]
    if Argument.LAYER in kinds:
        return _fitting(typed, categories(topic, language))
    if Argument.ITEM in kinds:
        return _fitting(typed, [choice for choice in categories(topic, language) if topic.layer(choice.key)])
    if Argument.TOPIC in kinds:
        return _fitting(typed, topics(followed, language))
    return _fitting(typed, languages(spoken)) if Argument.LANGUAGE in kinds else ()


def _fitting(typed: str, choices: Sequence[Choice]) -> tuple[Suggestion, ...]:
    wanted = fold(typed)
    fits = [
        choice for choice in choices if any(fold(name).startswith(wanted) for name in (choice.label, *choice.names))
    ]
    shown = fits or list(nearest(typed, choices))
    return tuple(Suggestion(label=choice.label, value=_typed_for(choice)) for choice in shown[:MOST])


def _typed_for(choice: Choice) -> str:
    """The id where the choice has one to type, else its name."""
    return choice.names[0] if choice.names else choice.key


def _hours_and_cities(typed: str, language: str) -> tuple[Suggestion, ...]:
    """Hours for figures and for nothing, cities for letters."""
    wanted = fold(typed)
    hours = [Suggestion(label=hour, value=hour) for hour in _hours(wanted)]
    if wanted[:1].isdigit():
        return tuple(hours)
    zones = (
        list(dict.fromkeys(zone for name, zone in zones_by_name(LANGUAGES).items() if name.startswith(wanted)))
        if wanted
        else list(_CITIES)
    )
    cities = [Suggestion(label=city_of(zone, language), value=zone) for zone in zones]
    return tuple(cities) if wanted else (*hours, *cities)


def _hours(wanted: str) -> tuple[str, ...]:
    if not wanted:
        return _HOURS
    whole = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
    return tuple(hour for hour in whole if hour.startswith(wanted) or hour.removeprefix("0").startswith(wanted))

"""Hours and places are read as people type them."""

from __future__ import annotations

import pytest

from bot.commands.hours import read_cadence, read_zone
from bot.model.errors import BadTime, BadZone


@pytest.mark.parametrize(
    ("typed", "hour", "minute", "zone"),
    [
        ("", 8, 0, "Europe/Riga"),
        ("8", 8, 0, "Europe/Riga"),
        ("08:00 Kyiv", 8, 0, "Europe/Kyiv"),
        ("8:30 Europe/Paris", 8, 30, "Europe/Paris"),
        ("8:30 europe/paris", 8, 30, "Europe/Paris"),
        ("о 8 Київ", 8, 0, "Europe/Kyiv"),
        ("о 8 за Києвом", 8, 0, "Europe/Kyiv"),
        ("о 8-й за Києвом", 8, 0, "Europe/Kyiv"),
        ("щодня о 20.15 у Парижі", 20, 15, "Europe/Paris"),
        ("20.15", 20, 15, "Europe/Riga"),
        ("20h15", 20, 15, "Europe/Riga"),
        ("0830", 8, 30, "Europe/Riga"),
        ("8 30", 8, 30, "Europe/Riga"),
        ("8pm", 20, 0, "Europe/Riga"),
        ("8 p.m. in London", 20, 0, "Europe/London"),
        ("12 am", 0, 0, "Europe/Riga"),
        ("12 pm", 12, 0, "Europe/Riga"),
        ("8 вечора", 20, 0, "Europe/Riga"),
        ("7 ранку Львів", 7, 0, "Europe/Kyiv"),
        ("noon New York", 12, 0, "America/New_York"),
        ("опівдні", 12, 0, "Europe/Riga"),
        ("kyiv 9", 9, 0, "Europe/Kyiv"),
        ("Kiev", 8, 0, "Europe/Kyiv"),
        ("0:00 UTC", 0, 0, "UTC"),
        ("8 UTC+2", 8, 0, "Etc/GMT-2"),
        ("at 8 in Нью-Йорк", 8, 0, "America/New_York"),
        ("8:00, Warszawa", 8, 0, "Europe/Warsaw"),
        ("8:00 Knox, Indiana", 8, 0, "America/Indiana/Knox"),
        ("8:00 in Mexico City", 8, 0, "America/Mexico_City"),
    ],
)
def test_an_hour_and_a_place_are_understood(typed: str, hour: int, minute: int, zone: str) -> None:
    cadence = read_cadence(typed, "Europe/Riga", "en")
    assert (cadence.hour, cadence.minute, cadence.zone) == (hour, minute, zone)


@pytest.mark.parametrize("typed", ["25", "24:00", "8:60 Kyiv", "99", "13:75"])
def test_an_hour_no_day_has_is_refused_and_nothing_is_guessed(typed: str) -> None:
    with pytest.raises(BadTime) as caught:
        read_cadence(typed, "UTC", "en")
    assert caught.value.nearest == ("08:00", "12:30", "20:15")


@pytest.mark.parametrize(
    ("typed", "language", "offered"),
    [("Kyjiv", "en", "Kyiv"), ("Варшва", "uk", "Варшава"), ("Lodnon", "en", "London"), ("Pariss", "en", "Paris")],
)
def test_a_misspelt_city_is_met_with_the_nearest_in_the_readers_language(
    typed: str, language: str, offered: str
) -> None:
    with pytest.raises(BadZone) as caught:
        read_zone(typed, language)
    assert caught.value.word == typed
    assert offered in caught.value.nearest
    assert len(caught.value.nearest) <= 3


@pytest.mark.parametrize("typed", ["x" * 200, "../../etc/passwd", "8 ../etc/localtime", "\u202eviyK", "12 12 12 12"])
def test_nonsense_is_refused_politely(typed: str) -> None:
    with pytest.raises((BadZone, BadTime)):
        read_cadence(typed, "UTC", "en")

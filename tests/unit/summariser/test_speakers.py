"""Who said it, as the sentence names him."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.model.stories import SourceKind
from bot.summariser.speakers import speaker_of

if TYPE_CHECKING:
    from tests.unit.summariser.conftest import Say

SAID = [
    ("en", "The cap stays at 800,000, Foreign Minister Sybiha said.", "Sybiha", SourceKind.OFFICIAL),
    ("en", "“The cap stays,” said President Zelensky.", "President Zelensky", SourceKind.OFFICIAL),
    (
        "en",
        "According to two European diplomats, the force would number 15,000.",
        "two European diplomats",
        SourceKind.UNNAMED,
    ),
    ("en", "The force would number 15,000, according to a draft seen by Lantern.", "", SourceKind.DOCUMENT),
    ("en", "Officials said the force would number 15,000.", "Officials", SourceKind.UNNAMED),
    ("uk", "За словами міністра оборони, чисельність не зміниться.", "міністра оборони", SourceKind.OFFICIAL),
    ("uk", "Чисельність не зміниться, заявив Зеленський.", "Зеленський", SourceKind.OFFICIAL),
    ("uk", "Президент України заявив, що чисельність не зміниться.", "Президент України", SourceKind.OFFICIAL),
    ("uk", "За даними двох дипломатів, сили налічуватимуть 15 тисяч.", "дипломатів", SourceKind.UNNAMED),
    ("ru", "По словам министра обороны, численность не изменится.", "министра обороны", SourceKind.OFFICIAL),
    ("ru", "Численность не изменится, заявил Песков.", "Песков", SourceKind.OFFICIAL),
]


@pytest.mark.parametrize(("language", "text", "name", "kind"), SAID)
def test_a_statement_is_given_to_the_one_who_made_it(
    said: Say, language: str, text: str, name: str, kind: SourceKind
) -> None:
    speaker = speaker_of(said(language, text))
    assert name in speaker.name
    assert speaker.name in text
    assert speaker.kind is kind


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "The force would number 15,000."), ("uk", "Сили налічуватимуть 15 тисяч."), ("en", "Said and done.")],
)
def test_a_sentence_that_names_nobody_is_the_outlets_own(said: Say, language: str, text: str) -> None:
    assert speaker_of(said(language, text)).kind is SourceKind.OUTLET


def test_a_name_is_never_longer_than_a_person_would_write(said: Say) -> None:
    long = "According to " + " ".join(["Zelensky"] * 60) + ", the cap stays."
    assert len(speaker_of(said("en", long)).name.split()) <= 9

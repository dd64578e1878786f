"""Every error is worded, in both languages, with what to do."""

from __future__ import annotations

import inspect
from datetime import timedelta

import pytest

from bot.model import errors
from bot.present.problems import problem_reply, problem_text, unexpected_reply
from tests.showcase import a_reader

MISTAKES = (
    errors.Mistake(file="planwatch.toml", key="storage.url", problem="is no URL", remedy="write sqlite:///file"),
)
EVERY: tuple[errors.PlanwatchError, ...] = (
    errors.SettingsError(MISTAKES),
    errors.TopicFileError(MISTAKES),
    errors.CorpusError(MISTAKES),
    errors.BackupRefused(MISTAKES[0]),
    errors.TokenRefused("telegram"),
    *(errors.SourceError(trouble, "https://a.example/feed") for trouble in errors.Trouble),
    *(
        kind("forse", ("Force",))
        for kind in (errors.UnknownCommand, errors.UnknownLayer, errors.UnknownTopic, errors.UnknownItem)
    ),
    *(kind("forse", ("Force",)) for kind in (errors.BadTime, errors.BadZone, errors.BadWord, errors.BadAddress)),
    errors.NotAllowed("manage_server"),
    errors.NotAllowed("something"),
    errors.NotSubscribed(),
    errors.NotNow(),
    errors.NotNow(timedelta(seconds=21)),
    errors.TryLater(timedelta(seconds=21)),
    errors.ChatGone("kicked"),
    errors.ChatMoved("-100"),
    errors.PartRefused("too long"),
    errors.StoreTooNew("0042"),
    errors.StoreFull(),
    errors.StoreUnreachable("no such file"),
    *(kind() for kind in (errors.OperatorError, errors.PlatformError, errors.StoreError, errors.PersonError)),
)


def test_no_kind_of_error_was_forgotten_here() -> None:
    kinds = {kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.PlanwatchError)}
    abstract = {errors.PlanwatchError, errors._UnknownWord}
    assert kinds - {type(error) for error in EVERY} == abstract


@pytest.mark.parametrize("error", EVERY, ids=lambda error: f"{type(error).__name__}-{error}"[:40])
def test_every_error_is_a_sentence_in_both_languages(error: errors.PlanwatchError) -> None:
    english, ukrainian = (problem_text(error, a_reader(language)) for language in ("en", "uk"))
    assert english != ukrainian
    for text in (english, ukrainian):
        assert text.endswith((".", "Kyiv", "Київ")) or str(MISTAKES[0]) in text
        assert "{" not in text
        assert " " in text


def test_a_word_is_said_back_short_and_on_one_line() -> None:
    text = problem_text(errors.UnknownLayer("x" * 500 + "\n/evil"), a_reader())
    assert len(text) < 200
    assert "\n" not in text


def test_an_empty_word_is_asked_for_instead_of_quoted() -> None:
    text = problem_text(errors.UnknownLayer("", ("Army", "Force", "Monitoring")), a_reader())
    assert text == "Which layer? Its name, its number or a beginning will do. Nearest: Army · Force · Monitoring."


def test_cities_with_a_comma_in_their_name_cannot_be_taken_for_two() -> None:
    text = problem_text(errors.BadZone("Mars", ("Maseru", "Marengo, Indiana", "Marigot")), a_reader())
    assert text.endswith("Nearest: Maseru · Marengo, Indiana · Marigot.")


def test_what_may_have_been_meant_is_one_press_away() -> None:
    reply = problem_reply(
        errors.UnknownLayer("forse", ("Force",)), a_reader(), example="/layer force", tries=[("Force", "layer Force")]
    )
    assert reply.buttons[0][0].command == "layer Force"
    assert reply.private
    assert not reply.edits


def test_an_unforeseen_fault_names_the_number_in_the_log() -> None:
    reply = unexpected_reply("a1b2c3d4", a_reader())
    assert "a1b2c3d4" in str(reply.blocks[0])

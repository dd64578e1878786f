"""Every error in the operator's plain English: what happened and what to do. Must not know who prints it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import errors


def operator_lines(error: errors.PlanwatchError) -> Iterable[str]:
    """What happened and what to do, for the operator."""
    match error:
        case errors.SettingsError():
            return tuple(str(mistake) for mistake in error.mistakes)
        case errors.TokenRefused():
            return (
                f"{error.platform.capitalize()} does not accept the token; put a valid one into {error.platform}.token",
            )
        case errors.BackupRefused():
            return (str(error.mistake),)
        case errors.StoreTooNew():
            return (
                f"the store was written by a newer planwatch (its schema is {error.found}); install that version, or name another store",
            )
        case errors.StoreFull():
            return (
                "no room is left where the store lies; make room and run the command again, nothing half-done was kept",
            )
        case errors.StoreUnreachable():
            if error.remedy:
                return (f"the store cannot be opened: {error.detail}; {error.remedy}",)
            return (f"the store cannot be opened: {error.detail}; check storage.url and data_dir",)
        case errors.SourceError():
            return (f"{error.url}: {trouble(error)}",)
        case (
            errors.BadTime()
            | errors.BadZone()
            | errors.BadWord()
            | errors.UnknownTopic()
            | errors.UnknownItem()
            | errors.UnknownLayer()
        ):
            return (_word(error),)
    return (f"{type(error).__name__}: {error}".strip(": "),)


def trouble(error: errors.SourceError) -> str:
    """Why a source could not be read: not_a_feed → not a feed."""
    status = f" {error.status}" if error.status else ""
    detail = f" ({error.detail})" if error.detail else ""
    return f"{error.trouble.value.replace('_', ' ')}{status}{detail}"


_KINDS = {
    errors.BadTime: "is not an ISO 8601 time such as 2026-01-05T08:00",
    errors.BadZone: "is no time zone such as Europe/Kyiv",
    errors.BadWord: "is not known here",
    errors.UnknownTopic: "is no followed topic",
    errors.UnknownItem: "is not there",
    errors.UnknownLayer: "is no layer",
}


def _word(
    error: errors.BadTime
    | errors.BadZone
    | errors.BadWord
    | errors.UnknownTopic
    | errors.UnknownItem
    | errors.UnknownLayer,
) -> str:
    near = f"; nearest: {', '.join(error.nearest)}" if error.nearest else ""
    return f"`{error.word}` {_KINDS[type(error)]}{near}"

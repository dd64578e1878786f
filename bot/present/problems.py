"""Every error in words: what happened, what it means for the reader, what to do. Knows no logs and no platforms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.model import errors
from bot.model.replies import Button, Paragraph, Reply, Run, Style, plain
from bot.present.buttons import Rows, rows_of, ways
from bot.present.reader import Reader

_UNKNOWN = (
    (errors.UnknownCommand, "unknown-command"),
    (errors.UnknownLayer, "unknown-layer"),
    (errors.UnknownTopic, "unknown-topic"),
    (errors.UnknownItem, "unknown-item"),
    (errors.BadTime, "bad-time"),
    (errors.BadZone, "bad-zone"),
    (errors.BadWord, "bad-word"),
    (errors.BadAddress, "bad-address"),
)
_FILES = ((errors.TopicFileError, "topic-file-wrong"), (errors.CorpusError, "corpus-wrong"))
MOST_WORDS = 3  # that may have been meant
LONGEST_WORD = 60  # characters of what was typed that are said back


def problem_reply(
    error: errors.PlanwatchError, reader: Reader, *, example: str = "", tries: Sequence[tuple[str, str]] = ()
) -> Reply:
    """The error in one or two sentences; `tries` are (label, command) of what may have been meant, shown as buttons."""
    text = problem_text(error, reader)
    lines = [Paragraph(plain(text))]
    if example:
        lines.append(Paragraph((Run(reader.say("for-example") + " ", Style.SOFT), Run(example, Style.CODE))))
    return Reply(blocks=tuple(lines), buttons=_buttons(tries), private=True, edits=False)


def problem_text(error: errors.PlanwatchError, reader: Reader) -> str:
    """The sentences alone, for any error of the tree."""
    for kind, message in _UNKNOWN:
        if isinstance(error, kind):
            return _unknown(message, error.word, error.nearest, reader)
    match error:
        case errors.NotAllowed():
            return reader.say(_known(f"not-allowed-{error.right.replace('_', '-')}", "not-allowed", reader))
        case errors.NotSubscribed():
            return reader.say("not-subscribed")
        case errors.NotNow():
            return reader.say("not-now", seconds=_seconds(error.after)) if error.after else reader.say("not-now-busy")
        case errors.SourceError():
            return _source(error, reader)
        case errors.OperatorError():
            return _operator(error, reader)
        case errors.PlatformError():
            return _platform(error, reader)
        case errors.StoreError():
            return _store(error, reader)
    return reader.say("something-failed")


def unexpected_reply(incident: str, reader: Reader) -> Reply:
    """For what nobody foresaw: nothing is lost, and the log knows more under `incident`."""
    return Reply(
        blocks=(Paragraph(plain(reader.say("unexpected", incident=incident))),),
        buttons=ways(reader, "layers", "help"),
        private=True,
        edits=False,
    )


def _unknown(message: str, word: str, nearest: tuple[str, ...], reader: Reader) -> str:
    typed = " ".join(word.split())
    short = typed if len(typed) <= LONGEST_WORD else typed[:LONGEST_WORD].rstrip() + "…"
    said = reader.say(message if short else f"{message}-empty", word=short)
    if message == "unknown-command" and short and not nearest:
        return f"{said} {reader.say('look-around')}"
    shown = " · ".join(_named(each, reader) for each in nearest[:MOST_WORDS])  # names of cities hold commas
    return f"{said} {reader.say('allowed' if message == 'bad-word' else 'nearest', words=shown)}" if shown else said


def _named(word: str, reader: Reader) -> str:
    """A code of a language with its name; every other word as it is."""
    message = f"language-code-{word}"
    return reader.say(message) if reader.voice.knows(message) else word


def _source(error: errors.SourceError, reader: Reader) -> str:
    reason = reader.say(f"trouble-{error.trouble.value.replace('_', '-')}")
    status = f" ({error.status})" if error.status else ""
    return reader.say("source-unread", url=error.url, reason=reason + status)


def _operator(error: errors.OperatorError, reader: Reader) -> str:
    if isinstance(error, errors.SettingsError):
        kind = next((message for known, message in _FILES if isinstance(error, known)), "settings-wrong")
        return "\n".join([reader.say(kind, count=len(error.mistakes)), *(str(mistake) for mistake in error.mistakes)])
    if isinstance(error, errors.TokenRefused):
        return reader.say("token-refused", platform=error.platform.capitalize(), key=f"{error.platform}.token")
    if isinstance(error, errors.BackupRefused):
        return f"{reader.say('backup-refused')} {error.mistake}"
    return reader.say("operator-needed")


def _platform(error: errors.PlatformError, reader: Reader) -> str:
    match error:
        case errors.TryLater():
            return reader.say("try-later", seconds=_seconds(error.after))
        case errors.ChatGone():
            return reader.say("chat-gone", detail=error.detail)
        case errors.ChatMoved():
            return reader.say("chat-moved")
        case errors.PartRefused():
            return reader.say("part-refused", detail=error.detail)
    return reader.say("platform-failed")


def _store(error: errors.StoreError, reader: Reader) -> str:
    match error:
        case errors.StoreTooNew():
            return reader.say("store-too-new", found=error.found)
        case errors.StoreFull():
            return reader.say("store-full")
        case errors.StoreUnreachable():
            return reader.say("store-unreachable", detail=error.detail)
    return reader.say("store-failed")


def _known(message: str, otherwise: str, reader: Reader) -> str:
    return message if reader.voice.knows(message) else otherwise


def _seconds(after: timedelta) -> int:
    return max(1, round(after.total_seconds()))


def _buttons(tries: Sequence[tuple[str, str]]) -> Rows:
    return rows_of([Button(label, command) for label, command in tries])

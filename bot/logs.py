"""Logs on standard error, for people or as JSON, with every secret blotted out. Knows nothing of what is logged."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
QUIET = {  # libraries whose chatter is ours to tell, or would name addresses that hold a token
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.WARNING,
    "discord": logging.ERROR,
    "apscheduler": logging.CRITICAL,
    "aiohttp": logging.ERROR,
    "asyncio": logging.ERROR,
    "aiosqlite": logging.INFO,  # when debugging it would tell each value of each statement, secrets of hubs among them
    "alembic": logging.WARNING,
    "pymorphy3": logging.WARNING,
    "trafilatura": logging.CRITICAL,
    "htmldate": logging.CRITICAL,
    "courlan": logging.CRITICAL,
    "tzlocal": logging.ERROR,
    "robust_downloader": logging.ERROR,
}


def configure(level: str, form: str, *, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Sets up structlog and the standard library's logging alike. `form` is text or json. May be called again."""
    stream = stream or sys.stderr
    threshold = LEVELS[level]
    shared = _shared(tuple(secret for secret in secrets if len(secret) >= 6), with_traceback=threshold <= logging.DEBUG)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(form, stream)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(threshold)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(threshold, least))


def log_for(part: str) -> Any:
    """The log of one part of the program, named in each line; apart from the libraries' own, which may bear the same name."""
    return structlog.get_logger(f"planwatch.{part}")


def _shared(secrets: tuple[str, ...], *, with_traceback: bool) -> list[Processor]:
    def shortened(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return _without_traceback(event, with_traceback=with_traceback)

    def blotted(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {key: _blot(value, secrets) for key, value in event.items()}

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        shortened,
        blotted,
    ]


def _without_traceback(event: EventDict, *, with_traceback: bool) -> EventDict:
    """An exception as one line: its kind, its words, where it was raised. The whole of it only when debugging."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = f"{type(error).__name__}: {error}".strip(": ")
        event["raised_at"] = _place(error.__traceback__)
        if with_traceback:
            event["traceback"] = "".join(traceback.format_exception(error))
    return event


def _place(trace: TracebackType | None) -> str:
    last = traceback.extract_tb(trace)[-1:] if trace else []
    return f"{last[0].filename.rpartition('/')[2]}:{last[0].lineno}" if last else ""


def _blot(value: Any, secrets: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, "(secret)")
        return value
    if isinstance(value, int | float | bool | None):
        return value
    text = str(value)
    return _blot(text, secrets) if any(secret in text for secret in secrets) else value


def _renderer(form: str, stream: TextIO) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), pad_event_to=0, pad_level=False)

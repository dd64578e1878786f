"""What went wrong → words on standard error and an exit status. Knows no command."""

from __future__ import annotations

import os
import sys
import traceback

from bot.app.wording import operator_lines
from bot.cli.printing import complain
from bot.model import errors

USAGE, FAILED, INTERRUPTED = 2, 1, 130


def told(error: BaseException, *, verbose: bool) -> int:
    """Say what happened, in a line or two, and with what status to leave."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else USAGE if error.code else 0
        case KeyboardInterrupt():
            return INTERRUPTED
        case BrokenPipeError():
            return _reader_left()
        case errors.PlanwatchError():
            return planwatch_error(error)
        case BaseExceptionGroup() if len(error.exceptions) == 1:
            return told(error.exceptions[0], verbose=verbose)
    if verbose:
        traceback.print_exception(error)
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" ({place[0].filename.rpartition('/')[2]}:{place[0].lineno})" if place else ""
    complain(
        f"nobody foresaw this: {type(error).__name__}: {error}{where}. Nothing half-done was kept. --verbose shows more."
    )
    return FAILED


def planwatch_error(error: errors.PlanwatchError) -> int:
    """The same for the program's own errors."""
    for line in operator_lines(error):
        complain(line)
    usage = isinstance(error, errors.SettingsError | errors.PersonError | errors.TokenRefused)
    return USAGE if usage else FAILED


def _reader_left() -> int:
    """Whoever read our output has gone (`| head`): leave quietly, and keep Python from complaining on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0

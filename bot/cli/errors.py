"""What went wrong → words on standard error and an exit status. Knows no command."""

from __future__ import annotations

import errno
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
            _silence_output()
            return FAILED
        case OSError() if _is_of_output(error):
            _silence_output()
            complain(f"standard output cannot be written: {error.strerror}")
            return FAILED
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


def _is_of_output(error: OSError) -> bool:
    """What could not be written still waits in the stream and fails again; without a buffer only the error is left to tell."""
    try:
        sys.stdout.flush()
    except OSError:
        return True
    return error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _silence_output() -> None:
    """Nobody takes our output any more (`| head`, a full disk): keep Python from complaining of it on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

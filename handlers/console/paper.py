"""Where the console writes: plain to a pipe, styled to a terminal. Knows no commands."""

from __future__ import annotations

import shutil
from typing import TextIO

from handlers.console.render import Row, as_text, rows

WIDEST = 100  # columns; longer lines are hard to follow
PIPED = 100


class Paper:
    """Prints parts on a stream. Colours and links only on a terminal; a pipe gets addresses on lines of their own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()

    @property
    def is_terminal(self) -> bool:
        """Whether somebody looks."""
        return self._is_terminal

    def show(self, part: str) -> None:
        """One part, with an empty line after it. Raises OSError when nobody reads any more."""
        columns = min(shutil.get_terminal_size((PIPED, 24)).columns, WIDEST) if self._is_terminal else PIPED
        for row in (*rows(part, columns, addresses=not self._is_terminal), ()):
            if self._is_terminal:
                self._styled(row)
            else:
                self._stream.write(as_text(row) + "\n")
        self._stream.flush()

    def prompt(self, text: str) -> None:
        """Shown where the next line is typed."""
        self._stream.write(text)
        self._stream.flush()

    def _styled(self, row: Row) -> None:
        from rich.console import Console
        from rich.style import Style
        from rich.text import Text

        looks = {
            "title": Style(bold=True, underline=True),
            "strong": Style(bold=True),
            "soft": Style(dim=True),
            "code": Style(color="cyan"),
        }
        line = Text(no_wrap=True, overflow="ignore")
        for piece in row:
            style = looks.get(piece.style, Style())
            line.append(piece.text, style + Style(link=piece.url) if piece.url else style)
        Console(file=self._stream, soft_wrap=True, highlight=False).print(line)

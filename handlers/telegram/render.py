"""A Reply as Telegram messages: pure. Knows nothing of sending.

A part is the JSON text of one message: `text`, `entities` (offsets in UTF-16 units) and, on the last part, `keyboard` (rows of
buttons). Entities stand instead of markup, so nothing needs escaping. Short quotations with their source are one block quote; of
long ones the quote folds up and its source stays in sight below it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from itertools import groupby

from bot.model.replies import Block, Footer, Heading, Item, Paragraph, Quotation, Reply, Run, Runs, Style
from handlers.telegram.cutting import Bundle, bundle, packed
from handlers.telegram.harmless import calls, clean, safe_url
from handlers.telegram.keyboards import keyboard
from handlers.telegram.marked import BOLD, CODE, ITALIC, LINK, LONG_QUOTE, QUOTE, Mark, Marked, units

FOLDED_FROM = 320  # UTF-16 units: some eight lines on a phone; a folded quote shows three
_LINE, _GAP = "\n", "\n\n"
_KINDS = {Style.STRONG: BOLD, Style.SOFT: ITALIC, Style.CODE: CODE}


def render(reply: Reply, *, keep: bool = False) -> tuple[str, ...]:
    """The reply cut into parts within Telegram's limits; none where there is nothing to say.

    With `keep` its buttons answer below the message and never replace it (digests).
    """
    messages = packed(_groups(reply.blocks))
    buttons = keyboard(reply.buttons, keep=keep)
    if buttons and not messages:
        messages = [Marked("…")]  # buttons need a text to hang on
    last = len(messages) - 1
    return tuple(_part(message, buttons if number == last else []) for number, message in enumerate(messages))


def _part(message: Marked, buttons: list[list[dict[str, object]]]) -> str:
    part: dict[str, object] = {"text": message.text, "entities": message.entities()}
    return json.dumps(part | ({"keyboard": buttons} if buttons else {}), ensure_ascii=False)


def _groups(blocks: tuple[Block, ...]) -> list[Bundle]:
    """One bundle a block; headings go with the block below them."""
    groups: list[Bundle] = []
    open_headings: list[Bundle] = []
    above: Block | None = None
    for block in blocks:
        open_headings.append(_bundle(block, above))
        if not isinstance(block, Heading):
            groups.append(bundle(open_headings[0].before, open_headings))
            open_headings = []
        above = block
    return groups + open_headings


def _bundle(block: Block, above: Block | None) -> Bundle:
    before = _space(above, block)
    match block:
        case Heading():
            return Bundle(before, _marked(_strong(block.runs)).stripped())
        case Paragraph():
            return Bundle(before, _marked(block.runs).stripped())
        case Quotation():
            return _quotation(block, before)
        case Item():
            lines = [Bundle(_LINE, _marked(runs).stripped()) for runs in (block.head, *block.lines)]
            return bundle(before, [*lines, *(_quotation(each, _LINE) for each in block.quotations)])
        case Footer():
            return bundle(before, [Bundle(_LINE, _marked(runs).stripped()) for runs in block.lines])


def _space(above: Block | None, block: Block) -> str:
    """A title stands on what it entitles, and so do the lines of a list; everything else gets a blank line."""
    if isinstance(above, Heading) and not isinstance(block, Heading):
        return _LINE
    return _LINE if _is_line(above) and _is_line(block) else _GAP


def _is_line(block: Block | None) -> bool:
    return isinstance(block, Item) and not block.lines and not block.quotations


def _quotation(block: Quotation, before: str) -> Bundle:
    quote, source = _marked(block.runs, quoted=True).stripped(), _marked(block.source, quoted=True).stripped()
    if units(quote.text) >= FOLDED_FROM:
        return bundle(before, [Bundle(_LINE, quote.within(LONG_QUOTE)), Bundle(_LINE, source)])
    pieces = (Bundle(_LINE, quote), Bundle(_LINE, source))
    quoted = tuple(replace(piece, body=piece.body.within(QUOTE)) for piece in pieces)
    return Bundle(before, bundle("", pieces).body.within(QUOTE), quoted)


def _strong(runs: Runs) -> Iterable[Run]:
    return (run if run.style is Style.CODE else replace(run, style=Style.STRONG) for run in runs)


def _marked(runs: Iterable[Run], *, quoted: bool = False) -> Marked:
    """Runs as marked text; neighbours of one look are one run."""
    looks = groupby(runs, key=lambda run: (run.style, run.url))
    merged = (Run("".join(run.text for run in same), style, url) for (style, url), same in looks)
    return reduce(Marked.__add__, (_run(run, quoted=quoted) for run in merged), Marked())


def _run(run: Run, *, quoted: bool) -> Marked:
    text, url = clean(run.text), safe_url(run.url)
    if not text.strip():
        return Marked(text)
    if url:  # Telegram finds nothing inside a link
        return _styled(text, run.style if run.style is not Style.CODE else Style.PLAIN).within(LINK, url)
    if run.style is Style.CODE:
        return _styled(text, Style.CODE)
    return _disarmed(text, run.style, quoted=quoted)


def _disarmed(text: str, style: Style, *, quoted: bool) -> Marked:
    """`text` in its style, but what would call somebody as code, which can't be part of another style."""
    made, at = Marked(), 0
    for start, end in calls(text, quoted=quoted):
        made += _styled(text[at:start], style) + _styled(text[start:end], Style.CODE)
        at = end
    return made + _styled(text[at:], style)


def _styled(text: str, style: Style) -> Marked:
    """`text` with a mark on its words; white space around them stays bare, as Telegram would trim the mark anyway."""
    words = text.strip()
    start = text.find(words)
    kind = _KINDS.get(style)
    marks = (Mark(kind, start, start + len(words)),) if kind and words else ()
    return Marked(text, marks)

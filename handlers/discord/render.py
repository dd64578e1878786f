"""Reply → messages, as the JSON text of Discord's own `components`. Pure; must not know how messages are sent.

Components V2 (text displays) rather than embeds: on a phone the text has the message's whole width and size, an embed a
narrow box; it holds 4,000 characters against 2,000 of plain content; it needs no Embed Links right, is not hidden from
readers who switched embeds off, and never unfolds a link into a preview. Its price: a message once sent so can't go
back to plain content, so all are sent so. Limits: 4,000 characters of text a message, 40 components, 5 buttons a row,
label 80, custom_id 100, button address 512 (discord.com/developers/docs/components/reference).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from bot.model.replies import Block, Button, Footer, Heading, Item, Paragraph, Quotation, Reply, Run, Runs
from handlers.discord.cutting import Clump, Group, Line, cut, size
from handlers.discord.markdown import clean, safe_url

TEXT_LIMIT = 4000
MAX_ROWS = 5
MAX_IN_ROW = 5
MAX_LABEL = 80
MAX_CUSTOM_ID = 100
MAX_BUTTON_URL = 512

_ROW, _BUTTON, _TEXT = 1, 2, 10
_SECONDARY, _LINK = 2, 5
_CUSTOM_ID = re.compile(r"\d+([=+])(.*)", re.DOTALL)


def render(reply: Reply, *, keep: bool = False) -> tuple[str, ...]:
    """The reply as messages in order; none for a reply without text and buttons.

    Each is `{"components": [...]}`. Nothing of the blocks is lost; buttons stand under the last text, more than 25 in
    messages of their own. A button that can't be pressed (no command, a command over 97 characters) is left out; one
    whose address is too long for a button stands as a link in the text. With `keep` no answer to a button takes the
    message's place.
    """
    texts = cut((*_clumps(reply.blocks), *_long_links(reply.buttons)), TEXT_LIMIT)
    rows = list(_rows(reply.buttons, alone=len(texts) <= 1 and not keep))
    sheets = [rows[at : at + MAX_ROWS] for at in range(0, len(rows), MAX_ROWS)] or [[]]
    parts = [[_display(text)] for text in texts] or [[]]
    parts[-1] = [*parts[-1], *sheets[0]]
    parts.extend(sheets[1:])
    return tuple(json.dumps({"components": part}, ensure_ascii=False) for part in parts if part)


def command_of(custom_id: str) -> tuple[str, bool] | None:
    """A pressed button's command line, and whether another answer may take its message's place (it was a whole one)."""
    found = _CUSTOM_ID.fullmatch(custom_id)
    return (found[2], found[1] == "=") if found else None


def _display(text: str) -> dict[str, object]:
    return {"type": _TEXT, "content": text}


def _clumps(blocks: tuple[Block, ...]) -> Iterator[Clump]:
    """One clump a block; a heading joins the block under it, so that no message ends with a heading."""
    headings: Group = ()
    for block in blocks:
        if isinstance(block, Heading):
            headings = (*headings, _heading(block))
            continue
        first, *others = _groups(block) or ((),)
        clump = Clump(((*headings, *first), *others), tight=_is_one_line(block) and not headings)
        headings = ()
        yield clump
    if headings:
        yield Clump((headings,))


def _is_one_line(block: Block) -> bool:
    return isinstance(block, Item) and not block.lines and not block.quotations


def _heading(heading: Heading) -> Line:
    runs = tuple(replace(run, text=re.sub(r"\s*\n\s*", " ", run.text)) for run in _cleaned(heading.runs))
    return Line(runs, "## " if heading.level == 1 else "### ")


def _groups(block: Paragraph | Quotation | Item | Footer) -> tuple[Group, ...]:
    match block:
        case Paragraph(runs):
            return ((Line(_cleaned(runs)),),)
        case Quotation():
            return (_quotation(block),)
        case Footer(lines):
            return tuple((Line(_cleaned(runs), "-# "),) for runs in lines)
        case Item(head, lines, quotations):
            details = [*((Line(_cleaned(runs)),) for runs in lines), *map(_quotation, quotations)]
            return ((Line(_cleaned(head)), *(details[0] if details else ())), *details[1:])


def _quotation(quotation: Quotation) -> Group:
    return Line(_cleaned(quotation.runs), "> "), Line(_cleaned(quotation.source), "-# ")


def _cleaned(runs: Runs) -> Runs:
    return tuple(Run(clean(run.text), run.style, run.url) for run in runs)


def _rows(rows: tuple[tuple[Button, ...], ...], *, alone: bool) -> Iterator[dict[str, object]]:
    """Action rows; a row of more than five buttons becomes several."""
    number = 0
    for row in rows:
        made: list[dict[str, object]] = []
        for button in row:
            component = _button(button, f"{number}{'=' if alone else '+'}")
            made.extend([component] if component else [])
            number += 1
        yield from ({"type": _ROW, "components": made[at : at + MAX_IN_ROW]} for at in range(0, len(made), MAX_IN_ROW))


def _button(button: Button, mark: str) -> dict[str, object] | None:
    """The mark keeps custom_ids of one message apart, as Discord asks."""
    label = _label(button.label or button.command or button.url)
    if url := safe_url(button.url):
        return {"type": _BUTTON, "style": _LINK, "label": label, "url": url} if len(url) <= MAX_BUTTON_URL else None
    custom_id = f"{mark}{button.command}"
    if not button.command or size(custom_id) > MAX_CUSTOM_ID:
        return None
    return {"type": _BUTTON, "style": _SECONDARY, "label": label, "custom_id": custom_id}


def _label(text: str) -> str:
    label = " ".join(clean(text).split()) or "…"
    while size(label) > MAX_LABEL:
        label = f"{label[:-2].rstrip()}…"
    return label


def _long_links(rows: tuple[tuple[Button, ...], ...]) -> Iterator[Clump]:
    for button in (button for row in rows for button in row):
        if len(safe_url(button.url)) > MAX_BUTTON_URL:
            yield Clump(((Line((Run(_label(button.label), url=button.url),)),),), tight=True)

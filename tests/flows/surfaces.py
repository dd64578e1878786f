"""What each platform is sent, written so that one can read it: the real renderers' output with its formatting made visible. Sends nothing.

Telegram's entities become tags, a block quote begins its lines with `> ` (folded: `>> `); Discord's markdown stays as it is;
the console is shown as a terminal of 88 columns shows it. Buttons are `[ label → what they do ]`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from bot.model.replies import Reply
from handlers.console.render import as_text, rows
from handlers.console.render import render as console_parts
from handlers.discord.render import TEXT_LIMIT, command_of
from handlers.discord.render import render as discord_parts
from handlers.telegram.cutting import MAX_UNITS
from handlers.telegram.keyboards import command_on
from handlers.telegram.render import render as telegram_parts

WRITING = os.environ.get("PLANWATCH_GOLDEN") == "write"  # asked for once, before tests hide the environment
COLUMNS = 88
_TAGS = {"bold": "b", "italic": "i", "code": "code"}
_QUOTES = {"blockquote": "> ", "expandable_blockquote": ">> "}


def on_telegram(reply: Reply, *, posted: bool = False) -> str:
    """The reply as Telegram shows it; `posted`: sent by itself, as a digest is, so that its buttons leave it in place."""
    parts = [json.loads(part) for part in telegram_parts(reply, keep=posted)]
    return "\n".join(_telegram_message(part, number, len(parts)) for number, part in enumerate(parts, 1))


def on_discord(reply: Reply, *, posted: bool = False) -> str:
    """The reply as Discord is sent it."""
    parts = [json.loads(part) for part in discord_parts(reply, keep=posted)]
    return "\n".join(_discord_message(part, number, len(parts)) for number, part in enumerate(parts, 1))


def on_console(reply: Reply) -> str:
    """The reply as a terminal shows it, where addresses hide behind their links."""
    return "".join(f"{as_text(row)}\n" for part in console_parts(reply) for row in rows(part, COLUMNS, addresses=False))


def _telegram_message(part: dict[str, Any], number: int, count: int) -> str:
    units = len(part["text"].encode("utf-16-le")) // 2
    lines = [_title(number, count, f"{units} of {MAX_UNITS} units"), _tagged(part["text"], part["entities"])]
    lines += [_row((b["text"], command_on(b["callback_data"])[0]) for b in row) for row in part.get("keyboard", ())]
    return "\n".join(lines) + "\n"


def _discord_message(part: dict[str, Any], number: int, count: int) -> str:
    texts = [each["content"] for each in part["components"] if "content" in each]
    sheets = [each["components"] for each in part["components"] if "components" in each]
    lines = [_title(number, count, f"{sum(map(len, texts))} of {TEXT_LIMIT} characters"), *texts]
    lines += [_row((b["label"], (command_of(b["custom_id"]) or ("", False))[0]) for b in row) for row in sheets]
    return "\n".join(lines) + "\n"


def _title(number: int, count: int, size: str) -> str:
    return f"--- message {number} of {count}, {size} ---"


def _row(buttons: Iterator[tuple[str, str]]) -> str:
    return " ".join(f"[ {label} → {command} ]" for label, command in buttons)


def _tagged(text: str, entities: list[dict[str, Any]]) -> str:
    """Entities count UTF-16 units; what they open last they close first."""
    units = text.encode("utf-16-le")
    cuts = sorted({0, len(units), *(2 * at for each in entities for at in _ends(each))})
    written = ""
    for start, end in zip(cuts, [*cuts[1:], len(units)], strict=True):
        closing = [each for each in reversed(entities) if 2 * _ends(each)[1] == start]
        opening = [each for each in entities if 2 * each["offset"] == start]
        written += "".join(f"</{_tag(e)}>" for e in closing if _tag(e)) + "".join(_opened(e) for e in opening)
        written += units[start:end].decode("utf-16-le")
    return _quoted(written, text, entities)


def _quoted(written: str, text: str, entities: list[dict[str, Any]]) -> str:
    """A block quote is made of whole lines; tags hold no line break, so lines keep their number."""
    lines = written.split("\n")
    for each in (each for each in entities if each["type"] in _QUOTES):
        start, end = (text.encode("utf-16-le")[: 2 * at].decode("utf-16-le").count("\n") for at in _ends(each))
        for number in range(start, end + 1):
            lines[number] = _QUOTES[each["type"]] + lines[number]
    return "\n".join(lines)


def _ends(entity: dict[str, Any]) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _tag(entity: dict[str, Any]) -> str:
    return "a" if entity["type"] == "text_link" else _TAGS.get(entity["type"], "")


def _opened(entity: dict[str, Any]) -> str:
    tag = _tag(entity)
    return f'<a href="{entity["url"]}">' if tag == "a" else f"<{tag}>" if tag else ""

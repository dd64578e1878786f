"""What can be asked, and what this is. Knows no platform; the command table is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model.replies import Block, Footer, Heading, Item, Paragraph, Reply, Run, Style, plain
from bot.model.topics import Localised, Topic
from bot.present.buttons import board_buttons, ways
from bot.present.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """One command as help shows it."""

    example: str
    summary: Localised


def help_reply(lines: Sequence[HelpLine], topic: Topic, reader: Reader) -> Reply:
    """Every command with an example, and how layers may be named."""
    title = Heading(plain(reader.say("help-title")))
    intro = Paragraph(plain(introduction(topic, reader)))
    items = tuple(
        Item((Run(line.example, Style.CODE), Run(f" · {line.summary.of(reader.language)}"))) for line in lines
    )
    layer = topic.layers[0] if topic.layers else None
    names = reader.say("help-names", number=1, name=layer.names.of(reader.language), id=layer.id) if layer else ""
    footer = Footer(tuple((Run(text, Style.SOFT),) for text in (names, reader.say("help-promise")) if text))
    return Reply(blocks=(title, intro, *items, footer), buttons=ways(reader, "layers", "status", "digest"))


def start_reply(topic: Topic, board: tuple[Block, ...], reader: Reader) -> Reply:
    """What this is in two sentences, then the board."""
    intro = (Paragraph(plain(introduction(topic, reader))), Paragraph(plain(reader.say("start-how"))))
    return Reply(blocks=(*intro, *board), buttons=board_buttons(topic, reader), edits=False)


def introduction(topic: Topic, reader: Reader) -> str:
    """Which plan is followed and what every line rests on."""
    return reader.say("introduction", topic=topic.names.of(reader.language))

"""A rendered part → what discord.py sends. Must not know how parts are made, nor where they go."""

from __future__ import annotations

import json
from typing import Any

import discord
from discord import ui

from bot.model.errors import PartRefused

NO_MENTIONS = discord.AllowedMentions.none()


def layout_of(part: str) -> ui.LayoutView:
    """The part (as `render` made it, maybe long ago) as a finished layout. Raises PartRefused for what is none.

    Finished means that discord.py keeps no callbacks for it: buttons carry their command themselves and outlive a
    restart.
    """
    layout = ui.LayoutView(timeout=None)
    try:
        for component in json.loads(part)["components"]:
            layout.add_item(_item(component))
    except (ValueError, KeyError, TypeError) as error:
        raise PartRefused(f"not a Discord message: {type(error).__name__}") from None
    layout.stop()
    return layout


def _item(component: dict[str, Any]) -> ui.Item[Any]:
    if component["type"] == discord.ComponentType.text_display.value:
        return ui.TextDisplay(component["content"])
    if component["type"] == discord.ComponentType.action_row.value:
        return ui.ActionRow(*(_button(button) for button in component["components"]))
    raise ValueError("a component we never send")


def _button(button: dict[str, Any]) -> ui.Button[Any]:
    return ui.Button(
        style=discord.ButtonStyle(button["style"]),
        label=button["label"],
        custom_id=button.get("custom_id"),
        url=button.get("url"),
    )

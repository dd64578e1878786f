"""Rows of buttons under replies. Knows command names, not what they do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.replies import Button
from bot.model.topics import Topic
from bot.present.reader import Reader

A_ROW = 3  # names of layers that fit beside each other on a phone
Rows = tuple[tuple[Button, ...], ...]


def rows_of(buttons: Sequence[Button], width: int = A_ROW) -> Rows:
    """The buttons, `width` a row."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def board_buttons(topic: Topic, reader: Reader) -> Rows:
    """One a layer; then what moved and who stands where."""
    layers = [Button(layer.names.of(reader.language), f"layer {layer.id}") for layer in topic.layers]
    return (*rows_of(layers), *ways(reader, "digest", "status"))


def ways(reader: Reader, *commands: str) -> Rows:
    """One row of buttons to other replies; each command `name` is labelled by the message `button-name`."""
    return (tuple(Button(reader.say(f"button-{command}"), command) for command in commands),)

"""Lets one update that can't be read pass as an empty one; else it would stop those behind it, again and again.

Knows nothing of what updates mean: it sits where the client turns bytes into JSON.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.request import HTTPXRequest

_UNREADABLE = (TypeError, ValueError, KeyError, AttributeError)


class SievedRequest(HTTPXRequest):
    """The client's HTTP line for `getUpdates`."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON. Raises TelegramError where it is none."""
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [_readable(update) for update in answer["result"] if isinstance(update, dict)]
        return answer


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(update, None)
    except _UNREADABLE:
        return {"update_id": update["update_id"]}
    return update

"""The judge of calls must itself tell right from wrong, or the contract tests prove nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.telegram_rules import mistakes

OFF = {"is_disabled": True}


def _bold(offset: int, length: int, kind: str = "bold", **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def _button(**more: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "A", **more}]]}


def _sent(**more: Any) -> list[str]:
    return mistakes("sendMessage", {"chat_id": 1, "text": "🇺🇦 text", "link_preview_options": OFF} | more)


def test_a_right_call_passes() -> None:
    assert (
        _sent(
            entities=[_bold(0, 4), _bold(5, 4, "text_link", url="https://a.example/")],
            reply_markup=_button(callback_data="x"),
        )
        == []
    )


@pytest.mark.parametrize(
    "more",
    [
        {"chat_id": True},
        {"txt": "x"},
        {"text": ""},
        {"text": "🇺" * 2_049},
        {"text": " x"},
        {"text": "a\x00b"},
        {"link_preview_options": {}},
        {"link_preview_options": {"disabled": True}},
        {"entities": [_bold(0, 99)]},
        {"entities": [_bold(0, 0)]},
        {"entities": [_bold(-1, 2)]},
        {"entities": [_bold(1, 2)]},
        {"entities": [_bold(0, 4, "loud")]},
        {"entities": [_bold(0, 4, "text_link")]},
        {"entities": [_bold(0, 6), _bold(4, 4, "italic")]},
        {"entities": [_bold(0, 6), _bold(0, 4, "code")]},
        {"entities": [_bold(0, 6, "blockquote"), _bold(0, 4, "expandable_blockquote")]},
        {"entities": [_bold(0, 4)] * 101},
        {"reply_markup": _button()},
        {"reply_markup": _button(callback_data="щ" * 33)},
        {"reply_markup": _button(callback_data="x", url="https://a.example/")},
        {"reply_markup": _button(url="javascript:x")},
        {"reply_markup": {"inline_keyboard": [[]]}},
        {"reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "x"}] * 9]}},
        {"reply_markup": {"keyboard": []}},
    ],
)
def test_a_wrong_call_is_caught(more: dict[str, Any]) -> None:
    assert _sent(**more)


def test_unknown_methods_missing_and_mistyped_parameters_are_caught() -> None:
    assert mistakes("sendMassage", {})
    assert mistakes("sendMessage", {"text": "x", "link_preview_options": OFF})
    assert mistakes("getChatMember", {"chat_id": 1, "user_id": "Olena"})
    assert mistakes("setMyCommands", {"commands": [{"command": "layers"}]})
    assert mistakes("setMyCommands", {"commands": [{"command": "l" * 33, "description": "x"}]})

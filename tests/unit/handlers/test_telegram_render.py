"""Replies as Telegram messages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.replies import Block, Button, Footer, Heading, Item, Paragraph, Quotation, Reply, Run, Runs, Style, plain
from handlers.telegram.harmless import clean
from handlers.telegram.render import render
from tests.contracts.telegram_rules import mistakes, utf16

Json = dict[str, Any]
SOURCE = (Run("a diplomat, to "), Run("Lantern Agency", url="https://lantern.example/1"), Run(", 4 Jan", Style.SOFT))
QUOTE = Quotation(plain("“The partners would begin within ten days.”"), SOURCE)
ITEM = Item((Run("Response", Style.STRONG), Run(": within ten days")), quotations=(QUOTE,))


def _parts(reply: Reply, *, keep: bool = False) -> list[Json]:
    return [json.loads(part) for part in render(reply, keep=keep)]


def _only(*blocks: Any, buttons: tuple[tuple[Button, ...], ...] = ()) -> Json:
    (part,) = _parts(Reply(blocks=blocks, buttons=buttons))
    return part


def _covered(part: Json, kind: str) -> list[str]:
    raw = part["text"].encode("utf-16-le")
    return [_slice(raw, each) for each in part["entities"] if each["type"] == kind]


def _slice(raw: bytes, entity: Json) -> str:
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


def test_a_digest_reads_title_item_quote_source_small_print() -> None:
    part = _only(
        Heading(plain("What moved")),
        Paragraph(plain("One value moved")),
        ITEM,
        Footer((plain("Silent: army"), plain("Next: 08:00"))),
    )
    assert part["text"] == (
        "What moved\nOne value moved\n\nResponse: within ten days\n“The partners would begin within ten days.”\n"
        "a diplomat, to Lantern Agency, 4 Jan\n\nSilent: army\nNext: 08:00"
    )
    assert _covered(part, "bold") == ["What moved", "Response"]
    assert _covered(part, "blockquote") == [
        "“The partners would begin within ten days.”\na diplomat, to Lantern Agency, 4 Jan"
    ]
    assert _covered(part, "text_link") == ["Lantern Agency"]
    assert _covered(part, "italic") == [", 4 Jan"]


def test_a_list_of_lines_stands_close_and_full_items_stand_apart() -> None:
    lines = (Item(plain("/layers")), Item(plain("/status")))
    assert _only(Heading(plain("Help"), 2), *lines, ITEM)["text"].startswith("Help\n/layers\n/status\n\nResponse")


def test_a_long_quote_folds_up_but_its_source_stays_in_sight() -> None:
    part = _only(Quotation(plain("“" + "So it is said. " * 40 + "”"), SOURCE))
    (folded,) = _covered(part, "expandable_blockquote")
    assert (folded.endswith("”"), "Lantern" in folded, _covered(part, "blockquote")) == (True, False, [])


def test_emoji_and_rare_letters_do_not_shift_the_marks() -> None:
    part = _only(
        Paragraph((Run("🇺🇦𝔸 "), Run("bold", Style.STRONG), Run(" 👩‍👩‍👧 "), Run("link", url="https://a.example/")))
    )
    assert (_covered(part, "bold"), _covered(part, "text_link")) == (["bold"], ["link"])


def test_markup_in_a_text_shows_as_it_was_written() -> None:
    hostile = "<b>x</b> [a](tg://user?id=1) **b** `c` &lt;"
    assert _only(Paragraph(plain(hostile))) == {"text": hostile, "entities": []}


def test_a_mention_in_a_quote_rings_nobody_and_stays_verbatim() -> None:
    part = _only(
        Quotation((Run("Ask @durov or mail a@b.example, says ", Style.STRONG), Run("@all_of_you")), plain("Outlet"))
    )
    assert "Ask @durov or mail a@b.example, says @all_of_you" in part["text"]
    assert _covered(part, "code") == ["@durov", "@all_of_you"]
    assert _covered(part, "bold") == ["Ask", "or mail a@b.example, says"]


def test_a_command_can_be_tapped_in_help_but_not_in_a_quote() -> None:
    assert _covered(_only(Item(plain("/unsubscribe stops it"))), "code") == []
    part = _only(Quotation(plain("Type /unsubscribe@planwatch_bot now and/or later"), plain("Outlet")))
    assert _covered(part, "code") == ["/unsubscribe@planwatch_bot"]


def test_a_quote_full_of_mentions_does_not_eat_the_entities_of_the_message() -> None:
    part = _only(Quotation(plain(" ".join(f"@user{n}" for n in range(60))), plain("Outlet")))
    assert len(_covered(part, "code")) == 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "tg://user?id=1",
        "http://localhost/x",
        "https://",
        "https://a.example/ b",
        "https://a@b.example/",
        "https://a.example:x/",
        "https://a.example/" + "x" * 2_048,
    ],
)
def test_an_address_telegram_would_not_open_is_no_link_and_no_button(url: str) -> None:
    part = _only(
        Paragraph((Run("text", url=url),)), buttons=((Button("Open", url=url), Button("Help", command="help")),)
    )
    assert (part["entities"], part["keyboard"]) == ([], [[{"text": "Help", "callback_data": "help"}]])


def test_buttons_run_commands_or_open_pages_on_the_last_part() -> None:
    long = tuple(Paragraph(plain("word " * 700)) for _ in range(3))
    rows = ((Button("Force", command="layer force"), Button("Source", url="https://a.example/1")),)
    first, *_, last = _parts(Reply(blocks=long, buttons=rows))
    assert "keyboard" not in first
    assert last["keyboard"] == [
        [{"text": "Force", "callback_data": "layer force"}, {"text": "Source", "url": "https://a.example/1"}]
    ]


def test_a_row_of_ten_buttons_becomes_two_rows() -> None:
    part = _only(Paragraph(plain("x")), buttons=(tuple(Button(str(n), command=f"layer {n}") for n in range(10)),))
    assert [len(row) for row in part["keyboard"]] == [8, 2]


def test_a_command_too_long_for_a_button_is_copied_instead() -> None:
    command = "why " + "щ" * 31
    ((button,),) = _only(Paragraph(plain("x")), buttons=((Button("Why", command=command),),))["keyboard"]
    assert button == {"text": "Why", "copy_text": {"text": f"/{command}"}}


def test_buttons_of_a_digest_say_that_it_must_stay() -> None:
    (part,) = _parts(Reply(blocks=(ITEM,), buttons=((Button("Board", command="layers"),),)), keep=True)
    assert part["keyboard"] == [[{"text": "Board", "callback_data": "+layers"}]]


def test_nothing_to_say_is_no_message() -> None:
    assert render(Reply(blocks=())) == ()
    assert render(Reply(blocks=(Paragraph(plain(" \n ")), Item(plain(""))))) == ()


def test_a_digest_is_cut_between_items_and_no_heading_is_left_behind() -> None:
    section: tuple[Block, ...] = (
        Heading(plain("Response"), 2),
        *(Item(plain(f"Item {n}"), (plain("x" * 900),)) for n in range(4)),
    )
    parts = _parts(Reply(blocks=(*section, *section)))
    for part in parts:
        assert re.match(r"Response\n|Item \d", part["text"])
        assert not part["text"].endswith("Response")


def test_a_quote_that_does_not_fit_moves_on_with_its_source() -> None:
    long = Item(
        plain("Head"), (plain("a " * 1_600),), (Quotation(plain("“" + "b " * 400 + "”"), plain("THE SOURCE")),) * 2
    )
    parts = _parts(Reply(blocks=(long,)))
    assert len(parts) == 2
    for part in parts:
        assert part["text"].count("“") == part["text"].count("THE SOURCE")


def test_a_quote_over_the_limit_is_cut_after_a_sentence_and_stays_a_quote() -> None:
    sentence = "The draft names the number again. "
    parts = _parts(Reply(blocks=(Quotation(plain(sentence * 200), plain("Outlet")),)))
    assert len(parts) == 2
    assert parts[0]["text"].endswith("again.")
    assert all(_covered(part, "expandable_blockquote") for part in parts)
    assert parts[-1]["text"].endswith("\nOutlet")


def test_a_word_without_end_is_cut_between_whole_signs() -> None:
    family = "👨‍👩‍👧"
    parts = _parts(Reply(blocks=(Paragraph(plain(family * 1_500)),)))
    assert "".join(part["text"] for part in parts) == family * 1_500
    assert all(part["text"].startswith("👨") for part in parts)


def test_addresses_too_heavy_for_one_message_go_into_two() -> None:
    heavy = tuple(Item((Run(f"Source {n}", url=f"https://a.example/{n}?{'x' * 1_500}"),)) for n in range(12))
    parts = _parts(Reply(blocks=heavy))
    assert len(parts) == 3
    assert sum(len(_covered(part, "text_link")) for part in parts) == 12


# Everything below is true of any reply.
_letters = st.sampled_from(list("ab .!?\n\t@/_x1«»“”щ🇺👩‍\u0301\u202e\ud800\x00"))
_texts = st.text(_letters, max_size=60) | st.builds(
    str.__mul__, st.text(_letters, min_size=1, max_size=12), st.integers(1, 900)
)
_urls = st.sampled_from(
    ["", "", "https://a.example/x", "https://a.example/" + "y" * 1_900, "javascript:x", "https://[bad"]
)
_runs: st.SearchStrategy[Runs] = st.lists(st.builds(Run, _texts, st.sampled_from(Style), _urls), max_size=5).map(tuple)
_quotations = st.builds(Quotation, _runs, _runs)
_lines = st.lists(_runs, max_size=3).map(tuple)
_blocks = st.one_of(
    st.builds(Heading, _runs, st.integers(1, 2)),
    st.builds(Paragraph, _runs),
    _quotations,
    st.builds(Item, _runs, _lines, st.lists(_quotations, max_size=2).map(tuple)),
    st.builds(Footer, _lines),
)
_buttons = st.lists(st.lists(st.builds(Button, _texts, _texts, _urls), max_size=10).map(tuple), max_size=3).map(tuple)
_replies = st.builds(Reply, blocks=st.lists(_blocks, max_size=6).map(tuple), buttons=_buttons)


def _words_of(reply: Reply) -> str:
    """Everything a reply says, in order, without white space."""
    return "".join(_bare(run.text) for block in reply.blocks for run in _runs_of(block))


def _runs_of(block: Any) -> list[Run]:
    match block:
        case Quotation():
            return [*block.runs, *block.source]
        case Item():
            lines = [run for runs in (block.head, *block.lines) for run in runs]
            return [*lines, *(run for quotation in block.quotations for run in _runs_of(quotation))]
        case Footer():
            return [run for runs in block.lines for run in runs]
    return list(block.runs)


def _bare(text: str) -> str:
    return "".join(clean(text).split())


@settings(max_examples=150, deadline=None)
@given(_replies)
def test_no_reply_breaks_a_limit_or_loses_a_word(reply: Reply) -> None:
    parts = _parts(reply)
    for part in parts:
        params = {
            "chat_id": 1,
            "text": part["text"],
            "entities": part["entities"],
            "link_preview_options": {"is_disabled": True},
        }
        params |= {"reply_markup": {"inline_keyboard": part["keyboard"]}} if "keyboard" in part else {}
        assert mistakes("sendMessage", params) == []
        assert 1 <= utf16(part["text"]) <= 4_096
    text = "".join(_bare(part["text"]) for part in parts)
    assert text == _words_of(reply) or (text == "…" and not _words_of(reply))

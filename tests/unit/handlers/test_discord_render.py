"""A reply as Discord messages: within the limits, nothing lost, nothing torn apart that belongs together."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.replies import Button, Footer, Heading, Item, Paragraph, Quotation, Reply, Run, Runs, Style, plain
from handlers.discord.cutting import size
from handlers.discord.markdown import clean, safe_url
from handlers.discord.render import command_of, render
from tests.contracts.discord_rules import COMPONENTS_V2, mistakes, text_of, walk
from tests.unit.handlers.discord_reading import read
from tests.unit.handlers.test_discord_markdown import HOSTILE_TEXT, RUNS, bare

_LONG = st.builds(lambda text, times: text * times, HOSTILE_TEXT, st.integers(1, 300)).map(lambda text: text[:9000])
_LONG_RUNS = st.lists(st.builds(Run, _LONG, st.sampled_from(Style)), max_size=2).map(tuple)
_ANY = st.one_of(RUNS, RUNS, _LONG_RUNS)
_QUOTATIONS = st.builds(Quotation, _ANY, RUNS)
_BLOCKS = st.one_of(
    st.builds(Heading, _ANY, st.integers(1, 2)),
    st.builds(Paragraph, _ANY),
    _QUOTATIONS,
    st.builds(Item, _ANY, st.lists(_ANY, max_size=3).map(tuple), st.lists(_QUOTATIONS, max_size=2).map(tuple)),
    st.builds(Footer, st.lists(_ANY, max_size=3).map(tuple)),
)
_ADDRESSES = st.sampled_from(("", "https://x.example/a", "javascript:x", "https://x.example/" + "a" * 700))
_BUTTONS = st.builds(
    Button, st.text(max_size=120), st.sampled_from(("", "layers", "layer force", "why " + "x" * 120)), _ADDRESSES
)
_ROWS = st.lists(st.lists(_BUTTONS, max_size=7).map(tuple), max_size=7).map(tuple)
_REPLIES = st.builds(Reply, blocks=st.lists(_BLOCKS, max_size=5).map(tuple), buttons=_ROWS)


def _parts(reply: Reply) -> list[list[dict[str, Any]]]:
    return [json.loads(part)["components"] for part in render(reply)]


def _texts(reply: Reply) -> list[str]:
    return [text_of(components) for components in _parts(reply)]


def _runs(reply: Reply) -> list[Runs]:
    """All runs of a reply's blocks, in reading order."""
    found: list[Runs] = []
    for block in reply.blocks:
        match block:
            case Heading(runs) | Paragraph(runs):
                found.append(runs)
            case Quotation(runs, source):
                found += [runs, source]
            case Footer(lines):
                found += lines
            case Item(head, lines, quotations):
                found += [head, *lines, *(runs for each in quotations for runs in (each.runs, each.source))]
    return found


@settings(max_examples=150, deadline=None)
@given(_REPLIES)
def test_every_part_is_a_message_that_discord_takes(reply: Reply) -> None:
    for part in render(reply):
        message = {**json.loads(part), "flags": COMPONENTS_V2, "allowed_mentions": {"parse": []}}
        assert mistakes("POST", "/channels/1/messages", {}, message) == []
        assert size(text_of(message["components"])) <= 4000


@settings(max_examples=150, deadline=None)
@given(_REPLIES)
def test_cutting_loses_nothing_and_lets_no_mark_through(reply: Reply) -> None:
    written = bare("".join(clean(run.text) for runs in _runs(reply) for run in runs))
    without_buttons = Reply(blocks=reply.blocks)
    seen = [read(text) for text in _texts(without_buttons)]
    assert bare("".join(each.text for each in seen)) == written
    ours = {"bold", "code", "link", "autolink", "quote", "heading", "small"}
    assert {mark for each in seen for mark in each.marks} <= ours
    links = {safe_url(run.url) for runs in _runs(reply) for run in runs}
    assert {link for each in seen for link in each.links} <= links


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 3500), min_size=1, max_size=12))
def test_a_quotation_keeps_its_source(lengths: list[int]) -> None:
    quotations = [
        Quotation(plain(f"“quote {number} {'ю' * length} end{number}”"), plain(f"source{number}."))
        for number, length in enumerate(lengths)
    ]
    texts = _texts(Reply(blocks=(Item(plain("head"), quotations=tuple(quotations)), *quotations)))
    for number in range(len(lengths)):
        holding = [text for text in texts if f"“quote {number} " in text]
        assert holding and all(f"end{number}”\n-# source{number}." in text for text in holding)


def test_an_overlong_quotation_is_cut_between_sentences_and_its_end_keeps_the_source() -> None:
    sentence = "The partners would have to begin deliveries inside ten days. "
    long = Quotation(plain(f"“{sentence * 150}”"), (Run("Lantern Agency", url="https://lantern.example/a"),))
    texts = _texts(Reply(blocks=(long,)))
    assert len(texts) == 3
    assert all(text.startswith("> ") for text in texts)
    assert all(text.endswith("ten days.") for text in texts[:-1])
    assert texts[-1].endswith("\n-# [Lantern Agency](https://lantern.example/a)")
    assert "days." in texts[-1]


def test_a_heading_never_ends_a_message() -> None:
    blocks = (Paragraph(plain("x " * 1990)), Heading(plain("Response"), 2), Paragraph(plain("within ten days")))
    assert _texts(Reply(blocks=blocks))[1] == "### Response\nwithin ten days"


def test_an_item_goes_whole_into_the_next_message_rather_than_in_pieces_into_two() -> None:
    item = Item(plain("head"), lines=tuple(plain("detail " * 100) for _ in range(3)))
    first, second = _texts(Reply(blocks=(Paragraph(plain("x " * 1500)), item)))
    assert "head" not in first
    assert second.count("detail") == 300


def test_a_board_is_compact_and_a_digest_has_air() -> None:
    board = Reply(
        blocks=(
            Heading((Run("Security guarantees for Ukraine"),)),
            Paragraph(plain("Monday 5 January, 08:00 (Kyiv)")),
            Item((Run("1 Army", Style.STRONG), Run(" · agreed in principle")), (plain("800,000 in peacetime"),)),
            Item((Run("2 Force", Style.STRONG), Run(" · proposed"))),
            Item((Run("3 Monitoring", Style.STRONG), Run(" · proposed"))),
            Footer((plain("Read: 14 of 16 sources."), plain("Next digest: tomorrow."))),
        )
    )
    assert _texts(board) == [
        "## Security guarantees for Ukraine\nMonday 5 January, 08:00 (Kyiv)\n\n"
        "**1 Army** · agreed in principle\n800,000 in peacetime\n\n"
        "**2 Force** · proposed\n**3 Monitoring** · proposed\n\n"
        "-# Read: 14 of 16 sources.\n-# Next digest: tomorrow."
    ]


def test_a_quote_of_several_lines_stays_a_quote() -> None:
    quotation = Quotation(
        plain("«Перший рядок.\n# Другий рядок.»"), (Run("Svitanok", Style.SOFT), Run(", 4 січня", Style.SOFT))
    )
    assert _texts(Reply(blocks=(quotation,))) == ["> «Перший рядок.\n> \\# Другий рядок.»\n-# Svitanok, 4 січня"]


def test_a_line_of_secondary_text_is_small() -> None:
    assert _texts(Reply(blocks=(Paragraph((Run("one source so far", Style.SOFT),)),))) == ["-# one source so far"]


def test_buttons_stand_under_the_last_text_and_say_what_they_do() -> None:
    reply = Reply(
        blocks=(Paragraph(plain("x " * 3000)),),
        buttons=((Button("Force", "layer force"), Button("Open", url="https://x.example/a")),),
    )
    *others, last = _parts(reply)
    assert others and all(component["type"] == 10 for part in others for component in part)
    force, opening = last[-1]["components"]
    assert command_of(force["custom_id"]) == ("layer force", False), "one part of several is not replaced"
    assert opening["url"] == "https://x.example/a"


def test_a_short_answer_may_be_replaced_and_a_posted_one_never() -> None:
    reply = Reply(blocks=(Paragraph(plain("board")),), buttons=((Button("Force", "layer force"),),))
    for keep in (False, True):
        (part,) = render(reply, keep=keep)
        button = json.loads(part)["components"][1]["components"][0]
        assert command_of(button["custom_id"]) == ("layer force", not keep)


def test_more_buttons_than_a_message_holds_come_below() -> None:
    rows = tuple(tuple(Button(f"{row}.{number}", f"layer {row}{number}") for number in range(6)) for row in range(4))
    parts = _parts(Reply(blocks=(Paragraph(plain("text")),), buttons=rows))
    labels = [component["label"] for part in parts for component in walk(part) if component["type"] == 2]
    assert labels == [button.label for row in rows for button in row]
    assert len(parts) == 2


def test_an_address_too_long_for_a_button_stands_in_the_text() -> None:
    url = "https://x.example/" + "a" * 600
    (part,) = _parts(Reply(blocks=(Paragraph(plain("text")),), buttons=((Button("Original", url=url),),)))
    assert [component["type"] for component in part] == [10]
    assert part[0]["content"] == f"text\n\n[Original]({url})"


def test_strange_custom_ids_are_no_commands() -> None:
    assert command_of("") is command_of("layer force") is command_of("=x") is None
    assert command_of("0=why abc\nx") == ("why abc\nx", True)


def test_a_reply_without_words_is_no_message() -> None:
    assert render(Reply(blocks=())) == ()
    assert render(Reply(blocks=(Paragraph(plain(" \n ")), Footer(())))) == ()

"""Markup to text: what a reader would see, and nothing that acts on a chat."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.html import bounded, folded_line, line_of, paragraphs, paragraphs_of_lines, text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br>Two.<br/>Three.", "One.\n\nTwo.\n\nThree."),
        ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
        ("<h2>Head</h2>Text", "Head\n\nText"),
        ("<p>One\n  line</p>\n\n<p>Two</p>", "One line\n\nTwo"),
        ("Plain\nline\n\nNext", "Plain line\n\nNext"),
        ("in<b>si</b>de", "inside"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ('<img alt="a > b" src=x>Seen', "Seen"),
        ("<!-- hidden -->Seen<!-- and <p>more", "Seen"),
        ("<style>p{}</style><SCRIPT>x</SCRIPT>Seen", "Seen"),
        ("<![CDATA[Seen]]", "Seen]]"),
        ("&lt;p&gt;Twice &amp;amp; thrice&lt;/p&gt;", "Twice & thrice"),
        ("a&#8203;b&shy;c&#x202E;d", "abcd"),
        ("<td>1</td><td>2</td>", "1\n\n2"),
        ("", ""),
    ],
)
def test_markup_becomes_what_a_reader_would_see(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_a_line_is_one_line() -> None:
    assert line_of("<p>One</p>\n<p>Two</p>\u2028Three") == "One Two Three"
    assert len(line_of("word " * 1_000)) <= 500


def test_plain_lines_are_paragraphs_only_where_no_blank_line_says_otherwise() -> None:
    assert paragraphs_of_lines("a\r\nb\n") == "a\n\nb"
    assert paragraphs_of_lines("a\nb\n\nc") == "a b\n\nc"


@given(st.text())
def test_folding_is_done_once_and_hides_nothing_visible(text: str) -> None:
    once = paragraphs(text)
    assert paragraphs(once) == once
    assert "\n\n\n" not in once and not any(line != folded_line(line) for line in once.split("\n\n"))


@given(st.text(alphabet="<>/!-&;ampltpb \"'=\nscriptx", max_size=400))
def test_no_markup_whatever_breaks_the_scanner(markup: str) -> None:
    text = text_of(markup)
    assert "\x00" not in text and text == text.strip()


@given(st.text(max_size=300), st.integers(1, 80))
def test_a_cut_text_is_a_beginning_within_the_limit(text: str, limit: int) -> None:
    cut = bounded(text, limit)
    assert len(cut) <= limit and text.startswith(cut)


@pytest.mark.parametrize(
    "attack",
    [
        "<div>" * 100_000,
        "<!--" * 200_000,
        '<a "' * 200_000 + ">",
        "<script>" * 100_000,
        "<" * 500_000,
        "&amp;" * 200_000,
        " \n" * 300_000,
    ],
    ids=["nesting", "comments", "quotes", "scripts", "brackets", "entities", "blanks"],
)
def test_no_markup_stalls_us(attack: str) -> None:
    started = time.process_time()
    text_of(attack)
    assert time.process_time() - started < 5  # quadratic work on any of these takes minutes

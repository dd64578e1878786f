"""Replies in files and pages: nothing from outside gets a meaning of its own."""

from __future__ import annotations

import json

from bot.model.replies import Footer, Heading, Item, Paragraph, Quotation, Reply, Run, Style, plain
from bot.present.digest_rows import digest_data
from bot.present.plain import as_html, as_markdown, as_text
from bot.present.tables import COLUMNS, layer_rows, status_rows
from tests.showcase import a_board, a_digest

HOSTILE = Reply(
    blocks=(
        Heading(plain("<script>alert(1)</script> *bold* [x](javascript:y)")),
        Item(
            (Run("a_b", Style.STRONG),),
            (plain("1. not a list"), plain("- nor this")),
            (Quotation(plain("`code` | #"), (Run("Wire", url='https://w.example/a?b=1&c="2"'),)),),
        ),
        Paragraph((Run("x`y", Style.CODE),)),
        Footer((plain("one"), plain("two"))),
    )
)


def test_html_from_an_article_stays_text() -> None:
    page = as_html(HOSTILE)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert 'href="https://w.example/a?b=1&amp;c=&quot;2&quot;"' in page


def test_markdown_from_an_article_stays_text() -> None:
    text = as_markdown(HOSTILE)
    assert "\\*bold\\*" in text
    assert "\\[x\\](javascript:y)" in text
    assert "1\\. not a list" in text
    assert "\n- nor" not in text
    assert "**a\\_b**" in text
    assert "\\<script\\>" in text


def test_addresses_follow_their_quotations_in_plain_text() -> None:
    lines = as_text(HOSTILE).splitlines()
    assert lines[lines.index("  Wire") + 1].strip().startswith("https://w.example/")
    assert "https" not in as_text(HOSTILE, addresses=False)


def test_scripts_find_every_promised_name_in_the_digest() -> None:
    data = json.loads(json.dumps(digest_data(a_digest())))
    assert set(data) == {"topic", "since", "until", "language", "sections", "counts"}
    assert set(data["counts"]) == {"feeds", "articles", "relevant", "reports", "developments"}
    assert set(data["sections"][0]) == {"category", "title", "items"}
    promised = "development_id kind text language quote url outlet published also_reported_by before after"
    assert set(data["sections"][0]["items"][0]) == set(promised.split())
    assert data["until"] == "2026-01-05T06:00:00Z"


def test_status_rows_hold_layers_values_parties_and_where_they_differ() -> None:
    rows = status_rows(a_board())
    assert all(tuple(row) == COLUMNS for row in rows)
    assert [row["rung"] for row in rows if row["rung"]] == [
        "agreed_in_principle",
        "proposed",
        "proposed",
        "proposed",
        "text_agreed",
    ]
    assert {"party": "us", "stance": "supports"}.items() <= next(
        row for row in rows if row["category"] == "position:us"
    ).items()
    assert [(row["party"], row["category"]) for row in rows if row["stance"] == "conditional"] == [
        ("italy", "position:europe")
    ]
    assert not any(row["stance"] for row in layer_rows(a_board()))
    assert [row["value"] for row in rows if row["slot"] == "army_size"] == [800_000]

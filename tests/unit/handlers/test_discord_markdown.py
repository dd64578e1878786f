"""What stands in an article shows in Discord as it stands there, and does nothing else."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.model.replies import Run, Style, plain
from handlers.discord.markdown import clean, lines, marked, safe_url
from tests.unit.handlers.discord_reading import read

HOSTILE = (
    "**bold** __under__ *it* _it_ ~~gone~~ ||spoiler|| `code` ```block```",
    "# Heading", "## two", "-# small", "> quote", ">>> all of it", "- item", "* item", "+ item", "12. item", "3) item",
    "[click](https://evil.example)", "[a](<https://evil.example>)", "https://evil.example/x", "steam://run/1",
    "<https://evil.example>", "@everyone @here", "<@42> <@!42> <@&42> <#101> <id:guide>", "</layers:500>",
    "<:smile:1> <a:smile:1> :smile: :a:b:", "<t:1700000000:R>", "\\*not escaped\\*", "a\\", "\\\\", "08:00:30",
    "¯\\_(ツ)_/¯", "х_у_z", "a*b*c", "Слово: «гарантії» — 800 000", "[unclosed](", "]( [[x]]", "`", "``", "*", "_",
)  # fmt: skip
_PIECES = st.one_of(st.sampled_from(HOSTILE), st.sampled_from("*_~`|[]()<>@#-+:/\\.1 aї\n\t"), st.text(max_size=5))
HOSTILE_TEXT = st.lists(_PIECES, max_size=8).map("".join)
URLS = st.sampled_from(("", "https://lantern.example/a", "http://x.example/(b)?q=[1]&r=a b*c_d", "javascript:alert(1)"))
RUNS = st.lists(st.builds(Run, HOSTILE_TEXT, st.sampled_from(Style), URLS), max_size=5).map(tuple)


def bare(text: str) -> str:
    """Text without white space: where lines break and how wide gaps are is the renderer's affair."""
    return "".join(text.split())


def _seen(runs: tuple[Run, ...]) -> str:
    return bare("".join(clean(run.text) for run in runs))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_it_stands(text: str) -> None:
    seen = read(marked(plain(text)))
    assert bare(seen.text) == bare(text)
    assert seen.marks == []


@given(HOSTILE_TEXT)
def test_no_text_becomes_a_mark(text: str) -> None:
    for line in lines(plain(clean(text))):
        seen = read(marked(line))
        assert bare(seen.text) == _seen(line)
        assert seen.marks == [] and seen.links == []


@given(RUNS)
@example((Run("https:", Style.PLAIN), Run("//evil.example", Style.SOFT)))
@example((Run("a", Style.STRONG), Run("b", Style.STRONG, "https://lantern.example/a"), Run("c", Style.STRONG)))
@example((Run(" ", Style.STRONG), Run("# x"), Run("`", Style.CODE)))
def test_styles_and_links_show_their_text_and_lead_only_where_they_say(runs: tuple[Run, ...]) -> None:
    wanted = {url for run in runs if (url := safe_url(run.url))}
    for line in lines(tuple(Run(clean(run.text), run.style, run.url) for run in runs)):
        seen = read(marked(line))
        assert bare(seen.text) == _seen(line)
        assert set(seen.marks) <= {"bold", "code", "link", "autolink"}
        assert set(seen.links) <= wanted


@pytest.mark.parametrize(
    ("runs", "markdown"),
    [
        ((Run("Army", Style.STRONG), Run(" · agreed")), "**Army** · agreed"),
        ((Run("Army ", Style.STRONG), Run("agreed")), "**Army** agreed"),
        ((Run("A", Style.STRONG), Run("rmy", Style.STRONG)), "**Army**"),
        ((Run("Lantern", url="https://lantern.example/a"),), "[Lantern](https://lantern.example/a)"),
        ((Run("Lantern", Style.STRONG, "https://l.example"),), "[**Lantern**](https://l.example)"),
        ((Run("id", Style.CODE),), "`id`"),
        ((Run("i`d", Style.CODE),), "i\\`d"),
        ((Run("see [1]", url="https://l.example/a"),), "see \\[1\\] <https://l.example/a>"),
        ((Run("Lantern", url="javascript:alert(1)"),), "Lantern"),
    ],
)  # fmt: skip
def test_runs_become_the_shortest_markdown_that_shows_them(runs: tuple[Run, ...], markdown: str) -> None:
    assert marked(runs) == markdown


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://lantern.example/a?b=1#c", "https://lantern.example/a?b=1#c"),
        ("HTTPS://lantern.example/a", "https://lantern.example/a"),
        ("https://lantern.example/a(b)", "https://lantern.example/a%28b%29"),
        ("https://lantern.example/стаття", "https://lantern.example/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F"),
        ("https://новини.example/a", "https://xn--b1amarcd.example/a"),
        ("https://lantern.example:8080/a", "https://lantern.example:8080/a"),
        ("https://lantern.example/a) [b](https://evil.example", "https://lantern.example/a%29%20%5Bb%5D%28https://evil.example"),
        ("https://good.example@evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//lantern.example/a", ""),
        ("https://", ""),
        ("https://[::1]/", ""),
        ("http://[", ""),
        ("https://lantern.example/" + "a" * 1024, ""),
        ("", ""),
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_linked(url: str, safe: str) -> None:
    assert safe_url(url) == safe


def test_text_that_turns_the_reading_direction_is_straightened() -> None:
    assert clean("abc\u202edef\u2066\x00\x1b[31m\r\nnext\u2028line") == "abcdef[31m\nnext\nline"

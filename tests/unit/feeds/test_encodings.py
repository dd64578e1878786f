"""Encodings as feeds have, claim and mistake them: what a reader would see as rubbish."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.feeds.encodings import readable
from bot.feeds.scrambled import unscrambled
from tests.unit.feeds.documents import only, parsed

GOLDEN = tomllib.loads((Path(__file__).parents[2] / "golden/feeds/encodings.toml").read_text(encoding="utf-8"))["case"]


def scrambled(text: str, encoding: str) -> str:
    """UTF-8 read with the wrong encoding; a byte without a letter there comes through as a control character, as on the web."""
    return "".join(bytes((byte,)).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


def body(case: dict[str, str]) -> bytes:
    encoding, title = case["as"], case.get("markup", case["shown"])
    if encoding.startswith("scrambled "):
        encoding, title = "utf-8", scrambled(title, encoding.removeprefix("scrambled "))
    prolog = f'<?xml version="1.0" encoding="{case["declared"]}"?>' if "declared" in case else ""
    before, after = f"{prolog}<rss version='2.0'><channel><item><title>", "</title></item></channel></rss>"
    if encoding == "hex":
        return before.encode() + bytes.fromhex(case["bytes"]) + after.encode()
    return bytes.fromhex(case.get("bom", "")) + f"{before}{title}{after}".encode(encoding)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["why"])
def test_a_title_is_readable_however_it_is_encoded(case: dict[str, str]) -> None:
    assert only(parsed(body(case), case.get("header", "application/rss+xml"))).title == case["shown"]


@pytest.mark.parametrize(
    "name",
    ["utf-7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "rot13", "base64", "undefined", "mbcs"],
)
def test_a_sender_cannot_choose_a_codec_that_is_no_encoding_of_the_web(name: str) -> None:
    text, used = readable(
        f'<?xml version="1.0" encoding="{name}"?><rss>\\x3c \xe9'.encode("latin-1"), f"text/xml; charset={name}"
    )
    assert used == "windows-1252" and text.endswith("\\x3c é")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp1251"])
@pytest.mark.parametrize(
    "text",
    [
        "Гарантії",
        "ґанок, їжак, Євген",
        "об’єднаний «план» — Ї",
        "эхо переговоров",
        "naïve café, “so”",
        "Zażółć gęślą jaźń",
    ],
)
def test_scrambled_text_is_read_as_it_was_meant(text: str, encoding: str) -> None:
    assert unscrambled(scrambled(text, encoding)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Гарантії",
        "РНБО",
        "РІ",
        "СІ",
        "РФ і США",
        "Св.",
        "Ââ",
        "Ñ",
        "École à Sèvres",
        "Ça va",
        "ÅÄÖ",
        "№ 5",
        "…",
        "ÐÐ",
        "С Ї",
        "ДСНС: РІВНЕ",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert unscrambled(text) == text


def test_a_scrambled_teaser_that_was_cut_within_a_letter_is_mended_all_the_same() -> None:
    whole = "Гарантії безпеки обговорили в Києві, Лондоні та Парижі. " * 3
    cut = scrambled(whole, "cp1252")[:-4] + scrambled("ї", "cp1252")[:1]
    assert unscrambled(cut).startswith("Гарантії безпеки обговорили")

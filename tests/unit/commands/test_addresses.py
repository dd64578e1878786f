"""What counts as an address when people type: sites are recognised, ordinary words are left alone."""

from __future__ import annotations

import pytest

from bot.commands.addresses import address_of_word, address_within, command_word


@pytest.mark.parametrize(
    ("word", "address"),
    [
        ("example.org", "example.org"),
        ("https://Example.org/News?Id=1", "https://Example.org/News?Id=1"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("<https://example.org/>", "https://example.org/"),
        ("«example.org/news»,", "example.org/news"),
        ("example.org.", "example.org"),
        ("example.org:8080/feed", "example.org:8080/feed"),
        ("приклад.укр", "приклад.укр"),
        ("xn--e1afmkfd.xn--j1amh", "xn--e1afmkfd.xn--j1amh"),
        ("127.0.0.1/rss", "127.0.0.1/rss"),
        ("http://localhost:8000/", "http://localhost:8000/"),
    ],
)
def test_an_address_is_recognised_as_people_write_it(word: str, address: str) -> None:
    assert address_of_word(word) == address
    assert command_word(word) == word


@pytest.mark.parametrize(
    "word",
    ["", ".", "force", "20.15", "8.30pm", "e.g.", "т.д.", "1.5", "олена@приклад.укр", "a@example.org", "ftp://example.org", "...",
     "javascript:alert(1)", "file:///etc/passwd", "-x.org", "x..org", "a." * 3_000 + "org", "https://", "2026-01-05"],
)  # fmt: skip
def test_an_ordinary_word_is_no_address(word: str) -> None:
    assert address_of_word(word) == ""
    assert command_word(word) == word.lower()


def test_a_shared_article_gives_its_address() -> None:
    assert address_within("Talks go on (https://lantern.example/News/1?x=Y), they say. https://b.example") == (
        "https://lantern.example/News/1?x=Y"
    )
    assert address_within("No address at example.org here") == ""

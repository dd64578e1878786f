"""Somebody begins a topic: from an article's address, a file or a pipe; and asks what its terms do."""

from __future__ import annotations

import asyncio
import io
import shutil
import sys
from pathlib import Path

import pytest

from tests.contracts.feed_server import FeedServer, answer
from tests.flows.terminal import ROOT, Terminal

TUTORIAL = ROOT / "docs" / "tutorial"
PAGE = (TUTORIAL / "article.html").read_bytes()


@pytest.fixture
def desk(terminal: Terminal) -> Terminal:
    shutil.copy(TUTORIAL / "article.html", terminal.folder)
    return terminal


def test_a_page_in_a_file_gives_a_draft_that_is_right(desk: Terminal) -> None:
    said = desk.types("topics draft article.html -o halm-ferries.toml")
    assert (said.status, said.out) == (0, "")
    assert "draft with 5 layers" in said.err and "planwatch topics check halm-ferries.toml" in said.err
    assert desk.types("topics check halm-ferries.toml").status == 0
    text = (desk.folder / "halm-ferries.toml").read_text("utf-8")
    assert "Tides" not in text and "newsletter" not in text, "the page's furniture is no part of the article"


def test_a_draft_goes_to_standard_output_under_a_name_of_its_own(desk: Terminal) -> None:
    said = desk.types("topics draft article.html")
    assert said.status == 0 and 'id = "' in said.out
    name = said.err.strip().rpartition(" ")[2]
    (desk.folder / name).write_text(said.out, "utf-8")
    assert desk.types(f"topics check {name}").status == 0


def test_plain_text_comes_through_a_pipe(desk: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Новий міст через Ворскву\n\nУряд Ворскви подав план нового мосту. Проїзд коштуватиме 40 гривень, заявив міністр Олесь Гай."
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    said = desk.types("topics draft -")
    assert said.status == 0
    assert 'languages = ["uk"]' in said.out and "Новий міст через Ворскву" in said.out


async def test_an_address_is_read_through_the_guarded_fetcher(desk: Terminal, feed_server: FeedServer) -> None:
    url = feed_server.says("/plan.html", answer(PAGE, Content_Type="text/html; charset=utf-8"))
    refused = await asyncio.to_thread(desk.types, f"topics draft {url}")
    assert (refused.status, refused.out) == (1, "") and "address refused" in refused.err
    desk.set(FETCH__ALLOW_PRIVATE_HOSTS="127.77.0.0/16")
    said = await asyncio.to_thread(desk.types, f"topics draft {url}")
    assert said.status == 0 and "electric ferries" in said.out


async def test_a_page_without_an_article_is_told_with_a_way_out(desk: Terminal, feed_server: FeedServer) -> None:
    desk.set(FETCH__ALLOW_PRIVATE_HOSTS="127.77.0.0/16")
    url = feed_server.says("/empty.html", answer(b"<html><body><p>Hello.</p></body></html>", Content_Type="text/html"))
    said = await asyncio.to_thread(desk.types, f"topics draft {url}")
    assert said.status == 2 and "too little text; save the article's text in a file" in said.err


def test_a_file_that_is_there_is_never_written_over(desk: Terminal) -> None:
    (desk.folder / "mine.toml").write_text("work of a week")
    said = desk.types("topics draft article.html -o mine.toml")
    assert said.status == 2 and "mine.toml is there already" in said.err
    assert (desk.folder / "mine.toml").read_text() == "work of a week"


@pytest.mark.parametrize("name", ["Mine.toml", "mine.txt", "my topic.toml"])
def test_a_name_that_cannot_be_an_id_is_refused_before_anything_is_read(desk: Terminal, name: str) -> None:
    said = desk.types("topics draft article.html -o", name)
    assert said.status == 2 and "is no topic file's name" in said.err
    assert not (desk.folder / name).exists()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "holds no text"),
        (b"Ahoj", "language that could not be told; name the language with --language"),
        (
            "Der Plan für die Fähren sieht drei neue Schiffe vor, sagte die Ministerin.".encode(),
            "is in `de`, for which there is no language pack",
        ),
    ],
)
def test_what_cannot_be_drafted_from_is_told_in_words(desk: Terminal, body: bytes, told: str) -> None:
    (desk.folder / "a.txt").write_bytes(body)
    said = desk.types("topics draft a.txt")
    assert (said.status, said.out) == (2, "") and told in said.err


def test_a_missing_file_is_named(desk: Terminal) -> None:
    said = desk.types("topics draft nowhere.html")
    assert said.status == 2 and "nowhere.html cannot be read" in said.err


def test_a_topic_is_tuned_on_a_labelled_corpus_before_it_is_put_in_place(desk: Terminal) -> None:
    said = desk.types("topics tune", str(TUTORIAL / "halm-ferries.toml"), "--corpus", str(TUTORIAL / "corpus"))
    assert said.status == 0 and said.err == ""
    assert "halm-ferries: 7 articles (en 7) belong, 6 articles (en 6) do not" in said.out
    data = desk.types(
        "topics tune", str(TUTORIAL / "halm-ferries.toml"), "--corpus", str(TUTORIAL / "corpus"), "--format", "json"
    ).json
    [plan] = [row for row in data["deciding"] if (row["term"], row["list"]) == ("ferry plan", "subject")]
    assert (plan["articles_in"], plan["articles_out"]) == (7, 0)
    assert data["astray"] == []


def test_a_topic_is_tuned_on_what_the_store_holds(sampled: Terminal) -> None:
    data = sampled.types("--sample topics tune railway --format json").json
    assert data["topic"] == "railway-reform"
    assert sum(data["belonging"].values()) > 0 and data["deciding"]


def test_an_empty_store_says_what_to_do(desk: Terminal) -> None:
    said = desk.types("topics tune")
    assert said.status == 1 and "poll first" in said.err


def test_a_window_that_ends_before_it_begins_is_refused(desk: Terminal) -> None:
    said = desk.types("topics tune --since 2026-02-02 --until 2026-02-01")
    assert said.status == 2 and "--since" in said.err


def test_a_topic_or_corpus_that_is_not_there_is_named(desk: Terminal, tmp_path: Path) -> None:
    assert "no followed topic" in desk.types("topics tune nothing-such --corpus", str(TUTORIAL / "corpus")).err
    assert desk.types("topics tune --corpus", str(tmp_path / "none")).status in (1, 2)

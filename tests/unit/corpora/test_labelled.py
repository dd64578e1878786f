"""Reading a corpus that somebody else wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.corpora.labelled import read_corpus
from bot.model.corpora import Corpus
from bot.model.errors import CorpusError

ARTICLE = {
    "id": "a1",
    "outlet": "Lantern",
    "lang": "en",
    "url": "http://lantern.example/1",
    "published": "2026-01-05T07:40:00Z",
    "body_text": "A force of 15,000 is\nplanned. Nobody commented.",
    "relevance": 2,
}
FACT = {"fact_id": "f1", "category": "force", "gist_en": "15,000", "first_day": "2026-01-05"}


def corpus_of(folder: Path, articles: list[Any], facts: list[Any], settings: str = "") -> Corpus:
    (folder / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in articles), "utf-8")
    (folder / "facts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in facts), "utf-8")
    (folder / "corpus.toml").write_text(settings, "utf-8")
    return read_corpus(folder)


def mistakes_of(folder: Path, articles: list[Any], facts: list[Any], settings: str = "") -> list[str]:
    with pytest.raises(CorpusError) as caught:
        corpus_of(folder, articles, facts, settings)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_an_article_without_any_optional_field_is_read(tmp_path: Path) -> None:
    article = corpus_of(tmp_path, [ARTICLE], [FACT]).articles[0]
    assert (article.guid, article.body_html, article.points, article.dup_group) == (
        "http://lantern.example/1",
        "",
        (),
        None,
    )


def test_optional_fields_may_be_null_and_unknown_ones_are_passed_over(tmp_path: Path) -> None:
    row = ARTICLE | {
        "points": None,
        "neutral": None,
        "updated": None,
        "dup_group": None,
        "annotator": "K.",
        "summary_html": None,
    }
    assert corpus_of(tmp_path, [row], [FACT | {"stance": None, "note": 3}]).articles[0].neutral == ()


def test_a_time_without_an_offset_is_utc(tmp_path: Path) -> None:
    row = ARTICLE | {"published": "2026-01-05T07:40"}
    assert corpus_of(tmp_path, [row], [FACT]).articles[0].published.isoformat() == "2026-01-05T07:40:00+00:00"


def test_a_text_with_a_line_separator_in_it_stays_one_row(tmp_path: Path) -> None:
    row = json.dumps(ARTICLE | {"title": "Two\u2028lines"}, ensure_ascii=False)
    (tmp_path / "articles.jsonl").write_text(row + "\n", "utf-8")
    (tmp_path / "facts.jsonl").write_text(json.dumps(FACT), "utf-8")
    assert len(read_corpus(tmp_path).articles) == 1


def test_a_date_is_read_as_a_value(tmp_path: Path) -> None:
    fact = corpus_of(tmp_path, [ARTICLE], [FACT | {"slot": "vote_date", "value": "2026-03-10", "unit": "date"}]).facts[
        0
    ]
    assert fact.value == 739685  # date(2026, 3, 10).toordinal()


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    bad = {
        "id": "a2",
        "url": "x",
        "published": "yesterday",
        "body_text": "…",
        "lang": "en",
        "relevance": 3,
        "points": [{"quote": 7}],
    }
    told = mistakes_of(
        tmp_path, [ARTICLE, bad, ARTICLE], [FACT | {"stance": "opposes", "first_day": "soon"}], "topik = 1"
    )
    assert len(told) == 9
    for beginning in (
        "articles.jsonl:2: published:",
        "articles.jsonl:2: relevance:",
        "articles.jsonl:2: points[0].fact_id: missing",
        "articles.jsonl:2: points[0].category: missing",
        "articles.jsonl:1: id `a1` stands on 2 lines",
        "articles.jsonl:3: id `a1` stands on 2 lines",
        "facts.jsonl:1: stance: `opposes`",
        "facts.jsonl:1: first_day:",
        "corpus.toml: topik: unknown key",
    ):
        assert any(line.startswith(beginning) for line in told), (beginning, told)


def test_a_line_that_is_no_json_names_its_number(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text(json.dumps(FACT), "utf-8")
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLE) + "\n\n{broken\n", "utf-8")
    with pytest.raises(CorpusError, match=r"articles\.jsonl:3: not JSON"):
        read_corpus(tmp_path)


def test_an_empty_folder_says_what_belongs_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"articles\.jsonl.*\n.*facts\.jsonl"):
        read_corpus(tmp_path)


def test_an_update_of_itself_is_refused(tmp_path: Path) -> None:
    pair = [ARTICLE | {"update_of": "a2"}, ARTICLE | {"id": "a2", "update_of": "a1"}]
    assert len(mistakes_of(tmp_path, pair, [FACT])) == 2


def test_a_label_that_points_nowhere_is_a_doubt_and_the_rest_is_scored(tmp_path: Path) -> None:
    points = [
        {"fact_id": "f9", "category": "force", "quote": "Nobody commented."},
        {"fact_id": "f1", "category": "force", "quote": "A force of 15,000 was planned."},
        {"fact_id": "f1", "category": "force", "quote": "A force of 15,000 is planned."},
    ]
    corpus = corpus_of(
        tmp_path, [ARTICLE | {"points": points}], [FACT | {"supersedes": "f0", "slot": "place", "value": "Geneva"}]
    )
    assert [str(doubt).partition(";")[0] for doubt in corpus.doubts] == [
        "facts.jsonl:1: value: `Geneva` is neither a number nor a date",
        "articles.jsonl:1: points: no fact `f9` in facts.jsonl",
        "articles.jsonl:1: points: `A force of 15,000 was planned.…` is not in body_text",
        "facts.jsonl:1: supersedes: no fact `f0`",
    ]


def test_the_fingerprint_changes_with_one_letter(tmp_path: Path) -> None:
    before = corpus_of(tmp_path, [ARTICLE], [FACT]).fingerprint
    assert corpus_of(tmp_path, [ARTICLE], [FACT]).fingerprint == before
    assert corpus_of(tmp_path, [ARTICLE | {"title": "x"}], [FACT]).fingerprint != before

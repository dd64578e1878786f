"""Language packs and learned weights: what ships loads, what is broken says how."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.model.errors import Mistake, TopicFileError
from bot.model.topics import Topic
from bot.summariser.wording import Lexicon
from bot.topics import load_packs, load_topic, topic_ids
from bot.topics.packs import LATER, SENSES, load_pack
from bot.topics.weights import load_weights

CONFIG = Path(__file__).parents[3] / "config"
MONTHS = json.dumps([[f"month{n}"] for n in range(12)])


def pack(**changed: str) -> str:
    """A small pack as TOML; keyword arguments replace whole lines."""
    lines = {
        "language": 'language = "xx"',
        "name": 'name = "Exish"',
        "months": f"months = {MONTHS}",
        "extra": "",
        "units": 'people = ["folk"]',
    } | changed
    phrases = "\n".join(f'"{sense}" = []' for sense in SENSES if sense != changed.get("without"))
    return "\n".join(
        [
            lines["language"],
            lines["name"],
            "[phrases]",
            phrases,
            lines.get("phrase", ""),
            "[numbers]",
            lines["months"],
            lines["extra"],
            "[units]",
            lines["units"],
            lines.get("page", ""),
        ]
    )


def written(folder: Path, text: str | bytes, name: str = "xx.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def mistakes(folder: Path, text: str | bytes) -> tuple[Mistake, ...]:
    with pytest.raises(TopicFileError) as caught:
        load_pack(written(folder, text))
    assert all(mistake.problem and mistake.remedy for mistake in caught.value.mistakes)
    return caught.value.mistakes


def test_the_shipped_packs_serve_every_language_of_every_shipped_topic() -> None:
    packs = load_packs(CONFIG / "words")
    topics: list[Topic] = [load_topic(CONFIG / "topics" / f"{name}.toml") for name in topic_ids(CONFIG / "topics")]
    assert {language for topic in topics for language in topic.languages} <= set(packs)


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_a_shipped_pack_has_words_for_every_sense_and_twelve_months(language: str) -> None:
    found = load_packs(CONFIG / "words")[language]
    assert set(found.phrases) >= set(SENSES)
    assert all(found.phrases[sense] for sense in SENSES)
    assert len(found.months) == 12 and all(found.months)
    assert found.number_words and found.units and found.furniture and found.concepts


def test_the_packs_name_the_same_concepts_so_that_tellings_join_across_languages() -> None:
    english, ukrainian, russian = (
        set(load_packs(CONFIG / "words")[language].concepts) for language in ("en", "uk", "ru")
    )
    assert ukrainian == russian
    assert len(english ^ ukrainian) <= len(english) // 10


def test_a_small_pack_is_enough(tmp_path: Path) -> None:
    found = load_pack(written(tmp_path, pack()))
    assert (found.language, found.units["folk"], found.months[11]) == ("xx", "people", ("month11",))


def test_every_missing_sense_is_named_at_once(tmp_path: Path) -> None:
    text = 'language = "xx"\nname = "Exish"\n[phrases]\n"negation" = []\n[numbers]\nmonths = ' + MONTHS
    told = "\n".join(mistake.problem for mistake in mistakes(tmp_path, text))
    assert all(f"`{sense}`" in told for sense in set(SENSES) - LATER - {"negation"})


def test_a_pack_from_before_a_sense_came_is_read_on(tmp_path: Path) -> None:
    found = load_pack(written(tmp_path, pack(without="increment")))
    assert "increment" in LATER and "increment" not in found.phrases


@pytest.mark.parametrize(
    ("changed", "key", "told"),
    [
        ({"language": ""}, "language", "missing"),
        ({"months": 'months = ["january"]'}, "numbers.months", "twelve"),
        ({"phrase": '"stance.reject" = ["no"]'}, "phrases.stance.reject", "`stance.rejects`"),
        ({"units": 'people = "folk"'}, "units.people", "list"),
        ({"units": 'people = ["", "folk"]'}, "units.people", "list"),
        ({"extra": 'words = { two = "2" }'}, "numbers.words", "number"),
        ({"language": 'langauge = "xx"'}, "langauge", "`language`"),
    ],
)
def test_a_mistake_in_a_pack_is_told_with_key_and_remedy(
    tmp_path: Path, changed: dict[str, str], key: str, told: str
) -> None:
    found = {mistake.key: mistake for mistake in mistakes(tmp_path, pack(**changed))}
    assert key in found, found
    assert told in found[key].problem + found[key].remedy


@pytest.mark.parametrize(
    "changed",
    [
        {"extra": "single = 5"},
        {"extra": "limits = 5"},
        {"extra": "not_quantities = 5"},
        {"extra": "limits = 'within'"},
        {"page": "[page]\nfurniture = 5"},
        {"page": "[page]\nfurniture = 'More'"},
    ],
    ids=str,
)
def test_a_list_that_is_none_is_a_sentence_and_no_traceback(tmp_path: Path, changed: dict[str, str]) -> None:
    assert mistakes(tmp_path, pack(**changed))


@pytest.mark.parametrize("text", ["", "x =", b"\xff\xfe", "phrases = 5", "units = []", "numbers = 'x'", "concepts = 1"])
def test_a_broken_pack_is_a_sentence_and_no_traceback(tmp_path: Path, text: str | bytes) -> None:
    assert mistakes(tmp_path, text)


def test_the_mistakes_of_all_packs_are_told_together(tmp_path: Path) -> None:
    written(tmp_path, "x =", "aa.toml")
    written(tmp_path, "y =", "bb.toml")
    written(tmp_path, pack())
    with pytest.raises(TopicFileError) as caught:
        load_packs(tmp_path)
    assert {mistake.file for mistake in caught.value.mistakes} == {"aa.toml", "bb.toml"}


# ── weights ──

TABLES = {"key", "key.context", "layer", "position", "process", "category.context", "relevance", "join", "copy"}
THRESHOLDS = {"key", "category", "relevance", "join", "copy"}


def test_the_shipped_weights_answer_every_question_the_analysis_asks_of_any_topic() -> None:
    weights = load_weights(CONFIG / "weights.json")
    assert set(weights.tables) >= TABLES and set(weights.thresholds) >= THRESHOLDS
    assert all(0 < weights.thresholds[question] < 1 for question in THRESHOLDS)


def test_what_was_learned_for_a_topic_serves_that_topic_only() -> None:
    weights = load_weights(CONFIG / "weights.json")
    own, other = weights.of("ukraine-guarantees"), weights.of("railway-reform")
    assert own.lexicon.words and not other.lexicon.words
    assert own.tables["key"] != other.tables["key"] == weights.tables["key"]


def test_words_without_a_lexicon_say_nothing() -> None:
    assert Lexicon().sums({"en:sign": 0.5}) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"tables": 5, "thresholds": {}}',
        b'{"tables": {"layer": 5}, "thresholds": {}}',
        b'{"tables": {}}',
    ],
)
def test_weights_that_cannot_be_used_say_how_to_get_them_back(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.json"
    path.write_bytes(content)
    with pytest.raises(TopicFileError) as caught:
        load_weights(path)
    assert "make learn" in caught.value.mistakes[0].remedy


def test_missing_weights_say_so(tmp_path: Path) -> None:
    with pytest.raises(TopicFileError, match=r"weights\.json"):
        load_weights(tmp_path / "weights.json")


def test_an_unknown_feature_weighs_nothing_and_reasons_come_loudest_first(tmp_path: Path) -> None:
    data: dict[str, Any] = {"tables": {"q": {"bias": -1.0, "a": 3.0, "b": -0.5}}, "thresholds": {"q": 0.5}}
    path = written(tmp_path, json.dumps(data), "weights.json")
    weights = load_weights(path)
    assert weights.probability("q", {"bias": 1.0, "a": 1.0}) == weights.probability(
        "q", {"bias": 1.0, "a": 1.0, "new": 9.0}
    )
    assert [name for name, _ in weights.reasons("q", {"bias": 1.0, "b": 1.0, "a": 1.0})] == ["a", "b"]
    assert 0 < weights.probability("q", {"a": -1e9}) < weights.probability("q", {"a": 1e9}) < 1


def test_words_for_drafting_may_be_missing_and_mistakes_in_them_are_told(tmp_path: Path) -> None:
    assert load_pack(written(tmp_path, pack())).drafting.everyday == ()
    right = pack(page='[drafting]\neveryday = ["the"]\n[drafting.rungs]\nsigned = ["inked"]')
    assert load_pack(written(tmp_path, right)).drafting.rungs["signed"] == ("inked",)
    wrong = pack(page='[drafting]\neveryday = "the"\n[drafting.rungs]\nsealed = ["inked"]')
    told = " ".join(f"{mistake.key} {mistake.problem}" for mistake in mistakes(tmp_path, wrong))
    assert "drafting.everyday" in told and "drafting.rungs.sealed" in told

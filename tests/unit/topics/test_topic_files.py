"""A topic file is read whole, and everything that is wrong with it is told at once, with line and remedy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model.errors import Mistake, TopicFileError
from bot.model.topics import Rung, SideState
from bot.topics import load_topic, load_topics, topic_ids

CONFIG = Path(__file__).parents[3] / "config" / "topics"
GOOD = """
id = "plan"
languages = ["en", "uk"]
names = { en = "The plan", uk = "План" }
summary = { en = "A plan" }
subject = { en = ["the plan"], uk = ["план"] }
context = { en = ["Ukraine"], uk = ["Україна"] }
process = { en = ["talks"], uk = ["переговори"] }

[[layers]]
id = "army"
names = { en = "Army" }
summary = { en = "An army" }
terms = { en = ["army"], uk = ["армія"] }
[[layers.slots]]
id = "army_size"
names = { en = "size" }
unit = "people"
minimum = 100

[[parties]]
id = "us"
names = { en = "US" }
terms = { en = ["US"], uk = ["США"] }
[[parties.members]]
id = "texas"
names = { en = "Texas" }
terms = { en = ["Texas"], uk = ["Техас"] }

[[ladder]]
rung = "signed"
outlets = 3
terms = { en = ["signed"], uk = ["підписано"] }
[[ladder]]
rung = "proposed"
terms = { en = ["would"], uk = ["має"] }

[[sides]]
state = "stalled"
terms = { en = ["stalled"], uk = ["глухий кут"] }
"""


def written(folder: Path, text: str | bytes, name: str = "plan.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def mistakes(folder: Path, text: str | bytes) -> dict[str, Mistake]:
    with pytest.raises(TopicFileError) as caught:
        load_topic(written(folder, text))
    found = caught.value.mistakes
    assert all(mistake.file == "plan.toml" and mistake.problem and mistake.remedy for mistake in found)
    return {mistake.key: mistake for mistake in found}


@pytest.mark.parametrize("name", sorted(path.stem for path in CONFIG.glob("*.toml")))
def test_a_shipped_topic_loads(name: str) -> None:
    topic = load_topic(CONFIG / f"{name}.toml")
    assert topic.id == name and topic.layers and topic.parties and topic.rungs
    assert len(set(topic.categories)) == len(topic.categories)
    for language in topic.languages:
        assert topic.subject.of(language) and topic.context.of(language)
        assert all(layer.names.of(language) and layer.terms.of(language) for layer in topic.layers)


def test_the_plan_on_ukraine_has_the_layers_and_parties_that_readers_are_promised() -> None:
    topic = load_topic(CONFIG / "ukraine-guarantees.toml")
    assert [layer.id for layer in topic.layers] == ["army", "force", "monitoring", "response", "legal"]
    assert {party.id for party in topic.parties} == {"us", "europe", "ukraine", "russia"}


def test_a_second_plan_of_another_kind_is_shipped_so_that_nothing_is_hard_wired() -> None:
    assert len(topic_ids(CONFIG)) >= 2


def test_a_good_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    topic = load_topic(written(tmp_path, GOOD))
    assert topic.names.of("uk") == "План" and topic.summary.of("uk") == "A plan"
    assert topic.layers[0].terms.of("uk") == ("армія",)
    assert (topic.slots[0].layer, topic.slots[0].minimum, topic.slots[0].maximum) == ("army", 100.0, None)
    assert topic.parties[0].members[0].id == "texas"
    assert [(rule.rung, rule.official, rule.outlets) for rule in topic.rungs] == [
        (Rung.PROPOSED, 1, 1),
        (Rung.SIGNED, 1, 3),
    ]
    assert topic.sides[0].state is SideState.STALLED
    assert topic.exclude.of("en") == ()


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert load_topic(written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())).id == "plan"


BROKEN = [
    ('id = "us"', 'id = "U S"', "parties[0].id", "`U S`"),
    ('id = "plan"', 'id = "other"', "id", "plan.toml"),
    ('languages = ["en", "uk"]', 'languages = "en"', "languages", "two-letter"),
    ('names = { en = "The plan", uk = "План" }', 'names = "The plan"', "names", "texts by language"),
    ('names = { en = "The plan", uk = "План" }', 'names = { uk = "План" }', "names", "English"),
    ('subject = { en = ["the plan"], uk = ["план"] }', 'subject = { en = ["the plan"] }', "subject", "`uk`"),
    ('subject = { en = ["the plan"], uk = ["план"] }', 'subject = ["the plan"]', "subject", "by language"),
    (
        'context = { en = ["Ukraine"], uk = ["Україна"] }',
        'context = { en = "Ukraine", uk = ["Україна"] }',
        "context.en",
        "list",
    ),
    (
        'process = { en = ["talks"], uk = ["переговори"] }',
        'process = { en = ["talks", "", 5, "*"], uk = ["x"] }',
        "process.en",
        "no word",
    ),
    ('unit = "people"', "unit = 5", "layers[0].slots[0].unit", "text"),
    ("minimum = 100", 'minimum = "100"', "layers[0].slots[0].minimum", "number"),
    ("minimum = 100", "minimum = true", "layers[0].slots[0].minimum", "number"),
    ("minimum = 100", 'category = "army"', "layers[0].slots[0].category", "`army`"),
    ('id = "army_size"', 'id = "army"', "layers[0].slots[0].id", "twice"),
    ('id = "us"', 'id = "army"', "parties[0].id", "twice"),
    ('rung = "signed"', 'rung = "sealed"', "ladder[0].rung", "`sealed`"),
    ("outlets = 3", "outlets = 0", "ladder[0].outlets", "at least 1"),
    ('state = "stalled"', 'state = "stuck"', "sides[0].state", "`stuck`"),
]


@pytest.mark.parametrize(("good", "bad", "key", "told"), BROKEN, ids=[f"{row[2]}: {row[1]}"[:50] for row in BROKEN])
def test_a_mistake_is_told_with_its_key_line_and_remedy(
    tmp_path: Path, good: str, bad: str, key: str, told: str
) -> None:
    assert good in GOOD
    text = GOOD.replace(good, bad, 1)
    found = mistakes(tmp_path, text)
    assert key in found, found
    assert told in found[key].problem + found[key].remedy
    wanted = next(
        number
        for number, (line, was) in enumerate(zip(text.splitlines(), GOOD.splitlines(), strict=True), 1)
        if line != was
    )
    assert found[key].line == wanted


def test_an_id_that_cannot_be_one_is_told_with_its_key(tmp_path: Path) -> None:
    assert set(mistakes(tmp_path, GOOD.replace('id = "plan"', 'id = "Plan X"'))) == {"id"}


@pytest.mark.parametrize(
    ("wrong", "meant", "key"),
    [
        ("lnaguages = []", "languages", "lnaguages"),
        ("excldue = { en = [] }", "exclude", "excldue"),
        ("elsewere = { en = [] }", "elsewhere", "elsewere"),
    ],
)
def test_a_mistyped_key_gets_the_nearest_name(tmp_path: Path, wrong: str, meant: str, key: str) -> None:
    found = mistakes(tmp_path, f"{wrong}\n{GOOD}")
    assert f"`{meant}`" in found[key].remedy
    assert found[key].line == 1


def test_a_mistyped_key_inside_a_layer_gets_the_nearest_name_of_a_layers_keys(tmp_path: Path) -> None:
    found = mistakes(tmp_path, GOOD.replace("minimum = 100", "minimun = 100"))
    assert "`minimum`" in found["layers[0].slots[0].minimun"].remedy


def test_a_key_like_nothing_known_gets_the_list_of_what_is_known(tmp_path: Path) -> None:
    assert "layers" in mistakes(tmp_path, f"zzz = 1\n{GOOD}")["zzz"].remedy


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD
    broken = {
        good: (bad, key)
        for good, bad, key, _ in reversed(BROKEN)
        if key != "languages" and not good.startswith(("id", "rung"))
    }
    for good, (bad, _) in broken.items():
        text = text.replace(good, bad, 1)
    assert {key for _, key in broken.values()} <= set(mistakes(tmp_path, text))
    assert len(broken) >= 8


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_says_that_it_is_empty_and_where_to_look(tmp_path: Path, text: str) -> None:
    [mistake] = mistakes(tmp_path, text).values()
    assert "empty" in mistake.problem and "docs/" in mistake.remedy


def test_a_file_in_another_encoding_names_the_byte_and_asks_for_utf_8(tmp_path: Path) -> None:
    [mistake] = mistakes(tmp_path, GOOD.encode("cp1251")).values()
    assert "UTF-8" in mistake.problem and "UTF-8" in mistake.remedy


def test_a_file_that_is_no_toml_names_the_line(tmp_path: Path) -> None:
    [mistake] = mistakes(tmp_path, GOOD.replace('unit = "people"', "unit = people")).values()
    assert mistake.line == GOOD.splitlines().index('unit = "people"') + 1


def test_a_file_of_a_megabyte_is_not_even_parsed(tmp_path: Path) -> None:
    [mistake] = mistakes(tmp_path, "#" * 1_000_001).values()
    assert "1 MB" in mistake.problem


def test_a_missing_file_says_how_to_find_the_right_name(tmp_path: Path) -> None:
    with pytest.raises(TopicFileError, match="not there"):
        load_topic(tmp_path / "nothing.toml")


def test_a_folder_in_place_of_a_file_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").mkdir()
    with pytest.raises(TopicFileError, match="cannot be read"):
        load_topic(tmp_path / "plan.toml")


def test_the_mistakes_of_several_files_are_told_together(tmp_path: Path) -> None:
    written(tmp_path, "", "one.toml")
    written(tmp_path, "x =", "two.toml")
    with pytest.raises(TopicFileError) as caught:
        load_topics(tmp_path, ["one", "two", "three"])
    assert {mistake.file for mistake in caught.value.mistakes} == {"one.toml", "two.toml", "three.toml"}


def test_only_topic_files_count_as_topics(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", "notes.txt", "a.toml~"):
        written(tmp_path, "", name)
    assert topic_ids(tmp_path) == ("a", "b")


# ── whatever stands in the file ──

ODD: st.SearchStrategy[Any] = st.one_of(
    st.booleans(), st.integers(-5, 5), st.floats(allow_nan=False, allow_infinity=False), st.text("abcж*~ .-", max_size=6),
    st.lists(st.one_of(st.text("ab*~ ", max_size=3), st.integers()), max_size=3), st.dictionaries(st.sampled_from(["en", "uk", "id", "terms"]), st.text("ab*", max_size=3), max_size=3),
    st.lists(st.dictionaries(st.sampled_from(["id", "names", "terms", "slots", "rung", "state"]), st.text("ab", max_size=3), max_size=2), max_size=2),
)  # fmt: skip
KEYS = [
    "id",
    "languages",
    "names",
    "summary",
    "subject",
    "context",
    "exclude",
    "elsewhere",
    "process",
    "layers",
    "parties",
    "ladder",
    "sides",
    "zzz",
]


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), ODD, min_size=1, max_size=8))
def test_whatever_an_operator_writes_he_gets_sentences_and_never_a_traceback(
    tmp_path: Path, table: dict[str, Any]
) -> None:
    text = "\n".join(f"{key} = {toml(value)}" for key, value in table.items())
    with pytest.raises(TopicFileError) as caught:
        load_topic(written(tmp_path, text))
    assert caught.value.mistakes


def test_ids_that_are_missing_or_no_texts_are_not_also_called_used_twice(tmp_path: Path) -> None:
    wrong = GOOD.replace('id = "army"', "id = 1").replace('id = "army_size"\n', "").replace('id = "us"', "id = []")
    (tmp_path / "plan.toml").write_text(wrong, "utf-8")
    with pytest.raises(TopicFileError) as caught:
        load_topic(tmp_path / "plan.toml")
    assert [mistake.key for mistake in caught.value.mistakes if "twice" in mistake.problem] == []
    assert len(caught.value.mistakes) == 3


def test_mistakes_are_told_in_the_order_in_which_one_scrolls_through_the_file(tmp_path: Path) -> None:
    wrong = GOOD.replace('rung = "signed"', 'rung = "sealed"').replace('unit = "people"', "unit = 1") + "extra = 1\n"
    (tmp_path / "plan.toml").write_text(wrong.replace("context =", "contxt ="), "utf-8")
    with pytest.raises(TopicFileError) as caught:
        load_topic(tmp_path / "plan.toml")
    lines = [mistake.line or 0 for mistake in caught.value.mistakes]
    assert len(set(lines)) > 3 and lines == sorted(lines)

"""Copies become one report and tellings one development, in whatever order they are read."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pytest

from bot.corpora.labelled import read_corpus
from bot.model.feeds import Article
from bot.model.stories import Development, DevelopmentId, Fingerprint, KeyPoint, PointId
from bot.model.topics import Stance
from bot.services.evaluate import as_articles
from bot.summariser import reports
from bot.summariser.analysis import Analysis, Analyst, Read, analyse
from bot.summariser.developments import Joined, join, may_be_one
from bot.summariser.reports import file_report, fingerprint_of, same_report
from bot.summariser.weighing import Weights
from tests.builders import DAY, HOUR, NOON, a_stand, a_telling, a_value, an_article
from tests.unit.summariser.conftest import CONFIG

Parts = frozenset[frozenset[Hashable]]
SEEDS = range(2)


def parts(pairs: Iterable[tuple[Hashable, Hashable]]) -> Parts:
    """A grouping without the groups' names."""
    groups: dict[Hashable, set[Hashable]] = {}
    for item, group in pairs:
        groups.setdefault(group, set()).add(item)
    return frozenset(frozenset(members) for members in groups.values())


def shuffled(items: Iterable[object], seed: int) -> list:  # type: ignore[type-arg]
    found = list(items)
    random.Random(seed).shuffle(found)
    return found


class Memory:
    """Joins points in batches the way the study does: a batch against everything known."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.points: dict[PointId, KeyPoint] = {}
        self.developments: dict[DevelopmentId, Development] = {}

    def take(self, batch: Sequence[KeyPoint]) -> Joined:
        joined = join(batch, list(self.points.values()), self.weights)
        for gone, alive in joined.retired:
            self.developments.pop(gone, None)
            self.points |= {
                p.id: replace(p, development_id=alive) for p in self.points.values() if p.development_id == gone
            }
        self.points |= {point.id: point for point in joined.points}
        self.developments |= {each.id: each for each in joined.developments}
        return joined

    @property
    def parts(self) -> Parts:
        return parts((point.id, point.development_id) for point in self.points.values())


@pytest.fixture(scope="module")
def articles() -> tuple[Article, ...]:
    return tuple(as_articles(read_corpus(CONFIG / "sample")).values())


@pytest.fixture(scope="module")
def analysis(articles: tuple[Article, ...], analyst: Analyst) -> Analysis:
    return analyse(articles, analyst)


@pytest.fixture(scope="module")
def reads(articles: tuple[Article, ...], analyst: Analyst) -> Mapping[tuple[str, int], Read]:
    return {(article.id, article.version): analyst.read(article) for article in articles}


# ── the sample world ──


@pytest.mark.parametrize("seed", SEEDS)
def test_developments_do_not_depend_on_the_order_in_which_points_arrive(
    analysis: Analysis, weights: Weights, seed: int
) -> None:
    loose = [replace(point, development_id=None) for point in analysis.points]
    joined = join(shuffled(loose, seed), (), weights)
    assert parts((p.id, p.development_id) for p in joined.points) == parts(
        (p.id, p.development_id) for p in analysis.points
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_articles_read_one_by_one_in_any_order_give_the_developments_of_all_at_once(
    analysis: Analysis, weights: Weights, seed: int
) -> None:
    by_article: dict[tuple[str, int], list[KeyPoint]] = {}
    for point in analysis.points:
        by_article.setdefault((point.article, point.version), []).append(replace(point, development_id=None))
    memory = Memory(weights)
    for batch in shuffled(by_article.values(), seed):
        memory.take(batch)
    assert memory.parts == parts((p.id, p.development_id) for p in analysis.points)


@pytest.mark.parametrize("seed", SEEDS)
def test_reports_do_not_depend_on_the_order_in_which_articles_arrive(
    reads: Mapping[tuple[str, int], Read], analysis: Analysis, weights: Weights, seed: int
) -> None:
    filed: list[Fingerprint] = []
    for key in shuffled(reads, seed):
        own = reads[key].fingerprint
        keys = set(reports.lookup_keys(own))
        filing = file_report(own, [other for other in filed if keys & set(other.keys)], weights)
        names = dict(filing.joined)
        filed = [replace(other, report_id=names.get(other.report_id, other.report_id)) for other in filed] + [
            filing.fingerprint
        ]
    wanted = parts(((reading.article, reading.version), reading.report_id) for reading in analysis.readings)
    assert parts(((own.article, own.version), own.report_id) for own in filed) == wanted


def test_the_whole_analysis_is_the_same_whichever_way_the_archive_is_sorted(
    articles: tuple[Article, ...], analysis: Analysis, analyst: Analyst
) -> None:
    assert analyse(shuffled(articles, 1), analyst) == analysis


def test_a_development_is_of_a_category_that_its_tellings_were_read_as(analysis: Analysis) -> None:
    points = {point.id: point for point in analysis.points}
    for development in analysis.developments:
        assert development.category in {points[point].category for point in development.point_ids}


def test_a_development_counts_each_report_once(analysis: Analysis) -> None:
    points = {point.id: point for point in analysis.points}
    for development in analysis.developments:
        told = [points[point] for point in development.point_ids]
        assert development.reports == len({point.report_id for point in told})
        assert set(development.outlets) == {point.outlet for point in told}
        assert (development.first_seen, development.last_seen) == (told[0].published, told[-1].published)
        assert development.text in {point.quote for point in told}


# ── joining, with weights of the test's own: what shares a name is one fact ──

SHARED_NAME = Weights(
    tables=MappingProxyType(
        {"join": MappingProxyType({"bias": -1.0, "all.shared": 12.0}), "copy": MappingProxyType({"bias": -1.0})}
    ),
    thresholds=MappingProxyType({"join": 0.3, "copy": 0.5}),
)


def loose(point: KeyPoint) -> KeyPoint:
    return replace(point, development_id=None)


def test_a_telling_between_two_developments_makes_them_one_under_the_older_name() -> None:
    memory = Memory(SHARED_NAME)
    first = loose(a_telling("one", signature=("x:anna",)))
    second = loose(a_telling("two", at=NOON + HOUR, signature=("x:boris",)))
    bridge = loose(a_telling("three", at=NOON + 2 * HOUR, signature=("x:anna", "x:boris")))
    memory.take([first])
    memory.take([second])
    older = memory.points[first.id].development_id
    joined = memory.take([bridge])
    assert memory.parts == frozenset({frozenset({first.id, second.id, bridge.id})})
    assert {point.development_id for point in memory.points.values()} == {older}
    assert [alive for _, alive in joined.retired] == [older]


def test_a_development_keeps_its_id_when_an_earlier_telling_is_read_late() -> None:
    memory = Memory(SHARED_NAME)
    known = memory.take([loose(a_telling("one", signature=("x:anna",)))]).developments[0]
    [development] = memory.take([loose(a_telling("two", at=NOON - DAY, signature=("x:anna",)))]).developments
    assert (development.id, development.first_seen) == (known.id, NOON - DAY)


def test_a_development_that_parts_never_leaves_both_halves_under_one_name() -> None:
    memory = Memory(SHARED_NAME)
    middle = loose(
        a_telling("middle", at=NOON + HOUR, category="position:us", party="us", signature=("x:one", "x:two", "x:three"))
    )
    earlier = loose(a_stand("us", Stance.SUPPORTS, signature=("x:one",)))
    later = loose(a_stand("us", Stance.REJECTS, at=NOON + DAY, signature=("x:two", "x:three")))
    for point in (middle, earlier, later):
        memory.take([point])
    assert memory.parts == frozenset({frozenset({earlier.id}), frozenset({middle.id, later.id})})
    assert {each.id: set(each.point_ids) for each in memory.developments.values()} == {
        point.development_id: {p.id for p in memory.points.values() if p.development_id == point.development_id}
        for point in memory.points.values()
    }


def test_a_development_told_in_many_wordings_is_still_found_by_the_newest_of_them() -> None:
    memory = Memory(SHARED_NAME)
    for number in range(12):
        names = tuple(f"x:name{number}-{part}" for part in range(10))
        memory.take([loose(a_telling(f"t{number}", at=NOON + number * HOUR, signature=("x:same", *names)))])
    newest = memory.take(
        [loose(a_telling("late", at=NOON + DAY, signature=("x:same", *(f"x:name11-{part}" for part in range(9)))))]
    )
    assert len(memory.parts) == 1
    assert newest.developments[0].reports == 13


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (a_value(800_000), a_value(700_000, at=NOON + HOUR)),
        (a_stand("russia", Stance.REJECTS), a_stand("russia", Stance.ACCEPTS, at=NOON + HOUR)),
        (
            a_stand("europe", Stance.SUPPORTS, member="poland"),
            a_stand("europe", Stance.SUPPORTS, member="france", at=NOON + HOUR),
        ),
        (
            a_stand("russia", Stance.REJECTS, layer="force"),
            a_stand("russia", Stance.REJECTS, layer="army", at=NOON + HOUR),
        ),
    ],
    ids=["values", "stances", "members", "layers"],
)
def test_two_different_facts_never_become_one_however_alike_they_sound(one: KeyPoint, other: KeyPoint) -> None:
    assert not may_be_one(one, other)
    assert not may_be_one(other, one)
    alike = [loose(replace(point, signature=(*point.signature, "x:same"))) for point in (one, other)]
    assert len({point.development_id for point in join(alike, (), SHARED_NAME).points}) == 2


def test_a_sentence_read_as_another_category_still_tells_the_same_development() -> None:
    names = ("x:anna", "x:boris")
    force = [loose(a_telling(f"f{n}", at=NOON + n * HOUR, category="force", signature=names)) for n in range(2)]
    army = loose(a_telling("army", at=NOON + DAY, category="army", signature=names))
    [development] = join([*force, army], (), SHARED_NAME).developments
    assert (development.category, development.reports) == ("force", 3)


def test_nothing_new_joins_nothing() -> None:
    assert join((), (a_telling(),), SHARED_NAME) == Joined((), (), ())


# ── reports ──

WIRE = (
    "Ukraine would keep an army of about 800,000 in peacetime under a layered plan, officials from three countries said on Monday. "
    "The reassurance force would land within thirty days of a ceasefire and stay far away from the front, the same officials said. "
    "A vote in Congress is pencilled in for the spring, although no senator would confirm a date when asked by reporters in Geneva."
)


def printed(analyst: Analyst, **given: object) -> Fingerprint:
    article = an_article(**{"text": WIRE, **given})
    annotated = analyst.annotator.annotate(article)
    assert annotated is not None
    return fingerprint_of(article, annotated, analyst.weights.rarity)


def test_a_wire_copy_and_its_shortened_version_are_one_report(analyst: Analyst) -> None:
    original = printed(analyst)
    copy = printed(analyst, id="a2", outlet="Other", published=NOON + HOUR, text=f"GENEVA — {WIRE}")
    short = printed(analyst, id="a3", outlet="Third", published=NOON + 2 * HOUR, text=WIRE[:260])
    assert same_report(original, copy, analyst.weights) and same_report(original, short, analyst.weights)
    assert set(reports.lookup_keys(copy)) & set(original.keys)


def test_an_article_in_its_second_version_is_the_same_report_even_if_rewritten(analyst: Analyst) -> None:
    rewritten = printed(
        analyst,
        version=2,
        published=NOON + 9 * DAY,
        text="Nothing of the first version is left in Ukraine’s army story.",
    )
    assert same_report(printed(analyst), rewritten, analyst.weights)
    assert set(reports.lookup_keys(rewritten)) & set(printed(analyst).keys)


def test_the_same_words_a_week_later_are_a_report_of_their_own(analyst: Analyst) -> None:
    assert not same_report(printed(analyst), printed(analyst, id="a2", published=NOON + 7 * DAY), analyst.weights)


def test_being_the_same_report_does_not_depend_on_who_asks(analyst: Analyst) -> None:
    one, other = printed(analyst), printed(analyst, id="a2", outlet="Other", text=WIRE[:200])
    assert same_report(one, other, analyst.weights) == same_report(other, one, analyst.weights)


def test_an_article_that_is_like_two_reports_makes_them_one_under_the_oldest_name(analyst: Analyst) -> None:
    first = printed(analyst, id="a1", text=WIRE[:250])
    second = printed(analyst, id="a2", text=WIRE[250:], published=NOON + HOUR)
    filing = file_report(printed(analyst, id="a3", published=NOON + 2 * HOUR), [second, first], analyst.weights)
    assert filing.fingerprint.report_id == first.report_id
    assert filing.joined == ((second.report_id, first.report_id),)

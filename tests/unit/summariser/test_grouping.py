"""Copies become one report and tellings one development, in whatever order they are read."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from bot.corpora.labelled import read_corpus
from bot.model.feeds import Article
from bot.model.stories import DevelopmentId, Fingerprint, KeyPoint, PointId
from bot.model.topics import Stance
from bot.services.evaluate import as_articles
from bot.summariser import reports
from bot.summariser.analysis import Analysis, Analyst, Read, analyse
from bot.summariser.commitments import may_be_one
from bot.summariser.developments import Joined, id_begun_by, join
from bot.summariser.exemplars import development_of, exemplars_of, order, told_again
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
    joined = join(shuffled(map(loose, analysis.points), seed), weights)
    assert joined == join(map(loose, analysis.points), weights)
    assert [(p.id, p.development_id) for p in joined.points] == [
        (p.id, p.development_id) for p in sorted(analysis.points, key=order)
    ]


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


def test_a_point_goes_to_the_development_that_it_is_likeliest_to_tell() -> None:
    one = loose(a_telling("one", signature=("x:anna", "x:carl")))
    two = loose(a_telling("two", at=NOON + HOUR, signature=("x:boris", "x:dora", "x:emil")))
    third = loose(a_telling("three", at=NOON + 2 * HOUR, signature=("x:anna", "x:boris", "x:dora")))
    assert told_together(one, two, third) == {frozenset({one.id}), frozenset({two.id, third.id})}


def test_two_developments_that_a_later_telling_would_connect_stay_apart_as_they_were_told() -> None:
    first = loose(a_telling("one", signature=("x:anna",)))
    second = loose(a_telling("two", at=NOON + HOUR, signature=("x:boris",)))
    bridge = loose(a_telling("three", at=NOON + 2 * HOUR, signature=("x:anna", "x:boris")))
    [one, other] = join([bridge, second, first], SHARED_NAME).developments
    assert {one.id, other.id} == {id_begun_by(first), id_begun_by(second)}
    assert len(one.point_ids) + len(other.point_ids) == 3


def test_a_development_bears_the_name_of_the_point_that_it_begins_with() -> None:
    first = loose(a_telling("one", signature=("x:anna",)))
    again = loose(a_telling("two", at=NOON + DAY, signature=("x:anna",)))
    [development] = join([again, first], SHARED_NAME).developments
    assert (development.id, development.first_seen) == (id_begun_by(first), NOON)


def test_a_development_told_in_many_wordings_is_still_found_by_the_newest_of_them() -> None:
    told = [
        loose(a_telling(f"t{number}", at=NOON + number * HOUR, signature=("x:same", *names_of(number))))
        for number in range(12)
    ]
    newest = loose(a_telling("late", at=NOON + DAY, signature=("x:same", *names_of(11)[1:])))
    [development] = join([*told, newest], SHARED_NAME).developments
    assert development.reports == 13


def names_of(number: int) -> tuple[str, ...]:
    return tuple(f"x:name{number}-{part}" for part in range(10))


def told_together(*points: KeyPoint) -> set[frozenset[PointId]]:
    return {frozenset(each.point_ids) for each in join(points, SHARED_NAME).developments}


def test_a_development_told_on_and_on_says_the_same_whether_it_is_told_again_or_made_of_all_its_points() -> None:
    points = [
        a_telling(
            f"t{n}",
            at=NOON + n * HOUR,
            by=f"Outlet {n % 7}",
            signature=(f"x:name{n}", "x:same"),
            report_id=f"r{n % 40}",
        )
        for n in range(130)
    ]
    known = development_of(DevelopmentId("d"), points[:20], {})
    for begin, end in ((20, 21), (21, 60), (60, 130)):
        exemplars, told = exemplars_of(points[:begin]), {point.report_id for point in points[:begin]}
        fresh = {point.report_id for point in points[begin:end]} - told
        known = told_again(known, exemplars, points[begin:end], len(fresh), {})
        assert known == development_of(DevelopmentId("d"), points[:end], {})
    assert (known.reports, len(known.outlets), known.unlisted) == (40, 7, 30)


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
    assert len({point.development_id for point in join(alike, SHARED_NAME).points}) == 2


def test_a_sentence_read_as_another_category_still_tells_the_same_development() -> None:
    names = ("x:anna", "x:boris")
    force = [loose(a_telling(f"f{n}", at=NOON + n * HOUR, category="force", signature=names)) for n in range(2)]
    army = loose(a_telling("army", at=NOON + DAY, category="army", signature=names))
    [development] = join([*force, army], SHARED_NAME).developments
    assert (development.category, development.reports) == ("force", 3)


def test_of_nothing_comes_nothing() -> None:
    assert join((), SHARED_NAME) == Joined((), ())


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

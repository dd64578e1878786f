"""Key points, developments and changes survive the store, on every database."""

from __future__ import annotations

from dataclasses import fields, replace

from bot.model.digests import Window, WindowBy
from bot.model.feeds import ArticleId
from bot.model.stories import (
    ChangeKind,
    DevelopmentId,
    KeyPoint,
    Modality,
    Quantity,
    Role,
    SourceKind,
    Standing,
)
from bot.model.topics import Category, Rung, SideState, Stance, TopicId
from bot.ports import Plan
from bot.store import SqlStore
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    QUOTE,
    TOPIC,
    a_change,
    a_development,
    a_point,
    an_article,
    point_in,
)

ARMY, FORCE = Category("army"), Category("force")
D1, D2, D3 = DevelopmentId("d1"), DevelopmentId("d2"), DevelopmentId("d3")


def full_point() -> KeyPoint:
    """A point none of whose fields is at its default."""
    return a_point(
        official=True,
        context="The talks went on in Paris.",
        party="us",
        stance=Stance.CONDITIONAL,
        source_kind=SourceKind.UNNAMED,
        via="Other Wire",
        quantities=(
            Quantity(value=15_000.0, unit="people", text="15,000 to 30,000", role=Role.RANGE, upper=30_000.0),
            Quantity(value=0.25, unit="percent", text="0,25 %"),
        ),
        slot="army-size",
        modality=Modality.ASKED,
        negated=True,
        rung=Rung.TEXT_AGREED,
        side=SideState.STALLED,
        correction=True,
        development_id="d1",
        member="france",
        confidence=0.25,
    )


async def test_a_point_comes_back_as_it_was_saved(store: SqlStore) -> None:
    await store.apply(Plan(points=(full_point(),)))
    assert await store.points(TOPIC) == (full_point(),)


async def test_a_development_comes_back_as_it_was_saved(store: SqlStore) -> None:
    development = a_development(
        last_seen=NOON + DAY,
        reports=3,
        outlets=("Example Wire", "Вісник"),
        party="us",
        stance=Stance.REJECTS,
        slot="army-size",
        value=800_000.0,
        unit="people",
        status=Standing.DISPUTED,
        member="france",
    )
    await store.apply(Plan(developments=(development,)))
    assert await store.developments(TOPIC) == (development,)


async def test_a_change_comes_back_as_it_was_saved(store: SqlStore) -> None:
    change = a_change(kind=ChangeKind.CORRECTION, party="us", slot="army-size", before="600,000", member="france")
    await store.apply(Plan(changes=((TOPIC, ARMY, (change,)),)))
    assert await store.changes(TOPIC) == (change,)


async def test_points_fit_all_conditions_at_once(store: SqlStore) -> None:
    points = (
        a_point(development_id="d1"),
        a_point(article="a2", development_id="d1", category=FORCE),
        a_point(article="a3", published=NOON + DAY, development_id="d2"),
        a_point(article="a4", topic="rail", development_id="d1"),
    )
    await store.apply(Plan(points=points))
    first, second, third, _ = points
    assert await store.points(TOPIC) == (first, second, third)
    assert await store.points(TOPIC, developments=[D1]) == (first, second)
    assert await store.points(TOPIC, developments=[D1], category=FORCE) == (second,)
    assert await store.points(TOPIC, ids=[first.id, third.id], article=ArticleId("a3")) == (third,)
    assert await store.points(TOPIC, window=Window(since=NOON, until=NOON + DAY)) == (first, second)
    assert await store.points(TOPIC, ids=[]) == ()
    assert await store.points(TOPIC, developments=[]) == ()


async def test_a_window_of_sight_is_laid_on_when_points_were_read(store: SqlStore) -> None:
    late = a_point(seen_at=NOON + DAY)
    await store.apply(Plan(points=(late,)))
    day_two = Window(since=NOON + DAY, until=NOON + 2 * DAY, by=WindowBy.SEEN)
    assert await store.points(TOPIC, window=day_two) == (late,)
    assert await store.points(TOPIC, window=replace(day_two, by=WindowBy.TOLD)) == ()


async def test_a_sentence_kept_in_an_edit_is_still_the_old_news(store: SqlStore) -> None:
    """Otherwise every edit of an article would tell its whole content again, as of today."""
    first = point_in(an_article())
    edit = an_article(version=2, told_at=NOON + DAY, text=f"New lead.\n\n{QUOTE}")
    again = point_in(edit, id=first.id, category=FORCE, development_id="d9")
    await store.apply(Plan(points=(first,)))
    await store.apply(Plan(points=(again,)))
    [kept] = await store.points(TOPIC)
    assert (kept.version, kept.span, kept.published, kept.seen_at) == (1, first.span, NOON, first.seen_at)
    assert kept.span.of(an_article().text) == kept.quote
    assert (kept.category, kept.development_id) == (FORCE, "d9")


async def test_a_version_read_late_gives_the_sentence_its_first_appearance(store: SqlStore) -> None:
    edit = an_article(version=2, told_at=NOON + DAY, text=f"New lead.\n\n{QUOTE}")
    first = point_in(an_article())
    await store.apply(Plan(points=(point_in(edit, id=first.id),)))
    await store.apply(Plan(points=(first,)))
    assert await store.points(TOPIC) == (first,)


async def test_developments_are_found_by_shared_keys_within_their_category(store: SqlStore) -> None:
    one = a_development()
    two = a_development(id="d2", keys=("force", "800000"), category=FORCE, first_seen=NOON - HOUR)
    await store.apply(Plan(developments=(one, two, a_development(id="d3", keys=()))))
    assert await store.developments(TOPIC, keys=["800000", "x"]) == (two, one)
    assert await store.developments(TOPIC, keys=["800000"], category=ARMY) == (one,)
    assert await store.developments(TOPIC, keys=["800000"], ids=[D2, D3]) == (two,)
    assert await store.developments(TOPIC, keys=[]) == ()
    assert await store.developments(TopicId("rail")) == ()


async def test_a_development_saved_anew_is_not_found_by_its_old_keys(store: SqlStore) -> None:
    await store.apply(Plan(developments=(a_development(),)))
    await store.apply(Plan(developments=(a_development(keys=("cap",)),)))
    assert await store.developments(TOPIC, keys=["army"]) == ()
    assert [found.id for found in await store.developments(TOPIC, keys=["cap"])] == ["d1"]


async def test_old_links_to_joined_developments_lead_to_the_survivor(store: SqlStore) -> None:
    points = (a_point(development_id="d1"), a_point(article="a2", development_id="d2"))
    developments = tuple(a_development(id=id_) for id_ in (D1, D2, D3))
    changes = ((TOPIC, ARMY, (a_change(),)),)
    await store.apply(Plan(points=points, developments=developments, changes=changes))
    await store.apply(Plan(retired=((D1, D2),)))
    await store.apply(Plan(retired=((D2, D3),)))
    assert [found.id for found in await store.developments(TOPIC, ids=[D1])] == ["d3"]
    assert [found.id for found in await store.developments(TOPIC)] == ["d3"]
    assert {point.development_id for point in await store.points(TOPIC)} == {"d3"}
    assert len(await store.points(TOPIC, developments=[D1])) == 2
    assert [change.development_id for change in await store.changes(TOPIC)] == ["d3"]
    assert await store.find("d1") == ("d1",)


async def test_a_chain_joined_in_one_plan_ends_at_its_end_whatever_the_order(store: SqlStore) -> None:
    for pairs in (((D1, D2), (D2, D3)), ((D2, D3), (D1, D2))):
        await store.apply(Plan(developments=tuple(a_development(id=id_) for id_ in (D1, D2, D3))))
        await store.apply(Plan(retired=pairs))
        found = await store.developments(TOPIC, ids=[D1, D2])
        assert [development.id for development in found] == ["d3"]


async def test_joining_in_a_circle_loses_nothing(store: SqlStore) -> None:
    await store.apply(Plan(developments=(a_development(), a_development(id="d2"))))
    await store.apply(Plan(retired=((D1, D2), (D2, D1), (D2, D2))))
    assert [found.id for found in await store.developments(TOPIC, ids=[D1])] == ["d2"]


async def test_a_late_point_of_a_joined_development_goes_to_the_survivor(store: SqlStore) -> None:
    await store.apply(Plan(developments=(a_development(), a_development(id="d2")), retired=((D1, D2),)))
    await store.apply(Plan(points=(a_point(development_id="d1"),)))
    assert [point.development_id for point in await store.points(TOPIC)] == ["d2"]


async def test_a_development_saved_again_under_a_retired_id_is_itself_again(store: SqlStore) -> None:
    await store.apply(Plan(developments=(a_development(), a_development(id="d2")), retired=((D1, D2),)))
    await store.apply(Plan(developments=(a_development(),), points=(a_point(development_id="d1"),)))
    assert [found.id for found in await store.developments(TOPIC, ids=[D1])] == ["d1"]
    assert [point.development_id for point in await store.points(TOPIC)] == ["d1"]


async def test_changes_of_a_category_are_replaced_and_others_stay(store: SqlStore) -> None:
    army, force = a_change(), a_change(id="c2", category=FORCE)
    await store.apply(Plan(changes=((TOPIC, ARMY, (army,)), (TOPIC, FORCE, (force,)))))
    anew = a_change(id="c3", at=NOON + HOUR)
    await store.apply(Plan(changes=((TOPIC, ARMY, (anew,)),)))
    assert await store.changes(TOPIC) == (force, anew)
    await store.apply(Plan(changes=((TOPIC, FORCE, ()),)))
    assert await store.changes(TOPIC) == (anew,)


async def test_changes_fit_all_conditions_at_once(store: SqlStore) -> None:
    new = a_change()
    rung = a_change(id="c2", kind=ChangeKind.RUNG, at=NOON + HOUR, seen_at=NOON + DAY)
    await store.apply(Plan(changes=((TOPIC, ARMY, (rung, new)),)))
    seen = Window(since=NOON + DAY, until=NOON + 2 * DAY, by=WindowBy.SEEN)
    assert await store.changes(TOPIC) == (new, rung)
    assert await store.changes(TOPIC, until=NOON + HOUR) == (new,)
    assert await store.changes(TOPIC, kinds=[ChangeKind.RUNG, ChangeKind.STANCE]) == (rung,)
    assert await store.changes(TOPIC, kinds=[]) == ()
    assert await store.changes(TOPIC, window=seen) == (rung,)
    assert await store.changes(TOPIC, category=FORCE) == ()


async def test_an_item_is_found_by_the_beginning_of_its_id(store: SqlStore) -> None:
    plan = Plan(
        points=tuple(a_point(id=f"p{n:02}") for n in range(12)),
        developments=(a_development(id="d-1f"), a_development(id="D-1f"), a_development(id="d_1f")),
        articles=(an_article(id="d-1fa"), an_article(id="d-1fa", version=2), an_article(id="дія")),
    )
    await store.apply(plan)
    assert await store.find("p07") == ("p07",)
    assert await store.find("d-1") == ("d-1f", "d-1fa")
    assert await store.find("ді") == ("дія",)
    assert len(await store.find("p")) == 10
    assert await store.find("%") == ()


def test_no_field_of_a_noun_is_forgotten_by_the_store() -> None:
    """A field added to a noun without a column would be lost without a word."""
    from bot.model import chats, digests, feeds, stories
    from bot.store.tables import metadata

    nouns = {
        "feeds": (feeds.Feed,),
        "entries": (feeds.Entry,),
        "articles": (feeds.Article,),
        "readings": (stories.Reading,),
        "fingerprints": (stories.Fingerprint,),
        "points": (stories.KeyPoint,),
        "developments": (stories.Development,),
        "changes": (stories.Change,),
        "chats": (chats.Chat,),
        "subscriptions": (chats.Subscription, chats.Cadence),
        "deliveries": (chats.Delivery,),
    }
    cut = {"span", "ref", "cadence", "window"}  # fields that are several columns
    for table, kinds in nouns.items():
        names = {field.name for kind in kinds for field in fields(kind)}
        assert names - cut <= {column.name for column in metadata.tables[table].columns}, table
    windows = {f"window_{field.name}" for field in fields(digests.Window)}
    assert windows <= {column.name for column in metadata.tables["deliveries"].columns}
    assert {field.name for field in fields(stories.Quantity)} == {"value", "unit", "text", "role", "upper"}

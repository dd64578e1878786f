"""A backup brings everything back, on either database, and a damaged one does no harm."""

from __future__ import annotations

import asyncio
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.model.errors import BackupRefused, StoreFull, StoreTooNew
from bot.model.feeds import PushState
from bot.model.stories import DevelopmentId, LedgerState
from bot.ports import Composed, Plan
from bot.store import SqlStore, archive, backup, open_store, restore
from tests.builders import (
    DAY,
    NOON,
    TOPIC,
    a_bookmark,
    a_change,
    a_chat,
    a_delivery,
    a_development,
    a_feed,
    a_fingerprint,
    a_point,
    a_push,
    a_reading,
    a_subscription,
    an_article,
    an_entry,
)
from tests.contracts.conftest import KINDS, PostgresServer
from tests.contracts.test_store_ledger import full_point

D1, D2 = DevelopmentId("d1"), DevelopmentId("d2")
EVERYTHING = Plan(
    feeds=(a_feed(interval=DAY, next_at=NOON, topics=(TOPIC,)),),
    entries=(an_entry(), an_entry(id="undated", published=None)),
    articles=(an_article(), an_article(version=2, text="Новий текст «з лапками» 🇺🇦\n\n\\u0000 \r\n\t\u2028")),
    readings=(a_reading(), a_reading(version=2)),
    fingerprints=(a_fingerprint(),),
    points=(full_point(), a_point(article="a2", development_id="d2")),
    developments=(a_development(value=0.1, unit="percent"), a_development(id="d2")),
    changes=((TOPIC, a_change().category, (a_change(), a_change(id="c2", development_id="d2"))),),
    chats=(a_chat(looked_at=NOON),),
    subscriptions=(a_subscription(),),
    pushes=(a_push(), a_push(id="asked", state=PushState.ASKED, until=None)),
    dirty=((TOPIC, NOON + DAY),),
    ledgers=(LedgerState(topic=TOPIC, mark="m", until=NOON, board={"board": ["noun", "Дошка"]}),),
    bookmarks=(a_bookmark(),),
)


async def fill(store: SqlStore) -> None:
    await store.apply(EVERYTHING)
    await store.apply(Plan(retired=((D1, D2),)))
    tomorrow = a_subscription(covered_until=NOON + DAY)
    await store.compose(Composed(subscription=tomorrow, expected=NOON, delivery=a_delivery(), told=("c1",)))


async def held(store: SqlStore) -> tuple[object, ...]:
    """Everything the ports give of a store."""
    ref = a_chat().ref
    return (
        await store.feeds(),
        await store.waiting_entries(99),
        await store.pushes(),
        [push.secret for push in await store.pushes()],
        await store.articles(TOPIC),
        await store.article(an_article().id, 1),
        await store.fingerprints_like(["k1"]),
        await store.points(TOPIC),
        await store.developments(TOPIC, ids=[D1]),
        await store.developments(TOPIC, keys=["army"]),
        await store.changes(TOPIC),
        await store.ledger(TOPIC),
        await store.bookmark(TOPIC, "m", NOON),
        await store.chat(ref),
        await store.subscriptions(),
        await store.covered(a_subscription().id),
        await store.deliveries(ref),
        (await store.health()).rows,
    )


def _content(file: Path) -> bytes:
    return file.read_bytes()


def _names_beside(file: Path) -> list[str]:
    return [path.name for path in file.parent.iterdir()]


@pytest.fixture(params=KINDS[1:])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a backup goes: each database in turn."""
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.fresh()
    return f"sqlite:///{tmp_path}/other.db"


@pytest.fixture
async def backed_up(tmp_path: Path) -> Path:
    """A backup with something in every table."""
    async with open_store("sqlite://") as store:
        await fill(store)
        await backup(store, tmp_path / "planwatch.zip")
    return tmp_path / "planwatch.zip"


async def test_a_backup_brings_everything_back_on_either_database(
    store: SqlStore, other_url: str, tmp_path: Path
) -> None:
    await fill(store)
    before = await held(store)
    file = tmp_path / "planwatch.zip"
    manifest = await backup(store, file)
    assert all(table.rows for table in manifest.tables), "a table nobody filled proves nothing"
    assert await restore(other_url, file) == manifest
    async with open_store(other_url) as restored:
        assert await held(restored) == before
        await restored.apply(EVERYTHING)


async def test_a_backup_holds_one_moment_while_others_write(store: SqlStore, tmp_path: Path) -> None:
    """Feeds and chats are written together; a backup with one of a pair would be torn."""

    async def keep_writing() -> None:
        for number in range(30):
            await store.apply(Plan(feeds=(a_feed(id=f"f{number}"),), chats=(a_chat(title=str(number)),)))
            await store.apply(Plan(subscriptions=(a_subscription(id=f"s{number}"),)))

    writing = asyncio.create_task(keep_writing())
    for number in range(3):
        manifest = await backup(store, tmp_path / f"{number}.zip")
        rows = {table.name: table.rows for table in manifest.tables}
        assert rows["feeds"] - rows["subscriptions"] in (0, 1)
    await writing


def test_a_backup_is_for_its_owners_eyes_and_leaves_no_scraps(backed_up: Path) -> None:
    assert stat.S_IMODE(backed_up.stat().st_mode) == 0o600
    assert _names_beside(backed_up) == [backed_up.name]


async def test_a_backup_that_fails_leaves_the_last_good_one(backed_up: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    good = _content(backed_up)
    monkeypatch.setattr(archive, "write_manifest", no_room)
    async with open_store("sqlite://") as store:
        with pytest.raises(StoreFull):
            await backup(store, backed_up)
    assert _content(backed_up) == good
    assert _names_beside(backed_up) == [backed_up.name]


async def test_a_store_that_holds_something_is_not_overwritten_unasked(lasting_url: str, backed_up: Path) -> None:
    async with open_store(lasting_url) as store:
        await store.apply(Plan(feeds=(a_feed(id="mine"),)))
    with pytest.raises(BackupRefused, match="not empty"):
        await restore(lasting_url, backed_up)
    async with open_store(lasting_url) as store:
        assert [feed.id for feed in await store.feeds()] == ["mine"]
    await restore(lasting_url, backed_up, overwrite=True)
    async with open_store(lasting_url) as store:
        assert [feed.id for feed in await store.feeds()] == ["example-wire"]


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _gone(file: Path) -> None:
    file.unlink()


def _text(file: Path) -> None:
    file.write_text("not a zip at all")


def _rewritten(change: Callable[[str, bytes], bytes | None]) -> Callable[[Path], None]:
    """Damage done by somebody who knows zip files."""

    def damage(file: Path) -> None:
        with zipfile.ZipFile(file) as old:
            held = {name: old.read(name) for name in old.namelist()}
        with zipfile.ZipFile(file, "w") as new:
            for name, data in held.items():
                if (kept := change(name, data)) is not None:
                    new.writestr(name, kept)

    return damage


def _in_manifest(**told: object) -> Callable[[Path], None]:
    def change(name: str, data: bytes) -> bytes:
        return json.dumps({**json.loads(data), **told}).encode() if name == "manifest.json" else data

    return _rewritten(change)


DAMAGES = {
    "cut off": _cut,
    "empty": _empty,
    "gone": _gone,
    "text": _text,
    "a row less": _rewritten(lambda name, data: b"" if name == "feeds.jsonl" else data),
    "a word changed": _rewritten(lambda name, data: data.replace(b"Example", b"Another")),
    "a table less": _rewritten(lambda name, data: None if name == "points.jsonl" else data),
    "no manifest": _rewritten(lambda name, data: None if name == "manifest.json" else data),
    "another program": _in_manifest(program="other"),
    "another format": _in_manifest(format=99),
    "no tables": _in_manifest(tables=None),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
async def test_a_damaged_backup_is_refused_before_anything_is_touched(
    damage: Callable[[Path], None], backed_up: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/mine.db"
    async with open_store(url) as store:
        await store.apply(Plan(feeds=(a_feed(id="mine"),)))
    damage(backed_up)
    with pytest.raises(BackupRefused) as caught:
        await restore(url, backed_up, overwrite=True)
    assert caught.value.mistake.file == str(backed_up)
    assert caught.value.mistake.remedy
    async with open_store(url) as store:
        assert [feed.id for feed in await store.feeds()] == ["mine"]


async def test_a_backup_of_a_newer_version_is_named_as_such(backed_up: Path, tmp_path: Path) -> None:
    _in_manifest(revision="9999")(backed_up)
    with pytest.raises(StoreTooNew):
        await restore(f"sqlite:///{tmp_path}/mine.db", backed_up)
    assert "mine.db" not in _names_beside(backed_up)


async def test_a_restore_that_fails_half_way_leaves_the_store_as_it_was(lasting_url: str, backed_up: Path) -> None:
    """Its last table has columns the schema does not."""

    def rename(name: str, data: bytes) -> bytes:
        return data.replace(b"change_id", b"changed_id") if name == "manifest.json" else data

    _rewritten(rename)(backed_up)
    async with open_store(lasting_url) as store:
        await fill(store)
        before = await held(store)
    with pytest.raises(BackupRefused, match="told_changes"):
        await restore(lasting_url, backed_up, overwrite=True)
    async with open_store(lasting_url) as store:
        assert await held(store) == before

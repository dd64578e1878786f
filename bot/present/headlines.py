"""One movement in a few words: what it is now and what it was. Knows neither quotes nor sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.model.stories import Change, ChangeKind, Difference
from bot.model.topics import POSITION, Category, PartyId, SlotId, Topic, position_of
from bot.present.names import category_title, party_name, slot_name
from bot.present.reader import Reader, capital
from bot.present.values import told

MOST_LINES = 8  # movements told one by one; the rest is counted
ORDER = (
    ChangeKind.VALUE,
    ChangeKind.RUNG,
    ChangeKind.STANCE,
    ChangeKind.CONFLICT,
    ChangeKind.SETTLED,
    ChangeKind.CORRECTION,
    ChangeKind.PASSED,
    ChangeKind.DEADLINE,
    ChangeKind.NEW,
)


def movement(
    kind: ChangeKind, slot: SlotId | None, before: str | None, after: str | None, topic: Topic, reader: Reader
) -> str:
    """Deadline: 10 days, was 30 days; agreed in principle, was proposed; new; taken back; 4 January has passed.

    `before` and `after` are as the ledger writes them; a correction's `before` is an id and stays unsaid.
    """
    if kind is ChangeKind.CORRECTION:
        return reader.say("kind-correction")
    now, was = (told(text, kind, slot, topic, reader) for text in (after, before))
    name = slot_name(topic, slot, reader)
    said = _said(kind, now, was, reader, named=bool(name))
    return f"{name}: {said}" if name and (now or was) else said


def _said(kind: ChangeKind, now: str, was: str, reader: Reader, *, named: bool) -> str:
    if kind is ChangeKind.NEW or (kind is ChangeKind.DEADLINE and named):
        return reader.say("kind-new-value" if now else "kind-new", now=now)
    if kind is ChangeKind.SETTLED:
        return reader.say("kind-settled", now=now, before=was)
    if kind is ChangeKind.DEADLINE:
        return reader.say("kind-deadline", now=now)
    if kind is ChangeKind.PASSED:
        return reader.say("kind-passed", before=was)
    if kind is ChangeKind.CONFLICT:
        return reader.say("kind-conflict-of" if now and was else "kind-conflict", one=was, other=now)
    return reader.say("now-was" if was else "now-only", now=now or reader.say("not-known"), before=was)


def change_line(change: Change, topic: Topic, reader: Reader) -> str:
    """Response · deadline: 10 days, was 30 days · 4 Jan."""
    moved = movement(change.kind, change.slot, change.before, change.after, topic, reader)
    return f"{subject(change.category, topic, reader, change.member)} · {moved} · {reader.short_day(change.at)}"


def change_lines(changes: Sequence[Change], topic: Topic, reader: Reader) -> tuple[str, ...]:
    """Each movement on a line; new points are counted by category, since their quotes stand elsewhere."""
    told_one_by_one = [change for change in changes if change.kind is not ChangeKind.NEW]
    ordered = sorted(_newest(told_one_by_one), key=lambda change: ORDER.index(change.kind))
    lines = [change_line(change, topic, reader) for change in ordered[:MOST_LINES]]
    lines += [reader.say("more-movements", count=len(ordered) - MOST_LINES)] if len(ordered) > MOST_LINES else []
    fresh = Counter(change.category for change in changes if change.kind is ChangeKind.NEW)
    places = [category for category in topic.categories if fresh[category]]
    counted = [
        reader.say("fresh-in", subject=category_title(topic, category, reader), count=fresh[category])
        for category in places
    ]
    return (*lines, *([reader.say("fresh-points", places="; ".join(counted))] if counted else []))


def difference_lines(differences: Sequence[Difference], topic: Topic, reader: Reader) -> tuple[str, ...]:
    """Response · deadline: 10 days, was 30 days: each thing that stands otherwise on a line."""
    return tuple(
        f"{_whose(each, topic, reader)} · {movement(each.kind, each.slot, each.before, each.after, topic, reader)}"
        for each in differences
    )


def _whose(each: Difference, topic: Topic, reader: Reader) -> str:
    """The layer; the party whose stance or value it is, with the layer that the stance is on."""
    if each.party is None:
        return subject(each.category, topic, reader)
    party = subject(position_of(each.party), topic, reader, each.member)
    on_layer = each.kind is ChangeKind.STANCE and topic.layer(each.category)
    return f"{party}, {category_title(topic, each.category, reader)}" if on_layer else party


def _newest(changes: Sequence[Change]) -> list[Change]:
    """Of what moved several times only the last movement; `changes` come newest first."""
    newest: dict[tuple[object, ...], Change] = {}
    for change in changes:
        newest.setdefault((change.kind, change.category, change.slot, change.party, change.member), change)
    return list(newest.values())


def summary(kinds: Iterable[ChangeKind], reader: Reader) -> str:
    """One value moved, two things new."""
    counts = Counter(kinds)
    parts = [reader.say(f"count-{kind.value}", count=counts[kind]) for kind in ORDER if counts[kind]]
    return capital(", ".join(parts))


def subject(category: Category, topic: Topic, reader: Reader, member: str | None = None) -> str:
    """A layer's name; a party's, or one of its members', with the word for position; the word for the process."""
    if not category.startswith(POSITION):
        return category_title(topic, category, reader)
    return reader.say("position-of", party=party_name(topic, PartyId(category.removeprefix(POSITION)), reader, member))

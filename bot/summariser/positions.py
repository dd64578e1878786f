"""Where each party stands, overall and where it or a member stands elsewhere. Knows the walk's state, not how it came about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.model.stories import PartyState
from bot.model.topics import Category, Party, Stance, Topic, position_of
from bot.summariser.state import Stand, State
from bot.summariser.voices import confidence

Place = tuple[str, str]  # member and layer, "" for the party as a whole and for the plan as a whole


def overall(state: State, party: Party) -> PartyState:
    """The party's stance on the plan as a whole; where it only spoke through members, the stance of most of them."""
    return _party_state(state, party, None, _whole(newest(state, party)))


def differences(state: State, party: Party) -> Iterator[PartyState]:
    """Members, and points of the plan, on which the stance is another than the overall one."""
    places = newest(state, party)
    whole = _whole(places)
    for (member, layer), stand in sorted(places.items()):
        if stand is whole or (not member and whole and stand.point.stance is whole.point.stance):
            continue
        yield _party_state(state, party, Category(layer) if layer else position_of(party.id), stand)


def newest(state: State, party: Party) -> Mapping[Place, Stand]:
    """The newest stance of the party and each member, on the plan and each layer. What one offers or asks for is none while there is another."""
    found: dict[Place, Stand] = {}
    for stand in sorted(state.stands.get(party.id, ()), key=lambda each: (each.since, each.told)):
        place = (stand.member or "", _layer(state.topic, stand))
        if (
            place not in found
            or stand.point.stance is not Stance.PROPOSES
            or found[place].point.stance is Stance.PROPOSES
        ):
            found[place] = stand
    return found


def _layer(topic: Topic, stand: Stand) -> str:
    """The one layer that the sentence names."""
    named = [layer.id for layer in topic.layers if f"L:{layer.id}" in stand.point.signature]
    return named[0] if len(named) == 1 else ""


def _whole(places: Mapping[Place, Stand]) -> Stand | None:
    members = [stand for (member, _), stand in places.items() if member]
    if ("", "") in places or not members:
        return places.get(("", ""))
    usual = Counter(stand.point.stance for stand in members).most_common(1)[0][0]
    return max((stand for stand in members if stand.point.stance is usual), key=lambda stand: (stand.since, stand.told))


def _party_state(state: State, party: Party, on: Category | None, stand: Stand | None) -> PartyState:
    if stand is None:
        return PartyState(
            party=party.id, on=on, stance=None, since=None, before=None, confidence=0.0, quote="", development_id=None, evidence=()
        )  # fmt: skip
    told = [point for development in stand.told for point in state.tellings.get(development, ())]
    return PartyState(
        party=party.id,
        on=on,
        stance=stand.point.stance,
        since=stand.since,
        before=stand.before,
        confidence=confidence(told, disputed=False),
        quote=stand.point.quote,
        development_id=stand.point.development_id,
        evidence=tuple(point.id for point in told),
        member=stand.member,
    )

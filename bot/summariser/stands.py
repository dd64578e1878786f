"""Stances of parties and their members: which stands, which turned from which. Knows points and the state, not how likeness is weighed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.model.stories import ChangeKind, DevelopmentId, KeyPoint, Standing
from bot.model.topics import PartyId, Stance
from bot.summariser.issues import NEEDED, Issue, issue_of, sameness
from bot.summariser.state import Stand, State
from bot.summariser.voices import as_background, as_news, is_sure, speaks_of_change

# A stance first told less than so long ago is no stance to turn from: what looks like a turn within a day is two readings of one
# statement. The quickest of 56 turns in six corpora took 47 hours.
SETTLED = timedelta(hours=20)
YOUNG = timedelta(hours=24)  # so long the tellings of a new stance may yet show which one it turns
# How sure and fresh a sentence must be to turn a stance: over eight corpora, each left out, F1 of turns was 0.33 at 0.25, 0.38 at 0.4 and
# 0.37 at 0.55.
TURNING = 0.45
_MOST_STANDS = 200  # of one party, the newest; looked through for each new one


def stance_told(state: State, development: DevelopmentId, fresh: Sequence[KeyPoint]) -> None:
    """Take in the sentences of one moment that tell a party's stance."""
    point = next((each for each in fresh if _tells(state, each)), None)
    if point is None or not is_sure(state.tellings[development]):
        return
    party = point.party or PartyId("")
    own = next((stand for stand in state.stands[party] if development in stand.told), None)
    if own is None and state.standings.get(development) is Standing.SUPERSEDED and not speaks_of_change(fresh):
        return  # what was turned from, told again
    if own is None:
        _first_told(state, party, point, development)
    elif own.before is None and own.told == (development,) and point.published - own.since <= YOUNG:
        _look_again(state, party, own, point, development)


def _tells(state: State, point: KeyPoint) -> bool:
    """Whether a sentence tells a stance as news; the first word of a party or member counts however it is told."""
    if point.stance is None or point.party is None or as_background(point):
        return False
    known = (stand.member == point.member for stand in state.stands[point.party])
    return as_news(point, TURNING) or not any(known)


def _first_told(state: State, party: PartyId, point: KeyPoint, development: DevelopmentId) -> None:
    issue = issue_of(state.tellings[development])
    new = Stand(point, point.published, None, (development,), issue.member)
    found = _same_issue(state, issue, state.stands[party], point)
    if found is None:
        state.stands[party].append(new)
    elif side(found.point.stance) == side(point.stance):
        _replaced(state, party, found, replace(found, told=(*found.told, development)[-4:]))
    else:
        _turn(state, party, found, new)


def _look_again(state: State, party: PartyId, own: Stand, point: KeyPoint, development: DevelopmentId) -> None:
    """Further tellings on the first day may name the member, or the stance that was turned from."""
    issue = issue_of(state.tellings[development])
    others = [stand for stand in state.stands[party] if stand is not own]
    found = _same_issue(state, issue, others, own.point)
    if found is not None and side(found.point.stance) != side(own.point.stance):
        _removed(state, party, own)
        _turn(state, party, found, replace(own, point=point, since=point.published, member=issue.member))
    elif own.member != issue.member:
        _replaced(state, party, own, replace(own, member=issue.member))


def _same_issue(state: State, issue: Issue, stands: Sequence[Stand], point: KeyPoint) -> Stand | None:
    """The stance that is most likely about the same thing, if one is likely enough. To offer or to ask for something turns nothing."""
    found: list[tuple[float, int, Stand]] = []
    for number, stand in enumerate(stands[-_MOST_STANDS:]):
        if point.stance is Stance.PROPOSES and stand.point.stance is not Stance.PROPOSES:
            continue
        if stand.told[-1] == point.development_id or point.published - stand.since < SETTLED:
            continue
        likely = sameness(
            issue, issue_of([told for each in stand.told for told in state.tellings[each]]), state.commonness
        )
        if likely is not None and likely >= NEEDED:
            found.append((likely, number, stand))
    return max(found)[2] if found else None


def _turn(state: State, party: PartyId, old: Stand, new: Stand) -> None:
    for development in old.told:
        if state.holds(development):
            state.standings[development] = Standing.SUPERSEDED
    for development in new.told:
        state.standings[development] = Standing.STANDING
    _replaced(state, party, old, replace(new, before=old.point.stance, member=new.member or old.member, previous=old))
    why = "another stance of the same party on the same point"
    before, after = str(old.point.stance), str(new.point.stance)
    state.note(ChangeKind.STANCE, new.point, new.told[0], before, after, why, (old.point.id,))


def _replaced(state: State, party: PartyId, old: Stand, new: Stand) -> None:
    """The newest stands last, so that it is found first among equals."""
    _removed(state, party, old)
    state.stands[party].append(new)


def _removed(state: State, party: PartyId, stand: Stand) -> None:
    state.stands[party] = [each for each in state.stands[party] if each is not stand]


def stance_taken_back(state: State, development: DevelopmentId) -> None:
    """A stance was taken back: the last one before it that still holds stands, else none."""
    for party in list(state.stands):
        for stand in [stand for stand in state.stands[party] if development in stand.told]:
            left = tuple(each for each in stand.told if each != development)
            _removed(state, party, stand)
            again = (
                replace(stand, told=left)
                if left and stand.point.development_id != development
                else _earlier(state, stand)
            )
            if again is not None:
                state.stands[party].append(again)
                _stand_again(state, again.told)


def _earlier(state: State, stand: Stand) -> Stand | None:
    previous = stand.previous
    while previous and not any(state.holds(each) for each in previous.told):
        previous = previous.previous
    return previous


def _stand_again(state: State, developments: Iterable[DevelopmentId]) -> None:
    for development in developments:
        if state.holds(development):
            state.standings[development] = Standing.STANDING


def side(stance: Stance | None) -> str:
    """For, against, with conditions, open, or offering and asking: to accept what one supports is no move."""
    return "for" if stance in (Stance.SUPPORTS, Stance.ACCEPTS) else str(stance)


def live(state: State) -> Iterator[Stand]:
    """Every stance that stands."""
    for stands in state.stands.values():
        yield from stands

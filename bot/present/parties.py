"""Where the parties stand, in one line. Knows neither quotes nor dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.model.stories import Board, PartyState
from bot.model.topics import POSITION, Stance, Topic
from bot.present.names import category_title, is_plural, party_name
from bot.present.reader import Reader
from bot.present.values import stance_word

MOST_MEMBERS = 3  # so many are named; more are counted


def party_line(board: Board, topic: Topic, reader: Reader) -> str:
    """US supports · Europe supports (Italy: with conditions) · Russia has not answered on the whole (Force: refusal)."""
    return " · ".join(party_phrase(state, board.differences, topic, reader) for state in board.parties)


def party_phrase(state: PartyState, differences: Sequence[PartyState], topic: Topic, reader: Reader) -> str:
    """One party's overall stance, and in brackets where it, or one of its members, stands elsewhere."""
    own = [each for each in differences if each.party == state.party]
    whole = whole_stance(state, own)
    name = party_name(topic, state.party, reader)
    known = whole.value if whole else ("no-whole" if own else "silent")
    said = reader.say(f"party-{known}", party=name, many="yes" if is_plural(name) else "no")
    elsewhere = [each for each in own if each.stance is not whole]
    apart = "; ".join((*_members(elsewhere, topic, reader), *_points(elsewhere, topic, reader)))
    return f"{said} ({apart})" if apart else said


def whole_stance(state: PartyState, differences: Sequence[PartyState]) -> Stance | None:
    """The party's stance on the plan as a whole; None where all it said was of one point."""
    own = (each for each in differences if each.party == state.party and _on_layer(each))
    return None if any(each.development_id == state.development_id for each in own) else state.stance


def elsewhere(board: Board) -> tuple[PartyState, ...]:
    """Differences that differ: where the stance is another than the party's overall one."""
    overall = {state.party: state.stance for state in board.parties}
    return tuple(each for each in board.differences if each.stance is not overall.get(each.party))


def _members(own: Sequence[PartyState], topic: Topic, reader: Reader) -> Iterator[str]:
    apart = [each for each in own if each.member and not _on_layer(each)]
    for stance in dict.fromkeys(each.stance for each in apart):
        names = [party_name(topic, each.party, reader, each.member) for each in apart if each.stance is stance]
        said = reader.listed(names) if len(names) <= MOST_MEMBERS else reader.say("members", count=len(names))
        yield f"{said}: {_word(stance, reader)}"


def _points(own: Sequence[PartyState], topic: Topic, reader: Reader) -> Iterator[str]:
    for each in own:
        if _on_layer(each):
            yield f"{_subject(each, topic, reader)}: {_word(each.stance, reader)}"


def _subject(state: PartyState, topic: Topic, reader: Reader) -> str:
    """Force; or Italy on Force, for one member."""
    on = category_title(topic, state.on, reader) if state.on else ""
    return f"{party_name(topic, state.party, reader, state.member)}, {on}" if state.member else on


def _on_layer(state: PartyState) -> bool:
    return state.on is not None and not state.on.startswith(POSITION)


def _word(stance: Stance | None, reader: Reader) -> str:
    return stance_word(stance.value if stance else None, reader)

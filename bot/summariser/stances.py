"""Where a sentence says that a party or one of its members stands. Reads hits, never guesses beyond them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.topics import PartyId, Stance, Topic
from bot.summariser.annotating import Sentence
from bot.summariser.phrasebooks import Hit

_REACH = 12  # words between a party and its stance verb; the 95th percentile in config/sample is 9
_CONDITION_REACH = 6  # words between "accepts" and "only if": an object of some words stands between
_FLIPPED = {
    Stance.REJECTS: None,
    Stance.ACCEPTS: Stance.REJECTS,
    Stance.SUPPORTS: Stance.REJECTS,
    Stance.PROPOSES: None,
}
_STRENGTH = (Stance.REJECTS, Stance.UNDECIDED, Stance.CONDITIONAL, Stance.SUPPORTS, Stance.ACCEPTS, Stance.PROPOSES)


def stance_of(topic: Topic, party: PartyId, line: Sentence) -> Stance | None:
    """The party's stance by the stance cue that belongs to it: after its name with no other party between, or in a sentence that names
    no other party. A negated cue turns round. None where the sentence gives the cue to somebody else.
    """
    own = [hit for sense in party_senses(topic, party) for hit in line.places(sense)]
    rivals = [
        hit
        for other in topic.parties
        if other.id != party
        for sense in party_senses(topic, other.id)
        for hit in line.places(sense)
    ]
    best: tuple[float, Stance, Hit] | None = None
    for rank, stance in enumerate(_STRENGTH):
        for cue in line.places(f"stance.{stance}"):
            meant = _FLIPPED.get(stance, stance) if line.negated(cue, 2) and cue.first == cue.last else stance
            if meant is not None and any(0 < cue.first - asked.last <= _REACH for asked in line.places("whether")):
                meant = Stance.UNDECIDED  # "whether it would go along" is an open question
            gap = _gap(own, rivals, cue)
            if meant is None or gap is None:
                continue
            score = gap + rank * 1.5 - (4.0 if meant is Stance.UNDECIDED else 0.0)
            if best is None or score < best[0]:
                best = (score, meant, cue)
    if best is None:
        return None
    return (
        Stance.CONDITIONAL
        if best[1] in (Stance.SUPPORTS, Stance.ACCEPTS) and _with_a_condition(line, best[2], rivals)
        else best[1]
    )


def _with_a_condition(line: Sentence, cue: Hit, rivals: Sequence[Hit]) -> bool:
    """Whether a condition follows the word of support, before another party is named: "will take part only if Congress votes"."""
    following = (hit for hit in line.places("stance.conditional") if 0 < hit.first - cue.last <= _CONDITION_REACH)
    return any(not any(cue.last < rival.first < hit.first for rival in rivals) for hit in following)


def _gap(own: Sequence[Hit], rivals: Sequence[Hit], cue: Hit) -> float | None:
    """Words between the party and the cue; more when the party comes after it; None when another party stands nearer."""
    before = [hit.last for hit in own if hit.last < cue.first and cue.first - hit.last <= _REACH]
    if before:
        nearest = max(before)
        return None if any(nearest < rival.first < cue.first for rival in rivals) else float(cue.first - nearest)
    if any(rival.first < cue.first for rival in rivals):
        return None
    after = [hit.first for hit in own if hit.first > cue.last]
    if after:
        return 6.0 + min(after) - cue.last
    return None


def party_senses(topic: Topic, party: PartyId) -> tuple[str, ...]:
    """Senses under which the party or a member of it is named."""
    found = topic.party(party)
    return (f"party:{party}", *(f"member:{member.id}" for member in (found.members if found else ())))


def member_of(topic: Topic, party: PartyId, line: Sentence) -> str | None:
    """The one member that the sentence names first, if it names the member before the party as a whole."""
    found = topic.party(party)
    if not found:
        return None
    places = [(hit.first, member.id) for member in found.members for hit in line.places(f"member:{member.id}")]
    return min(places)[1] if places else None

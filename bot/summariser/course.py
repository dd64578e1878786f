"""Follows the plan through time: walks the key points in order of publication and notes what each one moves.

Changes and board both come from this one walk, so they cannot disagree. Knows points with their developments; knows no store.
Rules, in the order in which they are tried on the first telling of a development:
correction (it takes back an earlier one) · value moved or in conflict · stance moved · new. Rungs are moved by evidence as it gathers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.model.stories import Change, ChangeKind, DevelopmentId, KeyPoint, Modality, PointId, SourceKind, Standing
from bot.model.topics import PROCESS, Category, Rung, RungRule, SideState, SlotId, Stance, Topic
from bot.summariser.entries import entry, value_text

# Confidence below which a sentence that only one report brings moves nothing and enters no digest: held out by outlet, about a quarter of the
# sentences below 0.4 carried a point, about four of five above it (`make learn` prints the bands).
SURE = 0.4
CONTEST = timedelta(
    days=3
)  # a rival figure within three days, without a word of change, is a conflict; later it is a new value
_SETTLING = 2  # independent reports of one side after the other fell silent, or one official word, settle a conflict


@dataclass
class Holding:
    """A tracked value as it stands, with its rival while two reports dispute it."""

    point: KeyPoint
    since: datetime
    before: str | None
    development: DevelopmentId
    last_told: datetime
    rival: KeyPoint | None = None
    rival_since: datetime | None = None
    conflict: Change | None = None
    previous: Holding | None = None  # what stands again when this one is taken back


@dataclass
class Stand:
    """Where a party or one of its members stands on one point."""

    point: KeyPoint
    since: datetime
    before: Stance | None
    previous: Stand | None = None


@dataclass
class Step:
    """The rung on which a layer stands."""

    rung: Rung = Rung.UNKNOWN
    since: datetime | None = None
    why: str = ""
    evidence: tuple[PointId, ...] = ()
    confidence: float = 0.0


Key = tuple[str, ...]


@dataclass
class Course:
    """The state after the points walked so far. Feed it points in order with `walk`."""

    topic: Topic
    changes: list[Change] = field(default_factory=list)
    values: dict[Key, Holding] = field(default_factory=dict)
    stands: dict[Key, Stand] = field(default_factory=dict)
    steps: dict[Category, Step] = field(default_factory=dict)
    sides: dict[Category, dict[SideState, KeyPoint]] = field(default_factory=lambda: defaultdict(dict))
    standings: dict[DevelopmentId, Standing] = field(default_factory=dict)
    firsts: dict[DevelopmentId, KeyPoint] = field(default_factory=dict)
    tellings: dict[DevelopmentId, list[KeyPoint]] = field(default_factory=lambda: defaultdict(list))
    _valued: set[DevelopmentId] = field(default_factory=set)
    _stanced: set[DevelopmentId] = field(default_factory=set)
    _rung_evidence: dict[tuple[Category, Rung], list[KeyPoint]] = field(default_factory=lambda: defaultdict(list))

    def walk(self, points: Iterable[KeyPoint]) -> Course:
        """Take in points; they must come in order of publication and carry their development."""
        for point in sorted(points, key=_reading_order):
            if point.development_id:
                self._take(point, point.development_id)
        return self

    def _take(self, point: KeyPoint, development: DevelopmentId) -> None:
        known = development in self.firsts
        self.tellings[development].append(point)
        if known:
            self._told_again(point, development)
        else:
            self.firsts[development] = point
            self.standings[development] = Standing.STANDING
            self._first_told(point, development)
        self._climb(point, development)
        if point.side and self.topic.layer(point.category):
            self.sides[point.category].setdefault(point.side, point)

    # ── first tellings ──

    def _first_told(self, point: KeyPoint, development: DevelopmentId) -> None:
        taken_back = self._taken_back(point) if point.correction else None
        if taken_back:
            self._correct(point, development, taken_back)
        elif point.slot and point.quantities:
            self._value(point, development, point.slot)
        elif point.stance and point.party:
            self._stance(point, development)
        else:
            self._note(ChangeKind.NEW, point, development, None, None, "first telling")

    def _value(self, point: KeyPoint, development: DevelopmentId, slot: SlotId) -> None:
        key, after = value_key(point, slot), value_text(point)
        if self._unsure(point, development):
            self._note_new(point, development, after, "a figure in one sentence of which we are not sure")
            return
        self._valued.add(development)
        holding = self.values.get(key)
        if holding is None:
            self.values[key] = Holding(point, point.published, None, development, point.published)
            self._note_new(point, development, after, "first value told")
            return
        if "b:" in point.signature:  # told as what was before: history, not news
            self._note_new(point, development, after, "an earlier value, told as background")
            self.standings[development] = Standing.SUPERSEDED
            return
        before = value_text(holding.point)
        if before == after or (holding.rival and value_text(holding.rival) == after):
            self.standings[development] = Standing.DISPUTED if holding.rival else Standing.STANDING
            self._value_again(point, development, slot)  # the same value in words too different to be joined
            return
        if point.report_id == holding.point.report_id and "z:" not in point.signature:
            self._note_new(point, development, after, "another figure of the same report")
            return
        if self._contested(point, holding):
            holding.rival, holding.rival_since = point, point.published
            self.standings[holding.development] = self.standings[development] = Standing.DISPUTED
            holding.conflict = self._note(
                ChangeKind.CONFLICT,
                point,
                development,
                before,
                after,
                "two reports within three days, neither says that it replaces the other",
                (holding.point.id,),
            )
            return
        self._replace(key, holding, point, development, before, after)

    def _unsure(self, point: KeyPoint, development: DevelopmentId) -> bool:
        """Whether only one report, in an unsure sentence, says so: it is kept and shown, but moves nothing."""
        return point.confidence < SURE and len({told.report_id for told in self.tellings[development]}) < 2

    def _contested(self, point: KeyPoint, holding: Holding) -> bool:
        if point.official and not holding.point.official:
            return False
        fresh = point.published - holding.last_told <= CONTEST
        return fresh and point.outlet != holding.point.outlet and not _speaks_of_change(point, holding.point)

    def _replace(
        self, key: Key, holding: Holding, point: KeyPoint, development: DevelopmentId, before: str, after: str
    ) -> None:
        self._restate(key, before, Standing.SUPERSEDED)
        self._close(key, after, Standing.SUPERSEDED)
        self.values[key] = Holding(point, point.published, before, development, point.published, previous=holding)
        self._note(
            ChangeKind.VALUE,
            point,
            development,
            before,
            after,
            "a later report gives another value",
            (holding.point.id,),
        )

    def _stance(self, point: KeyPoint, development: DevelopmentId) -> None:
        if self._unsure(point, development):
            self._note_new(point, development, str(point.stance), "a stance in one sentence of which we are not sure")
            return
        self._stanced.add(development)
        key = stance_key(point)
        stand = self.stands.get(key)
        after = str(point.stance)
        if stand is None or _side(stand.point.stance) == _side(point.stance) or "b:" in point.signature:
            if stand is None:
                self.stands[key] = Stand(point, point.published, None)
            self._note_new(point, development, after, "first word on this")
            return
        before = str(stand.point.stance)
        self.standings[stand.point.development_id or development] = Standing.SUPERSEDED
        self.standings[development] = Standing.STANDING
        self.stands[key] = Stand(point, point.published, stand.point.stance, stand)
        self._note(
            ChangeKind.STANCE,
            point,
            development,
            before,
            after,
            "another stance of the same party on the same point",
            (stand.point.id,),
        )

    def _taken_back(self, point: KeyPoint) -> DevelopmentId | None:
        """The development of the same category, told within a fortnight before, with most marks in common."""
        marks = _facts(point)
        best: tuple[int, datetime, DevelopmentId] | None = None
        for development, first in self.firsts.items():
            if first.category != point.category or development == point.development_id or first.correction:
                continue
            if point.published - first.published > timedelta(days=14):
                continue
            shared = len(marks & _facts(first))
            if shared >= 2 and (best is None or (shared, first.published) > best[:2]):
                best = (shared, first.published, development)
        return best[2] if best else None

    def _correct(self, point: KeyPoint, development: DevelopmentId, taken_back: DevelopmentId) -> None:
        wrong = self.firsts[taken_back]
        for key, holding in list(self.values.items()):
            if holding.rival and holding.rival.development_id == taken_back:
                self._settle(holding, point)
            elif holding.development == taken_back:
                self._fall_back(key, holding, point)
        for place, stand in list(self.stands.items()):
            if stand.point.development_id == taken_back:
                self._stand_back(place, stand)
        self.standings[taken_back] = Standing.CORRECTED
        self._note(
            ChangeKind.CORRECTION,
            point,
            development,
            taken_back,
            None,
            "takes back or denies an earlier report",
            (wrong.id,),
        )
        self._climb_down(taken_back, point, development)
        if point.slot and point.quantities and (not wrong.quantities or value_text(point) != value_text(wrong)):
            self._value(point, development, point.slot)  # "15,000, not 50,000": the right figure comes along

    def _fall_back(self, key: Key, holding: Holding, point: KeyPoint) -> None:
        """The value that stands was taken back: its rival stands, else the last one before it that still holds, else none."""
        rival, previous = holding.rival, holding.previous
        while previous and self.standings[previous.development] is Standing.CORRECTED:
            previous = previous.previous
        if rival and rival.development_id:
            again = Holding(rival, point.published, holding.before, rival.development_id, point.published)
        elif previous:
            again = replace(previous, rival=None, rival_since=None, conflict=None)
        else:
            del self.values[key]
            return
        self.values[key] = again
        self._restate(key, value_text(again.point), Standing.STANDING)

    def _stand_back(self, key: Key, stand: Stand) -> None:
        """A stance was taken back: the last one before it that still holds stands, else none."""
        previous = stand.previous
        while (
            previous
            and previous.point.development_id
            and self.standings[previous.point.development_id] is Standing.CORRECTED
        ):
            previous = previous.previous
        if previous is None:
            del self.stands[key]
            return
        self.stands[key] = previous
        if previous.point.development_id:
            self.standings[previous.point.development_id] = Standing.STANDING

    # ── later tellings ──

    def _told_again(self, point: KeyPoint, development: DevelopmentId) -> None:
        if point.slot and point.quantities and development not in self._valued:
            return self._value(point, development, point.slot)  # earlier tellings gave no figure
        if point.stance and point.party and not point.slot and development not in self._stanced:
            return self._stance(point, development)
        if not point.slot:
            return None
        return self._value_again(point, development, point.slot)

    def _value_again(self, point: KeyPoint, development: DevelopmentId, slot: SlotId) -> None:
        key = value_key(point, slot)
        holding = self.values.get(key)
        if holding is None:
            return
        held, told = value_text(holding.point), value_text(point)
        rival = value_text(holding.rival) if holding.rival else None
        if told == held:
            holding.last_told = point.published
            if rival and self._settled_by(point, key, rival, holding):
                self._settle(holding, point, others=Standing.CORRECTED)
        elif told == rival and self._settled_by(point, key, held, holding):
            self._settle(holding, point)
            self._replace(key, holding, point, development, held, told)

    def _settled_by(self, point: KeyPoint, key: Key, other: str, holding: Holding) -> bool:
        """Whether later reports, other than the two that opened the conflict, decide it for the side that `point` tells: an official channel,
        an official word that corrects or confirms, or two independent reports while nobody tells the `other` side any more.
        """
        if holding.rival is None or holding.rival_since is None:
            return False
        opened = {holding.point.report_id, holding.rival.report_id}
        ours, theirs = (
            {
                told.report_id
                for told in self._tellings_of(key, side)
                if told.published > holding.rival_since and told.report_id not in opened and "b:" not in told.signature
            }
            for side in (value_text(point), other)
        )
        if value_text(point) != value_text(holding.point) and _gives_the_old(point, holding.point):
            return True  # "20,000, not the 15,000 of the draft" is a change, whoever told it first
        decided = point.official or (is_official(point) and (point.correction or point.modality is Modality.DECIDED))
        return point.report_id in ours and (decided or (len(ours) >= _SETTLING and not theirs))

    def _settle(self, holding: Holding, point: KeyPoint, *, others: Standing = Standing.SUPERSEDED) -> None:
        """The dispute is over, and the value held stands."""
        holding.rival = holding.rival_since = holding.conflict = None
        if holding.point.slot:
            self._close(value_key(holding.point, holding.point.slot), value_text(holding.point), others)
        holding.last_told = point.published

    def _close(self, key: Key, text: str, others: Standing) -> None:
        """Nothing of this value is disputed any more: what gives `text` stands, what gives another figure is `others`."""
        self._restate(key, text, Standing.STANDING)
        for development, first in self.firsts.items():
            rival = first.slot and first.quantities and value_key(first, first.slot) == key
            if rival and self.standings[development] is Standing.DISPUTED:
                self.standings[development] = others

    def _tellings_of(self, key: Key, text: str) -> list[KeyPoint]:
        """Everything that told this value, in whatever words."""
        return [told for tellings in self.tellings.values() for told in tellings if _tells(told, key, text)]

    def _restate(self, key: Key, text: str, standing: Standing) -> None:
        """Every development whose first telling gives this value stands so; what was taken back stays so."""
        for development, first in self.firsts.items():
            if _tells(first, key, text) and self.standings[development] is not Standing.CORRECTED:
                self.standings[development] = standing

    # ── rungs ──

    def _climb(self, point: KeyPoint, development: DevelopmentId) -> None:
        if point.rung is None:
            return
        for category in self._layers_of(point):
            gathered = self._rung_evidence[(category, point.rung)]
            gathered.append(point)
            step = self.steps.setdefault(category, Step())
            rule = next((rule for rule in self.topic.rungs if rule.rung is point.rung), None)
            if rule and point.rung.height > step.rung.height and _satisfied(rule, gathered):
                self._step(category, step, rule, gathered, point, development)

    def _climb_down(self, taken_back: DevelopmentId, point: KeyPoint, development: DevelopmentId) -> None:
        """A layer leaves a rung that rested on what was taken back, for the highest that the other evidence still gives it."""
        for place, gathered in self._rung_evidence.items():
            self._rung_evidence[place] = [told for told in gathered if told.development_id != taken_back]
        for category, step in list(self.steps.items()):
            held = [
                (rule, evidence)
                for rule in self.topic.rungs
                if rule.rung.height <= step.rung.height
                and _satisfied(rule, evidence := self._rung_evidence[(category, rule.rung)])
            ]
            rule, evidence = max(held, key=lambda found: found[0].rung.height, default=(None, []))
            after = rule.rung if rule else Rung.UNKNOWN
            if after is step.rung:
                continue
            why = "what put it there was taken back"
            ids = tuple(told.id for told in evidence)
            self.steps[category] = Step(after, point.published, why, ids, step.confidence if rule else 0.0)
            self._note(ChangeKind.RUNG, point, development, str(step.rung), str(after), why, ids, category)

    def _layers_of(self, point: KeyPoint) -> list[Category]:
        layers = [Category(layer.id) for layer in self.topic.layers]
        if point.category in layers:
            return [point.category]
        if point.category == PROCESS and point.rung and point.rung.height > Rung.PROPOSED.height:
            return [layer for layer in layers if f"L:{layer}" in point.signature]
        return []

    def _step(
        self,
        category: Category,
        step: Step,
        rule: RungRule,
        gathered: Sequence[KeyPoint],
        point: KeyPoint,
        development: DevelopmentId,
    ) -> None:
        officials, outlets = _count(gathered)
        why = f"{rule.rung}: {officials} official, {outlets} independent; the rule asks for {rule.official} official or {rule.outlets} independent"
        evidence = tuple(p.id for p in gathered)
        before = str(step.rung)
        first_floor = step.rung is Rung.UNKNOWN and rule.rung.height <= Rung.PROPOSED.height
        self.steps[category] = Step(
            rule.rung,
            point.published,
            why,
            evidence,
            round(min(1.0, (officials * 2 + outlets) / (rule.outlets + 2)), 2),
        )
        if not first_floor:
            self._note(ChangeKind.RUNG, point, development, before, str(rule.rung), why, evidence[:-1], category)

    def _note_new(self, point: KeyPoint, development: DevelopmentId, after: str, why: str) -> None:
        """NEW, once a development."""
        if self.tellings[development] == [point]:
            self._note(ChangeKind.NEW, point, development, None, after, why)

    def _note(
        self,
        kind: ChangeKind,
        point: KeyPoint,
        development: DevelopmentId,
        before: str | None,
        after: str | None,
        why: str,
        also: tuple[PointId, ...] = (),
        category: Category | None = None,
    ) -> Change:
        change = entry(kind, point, development, before, after, why, also, category)
        self.changes.append(change)
        return change


def value_key(point: KeyPoint, slot: SlotId) -> Key:
    """Under which a value is tracked: what one party offers or asks is apart from the plan's own."""
    if point.party:
        asked = "asked" if point.modality is Modality.ASKED else "offered"
        return (str(point.category), slot, point.member or "", asked)
    return (str(point.category), slot)


def stance_key(point: KeyPoint) -> Key:
    """Under which a stance is tracked: party, member, and the layer that the sentence names, if one."""
    layers = sorted(mark for mark in point.signature if mark.startswith("L:"))
    return (str(point.party), point.member or "", layers[0] if len(layers) == 1 else "")


def is_official(point: KeyPoint) -> bool:
    """Whether an office stands behind it: an official channel, or a named office."""
    return point.official or point.source_kind is SourceKind.OFFICIAL


def _side(stance: Stance | None) -> str:
    """For, against, with conditions or open: offering after supporting is no move."""
    if stance in (Stance.SUPPORTS, Stance.ACCEPTS, Stance.PROPOSES):
        return "for"
    return str(stance)


def _reading_order(point: KeyPoint) -> tuple[object, ...]:
    """By publication; within one moment what is told as background comes last, the rest as it is read."""
    place = point.quote.find(point.quantities[0].text) if point.quantities else -1
    return (point.published, "b:" in point.signature, point.article, point.span.start, place, point.id)


def _tells(point: KeyPoint, key: Key, text: str) -> bool:
    return bool(point.slot and point.quantities and value_key(point, point.slot) == key and value_text(point) == text)


def _facts(point: KeyPoint) -> set[str]:
    """The marks by which a denial finds what it takes back: values, numbers, names, concepts, members."""
    return {mark for mark in point.signature if mark.partition(":")[0] in ("v", "n", "x", "c", "m")}


def _count(points: Sequence[KeyPoint]) -> tuple[int, int]:
    """(official, independent) voices: a report counts once however many copy it, an outlet once however often it says so."""
    return _voices([point for point in points if is_official(point)]), _voices(points)


def _voices(points: Sequence[KeyPoint]) -> int:
    return min(len({point.report_id for point in points}), len({point.outlet for point in points}))


def _satisfied(rule: RungRule, points: Sequence[KeyPoint]) -> bool:
    officials, outlets = _count(points)
    return officials >= rule.official or outlets >= rule.outlets


def _speaks_of_change(point: KeyPoint, held: KeyPoint) -> bool:
    """Whether the sentence itself gives the old value too, or is told as a move away from it."""
    return _gives_the_old(point, held) or "z:" in point.signature


def _gives_the_old(point: KeyPoint, held: KeyPoint) -> bool:
    """Whether the sentence holds the value that stood before as well, and does not tell its own as background."""
    numbers = {quantity.value for quantity in point.quantities}
    return bool(held.quantities) and held.quantities[0].value in numbers and "b:" not in point.signature

"""How far each layer has come: moved only by the topic file's rules, with the voices that each rule asks for. Knows points and the state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model.stories import ChangeKind, DevelopmentId, KeyPoint
from bot.model.topics import PROCESS, Category, Rung, RungRule, Topic
from bot.summariser.sides import layer_moved
from bot.summariser.state import State, Step
from bot.summariser.voices import counted, is_sure, satisfied


def climb(state: State, point: KeyPoint, development: DevelopmentId) -> None:
    """Let a sentence that speaks of a rung count for the layers it is about; what one unsure sentence says does not count."""
    if point.rung is None or not is_sure([point]):
        return
    for category in _layers_of(state.topic, point):
        gathered = state.rung_evidence[category, point.rung]
        gathered.append(point)
        step = state.steps.setdefault(category, Step())
        rule = next((rule for rule in state.topic.rungs if rule.rung is point.rung), None)
        if rule and point.rung.height > step.rung.height and satisfied(rule, gathered):
            _step(state, category, rule, gathered, development)


def _step(
    state: State, category: Category, rule: RungRule, gathered: Sequence[KeyPoint], development: DevelopmentId
) -> None:
    officials, outlets = counted(gathered)
    why = f"{rule.rung}: {officials} official, {outlets} independent; the rule asks for {rule.official} official or {rule.outlets} independent"
    point, before = gathered[-1], state.steps[category].rung
    evidence = tuple(each.id for each in gathered)
    confidence = round(min(1.0, (officials * 2 + outlets) / (rule.outlets + 2)), 2)
    state.steps[category] = Step(rule.rung, point.published, why, evidence, confidence)
    layer_moved(state, category, ChangeKind.RUNG)
    if (
        before is not Rung.UNKNOWN or rule.rung.height > Rung.PROPOSED.height
    ):  # a first proposal is no step worth telling
        last = replace(point, seen_at=max(each.seen_at for each in gathered))
        state.note(ChangeKind.RUNG, last, development, str(before), str(rule.rung), why, evidence[:-1], category)


def climb_down(state: State, wrong: DevelopmentId, point: KeyPoint, development: DevelopmentId) -> None:
    """A layer leaves a rung that rested on what was taken back, for the highest that the other evidence still gives it."""
    for place, gathered in state.rung_evidence.items():
        state.rung_evidence[place] = [told for told in gathered if told.development_id != wrong]
    for category, step in list(state.steps.items()):
        rule = _highest(state, category, step)
        after = rule.rung if rule else Rung.UNKNOWN
        if after is step.rung:
            continue
        why = "what put it there was taken back"
        ids = tuple(told.id for told in state.rung_evidence[category, after])
        state.steps[category] = Step(after, point.published, why, ids, step.confidence if rule else 0.0)
        state.note(ChangeKind.RUNG, point, development, str(step.rung), str(after), why, ids, category)


def _highest(state: State, category: Category, step: Step) -> RungRule | None:
    held = [
        rule
        for rule in state.topic.rungs
        if rule.rung.height <= step.rung.height and satisfied(rule, state.rung_evidence[category, rule.rung])
    ]
    return max(held, key=lambda rule: rule.rung.height, default=None)


def _layers_of(topic: Topic, point: KeyPoint) -> list[Category]:
    """Its own layer; for a step of the process beyond a proposal the layers that it names."""
    layers = [Category(layer.id) for layer in topic.layers]
    if point.category in layers:
        return [point.category]
    if point.category == PROCESS and point.rung and point.rung.height > Rung.PROPOSED.height:
        return [layer for layer in layers if f"L:{layer}" in point.signature]
    return []

"""Learns what is read in a sentence once its category is known: whose stance it is and which, which number is a tracked value, what is told as past."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.topics import Topic
from bot.summariser.weighing import Weights
from tests.quality import learn_stances, learn_values
from tests.quality.known import Known, learning_folders
from tests.quality.stances import told_in

Tables = dict[str, dict[str, float]]


class Details:
    """The labelled sentences of corpora and wording bank, made into rows once."""

    def __init__(self, known: Sequence[Known], topic: Topic) -> None:
        folders, self._topic = learning_folders(), topic
        told = told_in(known, learn_stances.facts_of(folders))
        self._told = [each for each in told if each.gold]
        self._rows = list(learn_values.rows_of(known, learn_values.facts_of(folders), topic))

    def tables(self, without: str = "") -> Tables:
        """Everything learned, for any topic and language, from all corpora but one."""
        stances = learn_stances.learn_from([each for each in self._told if each.group != without], self._topic)
        values = learn_values.learn_from([row for row in self._rows if row.corpus != without])
        return {**stances, **values}

    def left_out(self) -> dict[str, Weights]:
        """By corpus what was learned without it."""
        return {name: Weights(self.tables(name), {}) for name in sorted({row.corpus for row in self._rows})}

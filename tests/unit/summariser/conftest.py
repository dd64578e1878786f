"""The shipped plan, its language packs and weights, loaded once for the whole run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.model.languages import LanguagePack
from bot.model.topics import Topic
from bot.summariser.analysis import Analyst
from bot.summariser.annotating import Annotator, Sentence
from bot.summariser.weighing import Weights
from bot.text.words import Morphology
from bot.topics import load_packs, load_topic
from bot.topics.weights import load_weights
from tests.builders import an_article

CONFIG = Path(__file__).parents[3] / "config"
Say = Callable[[str, str], Sentence]


@pytest.fixture(scope="session")
def plan() -> Topic:
    """The shipped topic."""
    return load_topic(CONFIG / "topics" / "ukraine-guarantees.toml")


@pytest.fixture(scope="session")
def packs() -> Mapping[str, LanguagePack]:
    """The shipped language packs."""
    return load_packs(CONFIG / "words")


@pytest.fixture(scope="session")
def weights() -> Weights:
    """The shipped weights."""
    return load_weights(CONFIG / "weights.json")


@pytest.fixture(scope="session")
def morphology() -> Morphology:
    """Dictionaries that load once."""
    return Morphology()


@pytest.fixture(scope="session")
def annotator(plan: Topic, packs: Mapping[str, LanguagePack], morphology: Morphology) -> Annotator:
    """Reads texts for the shipped topic."""
    return Annotator(plan, packs, morphology)


@pytest.fixture(scope="session")
def analyst(plan: Topic, packs: Mapping[str, LanguagePack], weights: Weights, morphology: Morphology) -> Analyst:
    """Reads articles for the shipped topic."""
    return Analyst(plan, packs, weights, morphology)


@pytest.fixture(scope="session")
def said(annotator: Annotator) -> Say:
    """The one sentence of a text, read with the shipped topic in mind."""

    def read(language: str, text: str) -> Sentence:
        annotated = annotator.annotate(an_article(text=text, language=language))
        assert annotated is not None and len(annotated.sentences) == 1
        return annotated.sentences[0]

    return read

"""Whether a sentence tells its point as news of the day or as something told before. Knows one article, not what others told."""

from __future__ import annotations

from bot.summariser.annotating import Sentence
from bot.summariser.features import SentenceFeatures
from bot.summariser.surroundings import Features, Surroundings

_LONG_WORD = 3  # letters; shorter words are in every title


def fresh_features(around: Surroundings, index: int, own: SentenceFeatures) -> Features:
    """What speaks for news: where the sentence stands, what it shares with the title, words of time and of background."""
    annotated = around.annotated
    line, count = annotated.sentences[index], len(annotated.sentences)
    return {
        **own.key,
        "f.title_words": _shared(_words(annotated.title), _words(line)),
        "f.title_senses": _shared(set(annotated.title.senses), set(line.senses)),
        "f.place": index / count,
        "f.first": float(index == 0),
        "f.second": float(index == 1),
        "f.early": float(index < 4),
        "f.before": float(line.has("before")),
        "f.past": float(line.has("past")),
        "f.change": float(line.has("change")),
        "f.length": len(line.words) / 30,
        "f.article": count / 30,
    }


def _words(line: Sentence) -> set[str]:
    return {word.lemma for word in line.words if len(word.surface) > _LONG_WORD}


def _shared(wanted: set[str], found: set[str]) -> float:
    """Share of the wanted that is found."""
    return len(wanted & found) / len(wanted) if wanted else 0.0

"""Shows an evaluation as a table for a terminal and as data for scripts. Knows nothing of how scores are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from bot.model.corpora import Relevance
from bot.services.evaluate import Evaluation, SystemScores
from bot.summariser.measures import Score, Scores

# Measure → how the table calls it. Scripts read the names on the left: they stay.
MEASURES = {
    "relevance_precision": "relevance precision",
    "relevance_recall": "relevance recall",
    "relevance_f1": "relevance F1",
    "sentences_precision": "key sentences precision",
    "sentences_recall": "key sentences recall",
    "sentences_f1": "key sentences F1",
    "category_accuracy": "category accuracy on matched sentences",
    "labels_f1": "sentence and category together F1",
    "reports_f1": "report grouping B-cubed F1",
    "reports_pairs_f1": "report grouping pairs F1",
    "developments_f1": "development grouping B-cubed F1, found sentences",
    "developments_whole_f1": "development grouping B-cubed F1, all sentences",
    "new_facts_precision": "new facts per day precision",
    "new_facts_recall": "new facts per day recall",
    "new_facts_f1": "new facts per day F1",
    "stance_changes_f1": "stance changes F1",
    "value_changes_f1": "changed values F1",
    "verbatim": "share of quotes that are verbatim",
    "invented_numbers": "numbers not in their quote",
}
_BY_LANGUAGE = ("relevance_f1", "sentences_f1", "category_accuracy", "reports_f1", "developments_f1")
_COUNTS = frozenset({"invented_numbers"})
_NONE = "–"


def as_text(evaluation: Evaluation) -> str:
    """The whole evaluation as aligned lines of plain text, without a line break at the end."""
    lines = [
        *_heading(evaluation),
        "",
        *_table(evaluation.systems),
        "",
        *_languages(evaluation),
        "",
        *_legend(evaluation),
    ]
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def as_data(evaluation: Evaluation) -> dict[str, Any]:
    """The whole evaluation as what JSON can hold. A measure that a system does not have is left out."""
    corpus = evaluation.corpus
    return {
        "corpus": corpus.name,
        "topic": evaluation.topic.id,
        "fingerprint": corpus.fingerprint,
        "articles": len(corpus.articles),
        "relevant": _belonging(evaluation),
        "facts": len(corpus.facts),
        "labels": sum(len(article.points) for article in corpus.articles),
        "agreement": corpus.agreement,
        "systems": {system.name: _system_data(system) for system in evaluation.systems},
        "notes": list(evaluation.notes),
    }


def _system_data(system: SystemScores) -> dict[str, Any]:
    if system.whole is None:
        return {"about": system.about, "installed": False}
    by_language = {language: _scores_data(scores) for language, scores in system.by_language.items()}
    return {"about": system.about, "installed": True, "scores": _scores_data(system.whole), "by_language": by_language}


def _scores_data(scores: Scores) -> dict[str, Any]:
    return {name: _score_data(score) for name, score in scores.items()}


def _score_data(score: Score) -> dict[str, Any]:
    data: dict[str, Any] = {"value": None if score.value is None else round(score.value, 4)}
    if score.low is not None and score.high is not None:
        data |= {"low": round(score.low, 4), "high": round(score.high, 4)}
    if score.counts is not None:
        data |= {"right": score.counts.right, "extra": score.counts.extra, "missed": score.counts.missed}
    return data


# ── Lines ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _belonging(evaluation: Evaluation) -> int:
    return sum(article.relevance is Relevance.BELONGS for article in evaluation.corpus.articles)


def _heading(evaluation: Evaluation) -> Iterator[str]:
    corpus = evaluation.corpus
    languages = Counter(article.language for article in corpus.articles)
    labels = sum(len(article.points) for article in corpus.articles)
    yield f"Corpus {corpus.name}, topic {evaluation.topic.id}, fingerprint {corpus.fingerprint[:12]}"
    yield (
        f"{len(corpus.articles)} articles ({', '.join(f'{name} {count}' for name, count in sorted(languages.items()))}), "
        f"{_belonging(evaluation)} belong; {len(corpus.facts)} facts, {labels} labels"
    )


def _table(systems: Sequence[SystemScores]) -> Iterator[str]:
    rows = [["", *(system.name for system in systems)]]
    for measure, name in MEASURES.items():
        if any(system.whole and measure in system.whole for system in systems):
            rows.append([name, *(_cell(system, measure) for system in systems)])
    yield from aligned(rows)


def _cell(system: SystemScores, measure: str) -> str:
    if system.whole is None:
        return "not installed"
    return _shown(system.whole.get(measure), count=measure in _COUNTS)


def _shown(score: Score | None, *, count: bool = False) -> str:
    if score is None or score.value is None:
        return _NONE
    if count:
        return f"{score.value:.0f}"
    ends = f" ({score.low:.2f}–{score.high:.2f})" if score.low is not None and score.high is not None else ""
    return f"{score.value:.3f}{ends}"


def _languages(evaluation: Evaluation) -> Iterator[str]:
    ours = evaluation.systems[0]
    rows = [[f"{ours.name} by language", *evaluation.languages]]
    for measure in _BY_LANGUAGE:
        found = [ours.by_language.get(language, {}).get(measure) for language in evaluation.languages]
        if any(found):
            rows.append([MEASURES[measure], *(_shown(score) for score in found)])
    yield from aligned(rows)


def _legend(evaluation: Evaluation) -> Iterator[str]:
    yield "In brackets: 95 % bootstrap intervals over articles, or over days for what is counted by day."
    for system in evaluation.systems[1:]:
        yield f"{system.name}: {system.about}" + ("" if system.whole is not None else " (install networkx to see it)")
    for note in evaluation.notes:
        yield f"note: {note}"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines with columns one under another, two spaces apart."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()

"""What tuning found → a table for a terminal, or data. Knows what the columns mean to an editor, not how anything was counted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.services.termuses import TermUse, Tuning, Uncovered
    from bot.summariser.terms import Term

_SHOWN = 25  # rows of a part in the table; the data has all
_WIDTH = 34
_NAMING = ("subject", "context", "layers.", "hints.", "process", "parties.")


def as_data(found: Tuning) -> dict[str, Any]:
    """Everything, for programs."""
    return {
        "topic": found.topic,
        "belonging": dict(found.belonging),
        "others": dict(found.others),
        "unread": found.unread,
        "deciding": [_use(use) for use in found.uses],
        "silent": [_term(term) for term in found.silent],
        "astray": [_use(use) for use in found.uses if use.leads_astray],
        "uncovered": [
            {
                "text": each.text,
                "language": each.language,
                "articles_in": each.articles_in,
                "articles_out": each.articles_out,
                "category": each.category or None,
            }
            for each in found.uncovered
        ],
    }


def _term(term: Term) -> dict[str, Any]:
    return {"term": term.text, "list": term.place, "language": term.language}


def _use(use: TermUse) -> dict[str, Any]:
    return _term(use.term) | {
        "articles_in": use.articles_in,
        "articles_out": use.articles_out,
        "sentences": use.sentences,
        "alone": use.alone,
        "own": None if use.own is None else round(use.own, 2),
        "within": [text for text, _ in use.within],
    }


def as_text(found: Tuning) -> str:
    """The same to be read: what decides, what leads astray, what no term covers, what never fires."""
    parts = (_head(found), _deciding(found), _astray(found), _uncovered(found), _silent(found))
    return "\n".join(line for part in parts for line in part).rstrip()


def _head(found: Tuning) -> Iterator[str]:
    unread = f"; {found.unread} in languages that the topic is not read in" if found.unread else ""
    yield f"{found.topic}: {_counted(found.belonging)} belong, {_counted(found.others)} do not{unread}"
    yield ""


def _counted(articles: Mapping[str, int]) -> str:
    languages = ", ".join(f"{language} {count}" for language, count in articles.items())
    return f"{sum(articles.values())} articles ({languages})" if languages else "0 articles"


def _deciding(found: Tuning) -> Iterator[str]:
    shown = [use for use in found.uses if use.term.place.startswith(("subject", "layers."))]
    if not shown:
        yield "No name of the plan and no strong term of a layer fires.\n"
        return
    yield "Terms that decide: articles that belong and that do not, sentences, those where the term is alone of its list,"
    yield "and how many of the sentences with points, where it stands, are of its layer"
    yield f"{'term':<{_WIDTH}} {'list':<24} {'in':>4} {'out':>4} {'sent':>5} {'alone':>5} {'own':>5}"
    for use in shown[:_SHOWN]:
        own = "-" if use.own is None else f"{use.own:.0%}"
        counts = f"{use.articles_in:>4} {use.articles_out:>4} {use.sentences:>5} {use.alone:>5} {own:>5}"
        yield f"{_named(use.term):<{_WIDTH}} {use.term.place:<24} {counts}"
    yield from _more(len(shown))
    yield ""


def _astray(found: Tuning) -> Iterator[str]:
    astray = [use for use in found.uses if use.leads_astray]
    if not astray:
        return
    yield "Mostly in articles that do not belong: make the term narrower, move it to the hints, or exclude what it stands in"
    for use in astray[:_SHOWN]:
        within = ", ".join(f"“{text}” ({count})" for text, count in use.within)
        stands = f"; stands in {within}" if within else ""
        yield f"{_named(use.term):<{_WIDTH}} {use.term.place:<24} {use.articles_in:>4} {use.articles_out:>4}{stands}"
    yield from _more(len(astray))
    yield ""


def _uncovered(found: Tuning) -> Iterator[str]:
    if not found.uncovered:
        return
    yield "In articles that belong, and covered by no term: candidates, with the category of most points where they stand"
    yield f"{'words':<{_WIDTH}} {'mostly in':<24} {'in':>4} {'out':>4}"
    for language, each in _by_language(found.uncovered):
        text = f"{each.text} ({language})"
        yield f"{text:<{_WIDTH}} {each.category or '-':<24} {each.articles_in:>4} {each.articles_out:>4}"
    yield ""


def _by_language(found: Iterable[Uncovered]) -> Iterator[tuple[str, Uncovered]]:
    for language, group in groupby(found, key=lambda each: each.language):
        yield from ((language, each) for each in list(group)[:_SHOWN])


def _silent(found: Tuning) -> Iterator[str]:
    shown = [term for term in found.silent if term.place.startswith(_NAMING)]
    if shown:
        yield f"Never fire ({len(shown)}): kept for other wordings, or misspelt"
    order = sorted(shown, key=lambda term: (_place(term.place), term.language))
    for (place, language), group in groupby(order, key=lambda term: (term.place, term.language)):
        line = f"{place} {language}: {', '.join(term.text for term in group)}"
        yield textwrap.fill(line, 100, initial_indent="  ", subsequent_indent="    ")
    if len(found.silent) > len(shown):
        yield f"… and {len(found.silent) - len(shown)} in exclude, elsewhere, slots, ladder and sides; --format json has all"


def _place(place: str) -> int:
    return next(index for index, each in enumerate(_NAMING) if place.startswith(each))


def _named(term: Term) -> str:
    return f"{term.text} ({term.language})"


def _more(count: int) -> Iterator[str]:
    if count > _SHOWN:
        yield f"… and {count - _SHOWN} more; --format json has all"

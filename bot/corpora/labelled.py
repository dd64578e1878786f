"""A corpus folder → one Corpus, with every mistake told at once. Knows nothing of scores or of how it is served.

A corpus may come from somebody else: unknown fields are ignored, optional ones may be missing. What cannot be read is a mistake, and nothing
is scored; a label that points nowhere is a doubt, told beside the scores.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from bot.corpora.rows import Fields
from bot.model.corpora import (
    Corpus,
    Fact,
    FactId,
    FeedForm,
    LabelledArticle,
    LabelledId,
    LabelledPoint,
    Outlet,
    Relevance,
)
from bot.model.errors import CorpusError, Mistake
from bot.model.topics import Category, SlotId, Stance, TopicId
from bot.text.words import folded

ARTICLES, FACTS, OUTLETS, SETTINGS = "articles.jsonl", "facts.jsonl", "outlets.jsonl", "corpus.toml"
MOST_MISTAKES = 200  # more tell a person nothing new


def read_corpus(folder: Path | Traversable) -> Corpus:
    """The corpus in `folder`: articles.jsonl, facts.jsonl, and outlets.jsonl and corpus.toml where there are. Raises CorpusError."""
    return _Reader(folder).corpus()


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    data: dict[str, Any]


class _Reader:
    def __init__(self, folder: Path | Traversable) -> None:
        self._folder = folder
        self._mistakes: list[Mistake] = []
        self._doubts: list[Mistake] = []
        self._hash = hashlib.sha256()

    def corpus(self) -> Corpus:
        article_lines, fact_lines = self._lines(ARTICLES), self._lines(FACTS)
        facts = [self._fact(line) for line in fact_lines]
        articles = [self._article(line) for line in article_lines]
        outlets = [self._outlet(line) for line in self._lines(OUTLETS, needed=False)]
        self._unique(
            ARTICLES, [(line.number, article.id) for line, article in zip(article_lines, articles, strict=True)]
        )
        self._unique(FACTS, [(line.number, fact.id) for line, fact in zip(fact_lines, facts, strict=True)])
        self._updates(article_lines, articles)
        corpus = self._settings(facts, articles, outlets)
        if self._mistakes:
            raise CorpusError(tuple(self._mistakes[:MOST_MISTAKES]))
        self._doubt_labels(article_lines, articles, {fact.id for fact in facts})
        self._doubt_links(fact_lines, facts)
        return replace(corpus, doubts=tuple(self._doubts[:MOST_MISTAKES]))

    # ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _bytes(self, name: str, *, needed: bool) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            if needed:
                problem = f"the file is not there (looked in {self._folder})"
                self._wrong(name, problem, "a corpus is a folder with articles.jsonl and facts.jsonl")
        except OSError as error:
            self._wrong(name, f"the file cannot be read ({error.strerror})", "check its rights")
        return b""

    def _lines(self, name: str, *, needed: bool = True) -> list[_Line]:
        before = len(self._mistakes)
        raw = self._bytes(name, needed=needed)
        if name != OUTLETS:
            self._hash.update(raw)
        # Cut at line feeds only: str.splitlines would also cut at U+2028 inside a text.
        pieces = enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1)
        found = [line for number, piece in pieces if piece.strip() and (line := self._line(name, number, piece))]
        if needed and not found and len(self._mistakes) == before:
            self._wrong(name, "the file is empty", "give one JSON object a line")
        return found

    def _line(self, name: str, number: int, piece: bytes) -> _Line | None:
        problem = "the line holds no JSON object"
        try:
            data = json.loads(piece)
            if isinstance(data, dict):
                return _Line(number, data)
        except (ValueError, RecursionError) as error:
            problem = f"not JSON: {error}"
        self._wrong(name, problem, "give one JSON object a line", line=number)
        return None

    def _settings(
        self, facts: Sequence[Fact], articles: Sequence[LabelledArticle], outlets: Sequence[Outlet]
    ) -> Corpus:
        try:
            data = tomllib.loads(self._bytes(SETTINGS, needed=False).decode())
        except ValueError as error:
            self._wrong(SETTINGS, f"not valid TOML: {error}", "mend the line")
            data = {}
        fields = Fields(data, self._noting(SETTINGS))
        fields.unknown({"topic", "anchor_on", "moving_dates", "agreement"})
        topic = fields.maybe("topic")
        return Corpus(
            name=self._folder.name,
            topic=TopicId(topic) if topic else None,
            articles=tuple(sorted(articles, key=lambda article: (article.told_at, article.id))),
            facts=tuple(facts),
            outlets=tuple(outlets),
            fingerprint=self._hash.hexdigest(),
            anchor_on=fields.day("anchor_on") if "anchor_on" in data else None,
            moving_dates=fields.flag("moving_dates", default=True),
            agreement=fields.share("agreement"),
        )

    # ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _article(self, line: _Line) -> LabelledArticle:
        row = Fields(line.data, self._noting(ARTICLES, line.number))
        url, update_of = row.text("url", needed=True), row.maybe("update_of")
        return LabelledArticle(
            id=LabelledId(row.text("id", needed=True)),
            outlet=row.text("outlet"),
            language=row.text("lang", needed=True),
            url=url,
            guid=row.maybe("guid") or url,
            published=row.moment("published"),
            updated=row.maybe_moment("updated"),
            title=row.text("title"),
            summary_html=row.text("summary_html"),
            body_html=row.text("body_html"),
            body_text=row.text("body_text", needed=True),
            relevance=Relevance(row.level("relevance", 2)),
            dup_group=row.maybe("dup_group"),
            update_of=LabelledId(update_of) if update_of else None,
            points=tuple(
                LabelledPoint(
                    FactId(point.text("fact_id", needed=True)),
                    Category(point.text("category", needed=True)),
                    point.text("quote", needed=True),
                )
                for point in row.rows("points")
            ),
            neutral=row.texts("neutral"),
        )

    def _fact(self, line: _Line) -> Fact:
        row = Fields(line.data, self._noting(FACTS, line.number))
        slot, supersedes, contradicts = row.maybe("slot"), row.maybe("supersedes"), row.maybe("contradicts")
        value, words = row.figure("value")
        if words:
            self._doubt(
                FACTS, line, "value", f"`{words[:40]}` is neither a number nor a date", "its change cannot be scored"
            )
        return Fact(
            id=FactId(row.text("fact_id", needed=True)),
            category=Category(row.text("category", needed=True)),
            gist=row.text("gist_en"),
            first_day=row.day("first_day"),
            stance=row.word("stance", Stance),
            slot=SlotId(slot) if slot else None,
            value=value,
            unit=row.maybe("unit"),
            supersedes=FactId(supersedes) if supersedes else None,
            contradicts=FactId(contradicts) if contradicts else None,
        )

    def _outlet(self, line: _Line) -> Outlet:
        row = Fields(line.data, self._noting(OUTLETS, line.number))
        return Outlet(
            name=row.text("outlet", needed=True),
            key=row.text("key", needed=True),
            host=row.text("host", needed=True).lower(),
            language=row.text("lang", needed=True),
            kind=row.text("kind"),
            form=row.word("format", FeedForm) or FeedForm.RSS,
            full_text=row.flag("full_text", default=False),
        )

    # ── Sense ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _unique(self, name: str, ids: Sequence[tuple[int, str]]) -> None:
        count = Counter(value for _, value in ids)
        for line, value in ids:
            if value and count[value] > 1:
                self._wrong(name, f"id `{value}` stands on {count[value]} lines", "give each line its own", line=line)

    def _updates(self, lines: Sequence[_Line], articles: Sequence[LabelledArticle]) -> None:
        before = {article.id: article.update_of for article in articles}
        for line, article in zip(lines, articles, strict=True):
            if article.update_of and article.update_of not in before:
                problem = f"no article `{article.update_of}`"
            elif article.update_of and _circular(article.id, before):
                problem = f"`{article.id}` is an update of itself"
            else:
                continue
            self._wrong(ARTICLES, problem, "name the id of the version before", key="update_of", line=line.number)

    def _doubt_labels(self, lines: Sequence[_Line], articles: Sequence[LabelledArticle], facts: set[FactId]) -> None:
        for line, article in zip(lines, articles, strict=True):
            text = folded(article.body_text)
            for point in article.points:
                if point.fact_id not in facts:
                    self._doubt(ARTICLES, line, "points", f"no fact `{point.fact_id}` in {FACTS}", "add it there")
            for quote in (*(point.quote for point in article.points), *article.neutral):
                if folded(quote) not in text:
                    self._doubt(
                        ARTICLES, line, "points", f"`{quote[:60]}…` is not in body_text", "quote it as it stands there"
                    )

    def _doubt_links(self, lines: Sequence[_Line], facts: Sequence[Fact]) -> None:
        known = {fact.id for fact in facts}
        for line, fact in zip(lines, facts, strict=True):
            for key, target in (("supersedes", fact.supersedes), ("contradicts", fact.contradicts)):
                if target and target not in known:
                    self._doubt(FACTS, line, key, f"no fact `{target}`", "name the id of a fact")

    def _noting(self, name: str, line: int | None = None) -> Callable[[str, str, str], None]:
        return lambda key, problem, remedy: self._wrong(name, problem, remedy, key=key, line=line)

    def _wrong(self, name: str, problem: str, remedy: str, *, key: str = "", line: int | None = None) -> None:
        self._mistakes.append(Mistake(name, key, problem, remedy, line))

    def _doubt(self, name: str, line: _Line, key: str, problem: str, remedy: str) -> None:
        self._doubts.append(Mistake(name, key, problem, remedy, line.number))


def _circular(start: LabelledId, before: Mapping[LabelledId, LabelledId | None]) -> bool:
    seen, at = {start}, before.get(start)
    while at is not None and at not in seen:
        seen.add(at)
        at = before.get(at)
    return at is not None

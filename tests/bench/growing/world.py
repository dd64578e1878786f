"""Two invented years of news on the plan, the same in every run: articles by day. Knows no store and reads nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from random import Random

from bot.model.feeds import Entry, EntryId, Feed, FeedId
from tests.bench.growing.shuffling import Story
from tests.bench.growing.wordings import Wordings

FIRST_DAY = datetime(2024, 11, 24, tzinfo=UTC)
PER_DAY = 137  # articles; 730 days make 100,000
ON_THE_PLAN = 0.6
_COPIES = 0.15  # of all articles: what another outlet told some hours before, without its last sentence
_OLD_FACTS = 0.2  # of the sentences with a point: facts known from the first day, told again
_NEW_STORIES = 40  # a day
_HALF_LIFE = 1.5  # days, of a story
_OUTLETS = {
    "Lantern Agency": "en", "Harbour Post": "en", "The Meridian": "en", "Foundry Wire": "en", "Вісник полудня": "uk",
    "Київський огляд": "uk", "Агенція Обрій": "uk", "Полуденный вестник": "ru", "Новости порта": "ru", "Агентство Горизонт": "ru",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One article: its sentences with the story that each tells, None where it tells nothing."""

    number: int
    outlet: str
    language: str
    at: datetime
    title: str
    sentences: tuple[tuple[str, Story | None], ...]  # as labelled, before the story's own numbers and names
    names: frozenset[str]
    on_the_plan: bool
    copy_of: int | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://news.example/{self.language}/{self.number}"

    @property
    def text(self) -> str:
        """As it is published, two sentences a paragraph."""
        said = [story.told(sentence, self.names) if story else sentence for sentence, story in self.sentences]
        return "\n\n".join(" ".join(said[start : start + 2]) for start in range(0, len(said), 2))


class World:
    """News without end."""

    def __init__(self, wordings: Mapping[str, Wordings]) -> None:
        self._wordings = wordings
        self._facts = sorted({fact for each in wordings.values() for fact in each.facts})

    def feeds(self) -> tuple[Feed, ...]:
        """The outlets' feeds, each carrying whole articles."""
        return tuple(
            Feed(id=_feed_id(name), url=f"https://{_feed_id(name)}.example/feed", address="", name=name, language=language)
            for name, language in _OUTLETS.items()
        )  # fmt: skip

    def articles(self, start: int = 0) -> Iterator[Told]:
        """All from the article of that number on, by time."""
        days = (self._day(day) for day in count(start // PER_DAY))
        return islice((told for day in days for told in day), start % PER_DAY, None)

    def _day(self, day: int) -> list[Told]:
        drawn = Random(f"day {day}")
        minutes = sorted(drawn.uniform(0, 1_440) for _ in range(PER_DAY))
        found: list[Told] = []
        for place, minute in enumerate(minutes):
            at = FIRST_DAY + timedelta(days=day, minutes=int(minute))
            outlet = drawn.choice(tuple(_OUTLETS))
            told = self._copied(found, day * PER_DAY + place, outlet, at, drawn)
            found.append(told or self._told(day * PER_DAY + place, outlet, at, drawn))
        return found

    def _copied(self, before: list[Told], number: int, outlet: str, at: datetime, drawn: Random) -> Told | None:
        same = [told for told in before if told.language == _OUTLETS[outlet] and told.outlet != outlet]
        if drawn.random() > _COPIES or not same:
            return None
        original = drawn.choice(same[-10:])
        return replace(
            original, number=number, outlet=outlet, at=at, sentences=original.sentences[:-1],
            copy_of=original.number if original.copy_of is None else original.copy_of,
        )  # fmt: skip

    def _told(self, number: int, outlet: str, at: datetime, drawn: Random) -> Told:
        language = _OUTLETS[outlet]
        words = self._wordings[language]
        on_the_plan = drawn.random() < ON_THE_PLAN
        title, sentences = self._on_the_plan(words, number, drawn) if on_the_plan else _on_others(words, number, drawn)
        return Told(
            number=number, outlet=outlet, language=language, at=at, title=title, sentences=sentences, names=words.names,
            on_the_plan=on_the_plan,
        )  # fmt: skip

    def _on_the_plan(
        self, words: Wordings, number: int, drawn: Random
    ) -> tuple[str, tuple[tuple[str, Story | None], ...]]:
        known = [fact for fact in self._facts if fact in words.facts]
        stories = [self._story(number // PER_DAY, known, drawn) for _ in range(drawn.randint(3, 8))]
        filling = Story("filling", number + 1)
        points: list[tuple[str, Story | None]] = [
            (drawn.choice(words.facts[story.fact]), story) for story in dict.fromkeys(stories)
        ]
        others: list[tuple[str, Story | None]] = [
            (sentence, filling) for sentence in drawn.sample(words.filling, drawn.randint(6, 10))
        ]
        lead, *rest = points
        drawn.shuffle(mixed := [*rest, *others])
        return drawn.choice(words.titles), (lead, *mixed)

    def _story(self, day: int, known: list[str], drawn: Random) -> Story:
        if drawn.random() < _OLD_FACTS:
            return Story(known[min(int(drawn.expovariate(0.1)), len(known) - 1)])
        born = max(0, day - int(drawn.expovariate(1 / _HALF_LIFE)))
        story = drawn.randrange(_NEW_STORIES)
        return Story(known[Random(f"story {born} {story}").randrange(len(known))], born * _NEW_STORIES + story + 1)


def _on_others(words: Wordings, number: int, drawn: Random) -> tuple[str, tuple[tuple[str, Story | None], ...]]:
    (title, *one), (_, *other) = drawn.sample(words.others, 2)
    story = Story("other news", number + 1)
    return title, tuple((sentence, story) for sentence in (*one, *other)[:16])


def entry_of(told: Told) -> Entry:
    """The article as its feed brings it, whole."""
    return Entry(
        id=EntryId(told.url), feed_id=_feed_id(told.outlet), url=told.url, title=told.title, summary="", content=told.text,
        published=told.at, updated=None, language=told.language, content_hash=str(told.number),
    )  # fmt: skip


def _feed_id(outlet: str) -> FeedId:
    return FeedId(f"outlet-{tuple(_OUTLETS).index(outlet)}")

"""Nouns with sensible defaults for tests: name only what the test is about. Knows nothing of stores or networks.

`a_point(quote=…)` cuts from the default article, `point_in(article, quote)` from a given one: quotes stay verbatim.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model.chats import (
    Cadence,
    Chat,
    ChatKind,
    ChatRef,
    Delivery,
    DeliveryId,
    Platform,
    Subscription,
    SubscriptionId,
)
from bot.model.digests import Window
from bot.model.feeds import Article, ArticleId, Entry, EntryId, Feed, FeedId, Push, PushId, PushState
from bot.model.stories import (
    Bookmark,
    Change,
    ChangeId,
    ChangeKind,
    Development,
    DevelopmentId,
    Fingerprint,
    KeyPoint,
    Modality,
    PointId,
    Quantity,
    Reading,
    ReportId,
    SourceKind,
    Span,
    Standing,
)
from bot.model.topics import (
    Category,
    Layer,
    LayerId,
    Localised,
    Member,
    Party,
    PartyId,
    Rung,
    RungRule,
    SideRule,
    SideState,
    Slot,
    SlotId,
    Stance,
    Terms,
    Topic,
    TopicId,
    position_of,
)

TOPIC = TopicId("ukraine-guarantees")
NOON = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
TEXT = (
    "The talks went on in Paris.\n\nUkraine's army would be capped at 800,000 troops, a draft says. Nobody commented."
)
QUOTE = "Ukraine's army would be capped at 800,000 troops, a draft says."


def a_feed(**given: Any) -> Feed:
    """A healthy feed of the outlet *Example Wire*."""
    number = given.get("id", "example-wire")
    default: dict[str, Any] = {
        "id": FeedId(number),
        "url": f"https://{number}.example/feed.xml",
        "address": f"https://{number}.example/feed.xml",
        "name": "Example Wire",
        "language": "en",
    }
    return Feed(**(default | given))


def an_entry(**given: Any) -> Entry:
    """One entry of that feed, published at noon."""
    number = given.get("id", "entry-1")
    default: dict[str, Any] = {
        "id": EntryId(number),
        "feed_id": FeedId("example-wire"),
        "url": f"https://example-wire.example/{number}",
        "title": "Army cap in draft",
        "summary": "A draft caps the army.",
        "content": "",
        "published": NOON,
        "updated": None,
        "language": "en",
        "content_hash": f"hash-of-{number}",
    }
    return Entry(**(default | given))


def an_article(**given: Any) -> Article:
    """The first version of an article whose text is `TEXT`, told at noon and seen an hour later."""
    number = given.get("id", "a1")
    published = given.get("published", NOON)
    told_at = given.get("told_at", published)
    default: dict[str, Any] = {
        "id": ArticleId(number),
        "version": 1,
        "url": f"https://example-wire.example/{number}",
        "feed_id": FeedId("example-wire"),
        "outlet": "Example Wire",
        "official": False,
        "title": "Army cap in draft",
        "text": TEXT,
        "language": "en",
        "published": published,
        "told_at": told_at,
        "first_seen": told_at + HOUR,
        "text_from": "page",
        "content_hash": f"hash-of-{number}-{given.get('version', 1)}",
    }
    return Article(**(default | given))


def a_reading(**given: Any) -> Reading:
    """The reading that says: that article belongs."""
    default: dict[str, Any] = {
        "topic": TOPIC,
        "article": ArticleId("a1"),
        "version": 1,
        "relevant": True,
        "score": 0.9,
        "why": "names the plan and a layer",
        "report_id": ReportId(f"r-{given.get('article', 'a1')}"),
    }
    return Reading(**(default | given))


def a_fingerprint(**given: Any) -> Fingerprint:
    """How that article is recognised."""
    default: dict[str, Any] = {
        "article": ArticleId("a1"),
        "version": 1,
        "told_at": NOON,
        "language": "en",
        "keys": ("k1", "k2"),
        "shingles": (3, 5, 2**63 + 8),
        "anchors": ("800000", "paris"),
        "report_id": ReportId(f"r-{given.get('article', 'a1')}"),
    }
    return Fingerprint(**(default | given))


def point_in(article: Article, quote: str = QUOTE, **given: Any) -> KeyPoint:
    """A key point cut from `article`: `quote` must be in its text."""
    start = article.text.index(quote)
    default: dict[str, Any] = {
        "id": PointId(f"p-{article.id}-{start}"),
        "topic": TOPIC,
        "article": article.id,
        "version": article.version,
        "url": article.url,
        "outlet": article.outlet,
        "official": article.official,
        "published": article.told_at,
        "seen_at": article.first_seen,
        "language": article.language,
        "category": Category("army"),
        "span": Span(start, start + len(quote)),
        "quote": quote,
        "context": "",
        "party": None,
        "stance": None,
        "attributed_to": "a draft",
        "source_kind": SourceKind.DOCUMENT,
        "via": "",
        "quantities": (),
        "slot": None,
        "modality": Modality.PLANNED,
        "negated": False,
        "rung": None,
        "side": None,
        "correction": False,
        "signature": ("army", "800000"),
        "report_id": ReportId(f"r-{article.id}"),
    }
    return KeyPoint(**(default | given))


def a_point(**given: Any) -> KeyPoint:
    """A key point of the default article; `published` and `article` may be given without building one."""
    article = an_article(id=given.get("article", "a1"), published=given.get("published", NOON))
    return point_in(article, **{name: value for name, value in given.items() if name != "article"})


def a_development(**given: Any) -> Development:
    """The army's cap, told once at noon."""
    first = given.get("first_seen", NOON)
    default: dict[str, Any] = {
        "id": DevelopmentId("d1"),
        "topic": TOPIC,
        "category": Category("army"),
        "text": QUOTE,
        "language": "en",
        "first_seen": first,
        "last_seen": first,
        "seen_at": first + HOUR,
        "reports": 1,
        "outlets": ("Example Wire",),
        "urls": ("https://example-wire.example/a1",),
        "point_ids": (PointId("p-a1-29"),),
        "party": None,
        "stance": None,
        "slot": None,
        "value": None,
        "unit": None,
        "status": Standing.STANDING,
        "keys": ("army", "800000"),
    }
    return Development(**(default | given))


def a_change(**given: Any) -> Change:
    """That development is new."""
    at = given.get("at", NOON)
    default: dict[str, Any] = {
        "id": ChangeId("c1"),
        "topic": TOPIC,
        "at": at,
        "seen_at": at + HOUR,
        "kind": ChangeKind.NEW,
        "category": Category("army"),
        "party": None,
        "slot": None,
        "before": None,
        "after": "800,000",
        "development_id": DevelopmentId("d1"),
        "evidence": (PointId("p-a1-29"),),
        "why": "first telling",
    }
    return Change(**(default | given))


def a_chat_ref(number: str = "77", platform: Platform = Platform.TELEGRAM, thread: str = "") -> ChatRef:
    """The address of a Telegram chat."""
    return ChatRef(platform, number, thread)


def a_chat(**given: Any) -> Chat:
    """A private Telegram chat in English."""
    default: dict[str, Any] = {"ref": a_chat_ref(), "kind": ChatKind.PRIVATE, "title": "Olena"}
    return Chat(**(default | given))


def a_subscription(**given: Any) -> Subscription:
    """A daily subscription of that chat at 08:00 UTC, covered until noon."""
    covered = given.get("covered_until", NOON)
    default: dict[str, Any] = {
        "id": SubscriptionId("s1"),
        "chat": a_chat_ref(),
        "topic": TOPIC,
        "cadence": Cadence(),
        "language": "en",
        "created_at": NOON - DAY,
        "covered_until": covered,
        "next_due_at": covered + DAY,
    }
    return Subscription(**(default | given))


def a_delivery(**given: Any) -> Delivery:
    """A two-part digest that waits to be sent at noon."""
    created = given.get("created_at", NOON)
    default: dict[str, Any] = {
        "id": DeliveryId("v1"),
        "chat": a_chat_ref(),
        "topic": TOPIC,
        "window": Window(since=created - DAY, until=created),
        "parts": ('{"text": "one"}', '{"text": "two"}'),
        "created_at": created,
        "next_try_at": created,
    }
    return Delivery(**(default | given))


def a_telling(fact: str = "cap", *, at: datetime = NOON, by: str = "Example Wire", **given: Any) -> KeyPoint:
    """One telling of `fact` by outlet `by`: the fact names the development, outlet and hour the article, the article the report."""
    moment = at.strftime("%m%d%H%M%S")
    quote = given.pop("quote", f"The plan would hold to this: {fact}.")
    name = f"{by}-{moment}".lower().replace(" ", "-")
    article = an_article(id=name, text=quote, published=at, outlet=by, url=f"https://{name}.example/")
    default: dict[str, Any] = {
        "id": PointId(f"p-{fact}-{name}"),
        "development_id": DevelopmentId(f"d-{fact}"),
        "attributed_to": "",
        "source_kind": SourceKind.UNNAMED,
        "signature": (f"x:{fact}",),
    }
    return point_in(article, quote, **(default | given))


def a_value(
    value: float, *, slot: str = "army_size", unit: str = "people", upper: float | None = None, **given: Any
) -> KeyPoint:
    """One telling of a tracked value; the value names the fact."""
    fact = given.pop("fact", f"{slot}-{value:g}{'-' + given['party'] if given.get('party') else ''}")
    quantity = Quantity(value=value, unit=unit, text=f"{value:g}", upper=upper)
    marks = (f"v:{slot}={value:.7g}", f"n:{value:.7g}")
    default: dict[str, Any] = {
        "slot": SlotId(slot),
        "quantities": (quantity,),
        "signature": marks,
        "quote": f"It would be {value:g} {unit}.",
    }
    return a_telling(fact, **(default | given))


def a_stand(party: str, stance: Stance, *, layer: str = "", **given: Any) -> KeyPoint:
    """One telling of where a party stands, on the plan as a whole or on one layer."""
    fact = given.pop("fact", f"{party}-{given.get('member', '')}-{stance}-{layer}")
    default: dict[str, Any] = {
        "category": position_of(PartyId(party)),
        "party": PartyId(party),
        "stance": stance,
        "signature": (f"p:{party}", *((f"L:{layer}",) if layer else ())),
        "quote": f"{party} {stance} it.",
    }
    return a_telling(fact, **(default | given))


def words_in(language: str = "en", *phrases: str) -> Terms:
    """Terms of one language."""
    return Terms(((language, phrases),))


def named(text: str) -> Localised:
    """A name in English only."""
    return Localised((("en", text),))


def a_topic(**given: Any) -> Topic:
    """A small plan in English: an army and a force with a value each, the parties US, Europe (with Poland and France) and Russia."""
    army = Layer(id=LayerId("army"), names=named("Army"), summary=named("Own army"), terms=words_in("en", "army"))
    force = Layer(
        id=LayerId("force"), names=named("Force"), summary=named("A force"), terms=words_in("en", "force", "contingent")
    )
    poland = Member(id="poland", names=named("Poland"), terms=words_in("en", "Poland", "Warsaw"))
    france = Member(id="france", names=named("France"), terms=words_in("en", "France", "Paris"))
    default: dict[str, Any] = {
        "id": TOPIC,
        "names": named("The plan"),
        "summary": named("A plan"),
        "subject": words_in("en", "security guarantee"),
        "context": words_in("en", "Ukraine", "Kyiv"),
        "exclude": words_in("en", "bank guarantee"),
        "process": words_in("en", "summit", "talks", "signing"),
        "layers": (army, force),
        "parties": (
            Party(id=PartyId("us"), names=named("US"), terms=words_in("en", "US", "Washington")),
            Party(
                id=PartyId("europe"), names=named("Europe"), terms=words_in("en", "Europe"), members=(poland, france)
            ),
            Party(id=PartyId("russia"), names=named("Russia"), terms=words_in("en", "Russia", "Moscow")),
        ),
        "slots": (
            Slot(
                id=SlotId("army_size"),
                layer=LayerId("army"),
                names=named("size"),
                unit="people",
                cues=words_in("en", "army"),
                minimum=100_000,
            ),
            Slot(
                id=SlotId("deploy_days"),
                layer=LayerId("force"),
                names=named("time"),
                unit="days",
                cues=words_in("en", "deploy"),
            ),
        ),
        "rungs": (
            RungRule(rung=Rung.PROPOSED, terms=words_in("en", "would", "propose")),
            RungRule(rung=Rung.AGREED_IN_PRINCIPLE, terms=words_in("en", "agreed in principle"), official=1, outlets=2),
            RungRule(rung=Rung.SIGNED, terms=words_in("en", "signed"), official=1, outlets=3),
        ),
        "sides": (SideRule(state=SideState.STALLED, terms=words_in("en", "stalled")),),
        "languages": ("en",),
    }
    return Topic(**(default | given))


def a_push(**given: Any) -> Push:
    """A subscription of that feed at its hub, promised at noon for ten days. Put into the store with `a_pushed_feed`."""
    number = given.get("id", "push-1")
    default: dict[str, Any] = {
        "id": PushId(number),
        "feed_id": FeedId("example-wire"),
        "hub": "https://hub.example/",
        "topic": "https://example-wire.example/feed.xml",
        "base": "https://bot.example/websub",
        "secret": f"secret-of-{number}",
        "state": PushState.ACTIVE,
        "asked_at": NOON,
        "next_at": NOON + 7 * DAY,
        "until": NOON + 10 * DAY,
    }
    return Push(**(default | given))


def a_pushed_feed(**given: Any) -> Feed:
    """A feed that names a hub and itself."""
    feed = a_feed(**given)
    return replace(feed, hub=feed.hub or "https://hub.example/", self_url=feed.self_url or feed.url)


def a_bookmark(**given: Any) -> Bookmark:
    """A walk put down at noon."""
    default: dict[str, Any] = {"topic": TOPIC, "at": NOON, "mark": "m", "body": {"points": ["p1"], "state": {}}}
    return Bookmark(**(default | given))

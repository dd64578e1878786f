"""One invented morning as nouns, for golden files of every platform: outlets and quotes are made up. Knows no wording of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.model.digests import Digest, DigestCounts, DigestItem, DigestSection, LeftOut, Silence, Window
from bot.model.errors import Trouble
from bot.model.feeds import ArticleId, Feed, Health
from bot.model.stories import (
    Board,
    Change,
    ChangeKind,
    Development,
    DevelopmentId,
    KeyPoint,
    LayerState,
    Modality,
    PartyState,
    PointId,
    Quantity,
    ReportId,
    Role,
    SourceKind,
    Span,
    ValueState,
)
from bot.model.topics import (
    PROCESS,
    Category,
    Layer,
    LayerId,
    Localised,
    Member,
    Party,
    PartyId,
    Rung,
    SideState,
    Slot,
    SlotId,
    Stance,
    Terms,
    Topic,
    position_of,
)
from bot.ports import Plan
from bot.present.reader import Reader
from bot.present.views import BoardView, FeedThere, LatestView, LayerView, SiteView, StatusView
from bot.present.voices import Voice
from tests.builders import TOPIC, a_change, a_development, a_feed, a_point, a_reading, an_article

MORNING = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)  # 08:00 in Kyiv, a Monday
LOCALES = Path(__file__).parents[1] / "config" / "locales"


def a_voice() -> Voice:
    """The shipped sentences."""
    return Voice(
        {
            folder.name: "\n".join(file.read_text("utf-8") for file in sorted(folder.glob("*.ftl")))
            for folder in LOCALES.iterdir()
        }
    )


def a_reader(language: str = "en", zone: str = "Europe/Kyiv", now: datetime = MORNING) -> Reader:
    """Somebody who reads on that morning."""
    return Reader(voice=a_voice(), language=language, zone=zone, now=now)


def _names(en: str, uk: str) -> Localised:
    return Localised((("en", en), ("uk", uk)))


def a_topic() -> Topic:
    """Five layers and four parties."""
    layers = (
        ("army", "Army", "Армія"),
        ("force", "Force", "Сили"),
        ("monitoring", "Monitoring", "Моніторинг"),
        ("response", "Response", "Відповідь"),
        ("legal", "Legal force", "Юридична сила"),
    )
    slots = (
        ("army_size", "army", "size in peacetime", "чисельність у мирний час", "people"),
        ("force_size", "force", "size", "чисельність", "brigades"),
        ("response_deadline", "response", "deadline", "строк", "days"),
        ("term_years", "legal", "term", "строк дії", "years"),
    )
    italy = Member(id="italy", names=_names("Italy", "Італія"), terms=Terms())
    parties = (
        ("us", "US", "США"),
        ("europe", "Europe", "Європа"),
        ("ukraine", "Ukraine", "Україна"),
        ("russia", "Russia", "Росія"),
    )
    return Topic(
        id=TOPIC,
        names=_names("Security guarantees for Ukraine", "Гарантії безпеки для України"),
        summary=_names("", ""),
        subject=Terms(),
        context=Terms(),
        exclude=Terms(),
        process=Terms(),
        layers=tuple(
            Layer(id=LayerId(i), names=_names(en, uk), summary=_names("", ""), terms=Terms()) for i, en, uk in layers
        ),
        parties=tuple(
            Party(id=PartyId(i), names=_names(en, uk), terms=Terms(), members=(italy,) if i == "europe" else ())
            for i, en, uk in parties
        ),
        slots=tuple(
            Slot(id=SlotId(i), layer=LayerId(of), names=_names(en, uk), unit=unit) for i, of, en, uk, unit in slots
        ),
    )


def _at(days_ago: float) -> datetime:
    return MORNING - timedelta(days=days_ago)


def a_saying(name: str, quote: str, outlet: str, days_ago: float, **given: Any) -> KeyPoint:
    """A key point with that quote; its development is `d-<name>`."""
    point = a_point(id=PointId(f"p-{name}"), article=ArticleId(name), published=_at(days_ago))
    default: dict[str, Any] = {
        "quote": quote,
        "outlet": outlet,
        "url": f"https://{outlet.lower().replace(' ', '-')}.example/{name}",
        "attributed_to": "",
        "source_kind": SourceKind.OUTLET,
        "report_id": ReportId(f"r-{name}"),
        "development_id": DevelopmentId(f"d{name:0<11.11}"),
        "quantities": (),
    }
    return replace(point, **(default | given))


def sayings() -> tuple[KeyPoint, ...]:
    """What the outlets said up to that morning."""
    people = (Quantity(value=800_000, unit="people", text="800,000 troops", role=Role.ABOUT),)
    six = (Quantity(value=6, unit="brigades", text="six brigades"),)
    ten = (Quantity(value=10, unit="days", text="ten days"),)
    return (
        a_saying(
            "army",
            "Ukraine would keep an army of about 800,000 in peacetime.",
            "Kestrel Post",
            2.3,
            quantities=people,
            slot=SlotId("army_size"),
        ),
        a_saying(
            "force",
            "The force would number six brigades.",
            "Lantern Agency",
            7,
            category=Category("force"),
            quantities=six,
        ),
        a_saying(
            "rival",
            "«Ідеться лише про дві бригади.»",
            "Svitanok",
            6.5,
            language="uk",
            category=Category("force"),
            attributed_to="речник генштабу",
            quantities=(Quantity(value=2, unit="brigades", text="дві бригади"),),
        ),
        a_saying(
            "daily",
            "Бюлетень про порушення виходитиме щодня.",
            "Svitanok",
            0.7,
            language="uk",
            category=Category("monitoring"),
            attributed_to="Міністерство оборони України",
        ),
        a_saying(
            "ten",
            "The partners would have to begin deliveries inside ten days.",
            "Lantern Agency",
            0.8,
            category=Category("response"),
            attributed_to="a diplomat",
            quantities=ten,
        ),
        a_saying(
            "term", "Washington has offered 15 years, renewable.", "Kestrel Post", 4.2, category=Category("legal")
        ),
        a_saying("ask", "Kyiv asks for 30 to 50 years.", "Lantern Agency", 4.1, category=Category("legal")),
        a_saying(
            "us",
            "“We stand behind these guarantees,” the envoy said.",
            "Lantern Agency",
            3,
            category=position_of(PartyId("us")),
            attributed_to="the envoy",
        ),
        a_saying(
            "russia",
            "Москва отвергает присутствие иностранных войск.",
            "Vestnik Reki",
            2,
            language="ru",
            category=position_of(PartyId("russia")),
        ),
        a_saying(
            "meeting", "Делегації зустрінуться в Парижі 6 січня.", "Svitanok", 0.4, language="uk", category=PROCESS
        ),
    )


def _development(point: KeyPoint, **given: Any) -> Development:
    default: dict[str, Any] = {
        "id": point.development_id,
        "category": point.category,
        "text": point.quote,
        "language": point.language,
        "first_seen": point.published,
        "outlets": (point.outlet,),
        "urls": (point.url,),
        "point_ids": (point.id,),
    }
    return a_development(**(default | given))


def facts() -> tuple[Development, ...]:
    """One development a saying; the deadline is told by three outlets."""
    more = {"p-ten": {"outlets": ("Lantern Agency", "Kestrel Post", "Svitanok"), "reports": 3}}
    return tuple(_development(point, **more.get(point.id, {})) for point in sayings())


def _value(slot: str, point: KeyPoint, value: float, unit: str, **given: Any) -> ValueState:
    default: dict[str, Any] = {
        "slot": SlotId(slot),
        "party": None,
        "modality": Modality.PLANNED,
        "value": value,
        "upper": None,
        "unit": unit,
        "text": "",
        "before": None,
        "since": point.published,
        "confidence": 0.7,
        "disputed_by": None,
        "disputed_since": None,
        "development_id": point.development_id,
        "evidence": (point.id,),
    }
    return ValueState(**(default | given))


def _layer(
    layer: str,
    rung: Rung,
    newest: KeyPoint,
    values: tuple[ValueState, ...],
    sides: tuple[SideState, ...] = (),
    outlets: int = 3,
) -> LayerState:
    return LayerState(
        layer=LayerId(layer),
        rung=rung,
        rung_since=_at(14),
        rung_why=f"{rung}: 1 official, 4 independent; the rule asks for 1 official or 2 independent",
        rung_evidence=(newest.id,),
        confidence=0.8,
        sides=sides,
        values=values,
        newest=newest.development_id,
        newest_text=newest.quote,
        newest_at=newest.published,
        last_told_at=newest.published,
        outlets=outlets,
        silence=MORNING - newest.published,
    )


def a_conflict() -> Change:
    """Two outlets give two sizes of the force."""
    force, rival = sayings()[1:3]
    return a_change(
        id="c-conflict",
        at=rival.published,
        kind=ChangeKind.CONFLICT,
        category=Category("force"),
        slot=SlotId("force_size"),
        before="6",
        after="2",
        development_id=rival.development_id,
        evidence=(rival.id, force.id),
        why="two reports give different values, neither says that it replaces the other",
    )


def a_board() -> Board:
    """Where everything stood."""
    army, force, _, daily, ten, term, ask, us, russia, meeting = sayings()
    offered = _value("term_years", term, 15, "years", modality=Modality.OFFERED, party=PartyId("us"))
    asked = _value("term_years", ask, 30, "years", upper=50, modality=Modality.ASKED, party=PartyId("ukraine"))
    disputed = _value("force_size", force, 6, "brigades", disputed_by="2", disputed_since=_at(6.5))
    return Board(
        topic=TOPIC,
        as_of=MORNING,
        layers=(
            _layer("army", Rung.AGREED_IN_PRINCIPLE, army, (_value("army_size", army, 800_000, "people"),), outlets=7),
            _layer("force", Rung.PROPOSED, force, (disputed,), (SideState.DISPUTED,), outlets=2),
            _layer("monitoring", Rung.PROPOSED, daily, (), outlets=1),
            _layer("response", Rung.PROPOSED, ten, (_value("response_deadline", ten, 10, "days", before="30"),)),
            _layer("legal", Rung.TEXT_AGREED, ask, (offered, asked), outlets=5),
        ),
        parties=(
            _party("us", Stance.SUPPORTS, us),
            _party("europe", Stance.SUPPORTS, None),
            _party("ukraine", Stance.ACCEPTS, None, before=Stance.UNDECIDED),
            _party("russia", Stance.REJECTS, russia),
        ),
        differences=(
            _party("europe", Stance.CONDITIONAL, None, on=position_of(PartyId("europe")), member="italy"),
            _party("russia", Stance.REJECTS, russia, on=Category("force")),
        ),
        process=(meeting.development_id or DevelopmentId(""),),
        open_conflicts=(a_conflict(),),
    )


def _party(party: str, stance: Stance, point: KeyPoint | None, **given: Any) -> PartyState:
    default: dict[str, Any] = {
        "party": PartyId(party),
        "on": None,
        "stance": stance,
        "since": point.published if point else _at(5),
        "before": None,
        "confidence": 0.6,
        "quote": point.quote if point else "",
        "development_id": point.development_id if point else None,
        "evidence": (point.id,) if point else (),
    }
    return PartyState(**(default | given))


def some_feeds() -> tuple[Feed, ...]:
    """Sixteen sources, of which one is blind and one new."""
    read = {"health": Health.GOOD, "succeeded_at": _at(0.01)}
    good = [a_feed(id=f"feed-{number}", name=f"Outlet {number}", **read) for number in range(1, 15)]
    blind = a_feed(
        id="svitanok",
        name="Svitanok",
        language="uk",
        health=Health.BLIND,
        failing_since=_at(1),
        trouble=Trouble.TIMEOUT,
    )
    return (*good, blind, a_feed(id="new", name="Newcomer", language="uk"))


def a_board_view(**given: Any) -> BoardView:
    """The board with its evidence."""
    default: dict[str, Any] = {
        "topic": a_topic(),
        "board": a_board(),
        "points": {point.id: point for point in sayings()},
        "developments": {fact.id: fact for fact in facts()},
        "feeds": some_feeds(),
    }
    return BoardView(**(default | given))


def a_layer_view(category: str = "force") -> LayerView:
    """One category with all its points."""
    shown = tuple(
        sorted((fact for fact in facts() if fact.category == category), key=lambda fact: fact.last_seen, reverse=True)
    )
    points = {point.id: point for point in sayings()}
    return LayerView(topic=a_topic(), category=Category(category), board=a_board(), developments=shown, points=points)


def movements() -> tuple[Change, ...]:
    """What moved in the last day, newest first."""
    _, _, _, daily, ten, *_ = sayings()
    new = a_change(
        id="c-new",
        at=daily.published,
        category=daily.category,
        after=None,
        development_id=daily.development_id,
        evidence=(daily.id,),
    )
    value = a_change(
        id="c-value",
        at=ten.published,
        kind=ChangeKind.VALUE,
        category=ten.category,
        slot=SlotId("response_deadline"),
        before="30",
        after="10",
        development_id=ten.development_id,
        evidence=(ten.id,),
    )
    return (new, value)


def a_status_view() -> StatusView:
    """Everything that /status shows."""
    points, known = {point.id: point for point in sayings()}, {fact.id: fact for fact in facts()}
    return StatusView(
        topic=a_topic(),
        board=a_board(),
        points=points,
        developments=known,
        feeds=some_feeds(),
        day=movements(),
        week=(a_conflict(),),
    )


def a_latest_view() -> LatestView:
    """The three newest points."""
    return LatestView(
        topic=a_topic(), points=tuple(sorted(sayings(), key=lambda point: point.published, reverse=True))[:3]
    )


def _item(point: KeyPoint, kind: ChangeKind, **given: Any) -> DigestItem:
    default: dict[str, Any] = {
        "development_id": point.development_id,
        "kind": kind,
        "text": point.quote,
        "language": point.language,
        "quote": point.quote,
        "context": point.context,
        "url": point.url,
        "outlet": point.outlet,
        "published": point.published,
        "attributed_to": point.attributed_to,
        "via": point.via,
        "also_reported_by": (),
        "before": None,
        "after": None,
        "evidence": (point.id,),
    }
    return DigestItem(**(default | given))


def a_digest(language: str = "en", *, quiet: bool = False) -> Digest:
    """The digest of the day before that morning; `quiet`: nothing moved."""
    topic = a_topic()
    _, force, rival, daily, ten, *_ = sayings()
    also = ("Kestrel Post", "Svitanok")
    deadline = _item(
        ten, ChangeKind.VALUE, before="30", after="10", slot=SlotId("response_deadline"), also_reported_by=also
    )
    sizes = _item(
        rival,
        ChangeKind.CONFLICT,
        before="6",
        after="2",
        slot=SlotId("force_size"),
        rival_quote=force.quote,
        rival_outlet=force.outlet,
        rival_url=force.url,
        rival_language="en",
        rival_attributed_to=force.attributed_to,
        rival_published=force.published,
    )
    found = (("response", deadline), ("force", sizes), ("monitoring", _item(daily, ChangeKind.NEW)))
    sections = tuple(_section(topic, category, item, language) for category, item in found)
    silences = (("process", 9), ("legal", 4), ("army", 2))
    return Digest(
        topic=TOPIC,
        title=topic.names.of(language),
        window=Window(since=_at(1), until=MORNING),
        language=language,
        sections=() if quiet else sections,
        counts=DigestCounts(feeds=16, articles=23, relevant=9, reports=7, developments=0 if quiet else 3),
        left_out=((LeftOut.REPEAT, 11), (LeftOut.COPY, 3)),
        silences=tuple(Silence(category=Category(category), title=category, days=days) for category, days in silences),
        blind=(("Svitanok", _at(1)),),
        sources=16,
    )


def _section(topic: Topic, category: str, item: DigestItem, language: str) -> DigestSection:
    layer = topic.layer(category)
    return DigestSection(
        category=Category(category), title=layer.names.of(language) if layer else category, items=(item,)
    )


def everything() -> Plan:
    """The whole morning as one plan for a store: feeds, articles, points, developments and what moved."""
    points = sayings()
    articles = tuple(
        an_article(
            id=point.article,
            url=point.url,
            outlet=point.outlet,
            language=point.language,
            text=point.quote,
            published=point.published,
            title=point.quote,
        )
        for point in points
    )
    told = (*movements(), a_conflict())
    return Plan(
        feeds=some_feeds(),
        articles=articles,
        readings=tuple(a_reading(article=article.id, why="names the plan") for article in articles),
        points=tuple(replace(point, span=Span(0, len(point.quote))) for point in points),
        developments=facts(),
        changes=tuple(
            (TOPIC, category, tuple(c for c in told if c.category == category))
            for category in sorted({c.category for c in told})
        ),
    )


def a_site_view() -> SiteView:
    """The feeds of an outlet's site, of which one is read here already, though not well."""
    svitanok = next(feed for feed in some_feeds() if feed.name == "Svitanok")
    known = FeedThere(url=svitanok.url, title="Svitanok", known=svitanok)
    english = FeedThere(url="https://svitanok.example/en/feed.xml", title="Svitanok in English")
    return SiteView(address="https://svitanok.example", feeds=(known, english))

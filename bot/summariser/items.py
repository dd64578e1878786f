"""Digest items from movements: the quote with its source, the other side of a conflict, in sections by category. Knows no windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.model.digests import DigestItem, DigestSection
from bot.model.stories import ChangeKind, Development, DevelopmentId, KeyPoint, PointId
from bot.model.topics import POSITION, Category, Topic
from bot.summariser.merging import Merged

Told = tuple[Merged, ...]  # what one item tells, the weightiest movement first


def sections(
    topic: Topic,
    groups: Sequence[Told],
    known: Mapping[PointId, KeyPoint],
    developments: Mapping[DevelopmentId, Development],
    language: str,
) -> tuple[DigestSection, ...]:
    """Items by category: sections in the order of their weightiest item, items as ranked."""
    table: dict[Category, list[DigestItem]] = {}
    for group in groups:
        item = _item(group, known, developments.get(group[0].head.development_id))
        if item is not None:
            table.setdefault(group[0].head.category, []).append(item)
    return tuple(
        DigestSection(category=category, title=title_of(topic, category, language), items=tuple(found))
        for category, found in table.items()
    )


def title_of(topic: Topic, category: Category, language: str) -> str:
    """A category's name in a language: the layer's, the party's, or the word for the process."""
    layer = topic.layer(category)
    if layer:
        return layer.names.of(language)
    party = topic.party(category.removeprefix(POSITION))
    if party:
        return party.names.of(language)
    return {"uk": "Процес", "ru": "Процесс"}.get(language, "Process")


def _item(group: Told, known: Mapping[PointId, KeyPoint], development: Development | None) -> DigestItem | None:
    head = group[0].head
    point = known.get(head.evidence[0]) if head.evidence else None
    if point is None:
        return None
    rival = known.get(head.evidence[1]) if head.kind is ChangeKind.CONFLICT and len(head.evidence) > 1 else None
    others = tuple(outlet for outlet in (development.outlets if development else ()) if outlet != point.outlet)
    return DigestItem(
        development_id=head.development_id,
        kind=head.kind,
        text=development.text if development else point.quote,
        language=point.language,
        quote=point.quote,
        context=point.context,
        url=point.url,
        outlet=point.outlet,
        published=point.published,
        attributed_to=point.attributed_to,
        via=point.via,
        also_reported_by=others,
        before=head.before,
        after=head.after,
        evidence=tuple(dict.fromkeys(i for each in group for i in each.head.evidence)),
        rival_quote=rival.quote if rival else "",
        rival_outlet=rival.outlet if rival else "",
        rival_url=rival.url if rival else "",
        rival_language=rival.language if rival else "",
        rival_attributed_to=rival.attributed_to if rival else "",
        rival_via=rival.via if rival else "",
        rival_published=rival.published if rival else None,
        member=head.member,
        slot=head.slot,
        more=_more(group),
        changes=tuple(part.id for each in group for part in each.parts),
    )


def _more(group: Told) -> tuple[str, ...]:
    """Further movements of the same development, and conflicts that were settled on the way."""
    kinds = [str(each.head.kind) for each in group[1:]]
    settled = [str(part.kind) for part in group[0].parts[:-1] if part.kind is ChangeKind.CONFLICT]
    return tuple(dict.fromkeys((*kinds, *(f"{kind}-over" for kind in settled))))

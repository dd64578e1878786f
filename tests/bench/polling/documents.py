"""Feeds as outlets publish them, made from a fixed seed: RSS mostly, some Atom; Ukrainian, English, Russian. Knows nothing of serving."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

ENTRIES = 20
_ATOM_EVERY = 5  # every fifth feed
_POOL = 100  # entries written for each kind and language; feeds choose among them
_MARK = "\x01"  # stands where an entry's own token goes
_WORDS = {
    "uk": "уряд міністр сьогодні заявив що переговори тривають у столиці після зустрічі з представниками парламенту "
    "країни підтримали проєкт угоди про безпеку та відбудову регіону однак остаточне рішення ухвалять наступного тижня "
    "експерти зазначають ціни на енергоносії зросли попри обіцянки постачальників області міста лікарні школи потяги",
    "en": "the government said on Tuesday that talks would continue after a meeting with members of parliament and "
    "officials from several countries who backed the draft agreement on security and reconstruction although a final "
    "decision is expected next week analysts noted higher energy prices despite promises by suppliers in the region",
    "ru": "правительство министр сегодня заявил что переговоры продолжаются в столице после встречи с представителями "
    "парламента страны поддержали проект соглашения о безопасности и восстановлении региона однако окончательное решение "
    "примут на следующей неделе эксперты отмечают цены на энергию выросли несмотря на обещания поставщиков области",
}
_LANGUAGES = tuple(_WORDS)
_RSS = (
    "<item><title>{title}</title><link>https://news.example/{mark}/story</link>"
    '<guid isPermaLink="false">tag:news.example,2026:{mark}</guid><pubDate>{date}</pubDate>'
    "<dc:creator>{author}</dc:creator><category>{category}</category><description>{text}</description></item>\n"
)
_ATOM = (
    '<entry><title>{title}</title><link rel="alternate" href="https://news.example/{mark}/story"/>'
    "<id>tag:news.example,2026:{mark}</id><published>{date}</published><updated>{date}</updated>"
    '<author><name>{author}</name></author><category term="{category}"/><content type="html">{text}</content></entry>\n'
)


class Press:
    """Prints any feed in any edition. A new edition has none but new entries; the same edition has the same bytes."""

    def __init__(self, printed_at: datetime, seed: int = 20261122) -> None:
        chance = random.Random(seed)
        self._pools = {
            (atom, language): [_entry(chance, language, printed_at, place, atom=atom) for place in range(_POOL)]
            for atom in (False, True)
            for language in _LANGUAGES
        }

    def document(self, feed: int, edition: int) -> tuple[bytes, str]:
        """The bytes and their media type."""
        atom, language = feed % _ATOM_EVERY == _ATOM_EVERY - 1, _LANGUAGES[feed % len(_LANGUAGES)]
        pool = self._pools[atom, language]
        entries = (
            pool[(feed * 7 + place * 13) % _POOL].replace(b"\x01", b"%d-%d-%d" % (feed, edition, place))
            for place in range(ENTRIES)
        )
        head, foot, media_type = _atom(feed) if atom else _rss(feed, language)
        return b"".join((head.encode(), *entries, foot)), media_type


def _rss(feed: int, language: str) -> tuple[str, bytes, str]:
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Outlet {feed}</title><link>https://news.example/{feed}/</link><description>News of outlet {feed}"
        f"</description><language>{language}</language>\n"
    )
    return head, b"</channel></rss>\n", "application/rss+xml; charset=utf-8"


def _atom(feed: int) -> tuple[str, bytes, str]:
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Outlet {feed}</title><id>tag:news.example,2026:{feed}</id><updated>2026-11-22T00:00:00Z</updated>"
        f'<link href="https://news.example/{feed}/"/>\n'
    )
    return head, b"</feed>\n", "application/atom+xml; charset=utf-8"


def _entry(chance: random.Random, language: str, printed_at: datetime, place: int, *, atom: bool) -> bytes:
    words = _WORDS[language].split()
    moment = printed_at - timedelta(minutes=17 * place + 5)
    filled = (_ATOM if atom else _RSS).format(
        title=f"{_sentence(chance, words, 7).rstrip('.')} {_MARK}",
        mark=_MARK,
        date=moment.astimezone(UTC).isoformat() if atom else format_datetime(moment.astimezone(UTC)),
        author=chance.choice(words).capitalize(),
        category=chance.choice(words),
        text=escape(_html(chance, words, chance.randint(1_000, 2_000))),
    )
    return filled.encode()


def _html(chance: random.Random, words: list[str], size: int) -> str:
    """Some `size` bytes of paragraphs with a picture, links and emphasis."""
    parts = [f'<p><img src="https://img.example/{_MARK}.jpg" width="640" alt="{chance.choice(words)}"/></p>']
    while sum(len(part.encode()) for part in parts) < size:
        sentences = " ".join(_sentence(chance, words, chance.randint(6, 16)) for _ in range(2))
        link = f'<a href="https://news.example/{_MARK}/more?utm_source=rss">{chance.choice(words)}</a>'
        parts.append(f"<p>{sentences} <strong>{chance.choice(words)}</strong> {link}.</p>")
    return "".join(parts)


def _sentence(chance: random.Random, words: list[str], length: int) -> str:
    return " ".join(chance.choices(words, k=length)).capitalize() + "."

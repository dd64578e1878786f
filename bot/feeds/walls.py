"""Why a page gave no text: recognises walls, error pages, front pages and what is no page at all. Knows neither networks nor how text is found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.feeds.kinds import document_kind, page_kind
from bot.feeds.pagefacts import PageFacts
from bot.feeds.prompts import prompt_in, speaks_of_consent, tells_an_absence, titles_an_absence
from bot.model.feeds import Fetched, NoText
from bot.text.urls import host_of, link_key

_PAGE_TYPES = frozenset({
    "", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "application/octet-stream", "unknown/unknown",
    "application/vnd.wap.xhtml+xml",
})  # fmt: skip
_WIDGET = re.compile(r"g-recaptcha|h-captcha|hcaptcha\.com", re.IGNORECASE)  # under comments, too
_EMPTY_ROOT = re.compile(
    r"<div[^<>]{0,200}\bid\s*=\s*[\"']?(?:root|app|__next|__nuxt|react-root|main-app)\b[^<>]{0,200}>\s*</div>",
    re.IGNORECASE,
)
_SITE_NAME = re.compile(r"\s[|–—·•-]\s")


def not_a_page(fetched: Fetched, markup: str) -> NoText | None:
    """What came instead of a page, by its type and by its first bytes: servers mislabel both ways."""
    if b"%PDF-" in fetched.body[:1_024]:
        return NoText.PDF
    kind = fetched.content_type.split(";")[0].strip().lower()
    if kind in ("application/pdf", "application/x-pdf"):
        return NoText.PDF
    if kind not in _PAGE_TYPES or document_kind(markup) in ("xml feed", "json feed"):
        return NoText.NOT_A_PAGE
    return None if "<" in markup[:2_000] else NoText.NOT_A_PAGE


def elsewhere(fetched: Fetched) -> NoText | None:
    """Whether asking for an article led to a front page, a section's page or a wall's own address."""
    asked, here = link_key(fetched.url), link_key(fetched.final_url)
    if asked == here or "/" not in asked:
        return None
    if host_of(fetched.final_url).startswith(("consent.", "guce.")):
        return NoText.CONSENT
    if re.fullmatch(
        r"/(?:[\w-]+/)?(?:login|signin|sign-in|log-in|auth)(?:\.\w+)?/?",
        urlsplit(fetched.final_url).path,
        re.IGNORECASE,
    ):
        return NoText.LOGIN
    steps = [step for step in urlsplit(fetched.final_url).path.split("/") if step]
    section = len(steps) == 1 and steps[0].isalpha() and steps[0] in urlsplit(fetched.url).path.split("/")[1:-1]
    front = not steps or (len(steps) == 1 and re.fullmatch(r"[a-z]{2}|index\.\w+|home", steps[0], re.IGNORECASE))
    return NoText.FRONT_PAGE if front or section else None


def not_found(facts: PageFacts) -> bool:
    """Whether a page answered well says in its title or heading that what was asked for is not there."""
    return any(titles_an_absence(title) for title in (facts.title, facts.heading, *_SITE_NAME.split(facts.title)))


def is_about_consent(lines: Sequence[str]) -> bool:
    """Whether a text asks for consent and half of it speaks of that: a wall, however long."""
    about = sum(len(line) for line in lines if speaks_of_consent(line))
    return about * 2 > sum(map(len, lines)) and any(prompt_in(line) is NoText.CONSENT for line in lines)


def wall_before(markup: str, facts: PageFacts, lines: Sequence[str]) -> NoText | None:
    """The wall that a short text stands before; `lines` are all the page's, whether the article's or not."""
    prompts = {prompt_in(line) for line in lines}
    if (
        NoText.CHALLENGE in prompts
        or page_kind(_WIDGET.sub("", markup[:100_000]).encode("utf-8", "replace")) == "challenge page"
    ):
        return NoText.CHALLENGE
    if NoText.PAYWALL in prompts or not facts.free:
        return NoText.PAYWALL
    if NoText.LOGIN in prompts:
        return NoText.LOGIN
    return NoText.NOT_FOUND if any(map(tells_an_absence, lines)) else None


def why_empty(markup: str, lines: Sequence[str]) -> NoText:
    """Why a page that is before no known wall has next to no text; the surest sign first."""
    prompts = {prompt_in(line) for line in lines}
    kind = page_kind(markup[:100_000].encode("utf-8", "replace"))
    walls = {"challenge page": NoText.CHALLENGE, "login page": NoText.LOGIN, "consent wall": NoText.CONSENT}
    if kind in walls:
        return walls[kind]
    if NoText.SCRIPT in prompts or _EMPTY_ROOT.search(markup):
        return NoText.SCRIPT
    return NoText.CONSENT if NoText.CONSENT in prompts else NoText.STUB

"""What a document is, by its first bytes: a feed, a page, a wall in front of a page. Knows nothing of what is in it."""

from __future__ import annotations

import re

_LOOKED_AT = 16_384
_FEED_ROOT = re.compile(r"<(?:[\w.-]{1,30}:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version\\?/1|"items"\s*:\s*\[')
_WALLS = (
    (
        "challenge page",
        re.compile(
            r"cf-browser-verification|cf[_-]chl[_-]|challenge-platform|<title>\s*just a moment|attention required! \| cloudflare"
            r"|ddos-guard|_incapsula_resource|px-captcha|captcha-delivery\.com|sucuri_cloudproxy|g-recaptcha|h-captcha|hcaptcha\.com"
            r"|checking your browser|перевірка (?:вашого )?браузера|проверка (?:вашего )?браузера|qrator",
            re.IGNORECASE,
        ),
    ),
    ("login page", re.compile(r"<input[^<>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)),
    (
        "consent wall",
        re.compile(
            r"before you continue|consent\.(?:google|yahoo|youtube)|<title>[^<]{0,80}(?:cookie consent|consent wall|privacy gate)",
            re.IGNORECASE,
        ),
    ),
)


def page_kind(body: bytes) -> str:
    """What a page is: "challenge page", "login page", "consent wall", "web page"; "" for what is not HTML."""
    text = body[: _LOOKED_AT * 4].decode("utf-8", "replace")
    if not _HTML.search(text[:_LOOKED_AT]):
        return ""
    return next((name for name, mark in _WALLS if mark.search(text)), "web page")


def document_kind(text: str) -> str:
    """What a document is: "xml feed", "json feed", "html", "empty" or "other"; notices that servers print before the feed are looked past."""
    head = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n")
    if not head:
        return "empty"
    if head.startswith("{"):
        return "json feed" if _JSON_FEED.search(text[: _LOOKED_AT * 8]) else "other"
    root = _FEED_ROOT.search(head)
    page = _HTML.search(head)
    if root and (page is None or root.start() < page.start()):
        return "xml feed"
    return "html" if page else "other"

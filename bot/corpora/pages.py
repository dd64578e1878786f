"""Article pages and front pages of the sample outlets, as HTML: one frame a kind of outlet. Knows markup, not servers or time.

Frames differ as real ones do: with and without <article>, dates in JSON-LD, in meta tags or only in words, boxes between paragraphs. Each page says
in words that its article is invented.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from html import escape

from bot.corpora.furniture import Furniture, furniture
from bot.corpora.issues import Issue
from bot.model.corpora import FeedForm, Outlet

FEED_PATHS = {FeedForm.RSS: "/feed.xml", FeedForm.ATOM: "/atom.xml", FeedForm.JSON: "/feed.json"}
FEED_TYPES = {
    FeedForm.RSS: "application/rss+xml",
    FeedForm.ATOM: "application/atom+xml",
    FeedForm.JSON: "application/feed+json",
}
_RELATED = 4


def article_page(issue: Issue, others: Sequence[Issue]) -> str:
    """The page of an article; `others` are what the same outlet published besides, newest first."""
    words = furniture(issue.article.language)
    frame = _FRAMES.get(issue.outlet.kind, _daily)
    return _document(issue.outlet, issue.article.title, _meta(issue), frame(issue, words, others[:_RELATED]), words)


def front_page(outlet: Outlet, issues: Sequence[Issue]) -> str:
    """The outlet's front page with a link to its feed."""
    words = furniture(outlet.language)
    teasers = "\n".join(
        f'<section class="teaser"><h2><a href="{escape(issue.article.url)}">{escape(issue.article.title)}</a></h2>'
        f"{issue.article.summary_html}</section>"
        for issue in issues[:20]
    )
    return _document(outlet, outlet.name, "", f'<main class="front">{teasers}</main>', words)


def _document(outlet: Outlet, title: str, meta: str, body: str, words: Furniture) -> str:
    feed = f'<link rel="alternate" type="{FEED_TYPES[outlet.form]}" title="{escape(outlet.name)}" href="{FEED_PATHS[outlet.form]}">'
    menu = "".join(f'<li><a href="/section/{number}">{escape(item)}</a></li>' for number, item in enumerate(words.menu))
    return f"""<!DOCTYPE html>
<html lang="{escape(outlet.language)}">
<head>
<meta charset="utf-8">
<title>{escape(title)} | {escape(outlet.name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{feed}
{meta}
<style>body{{font-family:serif;margin:0 auto;max-width:46rem}}nav li{{display:inline;margin-right:1em}}</style>
</head>
<body>
<div id="cookie-banner" class="cookie-consent" role="dialog"><p>{escape(words.cookies)}</p>
<button>{escape(words.accept)}</button><button>{escape(words.decline)}</button></div>
<header class="site-header"><div class="site-notice">{escape(words.sample)}</div><a class="logo" href="/">{escape(outlet.name)}</a>
<nav class="main-menu"><ul>{menu}</ul></nav></header>
{body}
<footer class="site-footer"><p>{escape(words.sample)} · {escape(outlet.name)}. {escape(words.rights)}</p>
<ul>{menu}</ul></footer>
<script>window.analytics=window.analytics||[];</script>
</body>
</html>
"""


def _meta(issue: Issue) -> str:
    article = issue.article
    lines = [
        f'<link rel="canonical" href="{escape(article.url)}">',
        f'<meta property="og:title" content="{escape(article.title)}">',
        f'<meta property="og:site_name" content="{escape(issue.outlet.name)}">',
        '<meta property="og:type" content="article">',
    ]
    if issue.outlet.kind in ("wire", "daily", "explainer", "trade"):
        lines.append(_json_ld(issue))
    elif issue.outlet.kind != "official":
        lines.append(f'<meta property="article:published_time" content="{issue.published.isoformat()}">')
        lines.append(f'<meta property="article:modified_time" content="{issue.told_at.isoformat()}">')
    return "\n".join(lines)


def _json_ld(issue: Issue) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": issue.article.title,
        "inLanguage": issue.article.language,
        "datePublished": issue.published.isoformat(),
        "dateModified": issue.told_at.isoformat(),
        "author": {"@type": "Organization", "name": issue.outlet.name},
        "publisher": {"@type": "Organization", "name": issue.outlet.name},
    }
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'


# ── Frames ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _wire(issue: Issue, words: Furniture, others: Sequence[Issue]) -> str:
    return f"""<main><article class="story">
<h1>{escape(issue.article.title)}</h1>
<p class="dateline">{_times(issue, words)}</p>
<div class="story-body">
{issue.article.body_html}
</div>
{_share(words)}
</article>
{_related(words, others)}
</main>"""


def _daily(issue: Issue, words: Furniture, others: Sequence[Issue]) -> str:
    blocks = issue.article.body_html.split("\n")
    middle = min(3, len(blocks))
    first, rest = "\n".join(blocks[:middle]), "\n".join(blocks[middle:])
    return f"""<div class="layout"><main id="content">
<div class="breadcrumbs"><a href="/">{escape(words.menu[0])}</a> / <a href="/section/1">{escape(words.menu[1])}</a></div>
<article class="article">
<header class="article__header"><h1>{escape(issue.article.title)}</h1>
<div class="article__meta"><span class="byline">{escape(words.author)}</span> {_times(issue, words)}</div></header>
<div class="article__body">
{first}
{_related(words, others)}
{rest}
</div>
{_share(words)}
</article>
{_newsletter(words)}
{_comments(words)}
</main>
<aside class="sidebar">{_most_read(words, others)}</aside></div>"""


def _state(issue: Issue, words: Furniture, others: Sequence[Issue]) -> str:
    return f"""<table class="page"><tr><td class="left">{_most_read(words, others)}</td><td class="center">
<h1 class="title">{escape(issue.article.title)}</h1>
<div class="date">{_plain_times(issue)}</div>
<div class="text">
{issue.article.body_html}
</div>
{_share(words)}
</td></tr></table>"""


def _essay(issue: Issue, words: Furniture, others: Sequence[Issue]) -> str:
    return f"""<main><article class="post">
<h1>{escape(issue.article.title)}</h1>
<p class="post-meta">{_times(issue, words)}</p>
<div class="post-content entry-content">
{issue.article.body_html}
</div>
<div class="author-bio"><h4>{escape(words.author)}</h4><p>{escape(words.about_author)}</p></div>
</article>
{_newsletter(words)}
{_related(words, others)}
{_comments(words)}
</main>"""


def _live(issue: Issue, words: Furniture, others: Sequence[Issue]) -> str:
    return f"""<main class="live"><article class="liveblog">
<h1>{escape(issue.article.title)}</h1>
<p class="live-status">{_times(issue, words)}</p>
<div class="live-entries">
{issue.article.body_html}
</div>
</article>
{_share(words)}
{_newsletter(words)}
{_related(words, others)}
</main>"""


def _official(issue: Issue, words: Furniture, others: Sequence[Issue]) -> str:
    return f"""<div id="content">
<h1>{escape(issue.article.title)}</h1>
<p class="date">{_plain_times(issue)}</p>
<div class="content-text">
{issue.article.body_html}
</div>
<div class="press-contact">{escape(words.contact)}</div>
{_most_read(words, others)}
</div>"""


_FRAMES: dict[str, Callable[[Issue, Furniture, Sequence[Issue]], str]] = {
    "wire": _wire,
    "trade": _wire,
    "daily": _daily,
    "regional": _daily,
    "state": _state,
    "explainer": _essay,
    "opinion": _essay,
    "liveblog": _live,
    "official": _official,
}


# ── Boxes ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _times(issue: Issue, words: Furniture) -> str:
    shown = f'{escape(words.published)} <time datetime="{issue.published.isoformat()}">{issue.published:%H:%M, %d.%m.%Y}</time>'
    if issue.told_at != issue.published:
        shown += f' · {escape(words.updated)} <time datetime="{issue.told_at.isoformat()}">{issue.told_at:%H:%M, %d.%m.%Y}</time>'
    return shown


def _plain_times(issue: Issue) -> str:
    return f"{issue.told_at:%d.%m.%Y %H:%M} UTC"


def _share(words: Furniture) -> str:
    links = "".join(
        f'<a href="/share/{name}" rel="nofollow">{name.title()}</a> ' for name in ("mail", "telegram", "mastodon")
    )
    return f'<div class="share-bar social">{escape(words.share)}: {links}</div>'


def _related(words: Furniture, others: Sequence[Issue]) -> str:
    return (
        f'<aside class="related-articles"><h3>{escape(words.related)}</h3><ul>{_links(others)}</ul></aside>'
        if others
        else ""
    )


def _most_read(words: Furniture, others: Sequence[Issue]) -> str:
    return (
        f'<div class="most-read sidebar"><h4>{escape(words.most_read)}</h4><ol>{_links(others)}</ol></div>'
        if others
        else ""
    )


def _links(others: Sequence[Issue]) -> str:
    return "".join(
        f'<li><a href="{escape(issue.article.url)}">{escape(issue.article.title)}</a></li>' for issue in others
    )


def _newsletter(words: Furniture) -> str:
    return (
        f'<aside class="newsletter-signup"><h3>{escape(words.newsletter)}</h3><p>{escape(words.newsletter_text)}</p>'
        f'<form action="/newsletter"><input type="email" name="email"><button>{escape(words.subscribe)}</button></form></aside>'
    )


def _comments(words: Furniture) -> str:
    items = "".join(
        f'<li class="comment"><b>{escape(name)}</b><p>{escape(text)}</p></li>' for name, text in words.voices
    )
    return f'<section id="comments" class="comments"><h3>{escape(words.comments)} (3)</h3><ul class="comment-list">{items}</ul></section>'

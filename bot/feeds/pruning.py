"""Takes out of a page's tree what no reader takes for the article: what is hidden, boxes, prompts, paid parts. Knows no language.

Boxes are known by the words in their class and id, never by a site's name; whatever holds the heading or most of the text is no box.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

_UNREAD = (
    "script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "video", "audio", "select", "textarea", "button", "nav",
    "amp-ad", "amp-consent", "amp-embed", "amp-iframe", "amp-next-page", "amp-sidebar", "amp-social-share", "amp-sticky-ad",
    "amp-user-notification",
)  # fmt: skip
_INLINE = (
    "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "output", "q",
    "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
)  # fmt: skip
_TEXT = etree.XPath("string()", smart_strings=False)  # ten times as fast as joining `itertext()`
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_BOX = re.compile(
    r"(?<![a-z])(?:ads?|adv|adverts?|advertisement|advertising|adsense|adslot|sponsor(?:ed)?|promo(?:ted|box)?|outbrain|taboola|mgid|redtram"
    r"|related(?:posts?|articles?|news)?|recommend(?:ed|ations?)|recirc(?:ulation)?|readalso|read-also|also-read|similar|trending|popular"
    r"|most-?read|more-news|latest-news|last-news|newsletters?|subscri(?:be|ption)|sign-?up|mailing"
    r"|share|sharing|sharebar|shares|social|socials|soc|addthis|sharedaddy|tags|taglist|breadcrumbs?|authors?|about-author"
    r"|widget-related|telegram-(?:promo|banner)|credits?|byline)(?![a-z])"
)
_PROMPT = re.compile(
    r"(?:^|\s)(?:comments?(?:-?(?:area|list|section|block|wrap|wrapper|box|form|thread))?|comment-?list|disqus_thread|discussion"
    r"|(?:[a-z0-9-]*-)?(?:cookies?|gdpr|onetrust|didomi|cmp|consent)(?:-(?:[a-z0-9]+))*)(?=\s|$)"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CLOCK = re.compile(r"\W*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*(?:[ap]\.?m\.?|utc|gmt|[a-z]{3,4}))?\W*", re.IGNORECASE)
_TIMED = re.compile(r"(?<![a-z])(?:time|date|timestamp|clock|hour)(?![a-z])")
_SELECTOR = re.compile(r"^[\w-]*([.#])([\w-]+)$")
_MOST_BOXES = 400  # measured on one page; pages of more are somebody's attack
_SMALL = 400  # characters; a box that asks for an e-mail address has no more
_DEEP = 8  # elements from such a field out to its box
_HALF = 0.5
_MOST = 0.8  # comments and notices may be longer than the article, but a wrapper called `cookies-accepted` is the page
_ALL = 1.0  # what costs money goes, whatever it holds


def pruned(tree: HtmlElement, paid_parts: tuple[str, ...] = ()) -> None:
    """Take them out of `tree`. Time is linear in its size."""
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    whole = len(text_in(tree)) or 1
    heading = next(tree.iter("h1"), None)
    for node, share_limit in list(islice(_doubtful(tree, paid_parts), _MOST_BOXES)):
        if share_limit == _ALL or (not _holds(node, heading) and len(text_in(node)) <= share_limit * whole):
            remove(node)
    for stamp in list(_leading_stamps(tree)):
        remove(stamp)
    etree.strip_tags(tree, *_INLINE)  # trafilatura drops some of them with the words inside


def text_in(node: HtmlElement) -> str:
    """All text inside, as written."""
    return str(_TEXT(node))


def remove(node: HtmlElement) -> None:
    """Take one element out; what follows it stays."""
    if node.getparent() is not None:
        node.drop_tree()


def marks_of(node: HtmlElement) -> str:
    """Its id and classes in lower case, words in camel case parted by hyphens."""
    return _CAMEL.sub("-", f"{node.get('id') or ''} {node.get('class') or ''}"[:400]).lower().replace("_", "-").strip()


def _doubtful(tree: HtmlElement, paid_parts: tuple[str, ...]) -> Iterator[tuple[HtmlElement, float]]:
    """Elements that may go, with the share of the page's text that they may have at most."""
    paid = _selected(paid_parts)
    for node in tree.iter(etree.Element):
        marks = marks_of(node)
        if paid & {*(f".{name}" for name in (node.get("class") or "").split()), f"#{node.get('id')}"}:
            yield node, _ALL
        elif (
            node.get("hidden") is not None
            or node.get("aria-modal") == "true"
            or _HIDDEN.search(node.get("style") or "")
        ):
            yield node, _HALF
        elif marks and node.tag not in ("html", "body", "main", "article"):
            if _PROMPT.search(marks):
                yield node, _MOST
            elif _BOX.search(marks):
                yield node, _HALF
        elif node.tag == "input" and node.get("type", "").lower() == "email":
            yield _asking(node), _HALF


def _asking(field: HtmlElement) -> HtmlElement:
    """The whole box around a field for an e-mail address."""
    box = field
    for outer in islice(field.iterancestors(), _DEEP):
        if outer.tag == "body" or len(text_in(outer)) > _SMALL:
            break
        box = outer
    return box


def _holds(node: HtmlElement, heading: HtmlElement | None) -> bool:
    return heading is not None and (node is heading or node in heading.iterancestors())


def _selected(selectors: Iterable[str]) -> set[str]:
    """The `.class` or `#id` that each selector ends in."""
    ends = (part.split()[-1] for selector in selectors for part in selector.split(",") if part.split())
    return {found[1] + found[2] for end in ends if (found := _SELECTOR.match(end))}


def _leading_stamps(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Clock times that stand before a text without being part of it: `<span class="time">12:05</span>The talks …`."""
    for node in tree.iter("time", "span", "b", "strong", "em", "i", "small", "a"):
        timed = node.tag == "time" or _TIMED.search(marks_of(node))
        if timed and not (_text_before(node)).strip() and _CLOCK.fullmatch(text_in(node)[:40]):
            yield node


def _text_before(node: HtmlElement) -> str:
    before, outer = node.getprevious(), node.getparent()
    return (before.tail or "x") if before is not None else (outer.text or "") if outer is not None else ""

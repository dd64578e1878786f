"""Takes further articles out of a page's tree: those below an endless page, and cards that lead to others. Knows no language and no site.

The article is the one under the page's first heading; what repeats its form under another heading, or leads elsewhere in rows, is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from bot.feeds.pruning import remove, text_in

_CARDS = 3  # so many alike, each with a heading that leads elsewhere, are a list of other articles
_HEADING = 15  # characters; a shorter link is a button
_LONGEST_CARD = 400  # characters; a post of a live blog may open with a link, and says more
_BEFORE_HEADING = 25  # characters; an hour or a section's name may stand before a card's heading
_MOST = 2_000  # links and headings looked at: pages of more are somebody's attack
_ROWS = frozenset({"li", "article", "div", "section", "tr", "td", "dd"})
_LINES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "dt", *_ROWS})


def without_neighbours(tree: HtmlElement, url: str) -> None:
    """Take other articles out of `tree`, the page at `url`."""
    heading = next(tree.iter("h1"), None)
    if heading is not None:
        for node in (*_further_articles(tree, heading), *_repeated(tree, heading)):
            remove(node)
    for node in _cards(tree, url):
        if heading is None or node not in heading.iterancestors():
            remove(node)


def _further_articles(tree: HtmlElement, heading: HtmlElement) -> list[HtmlElement]:
    """Where one `<article>` holds the heading, every other one beside it."""
    around = list(heading.iterancestors("article"))
    if not around:
        return []
    own = {*around, *around[-1].iter("article")}
    return [node for node in islice(tree.iter("article"), _MOST) if node not in own]


def _repeated(tree: HtmlElement, heading: HtmlElement) -> list[HtmlElement]:
    """Blocks under a further `<h1>` that have the form of the block around the first."""
    path = [heading, *heading.iterancestors()]
    found = []
    for other in islice(tree.iter("h1"), 1, _MOST):
        branch = [other, *other.iterancestors()]
        meet = next((at for at, node in enumerate(branch) if node in path), 0)
        block, outer = branch[meet - 1], branch[meet]
        twin = path[path.index(outer) - 1]
        if meet > 1 and twin is not heading and _form(block) == _form(twin):
            found.append(block)
    return found


def _cards(tree: HtmlElement, url: str) -> list[HtmlElement]:
    """Rows of short elements alike, each opening with a line that is a link to another page."""
    rows: dict[tuple[HtmlElement, str], list[HtmlElement]] = defaultdict(list)
    for link in islice(tree.iter("a"), _MOST):
        if _leads_elsewhere(link, url):
            for row in _opened_by(link):
                rows[row.getparent(), _form(row)].append(row)
    return [
        row for alike in rows.values() if len(alike) >= _CARDS for row in alike if len(text_in(row)) <= _LONGEST_CARD
    ]


def _leads_elsewhere(link: HtmlElement, url: str) -> bool:
    """Whether it is a heading's worth of words that leads to another page."""
    try:
        to = urlsplit(urljoin(url, link.get("href") or "#"))
    except ValueError:
        return False
    own = urlsplit(url).path.rstrip("/")
    return (
        to.scheme in ("http", "https")
        and not to.path.startswith(own or "//")
        and len(text_in(link).strip()) >= _HEADING
    )


def _opened_by(link: HtmlElement) -> Iterator[HtmlElement]:
    """The elements, from within, whose first line is that link and nothing else."""
    node, alone = link, False
    while (outer := node.getparent()) is not None and outer.tag not in ("body", "main"):
        if len(_before(node, outer)) > _BEFORE_HEADING or (not alone and _says_more(node)):
            return
        node, alone = outer, alone or outer.tag in _LINES
        if node.tag in _ROWS and node.getparent() is not None:
            yield node


def _before(node: HtmlElement, outer: HtmlElement) -> str:
    pieces = [text_in(each) + (each.tail or "") for each in islice(node.itersiblings(preceding=True), 3)]
    return ((outer.text or "") + "".join(pieces)).strip()


def _says_more(node: HtmlElement) -> bool:
    """Whether its line goes on behind it."""
    after = node.getnext()
    goes_on = (
        after is not None
        and after.tag not in _LINES
        and after.tag not in ("br", "img", "ul", "time")
        and text_in(after).strip()
    )
    return bool((node.tail or "").strip() or goes_on)


def _form(node: HtmlElement) -> str:
    """Tag and first class."""
    return f"{node.tag} {' '.join((node.get('class') or '').split()[:1])}"

"""Canonical links: one address for one article, by rule tables. Knows nothing of networks; no address is looked up here."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from bot.text.linkdress import even_escapes, plain_host, plain_path, plain_query
from bot.text.wrappers import inner_address

LONGEST = 2_000  # characters; a longer link is somebody's mistake or attack

_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_NAKED = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}/[A-Za-z0-9_/-]*(?:\.html?)?")  # most links of most feeds
_MAY_BE_DRESSED = re.compile(r"//(?:m|mobile|amp|touch|wap|pda|t|news\.google)\.|\.m\.|amp|print", re.IGNORECASE)
_USUAL = re.compile(r"(https?)://([\w.-]+)(?::(\d{1,4}|[1-5]\d{4}))?(/[^?#]*)?(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE)
_PORTS = {"http": "80", "https": "443"}
_SAFE_ROUTE = "/%:@!$&'()*+,;=~-._?"
_ROUTE = re.compile(r"[!/]+[^!/]")  # `#!/news/7`: the fragment is the address of a page made by scripts
_INDEX = re.compile(r"/(?:index\.(?:html?|php|shtml|aspx?|jsp)|default\.(?:aspx?|html?))$", re.IGNORECASE)
_TELEGRAM = re.compile(r"^(?:telegram\.(?:me|dog)|t\.me)/(?:s/)?")


def canonical_link(url: str, base: str = "") -> str:
    """The address without tracking, sessions, fragment, AMP, mobile and print dress; "" for what is not an http(s) address. Idempotent.

    It can still be opened: scheme and `www.` stay. To compare two addresses use `link_key`.
    """
    link = _UNSEEN.sub("", url)[: LONGEST + 1]
    link = _joined(base, link) if base and link else link
    if _NAKED.fullmatch(link) and len(link) <= LONGEST and not _MAY_BE_DRESSED.search(link):
        return link
    for _ in range(8):
        before, link = link, _undressed(link) if len(link) <= LONGEST else ""
        place, _, query = link.partition("?")
        if link == before or (place == before.partition("?")[0] and "http" not in query):
            return link  # nothing new can show when only the query was thinned
    return link


def absolute_link(url: str, base: str = "") -> str:
    """The address as it is given, made absolute; "" for what is not an http(s) address. For what must be asked for as it is spelt."""
    link = _UNSEEN.sub("", url)[: LONGEST + 1]
    try:
        link = _joined(base, link) if base and link else link
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme in ("http", "https") and parts.hostname and len(link) <= LONGEST else ""


def link_key(url: str) -> str:
    """What two spellings of one address share: without scheme, `www.`, closing slash, name of the index page and order of the query."""
    return key_of(canonical_link(url))


def key_of(canonical: str) -> str:
    """The `link_key` of a link that is canonical already, ten times as fast."""
    address, _, route = canonical.partition("://")[2].partition("#")
    place, _, query = address.partition("?")
    place = _TELEGRAM.sub("t.me/", _INDEX.sub("", place.removeprefix("www."))).rstrip("/")
    ordered = f"?{urlencode(sorted(parse_qsl(query, keep_blank_values=True)))}" if query else ""
    return f"{place}{ordered}#{route}" if route else f"{place}{ordered}"


def host_of(url: str) -> str:
    """The host in lower case, without port; "" when there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Whether one address's host is the other's, or a name beneath it, `www.` and mobile dress aside."""
    first, second = (plain_host(host_of(url)).removeprefix("www.") for url in (one, other))
    return bool(first and second) and (first == second or first.endswith(f".{second}") or second.endswith(f".{first}"))


def typed_address(text: str) -> str:
    """What somebody typed as an address, made one: `example.org` becomes `https://example.org/`; "" when it cannot be one."""
    word = _UNSEEN.sub("", text)
    word = word if re.match(r"^[a-z][a-z0-9+.-]*://", word, re.IGNORECASE) else f"https://{word.removeprefix('//')}"
    host = host_of(word)
    return (
        word
        if word.lower().startswith(("http://", "https://"))
        and host
        and ("." in host or ":" in host or host == "localhost")
        else ""
    )


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _undressed(link: str) -> str:
    scheme, host, port, path, query, fragment = _parts(link)
    if scheme not in _PORTS or not host:
        return ""
    inner = inner_address(host, path, query)
    if inner:
        return inner
    shown = f"[{host}]" if ":" in host else plain_host(host)
    at = "" if port in ("", _PORTS[scheme]) else f":{port}"
    kept = plain_query(query) if query else ""
    route = even_escapes(fragment, _SAFE_ROUTE) if _ROUTE.match(fragment) else ""
    return f"{scheme}://{shown}{at}{plain_path(path)}{'?' if kept else ''}{kept}{'#' if route else ''}{route}"


def _parts(link: str) -> tuple[str, str, str, str, str, str]:
    """Scheme, host in ASCII, port, path, query and fragment; empty for what has none or is no address at all."""
    usual = _USUAL.fullmatch(link)
    if usual:
        scheme, host, port, path, query, fragment = (part or "" for part in usual.groups())
        return scheme.lower(), _ascii_host(host.lower().rstrip(".")), port.lstrip("0"), path, query, fragment
    try:
        parts = urlsplit(link)
        port = "" if parts.port is None else str(parts.port)
    except ValueError:
        return "", "", "", "", "", ""
    host = _ascii_host((parts.hostname or "").rstrip("."))
    return parts.scheme.lower(), host, port, parts.path, parts.query, parts.fragment


def _ascii_host(host: str) -> str:
    if host.isascii():
        return host if re.fullmatch(r"[a-z0-9._:%-]+", host) else ""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""

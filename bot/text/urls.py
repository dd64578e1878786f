"""Canonical links: one address for one article, by rule tables. Knows nothing of networks; no address is looked up here."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

LONGEST = 2_000  # characters; a longer link is somebody's mistake or attack

_TRACKING = frozenset(
    {
        "fbclid", "gclid", "dclid", "gbraid", "wbraid", "yclid", "ysclid", "msclkid", "twclid", "ttclid", "igshid", "igsh", "mkt_tok",
        "mc_cid", "mc_eid", "ref", "ref_src", "ref_url", "referrer", "cmp", "cmpid", "ocid", "xtor", "ftag", "smid", "s_cid", "wt.mc_id",
        "wt_zmc", "maca", "traffic_source", "partner", "guccounter", "guce_referrer", "soc_src", "soc_trk", "spm", "share", "shared",
        "_ga", "_gl", "__twitter_impression", "sref", "ito", "icid", "cid_source", "rss", "feed_id",
    }
)  # fmt: skip
_TRACKING_BEGINNINGS = ("utm_", "at_", "hsa_", "pk_", "mtm_", "piwik_", "_hs", "ns_", "vero_", "oly_", "sc_c", "guce_")
_AMP_QUERY = frozenset(
    {("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp"), ("view", "amp"), ("mode", "amp")}
)
_FEED_MARKS = frozenset({("from", "rss"), ("source", "rss"), ("src", "rss"), ("feed", "rss"), ("outputtype", "xml")})
_HOST_BEGINNINGS = ("m.", "mobile.", "amp.", "touch.", "wap.")
_WRAPPERS = {  # host and path of pages that only send on, with the query key that holds the real address
    ("www.google.com", "/url"): ("url", "q"),
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
    ("t.me", "/iv"): ("url",),
    ("away.vk.com", "/away.php"): ("to",),
}
_AMP_CACHE = re.compile(r"^/(?:amp/|[a-z]/)?(s/)?([a-z0-9.-]+\.[a-z0-9-]{2,}/.*)$", re.IGNORECASE)
_AMP_PATH_ENDS = ("/amp", "/amp/", "/amp.html", ".amp")
_SAFE_PATH = "/%:@!$&'()*+,;=~-._"
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")


def canonical_link(url: str, base: str = "") -> str:
    """The address without tracking, fragment, AMP and mobile dress; "" for what is not an http(s) address. Idempotent.

    It can still be opened: scheme and `www.` stay. To compare two addresses use `link_key`.
    """
    link = _UNSEEN.sub("", url)[: LONGEST + 1]
    link = urljoin(base, link) if base and link else link
    for _ in range(8):
        plain = _undressed(link) if len(link) <= LONGEST else ""
        if plain == link:
            return link
        link = plain
    return link


def link_key(url: str) -> str:
    """What two spellings of one address share: without scheme, `www.`, closing slash and order of the query."""
    parts = urlsplit(canonical_link(url))
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def host_of(url: str) -> str:
    """The host in lower case, without port; "" when there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Whether one address's host is the other's, or a name beneath it, `www.` and mobile dress aside."""
    first, second = (_plain_host(host_of(url)).removeprefix("www.") for url in (one, other))
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


def _undressed(link: str) -> str:
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return ""
    host = _ascii_host((parts.hostname or "").rstrip("."))
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host:
        return ""
    inner = _unwrapped(host, parts.path, parts.query)
    if inner:
        return inner
    shown = f"[{host}]" if ":" in host else _plain_host(host)
    if port not in (None, 80 if scheme == "http" else 443):
        shown = f"{shown}:{port}"
    return urlunsplit((scheme, shown, _plain_path(parts.path), _plain_query(parts.query), ""))


def _ascii_host(host: str) -> str:
    if host.isascii():
        return host if re.fullmatch(r"[a-z0-9._:%-]+", host) else ""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _plain_host(host: str) -> str:
    for beginning in _HOST_BEGINNINGS:
        rest = host.removeprefix(beginning)
        if rest != host and "." in rest and not rest.replace(".", "").isdigit():
            return rest
    return host


def _unwrapped(host: str, path: str, query: str) -> str:
    keys = _WRAPPERS.get((host, path), ())
    given = parse_qs(query) if keys else {}
    found = next((given[key][0] for key in keys if given.get(key)), "")
    if found.startswith(("http://", "https://")):
        return found
    cached = (
        _AMP_CACHE.match(path)
        if host.endswith("cdn.ampproject.org") or (host == "www.google.com" and path.startswith("/amp/"))
        else None
    )
    if cached:
        return f"http{'s' if cached[1] else ''}://{cached[2]}"
    return ""


def _plain_path(path: str) -> str:
    plain = path[: -len(".amp.html")] + ".html" if path.lower().endswith(".amp.html") else path
    end = next((end for end in _AMP_PATH_ENDS if plain.lower().endswith(end) and len(plain) > len(end)), None)
    if end is not None:
        plain = plain[: -len(end)] or "/"
    if plain.startswith("/amp/") and len(plain) > len("/amp/"):
        plain = plain.removeprefix("/amp")
    return quote(plain or "/", safe=_SAFE_PATH)


def _plain_query(query: str) -> str:
    kept = [pair for pair in query.split("&") if pair and not _is_dress(pair)]
    return quote("&".join(kept), safe=_SAFE_PATH + "?[]")


def _is_dress(pair: str) -> bool:
    key, _, value = pair.partition("=")
    name = key.lower()
    marked = (name, value.lower())
    return name in _TRACKING or name.startswith(_TRACKING_BEGINNINGS) or marked in _AMP_QUERY or marked in _FEED_MARKS

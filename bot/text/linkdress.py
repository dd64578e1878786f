"""What of an address is dress: tracking, sessions, AMP, mobile and print versions, by rule tables. Knows nothing of what lies behind it.

A rule stands here only if no two articles can differ by it; a name that is also used for numbers is dress only while its value has none.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_TRACKING = frozenset(
    {
        # clicks
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "yclid", "ysclid", "ymclid", "msclkid", "twclid", "ttclid", "rb_clickid",
        "igshid", "igsh", "li_fat_id", "epik", "srsltid", "wickedid", "dicbo", "_branch_match_id", "mibextid", "fb_action_ids",
        "fb_action_types", "fb_source", "fb_ref", "fb_comment_id", "__tn__", "__xts__[0]", "__cft__[0]", "_rdr", "_rdc",
        # campaigns and letters
        "mkt_tok", "mc_cid", "mc_eid", "ml_subscriber", "ml_subscriber_hash", "ck_subscriber_id", "_kx", "cmp", "cmpid", "ocid", "xtor",
        "ftag", "smid", "s_cid", "sc_cid", "sc_campaign", "sc_channel", "sc_content", "sc_medium", "sc_outcome", "sc_geo", "sc_country",
        "wt_zmc", "wt.mc_id", "wt.mc_ev", "maca", "ito", "icid", "cid_source", "_openstat", "spm", "tpcc", "taid", "smtyp", "smprod", "elqtrackid",
        "elqtrack", "hsctatracking", "hss_channel", "_hsenc", "_hsmi", "_hsfp", "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee",
        "campaign_medium", "campaign_source",
        # where somebody came from
        "ref_src", "ref_url", "refsrc", "referrer", "traffic_source", "guccounter", "soc_src", "soc_trk", "sref", "_ga", "_gl",
        "__twitter_impression",
        "xing_share", "cvid", "share_id", "shareadraft",
        # viewers of AMP pages
        "amp_js_v", "amp_gsa", "amp_r", "amp_ct", "amp_tf", "usqp", "aoh", "csi",
    }
)  # fmt: skip
_TRACKING_BEGINNINGS = (
    "utm_", "hsa_", "pk_", "mtm_", "piwik_", "matomo_", "vero_", "oly_", "guce_", "itm_", "pf_rd_", "aspsessionid",
    "at_medium", "at_campaign", "at_custom", "at_link", "at_format", "at_ptr", "at_bbc", "at_variant", "at_creation", "at_channel", "at_identifier",
    "at_emailtype", "at_recipient", "at_send_date",
)  # fmt: skip
_WORDS_ONLY = frozenset({"ref", "referer", "share", "shared", "partner", "rss"})  # dress while no digit is in the value
_CAME_FROM = frozenset({"from", "source", "src", "via", "feature"})
_PLACES = frozenset(
    {
        "rss", "feed", "rssfeed", "twitter", "tw", "x", "facebook", "fb", "telegram", "tg", "t.me", "viber", "whatsapp", "instagram", "linkedin",
        "social", "newsletter", "email", "push", "google", "googlenews", "ukrnet", "ukr.net", "share", "youtu.be", "app", "amp",
    }
)  # fmt: skip
_SESSIONS = frozenset({"phpsessid", "jsessionid", "cfid", "cftoken", "oscsid", "zenid"})
_MAY_BE_SESSIONS = frozenset({"s", "sid", "session", "sessionid", "session_id"})
_SESSION_MARK = re.compile(r"[0-9a-f]{24,}|(?=\D*\d)[A-Za-z0-9]{26,}")
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*|/\(S\([a-z0-9]{24}\)\)", re.IGNORECASE)
_YES = frozenset({"", "1", "true", "y", "yes"})
_VERSIONS = frozenset({"amp", "_amp", "isamp", "print", "printable", "print_version"})  # with a yes for value
_VIEWS = frozenset({"outputtype", "view", "mode", "version", "platform", "output", "device"})  # with one of these
_VIEWED = frozenset({"amp", "print", "printable", "mobile"})
_AMP_ENDS = ("/amp", "/amp/", "/amp.html", ".amp")
_AMP_INSIDE = re.compile(r"/amp/(?=[^/]*[\d-][^/]*/?$)")
_PRINT_END = re.compile(r"(/[^/]*\d[^/]*)/print(?:\.html?|/)?$")
_HOST_BEGINNINGS = ("m.", "mobile.", "amp.", "touch.", "wap.", "pda.")
_SHARED_ENDS = re.compile(r"(?:co|com|org|net|gov|edu|ac|in)\.[a-z]{2}|[^.]*")  # nobody's own name
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})|%")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_SAFE_PATH = "/%:@!$&'()*+,;=~-._"


def plain_host(host: str) -> str:
    """The host of the desktop version: `m.` and its like gone, at the beginning or after the language (`uk.m.wikipedia.org`)."""
    rest = next((host[len(begin) :] for begin in _HOST_BEGINNINGS if host.startswith(begin)), host)
    if rest == host and ".m." in host:
        language, _, rest = host.partition(".m.")
        return host if "." in language or "." not in rest else f"{language}.{rest}"
    return host if _SHARED_ENDS.fullmatch(rest) or rest.replace(".", "").isdigit() else rest


def plain_path(path: str) -> str:
    """The path of the article itself, its dots resolved and its escapes even (RFC 3986 sections 5.2.4 and 6.2.2)."""
    plain = _SESSION_IN_PATH.sub("", even_escapes(path, _SAFE_PATH))
    plain = _without_dots(plain) if "/." in plain else plain
    if "amp" in plain.lower():
        plain = _without_amp(plain)
    return (_PRINT_END.sub(r"\1", plain) if "/print" in plain else plain) or "/"


def plain_query(query: str) -> str:
    """What is left of the query without dress, in its order."""
    kept = [pair for pair in query.split("&") if pair and not _is_dress(pair)]
    return even_escapes("&".join(kept), _SAFE_PATH + "?[]")


def even_escapes(text: str, safe: str) -> str:
    """Escapes of unreserved characters resolved, the others in capitals, and what must be escaped escaped. Twice is as once."""
    return quote(_ESCAPE.sub(_even, text) if "%" in text else text, safe=safe)


def _even(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    letter = chr(int(found[1], 16))
    return letter if _UNRESERVED.fullmatch(letter) else f"%{found[1].upper()}"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    steps = path.split("/")
    for step in steps[1:]:
        if step == "..":
            kept = kept[:-1]
        elif step != ".":
            kept.append(step)
    return "/" + "/".join(kept) + ("/" if steps[-1] in (".", "..") and kept else "")


def _without_amp(path: str) -> str:
    plain = path[: -len(".amp.html")] + ".html" if path.lower().endswith(".amp.html") else path
    end = next((end for end in _AMP_ENDS if plain.lower().endswith(end)), "")
    plain = plain.removesuffix(plain[-len(end) :]) if end else plain
    if plain.startswith("/amp/") and len(plain) > len("/amp/"):
        plain = plain.removeprefix("/amp")
    return _AMP_INSIDE.sub("/", plain)


def _is_dress(pair: str) -> bool:
    key, _, value = pair.partition("=")
    name, said = key.lower(), value.lower()
    if name in _TRACKING or name.startswith(_TRACKING_BEGINNINGS) or name in _SESSIONS:
        return True
    if name in _WORDS_ONLY:
        return not any(letter.isdigit() for letter in said) or said == "1"
    return (
        (name in _CAME_FROM and said in _PLACES)
        or (name in _VERSIONS and said in _YES)
        or (name in _VIEWS and said in _VIEWED)
        or (name in _MAY_BE_SESSIONS and _SESSION_MARK.fullmatch(value) is not None)
        or (name == "_" and said.isdigit())
    )

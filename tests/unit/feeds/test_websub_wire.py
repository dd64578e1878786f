"""Link headers and signatures: which hub is asked, and whom it is believed."""

from __future__ import annotations

import hashlib
import hmac
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.feeds.jsonfeeds import read_json
from bot.feeds.websub.links import Link, links_in, named_by_headers
from bot.feeds.websub.signing import is_signed

HUB, SELF = "https://hub.example/", "https://lantern.example/feed"


@pytest.mark.parametrize(
    "fields",
    [
        [f'<{HUB}>; rel="hub"', f'<{SELF}>; rel="self"'],
        [f"<{HUB}>; rel=hub, <{SELF}>; rel=self"],
        [f'<{HUB}>;rel="HUB" , </feed> ; REL = "alternate Self"'],
        [f'<https://lantern.example/a,b;c>; rel=next; title="a \\"<b>\\", c; rel=hub", <{HUB}>; rel=hub', f"<{SELF}>; rel=self"],
        [f"<https://one.example/>; rel=prev; rel=hub, <{HUB}>; rel=hub, <{SELF}>; rel=self"],
        [f'<https://one.example/>; rel=hub; anchor="/comments", <{HUB}>; rel=hub', f"<{SELF}>; rel=self"],
        [f"<ftp://one.example/>; rel=hub, <javascript:x>; rel=hub, <{HUB}>; rel=hub, <https://two.example/>; rel=hub", f"<{SELF}>;rel=self"],
        [f",, <{HUB}>; rel=hub; flag;; rel2, <{SELF}>; rel=self", f"<{SELF}>; rel=self"],
    ],
    ids=range(8),
)  # fmt: skip
def test_the_first_hub_and_the_own_name_are_found(fields: list[str]) -> None:
    headers = CIMultiDict([("Content-Type", "text/xml"), *(("link", field) for field in fields)])
    assert named_by_headers(headers, "https://lantern.example/rss") == (HUB, SELF)


def test_a_name_is_kept_letter_by_letter() -> None:
    name = "http://m.lantern.example/amp/?feed=rss&utm_source=hub&b=2&a=1"
    assert named_by_headers({"Link": f"<{name}>; rel=self"}, SELF) == (None, name)


@pytest.mark.parametrize(
    "field", ["", "<", "<>", "hub", f"<{HUB}>", f"<{HUB}>; rel", f"<{HUB}> rel=hub", f"{HUB}; rel=hub", "<x" * 9_000]
)
def test_what_is_no_link_names_nothing(field: str) -> None:
    assert named_by_headers({"Link": field}, "") == (None, None)


@given(st.lists(st.text(alphabet='<>;,="\\ relhub/:x', max_size=200), max_size=4))
def test_no_header_can_break_the_reading_of_it(fields: list[str]) -> None:
    assert all(isinstance(link, Link) for link in links_in(fields))


@pytest.mark.parametrize("piece", ['; a="\\', "; a", '; a="', "<a>,", ", ", "<a>; rel=x, ", "\\"])
def test_no_header_can_take_long_to_read(piece: str) -> None:
    began = time.perf_counter()
    list(links_in(["<a>" + piece * 200_000]))
    assert time.perf_counter() - began < 0.5


def signed(method: str, body: bytes = b"news", secret: str = "hush") -> str:
    return f"{method}={hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()}"


@pytest.mark.parametrize("header", ["x-hub-signature", "X-Hub-Signature-256"])
@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_each_recognised_signature_fits_its_body_only(method: str, header: str) -> None:
    headers = CIMultiDict({header: signed(method)})
    assert is_signed(headers, b"news", "hush")
    assert not is_signed(headers, b"newt", "hush") and not is_signed(headers, b"news", "hush!")


def test_where_two_are_stated_the_stronger_must_fit() -> None:
    both = {"X-Hub-Signature": signed("sha1"), "X-Hub-Signature-256": signed("sha256", secret="guessed")}
    assert not is_signed(both, b"news", "hush")
    assert is_signed(both | {"X-Hub-Signature-256": "garbage"}, b"news", "hush")


@pytest.mark.parametrize(
    "stated",
    ["", "sha1", "sha1=", "sha1=zz", "md5=" + "0" * 32, "=" + "0" * 40, "sha256=" + "0" * 64, "sha1=" + "0" * 400],
)
def test_no_signature_is_no_signature(stated: str) -> None:
    assert not is_signed({"X-Hub-Signature": stated}, b"news", "hush") and not is_signed({}, b"", "")


def test_a_json_feed_names_its_websub_hub_and_no_other_kind() -> None:
    hubs = '[{"type": "rssCloud", "url": "https://cloud.example/"}, 7, {"type": "WebSub", "url": "/hub"}]'
    text = (
        f'{{"version": "https://jsonfeed.org/version/1.1", "feed_url": "{SELF}?feed=rss", "hubs": {hubs}, "items": []}}'
    )
    document = read_json(text, SELF)
    assert (document.hub, document.self_url) == ("https://lantern.example/hub", f"{SELF}?feed=rss")
    assert read_json('{"items": [], "hubs": [{"type": "rssCloud", "url": "https://cloud.example/"}]}', SELF).hub is None
    assert read_json(f'{{"items": [], "feed_url": "https://x.example/{"x" * 5000}"}}', SELF).self_url is None

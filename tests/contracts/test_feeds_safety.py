"""The fetcher against a hostile world: what an operator's network and memory would suffer."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import resource
import socket
import ssl
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.model.errors import SourceError, Trouble
from tests.contracts.feed_server import FeedServer, answer, endless, hang_up, item, redirect, rss, silent

BODY = rss(item(1))
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n\r\n"


class TwoFacedNames(AbstractResolver):
    """A resolver that gives each name its listed addresses, one a question, the last for ever."""

    def __init__(self, **names: list[list[str]]) -> None:
        self.names = {name.replace("_", "."): faces for name, faces in names.items()}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        faces = self.names.get(host)
        if not faces:
            raise OSError(None, "no such name")
        face = faces.pop(0) if len(faces) > 1 else faces[0]
        kind = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in face]
        return [
            ResolveResult(hostname=host, host=address, port=port, family=each, proto=0, flags=socket.AI_NUMERICHOST)
            for address, each in zip(face, kind, strict=True)
        ]

    async def close(self) -> None:
        return None


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as running:
        yield running


def options(*allowed: str, **given: object) -> FetchOptions:
    default: dict[str, object] = {
        "user_agent": "planwatch",
        "timeout": timedelta(seconds=2),
        "spacing": timedelta(0),
        "max_bytes": 200_000,
        "allow_private_hosts": allowed,
    }
    return FetchOptions(**(default | given))  # type: ignore[arg-type]


async def trouble(url: str, made: FetchOptions, **more: object) -> SourceError:
    async with HttpFetcher(made, **more) as fetcher:  # type: ignore[arg-type]
        with pytest.raises(SourceError) as raised:
            await fetcher.fetch(url)
    return raised.value


OPEN = ("127.77.0.0/16",)


# ── addresses ──


@pytest.mark.parametrize(
    "host",
    [
        "127.77.0.1",
        "[::ffff:127.77.0.1]",
        "[::127.77.0.1]",
        "[64:ff9b::7f4d:1]",
        "[2002:7f4d:1::]",
        "localhost",
        "0.0.0.0",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "10.0.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "224.0.0.1",
    ],
)
async def test_a_feed_address_cannot_reach_into_the_operators_network(server: FeedServer, host: str) -> None:
    server.says("/feed", answer(BODY))
    error = await trouble(f"http://{host}:{server.port}/feed", options())
    assert error.trouble is Trouble.ADDRESS_REFUSED
    assert server.asked == []


@pytest.mark.parametrize(
    "to", ["http://169.254.169.254/latest/meta-data/", "http://127.88.0.1:{port}/", "http://[::1]:{port}/"]
)
async def test_a_redirect_cannot_lead_into_the_operators_network(server: FeedServer, to: str) -> None:
    url = server.says("/feed", redirect(301, to.format(port=server.port)))
    assert (await trouble(url, options(*OPEN))).trouble is Trouble.ADDRESS_REFUSED


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://lantern.example/feed", "http://user:word@lantern.example/", "http://[bad/"]
)
async def test_a_redirect_cannot_lead_to_another_kind_of_address(server: FeedServer, to: str) -> None:
    assert (await trouble(server.says("/feed", redirect(302, to)), options(*OPEN))).trouble is Trouble.BAD_ADDRESS


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://lantern.example@127.0.0.1/",
        "http://lantern.example\\@127.0.0.1/",
        "file:///etc/passwd",
        "gopher://lantern.example/",
        "http:///feed",
        "http://lantern.example:99999/",
        "http://lan tern.example/",
        "not an address",
        "",
    ],
)
async def test_odd_spellings_of_addresses_are_refused_before_anything_is_dialled(url: str) -> None:
    assert (await trouble(url, options())).trouble is Trouble.BAD_ADDRESS


async def test_a_name_that_turns_private_after_it_was_read_gains_nothing(server: FeedServer) -> None:
    server.says("/feed", answer(BODY))
    names = TwoFacedNames(rebind_test=[["127.77.0.1"], ["127.88.0.1"]])
    async with FeedServer(host="127.88.0.1", port=server.port) as inner:
        async with HttpFetcher(options(*OPEN), dns=names) as fetcher:
            assert (await fetcher.fetch(f"http://rebind.test:{server.port}/feed")).body == BODY
        error = await trouble(f"http://rebind.test:{server.port}/feed", options(*OPEN), dns=names)
        assert error.trouble is Trouble.ADDRESS_REFUSED and inner.asked == []


async def test_of_a_name_with_public_and_private_addresses_only_the_public_ones_are_dialled(server: FeedServer) -> None:
    server.says("/feed", answer(BODY))
    names = TwoFacedNames(mixed_test=[["127.88.0.1", "127.77.0.1"]])
    async with FeedServer(host="127.88.0.1", port=server.port) as inner:
        async with HttpFetcher(options(*OPEN), dns=names) as fetcher:
            assert (await fetcher.fetch(f"http://mixed.test:{server.port}/feed")).body == BODY
        assert inner.asked == []


async def test_an_allowed_host_and_port_opens_that_port_only(server: FeedServer) -> None:
    url = server.says("/feed", answer(BODY))
    async with HttpFetcher(options(f"127.77.0.1:{server.port}")) as fetcher:
        assert (await fetcher.fetch(url)).body == BODY
    async with FeedServer() as other:
        error = await trouble(other.says("/feed", answer(BODY)), options(f"127.77.0.1:{server.port}"))
        assert error.trouble is Trouble.ADDRESS_REFUSED and other.asked == []


async def test_an_allowed_name_does_not_open_its_address_to_other_names(server: FeedServer) -> None:
    server.says("/feed", answer(BODY))
    names = TwoFacedNames(feeds_lan=[["127.77.0.1"]], evil_test=[["127.77.0.1"]])
    async with HttpFetcher(options("feeds.lan"), dns=names) as fetcher:
        assert (await fetcher.fetch(f"http://feeds.lan:{server.port}/feed")).body == BODY
        with pytest.raises(SourceError) as raised:
            await fetcher.fetch(f"http://evil.test:{server.port}/feed")
    assert raised.value.trouble is Trouble.ADDRESS_REFUSED


async def test_a_mistyped_allowance_is_said_at_once() -> None:
    for text in ("http://x", "a b", "10.0.0.0/99", ""):
        with pytest.raises(ValueError, match=r"\S"):
            HttpFetcher(options(text))


async def test_a_sample_host_is_read_from_its_loopback_place_whatever_scheme_it_has(server: FeedServer) -> None:
    server.says("/feed", redirect(301, "https://lantern.example/new"))
    server.says("/new", answer(BODY))
    async with HttpFetcher(options(), {"lantern.example": (server.host, server.port)}) as fetcher:
        got = await fetcher.fetch("https://lantern.example/feed")
    assert got.body == BODY and got.final_url == "https://lantern.example/new"
    assert server.asked[0].headers["host"] == "lantern.example"


async def test_serving_a_sample_host_opens_nothing_else_on_loopback(server: FeedServer) -> None:
    url = server.says("/feed", answer(BODY))
    served = {"lantern.example": (server.host, server.port)}
    assert (await trouble(url, options(), resolver=served)).trouble is Trouble.ADDRESS_REFUSED
    names = TwoFacedNames(other_example=[["127.77.0.1"]])
    other = await trouble(f"http://other.example:{server.port}/feed", options(), resolver=served, dns=names)
    assert other.trouble is Trouble.ADDRESS_REFUSED and server.asked == []


@pytest.mark.parametrize("faces", [["::1", "127.77.0.1"], ["127.77.0.1", "::1"]], ids=["IPv6 first", "IPv4 first"])
async def test_a_name_with_a_private_ipv6_address_is_read_by_its_other_one(
    server: FeedServer, faces: list[str]
) -> None:
    server.says("/feed", answer(BODY))
    async with FeedServer(host="::1", port=server.port) as inner:
        async with HttpFetcher(options(*OPEN), dns=TwoFacedNames(twin_test=[faces])) as fetcher:
            assert (await fetcher.fetch(f"http://twin.test:{server.port}/feed")).body == BODY
        assert inner.asked == [] and inner.robots == []


async def test_a_redirect_to_a_name_that_lives_inside_is_refused_like_an_address(server: FeedServer) -> None:
    names = TwoFacedNames(inner_test=[["127.88.0.1"]])
    url = server.says("/feed", redirect(302, f"http://inner.test:{server.port}/"))
    async with FeedServer(host="127.88.0.1", port=server.port) as inner:
        error = await trouble(url, options(*OPEN), dns=names)
        assert error.trouble is Trouble.ADDRESS_REFUSED and inner.asked == []
    assert error.detail == "inner.test lives at 127.88.0.1"


@pytest.mark.parametrize("host", ["localhost.", "LOCALHOST", "ⓛocalhost", "１２７.0.0.1", "127。77。0。1"])
async def test_other_letters_and_a_last_dot_open_no_way_to_this_machine(server: FeedServer, host: str) -> None:
    server.says("/feed", answer(BODY))
    names = TwoFacedNames(localhost=[["127.77.0.1"]], localhost_=[["127.77.0.1"]])
    error = await trouble(f"http://{host}:{server.port}/feed", options(), dns=names)
    assert error.trouble is Trouble.ADDRESS_REFUSED
    assert server.asked == [] and server.robots == []


async def test_an_article_page_and_a_hub_cannot_reach_inside_either(server: FeedServer) -> None:
    url = server.says("/feed", answer(BODY))
    async with HttpFetcher(options()) as fetcher:
        for asked in (fetcher.fetch(url, page=True), fetcher.post(url, {"hub.mode": "subscribe"})):
            with pytest.raises(SourceError) as raised:
                await asked
            assert raised.value.trouble is Trouble.ADDRESS_REFUSED
    assert server.asked == [] and server.robots == []


async def test_a_connection_kept_for_an_allowed_name_serves_no_other_name() -> None:
    hosts: list[list[bytes]] = []  # of the questions on each connection

    async def serve(inward: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        hosts.append([])
        mine = hosts[-1]
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while head := await inward.readuntil(b"\r\n\r\n"):
                mine.append(head.partition(b"Host: ")[2].partition(b":")[0])
                body = b"" if b"robots" in head else BODY
                out.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    listening = await asyncio.start_server(serve, "127.77.0.6", 0)
    port = listening.sockets[0].getsockname()[1]
    names = TwoFacedNames(feeds_lan=[["127.77.0.6"]], evil_test=[["127.77.0.6"]])
    async with HttpFetcher(options("feeds.lan"), dns=names) as fetcher:
        assert (await fetcher.fetch(f"http://feeds.lan:{port}/feed")).body == BODY
        with pytest.raises(SourceError) as raised:
            await fetcher.fetch(f"http://evil.test:{port}/feed")
        assert (await fetcher.fetch(f"http://feeds.lan:{port}/feed")).body == BODY  # it was there to be misused
    listening.close()
    assert raised.value.trouble is Trouble.ADDRESS_REFUSED and hosts == [[b"feeds.lan"] * 3]


async def test_a_proxy_of_the_environment_does_not_hide_an_address(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FeedServer() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://{proxy.host}:{proxy.port}")
        assert (await trouble(server.says("/feed", answer(BODY)), options())).trouble is Trouble.ADDRESS_REFUSED
        assert proxy.asked == [] and proxy.robots == []


# ── bodies ──


@pytest.mark.parametrize(
    ("name", "bomb", "troubles"),
    [
        ("gzip", gzip.compress(bytes(100_000_000)), {Trouble.TOO_LARGE}),
        ("br", brotli.compress(bytes(100_000_000), quality=3), {Trouble.TOO_LARGE}),
        ("gzip", gzip.compress(bytes(300_000)) * 300, {Trouble.TOO_LARGE, Trouble.CONNECTION}),
    ],
    ids=["gzip", "brotli", "many gzip members"],
)
async def test_a_body_that_unpacks_to_a_flood_is_one_bounded_failure(
    server: FeedServer, name: str, bomb: bytes, troubles: set[Trouble]
) -> None:
    url = server.says("/feed", answer(bomb, Content_Encoding=name))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with HttpFetcher(options(*OPEN)) as fetcher:
        with pytest.raises(SourceError) as raised:
            await fetcher.fetch(url)
    assert raised.value.trouble in troubles
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kilobytes


async def test_an_endless_body_is_cut_at_the_cap(server: FeedServer) -> None:
    error = await trouble(server.says("/feed", endless(HEAD, b"<item/>" * 2_000)), options(*OPEN))
    assert error.trouble is Trouble.TOO_LARGE


async def test_a_body_announced_too_large_is_not_even_begun(server: FeedServer) -> None:
    error = await trouble(server.says("/feed", answer(b"<rss>", length=5_000_000_000)), options(*OPEN))
    assert error.trouble is Trouble.TOO_LARGE


@pytest.mark.parametrize(
    "scene",
    [
        silent,
        endless("HTTP/1.1 200 OK\r\n", b"X-Slow: drip\r\n", pause=0.02),
        endless(HEAD, b" ", pause=0.02),
    ],
    ids=["no answer", "dripping headers", "dripping body"],
)
async def test_a_server_that_keeps_us_waiting_is_left_in_time(server: FeedServer, scene: object) -> None:
    url = server.says("/feed", scene)  # type: ignore[arg-type]
    error = await trouble(url, options(*OPEN, timeout=timedelta(seconds=0.4)))
    assert error.trouble in (Trouble.TIMEOUT, Trouble.CONNECTION)


async def test_a_slow_chain_of_redirects_shares_one_time_limit(server: FeedServer) -> None:
    head = "HTTP/1.1 302 Found\r\nLocation: /ring\r\nContent-Length: 0\r\nConnection: close\r\n"
    slow = endless(head, b"", pause=0.3, most=1)

    async def play(asked: object, out: object) -> None:
        await slow(asked, out)  # type: ignore[arg-type]
        out.write(b"\r\n")  # type: ignore[attr-defined]

    error = await trouble(server.says("/ring", play), options(*OPEN, timeout=timedelta(seconds=0.8)))
    assert error.trouble is Trouble.TIMEOUT and len(server.asked) < 6


async def test_a_connection_that_breaks_off_is_a_failure_not_half_a_feed(server: FeedServer) -> None:
    assert (await trouble(server.says("/feed", hang_up), options(*OPEN))).trouble is Trouble.CONNECTION


async def test_nobody_listening_is_told_as_that() -> None:
    async with FeedServer() as gone:
        url = gone.says("/feed", answer(BODY))
    assert (await trouble(url, options(*OPEN))).trouble is Trouble.CONNECTION


async def test_a_body_that_is_not_packed_as_it_says_is_a_failure(server: FeedServer) -> None:
    url = server.says("/feed", answer(BODY, Content_Encoding="gzip"))
    assert (await trouble(url, options(*OPEN))).trouble is Trouble.CONNECTION


@pytest.mark.parametrize(
    "head",
    [
        "HTTP/1.1 200 OK\r\nX-Long: " + "x" * 200_000 + "\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["header flood", "no HTTP", "length in words", "broken chunks"],
)
async def test_an_answer_that_is_hardly_http_is_one_failure(server: FeedServer, head: str) -> None:
    error = await trouble(server.says("/feed", endless(head, b"", most=1)), options(*OPEN))
    assert error.trouble is Trouble.CONNECTION and len(error.detail) <= 200


@pytest.mark.parametrize(
    "context", [None, ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)], ids=["no TLS at all", "no certificate"]
)
async def test_a_broken_lock_is_told_as_that(context: ssl.SSLContext | None) -> None:
    async def greet(inward: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        out.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        out.close()

    listening = await asyncio.start_server(greet, "127.77.0.9", 0, ssl=context)
    port = listening.sockets[0].getsockname()[1]
    error = await trouble(f"https://127.77.0.9:{port}/feed", options(*OPEN))
    listening.close()
    assert error.trouble in (Trouble.TLS, Trouble.CONNECTION)


# Signed by itself, for lantern.example, until 2126; nobody trusts it, and its key guards nothing.
SELF_SIGNED = """\
-----BEGIN CERTIFICATE-----
MIIBizCCATGgAwIBAgIUVi4yLMewZfG3mFytZ2f/+eeEr6IwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPbGFudGVybi5leGFtcGxlMCAXDTI2MTEyMzAwMzYzNFoYDzIx
MjYxMDMwMDAzNjM0WjAaMRgwFgYDVQQDDA9sYW50ZXJuLmV4YW1wbGUwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAARtKEVEq3UFStbXlMzQ5pCi9BEev962D/OaV+6u
S785kcPaFU1kjD/fNw08Xd0HxFdLyZ6O1+uhnWP1ueAs6o/3o1MwUTAdBgNVHQ4E
FgQUEfZZAE3maUWaU3kV0g2SxQ7O2vEwHwYDVR0jBBgwFoAUEfZZAE3maUWaU3kV
0g2SxQ7O2vEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBBo0kU
4FYCqGQ8cubO3rhmtFpt5TDbynE0pXAyx80rlwIhAMnsad11iCDV9ER6SelliW30
xcXmRKWi00pOniDnGmtR
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8OqV9+ZG5Z3LNUzA
GGcq07gXcowPuWDLir4WRNAogMehRANCAARtKEVEq3UFStbXlMzQ5pCi9BEev962
D/OaV+6uS785kcPaFU1kjD/fNw08Xd0HxFdLyZ6O1+uhnWP1ueAs6o/3
-----END PRIVATE KEY-----
"""


async def test_a_certificate_nobody_vouches_for_is_told_as_that_and_nothing_is_asked(tmp_path: Path) -> None:
    (tmp_path / "self.pem").write_text(SELF_SIGNED, "ascii")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "self.pem")
    heard: list[bytes] = []

    async def hear(inward: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        heard.append(await inward.read(100))
        out.close()

    listening = await asyncio.start_server(hear, "127.77.0.9", 0, ssl=context)
    port = listening.sockets[0].getsockname()[1]
    names = TwoFacedNames(lantern_example=[["127.77.0.9"]])
    error = await trouble(f"https://lantern.example:{port}/feed", options(*OPEN), dns=names)
    listening.close()
    assert error.trouble is Trouble.TLS and "certificate" in error.detail and b"".join(heard) == b""


async def test_a_name_nobody_knows_is_told_as_that() -> None:
    error = await trouble("http://nowhere.test/feed", options(), dns=TwoFacedNames())
    assert error.trouble is Trouble.DNS and "nowhere.test" in error.detail

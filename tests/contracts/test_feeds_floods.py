"""Answers without measure: what memory, time and other readers would suffer from servers that send too much, too slowly, or not what they say."""

from __future__ import annotations

import asyncio
import gzip
import pickle
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.model.errors import SourceError, Trouble
from tests.contracts.feed_server import FeedServer, Scene, answer, endless, item, raw, rss, silent

BODY = rss(*(item(number) for number in range(40)))
OK = b"HTTP/1.1 200 OK\r\n"
PLAIN = OK + b"Content-Type: application/rss+xml\r\nConnection: close\r\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as running:
        yield running


def fetching(**given: object) -> HttpFetcher:
    default: dict[str, object] = {
        "user_agent": "planwatch",
        "timeout": timedelta(seconds=5),
        "spacing": timedelta(0),
        "max_bytes": 2_000_000,
        "allow_private_hosts": ("127.77.0.0/16",),
    }
    return HttpFetcher(FetchOptions(**(default | given)))  # type: ignore[arg-type]


async def trouble(server: FeedServer, scene: Scene, **given: object) -> SourceError:
    """What a feed with that answer comes to; the server's next feed must not suffer from it."""
    async with fetching(**given) as fetcher:
        with pytest.raises(SourceError) as raised:
            await fetcher.fetch(server.says("/feed", scene))
        assert (await fetcher.fetch(server.says("/next", answer(BODY)))).body == BODY
    assert len(raised.value.detail) <= 200
    return raised.value


def deflated(body: bytes, bits: int) -> bytes:
    packer = zlib.compressobj(wbits=bits)
    return packer.compress(body) + packer.flush()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}

# ── honest packing, oddly done ──


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("x-gzip", gzip.compress(BODY)),
        ("GZip", gzip.compress(BODY)),
        ("identity", BODY),
        ("", BODY),
        ("deflate", deflated(BODY, -15)),
        ("gzip, gzip", gzip.compress(gzip.compress(BODY))),
        ("deflate, br", brotli.compress(zlib.compress(BODY))),
        ("gzip, identity", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:700]) + gzip.compress(BODY[700:])),
        ("gzip", gzip.compress(BODY) + bytes(512)),
        ("zstd", zstandard.compress(BODY[:700]) + zstandard.compress(BODY[700:])),
    ],
    ids=["x-gzip", "case", "identity", "empty", "bare deflate", "twice", "two kinds", "and identity", "members", "padding", "frames"],
)  # fmt: skip
async def test_a_feed_packed_in_an_odd_but_honest_way_is_read(server: FeedServer, coding: str, packed: bytes) -> None:
    async with fetching() as fetcher:
        got = await fetcher.fetch(server.says("/feed", answer(packed, Content_Encoding=coding)))
    assert got.body == BODY


@pytest.mark.parametrize("coding", PACKED)
async def test_a_packed_feed_that_comes_byte_by_byte_is_read(server: FeedServer, coding: str) -> None:
    packed = PACKED[coding](rss(item(1)))
    head = PLAIN + f"Content-Encoding: {coding}\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    async with fetching() as fetcher:
        got = await fetcher.fetch(server.says("/feed", raw(head, *(bytes([each]) for each in packed))))
    assert got.body == rss(item(1))


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
async def test_a_long_feed_of_like_entries_is_no_bomb(server: FeedServer, coding: str) -> None:
    body = rss(*(item(number) for number in range(6_000)))
    packed = PACKED[coding](body)
    async with fetching() as fetcher:
        got = await fetcher.fetch(server.says("/feed", answer(packed, Content_Encoding=coding)))
    assert got.body == body and len(body) > 1_000_000 and len(body) / len(packed) < 200


async def test_a_short_feed_may_pack_as_well_as_it_likes(server: FeedServer) -> None:
    body = rss(item(1)) + b" " * 900_000
    async with fetching() as fetcher:
        got = await fetcher.fetch(server.says("/feed", answer(gzip.compress(body), Content_Encoding="gzip")))
    assert got.body == body and len(body) > 400 * len(gzip.compress(body))


# ── bombs ──


def blown(pack: Callable[[bytes], bytes], finish: Callable[[], bytes], megabytes: int = 300) -> bytes:
    """Nothing, by the megabyte, packed without ever being there."""
    return b"".join([*(pack(bytes(1_000_000)) for _ in range(megabytes)), finish()])


def bombs() -> list[tuple[str, bytes]]:
    """(coding, body): by ratio, by layers, by members, by window."""
    plain = [zlib.compressobj(wbits=bits) for bits in (31, 15, -15, 31)]
    gzipped, zlibbed, deflated_, inner = (blown(packer.compress, packer.flush) for packer in plain)
    brotlied, frames = brotli.Compressor(quality=3), zstandard.ZstdCompressor().compressobj()
    wide = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    window = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    return [
        ("gzip", gzipped),
        ("deflate", zlibbed),
        ("deflate", deflated_),
        ("br", blown(brotlied.process, brotlied.finish)),
        ("zstd", blown(frames.compress, frames.flush)),
        ("gzip, gzip", gzip.compress(inner)),
        ("gzip, br", brotli.compress(inner, quality=3)),
        ("gzip", gzip.compress(bytes(300_000)) * 300),
        ("gzip, gzip", gzip.compress(gzip.compress(b"") * 400_000)),
        ("gzip", gzip.compress(b"") * 200_000),
        ("zstd", zstandard.compress(b"") * 300_000),
        ("br", brotli.compress(BODY) + brotli.compress(bytes(1_000_000)) * 1_000),
        ("zstd", blown(window.compress, window.flush, 30)),  # asks for 128 MB to be unpacked
    ]


# In a process of its own, which has seen nothing large before: its peak memory is that of the bombs.
BLOWN_UP = """
import asyncio, pickle, resource, sys
from datetime import timedelta
from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.model.errors import SourceError
from tests.contracts.feed_server import FeedServer, answer

async def main():
    limits = FetchOptions(user_agent="planwatch", spacing=timedelta(0), allow_private_hosts=("127.77.0.0/16",))
    harmless, bombs = pickle.load(sys.stdin.buffer)
    async with FeedServer() as server, HttpFetcher(limits) as fetcher:
        for coding, body in harmless:
            await fetcher.fetch(server.says("/feed", answer(body, Content_Encoding=coding)))
        before = resource.getrusage(resource.RUSAGE_SELF)
        for coding, body in bombs:
            try:
                print(len((await fetcher.fetch(server.says("/bomb", answer(body, Content_Encoding=coding)))).body))
            except SourceError as error:
                print(error.trouble.value)
        after = resource.getrusage(resource.RUSAGE_SELF)
    print((after.ru_maxrss - before.ru_maxrss) // 1024)
    print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

asyncio.run(main())
"""


def test_no_bomb_of_any_coding_costs_more_than_twenty_megabytes_or_a_second() -> None:
    harmless = [(coding, pack(BODY)) for coding, pack in PACKED.items()]
    done = subprocess.run(
        [sys.executable, "-c", BLOWN_UP],
        cwd=ROOT,
        capture_output=True,
        input=pickle.dumps((harmless, bombs())),
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    *outcomes, megabytes, seconds = done.stdout.decode().split()
    assert outcomes[:8] == ["too_large"] * 8
    assert set(outcomes[8:]) == {"connection"}
    assert int(megabytes) < 20 and float(seconds) < 5  # seconds for thirteen


async def test_a_packed_body_larger_than_allowed_is_left_before_it_is_unpacked(server: FeedServer) -> None:
    noise = bytes(range(256)) * 40
    packed = gzip.compress(BODY) + noise * 1_000
    error = await trouble(server, raw(PLAIN + b"Content-Encoding: gzip\r\n\r\n" + packed), max_bytes=1_000_000)
    assert error.trouble is Trouble.TOO_LARGE


# ── lies ──


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", BODY),
        ("br", BODY),
        ("zstd", BODY),
        ("deflate", BODY),
        ("gzip", zlib.compress(BODY)),
        ("gzip", gzip.compress(BODY)[:-30]),
        ("gzip", gzip.compress(BODY)[:-8] + b"\0" * 8),
        ("br", brotli.compress(BODY)[:-5]),
        ("zstd", zstandard.compress(BODY)[:-5]),
        ("deflate", zlib.compress(BODY)[:-6]),
        ("gzip, gzip", gzip.compress(BODY)),
        ("gzip, gzip, gzip", gzip.compress(gzip.compress(gzip.compress(BODY)))),
        ("compress", BODY),
        ("rot13", BODY),
        ("," * 5_000 + "a", BODY),
    ],
    ids=[
        "not gzip", "not brotli", "not zstd", "not deflate", "zlib called gzip", "half a gzip", "wrong sum", "half a brotli", "half a zstd",
        "half a deflate", "once called twice", "three times", "compress", "a coding of its own", "a list of nothing",
    ],
)  # fmt: skip
async def test_a_body_that_is_not_packed_as_it_says_is_one_failure_and_never_half_a_feed(
    server: FeedServer, coding: str, body: bytes
) -> None:
    error = await trouble(server, answer(body, Content_Encoding=coding))
    assert error.trouble is Trouble.CONNECTION and "packed" in error.detail


@pytest.mark.parametrize(
    "scene",
    [
        raw(PLAIN + b"Content-Length: 5000\r\n\r\n<rss>"),
        raw(PLAIN + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"),
        raw(PLAIN + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n<rss>\r\n"),
        raw(PLAIN + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n<rss>\r\n0\r\n\r\n"),
        raw(PLAIN + b"Content-Length: -1\r\n\r\n<rss>"),
        raw(PLAIN + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\n<rss>.."),
        raw(b"HTTP/1.1 200 OK\r\n\x00Bad: 1\r\n\r\n<rss>"),
        raw(b"HTTP/1.1 2000 OK\r\n\r\n<rss>"),
        raw(b"HTTP/9.9 200 OK\r\n\r\n<rss>"),
        raw(b"\x15\x03\x01\x00\x02\x02\x50"),
    ],
    ids=["shorter than said", "chunks without end", "chunk of all the world", "chunk below nothing", "length below nothing", "two lengths",
         "zero byte in a header", "status of four digits", "HTTP of the future", "TLS where none belongs"],
)  # fmt: skip
async def test_an_answer_whose_measures_lie_is_one_failure(server: FeedServer, scene: Scene) -> None:
    assert (await trouble(server, scene)).trouble is Trouble.CONNECTION


# ── floods beside the body ──


async def test_a_server_that_says_continue_without_end_is_left(server: FeedServer) -> None:
    error = await trouble(server, endless("", b"HTTP/1.1 100 Continue\r\n\r\n" * 100))
    assert error.trouble is Trouble.TOO_LARGE and "interim" in error.detail


async def test_a_hint_before_the_answer_costs_nobody_the_answer(server: FeedServer) -> None:
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
    length = f"Content-Length: {len(BODY)}\r\n\r\n".encode()
    async with fetching() as fetcher:
        got = await fetcher.fetch(
            server.says("/feed", raw(b"HTTP/1.1 100 Continue\r\n\r\n" + hint + PLAIN + length + BODY))
        )
    assert got.body == BODY


async def test_a_change_of_protocol_nobody_asked_for_is_refused(server: FeedServer) -> None:
    error = await trouble(
        server, raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n" + BODY)
    )
    assert error.trouble is Trouble.HTTP_STATUS and error.status == 101


@pytest.mark.parametrize(
    "head",
    [
        b"".join(b"X-%d: 1\r\n" % number for number in range(5_000)),
        b"X-Long: " + b"x" * 40_000 + b"\r\n",
        (b"X-" + b"n" * 40_000 + b": 1\r\n"),
        b"X-Fold: 1\r\n" + b" folded\r\n" * 20_000,
    ],
    ids=["many", "long", "long names", "folded"],
)
async def test_headers_without_measure_are_one_failure(server: FeedServer, head: bytes) -> None:
    error = await trouble(server, raw(OK + head + b"\r\n" + BODY))
    assert error.trouble in (Trouble.CONNECTION, Trouble.TOO_LARGE)


async def test_a_site_with_the_long_security_headers_of_our_day_is_read(server: FeedServer) -> None:
    policy = "script-src " + " ".join(f"https://cdn{number}.lantern.example" for number in range(700))
    async with fetching() as fetcher:
        got = await fetcher.fetch(server.says("/feed", answer(BODY, Content_Security_Policy=policy)))
    assert got.body == BODY and 20_000 < len(policy) < 32_000


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"", b"1;" + b"x" * 6_000 + b"\r\n<\r\n"),
        (b"0\r\n", b"X-Trailer: " + b"x" * 6_000 + b"\r\n"),
        (b"1;", b"x" * 6_000),
    ],
    ids=["extensions of one-byte chunks", "trailers", "one extension"],
)
async def test_framing_without_end_is_left_like_a_body_without_end(
    server: FeedServer, head: bytes, piece: bytes
) -> None:
    flood = endless((PLAIN + b"Transfer-Encoding: chunked\r\n\r\n" + head).decode(), piece)
    assert (await trouble(server, flood, max_bytes=300_000)).trouble in (Trouble.TOO_LARGE, Trouble.CONNECTION)


async def test_an_error_page_without_end_is_still_the_error_it_is(server: FeedServer) -> None:
    error = await trouble(server, endless("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n", b"<p>no</p>" * 500))
    assert error.trouble is Trouble.HTTP_STATUS and error.status == 404


async def test_a_packed_robot_check_is_called_by_its_name(server: FeedServer) -> None:
    page = gzip.compress(b"<!doctype html><html><head><title>Just a moment...</title></head><body></body></html>")
    error = await trouble(server, answer(page, status=503, Content_Type="text/html", Content_Encoding="gzip"))
    assert error.trouble is Trouble.CHALLENGE_PAGE


# ── time ──


async def test_a_server_that_says_nothing_is_left_long_before_a_slow_one(server: FeedServer) -> None:
    began = asyncio.get_running_loop().time()
    error = await trouble(server, silent, first_byte=timedelta(seconds=0.2), timeout=timedelta(seconds=30))
    assert error.trouble is Trouble.TIMEOUT and asyncio.get_running_loop().time() - began < 3


async def test_a_slow_body_that_began_in_time_is_read(server: FeedServer) -> None:
    slow = endless(PLAIN.decode() + "Content-Length: 5\r\n\r\n", b"a", pause=0.1, most=5)
    async with fetching(first_byte=timedelta(seconds=0.3)) as fetcher:
        assert (await fetcher.fetch(server.says("/feed", slow))).body == b"aaaaa"


async def test_headers_that_drip_are_left_with_the_first_byte_limit(server: FeedServer) -> None:
    drip = endless(OK.decode(), b"X-Slow: drip\r\n", pause=0.02)
    error = await trouble(server, drip, first_byte=timedelta(seconds=0.3), timeout=timedelta(seconds=30))
    assert error.trouble is Trouble.TIMEOUT


# ── broken connections ──


@pytest.mark.parametrize(
    "said",
    [
        [],
        [b"HT"],
        [OK],
        [OK + b"Content-Type: app"],
        [PLAIN + b"Content-Length: 900\r\n\r\n"],
        [PLAIN + b"Content-Length: 900\r\n\r\n", b"<rss>"],
        [PLAIN + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\n<r"],
        [PLAIN + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\n<rss>\r\n0\r\n"],
        [PLAIN + b"\r\n", b"<rss>"],
        [PLAIN + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(BODY)[:60]],
    ],
    ids=["before a word", "in HTTP", "in the status", "in a header", "before the body", "in the body", "in a chunk", "before the last chunk's end",
         "in a body of no length", "in a packed body"],
)  # fmt: skip
async def test_a_connection_reset_at_any_stage_is_one_failure_not_half_a_feed(
    server: FeedServer, said: list[bytes]
) -> None:
    assert (await trouble(server, raw(*said, pause=0.02, reset=True))).trouble is Trouble.CONNECTION


# ── one connection, many answers ──


async def kept_alive(*answers: bytes | tuple[bytes, ...]) -> tuple[asyncio.Server, str, list[int]]:
    """A server that keeps connections and answers the n-th question with the n-th answer; its address, and questions a connection.

    An answer of several pieces comes piece by piece.
    """
    left, counts = list(answers), list[int]()

    async def serve(inward: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        counts.append(0)
        mine = len(counts) - 1
        while b"robots" in (head := await inward.readuntil(b"\r\n\r\n")) or left:
            counts[mine] += 1
            given = b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n" if b"robots" in head else left.pop(0)
            for piece in (given,) if isinstance(given, bytes) else given:
                out.write(piece)
                await out.drain()
                await asyncio.sleep(0.01)

    def connected(inward: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(serve(inward, out))
        task.add_done_callback(lambda done: done.cancelled() or done.exception())

    listening = await asyncio.start_server(connected, "127.77.0.5", 0)
    return listening, f"http://127.77.0.5:{listening.sockets[0].getsockname()[1]}", counts


def said(body: bytes) -> bytes:
    return OK + b"Content-Length: %d\r\n\r\n" % len(body) + body


async def test_a_connection_is_used_again_for_the_next_feed_of_its_host() -> None:
    listening, address, counts = await kept_alive(said(b"one"), said(b"two"), said(b"three"))
    async with fetching() as fetcher:
        bodies = [(await fetcher.fetch(f"{address}/{number}")).body for number in range(3)]
    listening.close()
    assert bodies == [b"one", b"two", b"three"] and counts == [4]


@pytest.mark.parametrize("late", [False, True], ids=["in the same breath", "a moment later"])
async def test_an_answer_nobody_asked_for_is_never_taken_for_the_next_feeds(late: bool) -> None:
    first = (said(b"one"), said(b"poison")) if late else (said(b"one") + said(b"poison"),)
    listening, address, _ = await kept_alive(first, said(b"two"))
    async with fetching() as fetcher:
        assert (await fetcher.fetch(f"{address}/1")).body == b"one"
        await asyncio.sleep(0.05 if late else 0)
        assert (await fetcher.fetch(f"{address}/2")).body == b"two"
    listening.close()


async def test_bytes_after_a_304_are_never_taken_for_the_next_feeds() -> None:
    stray = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 6\r\n\r\n"
    listening, address, _ = await kept_alive(stray + said(b"poison"), said(b"two"))
    async with fetching() as fetcher:
        assert (await fetcher.fetch(f"{address}/1", etag='"1"')).status == 304
        assert (await fetcher.fetch(f"{address}/2")).body == b"two"
    listening.close()

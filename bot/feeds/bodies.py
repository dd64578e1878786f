"""Bodies unpacked within bounds: bytes on the wire, bytes unpacked, and how many of these one of those may become. Knows nothing of requests.

Content codings are those of RFC 9110 section 8.4.1 and RFC 9659, two on top of each other at most. Whatever is bounded here is bounded while it
comes: a bomb costs what was allowed, not what it holds.
"""

from __future__ import annotations

import asyncio

import aiohttp

from bot.feeds.unpacking import NotPackedSo, Packing, packing
from bot.model.errors import SourceError, Trouble

# A feed of 6,000 like entries packs 22:1 in gzip, 61:1 in brotli, 74:1 in zstd (test_a_long_feed_of_like_entries_is_no_bomb); bombs begin at 1,000:1.
MOST_RATIO = 400
RATIO_COUNTS_FROM = 1_000_000  # bytes unpacked; what is smaller hurts nobody, however well it packs
_MOST_CODINGS = 2
_BREATHE = 1_000_000  # bytes unpacked in one go before others get a turn; some 5 ms


async def body_of(got: aiohttp.ClientResponse, url: str, most: int, *, cut: bool = False) -> bytes:
    """The body, unpacked, up to `most` bytes; `cut`: the beginning of a longer one. Raises SourceError(TOO_LARGE | CONNECTION)."""
    if not cut and (got.content_length or 0) > most:
        raise SourceError(Trouble.TOO_LARGE, url, detail=f"over {most} bytes")
    body = _Body(url, most, _layers(url, got.headers.get("Content-Encoding", "")))
    try:
        async for piece in got.content.iter_any():  # as they came over the wire
            await body.take(piece)
        body.end()
    except SourceError as error:
        if not cut or error.trouble is not Trouble.TOO_LARGE:
            raise
    return b"".join(body.pieces)[:most]


def _layers(url: str, written: str) -> list[Packing]:
    """One unpacker a coding, the outermost first: codings are listed in the order in which they were applied (RFC 9110 section 8.4)."""
    names = [name.strip().lower() for name in written.split(",")]
    named = [name for name in names if name not in ("", "identity")]
    made = [packing(name) for name in reversed(named[:_MOST_CODINGS])]
    layers = [layer for layer in made if layer is not None]
    if len(layers) != len(named):
        raise SourceError(Trouble.CONNECTION, url, detail=f"its body is packed as {written[:60]!r}")
    return layers


class _Body:
    """What came of one body so far."""

    def __init__(self, url: str, most: int, layers: list[Packing]) -> None:
        self.pieces: list[bytes] = []
        self._url, self._most, self._layers = url, most, layers
        self._wire, self._sizes = 0, [0] * (len(layers) + 1)
        self._breath = 0

    async def take(self, piece: bytes) -> None:
        """Some bytes of the wire."""
        self._wire += len(piece)
        try:
            await self._through(piece, 0)
        except NotPackedSo as error:
            raise SourceError(
                Trouble.CONNECTION, self._url, detail=f"its body is not packed as it says: {error}"
            ) from error

    async def _through(self, piece: bytes, depth: int) -> None:
        self._sizes[depth] += len(piece)
        self._check(self._sizes[depth])
        if depth == len(self._layers):
            self.pieces.append(piece)
            return
        for unpacked in self._layers[depth].unpacked(piece):
            await self._through(unpacked, depth + 1)
            self._breath += len(unpacked)
            if self._breath > _BREATHE:
                self._breath = 0
                await asyncio.sleep(0)

    def _check(self, size: int) -> None:
        if size > self._most:
            raise SourceError(Trouble.TOO_LARGE, self._url, detail=f"over {self._most} bytes")
        if size > RATIO_COUNTS_FROM and size > MOST_RATIO * self._wire:
            raise SourceError(Trouble.TOO_LARGE, self._url, detail=f"packed over {MOST_RATIO}:1")

    def end(self) -> None:
        """No byte follows. Raises SourceError when something should."""
        if self._wire and not all(layer.ended for layer in self._layers):
            raise SourceError(Trouble.CONNECTION, self._url, detail="its packed body breaks off")

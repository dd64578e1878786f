"""gzip, deflate, brotli and zstd, unpacked piece by piece: no bytes of input become a large piece of output. Knows nothing of limits over all."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CODINGS = "gzip, deflate, br, zstd"  # what is asked for
_PIECE = 262_144  # bytes of output at once
_SLICE = 16_384  # bytes of input at once: what follows a member's end is copied for each member
_MOST_MEMBERS = 1_000  # of one gzip or zstd stream; block gzip of the largest body allowed has some hundreds
_WINDOW = 23  # binary logarithm of 8 MB, the most that zstd as a content coding may ask for (RFC 9659 section 3)


class NotPackedSo(ValueError):
    """The bytes are not of the coding they are said to be."""


class Packing(Protocol):
    """One coding of one body."""

    @property
    def ended(self) -> bool:
        """Whether what came so far is whole."""
        ...

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        """What the next bytes hold, in pieces of bounded size. Raises NotPackedSo."""
        ...


def packing(name: str) -> Packing | None:
    """The unpacker for a coding (RFC 9110 section 8.4.1), None for one nobody asked for."""
    match name:
        case "gzip" | "x-gzip":  # section 8.4.1.3: the two are the same
            return _Gzip()
        case "deflate":
            return _Deflate()
        case "br":
            return _Brotli()
        case "zstd":
            return _Zstd()
    return None


class _Gzip:
    """Members one after another (RFC 1952 section 2.2); what follows them and is none is padding."""

    def __init__(self) -> None:
        self.ended = False
        self._members, self._inside = 0, zlib.decompressobj(16 + zlib.MAX_WBITS)

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _SLICE):
            rest = data[start : start + _SLICE]
            while rest:
                if self.ended and not self._next(rest):
                    return
                self.ended = False
                yield from _inflated(self._inside, rest)
                self.ended, rest = self._inside.eof, self._inside.unused_data

    def _next(self, data: bytes) -> bool:
        if self._members < 0 or data[:1] != b"\x1f":
            self._members = -1  # padding from here on
            return False
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise NotPackedSo(f"more than {_MOST_MEMBERS} gzip members")
        self._inside = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return True


class _Deflate:
    """zlib's format, as RFC 9110 section 8.4.1.2 wants it, or bare deflate, as some servers send under that name."""

    def __init__(self) -> None:
        self._inside: zlib._Decompress | None = None

    @property
    def ended(self) -> bool:
        return self._inside is not None and self._inside.eof

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        if self._inside is None and data:
            self._inside = zlib.decompressobj(zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS)
        return iter(()) if self._inside is None or self._inside.eof else _inflated(self._inside, data)


def _inflated(inside: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    try:
        while piece := inside.decompress(data, _PIECE):
            yield piece
            if inside.eof:  # what is given after the end would be added to what follows it, again and again
                return
            data = inside.unconsumed_tail
    except zlib.error as error:
        raise NotPackedSo(str(error)) from error


class _Brotli:
    """RFC 7932; its window is 16 MB at most."""

    def __init__(self) -> None:
        self._inside = brotli.Decompressor()

    @property
    def ended(self) -> bool:
        return bool(self._inside.is_finished())

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        try:
            while not self.ended:
                piece = self._inside.process(data, output_buffer_limit=_PIECE)
                data = b""
                yield piece
                if len(piece) < _PIECE and self._inside.can_accept_more_data():
                    return
        except brotli.error as error:
            raise NotPackedSo("no brotli") from error


class _Zstd:
    """Frames one after another (RFC 8878 section 3.1)."""

    def __init__(self) -> None:
        self.ended = False
        self._frames, self._inside = 0, _zstd()

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _SLICE):
            rest = data[start : start + _SLICE]
            while rest:
                self.ended = False
                yield from self._frame(rest)
                if not self._inside.eof:
                    break
                self.ended, rest = True, self._inside.unused_data
                self._frames, self._inside = self._frames + 1, _zstd()
                if self._frames > _MOST_MEMBERS:
                    raise NotPackedSo(f"more than {_MOST_MEMBERS} zstd frames")

    def _frame(self, data: bytes) -> Iterator[bytes]:
        try:
            while True:
                yield self._inside.decompress(data, _PIECE)
                data = b""
                if self._inside.eof or self._inside.needs_input:
                    return
        except zstd.ZstdError as error:
            raise NotPackedSo("no zstd, or with too large a window") from error


def _zstd() -> zstd.ZstdDecompressor:
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW})

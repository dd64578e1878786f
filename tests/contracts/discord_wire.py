"""One connection to a small Discord gateway, compressed as the client asked. Knows nothing of planwatch."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Callable
from typing import Any

import zstandard
from aiohttp import web


class Line:
    """One gateway connection, compressed as the client asked."""

    def __init__(self, compress: str, *, deaf: bool) -> None:
        self.socket = web.WebSocketResponse(autoclose=not deaf)
        self.silence = asyncio.Event()
        self._pack = _packer(compress)
        self._sequence = 0

    async def event(self, name: str, data: dict[str, Any]) -> None:
        """A dispatch, with its number."""
        self._sequence += 1
        await self.send(0, data, t=name, s=self._sequence)

    async def send(self, op: int, data: Any, **more: Any) -> None:
        """Any payload."""
        text = json.dumps({"op": op, "d": data, **more})
        if self._pack is None:
            await self.socket.send_str(text)
        else:
            await self.socket.send_bytes(self._pack(text.encode()))

    def cut(self) -> None:
        """End the silence of a deaf line."""
        self.silence.set()


def _packer(compress: str) -> Callable[[bytes], bytes] | None:
    if compress == "zstd-stream":
        zstd = zstandard.ZstdCompressor().compressobj()
        return lambda data: zstd.compress(data) + zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    if compress == "zlib-stream":
        stream = zlib.compressobj()
        return lambda data: stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)
    return None

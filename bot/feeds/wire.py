"""Bytes as they come over a connection: bounded for each answer, whatever they are, and none believed that nobody asked for. Knows nothing of bodies.

aiohttp bounds lines and headers, but neither interim answers (RFC 9110 section 15.2) nor chunk extensions and trailers (RFC 9112
section 7.1): a server could send those for as long as it is listened to.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler

MOST_HEADERS = 100
LONGEST_HEADER = 32_768  # bytes; content security policies of real sites pass aiohttp's own 8,190
MOST_BEFORE_BODY = (
    524_288  # bytes, interim answers included; one read of the loop may bring 262,144, some of them body already
)
MOST_INTERIM = 16  # answers with a status below 200 before the one that counts


class TooMuch(aiohttp.ClientError):
    """A server sent more than any answer needs."""


class Wire(ResponseHandler):
    """One connection. `most` is what one answer's body may take with all its framing."""

    most = 0

    def set_response_params(self, **given: Any) -> None:
        """A new question is about to be asked."""
        self._left, self._interim, self._told = MOST_BEFORE_BODY, 0, False
        super().set_response_params(**given)

    def data_received(self, data: bytes) -> None:
        """Bytes came. Those that no question waits for end the connection (RFC 9112 section 9.3 allows one answer a question)."""
        if data and self._told and (self._payload is None or self._payload.is_eof()):
            self._cut(aiohttp.ClientPayloadError("more than one answer to a question"))
            return
        self._left -= len(data)
        if self._left < 0:
            self._cut(TooMuch("more headers or framing than any answer needs"))
            return
        super().data_received(data)

    def feed_data(self, data: Any, size: int = 0) -> None:
        """The head of an answer was read."""
        if data[0].code < 200 and data[0].code != 101:
            self._interim += 1
            if self._interim > MOST_INTERIM:
                self._cut(TooMuch(f"more than {MOST_INTERIM} interim answers"))
            return
        self._told, self._left = True, self.most
        super().feed_data(data, size)

    def connection_lost(self, exc: BaseException | None) -> None:
        """The connection is over. Where its end is also the body's, only an orderly one is (RFC 9112 section 8)."""
        payload = self._payload
        if exc is not None and payload is not None and not payload.is_eof() and payload.exception() is None:
            payload.set_exception(aiohttp.ClientPayloadError("the connection broke off"))
        super().connection_lost(exc)

    def _cut(self, error: Exception) -> None:
        payload, transport = self._payload, self.transport
        self.set_exception(error)
        if payload is not None and not payload.is_eof():
            payload.set_exception(error)
        if transport is not None:
            transport.abort()


class BoundedConnector(aiohttp.TCPConnector):
    """A connector whose connections are `Wire`s."""

    def __init__(self, *, most: int, **given: Any) -> None:
        super().__init__(**given)
        self._factory = partial(_wire, most, self._loop)  # type: ignore[assignment]  # not public; test_feeds_safety would notice its end


def _wire(most: int, loop: Any) -> Wire:
    made = Wire(loop)
    made.most = most
    return made

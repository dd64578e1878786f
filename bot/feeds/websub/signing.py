"""Signatures of what hubs push (WebSub section 7.1). Knows nothing of requests or subscriptions."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping

# Section 7.1.1, the strongest first. Most hubs still sign with SHA-1, whose collisions do not help to forge an HMAC (RFC 6194 section 3.3).
METHODS = ("sha512", "sha384", "sha256", "sha1")
_STATED = re.compile(r"\s*(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})\s*", re.IGNORECASE | re.ASCII)


def is_signed(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
    """Whether the strongest signature that the headers state fits the body. Compared in constant time; no signature fits nothing."""
    stated: dict[str, str] = {}
    for name in ("X-Hub-Signature", "X-Hub-Signature-256"):  # the latter is what some hubs send beside the former
        if found := _STATED.fullmatch(headers.get(name, "")):
            stated.setdefault(found[1].lower(), found[2].lower())
    method = next((method for method in METHODS if method in stated), None)
    if method is None:
        return False
    return hmac.compare_digest(hmac.new(secret.encode(), body, method).hexdigest(), stated[method])

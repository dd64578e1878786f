"""Which addresses may be dialled: public ones, and private ones the operator named. Knows nothing of HTTP.

The check sees the very address a socket is made for, after DNS, so a name that answers differently the second time gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import urlsplit

from yarl import URL

from bot.model.errors import SourceError, Trouble

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Python's is_global calls these public (tried on 3.11): relay and multicast ranges, and cloud metadata services.
_DENIED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "100.64.0.0/10", "168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8",
    )
)  # fmt: skip
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_HOST = re.compile(
    r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)"
)  # a name whose last part is a number is one to some programs (WHATWG URL section 3.5)
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_USER = re.compile(r"[^/?#]*//[^/?#]*@")
_BRACKETED = re.compile(r"[^/?#]*//\[")
_LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """One operator's exception: a host, a host with port, or a network."""

    host: str = ""
    port: int | None = None
    network: Network | None = None

    def covers(self, host: str, port: int, address: Address) -> bool:
        """Whether dialling `address`:`port` for `host` falls under it."""
        if self.port is not None and self.port != port:
            return False
        return (self.network is not None and address in self.network) or (bool(self.host) and self.host == host)


def allowance(text: str) -> Allowance:
    """`localhost`, `feeds.lan:8080`, `127.0.0.1`, `[::1]:8080`, `127.77.0.0/16`. Raises ValueError on anything else."""
    word = text.strip().lower()
    if "/" in word:
        return Allowance(network=ipaddress.ip_network(word, strict=False))
    parts = urlsplit(f"//{word}" if word.count(":") < 2 or word.startswith("[") else f"//[{word}]")
    host, port = parts.hostname or "", parts.port
    if parts.username is not None or parts.path or not host:
        raise ValueError(f"not a host, host:port or network: {text!r}")
    address = _literal(host)
    if address is not None:
        return Allowance(network=ipaddress.ip_network(address), port=port)
    if not _HOST.fullmatch(host):
        raise ValueError(f"not a host, host:port or network: {text!r}")
    return Allowance(host=host, port=port)


def is_public(address: Address) -> bool:
    """Whether it, and every IPv4 address wrapped in it (mapped, compatible, 6to4, Teredo, NAT64, ISATAP), is on the open internet."""
    wrapped = _wrapped(address)
    if wrapped is not None and not is_public(wrapped):
        return False
    if isinstance(address, IPv6Address) and (address in _NAT64 or address.ipv4_mapped is not None):
        return wrapped is not None
    denied = any(address in network for network in _DENIED if network.version == address.version)
    return address.is_global and not address.is_multicast and not address.is_reserved and not denied


def _wrapped(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None or address.sixtofour is not None:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    low = int(address) & 0xFFFFFFFF
    isatap = (int(address) >> 32) & 0xFFFFFFFF in (0x00005EFE, 0x02005EFE)
    return IPv4Address(low) if address in _NAT64 or address in _COMPATIBLE or isatap else None


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Guard:
    """Decides for each dial. `served` names hosts that live at exactly one loopback address and port, and nowhere else."""

    allowances: tuple[Allowance, ...] = ()
    served: Mapping[str, tuple[str, int]] | None = None

    def admits(self, host: str, port: int, address: str, dialled_port: int) -> bool:
        """Whether a socket for `host`:`port` may be connected to `address`:`dialled_port`."""
        place = (self.served or {}).get(host)
        if place is not None:
            return place == (address, dialled_port)
        found = _literal(address)
        if found is None:
            return False
        return is_public(found) or any(allowed.covers(host, port, found) for allowed in self.allowances)


@dataclass(frozen=True, slots=True)
class Place:
    """An address that may be asked for, in the very form in which it is: what is checked and what is dialled cannot differ."""

    url: URL
    host: str  # as in DNS: lower case, punycode, no dot at the end
    port: int

    @property
    def origin(self) -> str:
        """Scheme, host and port, as RFC 6454 section 6.2 writes them."""
        return f"{self.url.scheme}://{self.url.raw_authority}"


def checked_address(url: str) -> Place:
    """The place an address stands for. Raises SourceError(BAD_ADDRESS).

    Refused: other schemes, user and password (RFC 3986 section 7.5), odd spellings of numbers (2130706433, 0177.1, 0x7f.1), blanks, zone ids
    (RFC 6874: they mean something on one machine only), and what is longer than any server need take (RFC 9110 section 4.1).
    """
    if _ODD.search(url) or len(url) > _LONGEST:
        raise _refused(url, "a blank, a backslash or over 8,000 characters have no place in it")
    try:
        parts = URL(url)
        port = parts.explicit_port
    except ValueError as error:
        raise _refused(url, "it cannot be read as an address") from error
    if parts.scheme not in ("http", "https"):
        raise _refused(url, "only http and https are read")
    if _USER.match(url):
        raise _refused(url, "a user name has no place in it")
    host = (parts.raw_host or "").removesuffix(".")
    if not _is_host(host) or port == 0 or (_BRACKETED.match(url) and ":" not in host):
        raise _refused(url, "its host is not a name")
    return Place(parts, host, port or (443 if parts.scheme == "https" else 80))


@lru_cache(maxsize=4_096)
def _is_host(name: str) -> bool:
    if _literal(name) is not None:
        return "%" not in name
    return bool(_HOST.fullmatch(name)) and len(name) <= 253 and not _NUMBER.fullmatch(name)


def _refused(url: str, detail: str) -> SourceError:
    return SourceError(Trouble.BAD_ADDRESS, url[:300], detail=detail)

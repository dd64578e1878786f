"""Which addresses may be dialled. Each name says what stands there, and so who would suffer from a feed that could reach it."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from bot.feeds.guard import Guard, allowance, checked_address, is_public
from bot.model.errors import SourceError, Trouble

PRIVATE = {
    "this machine": "127.0.0.1",
    "this machine, another of its addresses": "127.77.3.4",
    "this machine in IPv6": "::1",
    "any address of this machine": "0.0.0.0",
    "any address of this machine in IPv6": "::",
    "this network": "0.1.2.3",
    "the home router": "192.168.0.1",
    "the office network": "10.20.30.40",
    "the container network": "172.17.0.1",
    "the provider's network": "100.64.0.1",
    "the link": "169.254.1.1",
    "the link in IPv6": "fe80::1",
    "the link in IPv6 with its zone": "fe80::1%eth0",
    "the site in old IPv6": "fec0::1",
    "a private IPv6 network": "fd12:3456:789a::1",
    "cloud metadata": "169.254.169.254",
    "cloud metadata of containers": "169.254.170.2",
    "cloud metadata in IPv6": "fd00:ec2::254",
    "cloud metadata of Azure": "168.63.129.16",
    "cloud metadata of Alibaba": "100.100.100.200",
    "cloud metadata of Oracle": "192.0.0.192",
    "all hosts of the link": "224.0.0.1",
    "media players of the house": "239.255.255.250",
    "all routers in IPv6": "ff02::2",
    "a group of the wide world in IPv6": "ff0e::1",
    "everybody": "255.255.255.255",
    "addresses for nobody yet": "240.0.0.1",
    "addresses for handbooks": "192.0.2.1",
    "addresses for handbooks, second": "198.51.100.1",
    "addresses for handbooks, third": "203.0.113.1",
    "addresses for handbooks in IPv6": "2001:db8::1",
    "addresses for newer handbooks": "3fff::1",
    "a test bench": "198.18.0.1",
    "the 6to4 relay": "192.88.99.1",
    "the discarding prefix": "100::1",
    "segment routing": "5f00::1",
    "this machine, mapped": "::ffff:127.0.0.1",
    "metadata, mapped": "::ffff:a9fe:a9fe",
    "this machine, compatible": "::7f00:1",
    "this machine through NAT64": "64:ff9b::7f00:1",
    "metadata through NAT64": "64:ff9b::a9fe:a9fe",
    "a local NAT64": "64:ff9b:1::808:808",
    "this machine through 6to4": "2002:7f00:1::",
    "the office network through 6to4": "2002:a14:1e28::1",
    "this machine through Teredo": "2001:0:808:808::80ff:fffe",
    "the router through ISATAP": "2a00:1450::5efe:c0a8:1",
    "the router through ISATAP, marked": "2a00:1450::200:5efe:c0a8:1",
    "metadata through translation": "::ffff:0:169.254.169.254",
}
PUBLIC = {
    "an ordinary server": "93.184.216.34",
    "the neighbour of private networks": "172.32.0.1",
    "the neighbour of the provider's": "100.128.0.1",
    "an ordinary server in IPv6": "2a00:1450:4001:830::200e",
    "an ordinary server, mapped": "::ffff:93.184.216.34",
    "an ordinary server through NAT64": "64:ff9b::5db8:d822",
}


@pytest.mark.parametrize("address", PRIVATE.values(), ids=PRIVATE)
def test_no_feed_reaches(address: str) -> None:
    assert not Guard().admits("lantern.example", 80, address, 80)


@pytest.mark.parametrize("address", PUBLIC.values(), ids=PUBLIC)
def test_readers_are_not_kept_from(address: str) -> None:
    assert is_public(ip_address(address))
    assert Guard().admits("lantern.example", 80, address, 80)


def test_what_is_no_address_is_not_dialled() -> None:
    assert not Guard().admits("lantern.example", 80, "lantern.example", 80)


BAD = {
    "decimal": "http://2130706433/",
    "octal": "http://0177.0.0.1/",
    "octal throughout": "http://0177.0000.0000.0001/",
    "hexadecimal": "http://0x7f000001/",
    "hexadecimal part": "http://127.0.0.0x1/",
    "short": "http://127.1/",
    "nothing but zero": "http://0/",
    "a dot too many": "http://127.0.0.1../",
    "wide digits": "http://127.0.0.1../",
    "percent": "http://%31%32%37.0.0.1/",
    "a zone": "http://[fe80::1%25eth0]/",
    "a zone, raw": "http://[fe80::1%eth0]/",
    "the future": "http://[v1.x]/",
    "brackets left open": "http://[::1/",
    "a user": "http://lantern.example@127.0.0.1/",
    "a user and nothing": "http://@127.0.0.1/",
    "a user with password": "http://a:b@lantern.example/",
    "a backslash": "http://lantern.example\\@127.0.0.1/",
    "a tab": "http://lantern.exam\tple/",
    "a line break": "http://lantern.example/\r\nHost: inner",
    "a zero byte": "http://lantern.example\x00.inner/",
    "a blank": "http://lantern.example /",
    "port zero": "http://lantern.example:0/",
    "a port too large": "http://lantern.example:65536/",
    "a port in words": "http://lantern.example:http/",
    "no host": "http:///feed",
    "one slash": "http:/lantern.example/",
    "no slash": "http:lantern.example/",
    "no scheme": "//lantern.example/feed",
    "a file": "file:///etc/passwd",
    "a file on a host": "file://lantern.example/etc/passwd",
    "FTP": "ftp://lantern.example/feed",
    "data": "data:text/xml,<rss/>",
    "script": "javascript:alert(1)",
    "gopher": "gopher://127.0.0.1:6379/_INFO",
    "a websocket": "ws://lantern.example/",
    "a socket": "http+unix://%2Frun%2Fdocker.sock/",
    "view-source": "view-source:http://127.0.0.1/",
    "a name too long": f"http://{'a.' * 127}example/",
    "a label too long": f"http://{'a' * 64}.example/",
    "a name of dashes": "http://-.example/",
    "an address without end": f"http://lantern.example/{'a' * 9_000}",
    "nothing": "",
}


@pytest.mark.parametrize("url", BAD.values(), ids=BAD)
def test_an_address_cannot_be_written_with(url: str) -> None:
    with pytest.raises(SourceError) as raised:
        checked_address(url)
    assert raised.value.trouble is Trouble.BAD_ADDRESS and len(raised.value.url) <= 300


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://Lantern.EXAMPLE/feed", "lantern.example", 443),
        ("HTTP://lantern.example.:8080/feed", "lantern.example", 8080),
        ("https://новини.укр/стрічка", "xn--b1amarcd.xn--j1amh", 443),
        ("http://１２７.０.０.１/", "127.0.0.1", 80),
        ("http://127。0。0。1/", "127.0.0.1", 80),
        ("http://ⓛocalhost/", "localhost", 80),
        ("http://localhost./", "localhost", 80),
        ("http://[::FFFF:127.0.0.1]:81/", "::ffff:7f00:1", 81),
        ("http://a_b.example/", "a_b.example", 80),
        ("http://lantern.example/who@where", "lantern.example", 80),
    ],
)
def test_a_host_is_judged_in_the_spelling_in_which_it_is_dialled(url: str, host: str, port: int) -> None:
    place = checked_address(url)
    assert (ip_address(place.host) == ip_address(host)) if ":" in host else (place.host == host)
    assert place.port == port and (place.url.raw_host or "").removesuffix(".") == place.host


@pytest.mark.parametrize(
    ("text", "host", "port", "address", "admitted"),
    [
        ("feeds.lan", "feeds.lan", 80, "10.0.0.1", True),
        ("feeds.lan", "other.lan", 80, "10.0.0.1", False),
        ("feeds.lan", "feeds.lan.evil.example", 80, "10.0.0.1", False),
        ("Feeds.LAN:8080", "feeds.lan", 8080, "10.0.0.1", True),
        ("feeds.lan:8080", "feeds.lan", 80, "10.0.0.1", False),
        ("10.0.0.1", "any.example", 80, "10.0.0.1", True),
        ("10.0.0.1", "any.example", 80, "10.0.0.2", False),
        ("10.0.0.1", "any.example", 80, "::ffff:10.0.0.1", False),
        ("[::1]:8080", "any.example", 8080, "::1", True),
        ("::1", "any.example", 8080, "::1", True),
        ("10.0.0.0/8", "any.example", 80, "10.200.0.1", True),
        ("10.0.0.0/8", "any.example", 80, "11.0.0.1", True),
        ("10.0.0.0/8", "any.example", 80, "192.168.0.1", False),
    ],
)
def test_an_allowance_opens_what_it_names_and_nothing_else(
    text: str, host: str, port: int, address: str, admitted: bool
) -> None:
    assert Guard((allowance(text),)).admits(host, port, address, port) is admitted

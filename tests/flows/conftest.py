"""A terminal for each test, one that has read the sample world, and a server that plays sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.conftest import postgres  # noqa: F401  (the same server that holds the store to its contract)
from tests.contracts.feed_server import FeedServer
from tests.flows.terminal import ROOT, Terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


@pytest.fixture(scope="session")
def _sample_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the sample world was read once."""
    folder = tmp_path_factory.mktemp("sample")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PLANWATCH_")}
    subprocess.run(
        [sys.executable, "-m", "bot", "--sample", "feeds", "list"],
        cwd=folder, env={**environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True,
    )  # fmt: skip
    return folder / "data"


@pytest.fixture
def sampled(terminal: Terminal, _sample_read: Path) -> Terminal:
    """A terminal whose data folder holds the sample world, read."""
    shutil.copytree(_sample_read, terminal.folder / "data")
    return terminal


@pytest.fixture
async def feed_server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        yield server

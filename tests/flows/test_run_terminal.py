"""The first minute: `planwatch run` with nothing configured, and with sources but no token."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.contracts.feed_server import FeedServer, answer, item, rss
from tests.flows.terminal import Terminal, ended, program, until

TELLING = (
    "The security guarantees for Ukraine would include a force of 15,000 troops, officials said. "
    "The reassurance force would be led by France and Britain under the plan. "
    "Under the draft, the partners would answer a new attack within ten days."
)


async def test_without_a_terminal_it_prints_digest_board_and_status_and_ends_well(tmp_path: Path) -> None:
    async with program(tmp_path, "run") as process:
        said = await ended(process)
    assert (said.status, said.err) == (0, "")
    assert "SAMPLE DATA" in said.out and "PLANWATCH_TELEGRAM__TOKEN" in said.out
    digest, board, status = (
        said.out.index(words) for words in ("What moved ·", "Security guarantees for Ukraine\n", "Where it stands")
    )
    assert digest < board < status


async def test_piped_lines_are_answered_in_order_and_wrong_ones_too(sampled: Terminal) -> None:
    async with program(sampled.folder, "run", stdin=PIPE) as process:
        said = await ended(process, typed="/layer force\nlayrs\n\n/subscribe 08:00 Kyiv\nhelp\n")
    assert (said.status, said.err) == (0, "")
    rest = said.out[said.out.index("Where it stands") :]
    order = [rest.index(words) for words in ("/layers", "08:00", "/unsubscribe")]
    assert order == sorted(order)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_the_chat_within_five_seconds_and_without_a_traceback(
    sampled: Terminal, number: signal.Signals
) -> None:
    async with program(sampled.folder, "run", stdin=PIPE) as process:
        await until(process, "Where it stands")
        process.send_signal(number)
        said = await ended_by_itself(process, within=5)
    assert said == (0, "")


async def test_a_signal_while_the_sample_world_is_read_ends_it_too(tmp_path: Path) -> None:
    async with program(tmp_path, "run", stdin=PIPE) as process:
        leaving = asyncio.ensure_future(process.wait())
        async with asyncio.timeout(30):
            while not list(tmp_path.glob("data/sample-*.db")):
                await asyncio.wait({leaving}, timeout=0.05)
        process.send_signal(signal.SIGTERM)
        said = await ended_by_itself(process, within=5)
    assert said == (0, "")
    async with program(tmp_path, "run") as process:  # and the next start finds its way
        assert (await ended(process)).status == 0


async def ended_by_itself(process: asyncio.subprocess.Process, within: float) -> tuple[int, str]:
    """Its status and what it said on standard error, with its input left open."""
    assert process.stderr is not None
    async with asyncio.timeout(within):
        await process.wait()
    return process.returncode or 0, (await process.stderr.read()).decode()


async def test_standard_input_that_is_closed_is_like_an_empty_pipe(sampled: Terminal) -> None:
    line = f'exec "{sys.executable}" -m bot run <&-'
    root = str(Path(__file__).parents[2])
    process = await asyncio.create_subprocess_shell(
        line, cwd=sampled.folder, env={**os.environ, "PYTHONPATH": root}, stdout=PIPE, stderr=PIPE
    )
    said = await ended(process)
    assert (said.status, said.err) == (0, "") and "What moved" in said.out


async def test_sources_of_ones_own_are_read_live_without_a_token(tmp_path: Path, feed_server: FeedServer) -> None:
    url = feed_server.says("/rss", answer(rss(item(1, TELLING))))
    environ = {"FEEDS": url, "FETCH__ALLOW_PRIVATE_HOSTS": "127.77.0.0/16"}
    async with program(tmp_path, "run", environ=environ) as process:
        said = await ended(process)
    assert said.status == 0
    assert "SAMPLE DATA" not in said.out and "15,000" in said.out


async def test_in_a_terminal_it_asks_and_answers_until_somebody_leaves(sampled: Terminal) -> None:
    screen, keyboard = pty.openpty()
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "xterm", "COLUMNS": "100"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=sampled.folder, env=environ, stdin=keyboard, stdout=keyboard, stderr=keyboard
    )  # fmt: skip
    os.close(keyboard)
    read = await asyncio.to_thread(_typed, screen, [b"/sources\n", b"exit\n"])
    assert await asyncio.wait_for(process.wait(), 10) == 0
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\]8;[^\x1b]*\x1b\\", "", read)
    assert "What moved ·" in shown and "Lantern Agency" in shown
    assert shown.count("planwatch> ") >= 2


def _typed(screen: int, lines: list[bytes]) -> str:
    """Type a line at each prompt; everything shown."""
    shown, answered = b"", 0
    while True:
        try:
            shown += os.read(screen, 4096)
        except OSError:  # the program has left
            return shown.decode(errors="replace")
        if shown.count(b"planwatch> ") > answered and answered < len(lines):
            os.write(screen, lines[answered])
            answered += 1

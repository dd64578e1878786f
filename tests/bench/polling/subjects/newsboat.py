"""Subject: newsboat, whose every round is one `newsboat -x reload`, with a home, a cache and settings (all defaults) of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.bench.polling.playing import Told, given, play


def one_round(folder: Path) -> Told:
    """Reload every feed once."""
    files = ("-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config")
    home = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    subprocess.run(["newsboat", *files, "-x", "reload"], env=home, check=True, stdout=subprocess.DEVNULL)
    return {}


def main() -> None:
    """Read what the command line names."""
    urls, folder = given()
    (folder / "urls").write_text("\n".join(urls), "utf-8")
    (folder / "config").write_text("", "utf-8")
    play(lambda: one_round(folder))


if __name__ == "__main__":
    main()

"""Pins the floors at what is reached now: `python -m tests.quality.pin [--lower] [--new-data] [FOLDER …]`.

Refuses to lower a floor without `--lower`, and to take over a corpus that changed without `--new-data` (which sets its floors anew).
"""

from __future__ import annotations

import argparse
import json
import sys

from tests.quality.measuring import FLOORS, corpora, measured
from tests.quality.ratchet import pinned


def main(arguments: list[str]) -> int:
    """Exit status: 0 pinned, 1 refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", help="corpora to pin; default: all")
    parser.add_argument("--lower", action="store_true", help="let floors fall")
    parser.add_argument("--new-data", action="store_true", help="accept that a corpus changed")
    given = parser.parse_args(arguments)
    table = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    refused = False
    for folder in given.folders or corpora():
        found, before = measured(folder), table.get(folder, {"fingerprint": "", "floors": {}})
        changed = before["fingerprint"] not in ("", found.fingerprint)
        if changed and not given.new_data:
            sys.stderr.write(f"{folder}: the corpus changed; say --new-data to pin its floors anew\n")
            refused = True
            continue
        try:
            floors = pinned({} if changed else before["floors"], found.values, lower=given.lower)
        except ValueError as error:
            sys.stderr.write(f"{folder}: would fall: {error}; say --lower if that is meant\n")
            refused = True
            continue
        table[folder] = {"fingerprint": found.fingerprint, "floors": floors}
    if not refused:
        FLOORS.write_text(json.dumps(table, indent=2, sort_keys=True) + "\n", "utf-8")
    return int(refused)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Subject: the `reader` library, with a SQLite file of its own and its feeds updated by several threads."""

from __future__ import annotations

from reader import Reader, make_reader

from tests.bench.polling.playing import Told, given, play

WORKERS = 10


def one_round(library: Reader) -> Told:
    """Update every feed once, whether it is due or not."""
    new = failed = 0
    for result in library.update_feeds_iter(scheduled=False, workers=WORKERS):
        if isinstance(result.value, Exception):
            failed += 1
        elif result.value is not None:
            new += result.value.new
    return {"new": new, "failed": failed}


def main() -> None:
    """Read what the command line names."""
    urls, folder = given()
    with make_reader(str(folder / "reader.sqlite")) as library:
        for url in urls:
            library.add_feed(url)
        play(lambda: one_round(library))


if __name__ == "__main__":
    main()

"""What an operator reads on standard error, and what must never stand there."""

from __future__ import annotations

import io
import json
import logging

from bot.logs import configure, log_for

TOKEN = "123456:hush-hush-token"


def written(form: str = "text", level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    configure(level, form, secrets=(TOKEN,), stream=stream)
    return stream


def test_a_token_is_blotted_out_wherever_it_stands() -> None:
    stream = written()
    log_for("poll").info("fetched", url=f"https://api.example/bot{TOKEN}/getMe", error=ValueError(TOKEN), many=[TOKEN])
    logging.getLogger("somewhere").warning("GET %s", f"https://api.example/bot{TOKEN}/")
    assert "hush" not in stream.getvalue() and stream.getvalue().count("(secret)") == 4


def test_an_error_is_one_line_with_its_place_and_no_traceback() -> None:
    stream = written()
    try:
        raise ValueError("no such thing")
    except ValueError:
        log_for("study").exception("failed")
    assert stream.getvalue().count("\n") == 1
    assert "ValueError: no such thing" in stream.getvalue() and "test_logs.py:" in stream.getvalue()
    assert "Traceback" not in stream.getvalue()


def test_a_foreign_librarys_error_is_one_line_too() -> None:
    stream = written()
    try:
        raise OSError(TOKEN)
    except OSError:
        logging.getLogger("library").exception("oh no")
    assert stream.getvalue().count("\n") == 1 and "hush" not in stream.getvalue()


def test_the_traceback_is_there_when_debugging() -> None:
    stream = written(level="debug")
    try:
        raise ValueError("no such thing")
    except ValueError:
        log_for("study").exception("failed")
    assert "Traceback" in stream.getvalue()


def test_json_logs_are_one_object_a_line() -> None:
    stream = written("json")
    log_for("poll").info("polled", feeds=3, outlet="Світанок")
    row = json.loads(stream.getvalue())
    assert (row["event"], row["feeds"], row["outlet"], row["level"], row["logger"]) == (
        "polled",
        3,
        "Світанок",
        "info",
        "planwatch.poll",
    )


def test_libraries_that_name_addresses_with_tokens_are_quiet() -> None:
    stream = written(level="info")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.example/bot1/getMe")
    logging.getLogger("apscheduler.executors.default").error("Job raised an exception")
    assert stream.getvalue() == ""


def test_our_own_log_of_a_platform_is_not_as_quiet_as_its_library() -> None:
    stream = written(level="info")
    logging.getLogger("telegram").info("library")
    log_for("telegram").info("connected")
    assert "library" not in stream.getvalue() and "connected" in stream.getvalue()


def test_the_level_is_kept() -> None:
    stream = written(level="warning")
    log_for("poll").info("polled")
    log_for("poll").warning("slow")
    assert "polled" not in stream.getvalue() and "slow" in stream.getvalue()

"""Rubbish in, one bounded failure out. Here some examples, always the same; `make check-long` looks for new ones (test_fuzz_long.py)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.feeds import fuzzing


def always(examples: int) -> settings:
    return settings(max_examples=examples, derandomize=True, database=None, deadline=None)


@always(200)
@given(fuzzing.feed_bytes, fuzzing.kinds)
def test_no_document_breaks_the_reader_or_sends_anything_odd_into_a_chat(body: bytes, kind: str) -> None:
    fuzzing.the_reader_holds(body, kind)


@always(100)
@given(fuzzing.json_bytes)
def test_no_json_breaks_the_reader(body: bytes) -> None:
    fuzzing.the_reader_holds(body, "application/feed+json")


@always(100)
@given(fuzzing.page_bytes)
def test_no_page_breaks_the_extractor(body: bytes) -> None:
    fuzzing.the_extractor_holds(body)


@always(100)
@given(fuzzing.list_bytes)
def test_no_list_breaks_the_import(body: bytes) -> None:
    fuzzing.the_import_holds(body)


@always(300)
@given(fuzzing.links)
def test_no_address_is_undressed_differently_the_second_time(written: str) -> None:
    fuzzing.a_link_holds(written)


@always(300)
@given(fuzzing.date_texts, st.sampled_from(["", "en", "uk", "ru"]))
def test_any_text_is_a_sane_date_or_none(text: str, language: str) -> None:
    fuzzing.a_date_holds(text, language)


@always(200)
@given(st.binary(max_size=200), st.text(max_size=40))
def test_any_bytes_become_text(body: bytes, content_type: str) -> None:
    fuzzing.an_encoding_holds(body, content_type)

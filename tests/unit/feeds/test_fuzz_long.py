"""The same as test_fuzz.py for thousands of new examples at every run: for `make check-long`."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.feeds import fuzzing

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1_200)]


def anew(examples: int) -> settings:
    return settings(
        max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
    )


@anew(6_000)
@given(fuzzing.feed_bytes, fuzzing.kinds)
def test_no_document_breaks_the_reader_or_sends_anything_odd_into_a_chat(body: bytes, kind: str) -> None:
    fuzzing.the_reader_holds(body, kind)


@anew(3_000)
@given(fuzzing.json_bytes)
def test_no_json_breaks_the_reader(body: bytes) -> None:
    fuzzing.the_reader_holds(body, "application/feed+json")


@anew(3_000)
@given(fuzzing.page_bytes)
def test_no_page_breaks_the_extractor(body: bytes) -> None:
    fuzzing.the_extractor_holds(body)


@anew(3_000)
@given(fuzzing.list_bytes)
def test_no_list_breaks_the_import(body: bytes) -> None:
    fuzzing.the_import_holds(body)


@anew(20_000)
@given(fuzzing.links)
def test_no_address_is_undressed_differently_the_second_time(written: str) -> None:
    fuzzing.a_link_holds(written)


@anew(10_000)
@given(fuzzing.date_texts, st.sampled_from(["", "en", "uk", "ru"]))
def test_any_text_is_a_sane_date_or_none(text: str, language: str) -> None:
    fuzzing.a_date_holds(text, language)


@anew(10_000)
@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes_become_text(body: bytes, content_type: str) -> None:
    fuzzing.an_encoding_holds(body, content_type)

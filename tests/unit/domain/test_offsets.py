"""Offsets in UTF-16 code units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.conversations import TextSpan
from app.domain.offsets import Utf16Offsets, utf16_length

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXTS)
def test_length_is_that_of_the_encoded_text(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_offset_is_the_length_of_what_is_before_it(text: str) -> None:
    offsets = Utf16Offsets(text)
    assert [offsets.at(place) for place in range(len(text) + 1)] == [
        utf16_length(text[:place]) for place in range(len(text) + 1)
    ]


@pytest.mark.parametrize("text", ["", "plain", "ação", "😀", "a😀b👩‍👩‍👧c"])
def test_span_of_an_answer_has_both_offsets(text: str) -> None:
    answer = f"😀 {text} end."
    span = TextSpan(2, 2 + len(text)).in_text(answer)
    code_units = answer.encode("utf-16-le")
    assert code_units[2 * span.start_utf16 : 2 * span.end_utf16].decode("utf-16-le") == text

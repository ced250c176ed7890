"""The JSON of requests: what cannot be stored is refused by its place, all else arrives as it was written."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.stored_values import LARGEST_INTEGER, SMALLEST_INTEGER
from app.errors import InvalidRequest
from app.http.json_values import LONGEST_PLACE, read_json


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ('{"a": 1e400}', "a", "finite"),
        ('{"a": [0, {"b": -1e999}]}', "a.1.b", "finite"),
        ('{"a": NaN}', "a", "finite"),
        ("-Infinity", "body", "finite"),
        (f'{{"a": {"9" * 400}.5}}', "a", "finite"),
        (f'{{"a": {2**63}}}', "a", "64 bits"),
        (f'{{"a": {-(2**63) - 1}}}', "a", "64 bits"),
        (f'{{"a": {2**1000}}}', "a", "64 bits"),
        ('{"a": {"in": ["x", "\\ud800"]}}', "a.in.1", "surrogates"),
        ('{"\\uDC00": 1}', "\\udc00", "surrogates"),
        ('{"a": {"b\\u0000": 1}}', "a.b\\x00", "NUL"),
        ('{"a": "\\u0000"}', "a", "NUL"),
        ('{"a": "\ud800"}', "a", "surrogates"),  # as a form's charset may decode it
        ("[" * 100_000, "body", "deep"),
        ("9" * 5000, "body", "digits"),
    ],
)
def test_value_that_cannot_be_stored_is_refused_by_its_place(text: str, place: str, reason: str) -> None:
    with pytest.raises(InvalidRequest, match=reason) as refused:
        read_json(text)
    assert refused.value.param == place
    refused.value.message.encode()  # the message itself can be sent


def test_place_within_a_form_field_begins_with_its_name_and_is_short() -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_json('{"year": 1e400}', param="metadata")
    assert refused.value.param == "metadata.year"
    with pytest.raises(InvalidRequest) as refused:
        read_json(json.dumps({"x" * 100_000: math.inf}))
    assert len(refused.value.param or "") == LONGEST_PLACE


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b'"\xed\xa0\x80"', b""])
def test_what_is_no_json_in_utf8_is_malformed(content: bytes) -> None:
    with pytest.raises(json.JSONDecodeError):
        read_json(content)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(SMALLEST_INTEGER, LARGEST_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("aé😀", max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.booleans())
def test_all_other_values_arrive_as_they_were_written(value: object, escaped: bool) -> None:
    assert read_json(json.dumps(value, ensure_ascii=escaped).encode()) == value

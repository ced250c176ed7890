"""Messages between the training process and the service: what is sent is what arrives, anything else is refused."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.training.messages import TYPES, InvalidMessage, Message, decode_message, encode_message

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
reports = st.dictionaries(st.text(), json_values)
JSON_FIELDS = {dict[str, Any]: reports, dict[str, Any] | None: st.none() | reports}


def built(message: type[Message]) -> st.SearchStrategy[Message]:
    types = get_type_hints(message)
    return st.builds(message, **{name: JSON_FIELDS.get(hint, st.from_type(hint)) for name, hint in types.items()})


messages = st.one_of([built(message) for message in get_args(Message)])


@given(message=messages)
def test_every_message_arrives_as_it_was_sent(message: Message) -> None:
    line = encode_message(message)
    assert "\n" not in line
    assert repr(decode_message(line.encode())) == repr(message)  # by repr: NaN, a diverged loss, is not equal to itself


def test_every_kind_is_of_one_message() -> None:
    assert set(TYPES.values()) == set(get_args(Message))
    assert {"started", "step", "trial_step", "done", "stopped", "failed"} <= TYPES.keys()


@given(line=st.binary() | json_values.map(lambda value: json.dumps(value).encode()))
def test_garbage_is_refused(line: bytes) -> None:
    with pytest.raises(InvalidMessage):
        decode_message(line)


@given(kind=json_values.filter(lambda value: not isinstance(value, str) or value not in TYPES))
def test_unknown_kind_is_named(kind: Any) -> None:
    with pytest.raises(InvalidMessage, match="unknown kind"):
        decode_message(json.dumps({"kind": kind, "step": 1}))


@given(message=messages, data=st.data())
def test_missing_and_unknown_fields_are_refused(message: Message, data: st.DataObject) -> None:
    content = json.loads(encode_message(message))
    with pytest.raises(InvalidMessage, match="other fields"):
        decode_message(json.dumps({**content, "surprise": 1}))
    required = [one.name for one in fields(message) if one.name not in {"kind", "figures"}]
    if required:
        content.pop(data.draw(st.sampled_from(required)))
        with pytest.raises(InvalidMessage, match="other fields"):
            decode_message(json.dumps(content))

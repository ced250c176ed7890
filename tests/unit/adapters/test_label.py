"""How requests name adapters."""

from __future__ import annotations

import pytest

from app.domain.adapters import AdapterLabel


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("style", AdapterLabel("style")),
        ("style@0123456789abcdef", AdapterLabel("style", "0123456789abcdef")),
        ("style@", AdapterLabel("style")),
    ],
)
def test_a_label_is_a_name_with_or_without_a_version(text: str, label: AdapterLabel) -> None:
    assert AdapterLabel.parse(text) == label
    assert str(label) == text.removesuffix("@")

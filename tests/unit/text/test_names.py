"""Names: capitals where grammar asks for none, acronyms and identifiers."""

from __future__ import annotations

import pytest

from app.text.names import find_names


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ask Ilse Varga on Friday.", "en", {"ilse", "varga"}),
        ("Ilse Varga decides.", "en", {"ilse", "varga"}),
        ("Penguins live in Antarctica.", "en", {"antarctica"}),
        ("The HSE form costs 5 EUR.", "en", {"hse"}),
        ("Order part QX-210 today.", "en", {"qx-210"}),
        ("A chave da Clara fica na portaria.", "pt", {"clara"}),
        ("Der Antrag geht an Ilse Varga.", "de", {"ilse", "varga"}),
        ("Der Antrag liegt im Büro.", "de", set()),  # every noun has a capital
        ("Yes, it opens in March.", "en", set()),
    ],
)
def test_names_of_a_sentence(text: str, language: str, expected: set[str]) -> None:
    assert find_names(text, language) == expected

"""No package comes in under a licence that nobody looked at."""

from __future__ import annotations

from tools.licences.licences import (
    PAGE,
    installed_licences,
    licences_page,
    page_licences,
    unknown_licences,
)


def test_licences_are_known_and_listed() -> None:
    assert unknown_licences(installed_licences()) == {}
    assert unknown_licences(page_licences()) == {}
    assert PAGE.read_text(encoding="utf-8") == licences_page(), "run `python -m tools.licences`"


def test_a_licence_that_is_not_allowed_is_found() -> None:
    licences = {
        "a": "MIT AND AGPL-3.0-only",
        "b": "UNKNOWN",
        "c": "",
        "d": "(MPL-2.0 OR Apache-2.0)",
        "docutils": "BSD License; GNU General Public License (GPL)",
        "e": "GNU General Public License (GPL)",
    }
    assert unknown_licences(licences) == {
        "a": ["AGPL-3.0-only"],
        "b": ["UNKNOWN"],
        "c": [""],
        "e": ["GNU General Public License (GPL)"],
    }

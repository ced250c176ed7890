"""Settings as people write them in the environment."""

from __future__ import annotations

import pytest

from app.settings import Settings


@pytest.mark.parametrize(
    ("written", "origins"),
    [
        ("https://a.example, https://b.example", ["https://a.example", "https://b.example"]),
        ('["https://a.example"]', ["https://a.example"]),
        ("https://a.example", ["https://a.example"]),
        ("", []),
    ],
)
def test_origins_are_a_list_between_commas_or_in_json(
    monkeypatch: pytest.MonkeyPatch, written: str, origins: list[str]
) -> None:
    monkeypatch.setenv("LORACLE_CORS_ORIGINS", written)
    assert Settings(_env_file=None).cors_origins == origins

"""Settings as people write them in the environment."""

from __future__ import annotations

from typing import Any

import pytest

from app.bootstrap.sign_in import sign_in_of
from app.errors import InvalidRequest
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


SIGN_IN = {
    "public_url": "https://answers.example.org/loracle/",
    "oidc_issuer": "https://login.example.org/realms/acme",
    "oidc_client_id": "loracle",
    "oidc_tenant": "acme",
    "oidc_readers": ["*"],
}


def test_sign_in_is_built_of_its_settings() -> None:
    assert sign_in_of(Settings(_env_file=None)) is None
    built = sign_in_of(Settings(_env_file=None, **SIGN_IN))
    assert built is not None
    assert (built.name, built.page) == ("login.example.org", "https://answers.example.org/loracle/")
    assert built.origin == "https://answers.example.org"
    assert built.issuer.client.redirect_uri == "https://answers.example.org/loracle/auth/oidc/callback"


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"oidc_issuer": "http://login.example.org"}, "LORACLE_OIDC_ISSUER"),
        ({"oidc_issuer": "https://login.example.org?realm=acme"}, "LORACLE_OIDC_ISSUER"),
        ({"public_url": ""}, "LORACLE_PUBLIC_URL"),
        ({"public_url": "http://answers.example.org"}, "LORACLE_PUBLIC_URL"),
        ({"oidc_client_id": ""}, "LORACLE_OIDC_CLIENT_ID"),
        ({"oidc_scopes": "profile"}, "LORACLE_OIDC_SCOPES"),
        ({"oidc_tenant": ""}, "LORACLE_OIDC_TENANT_CLAIM"),
        ({"oidc_tenant_claim": "org"}, "LORACLE_OIDC_TENANT_CLAIM"),
        ({"oidc_readers": []}, "LORACLE_OIDC_READERS"),
    ],
)
def test_sign_in_that_could_not_work_does_not_start(changed: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidRequest, match=named):
        sign_in_of(Settings(_env_file=None, **{**SIGN_IN, **changed}))


def test_groups_come_from_the_environment_and_the_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LORACLE_OIDC_WRITERS", "editors, board")
    monkeypatch.setenv("LORACLE_OIDC_ACCESS_GROUPS", '{"4e2b": "board"}')
    monkeypatch.setenv("LORACLE_OIDC_CLIENT_SECRET", "hidden")
    settings = Settings(_env_file=None)
    assert (settings.oidc_writers, settings.oidc_access_groups) == (["editors", "board"], {"4e2b": "board"})
    assert "hidden" not in repr(settings)

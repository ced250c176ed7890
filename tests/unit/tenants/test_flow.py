"""A sign-in under way: sealed, short-lived, and good once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.http.sealing import seal
from app.tenants.sign_in.flow import LIFETIME_S, begin, encoded, opened, sealed


def test_flow_comes_back_from_its_cookie_until_it_is_too_old() -> None:
    flow = begin(1000.5)
    cookie = sealed(flow, "secret")
    assert opened(cookie, "secret", 1000.5 + LIFETIME_S - 1) == flow
    assert opened(cookie, "secret", 1002 + LIFETIME_S) is None
    assert len({flow.state, flow.nonce, flow.verifier, *vars_of(begin(1000.5))}) == 6
    assert min(map(len, vars_of(flow))) == 43


def vars_of(flow: object) -> list[str]:
    return [getattr(flow, name) for name in ("state", "nonce", "verifier")]


@pytest.mark.parametrize("cookie", ["", "A", "é", "=", "A" * 15, "A" * 400])
def test_what_the_service_did_not_seal_is_no_flow(cookie: str) -> None:
    assert opened(cookie, "secret", 1000) is None


def test_flow_is_not_opened_by_another_secret_or_after_a_change_or_from_another_seal() -> None:
    cookie = sealed(begin(1000), "secret")
    assert opened(cookie, "another", 1000) is None
    assert opened(cookie[:-2] + ("AA" if cookie[-2:] != "AA" else "BB"), "secret", 1000) is None
    assert opened(encoded(seal("secret", b"{}")), "secret", 1000) is None


def test_challenge_is_that_of_the_standard() -> None:
    flow = replace(begin(0), verifier="dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")  # RFC 7636, appendix B
    assert flow.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

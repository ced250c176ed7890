"""What the service asks of an issuer, and what it does when the issuer is slow, huge, wrong or gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.tenants.sign_in.id_token import verified_claims
from app.tenants.sign_in.issuer import FRESH_S, PATIENCE_S, Client, Issuer, Tokens, is_safe_address
from app.tenants.sign_in.refusals import Refusal, SignInRefused
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, oidc_provider

CONFIGURATION = "/.well-known/openid-configuration"
REDIRECT = "https://answers.example.org/auth/oidc/callback"


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with oidc_provider(sub="ana") as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Iterator[Provider]:
    running.faults, running.key_number, running.secret = {}, 0, CLIENT_SECRET
    running.served.clear()
    yield running
    running.faults = {}


def issuer_of(
    provider: Provider, clock: Clock | None = None, secret: str = CLIENT_SECRET, timeout_s: float = 30.0
) -> Issuer:
    return Issuer(provider.url, Client(CLIENT_ID, secret, REDIRECT), timeout_s=timeout_s, clock=clock or Clock())


async def refusal(issuer: Issuer) -> tuple[Refusal, str]:
    with pytest.raises(SignInRefused) as refused:
        await issuer.metadata()
    return refused.value.refusal, refused.value.detail


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (500, "answered 500"),
        (302, "answered 302"),
        ((b" " * 2**19, {}), "more than 262,144 bytes"),
        ((b"{}", {"Content-Encoding": "gzip"}), "compressed"),
        ((b"{}", {}), "cannot be read (issuer, authorization_endpoint"),
        ((b"<html>", {}), "cannot be read (JSON)"),
        ((b"{}", {"Content-Length": "9"}), "cannot be reached (RemoteProtocolError)"),
    ],
    ids=str,
)
async def test_issuer_that_does_not_answer_as_it_should_is_unavailable(
    provider: Provider, fault: Any, why: str
) -> None:
    provider.faults = {CONFIGURATION: fault}
    reason, detail = await refusal(issuer_of(provider))
    assert (reason, why in detail) == (Refusal.ISSUER_UNAVAILABLE, True), detail


async def test_slow_issuer_is_given_up_at_the_deadline(provider: Provider) -> None:
    provider.faults = {CONFIGURATION: 0.6}
    reason, detail = await refusal(issuer_of(provider, timeout_s=0.2))
    assert (reason, "took longer than 0.2 s" in detail) == (Refusal.ISSUER_UNAVAILABLE, True)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"issuer": "https://elsewhere.example"}, "names itself 'https://elsewhere.example'"),
        ({"token_endpoint": "http://elsewhere.example/token"}, "an address without TLS"),
        ({"jwks_uri": "file:///etc/passwd"}, "an address without TLS"),
        ({"end_session_endpoint": "javascript:alert(1)"}, "an address without TLS"),
    ],
)
async def test_issuer_with_another_name_or_unsafe_addresses_is_not_used(
    provider: Provider, changed: dict[str, str], why: str
) -> None:
    provider.faults = {"configuration": changed}
    _, detail = await refusal(issuer_of(provider))
    assert why in detail


async def test_issuer_that_is_gone_is_told_within_the_deadline() -> None:
    with oidc_provider() as provider:
        pass
    reason, detail = await refusal(issuer_of(provider))
    assert (reason, "ConnectError" in detail) == (Refusal.ISSUER_UNAVAILABLE, True)


async def test_issuer_that_failed_is_left_alone_for_a_moment(provider: Provider) -> None:
    clock = Clock()
    issuer = issuer_of(provider, clock)
    provider.faults = {CONFIGURATION: 500}
    for _ in range(3):
        await refusal(issuer)
    assert provider.served == [CONFIGURATION]
    provider.faults = {}
    clock.now += PATIENCE_S
    assert (await issuer.metadata()).token_endpoint == f"{provider.url}/token"


async def test_what_the_issuer_says_is_kept_for_an_hour(provider: Provider) -> None:
    clock = Clock()
    issuer = issuer_of(provider, clock)
    for _ in range(3):
        await issuer.key("key-0")
    assert provider.served == [CONFIGURATION, "/keys"]
    clock.now += FRESH_S + 1
    await issuer.key("key-0")
    assert provider.served == [CONFIGURATION, "/keys"] * 2


async def test_new_key_is_fetched_at_once_and_an_unknown_one_seldom(provider: Provider) -> None:
    clock = Clock()
    issuer = issuer_of(provider, clock)
    assert (await claims(provider, issuer))["sub"] == "ana"
    provider.key_number = 1
    clock.now += PATIENCE_S + 1
    assert (await claims(provider, issuer))["sub"] == "ana"
    for _ in range(3):
        with pytest.raises(SignInRefused, match="no key of the ID token's key id"):
            await issuer.key("never-was")
    assert provider.served.count("/keys") == 2


async def test_key_that_was_withdrawn_ends_with_the_hour(provider: Provider) -> None:
    clock = Clock()
    issuer = issuer_of(provider, clock)
    await claims(provider, issuer)
    provider.faults = {"published": [1]}
    clock.now += FRESH_S + 1
    with pytest.raises(SignInRefused, match="no key of the ID token's key id"):
        await claims(provider, issuer)


@pytest.mark.parametrize(
    ("faults", "why"),
    [
        ({"jwk": {"alg": "PS256"}}, "the key is for 'PS256'"),
        ({"jwk": {"kty": "oct", "k": "YQ"}}, "InvalidKeyError"),
        ({"bits": 1024}, "InvalidKeyError"),
        ({"sign": "none"}, "signed by 'none'"),
        ({"sign": "public"}, "signed by 'HS256'"),
        ({"sign": "other"}, "InvalidSignatureError"),
        ({"claims": {"nonce": "another"}}, "nonce"),
        ({"claims": {"aud": "another"}}, "InvalidAudienceError"),
        ({"claims": {"aud": [CLIENT_ID, "another"]}}, "several audiences"),
        ({"claims": {"azp": "another"}}, "another client"),
        ({"claims": {"iss": "https://elsewhere.example"}}, "InvalidIssuerError"),
        ({"claims": {"exp": 1_700_000_000}}, "ExpiredSignatureError"),
        ({"claims": {"iat": 4_000_000_000}}, "ImmatureSignatureError"),
        ({"claims": {"at_hash": "another"}}, "at_hash"),
        ({"header": {"kid": None}, "published": [0, 1]}, "no key of the ID token's key id"),
    ],
    ids=str,
)
async def test_id_token_is_refused_for_what_is_wrong_with_it(
    provider: Provider, faults: dict[str, Any], why: str
) -> None:
    provider.faults = faults
    with pytest.raises(SignInRefused) as refused:
        await claims(provider, issuer_of(provider))
    assert refused.value.refusal == Refusal.NOT_VERIFIED
    assert why in refused.value.detail


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS384"])
async def test_signatures_of_public_keys_are_accepted(provider: Provider, algorithm: str) -> None:
    provider.faults = {"algorithm": algorithm, "claims": {"at_hash": None}}
    assert (await claims(provider, issuer_of(provider)))["sub"] == "ana"


async def test_only_key_needs_no_id(provider: Provider) -> None:
    provider.faults = {"header": {"kid": None}}
    assert (await claims(provider, issuer_of(provider)))["sub"] == "ana"


@pytest.mark.parametrize(
    ("secret", "methods"),
    [(CLIENT_SECRET, None), (CLIENT_SECRET, ["client_secret_post"]), ("", ["none"])],
)
async def test_client_says_who_it_is_in_the_way_that_the_issuer_takes(
    provider: Provider, secret: str, methods: list[str] | None
) -> None:
    provider.secret = secret
    if methods is not None:
        provider.faults = {"configuration": {"token_endpoint_auth_methods_supported": methods}}
    tokens = await redeemed(provider, issuer_of(provider, secret=secret))
    assert tokens.id_token.count(".") == 2


async def test_wrong_secret_is_told_to_the_operator_and_a_code_that_is_over_to_the_person(provider: Provider) -> None:
    with pytest.raises(SignInRefused, match="invalid_client") as refused:
        await redeemed(provider, issuer_of(provider, secret="another"))
    assert refused.value.refusal == Refusal.ISSUER_REFUSED
    with pytest.raises(SignInRefused) as over:
        await issuer_of(provider).redeem("another", "verifier")
    assert over.value.refusal == Refusal.EXPIRED


async def claims(provider: Provider, issuer: Issuer) -> dict[str, Any]:
    tokens = Tokens(id_token=provider.id_token("a nonce"), access_token="an access token")
    return await verified_claims(tokens, issuer, "a nonce")


async def redeemed(provider: Provider, issuer: Issuer) -> Tokens:
    challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636, appendix B
    provider.codes["a code"] = {"code_challenge": challenge, "redirect_uri": REDIRECT, "nonce": "a nonce"}
    return await issuer.redeem("a code", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://login.example.org/realms/a", True),
        ("http://127.0.0.1:8080", True),
        ("http://[::1]:8080/a", True),
        ("http://localhost", True),
        ("http://login.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("https://user@login.example.org", False),
        ("https://login.example.org/#a", False),
        ("https://login.example.org:port", False),
        ("https:///path", False),
        ("https://a b", False),
        ("", False),
    ],
)
def test_addresses_are_https_or_on_this_machine(address: str, safe: bool) -> None:
    assert is_safe_address(address) == safe

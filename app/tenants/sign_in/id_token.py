"""Verifies ID tokens (OpenID Connect Core, 3.1.3.7): who signed it, for whom, when, and for which sign-in."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import jwt

from app.tenants.sign_in.issuer import Issuer, Tokens
from app.tenants.sign_in.refusals import Refusal, SignInRefused

# Public keys only: neither `none`, nor HS256, whose key could be one that everybody knows.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
REQUIRED = ("iss", "sub", "aud", "exp", "iat")
CLOCK_SKEW_S = 60


async def verified_claims(tokens: Tokens, issuer: Issuer, nonce: str) -> dict[str, Any]:
    """The claims of the ID token.

    Raises SignInRefused: NOT_VERIFIED with what is wrong, ISSUER_UNAVAILABLE if its keys cannot be had.
    """
    algorithm, key_id = _header(tokens.id_token)
    key = await issuer.key(key_id)
    try:
        if key.get("alg", algorithm) != algorithm:
            raise _wrong(f"the key is for {str(key['alg'])[:20]!r}, the ID token is signed by {algorithm}")
        claims: dict[str, Any] = jwt.decode(
            tokens.id_token,
            jwt.PyJWK(key, algorithm),  # refuses a key of another type than the algorithm's
            algorithms=[algorithm],
            audience=issuer.client.id,
            issuer=issuer.url,
            leeway=CLOCK_SKEW_S,
            options={"require": list(REQUIRED), "enforce_minimum_key_length": True},
        )
    except jwt.PyJWTError as fault:
        raise _wrong(f"{type(fault).__name__}: {str(fault)[:200]}") from None
    _check_party(claims, issuer.client.id)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise _wrong("its nonce is of another sign-in")
    if "at_hash" in claims and tokens.access_token is not None:
        _check_access_token(str(claims["at_hash"]), tokens.access_token, algorithm)
    return claims


def _header(token: str) -> tuple[str, str | None]:
    """Algorithm and key id, not verified yet: the first must be one of ours, the second only chooses a key."""
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as fault:
        raise _wrong(f"its header cannot be read: {str(fault)[:200]}") from None
    algorithm, key_id = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS:
        raise _wrong(f"it is signed by {str(algorithm)[:20]!r}, which is not accepted")
    return algorithm, key_id if isinstance(key_id, str) else None


def _check_party(claims: dict[str, Any], client_id: str) -> None:
    """A token for several audiences must say that this service asked for it."""
    audience, party = claims["aud"], claims.get("azp")
    if party is None and isinstance(audience, list) and len(audience) > 1:
        raise _wrong("it is for several audiences and does not say for which it was made")
    if party not in {None, client_id}:
        raise _wrong("it was made for another client")


def _check_access_token(at_hash: str, access_token: str, algorithm: str) -> None:
    digest = hashlib.new(f"sha{algorithm[-3:]}", access_token.encode()).digest()
    expected = base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=")
    if not hmac.compare_digest(at_hash.encode(), expected):
        raise _wrong("its at_hash does not fit the access token")


def _wrong(why: str) -> SignInRefused:
    return SignInRefused(Refusal.NOT_VERIFIED, f"the ID token is not accepted: {why}")

"""A sign-in under way: what the browser carries to the issuer and back, sealed into a cookie that it cannot read."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag

from app.http.sealing import SIGN_IN, seal, unseal

LIFETIME_S = 600  # a person may have to find a second factor
RANDOM_BYTES = 32


@dataclass(frozen=True, slots=True)
class Flow:
    """The secrets of one sign-in (RFC 6749, RFC 7636, OpenID Connect Core)."""

    state: str  # comes back with the code: the answer belongs to this browser
    nonce: str  # stands in the ID token: it was made for this sign-in
    verifier: str  # only who began can redeem the code
    began_at: int  # seconds since 1970

    @property
    def challenge(self) -> str:
        """What the issuer gets to compare the verifier with (PKCE, S256)."""
        return encoded(hashlib.sha256(self.verifier.encode()).digest())


def begin(now: float) -> Flow:
    state, nonce, verifier = (secrets.token_urlsafe(RANDOM_BYTES) for _ in range(3))
    return Flow(state, nonce, verifier, int(now))


def sealed(flow: Flow, secret: str) -> str:
    """The value of the cookie."""
    return encoded(seal(secret, json.dumps(asdict(flow)).encode(), SIGN_IN))


def opened(cookie: str, secret: str, now: float) -> Flow | None:
    """The flow of a cookie; None for one that this service did not make, that was changed, or that is too old."""
    try:
        flow = Flow(**json.loads(unseal(secret, decoded(cookie), SIGN_IN)))
    except (InvalidTag, ValueError):
        return None
    return flow if now - flow.began_at <= LIFETIME_S else None


def encoded(content: bytes) -> str:
    """Base64 for URLs and cookies, without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as fault:
        raise ValueError("not base64") from fault

"""Seals content: only the secret that sealed it opens it again, and only for the same purpose."""

from __future__ import annotations

import hashlib
import secrets
import zlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEPT_ANSWERS = b"loracle: answers kept for an idempotency key\0"
SIGN_IN = b"loracle: a sign-in under way\0"


def seal(secret: str, content: bytes, purpose: bytes = KEPT_ANSWERS) -> bytes:
    """Compress and encrypt (AES-256-GCM) under a key that comes from `purpose` and `secret`, which must be random."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher(secret, purpose).encrypt(nonce, zlib.compress(content), None)


def unseal(secret: str, sealed: bytes, purpose: bytes = KEPT_ANSWERS) -> bytes:
    """The content. Raises cryptography's InvalidTag if it was sealed by another secret, or changed since."""
    return zlib.decompress(_cipher(secret, purpose).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None))


def _cipher(secret: str, purpose: bytes) -> AESGCM:
    return AESGCM(hashlib.sha256(purpose + secret.encode()).digest())

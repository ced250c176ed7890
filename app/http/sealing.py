"""Seals kept answers: only the secret of the caller who got an answer opens it again."""

from __future__ import annotations

import hashlib
import secrets
import zlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
PURPOSE = b"loracle: answers kept for an idempotency key\0"


def seal(secret: str, content: bytes) -> bytes:
    """Compress and encrypt (AES-256-GCM) under a key that comes from `secret`, which must be random."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher(secret).encrypt(nonce, zlib.compress(content), None)


def unseal(secret: str, sealed: bytes) -> bytes:
    """The content. Raises cryptography's InvalidTag if it was sealed by another secret or changed since."""
    return zlib.decompress(_cipher(secret).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None))


def _cipher(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(PURPOSE + secret.encode()).digest())

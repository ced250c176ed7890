"""Secrets of keys and tokens: 238 random bits, stored as a hash, which cannot be reversed, and shown once."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import string

ALPHABET = string.ascii_letters + string.digits
RANDOM_CHARACTERS = 40
KEY, TOKEN = "lk_", "lt_"  # how a secret begins
PREFIX_LENGTH = 9  # characters that are stored as they are, to find and to recognise a secret by
SECRET_LENGTH = len(KEY) + RANDOM_CHARACTERS


def new_secret(kind: str) -> str:
    """A secret that begins with `kind`."""
    return kind + "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))


def prefix_of(secret: str) -> str:
    return secret[:PREFIX_LENGTH]


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret(text: str) -> bool:
    """Whether a text has the form of a secret."""
    return len(text) == SECRET_LENGTH and text.isascii()


def matches(secret: str, stored_hash: str) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(secret_hash(secret), stored_hash)

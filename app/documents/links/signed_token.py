"""Signed tokens: what a link opens and until when, with an HMAC by a key of its tenant."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from typing import Literal

LinkKind = Literal["file", "page_image", "page_text"]
KINDS = {"file", "page_image", "page_text"}


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a link opens: a file, or a page of it, of one version of a document."""

    tenant_id: str
    document_id: str
    version: int
    kind: LinkKind
    expires_at: int  # seconds since 1970
    page: int = 0
    width: int = 0
    start: int = 0  # range of the document's text that is marked
    end: int = 0


def sign(target: LinkTarget, key: bytes) -> str:
    """The token of a target, of characters that are safe in URLs."""
    payload = _encoded(json.dumps(list(asdict(target).values()), separators=(",", ":")).encode())
    return f"{payload}.{_signature(payload, key)}"


def read_unverified(token: str) -> LinkTarget | None:
    """What a token says, whoever made it: only to choose the key that verifies it. None if it says nothing."""
    try:
        values = json.loads(_decoded(token.partition(".")[0]))
        target = LinkTarget(*values)
    except (ValueError, TypeError, RecursionError):
        return None
    texts = target.tenant_id, target.document_id, target.kind
    numbers = target.version, target.expires_at, target.page, target.width, target.start, target.end
    plain = all(type(text) is str for text in texts) and all(type(number) is int for number in numbers)
    return target if plain and target.kind in KINDS else None


def is_signed(token: str, key: bytes) -> bool:
    """Whether the token's signature is by this key, compared in constant time."""
    payload, _, signature = token.partition(".")
    return hmac.compare_digest(signature.encode(), _signature(payload, key).encode())


def _signature(payload: str, key: bytes) -> str:
    return _encoded(hmac.new(key, payload.encode(), hashlib.sha256).digest())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    """Raises ValueError."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as fault:
        raise ValueError("not base64") from fault

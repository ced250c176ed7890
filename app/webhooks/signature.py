"""Signatures of deliveries, by the Standard Webhooks specification: its libraries verify them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime

from app.domain.webhooks import Delivery

SECRET_PREFIX = "whsec_"  # noqa: S105 - a prefix, not a secret
SECRET_BYTES = 32


def new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def body_of(delivery: Delivery) -> bytes:
    """The JSON that is sent: the same bytes at every attempt."""
    sent = {
        "id": delivery.id,
        "type": delivery.event,
        "timestamp": delivery.created_at.isoformat().replace("+00:00", "Z"),
        "data": delivery.data,
    }
    return json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(delivery_id: str, body: bytes, secret: str, moment: datetime) -> dict[str, str]:
    """The headers of an attempt at that moment."""
    seconds = str(int(moment.timestamp()))
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    digest = hmac.new(key, b".".join([delivery_id.encode(), seconds.encode(), body]), hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "loracle",
        "webhook-id": delivery_id,
        "webhook-timestamp": seconds,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }

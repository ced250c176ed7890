"""Who acts: what the log and the audit log name for everything that is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    KEY = "key"  # an API key of a tenant
    TOKEN = "token"  # noqa: S105 - an end user, by a token that a key or a sign-in made
    SIGN_IN = "sign_in"  # a person whom the issuer of OpenID Connect named
    OPERATOR = "operator"  # whoever runs the command line on the data folder
    SERVICE = "service"  # the service itself: background jobs, what is done regularly
    NOBODY = "nobody"  # a request without a valid key or token


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and from where. Empty text: not known, or there is none."""

    kind: ActorKind
    tenant_id: str = ""  # of the key or token
    key_id: str = ""  # the key itself, or the one that made the token
    token_id: str = ""
    user: str = ""  # the end user of a token; the account of the operating system of an operator
    address: str = ""  # of the client; behind a trusted proxy the one that it names
    request_id: str = ""


SERVICE = Actor(ActorKind.SERVICE)

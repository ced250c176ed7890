"""Why somebody is not signed in: the page shows a text for each, and the log the details."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    CANCELLED = "cancelled"  # the person did not sign in at the issuer, or the issuer did not let them
    EXPIRED = "expired"  # it took too long, was begun in another browser, or ended before
    ISSUER_UNAVAILABLE = "issuer_unavailable"  # it cannot be reached, is too slow, or answers nonsense
    ISSUER_REFUSED = "issuer_refused"  # it refuses this service: the operator must look
    NOT_VERIFIED = "not_verified"  # the ID token is not what was asked for
    NO_ACCESS = "no_access"  # in no group that may use the service
    TOO_MANY_GROUPS = "too_many_groups"  # the issuer left the groups out, or there are more than a token holds
    NO_TENANT = "no_tenant"  # the person's tenant is unknown or suspended


class SignInRefused(Exception):
    """A sign-in that ended without a token. `detail` is for the operator and holds no secret."""

    def __init__(self, refusal: Refusal, detail: str) -> None:
        super().__init__(detail)
        self.refusal = refusal
        self.detail = detail

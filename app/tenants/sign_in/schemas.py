"""Response bodies of signing in and out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.http.schemas import ResponseBody, Timestamp


class OpenIdConnectOut(ResponseBody):
    name: str = Field(description="Of what people sign in with, to be shown.")
    start: Literal["auth/oidc/start"] = Field(
        "auth/oidc/start", description="Where a browser goes to sign in, beside the page."
    )


class SignInOut(ResponseBody):
    object: Literal["sign_in"] = "sign_in"
    oidc: OpenIdConnectOut | None = Field(description="Null: by an API key alone.")


class SessionOut(ResponseBody):
    object: Literal["session"] = "session"
    token: str = Field(description="To be sent as a key is. It is not shown again.")
    expires_at: Timestamp
    name: str = Field(description="Of the person, to be shown.")


class SignedOut(ResponseBody):
    object: Literal["signed_out"] = "signed_out"
    logout_url: str | None = Field(
        description="Where a browser goes to end the session at the issuer too; null if there is nothing to end."
    )

"""Request and response bodies of tokens."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from app.domain.tenants import Scope
from app.domain.tokens import DEFAULT_REQUESTS, DEFAULT_SECONDS, MOST_REQUESTS, MOST_SECONDS, TokenGrant
from app.http.origins import normal_origin
from app.http.schemas import Choice, Name, RequestBody, ResponseBody, ShownName, Timestamp

Origin = Annotated[str, Field(max_length=300), AfterValidator(normal_origin)]
Sorted = Annotated[list[str], BeforeValidator(sorted)]


class AccessTokenIn(RequestBody):
    user: ShownName | None = Field(
        None,
        description="The end user that it acts for, by any name of yours: it sees the conversations of this user "
        "alone. Left out: a user that no other token has.",
    )
    ttl_s: int = Field(DEFAULT_SECONDS, ge=1, le=MOST_SECONDS, description="Seconds until it ends.")
    scopes: list[Choice[Scope]] = Field(
        [Scope.READ], min_length=1, max_length=3, description="`read`, `write` or both."
    )
    groups: list[ShownName] = Field(
        [],
        max_length=100,
        description="Of the user. It sees documents with an access list only if the list names one of these.",
    )
    collections: list[ShownName] | None = Field(
        None, min_length=1, max_length=50, description="The only ones that it sees; all if left out."
    )
    adapter: Name | None = Field(
        None,
        max_length=200,
        description='The only one that answers it: "name", "name@version" or "base"; any if left out.',
    )
    origins: list[Origin] = Field(
        [],
        max_length=20,
        description='Origins of the pages that may use it, such as "https://www.example.org"; browsers let these '
        "pages read the answers. Left out: any, but browsers let only the configured ones read.",
    )
    max_requests: int = Field(DEFAULT_REQUESTS, ge=1, le=MOST_REQUESTS, description="How many it may make in all.")

    model_config = {
        "json_schema_extra": {
            "examples": [{"user": "ana", "ttl_s": 900, "origins": ["https://www.example.org"], "max_requests": 200}]
        }
    }

    def grant(self) -> TokenGrant:
        return TokenGrant(
            user=self.user,
            scopes=frozenset(self.scopes),
            groups=frozenset(self.groups),
            collections=None if self.collections is None else tuple(self.collections),
            adapter=self.adapter,
            origins=tuple(dict.fromkeys(self.origins)),
            max_requests=self.max_requests,
        )


class AccessTokenOut(ResponseBody):
    id: str
    object: Literal["token"] = "token"
    key_id: str = Field(description="The key that made it: it ends when this key is revoked.")
    user: str
    prefix: str = Field(description="How the token begins.")
    scopes: Sorted
    groups: Sorted
    collections: list[str] | None
    adapter: str | None
    origins: list[str]
    max_requests: int
    requests: int = Field(description="That it has made so far.")
    created_at: Timestamp
    expires_at: Timestamp
    revoked_at: Timestamp | None


class NewAccessTokenOut(AccessTokenOut):
    token: str = Field(description="The token itself, to be sent as a key is. It is not shown again.")

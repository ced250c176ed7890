"""Authentication: the API key, or a token that it made, alone names the tenant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.datastructures import Headers

from app.domain.actors import Actor, ActorKind
from app.domain.tenants import Scope, TenantStatus
from app.domain.tokens import Token
from app.domain.visibility import Visibility
from app.errors import Forbidden, Unauthenticated
from app.storage.database import Database
from app.storage.secret_text import TOKEN
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tokens import TokenCheck

MISSING_KEY = "missing_api_key"
THREADS = 4  # that check keys and tokens, a millisecond each
EXPLAINED = "Send your API key as `Authorization: Bearer lk_...`, or a token `lt_...` that it made."


@dataclass(frozen=True, slots=True)
class Principal:
    """The tenant and the scopes of the API key, or of the token made by it, that a request carries."""

    tenant_id: str
    key_id: str  # of the key itself, or of the one that made the token
    scopes: frozenset[str]
    token_id: str | None = None  # None: an API key
    user: str | None = None  # a token acts for one end user; None: a key, which acts for all
    groups: frozenset[str] | None = None  # of the user; None: a key, which sees every document
    collections: tuple[str, ...] | None = None  # the only ones a token sees; None: all
    adapter: str | None = None  # the only one a token may name; None: any
    origins: tuple[str, ...] = ()  # of the pages that may use a token; none: any

    @property
    def visibility(self) -> Visibility:
        """What of the tenant the request sees."""
        return Visibility(self.groups, self.collections, self.user, self.adapter)

    def actor(self, address: str, request_id: str) -> Actor:
        """Who acts in the request, for what is recorded of it."""
        kind = ActorKind.KEY if self.token_id is None else ActorKind.TOKEN
        token_id, user = self.token_id or "", self.user or ""
        return Actor(kind, self.tenant_id, self.key_id, token_id, user, address, request_id)

    def require(self, scope: Scope) -> None:
        """Raises Forbidden if the key or token lacks `scope`."""
        if scope not in self.scopes:
            bearer = "key" if self.token_id is None else "token"
            message = f"This {bearer} lacks the scope {str(scope)!r}; use one that has it."
            raise Forbidden(message, code="missing_scope")

    def require_key(self) -> None:
        """Raises Forbidden for a token."""
        if self.token_id is not None:
            raise Forbidden("Tokens may not do this; use an API key.", code="key_required")

    def require_owner(self) -> None:
        """What belongs to a user is changed by a token of that user, which sees no other's, or by a key that writes.

        Raises Forbidden for a key that only reads.
        """
        if self.user is None:
            self.require(Scope.WRITE)

    def acting_for(self, user: str | None) -> str | None:
        """The end user that a request is for: a token's own, or the one that a key names, if any.

        Raises Forbidden if a token names another one.
        """
        if self.user is not None and user not in {None, self.user}:
            raise Forbidden("This token acts for another user; leave `user` out.", param="user", code="other_user")
        return self.user or user


class Authenticator:
    """Finds the principal behind an API key or a token. It writes nothing but the number of a token's requests."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._threads = CapacityLimiter(THREADS)

    async def identify(self, authorization: str | None, origin: str | None = None) -> Principal:
        """`authenticate` in one of its own threads: what others wait for in theirs holds up no request here."""
        return await run_sync(self.authenticate, authorization, origin, limiter=self._threads)

    def authenticate(self, authorization: str | None, origin: str | None = None) -> Principal:
        """The principal behind an Authorization header. `origin` is the header of a page's request, if it has one.

        Raises Unauthenticated for a missing, malformed, unknown or revoked key, and for a token that has ended too;
        Forbidden for a suspended tenant, and for a token of pages of another origin.
        """
        scheme, _, text = (authorization or "").partition(" ")
        secret = text.strip()
        if scheme.lower() != "bearer" or not secret:
            raise Unauthenticated(EXPLAINED, code=MISSING_KEY)
        return self._by_token(secret, origin) if secret.startswith(TOKEN) else self._by_key(secret)

    def _by_key(self, secret: str) -> Principal:
        with self._db.read() as session:
            found = Keys(session).authenticate(secret)
        if found is None:
            raise Unauthenticated("This API key is unknown or revoked.")
        status, key = found
        _check_tenant(status)
        return Principal(tenant_id=key.tenant_id, key_id=key.id, scopes=key.scopes)

    def _by_token(self, secret: str, origin: str | None) -> Principal:
        with self._db.read() as session:
            found = TokenCheck(session).find(secret)
        if found is None:
            raise Unauthenticated("This token is unknown, or the key that made it is revoked.", code="invalid_token")
        status, token = found
        _check_tenant(status)
        _check_token(token, origin)
        with self._db.write() as session:
            if not TokenCheck(session).count_request(token.id):
                message = f"This token has made all of its {token.max_requests} requests; ask for a new one."
                raise Unauthenticated(message, code="token_used_up")
        return Principal(
            tenant_id=token.tenant_id,
            key_id=token.key_id,
            scopes=token.scopes,
            token_id=token.id,
            user=token.user,
            groups=token.groups,
            collections=token.collections,
            adapter=token.adapter,
            origins=token.origins,
        )


def sole_credential(headers: Headers) -> str | None:
    """The Authorization header, if there is one. Raises Unauthenticated for several: which one counts is not told."""
    sent = headers.getlist("authorization")
    if len(sent) > 1:
        message = f"The request has {len(sent)} Authorization headers; send one."
        raise Unauthenticated(message, code="repeated_authorization")
    return sent[0] if sent else None


def _check_tenant(status: TenantStatus) -> None:
    if status != TenantStatus.ACTIVE:
        raise Forbidden("This tenant is suspended; ask the operator.", code="tenant_suspended")


def _check_token(token: Token, origin: str | None) -> None:
    if token.revoked_at is not None:
        raise Unauthenticated("This token is revoked; ask for a new one.", code="token_revoked")
    if token.expires_at <= datetime.now(UTC):
        raise Unauthenticated("This token has expired; ask for a new one.", code="token_expired")
    # Browsers name the origin in every request to another one; a program could write anything there.
    if token.origins and origin is not None and origin not in token.origins:
        raise Forbidden("Pages of this origin may not use this token.", code="other_origin")

"""The rules about signing in and out: an issuer says who a person is, and the person gets a token of a tenant."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import structlog
from anyio.to_thread import run_sync

from app.domain.actors import ActorKind
from app.domain.audit import AuditAction
from app.domain.tenants import ApiKey, TenantStatus
from app.domain.tokens import MOST_REQUESTS, TokenGrant
from app.errors import Conflict, NotFound, Unauthenticated
from app.http.auth import Principal
from app.storage.acting import acting, current_actor
from app.storage.database import Database
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.service_secrets import get_or_create_secret, get_secret
from app.tenants.service import TENANT_SCOPES
from app.tenants.sign_in.access import AccessRules, Person
from app.tenants.sign_in.flow import Flow, begin, opened, sealed
from app.tenants.sign_in.id_token import verified_claims
from app.tenants.sign_in.issuer import Issuer
from app.tenants.sign_in.once import Tickets, UsedFlows
from app.tenants.sign_in.refusals import Refusal, SignInRefused
from app.tenants.tokens.service import TokenService

log = structlog.get_logger(__name__)
KEY_LABEL = "OpenID Connect"  # of the key whose tokens people get; nobody has its secret
SEAL = "sign-in"  # name of the secret that seals the cookies of sign-ins under way


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIdConnect:
    """An issuer that people sign in with, and what they get."""

    name: str  # on the page's button
    issuer: Issuer
    scopes: str  # that the issuer is asked for, between spaces
    rules: AccessRules
    page: str  # address of the page, with a slash at its end
    origin: str  # of the page: the only one that may use the tokens
    session_s: int

    @property
    def is_secure(self) -> bool:
        """Whether browsers come over TLS: always, but on the machine itself."""
        return self.page.startswith("https:")


@dataclass(frozen=True, slots=True)
class Started:
    location: str  # of the issuer
    cookie: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back from the issuer. It is not trusted."""

    state: str
    code: str | None
    issuer: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """What the page of a person who is signed in has."""

    token: str
    expires_at: datetime
    name: str


class SignInService:
    """Signs people in and out. A sign-in may begin at one process of the service and end at another."""

    def __init__(
        self,
        db: Database,
        tokens: TokenService,
        connect: OpenIdConnect | None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`connect` None: nobody signs in but by a key."""
        self._db = db
        self._tokens = tokens
        self._connect = connect
        self._clock = clock
        self._secret = ""  # read from the database when it is needed first
        self._used = UsedFlows(db)
        self._tickets = Tickets(db)

    @property
    def connect(self) -> OpenIdConnect | None:
        """What people sign in with, if it is configured."""
        return self._connect

    def required(self) -> OpenIdConnect:
        """Raises NotFound if it is not configured."""
        if self._connect is None:
            raise NotFound("This service has no sign-in by OpenID Connect; use an API key.")
        return self._connect

    async def start(self) -> Started:
        """Where to send the browser, and what it keeps meanwhile. Raises NotFound and SignInRefused."""
        connect = self.required()
        metadata, flow = await connect.issuer.metadata(), begin(self._clock())
        asked = {
            "response_type": "code",
            "client_id": connect.issuer.client.id,
            "redirect_uri": connect.issuer.client.redirect_uri,
            "scope": connect.scopes,
            "state": flow.state,
            "nonce": flow.nonce,
            "code_challenge": flow.challenge,
            "code_challenge_method": "S256",
        }
        secret = await run_sync(self._shared_secret)
        return Started(with_query(metadata.authorization_endpoint, asked), sealed(flow, secret))

    async def finish(self, answered: Answered, cookie: str | None) -> str:
        """The ticket with which the page gets the token. Raises NotFound and SignInRefused."""
        connect = self.required()
        flow = await run_sync(self._flow, answered, cookie)
        await _check_issuer(connect.issuer, answered.issuer)
        if answered.error is not None or answered.code is None:
            raise SignInRefused(_refusal_of(answered.error), f"the issuer answered {(answered.error or '')[:100]!r}")
        tokens = await connect.issuer.redeem(answered.code, flow.verifier)
        person = connect.rules.person(await verified_claims(tokens, connect.issuer, flow.nonce))
        await run_sync(self._tenant_id, person.tenant)
        return await run_sync(self._tickets.put, person, self._clock())

    async def session(self, ticket: str | None) -> Session:
        """The token of the person behind a ticket, which is good once. Raises NotFound and Unauthenticated."""
        connect = self.required()
        person = await run_sync(self._tickets.take, ticket or "", self._clock())
        if person is None:
            raise Unauthenticated("This sign-in is over or was not begun here; sign in again.", code="sign_in_expired")
        try:
            return await run_sync(self._make_token, connect, person)
        except SignInRefused as fault:  # the tenant was suspended in the last minute
            raise Unauthenticated(
                "Your tenant is unknown or suspended; ask the operator.", code=fault.refusal
            ) from None

    async def sign_out(self, principal: Principal) -> str | None:
        """End the token. Returns where the issuer ends its own session, for one that a sign-in made.

        Raises Conflict for a key.
        """
        if principal.token_id is None:
            raise Conflict("A key is not signed out: forget it, or let the operator revoke it.", code="token_required")
        label = await run_sync(self._revoke, principal)
        if self._connect is None or label != KEY_LABEL:
            return None
        issuer = self._connect.issuer
        try:
            address = (await issuer.metadata()).end_session_endpoint
        except SignInRefused as fault:
            log.warning("issuer_unavailable", detail=fault.detail)
            return None
        asked = {"client_id": issuer.client.id, "post_logout_redirect_uri": self._connect.page}
        return None if address is None else with_query(address, asked)

    def _flow(self, answered: Answered, cookie: str | None) -> Flow:
        """The sign-in that the answer belongs to, which is then over."""
        now = self._clock()
        flow = None if cookie is None else opened(cookie, self._shared_secret(), now)
        if flow is None:
            raise SignInRefused(Refusal.EXPIRED, "no sign-in is under way in this browser, or it took too long")
        if not hmac.compare_digest(flow.state.encode(), answered.state.encode()):
            raise SignInRefused(Refusal.EXPIRED, "the answer belongs to another sign-in")
        if not self._used.claim(flow, now):
            raise SignInRefused(Refusal.EXPIRED, "this sign-in has ended before")
        return flow

    def _shared_secret(self) -> str:
        """The secret that all processes of the service seal sign-ins with."""
        if not self._secret:
            with self._db.read() as session:
                self._secret = get_secret(session, SEAL) or ""
        if not self._secret:
            with self._db.write() as session:
                self._secret = get_or_create_secret(session, SEAL)
        return self._secret

    def _make_token(self, connect: OpenIdConnect, person: Person) -> Session:
        tenant_id = self._tenant_id(person.tenant)
        grant = TokenGrant(
            user=person.user,
            scopes=person.scopes,
            groups=person.groups,
            origins=(connect.origin,),
            max_requests=MOST_REQUESTS,
        )
        key = self._key(tenant_id)
        who = replace(current_actor(), kind=ActorKind.SIGN_IN, tenant_id=tenant_id, user=person.user)
        with acting(who):
            action, ttl_s = AuditAction.SIGNED_IN, connect.session_s
            made = self._tokens.create(tenant_id, key.id, key.scopes, grant, ttl_s=ttl_s, action=action)
        log.info("signed_in", tenant_id=tenant_id, token_id=made.id)
        return Session(made.token, made.expires_at, person.name)

    def _tenant_id(self, name: str) -> str:
        with self._db.read() as session:
            try:
                tenant = Tenants(session).by_name(name)
            except NotFound:
                raise SignInRefused(Refusal.NO_TENANT, f"there is no tenant {name[:200]!r}") from None
        if tenant.status != TenantStatus.ACTIVE:
            raise SignInRefused(Refusal.NO_TENANT, f"the tenant {name[:200]!r} is suspended")
        return tenant.id

    def _key(self, tenant_id: str) -> ApiKey:
        """The tenant's key for sign-ins; a new one at the first, and after the operator revoked the former one."""
        with self._db.read() as session:
            found = Keys(session).labelled(tenant_id, KEY_LABEL)
        if found is not None:
            return found
        with self._db.write() as session:
            keys = Keys(session)
            return keys.labelled(tenant_id, KEY_LABEL) or keys.create(tenant_id, KEY_LABEL, TENANT_SCOPES)[0]

    def _revoke(self, principal: Principal) -> str:
        """The label of the key that made the token."""
        self._tokens.revoke(principal.tenant_id, principal.token_id or "")
        with self._db.read() as session:
            return Keys(session).get(principal.key_id).label


def with_query(address: str, parameters: dict[str, str]) -> str:
    """The address with these parameters behind those that it has."""
    parts = urlsplit(address)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *parameters.items()])
    return urlunsplit(parts._replace(query=query))


async def _check_issuer(issuer: Issuer, named: str | None) -> None:
    """Refuse an answer of another issuer than the one that was asked (RFC 9207)."""
    required = (await issuer.metadata()).authorization_response_iss_parameter_supported
    if named != issuer.url and (named is not None or required):
        raise SignInRefused(Refusal.NOT_VERIFIED, f"the answer is of another issuer: {(named or 'none')[:200]!r}")


def _refusal_of(error: str | None) -> Refusal:
    """What an error of the authorization endpoint means (RFC 6749, 4.1.2.1)."""
    if error in {"access_denied", "login_required", "interaction_required", "consent_required"}:
        return Refusal.CANCELLED
    unavailable = error in {"server_error", "temporarily_unavailable"}
    return Refusal.ISSUER_UNAVAILABLE if unavailable else Refusal.ISSUER_REFUSED

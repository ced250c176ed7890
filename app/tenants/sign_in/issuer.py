"""The issuer: what it says about itself, its keys, and ID tokens for codes.

It is the operator's choice, so it may be in the operator's own network. It may still be slow, huge or wrong: every call
has a deadline and a limit on what is read, follows no redirect, and trusts nothing but what was asked for.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote_plus, urlsplit

import anyio
import httpx
from anyio.to_thread import run_sync
from pydantic import BaseModel, ValidationError

from app.tenants.sign_in.refusals import Refusal, SignInRefused

WELL_KNOWN = "/.well-known/openid-configuration"
FRESH_S = 3600.0  # for which what the issuer says about itself and its keys are kept
PATIENCE_S = 5.0  # after a failure it is not asked again, and keys not for another unknown one
MOST_BYTES = 2**18
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
Body = TypeVar("Body", bound=BaseModel)
HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "loracle"}


class Metadata(BaseModel):
    """What of OpenID Connect Discovery is used here."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None = None
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]
    authorization_response_iss_parameter_supported: bool = False


class Tokens(BaseModel):
    """What the issuer gives for a code."""

    id_token: str
    access_token: str | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """This service, as the issuer knows it."""

    id: str
    secret: str  # empty: a public client, which PKCE alone protects
    redirect_uri: str


class Issuer:
    """One issuer. All of its calls come from the event loop.

    Every method raises SignInRefused: ISSUER_UNAVAILABLE if the issuer does not answer as it should in `timeout_s`.
    """

    def __init__(self, url: str, client: Client, *, timeout_s: float, clock: Callable[[], float]) -> None:
        """`url`: exactly as the issuer names itself. `clock`: seconds, never backwards."""
        self.url = url
        self.client = client
        self._timeout_s = timeout_s
        self._clock = clock
        self._lock = anyio.Lock()
        self._tls: ssl.SSLContext | None = None
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, list[dict[str, Any]]] | None = None
        self._failed: tuple[float, SignInRefused] | None = None

    async def metadata(self) -> Metadata:
        """What the issuer says about itself, from an hour ago at most."""
        async with self._lock:
            if self._metadata is None or self._clock() - self._metadata[0] > FRESH_S:
                self._metadata = self._clock(), await self._asked_patiently(self._discover)
            return self._metadata[1]

    async def key(self, key_id: str | None) -> dict[str, Any]:
        """The key of that id (JWK); the only key if the id is None. Keys are fetched again for an unknown id.

        Raises SignInRefused: NOT_VERIFIED if there is none.
        """
        uri = (await self.metadata()).jwks_uri
        async with self._lock:
            found = None if self._keys is None else _key_of(self._keys[1], key_id)
            age = None if self._keys is None else self._clock() - self._keys[0]
            if age is None or age > FRESH_S or (found is None and age > PATIENCE_S):
                self._keys = self._clock(), await self._asked_patiently(lambda: self._fetch_keys(uri))
                found = _key_of(self._keys[1], key_id)
        if found is None:
            raise SignInRefused(Refusal.NOT_VERIFIED, "the issuer has no key of the ID token's key id")
        return found

    async def check(self) -> int:
        """Ask the issuer for all that a sign-in needs before the person is there. Returns how many keys it has."""
        return len(await self._fetch_keys((await self.metadata()).jwks_uri))

    async def redeem(self, code: str, verifier: str) -> Tokens:
        """The tokens for a code. Raises SignInRefused: EXPIRED for a code that is over, ISSUER_REFUSED for all else."""
        metadata = await self.metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.redirect_uri,
            "code_verifier": verifier,
        }
        client, auth = self.client, None
        if not client.secret:
            form["client_id"] = client.id
        elif "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
            auth = httpx.BasicAuth(quote_plus(client.id), quote_plus(client.secret))
        else:
            form |= {"client_id": client.id, "client_secret": client.secret}
        status, body = await self._send("POST", metadata.token_endpoint, form, auth)
        if status in {400, 401, 403}:
            raise _refusal_of(body)
        if status != 200:
            raise _unavailable(f"its token endpoint answered {status}")
        return _read(Tokens, body, "its token endpoint")

    async def _asked_patiently(self, ask: Callable[[], Any]) -> Any:
        """What the call returns; for a few seconds after one that failed, the same failure again."""
        if self._failed is not None and self._clock() - self._failed[0] < PATIENCE_S:
            raise self._failed[1]
        try:
            answer = await ask()
        except SignInRefused as fault:
            self._failed = self._clock(), fault
            raise
        self._failed = None
        return answer

    async def _discover(self) -> Metadata:
        body = await self._get(self.url.rstrip("/") + WELL_KNOWN)
        metadata = _read(Metadata, body, "its configuration")
        if metadata.issuer != self.url:
            raise _unavailable(f"it names itself {metadata.issuer[:200]!r}, not {self.url!r}")
        endpoints = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
        for address in (*endpoints, *filter(None, [metadata.end_session_endpoint])):
            if not is_safe_address(address):
                raise _unavailable(f"it names an address without TLS: {address[:200]!r}")
        return metadata

    async def _fetch_keys(self, uri: str) -> list[dict[str, Any]]:
        body = await self._get(uri)
        try:
            keys = json.loads(body)["keys"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise _unavailable("its keys cannot be read") from None
        if not isinstance(keys, list):
            raise _unavailable("its keys are no list")
        return [key for key in keys if isinstance(key, dict) and key.get("use", "sig") == "sig"]

    async def _get(self, address: str) -> bytes:
        status, body = await self._send("GET", address)
        if status != 200:
            raise _unavailable(f"{address[:200]} answered {status}")
        return body

    async def _send(
        self,
        method: str,
        address: str,
        form: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
    ) -> tuple[int, bytes]:
        """Status and body of a response, within the deadline and the limit."""
        if self._tls is None:
            self._tls = await run_sync(httpx.create_ssl_context)
        try:
            with anyio.fail_after(self._timeout_s):
                async with (
                    httpx.AsyncClient(verify=self._tls, timeout=None) as http,  # noqa: S113 - the deadline is above
                    http.stream(method, address, data=form, headers=HEADERS, auth=auth) as response,
                ):
                    return response.status_code, await _limited(response)
        except TimeoutError:
            raise _unavailable(f"{address[:200]} took longer than {self._timeout_s:g} s") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
            raise _unavailable(f"{address[:200]} cannot be reached ({type(fault).__name__})") from None


def is_safe_address(address: str) -> bool:
    """Whether an address is https, or http on this machine, without a user name or a fragment."""
    try:
        parts = urlsplit(address)
        numbered = parts.port != 0  # reading it checks it
    except ValueError:
        return False
    plain = parts.username is None and not parts.fragment and address.isprintable() and " " not in address
    local = parts.scheme == "http" and parts.hostname in LOOPBACK
    return numbered and plain and bool(parts.hostname) and (parts.scheme == "https" or local)


async def _limited(response: httpx.Response) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise _unavailable(f"{response.url} answered with a compressed body, which was not asked for")
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > MOST_BYTES:
            raise _unavailable(f"{response.url} answered with more than {MOST_BYTES:,} bytes")
    return bytes(body)


def _key_of(keys: list[dict[str, Any]], key_id: str | None) -> dict[str, Any] | None:
    if key_id is None:
        return keys[0] if len(keys) == 1 else None
    return next((key for key in keys if key.get("kid") == key_id), None)


def _refusal_of(body: bytes) -> SignInRefused:
    """What an error of the token endpoint means (RFC 6749, 5.2)."""
    try:
        code = str(json.loads(body)["error"])[:100]
    except (ValueError, KeyError, TypeError, RecursionError):
        code = "no reason"
    if code == "invalid_grant":
        return SignInRefused(Refusal.EXPIRED, "the issuer refuses the code: it is over, used, or of another sign-in")
    return SignInRefused(Refusal.ISSUER_REFUSED, f"the issuer's token endpoint refuses this service: {code!r}")


def _read(kind: type[Body], body: bytes, where: str) -> Body:
    try:
        return kind.model_validate_json(body)
    except ValidationError as fault:
        fields = ", ".join(".".join(map(str, error["loc"])) or "JSON" for error in fault.errors())
        raise _unavailable(f"{where} cannot be read ({fields})") from None


def _unavailable(why: str) -> SignInRefused:
    return SignInRefused(Refusal.ISSUER_UNAVAILABLE, why)

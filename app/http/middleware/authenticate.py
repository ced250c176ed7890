"""ASGI middleware: who asks, before any of the body is read."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import AppError, Forbidden, Unauthenticated
from app.http.auth import MISSING_KEY, Authenticator, sole_credential
from app.http.dependencies import PRINCIPAL
from app.http.errors import error_response
from app.http.key_use import KeyUse
from app.http.refused_keys import RefusedKeys
from app.http.scopes import client_address, path_of
from app.http.services import registered_services
from app.observability import request_id_var
from app.storage.acting import acting
from app.storage.visibility import seeing


class Authenticate:
    """Authenticates every request to a path that is not public, before any of its body is read.

    All that the request then reads of its tenant is narrowed to what its principal sees.
    A path that is not listed as public needs a key, whether it exists or not.
    """

    def __init__(self, app: ASGIApp, *, public: frozenset[str], public_prefixes: tuple[str, ...]) -> None:
        self._app = app
        self._public = public
        self._public_prefixes = public_prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._is_public(path_of(scope)):
            await self._app(scope, receive, send)
            return
        authenticator, headers = registered_services(scope["app"]).get(Authenticator), Headers(scope=scope)
        try:
            principal = await authenticator.identify(sole_credential(headers), headers.get("origin"))
        except AppError as fault:
            if isinstance(fault, (Unauthenticated, Forbidden)) and fault.code != MISSING_KEY:
                registered_services(scope["app"]).get(RefusedKeys).note(fault.code)
            await error_response(fault)(scope, receive, send)
            return
        if principal.token_id is None:
            registered_services(scope["app"]).get(KeyUse).note(principal.key_id)
        scope[PRINCIPAL] = principal
        with seeing(principal.visibility), acting(principal.actor(client_address(scope), request_id_var.get())):
            await self._app(scope, receive, send)

    def _is_public(self, path: str) -> bool:
        return path in self._public or path.startswith(self._public_prefixes)

"""ASGI middleware: request ids, with the access log and metrics."""

from __future__ import annotations

import logging
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.actors import Actor, ActorKind
from app.http.auth import Principal
from app.http.dependencies import PRINCIPAL
from app.http.drain import Drain
from app.http.scopes import client_address
from app.http.services import registered_services
from app.observability import Metrics, new_request_id, request_id_var
from app.storage.acting import acting

log = structlog.get_logger("access")
METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})  # others are one label
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})  # asked every few seconds: logged at DEBUG
MOST_METHOD = 16  # characters of a method, in the log


class RequestContext:
    """Gives each request an id; logs and counts the request when its answer has ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = new_request_id(Headers(scope=scope).get("x-request-id"))
        token = request_id_var.set(request_id)
        nobody = Actor(ActorKind.NOBODY, address=client_address(scope), request_id=request_id)
        started = time.perf_counter()
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                if registered_services(scope["app"]).get(Drain).is_set():
                    headers["Connection"] = "close"  # a proxy then opens its next connection elsewhere
            await send(message)

        try:
            with acting(nobody):
                await self._app(scope, receive, send_with_id)
        finally:
            self._record(scope, status, time.perf_counter() - started)
            request_id_var.reset(token)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")  # the template: no ids in labels or logs
        method = "any" if route == "unmatched" else scope["method"] if scope["method"] in METHODS else "other"
        metrics = registered_services(scope["app"]).get(Metrics)
        metrics.requests.labels(method, route, status).inc()
        metrics.seconds.labels(method, route).observe(seconds)
        log.log(
            logging.DEBUG if route in PROBES else logging.INFO,
            "request",
            method=scope["method"][:MOST_METHOD],
            route=route,
            status=status,
            seconds=round(seconds, 4),
            client=client_address(scope),
            **_caller(scope.get(PRINCIPAL)),
        )


def _caller(principal: Principal | None) -> dict[str, str]:
    """Whose request it is, for the access log; nothing of one without a valid key."""
    if principal is None:
        return {}
    named = {"token_id": principal.token_id, "user": principal.user}
    return {"tenant_id": principal.tenant_id, "key_id": principal.key_id, **{k: v for k, v in named.items() if v}}

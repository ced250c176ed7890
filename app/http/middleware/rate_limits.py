"""ASGI middleware that charges each authenticated request to its meter and tells what is left in the headers."""

from __future__ import annotations

from anyio import CapacityLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.usage import REQUEST_LIMITS, TOKEN_LIMITS, RateState
from app.errors import AppError
from app.http.auth import Principal
from app.http.dependencies import PRINCIPAL
from app.http.errors import error_response
from app.http.services import registered_services
from app.metering.meter import Meter, metered
from app.metering.metering import Metering

THREADS = 4  # apart from those of requests, which one tenant may use up
TOLD = {"requests": REQUEST_LIMITS, "tokens": TOKEN_LIMITS}
RATE_HEADERS = tuple(f"X-RateLimit-{part}-{of.title()}" for of in TOLD for part in ("Limit", "Remaining", "Reset"))


class RateLimits:
    """Refuses what is above a limit with 429; stands within Authenticate, which says whose request it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._threads = CapacityLimiter(THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        principal: Principal | None = scope.get(PRINCIPAL)
        if principal is None:
            await self._app(scope, receive, send)
            return
        meter = (
            registered_services(scope["app"])
            .get(Metering)
            .meter(principal.tenant_id, key_id=principal.key_id, token_id=principal.token_id, user=principal.user)
        )

        async def send_with_state(message: Message) -> None:
            if message["type"] == "http.response.start":
                tell(meter, MutableHeaders(scope=message))
            await send(message)

        try:
            await meter.begin(self._threads)
        except AppError as fault:
            await error_response(fault)(scope, receive, send_with_state)
            return
        with metered(meter):
            await self._app(scope, receive, send_with_state)


def tell(meter: Meter, headers: MutableHeaders) -> None:
    """Add what is left of the limits, in the headers of OpenAI's API; a reset is written as there: `1.5s`."""
    for name, resources in TOLD.items():
        state: RateState | None = meter.state(resources)
        if state is not None:
            headers[f"x-ratelimit-limit-{name}"] = str(state.limit)
            headers[f"x-ratelimit-remaining-{name}"] = str(state.remaining)
            headers[f"x-ratelimit-reset-{name}"] = f"{state.reset_s:.3f}".rstrip("0").rstrip(".") + "s"

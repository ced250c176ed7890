"""ASGI middleware that refuses an upload for which its tenant has no room, before any of it is read."""

from __future__ import annotations

from functools import partial
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import AppError
from app.http.auth import Principal
from app.http.dependencies import PRINCIPAL
from app.http.errors import error_response
from app.http.idempotent_route import HEADER as IDEMPOTENCY_KEY
from app.http.middleware.body_limit import FORM_OVERHEAD, declared_bytes, has_body
from app.http.route_table import RouteTable
from app.http.services import registered_services
from app.http.uploads import ROOM, FormRoom, Uploads, uploads_of
from app.metering.upload_room import UploadRoom
from app.metering.upload_rooms import UploadRooms

THREADS = 4  # apart from those of requests, which one tenant may use up
ANY_LENGTH = 2**62  # of a body that does not say how long it is


class UploadQuotas:
    """Refuses a declared length that cannot fit, and lets the form that is then read count its files as they come.

    It stands within RateLimits, whose headers the refusal has, and BodyLimit, and around all that reads bodies. What is
    left may go to another upload meanwhile, so the transaction that records the files looks again.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._uploads = RouteTable(uploads_of)
        self._threads = CapacityLimiter(THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        principal: Principal | None = scope.get(PRINCIPAL)
        uploads = self._uploads.find(scope) if principal is not None and has_body(scope) else None
        if principal is not None and uploads is not None:
            try:
                scope[ROOM] = await self._look(scope, principal, uploads)
            except AppError as fault:
                await error_response(fault)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _look(self, scope: Scope, principal: Principal, uploads: Uploads) -> FormRoom | None:
        """Raises QuotaExceeded and RateLimited. None: nothing bounds the files of this request."""
        headers, rooms = Headers(scope=scope), registered_services(scope["app"]).get(UploadRooms)
        declared, key = declared_bytes(headers), headers.get(IDEMPOTENCY_KEY)
        most = declared or ANY_LENGTH
        room: UploadRoom = await self._run(rooms.look, principal.tenant_id, uploads.needs, most)
        if room.fits(most) and room.no_document is None:
            return None
        caller = principal.token_id or principal.key_id
        if key and await self._run(rooms.is_repeat, principal.tenant_id, caller, key):
            return None
        room.check(1 if uploads.each_alone else max(1, declared - FORM_OVERHEAD))
        if uploads.each_alone and key:
            return None  # equal requests are known by all bytes of their files
        return FormRoom(uploads, room, self._name_check(rooms, principal.tenant_id, uploads, room))

    def _name_check(self, rooms: UploadRooms, tenant_id: str, uploads: Uploads, room: UploadRoom) -> Any:
        name_of, fault = uploads.name_of, room.no_document
        if name_of is None or fault is None:
            return None

        async def check(declared: str) -> None:
            await self._run(rooms.check_name, tenant_id, name_of(declared), fault)

        return check

    async def _run(self, call: Any, *given: Any) -> Any:
        return await run_sync(partial(call, *given), limiter=self._threads)

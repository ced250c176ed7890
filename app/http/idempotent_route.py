"""Routes whose POST is done once for an idempotency key: the same request again gets the first answer.

Their forms have each field once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any, BinaryIO

from anyio.to_thread import run_sync
from fastapi import Depends, Header, Request
from fastapi.params import Depends as Dependency
from fastapi.responses import Response, StreamingResponse
from starlette.datastructures import UploadFile

from app.domain.idempotency import StoredAnswer
from app.http.api_route import ApiRoute, Handler, checked
from app.http.auth import Principal
from app.http.dependencies import PRINCIPAL
from app.http.errors import responses as error_responses
from app.http.form_fields import is_form, is_multipart, refuse_repeated, single_fields
from app.http.idempotency import Caller, IdempotencyService, Reservation
from app.http.services import registered_services

HEADER = "Idempotency-Key"
MOST_KEY_CHARS = 255
REPLAYED = {"Idempotent-Replayed": "true"}
EVENTS = "text/event-stream"


async def idempotency_key(
    _key: Annotated[
        str | None,
        Header(
            alias=HEADER,
            min_length=1,
            max_length=MOST_KEY_CHARS,
            description="The same key with the same request within 24 hours gets the first answer again, streams too, "
            "with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work.",
        ),
    ] = None,
) -> None:
    """Documents the header and refuses a malformed one; IdempotentRoute reads it."""


class IdempotentRoute(ApiRoute):
    """The route class of routers that make something: `APIRouter(route_class=IdempotentRoute)`."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        methods: set[str] | list[str] | None = None,
        dependencies: Sequence[Dependency] | None = None,
        responses: dict[int | str, dict[str, Any]] | None = None,
        **more: Any,
    ) -> None:
        if "POST" in (methods or ()):
            dependencies = [*(dependencies or ()), Depends(idempotency_key)]
            responses = {**error_responses(409), **(responses or {})}
        super().__init__(path, endpoint, methods=methods, dependencies=dependencies, responses=responses, **more)

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        if "POST" not in (self.methods or ()):
            return handle
        once = partial(_answer_once, partial(_with_single_fields, handle, single_fields(self.dependant)), self.name)
        return checked(once)


async def _with_single_fields(handle: Handler, single: frozenset[str], request: Request) -> Response:
    if single and is_form(request):
        await refuse_repeated(request, single)
    return await handle(request)


async def _answer_once(handle: Handler, operation: str, request: Request) -> Response:
    """The answer of `handle`, or of the equal request before. Raises InvalidRequest and Conflict."""
    key = request.headers.get(HEADER, "")
    principal: Principal | None = request.scope.get(PRINCIPAL)
    if principal is None or not 0 < len(key) <= MOST_KEY_CHARS:
        return await handle(request)  # without a key, or with one that the operation refuses
    try:
        return await _answer_under(key, principal, handle, operation, request)
    finally:
        await request.close()  # a form that was read for the digest, whoever answers


async def _answer_under(key: str, principal: Principal, handle: Handler, operation: str, request: Request) -> Response:
    digest = await _digest(request)
    service = registered_services(request.app).get(IdempotencyService)
    reserved = await service.reserve(_caller(principal, request), operation, key, digest)
    if isinstance(reserved, StoredAnswer):
        return _replay(reserved)
    async with reserved:
        response = await handle(request)
        await _keep(response, reserved, service)
    return response


async def _keep(response: Response, reservation: Reservation, service: IdempotencyService) -> None:
    """Store a good answer: a stream when it has ended, whatever its client does."""
    if not 200 <= response.status_code < 300:
        return
    media_type = response.headers.get("content-type", "application/json")
    if isinstance(response, StreamingResponse):
        going_on = reservation.hand_over()
        keep = partial(going_on.complete, response.status_code, media_type)
        response.body_iterator = service.streams.relay(response.body_iterator, going_on, keep)
    else:
        await reservation.complete(response.status_code, media_type, bytes(response.body))


def _replay(stored: StoredAnswer) -> Response:
    headers = {**REPLAYED, "content-type": stored.media_type}
    if stored.media_type.startswith(EVENTS):
        headers["Cache-Control"] = "no-store"
    return Response(stored.body, stored.status, headers)


def _caller(principal: Principal, request: Request) -> Caller:
    secret = request.headers["authorization"].partition(" ")[2].strip()
    return Caller(principal.tenant_id, principal.token_id or principal.key_id, secret)


async def _digest(request: Request) -> str:
    """The sha256 of what a request asks for: a form's boundary and the order of JSON's fields do not count."""
    digest = hashlib.sha256(f"{request.url.path}?{request.url.query}\0".encode())
    if is_multipart(request):
        for name, value in (await request.form()).multi_items():
            digest.update(json.dumps([name, *await _part(value)]).encode())
    else:
        digest.update(_canonical(await request.body()))
    return digest.hexdigest()


async def _part(value: UploadFile | str) -> list[str | None]:
    if isinstance(value, str):
        return [value]
    content = await run_sync(_file_digest, value.file)
    await value.seek(0)
    return [value.filename, content]


def _file_digest(file: BinaryIO) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # a spooled file fits


def _canonical(body: bytes) -> bytes:
    try:
        return json.dumps(json.loads(body), sort_keys=True).encode()
    except (ValueError, RecursionError):
        return body

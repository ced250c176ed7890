"""Every error as one envelope: {"error": {message, type, param, code}, "request_id"}."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from app.errors import DISK_FULL_MESSAGE, AppError, StorageFull, is_disk_full
from app.http.unknown_calls import allowed_methods, no_such_call, wrong_method
from app.observability import request_id_var

log = structlog.get_logger(__name__)

JSON_WANTED = "The body is not sent as JSON; send it with the header `Content-Type: application/json`."
HTTP_CODES = {
    400: ("invalid_request_error", "bad_request"),
    404: ("not_found_error", "not_found"),
    405: ("invalid_request_error", "method_not_allowed"),
    413: ("invalid_request_error", "payload_too_large"),
    415: ("invalid_request_error", "unsupported_media_type"),
}


class ErrorDetail(BaseModel):
    message: str = Field(description="What is wrong and what to do about it.")
    type: str = Field(description="The kind of error.", examples=["invalid_request_error"])
    param: str | None = Field(description="The field that is wrong, if one is.")
    code: str = Field(description="Stable and machine-readable.", examples=["not_found"])


class ErrorEnvelope(BaseModel):
    error: ErrorDetail
    request_id: str = Field(description="Also in X-Request-Id; quote it when you ask for help.")


DESCRIPTIONS = {
    400: "The request cannot be read, for example because the JSON or the form data is malformed.",
    401: "No API key, or one that is unknown or revoked; or a token that has ended.",
    403: "The key or token lacks the scope, or may not be used here; or its tenant is suspended.",
    404: "No such thing, or not yours: both look alike.",
    409: "The thing is in a state that does not allow this.",
    413: "The body or the file is too large, or your tenant has as much as a quota allows; `param` names it.",
    415: "The file is of no supported type, or the body of no expected content type.",
    416: "The header Range names no bytes of the file.",
    422: "A field is missing, unknown or out of bounds; `param` names it.",
    429: "A limit of your tenant, key or token is reached; see Retry-After.",
    503: "The service is at its limit, busy or not ready; see Retry-After.",
    504: "The answer did not finish in time.",
    507: "The disk is full; nothing was saved.",
}


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI entries of an operation's errors. The errors of every authenticated operation are included."""
    return public_responses(401, 403, 429, *statuses)


def public_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The same of an operation that needs no key."""
    return {
        status: {"model": ErrorEnvelope, "description": DESCRIPTIONS[status]}
        for status in sorted({422, 503, *statuses})
    }


def envelope(
    status: int, message: str, kind: str, code: str, param: str | None = None, headers: dict[str, str] | None = None
) -> JSONResponse:
    """An error response; `kind` is its `type`."""
    body = {
        "error": {"message": message, "type": kind, "param": param, "code": code},
        "request_id": request_id_var.get(),
    }
    return JSONResponse(body, status_code=status, headers=headers)


def error_response(fault: AppError) -> JSONResponse:
    """The response that an AppError becomes, with Retry-After and WWW-Authenticate where they apply."""
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
    if fault.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if fault.status == 408:  # RFC 9110, 15.5.9: the rest of the body may still come
        headers["Connection"] = "close"
    return envelope(fault.status, fault.message, fault.type, fault.code, fault.param, headers)


def error_body(fault: AppError) -> dict[str, Any]:
    """The envelope as a dict, for an error in the middle of a stream."""
    detail = {"message": fault.message, "type": fault.type, "param": fault.param, "code": fault.code}
    return {"error": detail, "request_id": request_id_var.get()}


def install(app: FastAPI) -> None:
    """Register the handlers that turn every error into the envelope."""

    @app.exception_handler(AppError)
    async def on_app_error(_request: Request, fault: AppError) -> JSONResponse:
        if fault.status >= 500:
            log.warning("request_failed", code=fault.code, message=fault.message)
        return error_response(fault)

    @app.exception_handler(RequestValidationError)
    async def on_invalid(_request: Request, fault: RequestValidationError) -> JSONResponse:
        return _invalid(fault)

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, fault: HTTPException) -> JSONResponse:
        if isinstance(fault.__cause__, AppError):  # raised while FastAPI read the body, such as one that is too large
            return error_response(fault.__cause__)
        if is_disk_full(fault.__cause__):  # large forms are written to temporary files
            return error_response(StorageFull(DISK_FULL_MESSAGE))
        kind, code = HTTP_CODES.get(fault.status_code, ("invalid_request_error", "http_error"))
        message, headers = _told(app, request, fault)
        return envelope(fault.status_code, message, kind, code, headers=headers)

    @app.exception_handler(OSError)
    async def on_os_error(request: Request, fault: OSError) -> JSONResponse:
        return error_response(StorageFull(DISK_FULL_MESSAGE)) if is_disk_full(fault) else await on_crash(request, fault)

    @app.exception_handler(Exception)
    async def on_crash(_request: Request, fault: Exception) -> JSONResponse:
        log.error("request_crashed", error=type(fault).__name__, exc_info=fault)
        return crash_response()


def crash_response() -> JSONResponse:
    """The response to a fault of the service itself."""
    return envelope(500, "Something went wrong inside the service; it is in its log.", "server_error", "internal")


def _invalid(fault: RequestValidationError) -> JSONResponse:
    """The response to a request that its schema does not allow: it tells the first fault."""
    first = fault.errors()[0]
    if first["type"] == "json_invalid":
        return envelope(400, "The body is not valid JSON.", "invalid_request_error", "malformed_json", "body")
    if _is_unread(first):
        return envelope(422, JSON_WANTED, "invalid_request_error", "not_json", "body")
    param = ".".join(_place(first["loc"])) or "body"
    message = f"{param}: {first['msg']}."
    return envelope(422, message, "invalid_request_error", "invalid_request", param)


def _place(location: Sequence[int | str]) -> Iterator[str]:
    """The names of the fields in a location, which begins with "body", "query", "path" or "header"."""
    for part in map(str, location[1:]):
        if "[" in part:  # a kind of value, of which the field takes several
            return
        yield part


def _is_unread(error: Any) -> bool:
    """Whether a body was taken for text because its content type is not JSON's."""
    return error["loc"] == ("body",) and isinstance(error.get("input"), bytes)


def _told(app: FastAPI, request: Request, fault: HTTPException) -> tuple[str, dict[str, str]]:
    """The message and the headers of a fault that the framework raises."""
    method, headers = request.method, dict(fault.headers or {})
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    if fault.status_code == 404:
        return no_such_call(app, method, path), headers
    allowed = allowed_methods(app, path) if fault.status_code == 405 else []
    if allowed:
        return wrong_method(method, path, allowed), {**headers, "Allow": ", ".join(allowed)}
    return f"{str(fault.detail).rstrip('.')}.", headers

"""What the service answers to a request that it does not carry out."""

from __future__ import annotations

from typing import Any

import httpx


class LoracleError(Exception):
    """`status` is 0 for an error in the middle of a stream; `retry_after` is in seconds."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        code: str,
        param: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.param = param
        self.request_id = request_id
        self.retry_after = retry_after


def error_of(envelope: Any, status: int = 0, retry_after: float | None = None) -> LoracleError:
    """The error of an envelope: the body of a refused request, or the data of an `error` event."""
    error = envelope["error"]
    return LoracleError(
        error["message"],
        status=status,
        code=error["code"],
        param=error["param"],
        request_id=envelope["request_id"],
        retry_after=retry_after,
    )


def raise_for_error(response: httpx.Response) -> None:
    """Raise LoracleError if the response, whose body has been read, is an error."""
    if response.status_code < 400:
        return
    after = response.headers.get("Retry-After", "")
    retry_after = float(after) if after.isdecimal() else None
    try:
        fault = error_of(response.json(), response.status_code, retry_after)
    except (ValueError, TypeError, KeyError):  # it comes from a proxy
        status = response.status_code
        fault = LoracleError(f"The service answered {status}.", status=status, code="http_error")
    raise fault

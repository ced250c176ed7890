"""Every error that a caller can get, with its HTTP status. Its message says what to do.

AppError
├── InvalidRequest 422            malformed or out-of-bounds input (`param` names the field)
│   ├── PromptTooLong 422         the question and its frame do not fit the model's context
│   └── AdapterInvalid 422        uploaded adapter does not fit the base model or breaks a rule
├── Unauthenticated 401           no key, unknown key, revoked key
├── Forbidden 403                 key lacks the scope, or the tenant is suspended
├── NotFound 404                  unknown, deleted, or of another tenant: the answer is the same
├── RequestTimeout 408            the client did not send the request's body in time
├── Conflict 409                  the object is in a state that does not allow the call
├── PayloadTooLarge 413           the body or the file exceeds its limit
├── QuotaExceeded 413             the tenant has as much as it may: something must be deleted (`param` names the quota)
├── UnsupportedMedia 415          no parser reads this type of file
├── RateLimited 429               the tenant's own limit, which waiting helps (`retry_after` seconds)
├── Unavailable 503               the service is at its limit, or a part of it is not ready (`retry_after` seconds)
│   ├── WeightsUnavailable 503    model files missing, corrupt or out of reach
│   ├── FilesUnavailable 503      the storage of uploaded files and adapters is out of reach
│   ├── RequestTimedOut 503       the request took too long: its reads and loops have ended
│   └── GenerationInterrupted 503 the server that generates was lost in the middle of an answer
├── ClientGone 499               the client closed its connection: the work for it has ended, nobody reads this
├── DeadlineExceeded 504          the answer did not finish in time
└── StorageFull 507               the disk or the database is full; nothing was saved

DocumentFailure is no HTTP error: it is recorded on the document that could not be ingested.
"""

from __future__ import annotations

import errno


class AppError(Exception):
    """Base of all errors that reach a caller: `code` is stable, `message` is for people."""

    status = 500
    type = "server_error"
    code = "internal_error"

    def __init__(
        self,
        message: str,
        *,
        param: str | None = None,
        code: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        self.code = code or type(self).code
        self.retry_after = retry_after


class InvalidRequest(AppError):
    status, type, code = 422, "invalid_request_error", "invalid_request"


class PromptTooLong(InvalidRequest):
    code = "prompt_too_long"


class AdapterInvalid(InvalidRequest):
    code = "adapter_invalid"


class Unauthenticated(AppError):
    status, type, code = 401, "authentication_error", "invalid_api_key"


class Forbidden(AppError):
    status, type, code = 403, "permission_error", "forbidden"


class NotFound(AppError):
    status, type, code = 404, "not_found_error", "not_found"


class RequestTimeout(AppError):
    status, type, code = 408, "timeout_error", "request_timeout"


class Conflict(AppError):
    status, type, code = 409, "conflict_error", "conflict"


class PayloadTooLarge(AppError):
    status, type, code = 413, "invalid_request_error", "payload_too_large"


class QuotaExceeded(AppError):
    status, type, code = 413, "insufficient_quota", "quota_exceeded"


class UnsupportedMedia(AppError):
    status, type, code = 415, "invalid_request_error", "unsupported_media_type"


class RateLimited(AppError):
    status, type, code = 429, "rate_limit_error", "rate_limited"


class Unavailable(AppError):
    status, type, code = 503, "service_unavailable_error", "unavailable"


class WeightsUnavailable(Unavailable):
    code = "weights_unavailable"


class GenerationInterrupted(Unavailable):
    code = "generation_interrupted"


class FilesUnavailable(Unavailable):
    code = "file_storage_unavailable"


class RequestTimedOut(Unavailable):
    code = "request_timeout"


class ClientGone(AppError):
    status, type, code = 499, "invalid_request_error", "client_gone"


class DeadlineExceeded(AppError):
    status, type, code = 504, "timeout_error", "deadline_exceeded"


class StorageFull(AppError):
    status, type, code = 507, "storage_error", "storage_full"


DISK_FULL_MESSAGE = "The disk or the database is full; nothing was saved. Free some space and try again."


def is_disk_full(fault: BaseException | None) -> bool:
    """Whether an error of the operating system says that no more can be written: disk, quota or file size."""
    return isinstance(fault, OSError) and fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class DocumentFailure(Exception):
    """Why a document could not be ingested: recorded on the document, never raised to a caller.

    With `retry` the worker tries the job again.

    Codes: empty_document, encrypted, truncated, unsupported_media_type, no_text, ocr_unavailable, parser_failed,
    parser_timeout, parser_memory, parser_isolation, too_many_pages, too_much_text, too_many_cells, too_many_members,
    too_many_pixels, nested_too_deeply.
    """

    def __init__(self, code: str, message: str, *, retry: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry = retry

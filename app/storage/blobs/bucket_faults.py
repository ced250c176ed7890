"""What the errors of an S3 client mean: for whoever called, and for the operator."""

from __future__ import annotations

import structlog

from app.errors import FilesUnavailable

log = structlog.get_logger(__name__)
RETRY_AFTER_S = 5
NO_OBJECT = {"NoSuchKey", "404", "NotFound"}  # a bucket that is missing answers so only where no body is sent
TAKEN = {"PreconditionFailed", "412"}
UNSUPPORTED = {"NotImplemented", "501"}
BUSY = {"SlowDown", "503", "ServiceUnavailable", "RequestLimitExceeded", "TooManyRequests", "429"}
REFUSED = {
    "AccessDenied": "the access key may not read, write and delete objects there; allow s3:GetObject, s3:PutObject, "
    "s3:DeleteObject and s3:ListBucket",
    "403": "access is forbidden",
    "InvalidAccessKeyId": "the access key is unknown; check LORACLE_S3_ACCESS_KEY_ID or the client's own configuration",
    "SignatureDoesNotMatch": "the secret key is wrong; check LORACLE_S3_SECRET_ACCESS_KEY",
    "ExpiredToken": "the credentials have expired",
    "RequestTimeTooSkewed": "this machine's clock is wrong",
    "AuthorizationHeaderMalformed": "the region is wrong; set LORACLE_S3_REGION",
    "PermanentRedirect": "the bucket is in another region; set LORACLE_S3_REGION",
    "NoSuchBucket": "the bucket does not exist; create it, or set LORACLE_S3_BUCKET",
}


class BucketFault(FilesUnavailable):
    """The store did not do what it was asked. Callers read that they can try again; the log says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "The file storage does not answer; nothing was changed. Try again in a few seconds.",
            retry_after=RETRY_AFTER_S,
        )
        self.reason = reason

    def for_operator(self) -> FilesUnavailable:
        """The same fault with its reason, for the command line."""
        return FilesUnavailable(f"The file storage cannot be used: {self.reason}.", retry_after=RETRY_AFTER_S)


class Missing(Exception):
    """There is no such object."""


def bucket_fault(fault: Exception, bucket: str, endpoint: str) -> BucketFault | Missing | None:
    """What an error of the client means; None if it is none of the client's."""
    from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
    from botocore.exceptions import ConnectionError as NoConnection

    if isinstance(fault, ClientError):
        code = _code(fault)
        if code in NO_OBJECT:
            return Missing()
        reason = f"bucket {bucket} at {endpoint}: {REFUSED.get(code) or _said(fault, code)}"
    elif isinstance(fault, HTTPClientError | NoConnection):
        reason = f"{endpoint} does not answer ({type(fault).__name__}); check LORACLE_S3_ENDPOINT_URL and the network"
    elif isinstance(fault, BotoCoreError):
        reason = f"bucket {bucket} at {endpoint}: {fault}"
    else:
        return None
    log.warning("file_storage_fault", reason=reason)
    return BucketFault(reason)


def is_taken(fault: Exception) -> bool:
    """Whether the store refused to replace an object."""
    return _code(fault) in TAKEN


def is_unsupported(fault: Exception) -> bool:
    """Whether the store does not know something that was asked of it."""
    return _code(fault) in UNSUPPORTED


def is_cut_off(fault: Exception) -> bool:
    """Whether a download ended before all of it had come."""
    from botocore.exceptions import IncompleteReadError, ReadTimeoutError, ResponseStreamingError

    return isinstance(fault, IncompleteReadError | ReadTimeoutError | ResponseStreamingError)


def _code(fault: Exception) -> str:
    answer = getattr(fault, "response", None)
    return str(answer.get("Error", {}).get("Code", "")) if isinstance(answer, dict) else ""


def _said(fault: Exception, code: str) -> str:
    if code in BUSY:
        return "it is overloaded"
    return f"it answers {code or 'an error'}: {fault}"

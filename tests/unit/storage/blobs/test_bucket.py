"""S3-compatible storage that refuses, is slow, is down, loses or changes bytes: each is told apart, none is served."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.request import urlopen

import pytest
from structlog.testing import capture_logs
from werkzeug.wrappers import Response

from app.errors import InvalidRequest, NotFound, Unavailable
from app.storage.blobs.bucket import ATTEMPTS, PART_BYTES, Bucket
from app.storage.blobs.bucket_faults import BucketFault
from app.storage.blobs.node_cache import NodeCache
from app.storage.blobs.s3 import S3Blobs
from tests.support.s3 import S3Server, Spoil, cut_off, error, only, other_bytes, silent


@pytest.fixture(autouse=True)
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0.0)


@pytest.fixture
def bucket(s3: S3Server) -> Bucket:
    return Bucket(s3.address(timeout_s=0.3))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"what was uploaded")
    return path


def put(bucket: Bucket, key: str, file: Path) -> None:
    bucket.put(key, file, hashlib.sha256(file.read_bytes()).hexdigest())


def test_check_of_a_store_that_works_leaves_nothing_there(bucket: Bucket) -> None:
    bucket.check()
    assert list(bucket.list("")) == []


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (error(403, "AccessDenied"), "may not read, write and delete"),
        (error(403, "InvalidAccessKeyId"), "access key is unknown"),
        (error(403, "SignatureDoesNotMatch"), "secret key is wrong"),
        (error(403, "RequestTimeTooSkewed"), "clock is wrong"),
        (error(404, "NoSuchBucket"), "does not exist; create it"),
        (error(503, "SlowDown"), "overloaded"),
        (error(500, "InternalError"), "InternalError"),
        (silent(1.0), "ReadTimeoutError"),
        (lambda *_: Response(b"<html>a proxy's page</html>", status=502), "502"),
    ],
)
def test_check_says_what_is_wrong(s3: S3Server, bucket: Bucket, spoil: Spoil, reason: str) -> None:
    with s3.spoiled(spoil), pytest.raises(Unavailable, match=reason):
        bucket.check()


def test_bucket_that_is_missing_is_told_apart(s3: S3Server) -> None:
    address = s3.address()
    s3.remove(address)
    with pytest.raises(Unavailable, match="does not exist; create it, or set LORACLE_S3_BUCKET"):
        Bucket(address).check()


def test_storage_that_is_down_is_one_clear_line(s3: S3Server) -> None:
    address = s3.address(endpoint_url="http://127.0.0.1:9")
    with pytest.raises(Unavailable, match=r"http://127\.0\.0\.1:9 does not answer .* LORACLE_S3_ENDPOINT_URL"):
        Bucket(address).check()


def test_endpoint_that_is_no_url_is_refused(s3: S3Server) -> None:
    with pytest.raises(InvalidRequest, match="LORACLE_S3_ENDPOINT_URL"):
        Bucket(s3.address(endpoint_url="minio"))


def test_secret_stands_in_no_error_and_no_log(s3: S3Server) -> None:
    address = s3.address(secret_access_key="do-not-show")
    with capture_logs() as logs, s3.spoiled(error(403, "SignatureDoesNotMatch")), pytest.raises(Unavailable) as fault:
        Bucket(address).check()
    assert "do-not-show" not in f"{fault.value}{fault.value.__cause__!r}{logs}{address}"


def test_callers_read_when_to_try_again_and_not_where_the_storage_is(s3: S3Server, bucket: Bucket, file: Path) -> None:
    with s3.spoiled(error(503, "SlowDown")), pytest.raises(BucketFault) as fault:
        put(bucket, "key", file)
    assert (fault.value.status, fault.value.retry_after) == (503, 5)
    assert "127.0.0.1" not in fault.value.message
    assert "overloaded" in fault.value.reason


def test_fault_that_passes_is_tried_again(s3: S3Server, bucket: Bucket, file: Path, tmp_path: Path) -> None:
    with s3.spoiled(only("PUT", error(503, "SlowDown"), times=ATTEMPTS - 1)):
        put(bucket, "key", file)
    for passing in (cut_off, other_bytes, silent(1.0)):
        with s3.spoiled(only("GET", passing, times=1)):
            bucket.fetch("key", tmp_path / "copy")
        assert (tmp_path / "copy").read_bytes() == file.read_bytes()


def test_changed_bytes_are_never_served(s3: S3Server, bucket: Bucket, file: Path, tmp_path: Path) -> None:
    put(bucket, "key", file)
    with (
        s3.spoiled(only("GET", other_bytes)),
        capture_logs() as logs,
        pytest.raises(NotFound, match="damaged; upload it again"),
    ):
        bucket.fetch("key", tmp_path / "copy")
    assert [(one["event"], one["key"]) for one in logs] == [("stored_file_damaged", "key")]


def test_downloads_that_break_off_are_no_damage(s3: S3Server, bucket: Bucket, file: Path, tmp_path: Path) -> None:
    put(bucket, "key", file)
    with s3.spoiled(only("GET", cut_off)), pytest.raises(BucketFault):
        bucket.fetch("key", tmp_path / "copy")


def test_object_stored_by_other_tools_is_refused(s3: S3Server, bucket: Bucket, file: Path, tmp_path: Path) -> None:
    bucket._client.put_object(Bucket=bucket._address.bucket, Key="key", Body=b"from elsewhere")
    with pytest.raises(NotFound, match="damaged"):
        bucket.fetch("key", tmp_path / "copy")


def test_damaged_copy_is_not_kept(s3: S3Server, tmp_path: Path) -> None:
    address = s3.address()
    writer = S3Blobs(Bucket(address), NodeCache(tmp_path / "a", 10**8), tmp_path / "pages").writer(100)
    writer.write(b"text")
    name = writer.commit().name
    there = S3Blobs(Bucket(address), NodeCache(tmp_path / "b", 10**8), tmp_path / "pages")
    with s3.spoiled(only("GET", other_bytes)), pytest.raises(NotFound, match="damaged"):
        there.hold(name)
    assert not [path for path in (tmp_path / "b").rglob("*") if path.is_file()]
    with there.hold(name) as path:  # the storage has recovered
        assert path.read_bytes() == b"text"


def test_object_is_written_once(bucket: Bucket, file: Path, tmp_path: Path) -> None:
    put(bucket, "key", file)
    put(bucket, "key", file)  # the same again: an attempt whose answer was lost
    file.write_bytes(b"something else")
    with pytest.raises(FileExistsError):
        put(bucket, "key", file)
    bucket.fetch("key", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"what was uploaded"


def test_store_that_does_not_know_conditions_is_written_without(s3: S3Server, bucket: Bucket, file: Path) -> None:
    def without_conditions(request: object, stored: object) -> Response:
        return error(501, "NotImplemented")(request, stored) if "If-None-Match" in request.headers else stored()

    with s3.spoiled(without_conditions):
        put(bucket, "key", file)
        put(bucket, "another", file)
        put(bucket, "another", file)
        (file.parent / "other").write_bytes(b"something else")
        with pytest.raises(FileExistsError):
            put(bucket, "another", file.parent / "other")
    assert bucket.sha256("key") == bucket.sha256("another") != None  # noqa: E711 - both are there


def test_object_in_parts_is_written_once(s3: S3Server, file: Path) -> None:
    bucket = Bucket(s3.address())
    put(bucket, "key", file)
    large = file.with_name("large")
    large.write_bytes(bytes(PART_BYTES + 1))
    with pytest.raises(FileExistsError):
        put(bucket, "key", large)
    assert bucket.sha256("key") == hashlib.sha256(file.read_bytes()).hexdigest()


def test_hash_of_each_body_is_sent_for_the_store_to_check(s3: S3Server, bucket: Bucket, file: Path) -> None:
    s3.requests.clear()
    put(bucket, "key", file)
    sent = [one.headers["X-Amz-Content-Sha256"] for one in s3.requests if one.method == "PUT"]
    assert sent == [hashlib.sha256(file.read_bytes()).hexdigest()]


def test_upload_in_parts_that_fails_leaves_no_parts(s3: S3Server, tmp_path: Path) -> None:
    bucket = Bucket(s3.address())
    large = tmp_path / "large"
    large.write_bytes(bytes(PART_BYTES + 1))
    with s3.spoiled(only("PUT", error(403, "AccessDenied"))), pytest.raises(BucketFault):
        put(bucket, "large", large)
    place = bucket._address.bucket
    assert "Uploads" not in bucket._client.list_multipart_uploads(Bucket=place)
    assert bucket.sha256("large") is None


def test_file_that_the_store_does_not_take_is_not_acknowledged(s3: S3Server, tmp_path: Path) -> None:
    blobs = S3Blobs(Bucket(s3.address()), NodeCache(tmp_path / "cache", 10**8), tmp_path / "pages")
    writer = blobs.writer(100)
    writer.write(b"text")
    with s3.spoiled(error(403, "AccessDenied")), pytest.raises(BucketFault):
        writer.commit()
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]


def test_deletion_that_the_store_refuses_is_left_to_the_sweep(s3: S3Server, tmp_path: Path) -> None:
    blobs = S3Blobs(Bucket(s3.address()), NodeCache(tmp_path / "cache", 10**8), tmp_path / "pages")
    writer = blobs.writer(100)
    writer.write(b"text")
    name = writer.commit().name
    with s3.spoiled(error(403, "AccessDenied")), capture_logs() as logs:
        blobs.delete(name)
    assert "file_left_to_the_sweep" in {one["event"] for one in logs}
    assert blobs.exists(name)
    assert blobs.sweep(set(), older_than_s=-60) == 1
    assert not blobs.exists(name)


def test_url_saves_the_file_under_its_name(bucket: Bucket, file: Path) -> None:
    put(bucket, "key", file)
    with urlopen(bucket.url("key", 'a "b"\r\nü.pdf')) as answer:  # noqa: S310 - loopback
        assert answer.read() == file.read_bytes()
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%20%22b%22%0D%0A%C3%BC.pdf"
        assert answer.headers["Content-Type"] == "application/octet-stream"


def test_urls_name_the_public_endpoint(s3: S3Server) -> None:
    bucket = Bucket(s3.address(public_endpoint_url="https://files.example.org"))
    assert bucket.url("key", "a.pdf").startswith("https://files.example.org/bucket-")


def test_large_file_takes_little_memory(s3: S3Server, tmp_path: Path) -> None:
    """Parts are discarded here, as the server of these tests would keep them in this process."""
    import resource

    large = tmp_path / "large"
    with large.open("wb") as sparse:
        sparse.truncate(256 * 2**20)

    def discard(request: object, stored: object) -> Response:
        if request.method != "PUT":
            return stored()
        while request.stream.read(2**20):
            pass
        return Response(headers={"ETag": '"0"'})

    bucket = Bucket(s3.address())
    s3.requests.clear()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with s3.spoiled(discard), pytest.raises(BucketFault, match="does not answer"):  # there are no parts to complete
        bucket.put("large", large, "0" * 64)
    assert sum("partNumber" in one.args for one in s3.requests) == 16
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 96 * 1024  # KiB

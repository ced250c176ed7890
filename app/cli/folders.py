"""`loracle ingest` and `loracle watch`: files and folders, many in one call, with a progress bar."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.client import DEFAULT_URL, Key, ServiceAnswered, Url, check, connected, print_document
from app.cli.terminal import print
from app.domain.documents import DocumentStatus
from app.text.normal_form import normal_name

if TYPE_CHECKING:
    import httpx
    from rich.progress import Progress

FILES_PER_CALL = 200  # each is an open file
BYTES_PER_CALL = 128 * 2**20
POLL_INTERVAL_S = 0.5
PAGE_SIZE = 100

Collection = Annotated[str, typer.Option(help="Collection to put them in.")]


@dataclass(frozen=True, slots=True)
class LocalFile:
    name: str  # path relative to the folder on the command line, in its normal form, as the service keeps it
    path: Path


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    key: Key = "",
    url: Url = DEFAULT_URL,
    collection: Collection = "default",
    unpack: Annotated[bool, typer.Option(help="Take a ZIP archive as the documents in it.")] = True,
) -> None:
    """Upload files and folders, with their folders in their names, and wait until they are ready."""
    uploads = [upload for path in paths for upload in _files_in(path)]
    with connected(url, key) as http:
        failed = upload_and_wait(http, uploads, collection, unpack=unpack)
    sys.exit(1 if failed else 0)


def watch(
    folder: Annotated[Path, typer.Argument(help="The folder to follow, with those below it.")],
    key: Key = "",
    url: Url = DEFAULT_URL,
    collection: Collection = "default",
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two scans of the folder.")] = 2.0,
    delete: Annotated[bool, typer.Option(help="Delete the document of a file that goes while this runs.")] = False,
    once: Annotated[bool, typer.Option(help="Scan once, then stop.")] = False,
) -> None:
    """Upload what is new or changed in a folder, now and whenever it changes, until stopped.

    Uploads a file once it is the same in two scans. Does not upload a file that the service has.
    """
    import httpx

    if not folder.is_dir():
        sys.exit(f"loracle: there is no folder {folder}")
    with connected(url, key) as http:
        watcher = FolderWatcher(http, folder, collection, delete=delete)
        if not once:
            print(f"watching  {folder.resolve()} every {every:g} s for {url}; stop it with Ctrl+C", flush=True)
        while True:
            try:
                watcher.scan(stable_only=not once)
            except (httpx.TransportError, ServiceAnswered) as fault:  # it may be restarting: the next scan tries again
                if once or getattr(fault, "status", 503) < 500:
                    raise
                print(f"waiting   {fault}: the next scan tries again", flush=True)
            if once:
                return
            time.sleep(every)


class FolderWatcher:
    """Compares a folder with its last scan and with the documents of the service."""

    def __init__(self, http: httpx.Client, folder: Path, collection: str, *, delete: bool) -> None:
        self._http = http
        self._folder = folder
        self._collection = collection
        self._delete = delete
        self._scanned: dict[str, tuple[int, int]] = {}  # name -> (mtime, size) at the last scan
        self._uploaded: dict[str, tuple[int, int]] = {}  # name -> (mtime, size) at its upload
        self._documents = documents_of(http, collection)
        self._told = False  # what the first scan found

    def scan(self, *, stable_only: bool = True) -> None:
        """Upload new and changed files; with `stable_only`, only those that are the same as in the last scan."""
        now = {upload.name: (upload, state) for upload in _files_in(self._folder) if (state := _state(upload.path))}
        ready = [
            upload
            for name, (upload, state) in now.items()
            if self._uploaded.get(name) != state and (not stable_only or self._scanned.get(name) == state)
        ]
        self._scanned = {name: state for name, (_, state) in now.items()}
        changed = [upload for upload in ready if not self._is_stored(upload)]
        if stable_only and not self._told and (ready or not now):
            self._told = True
            print(f"found     {len(now)} files, {len(changed)} of them new or changed", flush=True)
        if changed:
            upload_and_wait(self._http, changed, self._collection, unpack=False)
            self._documents = documents_of(self._http, self._collection)
        self._uploaded |= {upload.name: self._scanned[upload.name] for upload in ready}
        for name in self._uploaded.keys() - now.keys():
            self._on_deleted(name)

    def _is_stored(self, upload: LocalFile) -> bool:
        document = self._documents.get(upload.name)
        return (
            document is not None
            and document["status"] != DocumentStatus.FAILED
            and document["sha256"] == _sha256(upload.path)
        )

    def _on_deleted(self, name: str) -> None:
        del self._uploaded[name]
        document = self._documents.pop(name, None)
        if document is None:
            return
        if self._delete:
            self._http.delete(f"/api/v1/documents/{document['id']}")
            print(f"deleted   {name}", flush=True)
        else:
            print(f"gone      {name}: its document stays (--delete deletes it)", flush=True)


def upload_and_wait(http: httpx.Client, uploads: list[LocalFile], collection: str, *, unpack: bool) -> int:
    """Upload the files in several calls and wait until they are ingested. Returns how many did not become ready."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    failed = 0
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        sending = progress.add_task("sending", total=len(uploads))
        batches = []
        for part in _split_into_calls(uploads):
            batches.append(_send(http, part, collection, unpack=unpack))
            progress.advance(sending, len(part))
        for batch in batches:
            failed += _print_refused(batch)
            failed += _wait(http, batch, progress)
    return failed


def documents_of(http: httpx.Client, collection: str) -> dict[str, Mapping[str, Any]]:
    """The documents of a collection by file name."""
    return {document["filename"]: document for document in _list_documents(http, {"collection": collection})}


def _list_documents(http: httpx.Client, query: dict[str, str]) -> Iterator[Mapping[str, Any]]:
    after: str | None = None
    while True:
        response = http.get(
            "/api/v1/documents", params={**query, "limit": str(PAGE_SIZE), **({"after": after} if after else {})}
        )
        check(response)
        page = response.json()
        yield from page["data"]
        if not page["has_more"]:
            return
        after = page["next_cursor"]


def _send(http: httpx.Client, uploads: Iterable[LocalFile], collection: str, *, unpack: bool) -> dict[str, Any]:
    with ExitStack() as files:
        opened = [("files", (one.name, files.enter_context(one.path.open("rb")))) for one in uploads]
        fields = {"collection": collection, "unpack": str(unpack).lower()}
        response = http.post("/api/v1/batches", files=opened, data=fields)
    check(response)
    batch: dict[str, Any] = response.json()
    return batch


def _print_refused(batch: Mapping[str, Any]) -> int:
    for one in batch["refused"]:
        print(f"refused   {one['filename']}: {one['message']}", flush=True)
    return len(batch["refused"])


def _wait(http: httpx.Client, batch: dict[str, Any], progress: Progress) -> int:
    """Wait until the batch is finished, then print a line for each document. Returns how many failed."""
    task = progress.add_task("ingesting", total=sum(batch["counts"].values()))
    while not batch["finished"]:
        progress.update(task, completed=batch["progress"] * sum(batch["counts"].values()))
        time.sleep(POLL_INTERVAL_S)
        response = http.get(f"/api/v1/batches/{batch['id']}")
        check(response)
        batch = response.json()
    progress.update(task, completed=sum(batch["counts"].values()))
    failed = 0
    for document in _list_documents(http, {"batch": batch["id"]}):
        failed += document["status"] != DocumentStatus.READY
        print_document(document)
    return failed


def _split_into_calls(uploads: list[LocalFile]) -> Iterator[list[LocalFile]]:
    part: list[LocalFile] = []
    size = 0
    for upload in uploads:
        here = upload.path.stat().st_size
        if part and (len(part) >= FILES_PER_CALL or size + here > BYTES_PER_CALL):
            yield part
            part, size = [], 0
        part.append(upload)
        size += here
    if part:
        yield part


def _files_in(path: Path) -> Iterator[LocalFile]:
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            relative = inner.relative_to(path)
            if inner.is_file() and not any(part.startswith(".") for part in relative.parts):
                yield LocalFile(normal_name(relative.as_posix()), inner)
    elif path.is_file():
        yield LocalFile(normal_name(path.name), path)
    else:
        sys.exit(f"loracle: there is no file {path}")


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:  # deleted since the folder was listed
        return None
    return found.st_mtime_ns, found.st_size


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

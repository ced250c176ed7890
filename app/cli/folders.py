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

from app.cli.client import DEFAULT_URL, Key, ServiceAnswered, Url, check, connected
from app.domain.documents import DocumentStatus

if TYPE_CHECKING:
    import httpx
    from rich.progress import Progress

FILES_PER_CALL = 200  # each is an open file
BYTES_PER_CALL = 128 * 2**20
POLL_S = 0.5
PAGE = 100

Collection = Annotated[str, typer.Option(help="Collection to put them in.")]


@dataclass(frozen=True, slots=True)
class Upload:
    name: str  # the path below the folder that was named
    path: Path


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    key: Key,
    url: Url = DEFAULT_URL,
    collection: Collection = "default",
    unpack: Annotated[bool, typer.Option(help="Take a ZIP archive as the documents in it.")] = True,
) -> None:
    """Upload files and folders, with their folders in their names, and wait until they are ready."""
    uploads = [upload for path in paths for upload in _uploads(path)]
    with connected(url, key) as http:
        failed = take_in(http, uploads, collection, unpack=unpack)
    sys.exit(1 if failed else 0)


def watch(
    folder: Annotated[Path, typer.Argument(help="The folder to follow, with those below it.")],
    key: Key,
    url: Url = DEFAULT_URL,
    collection: Collection = "default",
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 2.0,
    delete: Annotated[bool, typer.Option(help="Delete the document of a file that goes while this runs.")] = False,
    once: Annotated[bool, typer.Option(help="One look, then the end.")] = False,
) -> None:
    """Upload what is new or changed in a folder, now and whenever it changes, until stopped.

    A file is taken once it has not changed between two looks. What the service has already is not sent again.
    """
    import httpx

    if not folder.is_dir():
        sys.exit(f"loracle: there is no folder {folder}")
    with connected(url, key) as http:
        follower = Follower(http, folder, collection, delete=delete)
        while True:
            try:
                follower.look(settled_only=not once)
            except (httpx.TransportError, ServiceAnswered) as fault:  # it may be restarting: the next look tells
                if once or getattr(fault, "status", 503) < 500:
                    raise
                print(f"put off    {fault}", flush=True)
            if once:
                return
            time.sleep(every)


class Follower:
    """What was seen of a folder, and what of it the service has."""

    def __init__(self, http: httpx.Client, folder: Path, collection: str, *, delete: bool) -> None:
        self._http = http
        self._folder = folder
        self._collection = collection
        self._delete = delete
        self._seen: dict[str, tuple[int, int]] = {}  # name -> (mtime, size) at the last look
        self._sent: dict[str, tuple[int, int]] = {}  # and when it was sent
        self._held = documents_of(http, collection)

    def look(self, *, settled_only: bool = True) -> None:
        """Send what is new or changed; with `settled_only`, only what looked the same the last time."""
        now = {upload.name: (upload, state) for upload in _uploads(self._folder) if (state := _state(upload.path))}
        ready = [
            upload
            for name, (upload, state) in now.items()
            if self._sent.get(name) != state and (not settled_only or self._seen.get(name) == state)
        ]
        self._seen = {name: state for name, (_, state) in now.items()}
        changed = [upload for upload in ready if not self._has(upload)]
        if changed:
            take_in(self._http, changed, self._collection, unpack=False)
            self._held = documents_of(self._http, self._collection)
        self._sent |= {upload.name: self._seen[upload.name] for upload in ready}
        for name in self._sent.keys() - now.keys():
            self._gone(name)

    def _has(self, upload: Upload) -> bool:
        held = self._held.get(upload.name)
        return held is not None and held["status"] != DocumentStatus.FAILED and held["sha256"] == _sha256(upload.path)

    def _gone(self, name: str) -> None:
        del self._sent[name]
        held = self._held.pop(name, None)
        if self._delete and held is not None:
            self._http.delete(f"/api/v1/documents/{held['id']}")
            print(f"deleted   {name}", flush=True)


def take_in(http: httpx.Client, uploads: list[Upload], collection: str, *, unpack: bool) -> int:
    """Send them, a few hundred in a call, and follow them to their end. Returns how many did not become ready."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    failed = 0
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        sending = progress.add_task("sending", total=len(uploads))
        batches = []
        for part in _parts(uploads):
            batches.append(_send(http, part, collection, unpack=unpack))
            progress.advance(sending, len(part))
        for batch in batches:
            failed += _refused(batch)
            failed += _follow(http, batch, progress)
    return failed


def documents_of(http: httpx.Client, collection: str) -> dict[str, Mapping[str, Any]]:
    """The documents of a collection by file name."""
    return {document["filename"]: document for document in _listed(http, {"collection": collection})}


def _listed(http: httpx.Client, query: dict[str, str]) -> Iterator[Mapping[str, Any]]:
    after: str | None = None
    while True:
        response = http.get(
            "/api/v1/documents", params={**query, "limit": str(PAGE), **({"after": after} if after else {})}
        )
        check(response)
        page = response.json()
        yield from page["data"]
        if not page["has_more"]:
            return
        after = page["next_cursor"]


def _send(http: httpx.Client, uploads: Iterable[Upload], collection: str, *, unpack: bool) -> dict[str, Any]:
    with ExitStack() as files:
        opened = [("files", (one.name, files.enter_context(one.path.open("rb")))) for one in uploads]
        fields = {"collection": collection, "unpack": str(unpack).lower()}
        response = http.post("/api/v1/batches", files=opened, data=fields)
    check(response)
    batch: dict[str, Any] = response.json()
    return batch


def _refused(batch: Mapping[str, Any]) -> int:
    for one in batch["refused"]:
        print(f"refused   {one['filename']}: {one['message']}", flush=True)
    return len(batch["refused"])


def _follow(http: httpx.Client, batch: dict[str, Any], progress: Progress) -> int:
    """Until all of its documents are ready or failed; then a line for each. Returns how many failed."""
    task = progress.add_task("taking in", total=sum(batch["counts"].values()))
    while not batch["finished"]:
        progress.update(task, completed=batch["progress"] * sum(batch["counts"].values()))
        time.sleep(POLL_S)
        response = http.get(f"/api/v1/batches/{batch['id']}")
        check(response)
        batch = response.json()
    progress.update(task, completed=sum(batch["counts"].values()))
    failed = 0
    for document in _listed(http, {"batch": batch["id"]}):
        failed += document["status"] != DocumentStatus.READY
        reason = f": {document['error']['message']}" if document["error"] else ""
        print(f"{document['status']:9} {document['filename']} ({document['chunks'] or 0} chunks){reason}", flush=True)
    return failed


def _parts(uploads: list[Upload]) -> Iterator[list[Upload]]:
    part: list[Upload] = []
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


def _uploads(path: Path) -> Iterator[Upload]:
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            relative = inner.relative_to(path)
            if inner.is_file() and not any(part.startswith(".") for part in relative.parts):
                yield Upload(relative.as_posix(), inner)
    elif path.is_file():
        yield Upload(path.name, path)
    else:
        sys.exit(f"loracle: there is no file {path}")


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:  # gone between two looks
        return None
    return found.st_mtime_ns, found.st_size


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

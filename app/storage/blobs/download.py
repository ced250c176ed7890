"""A stored file to send: its bytes, or a URL of the storage from which the client gets them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from app.storage.blobs.base import BlobStore, HeldFile, file_gone


@dataclass(frozen=True, slots=True)
class Download:
    """Exactly one of `file`, which whoever sends it closes, and `url` is there."""

    filename: str  # without folders
    file: HeldFile | None = None
    url: str | None = None


def download_of(blobs: BlobStore, name: str, filename: str, *, redirect: bool) -> Download:
    """A stored file under a name to save it as. `redirect`: the client would follow a URL.

    Raises NotFound if the file is gone, Unavailable if the store does not answer.
    """
    shown = PurePosixPath(filename).name
    url = blobs.download_url(name, shown) if redirect else None
    if url is None:
        return Download(shown, file=blobs.hold(name))
    if not blobs.exists(name):
        raise file_gone()
    return Download(shown, url=url)

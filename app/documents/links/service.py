"""The rules about links: what they open, how long, and when they stop to."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from app.documents.links.signed_token import LinkKind, LinkTarget, is_signed, read_unverified, sign
from app.documents.pages.service import PageService
from app.domain.audit import AuditAction
from app.domain.tenants import TenantStatus
from app.errors import InvalidRequest, NotFound
from app.storage.blobs.base import BlobStore
from app.storage.blobs.download import Download, download_of
from app.storage.database import Database
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.repositories.tenants import Tenants
from app.web.templates import render_template

SHOWN_AS_THEY_ARE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})
SHOWN_AS_TEXT = frozenset({"application/json", "application/jsonl", "application/xml", "application/x-subrip"})
MARKED = "quote"  # fragment of a link to a page whose text has a marked range
DEFAULT_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a link shall open. `version` None: the live one, of a file the one uploaded last."""

    kind: LinkKind
    page: int | None = None
    version: int | None = None
    width: int = DEFAULT_WIDTH
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    token: str
    fragment: str  # of the URL; empty if it has none
    kind: LinkKind
    document_id: str
    version: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens. Exactly one of `download` and `content` is there."""

    media_type: str
    filename: str
    inline: bool  # a browser may show it; else it saves it
    download: Download | None = None
    content: bytes | None = None


class LinkService:
    """Makes and opens links of all tenants. Blocks on the disk, and while a page is drawn."""

    def __init__(self, db: Database, blobs: BlobStore, pages: PageService) -> None:
        self._db = db
        self._blobs = blobs
        self._pages = pages

    def create(self, tenant_id: str, document_id: str, wanted: Wanted, ttl_s: int) -> Link:
        """A link that works for `ttl_s` seconds. Raises NotFound, and InvalidRequest without the page it needs."""
        if wanted.kind != "file" and wanted.page is None:
            raise InvalidRequest("A link to a page needs its number.", param="page")
        version = self._version(tenant_id, document_id, wanted)
        expires_at = int(time.time()) + ttl_s
        target = LinkTarget(
            tenant_id,
            document_id,
            version,
            wanted.kind,
            expires_at,
            wanted.page or 0,
            wanted.width,
            wanted.start,
            wanted.end,
        )
        if wanted.kind == "page_text":
            self._pages.get(tenant_id, document_id, target.page, version)
        key = self._key(tenant_id, target)
        fragment = MARKED if wanted.kind == "page_text" and wanted.start < wanted.end else ""
        moment = datetime.fromtimestamp(expires_at, UTC)
        return Link(sign(target, key), fragment, wanted.kind, document_id, version, moment)

    def open(self, token: str, *, redirect: bool = False) -> Opened:
        """What a link opens; a file to save may be a URL if the client follows a redirect.

        Raises NotFound for a link that is not of this service, expired, or of a deleted document.
        """
        target = self._verified(token)
        match target.kind:
            case "file":
                return self._file(target, redirect=redirect)
            case "page_image":
                image = self._pages.image(
                    target.tenant_id, target.document_id, target.page, target.width, target.version
                )
                return Opened("image/png", f"page-{target.page}.png", True, content=image.png or b"")
            case "page_text":
                return self._page(target)

    def _key(self, tenant_id: str, target: LinkTarget) -> bytes:
        """The key that signs the link, which the audit log has from now on: whoever has the link needs no key."""
        moment = datetime.fromtimestamp(target.expires_at, UTC).isoformat()
        with self._db.write_tenant(tenant_id) as store:
            record_audit(
                store.session,
                AuditAction.LINK_CREATED,
                "document",
                target.document_id,
                tenant_id=tenant_id,
                what=target.kind,
                expires_at=moment,
            )
            return store.link_keys.get_or_create()

    def _version(self, tenant_id: str, document_id: str, wanted: Wanted) -> int:
        with self._db.read_tenant(tenant_id) as store:
            if wanted.kind == "file" and wanted.version is None:
                return store.documents.get(document_id).latest.version
            return store.documents.version(document_id, wanted.version).version

    def _verified(self, token: str) -> LinkTarget:
        target = read_unverified(token)
        if target is None:
            raise _unknown()
        with self._db.read_tenant(target.tenant_id) as store:
            key = store.link_keys.get()
            if key is None or not is_signed(token, key):
                raise _unknown()
            if Tenants(store.session).get(target.tenant_id).status != TenantStatus.ACTIVE:
                raise _unknown()
        if target.expires_at <= time.time():
            raise NotFound("This link has expired; ask for a new one.", code="link_expired")
        return target

    def _file(self, target: LinkTarget, *, redirect: bool) -> Opened:
        with self._db.read_tenant(target.tenant_id) as store:
            document = store.documents.get(target.document_id)
            version = store.documents.version(target.document_id, target.version)
        shown = shown_type(version.media_type)
        redirect = redirect and shown is None
        found = download_of(self._blobs, version.blob, document.filename, redirect=redirect)
        return Opened(shown or "application/octet-stream", found.filename, shown is not None, download=found)

    def _page(self, target: LinkTarget) -> Opened:
        marked = target.start, target.end
        found = self._pages.get(target.tenant_id, target.document_id, target.page, target.version, marked)
        text = Markup(found.html.replace("<mark>", f'<mark id="{MARKED}">', 1))  # noqa: S704 - escaped by page_html
        page = render_template("page_text.html", label=found.label, text=text)
        return Opened("text/html; charset=utf-8", f"page-{target.page}.html", True, content=page.encode())


def shown_type(media_type: str) -> str | None:
    """As what a browser may show a file of this type: never as a page or script. None: it must save the file."""
    if media_type in SHOWN_AS_THEY_ARE:
        return media_type
    return "text/plain" if media_type.startswith("text/") or media_type in SHOWN_AS_TEXT else None


def _unknown() -> NotFound:
    return NotFound("No such link.", code="link_unknown")

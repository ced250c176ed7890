"""HTTP operations on collections: the chunking of their documents, and the former versions to keep."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.documents.collections.schemas import CollectionIn, CollectionOut, CollectionReparseOut, CollectionsOut
from app.documents.collections.service import Collection, CollectionList, CollectionService
from app.documents.document_editor import CollectionReparse, DocumentEditor
from app.documents.form_values import checked_name
from app.documents.schemas import MAX_COLLECTION_CHARS
from app.http.dependencies import Reader, Words, Writer
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.path_names import SLASHED
from app.http.services import provide
from app.text.normal_form import normal_name

router = APIRouter(prefix="/api/v1/collections", tags=["documents"], route_class=IdempotentRoute)
Collections = Annotated[CollectionService, provide(CollectionService)]
Editor = Annotated[DocumentEditor, provide(DocumentEditor)]
Name = Annotated[str, Path(min_length=1, max_length=MAX_COLLECTION_CHARS, description="The collection's name.")]


@router.get("", response_model=CollectionsOut, summary="List collections", responses=responses())
def list_collections(
    principal: Reader,
    collections: Collections,
    q: Words = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="How many at most.")] = 1000,
    after: Annotated[
        str | None, Query(max_length=1000, description="The `next_cursor` of the page before, or a name.")
    ] = None,
) -> CollectionList:
    """Collections from A to Z: those with documents and those with settings."""
    return collections.list(principal.tenant_id, q=q, limit=limit, after=after)


@router.get(f"/{{name:{SLASHED}}}", response_model=CollectionOut, summary="Get a collection", responses=responses(404))
def get_collection(principal: Reader, collections: Collections, name: Name) -> Collection:
    """The settings of a collection, and how many documents are outdated by them."""
    return collections.get(principal.tenant_id, normal_name(name))


@router.put(
    f"/{{name:{SLASHED}}}", response_model=CollectionOut, summary="Set a collection up", responses=responses(400, 507)
)
def set_collection(principal: Writer, collections: Collections, name: Name, body: CollectionIn) -> Collection:
    """Replaces the settings. If the chunking changes, documents are reindexed in the background: searches find the old
    chunks of a document until they find all of its new ones.
    """
    access = None if body.access is None else body.access.access()
    return collections.set(principal.tenant_id, checked_name("name", name), body.settings(), access)


@router.post(
    f"/{{name:{SLASHED}}}/reparse",
    status_code=202,
    response_model=CollectionReparseOut,
    summary="Read a collection again",
    responses=responses(404),
)
def reparse_collection(principal: Writer, editor: Editor, name: Name) -> CollectionReparse:
    """Reads the files of all its documents again that are ready or failed, each as a new version, in the background.

    Each live version answers until its new one is ready. New documents go first.
    """
    return editor.reparse_collection(principal.tenant_id, normal_name(name))

"""What a caller that does not see everything may write: where it sees something, for groups of its own."""

from __future__ import annotations

from app.domain.visibility import Access
from app.errors import Forbidden, InvalidRequest
from app.storage.sql.tenant_store import TenantStore


def check_access(store: TenantStore, collection: str, access: Access | None = None) -> None:
    """Raises Forbidden if the caller may not use the collection, InvalidRequest for groups that it is not in."""
    if store.collections.is_closed(collection):
        raise Forbidden(
            f"This token may not use the collection {collection!r}; name one of its own.",
            param="collection",
            code="collection_forbidden",
        )
    groups = store.visibility.groups
    foreign = [] if access is None or groups is None else [name for name in access.groups if name not in groups]
    if foreign:
        raise InvalidRequest(
            f"This token's user is not in the group {foreign[0]!r}; give access to groups of that user.", param="access"
        )

"""The rules about tenants and their API keys. The HTTP API and the command line use the same functions."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence, Set
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from app.adapters.removal import AdapterRemoval
from app.domain.pagination import NamedSort, Order, Page
from app.domain.tenants import ApiKey, CreatedKey, CreatedTenant, RotatedKey, Scope, Tenant, TenantStatus
from app.errors import Conflict, Forbidden, InvalidRequest, NotFound
from app.storage.blobs.base import BlobStore
from app.storage.database import Database
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.repositories.trainings import training_ids
from app.text.normal_form import normal_name, shown_name

TENANT_SCOPES = (Scope.READ, Scope.WRITE)
FIRST_SCOPES = (*TENANT_SCOPES, Scope.KEYS)  # of a tenant's first key
FIRST_LABEL = "first"
OVERLAP = timedelta(days=1)  # for which a replaced key works, if nobody says otherwise
LONGEST_OVERLAP = timedelta(days=30)
LAST_KEY = "This is your last key that can make keys. Make another one first, or add ?last=true."


class TenantService:
    """Creates, lists, suspends and deletes tenants.

    `drop_index` deletes the vector indexes of the tenant with that id, open ones and files. Deletion calls it last.
    `trainings` is the folder of this machine in which runs keep their checkpoints.
    """

    def __init__(
        self,
        db: Database,
        blobs: BlobStore,
        adapters: AdapterRemoval,
        drop_index: Callable[[str], None],
        trainings: Path,
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._adapters = adapters
        self._drop_index = drop_index
        self._trainings = trainings

    def create(self, name: str, scopes: Sequence[Scope] = FIRST_SCOPES) -> CreatedTenant:
        """Create a tenant with a first key.

        Raises Conflict if the name is taken, InvalidRequest if it cannot be shown.
        """
        try:
            name = shown_name(name)
        except ValueError as fault:
            raise InvalidRequest(f"name {fault}.", param="name") from None
        with self._db.write() as session:
            tenant = Tenants(session).create(name)
            _, secret = Keys(session).create(tenant.id, FIRST_LABEL, scopes)
        return CreatedTenant(**asdict(tenant), key=secret)

    def list(
        self,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Tenant]:
        """A page of all tenants. `q`: words of the name."""
        with self._db.read() as session:
            return Tenants(session).page(q=q, sort=sort, limit=limit, after=after, order=order)

    def get(self, tenant_id: str) -> Tenant:
        """Raises NotFound."""
        with self._db.read() as session:
            return Tenants(session).get(tenant_id)

    def by_name(self, name: str) -> Tenant:
        """By the name as it is stored, or one of which that is the normal form. Raises NotFound with the place."""
        with self._db.read() as session:
            tenants = Tenants(session)
            for known in (name, normal_name(name)):  # an older version kept names as they came
                with suppress(NotFound):
                    return tenants.by_name(known)
        raise NotFound(f"No tenant is named {name!r} in {self._db.place}.")

    def set_status(self, tenant_id: str, status: TenantStatus, *, own_tenant_id: str | None = None) -> Tenant:
        """Suspend or resume a tenant; takes effect with the next request.

        Raises NotFound, and Conflict if the operator would suspend its own tenant.
        """
        if tenant_id == own_tenant_id and status == TenantStatus.SUSPENDED:
            raise Conflict("You would lock yourself out: this is the tenant of your own key.")
        with self._db.write() as session:
            return Tenants(session).set_status(tenant_id, status)

    def delete(self, tenant_id: str, *, own_tenant_id: str | None = None) -> None:
        """Delete a tenant with its documents, conversations, adapters, indexes and keys.

        Raises NotFound, and Conflict if the operator would delete its own tenant.
        """
        if tenant_id == own_tenant_id:
            raise Conflict("You would lock yourself out: this is the tenant of your own key.")
        with self._db.write() as session:
            self._db.dialect.lift_timeouts(session)  # a million passages go in one statement
            trainings = training_ids(session, tenant_id)
            blobs, adapters = Tenants(session).delete(tenant_id)
        for blob in blobs:
            self._blobs.delete(blob)
        self._adapters.remove_tenant(tenant_id, adapters)
        for training_id in trainings:  # one that runs deletes its own when it ends
            shutil.rmtree(self._trainings / training_id, ignore_errors=True)
        self._drop_index(tenant_id)


class KeyService:
    """Creates, lists, replaces and revokes API keys."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def create(self, tenant_id: str, label: str, scopes: Iterable[Scope]) -> CreatedKey:
        """Raises NotFound if there is no such tenant."""
        with self._db.write() as session:
            key, secret = Keys(session).create(tenant_id, normal_name(label), set(scopes))
        return CreatedKey(**asdict(key), key=secret)

    def list(
        self,
        tenant_id: str | None,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[ApiKey]:
        """Keys of one tenant, or of all if `tenant_id` is None. `q`: words of the label."""
        with self._db.read() as session:
            return Keys(session).page(tenant_id, q=q, sort=sort, limit=limit, after=after, order=order)

    def revoke(self, key_id: str) -> ApiKey:
        """The key fails from the next request on. Raises NotFound."""
        with self._db.write() as session:
            return Keys(session).revoke(key_id)

    def rotate(self, key_id: str, overlap: timedelta) -> RotatedKey:
        """Replace a key by a new one; the old one works for `overlap` yet. Raises as `Keys.rotate`."""
        with self._db.write() as session:
            return _rotated(Keys(session), key_id, overlap)

    def rotate_own(self, tenant_id: str, key_id: str, overlap: timedelta, *, granted: Set[str]) -> RotatedKey:
        """The same for a key of the tenant, asked by one that has the scopes `granted`. Raises Forbidden as well."""
        with self._db.write_tenant(tenant_id) as store:
            keys = Keys(store.session)
            _check_granted(_own(keys, tenant_id, key_id).scopes, granted, "replaces")
            return _rotated(keys, key_id, overlap)

    def create_own(self, tenant_id: str, label: str, scopes: Iterable[Scope], *, granted: Set[str]) -> CreatedKey:
        """Create a key for the tenant of one that has the scopes `granted`. Raises Forbidden if it wants others."""
        _check_granted(set(scopes), granted, "gives")
        return self.create(tenant_id, label, scopes)

    def revoke_own(self, tenant_id: str, key_id: str, *, granted: Set[str], even_the_last: bool) -> ApiKey:
        """Revoke a key of the tenant for one that has the scopes `granted`.

        Raises NotFound, Forbidden for a key that may do more, and Conflict for the last one that can make keys.
        """
        with self._db.write_tenant(tenant_id) as store:
            keys = Keys(store.session)
            key = _own(keys, tenant_id, key_id)
            _check_granted(key.scopes, granted, "revokes")
            if not even_the_last and keys.with_scope(tenant_id, Scope.KEYS) == [key.id]:
                raise Conflict(LAST_KEY, code="last_key")
            return keys.revoke(key_id)


def _own(keys: Keys, tenant_id: str, key_id: str) -> ApiKey:
    key = keys.get(key_id)
    if key.tenant_id != tenant_id:
        raise NotFound("No such key.")
    return key


def _rotated(keys: Keys, key_id: str, overlap: timedelta) -> RotatedKey:
    new, secret, replaced = keys.rotate(key_id, overlap)
    return RotatedKey(**asdict(new), key=secret, replaced=replaced)


def _check_granted(wanted: Set[str], granted: Set[str], verb: str) -> None:
    if beyond := sorted(map(str, wanted - granted)):
        message = f"A key {verb} no more than it may do itself: this one lacks {', '.join(beyond)}."
        raise Forbidden(message, param="scopes", code="missing_scope")

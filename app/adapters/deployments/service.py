"""Which adapter version answers: through the gate to the front, a share on trial, back in one call."""

from __future__ import annotations

import hashlib
from typing import Literal

from app.adapters.registry import PLAIN_BASE, AdapterRegistry, split_label
from app.domain.adapters import AdapterVersion, Canary
from app.domain.evaluations import NOT_REJECTED, PASSING, GateVerdict
from app.errors import Conflict
from app.llm.base import AdapterRef
from app.storage.sql.tenant_store import TenantStore
from app.storage.sqlite.database import Database

GatePolicy = Literal["require", "advise"]


class GateClosed(Conflict):
    """No verdict lets this version answer; an override with a reason would."""

    code = "gate_closed"


class AdapterPointers:
    """All tenants' pointers; every call names its tenant."""

    def __init__(self, db: Database, registry: AdapterRegistry, gate: GatePolicy = "require") -> None:
        self._db = db
        self._registry = registry
        self._gate = gate

    def activate(
        self,
        tenant_id: str,
        name: str,
        version: str | None = None,
        *,
        override: str | None = None,
        actor: str | None = None,
    ) -> AdapterVersion:
        """From the next request on; running ones keep theirs.

        Raises GateClosed unless an evaluation against what is in force passed, or `override` says why not.
        """
        self._registry.adopt(tenant_id, name)
        with self._db.write_tenant(tenant_id) as store:
            adapter = store.adapters.get(name, version)
            self._registry.ref(adapter)
            evaluation_id = self._let_through(store, adapter, override, PASSING)
            return store.deployments.activate(
                name, adapter.version, evaluation_id=evaluation_id, override_reason=override, actor=actor
            )

    def start_canary(
        self, tenant_id: str, name: str, version: str | None, share: float, *, override: str | None = None
    ) -> Canary:
        """Let a version answer a share of the conversations. It must not be known to be worse, or be overridden."""
        self._registry.adopt(tenant_id, name)
        with self._db.write_tenant(tenant_id) as store:
            adapter = store.adapters.get(name, version)
            self._registry.ref(adapter)
            self._let_through(store, adapter, override, NOT_REJECTED)
            return store.deployments.start_canary(name, adapter.version, share)

    def end_canary(self, tenant_id: str) -> None:
        with self._db.write_tenant(tenant_id) as store:
            store.deployments.end_canary()

    def deactivate(self, tenant_id: str, name: str, *, actor: str | None = None) -> AdapterVersion:
        """Back to the plain base model. Raises NotFound for an unknown name; inactive ones stay so."""
        with self._db.write_tenant(tenant_id) as store:
            active = store.deployments.active()
            if active is not None and active.name == name:
                store.deployments.deactivate(actor=actor)
            return store.adapters.get(name, active.version if active is not None and active.name == name else None)

    def rollback(self, tenant_id: str, name: str, *, actor: str | None = None) -> AdapterVersion | None:
        """End a running trial, else go back to what was in force before; None means the plain base model."""
        with self._db.write_tenant(tenant_id) as store:
            store.adapters.get(name)
            return store.deployments.rollback(actor=actor)

    def resolve(self, tenant_id: str, wanted: str | None = None, *, conversation: str = "") -> AdapterRef | None:
        """The version a request runs under, pinned from here on.

        `wanted` is None for the tenant's active one, "base" or "none" for the plain base model, "<name>" (its
        newest version, or the active one if it is of that name) or "<name>@<version>". While a version is on
        trial, a share of the values of `conversation` gets it in place of the active one. Raises NotFound.
        """
        if wanted in PLAIN_BASE:
            return None
        if wanted is not None:
            self._registry.adopt(tenant_id, split_label(wanted)[0])
        with self._db.read_tenant(tenant_id) as store:
            if wanted is None:
                canary = store.deployments.canary()
                if canary is not None and falls_to(conversation, canary):
                    return self._registry.ref(canary.adapter)
                active = store.deployments.active()
                return None if active is None else self._registry.ref(active)
            active = store.deployments.active()
            name, version = split_label(wanted)
            if active is not None and active.name == name and not version:
                return self._registry.ref(active)
            return self._registry.ref(store.adapters.get(name, version))

    def _let_through(
        self, store: TenantStore, adapter: AdapterVersion, override: str | None, passing: frozenset[GateVerdict]
    ) -> str | None:
        """The id of the evaluation that lets it through, if there is one. Raises GateClosed."""
        active = store.deployments.active()
        against = active.label if active is not None else "base"
        if against == adapter.label:
            return None
        evaluation = store.adapter_evaluations.latest(adapter.id, against)
        if evaluation is not None and evaluation.verdict in passing:
            return evaluation.id
        if override is None and self._gate == "require":
            raise GateClosed(
                closed_because(adapter, against, evaluation.verdict if evaluation else None), param="override"
            )
        return evaluation.id if evaluation is not None else None


def closed_because(adapter: AdapterVersion, against: str, verdict: str | None) -> str:
    replaced = "the base model" if against == "base" else against
    found = "was never evaluated" if verdict is None else f"is {str(verdict)!r} when evaluated"
    return (
        f"{adapter.label} {found} against {replaced}, which it would replace. Evaluate it (POST "
        f"/api/v1/adapters/{adapter.name}/evaluations), or give `override` a reason, which is kept."
    )


def falls_to(conversation: str, canary: Canary) -> bool:
    """Whether a conversation is among the share on trial: decided by its id, so that it stays there."""
    drawn = hashlib.sha256(f"{canary.adapter.version}:{conversation}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") < canary.share * 2**64

"""Which adapter version answers a tenant: activation through the gate, canaries, rollback."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from app.adapters.registry import AdapterRegistry
from app.domain.adapters import (
    BASE_LABEL,
    BASE_LABELS,
    AdapterLabel,
    AdapterVersion,
    Canary,
    Deployment,
    DeploymentReport,
    DeploymentState,
)
from app.domain.evaluations import NOT_REJECTED, PASSING, GateVerdict
from app.errors import Conflict, NotFound
from app.llm.base import AdapterRef
from app.storage.database import Database
from app.storage.sql.tenant_store import TenantStore
from app.storage.visibility import current_visibility

GatePolicy = Literal["require", "advise"]
COUNTED = timedelta(days=30)  # at most, of the answers in a report


class GateClosed(Conflict):
    """No verdict lets this version answer; an override with a reason would."""

    code = "gate_closed"


class DeploymentService:
    """Activates, rolls back and resolves the adapters of all tenants."""

    def __init__(self, db: Database, registry: AdapterRegistry, gate: GatePolicy = "require") -> None:
        self._db = db
        self._registry = registry
        self._gate = gate

    def get(self, tenant_id: str) -> DeploymentState:
        self._registry.provide_builtin(tenant_id)
        with self._db.read_tenant(tenant_id) as store:
            return self._deployment(store)

    def report(self, tenant_id: str) -> DeploymentReport:
        """What answers now, and what each version answered since the canary began, or else since the last change."""
        self._registry.provide_builtin(tenant_id)
        with self._db.read_tenant(tenant_id) as store:
            state = self._deployment(store)
            changes = [state.canary] if state.canary is not None else store.deployments.history(1)
            earliest = datetime.now(UTC) - COUNTED
            since = max([earliest, *(change.created_at for change in changes)])
            return DeploymentReport(state.active, state.canary, since, tuple(store.deployments.answers(since)))

    def history(self, tenant_id: str, name: str, limit: int) -> list[Deployment]:
        """The changes of the adapter that answers the tenant, newest first. Raises NotFound for an unknown name."""
        self._registry.provide_builtin(tenant_id)
        with self._db.read_tenant(tenant_id) as store:
            store.adapters.get(name)
            return store.deployments.history(limit)

    def activate(
        self,
        tenant_id: str,
        name: str,
        version: str | None = None,
        *,
        override: str | None = None,
        actor: str | None = None,
    ) -> AdapterVersion:
        """Let a version answer from the next request on; running requests keep theirs.

        Raises GateClosed unless an evaluation against the version in force passed, or `override` gives a reason.
        """
        self._registry.provide_builtin(tenant_id)
        with self._db.write_tenant(tenant_id) as store:
            adapter = self._registry.find(store, name, version)
            self._registry.ref(adapter)
            evaluation_id = self._pass_gate(store, adapter, override, PASSING)
            return store.deployments.activate(
                name, adapter.version, evaluation_id=evaluation_id, override_reason=override, actor=actor
            )

    def set_canary(
        self, tenant_id: str, name: str, version: str | None, share: float, *, override: str | None = None
    ) -> DeploymentState:
        """Let a version answer `share` (0 to 1) of the conversations; a share of 0 ends the canary.

        Raises NotFound, and GateClosed if the version was not evaluated or is worse and there is no `override`.
        """
        self._registry.provide_builtin(tenant_id)
        with self._db.write_tenant(tenant_id) as store:
            adapter = self._registry.find(store, name, version)
            if share > 0:
                self._registry.ref(adapter)
                self._pass_gate(store, adapter, override, NOT_REJECTED)
                store.deployments.start_canary(name, adapter.version, share)
            else:
                store.deployments.end_canary()
            return self._deployment(store)

    def deactivate(self, tenant_id: str, name: str, *, actor: str | None = None) -> DeploymentState:
        """Go back to the plain base model if this adapter is active. Raises NotFound for an unknown name."""
        self._registry.provide_builtin(tenant_id)
        with self._db.write_tenant(tenant_id) as store:
            store.adapters.get(name)
            active = store.deployments.active()
            if active is not None and active.name == name:
                store.deployments.deactivate(actor=actor)
            return self._deployment(store)

    def rollback(self, tenant_id: str, name: str, *, actor: str | None = None) -> DeploymentState:
        """End a running canary, else go back to what was active before.

        Raises NotFound for an unknown name, Conflict if nothing was active before.
        """
        self._registry.provide_builtin(tenant_id)
        with self._db.write_tenant(tenant_id) as store:
            store.adapters.get(name)
            store.deployments.rollback(actor=actor)
            return self._deployment(store)

    def resolve(self, tenant_id: str, requested: str | None = None, *, conversation: str = "") -> AdapterRef | None:
        """The version that a request runs under, pinned from here on; None: the plain base model.

        `requested` is None for the version in force, "base" or "none" for the plain base model, "<name>" (its
        active version, or its newest if another adapter is active) or "<name>@<version>". While there is a canary,
        it replaces the active version for a share of the values of `conversation`; without one it does not count.

        In force is the active version. It is the starter adapter if the tenant never activated anything, and also if
        what is active was made for another base model. A caller who may name one adapter only gets it if it names none.
        Raises NotFound.
        """
        requested = _allowed(requested, current_visibility().adapter)
        if requested in BASE_LABELS:
            return None
        self._registry.provide_builtin(tenant_id)
        with self._db.read_tenant(tenant_id) as store:
            if requested is None:
                adapter = self._in_force(store, conversation)
            else:
                adapter = self._named(store, AdapterLabel.parse(requested))
            return None if adapter is None else self._registry.ref(adapter)

    def _in_force(self, store: TenantStore, conversation: str) -> AdapterVersion | None:
        canary = store.deployments.canary() if conversation else None
        if canary is not None and in_canary_share(conversation, canary):
            adapter = self._registry.mark(canary.adapter)
            if not adapter.of_another_base:
                return adapter
        return self._registry.in_force(store)

    def _named(self, store: TenantStore, label: AdapterLabel) -> AdapterVersion:
        active = self._registry.in_force(store)
        if active is not None and active.name == label.name and label.version is None:
            return active
        return self._registry.find(store, label.name, label.version)

    def _deployment(self, store: TenantStore) -> DeploymentState:
        active, canary = store.deployments.active(), store.deployments.canary()
        return DeploymentState(
            active=None if active is None else self._registry.mark(active),
            canary=None if canary is None else replace(canary, adapter=self._registry.mark(canary.adapter)),
        )

    def _pass_gate(
        self, store: TenantStore, adapter: AdapterVersion, override: str | None, passing: frozenset[GateVerdict]
    ) -> str | None:
        """The id of the evaluation that lets the version through, if there is one. Raises GateClosed."""
        replaced = self._registry.in_force(store)
        against = replaced.label if replaced is not None else BASE_LABEL
        if against == adapter.label:
            return None
        evaluation = store.adapter_evaluations.latest(adapter.id, against, self._registry.base_fingerprint)
        if evaluation is not None and evaluation.verdict in passing:
            return evaluation.id
        if override is None and self._gate == "require":
            found = "was never evaluated" if evaluation is None else f"is {str(evaluation.verdict)!r} when evaluated"
            if evaluation is None and store.adapter_evaluations.latest(adapter.id, against) is not None:
                found = "was evaluated, on another engine or quantisation than answers now,"
            raise GateClosed(_closed_message(adapter, against, found), param="override")
        return evaluation.id if evaluation is not None else None


def _allowed(requested: str | None, only: str | None) -> str | None:
    """What a caller asks for who may name `only` this adapter; any if it is None. Raises NotFound."""
    if only is None or requested is None:
        return requested or only
    both_base = {requested, only} <= BASE_LABELS
    if not both_base and not AdapterLabel.parse(only).covers(AdapterLabel.parse(requested)):
        raise NotFound("No such adapter.", param="adapter")
    return requested


def in_canary_share(conversation: str, canary: Canary) -> bool:
    """Whether the canary answers a conversation: decided by its id, so that the same version answers all of it."""
    drawn = hashlib.sha256(f"{canary.adapter.version}:{conversation}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") < canary.share * 2**64


def _closed_message(adapter: AdapterVersion, against: str, found: str) -> str:
    replaced = "the base model" if against == BASE_LABEL else against
    return (
        f"{adapter.label} {found} against {replaced}, which it would replace. Evaluate it (POST "
        f"/api/v1/adapters/{adapter.name}/evaluations), or give `override` a reason, which is kept."
    )

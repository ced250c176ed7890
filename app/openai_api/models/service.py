"""The models of a tenant, by the names that OpenAI's clients say: its documents, the base, its adapters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

from app.adapters.deployments.service import DeploymentService
from app.adapters.service import AdapterService
from app.domain.adapters import BASE_LABELS, AdapterLabel, AdapterVersion
from app.errors import Conflict, InvalidRequest, NotFound
from app.llm.base import AdapterRef, Capabilities
from app.storage.visibility import current_visibility

DOCUMENTS = "loracle"  # the tenant's documents, answered by what is in force
BASE = "loracle-base"  # the base model alone, without documents
EMBEDDINGS = "loracle-embeddings"  # the service's embedding model
PREFIX = f"{DOCUMENTS}:"  # before the name of an adapter
SERVICE, TENANT = "loracle", "tenant"  # who made a model
PAGE = 100  # adapter versions read at once
MOST_VERSIONS = 1000  # that a list holds, the newest ones


@dataclass(frozen=True, slots=True)
class Model:
    """What answers under a name."""

    id: str
    created: datetime
    owned_by: str
    documents: bool  # answers come from the tenant's documents
    adapter: str | None = None  # "name@version" that answers; None: the base model
    lacks: tuple[str, ...] = ()  # capabilities that what generates does not have


@dataclass(frozen=True, slots=True)
class Answerer:
    """What a model's name asks for."""

    documents: bool
    adapter: str | None = None  # as `Question.adapter`; None: what is in force


class ModelService:
    """Lists the models of all tenants and resolves their names. `created` of the service's own is its start."""

    def __init__(self, adapters: AdapterService, deployments: DeploymentService, capabilities: Capabilities) -> None:
        self._adapters = adapters
        self._deployments = deployments
        self._lacks = tuple(one.name for one in fields(capabilities) if not getattr(capabilities, one.name))
        self._started = datetime.now(UTC)

    def list(self, tenant_id: str) -> Sequence[Model]:
        """The service's models, then the tenant's adapters that can answer: each name, and each of its versions."""
        versions = [one for one in self._versions(tenant_id) if one.not_served is None]
        return [*self._own(tenant_id), *self._names(tenant_id, versions), *map(_of_version, versions)]

    def get(self, tenant_id: str, name: str) -> Model:
        """Raises NotFound, and Conflict if the adapter's kind is not served."""
        if own := next((one for one in self._own(tenant_id) if one.id == name), None):
            return own
        ref = self._resolve(tenant_id, _adapter_label(name))
        if ref is None:
            return Model(name, self._started, SERVICE, documents=True)
        model = _of_version(self._adapters.get(tenant_id, ref.name, ref.version))
        return replace(model, id=name.removeprefix(PREFIX))

    def answerer(self, tenant_id: str, name: str) -> Answerer:
        """What answers under the name. Raises as `get` does, and InvalidRequest for the embedding model."""
        if name == EMBEDDINGS:
            message = f"{EMBEDDINGS} embeds texts and answers no chat; GET /v1/models lists what does."
            raise InvalidRequest(message, param="model", code="not_a_chat_model")
        if name == BASE and _sees_base():
            return Answerer(documents=False)
        if name == DOCUMENTS:
            return Answerer(documents=True)
        label = _adapter_label(name)
        self._resolve(tenant_id, label)
        return Answerer(documents=True, adapter=label)

    def _own(self, tenant_id: str) -> Sequence[Model]:
        in_force = self._deployments.resolve(tenant_id)
        base = [Model(BASE, self._started, SERVICE, documents=False, lacks=self._lacks)] if _sees_base() else []
        return [
            Model(DOCUMENTS, self._started, SERVICE, documents=True, adapter=_label(in_force), lacks=self._lacks),
            *base,
            Model(EMBEDDINGS, self._started, SERVICE, documents=False),
        ]

    def _names(self, tenant_id: str, versions: Iterable[AdapterVersion]) -> Iterator[Model]:
        """Each name once, with the version that it stands for."""
        by_label = {one.label: one for one in versions}
        for name in dict.fromkeys(one.name for one in by_label.values()):
            try:
                label = _label(self._deployments.resolve(tenant_id, name))
            except (NotFound, Conflict):  # the name stands for a version that cannot answer
                continue
            if label in by_label:
                yield replace(_of_version(by_label[label]), id=name)

    def _versions(self, tenant_id: str) -> Iterator[AdapterVersion]:
        after = None
        for _ in range(MOST_VERSIONS // PAGE):
            page = self._adapters.list(tenant_id, limit=PAGE, after=after)
            yield from page.data
            after = page.next_cursor
            if after is None:
                return

    def _resolve(self, tenant_id: str, label: str) -> AdapterRef | None:
        """As DeploymentService.resolve, with errors that name the model."""
        try:
            return self._deployments.resolve(tenant_id, label)
        except Conflict as fault:
            raise Conflict(fault.message, param="model", code=fault.code) from None
        except NotFound as fault:
            if fault.code == NotFound.code:
                raise _unknown(label) from None
            raise NotFound(fault.message, param="model", code=fault.code) from None


def _sees_base() -> bool:
    """Whether the caller may use the base model without documents: not if one adapter alone answers it."""
    only = current_visibility().adapter
    return only is None or only in BASE_LABELS


def _adapter_label(name: str) -> str:
    """The adapter that a model's name names; "loracle:base" is the documents without an adapter. Raises NotFound."""
    label = name.removeprefix(PREFIX)
    if not label or (name in BASE_LABELS):
        raise _unknown(name)
    return label


def _unknown(name: str) -> NotFound:
    message = f"The model `{name}` does not exist or you do not have access to it; GET /v1/models lists yours."
    return NotFound(message, param="model", code="model_not_found")


def _label(ref: AdapterRef | None) -> str | None:
    return None if ref is None else str(AdapterLabel(ref.name, ref.version))


def _of_version(adapter: AdapterVersion) -> Model:
    owner = SERVICE if adapter.builtin else TENANT
    return Model(adapter.label, adapter.created_at, owner, documents=True, adapter=adapter.label)

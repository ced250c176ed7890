"""The adapters that one replica holds: loaded before first use, once for all requests that wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.deadline import outliving_request
from app.errors import AdapterInvalid, NotFound
from app.llm.base import AdapterRef
from app.llm.remote.faults import InternalError, RequestRefused, ServerFault, UnknownModel
from app.llm.remote.http import ApiServer

LOAD_S = 60.0
UNLOAD_S = 5.0
Loading = Literal["load", "resolve"]


@dataclass(frozen=True, slots=True)
class AdapterSource:
    """How replicas come by an adapter's files."""

    loading: Loading = "load"  # load: it is told the folder; resolve: its plugin fetches the files by the name
    folder: str = ""  # of all adapters, as the replicas see it; empty: as this process does

    def path(self, adapter: AdapterRef) -> str:
        """The folder of a version, as the replicas see it."""
        if not self.folder:
            return adapter.folder
        return f"{self.folder.rstrip('/')}/{'/'.join(Path(adapter.folder).parts[-2:])}"


def model_name(adapter: AdapterRef) -> str:
    """The name under which replicas serve a version. It holds the hash of its content, so it never changes meaning."""
    return f"{adapter.tenant_id}/{adapter.name}@{adapter.version}"


class ReplicaAdapters:
    """What is known about the adapters of one replica. For one thread."""

    def __init__(self, server: ApiServer, source: AdapterSource) -> None:
        self._server = server
        self._source = source
        self._loaded: set[str] = set()
        self._loading: dict[str, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._loaded)

    async def ensure(self, adapter: AdapterRef) -> None:
        """Load the adapter unless the replica has it, or fetches it by itself.

        Raises ServerFault, NotFound (its files are gone), AdapterInvalid (the replica cannot serve it).
        """
        name = model_name(adapter)
        if self._source.loading == "resolve" or name in self._loaded:
            return
        if name not in self._loading:
            self._loading[name] = task = asyncio.create_task(self._load(adapter), context=outliving_request())
            task.add_done_callback(self._loaded_or_not)
            task.set_name(name)
        await asyncio.shield(self._loading[name])

    def forget(self, name: str | None = None) -> None:
        """The replica may not have the adapter any more; None: none of them."""
        self._loaded -= self._loaded if name is None else {name}

    def replace(self, names: Iterable[str]) -> None:
        """The replica says which adapters it has."""
        self._loaded = set(names)

    async def unload(self, adapter: AdapterRef) -> None:
        """Ask the replica to drop the adapter; one that it does not have is dropped already. Raises ServerFault."""
        name = model_name(adapter)
        self.forget(name)
        try:
            await self._server.post("/v1/unload_lora_adapter", {"lora_name": name}, UNLOAD_S)
        except (UnknownModel, RequestRefused):
            return

    async def _load(self, adapter: AdapterRef) -> None:
        name, path = model_name(adapter), self._source.path(adapter)
        try:
            await self._server.post("/v1/load_lora_adapter", {"lora_name": name, "lora_path": path}, LOAD_S)
        except RequestRefused as refused:
            if "already been loaded" not in str(refused):
                raise AdapterInvalid(f"The generation server cannot serve the adapter: {refused}.") from refused
        except UnknownModel as missing:
            raise self._missing(adapter, path, missing) from missing
        except InternalError as fault:  # so vLLM answers for a rank that is too high, or a damaged file
            raise AdapterInvalid(f"The generation server cannot serve the adapter: {fault}.") from fault
        self._loaded.add(name)

    def _loaded_or_not(self, task: asyncio.Task[None]) -> None:
        del self._loading[task.get_name()]
        if not task.cancelled():
            task.exception()  # is raised where it is waited for, if anybody still does

    def _missing(self, adapter: AdapterRef, path: str, missing: UnknownModel) -> Exception:
        if not Path(adapter.folder).is_dir():
            return NotFound("No such adapter.", param="adapter")
        return ServerFault(
            f"it has no folder {path} ({missing}): mount the adapters there, set LORACLE_VLLM_ADAPTERS_DIR to where "
            "they are, or start it with VLLM_ALLOW_RUNTIME_LORA_UPDATING=True"
        )

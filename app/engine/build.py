"""Builds an engine over a loaded base model, within memory budgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import structlog

from app.engine.adapter_cache import AdapterCache, HostAdapterCache
from app.engine.engine import Engine
from app.engine.kv import KVCache
from app.engine.loading import LoadedModel
from app.engine.lora import AdapterWeights, PackedLayout, load_adapter
from app.engine.runner import Runner
from app.engine.scheduler import SchedulerLimits
from app.engine.tokenizer import ChatTokenizer
from app.errors import AdapterInvalid, NotFound

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class EngineLimits:
    context_tokens: int = 2048
    kv_bytes: int = 256 * 2**20
    adapter_bytes: int = 512 * 2**20  # bytes of adapters on the device
    adapter_host_bytes: int = 2 * 2**30  # bytes of adapters in main memory, used only with a GPU
    scheduler: SchedulerLimits = field(default_factory=SchedulerLimits)


def build_engine(
    loaded: LoadedModel, chat: ChatTokenizer, limits: EngineLimits, *, end_ids: frozenset[int] | None = None
) -> Engine:
    """Build an engine over a loaded base model, without starting it.

    `end_ids` are the tokens that end an answer; by default, the model's own. Raises WeightsUnavailable if the budgets
    are too small.
    """
    kv = KVCache(
        loaded.model.config,
        budget_bytes=limits.kv_bytes,
        context_tokens=limits.context_tokens,
        dtype=loaded.compute_dtype,
        device=loaded.device,
    )
    runner = Runner(loaded.model, kv, loaded.device)
    load: Callable[[Path], AdapterWeights] = partial(_load_adapter, layouts=runner.layouts)
    if loaded.device != "cpu":
        load = HostAdapterCache(limits.adapter_host_bytes, load, loaded.device)
    adapter_cache = AdapterCache(limits.adapter_bytes, load)
    engine = Engine(
        runner,
        kv,
        adapter_cache,
        decode=chat.decode,
        end_ids=chat.end_ids(_configured_end(loaded)) if end_ids is None else end_ids,
        limits=limits.scheduler,
    )
    adapter_cache.on_change = engine.wake
    return engine


def _configured_end(loaded: LoadedModel) -> int | list[int] | None:
    """The tokens that end an answer by the model's generation_config, if it has one."""
    configured: int | list[int] | None = getattr(loaded.model.generation_config, "eos_token_id", None)
    return configured


def _load_adapter(folder: Path, layouts: list[PackedLayout]) -> AdapterWeights:
    """Load an adapter. Raises NotFound if its folder is gone, AdapterInvalid if its files are damaged."""
    try:
        return load_adapter(folder, layouts)
    except FileNotFoundError:
        raise NotFound("No such adapter.", param="adapter") from None
    except Exception as fault:
        log.exception("adapter_damaged", folder=folder.name)
        raise AdapterInvalid("The adapter's files are damaged; upload it again.", param="adapter") from fault

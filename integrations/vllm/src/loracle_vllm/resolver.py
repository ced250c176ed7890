"""The resolver that vLLM asks for an adapter it does not know."""

from __future__ import annotations

import asyncio

from vllm.logger import init_logger
from vllm.lora.request import LoRARequest
from vllm.lora.resolver import LoRAResolver

from loracle_vllm.fetching import AdapterCache, AdapterFault
from loracle_vllm.names import parse

logger = init_logger(__name__)


class LoracleResolver(LoRAResolver):
    """Fetches the version that a name says. Names that are not Loracle's are none of its business."""

    def __init__(self, cache: AdapterCache) -> None:
        self._cache = cache

    async def resolve_lora(self, base_model_name: str, lora_name: str) -> LoRARequest | None:  # noqa: ARG002
        """The adapter; None lets vLLM answer 404. vLLM gives it a number of its own."""
        adapter = parse(lora_name)
        if adapter is None:
            return None
        try:
            folder = await asyncio.to_thread(self._cache.folder, adapter)
        except AdapterFault as fault:
            logger.warning("%s", fault)
            return None
        return None if folder is None else LoRARequest(lora_name, 1, str(folder))

"""A plugin of vLLM that fetches Loracle's adapters by their names."""

from __future__ import annotations

import os
from pathlib import Path

from loracle_vllm.fetching import AdapterCache, source_of

CACHE = "~/.cache/loracle-vllm"


def register() -> None:
    """The entry point `vllm.general_plugins`, called in every process of vLLM. It needs LORACLE_ADAPTERS_FROM.

    Raises ValueError if the variables do not fit together.
    """
    origin = os.environ.get("LORACLE_ADAPTERS_FROM", "")
    if not origin:
        return
    from vllm.lora.resolver import LoRAResolverRegistry

    from loracle_vllm.resolver import LoracleResolver

    folder = Path(os.environ.get("LORACLE_ADAPTERS_CACHE", CACHE)).expanduser()
    cache = AdapterCache(folder, source_of(origin, os.environ.get("LORACLE_ADAPTERS_KEY", "")))
    LoRAResolverRegistry.register_resolver("Loracle", LoracleResolver(cache))

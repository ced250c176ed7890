"""How the replicas of vLLM are reached, and what they were started with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.llm.vllm.adapters import AdapterSource


@dataclass(frozen=True, slots=True, kw_only=True)
class VllmOptions:
    """How replicas are reached, and what they were started with."""

    urls: Sequence[str]
    key: str = ""  # of --api-key
    model: str = ""  # served name or root of the base that each must serve; empty: that of the first to answer
    quantization: str = "none"  # that they serve the base in
    source: AdapterSource = field(default_factory=AdapterSource)
    max_loras: int = 8  # of --max-loras
    busy: int = 32  # requests under way on a replica from which on another one is chosen
    wait_s: float = 10.0  # for a replica to come back
    check_s: float = 2.0  # between two checks of a replica
    stall_s: float = 60.0  # longest time until the first token, and between two
    salt_secret: str = ""  # empty: another one after every start

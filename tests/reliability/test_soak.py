"""A short soak of an engine over a tiny model."""

from __future__ import annotations

from pathlib import Path

from app.engine.adapter_cache import AdapterLocation
from app.engine.lora import load_adapter
from tests.reliability.soak import Soak, run
from tests.support.engine_serving import make_engine
from tests.support.random_adapter import write_random_adapter
from tests.support.tiny_models import base_spec, tiny_model

SECONDS, STREAMS, ADAPTERS = 3.0, 4, 4
PROMPTS = [tuple(range(3, 3 + length)) for length in (5, 20, 45)]


def test_no_token_is_wrong_and_nothing_is_left_under_cancellations_and_swaps(tmp_path: Path) -> None:
    spec = base_spec(tiny_model("llama"), tmp_path / "base")
    folders = [write_random_adapter(tmp_path / str(i), spec, rank=4, std=0.3, seed=i) for i in range(ADAPTERS)]
    two_adapters = 2 * load_adapter(folders[0]).size_bytes
    engine = make_engine(tiny_model("llama"), adapter_bytes=two_adapters)
    engine.start()
    adapters = [AdapterLocation((f"tenant-{i}", "v1"), folder) for i, folder in enumerate(folders)]
    soak = Soak(engine, PROMPTS, adapters, latest_cancel_s=0.1)
    soak.record_expected()
    row = run(soak, SECONDS, STREAMS)
    engine.close(5)
    assert len(set(map(tuple, soak.expected.values()))) > len(PROMPTS)  # adapters change the answers
    assert row["answers"] + row["cancelled"] >= STREAMS
    assert row["adapter_evictions"] > 0
    held = ("wrong", "failed", "running", "waiting", "adapter_pins", "kv_positions_running")
    assert {name: row[name] for name in held} == dict.fromkeys(held, 0)

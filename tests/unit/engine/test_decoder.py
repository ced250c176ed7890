"""All layers in one native call: to the bit what the kernels give one by one; models put together otherwise stay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from app.engine import native
from app.engine.base_identity import QuantizationRecipe
from app.engine.batch import Branches, PackedBatch, ScheduledSequence, pack
from app.engine.decoder import is_supported
from app.engine.kernels import use_native_linears
from app.engine.kv import KVCache
from app.engine.lora import AdapterWeights, load_adapter
from app.engine.quantize import quantize_model
from app.engine.runner import Runner
from tests.support.random_adapter import write_random_adapter
from tests.support.tiny_models import SIZES, base_spec, tiny_model

pytestmark = pytest.mark.usefixtures("kernels")
WIDE = {**SIZES, "hidden_size": 128, "head_dim": 64}
PASTS, COUNTS = (0, 1, 15, 16, 40, 3), (5, 1, 1, 1, 1, 2)  # a short prefill, decodes, two tokens


def runner(architecture: str = "llama", *, bits: int = 4, integers: bool = False) -> Runner:
    model = tiny_model(architecture, torch.bfloat16, WIDE)
    for name, weight in model.named_parameters():
        if name.endswith("norm.weight"):
            weight.copy_(torch.rand_like(weight) + 0.5)  # as made, all are alike
    if bits == 4:
        quantize_model(model, QuantizationRecipe("nf4", 64), compute_dtype=torch.bfloat16)
    use_native_linears(model, integers=integers)
    kv = KVCache(model.config, budget_bytes=2**24, context_tokens=512, dtype=torch.bfloat16, device="cpu")
    return Runner(model, kv, "cpu")


def works(engine: Runner, adapters: Sequence[AdapterWeights | None]) -> list[ScheduledSequence]:
    """Sequences with different pasts, whose keys and values the model itself computed."""
    made = []
    for i, (past, count) in enumerate(zip(PASTS, COUNTS, strict=True)):
        allocation = engine._kv.reserve(f"owner {i}", [], past + count)
        assert allocation is not None
        adapter = adapters[i % len(adapters)]
        tokens = [(7 * i + j) % 250 + 3 for j in range(past + count)]
        if past:
            engine._forward_by_model(pack([ScheduledSequence(tokens[:past], allocation, adapter)], engine._kv, "cpu"))
            allocation.tokens = tokens[:past]
        made.append(ScheduledSequence(tokens[past:], allocation, adapter))
    return made


def kept(engine: Runner, batch: PackedBatch) -> torch.Tensor:
    """A copy of the keys and values of the batch's rows, in all layers."""
    return torch.stack([arena[:, :, batch.positions] for arena in (engine._kv.keys, engine._kv.values)])


@pytest.mark.parametrize(("bits", "integers"), [(4, False), (4, True), (16, False)])
def test_decoder_gives_the_logits_of_the_separate_kernels(tmp_path: Path, bits: int, integers: bool) -> None:
    engine = runner(bits=bits, integers=integers)
    spec = base_spec(tiny_model("llama", torch.float32, WIDE), tmp_path / "base")
    few = [f"model.layers.{i}.{name}" for i in (0, 2) for name in ("self_attn.v_proj", "mlp.down_proj")]
    folders = [
        write_random_adapter(tmp_path / "a", spec, rank=8, std=0.2, seed=1),
        write_random_adapter(tmp_path / "b", spec, rank=5, std=0.2, seed=2, targets=few),
    ]
    adapters = [*(load_adapter(folder, engine.layouts) for folder in folders), None]
    with torch.inference_mode():
        adapted = works(engine, adapters)
        batch = pack(adapted, engine._kv, "cpu")
        decoder = engine._decoder
        assert decoder is not None
        assert decoder.supports(batch)
        expected = engine._forward_by_model(batch)
        stored = kept(engine, batch)
        engine._kv.keys[:, :, batch.positions] = 9
        engine._kv.values[:, :, batch.positions] = 9
        got = engine._forward_by_decoder(decoder, batch)
        assert torch.equal(kept(engine, batch), stored)
        bare = pack([ScheduledSequence(one.tokens, one.allocation, None) for one in adapted], engine._kv, "cpu")
        without = engine._forward_by_decoder(decoder, bare)
    assert torch.equal(got, expected)
    assert (without - expected).abs().max() > 1  # adapters change much more than rounding could


def test_runner_uses_the_decoder_for_few_rows_only(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = runner()
    rows = []
    theirs = native.decode_layers
    monkeypatch.setattr(
        native,
        "decode_layers",
        lambda hidden, *more, **named: (rows.append(len(hidden)), theirs(hidden, *more, **named)),
    )
    assert engine._decoder is not None
    for count in (engine._decoder.rows - 1, engine._decoder.rows):
        allocation = engine._kv.reserve(count, [], count)
        assert allocation is not None
        engine.logits([ScheduledSequence(list(range(3, 3 + count)), allocation, None)])
    assert rows == [engine._decoder.rows - 1]


def test_prefill_of_whole_number_products_runs_in_the_decoder() -> None:
    engine = runner(integers=True)
    allocation = engine._kv.reserve("many", [], 300)
    assert allocation is not None
    with torch.inference_mode():
        batch = pack([ScheduledSequence([(7 * i) % 250 + 3 for i in range(300)], allocation, None)], engine._kv, "cpu")
        assert engine._decoder is not None
        assert engine._decoder.supports(batch)
        assert torch.equal(engine._forward_by_decoder(engine._decoder, batch), engine._forward_by_model(batch))


@pytest.mark.parametrize("integers", [False, True])
@pytest.mark.parametrize("architecture", ["qwen2", "qwen3", "gemma3", "granite"])
def test_other_families_give_the_logits_of_the_separate_kernels(architecture: str, integers: bool) -> None:
    """Biases, norms of queries and keys, four norms a layer with a sliding window, scaled residuals."""
    engine = runner(architecture, integers=integers)
    assert engine._decoder is not None
    with torch.inference_mode():
        batch = pack(works(engine, [None]), engine._kv, "cpu")
        expected = engine._forward_by_model(batch)
        stored = kept(engine, batch)
        engine._kv.keys[:, :, batch.positions] = 9
        got = engine._forward_by_decoder(engine._decoder, batch)
        assert torch.equal(kept(engine, batch), stored)
    assert torch.equal(got, expected)


def test_models_with_other_modules_keep_their_own_forward() -> None:
    """Phi-3 has one layer for queries, keys and values."""
    from transformers import Phi3Config, Phi3ForCausalLM

    model: Any = Phi3ForCausalLM(Phi3Config(**WIDE)).bfloat16().eval().requires_grad_(requires_grad=False)
    use_native_linears(model)
    kv = KVCache(model.config, budget_bytes=2**24, context_tokens=512, dtype=torch.bfloat16, device="cpu")
    assert not is_supported(model, kv)
    assert Runner(model, kv, "cpu")._decoder is None


def test_probe_finds_a_model_that_is_composed_differently() -> None:
    """The same parts as Granite's, where one layer scales what it adds by another factor."""
    model = tiny_model("granite", torch.bfloat16, WIDE)
    model.model.layers[1].residual_multiplier = 1.5
    use_native_linears(model)
    kv = KVCache(model.config, budget_bytes=2**24, context_tokens=512, dtype=torch.bfloat16, device="cpu")
    engine = Runner(model, kv, "cpu")
    assert is_supported(model, kv)
    assert engine._decoder is None
    assert kv.usage() == (0, 0)


@pytest.mark.parametrize("decoder", [True, False])
def test_activated_rows_alone_get_the_update(tmp_path: Path, decoder: bool) -> None:
    """A span that an adapter changes in part: its rows before are the base's to the bit, those after the adapter's."""
    engine = runner()
    spec = base_spec(tiny_model("llama", torch.float32, WIDE), tmp_path / "base")
    adapter = load_adapter(write_random_adapter(tmp_path / "a", spec, rank=8, std=0.2, seed=1), engine.layouts)
    tokens, active_from = list(range(3, 33)), 20

    def keys(weights: AdapterWeights | None, start: int) -> torch.Tensor:
        """(positions, ...) of all layers, after one step over all tokens."""
        allocation = engine._kv.reserve("owner", [], len(tokens))
        assert allocation is not None
        batch = pack([ScheduledSequence(tokens, allocation, weights, start)], engine._kv, "cpu")
        with torch.inference_mode():
            if decoder:
                assert engine._decoder is not None
                engine._forward_by_decoder(engine._decoder, batch)
            else:
                engine._forward_by_model(batch)
        stored = kept(engine, batch).permute(3, 0, 1, 2, 4).clone()
        engine._kv.release(allocation, retain=False)
        return stored

    base, whole, activated = keys(None, 0), keys(adapter, 0), keys(adapter, active_from)
    assert torch.equal(activated[:active_from], base[:active_from])
    assert not torch.equal(activated[active_from], base[active_from])
    assert not torch.equal(activated[active_from:], whole[active_from:])
    assert torch.equal(keys(adapter, len(tokens)), base)


def test_branches_see_the_prompt_and_themselves() -> None:
    """Beside a decoding sequence: continuations in one step get the logits that each gets alone, to bf16's rounding."""
    engine = runner()
    prompt = list(range(3, 43))
    continuations = [[50, 51, 52], [60], [70, 71, 72, 73]]

    def logits(tokens: list[int], branches: Branches | None, rows: int) -> torch.Tensor:
        allocation, other = engine._kv.reserve("a", [], len(tokens)), engine._kv.reserve("b", [], 1)
        assert allocation is not None
        assert other is not None
        scheduled = [
            ScheduledSequence([9], other, None),
            ScheduledSequence(tokens, allocation, None, 0, rows, branches),
        ]
        got = engine.logits(scheduled)
        assert len(got[0]) == 1
        for one in (allocation, other):
            engine._kv.release(one, retain=False)
        return got[1].float()

    starts, tokens = (40, 43, 44), [*prompt, *(token for one in continuations for token in one)]
    together, one_text = logits(tokens, Branches(40, starts), 8), logits(tokens, None, 8)
    for start, continuation in zip(starts, continuations, strict=True):
        alone = logits([*prompt, *continuation], None, len(continuation))
        rows = slice(start - 40, start - 40 + len(continuation))
        assert float((together[rows] - alone).norm() / alone.norm()) < 0.03
        assert start == 40 or float((one_text[rows] - alone).norm() / alone.norm()) > 0.1

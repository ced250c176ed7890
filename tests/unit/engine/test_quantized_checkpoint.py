"""4-bit weights are quantised once and kept beside the model: complete or absent, and never trusted when damaged."""

from __future__ import annotations

import errno
import json
import multiprocessing
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bitsandbytes as bnb
import pytest
import structlog
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, GenerationConfig, Qwen2Config, Qwen2ForCausalLM
from typer.testing import CliRunner

from app.cli.models import models
from app.engine import quantized_checkpoint, quantized_folder, quantized_model
from app.engine.base_identity import QuantizationRecipe
from app.engine.loading import read_quantized_model
from app.engine.quantize import quantize_model
from app.engine.quantized_folder import FOLDER, MANIFEST, checkpoint_folders, find_problems
from app.errors import WeightsUnavailable
from app.operations.diagnosis.models import diagnose_models
from app.weights.folder import QUANTIZED, check_folder, fingerprint, problems, write_manifest
from tests.support.tiny_models import SIZES, tiny_model

PROMPT = torch.tensor([[5, 9, 200, 3, 77, 18]])
RECIPE = QuantizationRecipe("nf4", 32, keep=("down_proj",))


def qwen2() -> Any:
    """Biases on the projections, and a head that is tied to the embeddings."""
    torch.manual_seed(7)
    sizes = {name: size for name, size in SIZES.items() if name != "head_dim"}
    model = Qwen2ForCausalLM(Qwen2Config(**{**sizes, "tie_word_embeddings": True}, initializer_range=0.3))
    for layer in model.model.layers:
        torch.nn.init.normal_(layer.self_attn.q_proj.bias)
    return model


@pytest.fixture(params=["llama", "qwen2", "qwen3", "gemma3"])
def any_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return saved(qwen2() if request.param == "qwen2" else tiny_model(request.param), tmp_path / "model")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return saved(qwen2(), tmp_path / "model")


def saved(model: Any, folder: Path, **options: Any) -> Path:
    model.generation_config = GenerationConfig(eos_token_id=[2, 9], pad_token_id=0, bos_token_id=1)
    model.to(torch.bfloat16).save_pretrained(folder, **options)
    (folder / "tokenizer.json").write_text("{}")
    return folder


def read(
    folder: Path, recipe: QuantizationRecipe = RECIPE, dtype: torch.dtype = torch.bfloat16, weights: str = "w1"
) -> Any:
    return read_quantized_model(folder, weights_fingerprint=weights, recipe=recipe, dtype=dtype, device="cpu")


def quantized_in_memory(folder: Path, recipe: QuantizationRecipe = RECIPE, dtype: torch.dtype = torch.bfloat16) -> Any:
    """The plain way: the whole model is read, then quantised."""
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype).eval().requires_grad_(requires_grad=False)
    quantize_model(model, recipe, compute_dtype=dtype)
    return model


def kept(folder: Path) -> Path:
    (only,) = checkpoint_folders(folder)
    return only


def weights_file(folder: Path) -> Path:
    return kept(folder) / "weights-00000.safetensors"


@pytest.fixture
def quantizations(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The shapes of the weights that were quantised."""
    shapes: list[tuple[int, ...]] = []
    quantize = quantized_model.quantize_to_four_bit

    def counted(weight: torch.Tensor, *arguments: Any, **options: Any) -> Any:
        shapes.append(tuple(weight.shape))
        return quantize(weight, *arguments, **options)

    monkeypatch.setattr(quantized_model, "quantize_to_four_bit", counted)
    return shapes


@pytest.fixture
def warnings() -> Any:
    with structlog.testing.capture_logs() as logs:
        yield logs


def events(warnings: list[Any]) -> list[str]:
    return [entry["event"] for entry in warnings if entry["log_level"] == "warning"]


def state_of(layer: Any) -> dict[str, Any]:
    state = layer.weight.quant_state.as_dict(packed=False)
    return {**state, "weight": layer.weight.data, "bias": layer.bias, "block": layer.weight.blocksize}


def assert_equal_layers(one: Any, other: Any) -> None:
    assert list(dict(one.named_modules())) == list(dict(other.named_modules()))
    for name, layer in one.named_modules():
        if not isinstance(layer, bnb.nn.Linear4bit):
            assert type(layer) is type(other.get_submodule(name))
            continue
        ours, theirs = state_of(layer), state_of(other.get_submodule(name))
        assert ours.keys() == theirs.keys()
        for key, value in ours.items():
            if isinstance(value, torch.Tensor):
                assert value.dtype == theirs[key].dtype, (name, key)
                assert torch.equal(value, theirs[key]), (name, key)
            else:
                assert value == theirs[key], (name, key)
        for attribute in ("compute_dtype", "support_avx512bf16_for_cpu", "training"):
            assert getattr(layer, attribute) == getattr(other.get_submodule(name), attribute)
        assert layer.weight.module is None
        assert layer.weight.bnb_quantized


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32])
@pytest.mark.parametrize("method", ["nf4", "fp4"])
@pytest.mark.parametrize("double", [True, False], ids=["double", "single"])
def test_kept_model_is_equal_to_the_bit_to_a_freshly_quantised_one(
    any_folder: Path, dtype: torch.dtype, method: Any, double: bool, quantizations: list[tuple[int, ...]]
) -> None:
    recipe = QuantizationRecipe(method, 32, double, keep=("down_proj",))
    expected = quantized_in_memory(any_folder, recipe, dtype)
    first = read(any_folder, recipe, dtype)
    assert quantizations
    quantizations.clear()
    second = read(any_folder, recipe, dtype)
    assert not quantizations
    for model in (first, second):
        assert_equal_layers(model, expected)
        parameters = dict(expected.named_parameters())
        assert parameters.keys() == dict(model.named_parameters()).keys()
        for name, buffer in model.named_buffers():
            assert torch.equal(buffer, expected.get_buffer(name))
        assert model.generation_config.to_dict() == expected.generation_config.to_dict()
        assert model.config.to_dict() == expected.config.to_dict()
    for model in (first, second):  # after all comparisons: with AVX512-BF16 the first use lays the weights out anew
        with torch.inference_mode():
            assert torch.equal(model(PROMPT).logits, expected(PROMPT).logits)


def test_tied_head_and_biases_are_shared_and_read(folder: Path) -> None:
    read(folder)
    model = read(folder)
    assert model.lm_head.weight is model.model.embed_tokens.weight
    stored = load_file(folder / "model.safetensors")
    for name in ("model.layers.0.self_attn.q_proj", "model.layers.2.self_attn.v_proj"):
        assert torch.equal(model.get_submodule(name).bias, stored[f"{name}.bias"])
    assert not any(parameter.requires_grad or parameter.is_meta for parameter in model.parameters())
    assert not any(buffer.is_meta for buffer in model.buffers())


def test_training_in_another_type_reads_what_serving_kept(folder: Path, quantizations: list[tuple[int, ...]]) -> None:
    read(folder, dtype=torch.bfloat16)
    quantizations.clear()
    model = read(folder, dtype=torch.float32)
    assert not quantizations
    layer = model.model.layers[0].self_attn.q_proj
    assert layer.weight.quant_state.dtype == layer.compute_dtype == layer.bias.dtype == torch.float32


def test_type_that_rounds_the_weights_has_weights_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    saved(tiny_model("llama"), folder)
    stored = {name: tensor.float() + 1e-5 for name, tensor in load_file(folder / "model.safetensors").items()}
    save_file(stored, folder / "model.safetensors", metadata={"format": "pt"})
    for dtype in (torch.float32, torch.bfloat16, torch.float32, torch.bfloat16):
        assert_equal_layers(read(folder, dtype=dtype), quantized_in_memory(folder, dtype=dtype))
    assert len(checkpoint_folders(folder)) == 2


def test_sharded_model_is_read(tmp_path: Path) -> None:
    folder = saved(tiny_model("llama"), tmp_path / "model", max_shard_size="60KB")
    assert len(list(folder.glob("*.safetensors"))) > 2
    for _ in range(2):
        assert_equal_layers(read(folder), quantized_in_memory(folder))


def test_several_files_hold_a_large_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantized_checkpoint, "FILE_BYTES", 10_000)
    read(folder)
    assert len(list(kept(folder).glob("*.safetensors"))) > 2
    assert_equal_layers(read(folder), quantized_in_memory(folder))


@pytest.mark.parametrize(
    "other",
    [
        QuantizationRecipe("nf4", 64, keep=("down_proj",)),
        QuantizationRecipe("fp4", 32, keep=("down_proj",)),
        QuantizationRecipe("nf4", 32, double_quantization=False, keep=("down_proj",)),
        QuantizationRecipe("nf4", 32),
    ],
)
def test_another_recipe_has_weights_of_its_own(folder: Path, other: QuantizationRecipe) -> None:
    read(folder)
    assert_equal_layers(read(folder, other), quantized_in_memory(folder, other))
    assert len(checkpoint_folders(folder)) == 2


def test_new_weights_replace_those_of_the_old_ones(folder: Path) -> None:
    read(folder, weights="old")
    shutil.copytree(kept(folder), folder / FOLDER / ".0123456789abcdef.new")  # a killed run left it
    changed = load_file(folder / "model.safetensors")
    changed["model.layers.0.mlp.up_proj.weight"] *= 2
    save_file(changed, folder / "model.safetensors", metadata={"format": "pt"})
    assert_equal_layers(read(folder, weights="new"), quantized_in_memory(folder))
    assert json.loads((kept(folder) / MANIFEST).read_text())["key"]["weights"] == "new"
    assert [path.name for path in (folder / FOLDER).iterdir() if path.is_dir()] == [kept(folder).name]


def test_another_version_of_the_library_quantises_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch, quantizations: list[tuple[int, ...]]
) -> None:
    read(folder)
    quantizations.clear()
    monkeypatch.setattr(bnb, "__version__", "9.9")
    read(folder)
    assert quantizations
    assert json.loads((kept(folder) / MANIFEST).read_text())["key"]["bitsandbytes"] == "9.9"


@pytest.mark.parametrize("method", ["int8", "none"])
def test_other_methods_keep_nothing(folder: Path, method: Any) -> None:
    read(folder, QuantizationRecipe(method))
    assert not (folder / FOLDER).exists()


def test_weights_that_nothing_identifies_are_not_kept(folder: Path) -> None:
    assert_equal_layers(read(folder, weights=""), quantized_in_memory(folder))
    assert not (folder / FOLDER).exists()


def test_kept_weights_leave_fingerprint_and_manifest_of_the_model_alone(folder: Path) -> None:
    before = fingerprint(folder)
    read(folder)
    assert fingerprint(folder) == before
    pulled = folder.with_name("pulled")
    shutil.copytree(folder, pulled, ignore=shutil.ignore_patterns(FOLDER))
    write_manifest(pulled)
    before = fingerprint(pulled)
    read(pulled)
    assert checkpoint_folders(pulled)
    assert problems(pulled) == []
    assert fingerprint(pulled) == before
    assert QUANTIZED == FOLDER


def test_kept_weights_are_no_model_without_the_model(folder: Path) -> None:
    read(folder)
    (folder / "model.safetensors").unlink()
    with pytest.raises(WeightsUnavailable):
        check_folder(folder)
    with pytest.raises(WeightsUnavailable):
        read(folder)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def grow(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def spoil_header(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[20:40] = bytes(20)
    path.write_bytes(content)


def drop_tensor(path: Path) -> None:
    rewrite(path, lambda tensors: tensors.pop("model.layers.1.mlp.gate_proj.weight.nested_absmax"))


def change_shape(path: Path) -> None:
    name = "model.layers.1.mlp.gate_proj.weight"
    rewrite(path, lambda tensors: tensors.update({name: tensors[name][:-8].clone()}))


def spoil_statistics(path: Path) -> None:
    name = "model.layers.1.mlp.gate_proj.weight.quant_state.bitsandbytes__nf4"
    rewrite(path, lambda tensors: tensors.update({name: torch.zeros_like(tensors[name])}))


def swap_statistics(path: Path) -> None:
    ours, theirs = (
        f"model.layers.0.{layer}.weight.quant_state.bitsandbytes__nf4" for layer in ("mlp.up_proj", "self_attn.q_proj")
    )
    rewrite(path, lambda tensors: tensors.update({ours: tensors[theirs].clone()}))


def rewrite(path: Path, change: Callable[[dict[str, torch.Tensor]], Any]) -> None:
    """Another content of the file, with a manifest that fits its size."""
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path)
    edit_manifest(path, lambda manifest: manifest["files"][path.name].update(bytes=path.stat().st_size))


def edit_manifest(path: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    place = path.parent / MANIFEST
    manifest = json.loads(place.read_text())
    change(manifest)
    place.write_text(json.dumps(manifest))


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "missing file": Path.unlink,
    "truncated": truncate,
    "empty": lambda path: path.write_bytes(b""),
    "grown": grow,
    "header": spoil_header,
    "missing tensor": drop_tensor,
    "shape": change_shape,
    "statistics": spoil_statistics,
    "statistics of another layer": swap_statistics,
    "no manifest": lambda path: (path.parent / MANIFEST).unlink(),
    "half a manifest": lambda path: truncate(path.parent / MANIFEST),
    "manifest of another kind": lambda path: (path.parent / MANIFEST).write_text("[]"),
    "another format": lambda path: edit_manifest(path, lambda manifest: manifest.update(format=0)),
    "of another model": lambda path: edit_manifest(path, lambda manifest: manifest["key"].update(weights="w2")),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_weights_are_made_anew_with_a_warning(
    folder: Path, damage: Callable[[Path], Any], warnings: list[Any], quantizations: list[tuple[int, ...]]
) -> None:
    read(folder)
    damage(weights_file(folder))
    assert_equal_layers(read(folder), quantized_in_memory(folder))
    assert events(warnings) == ["quantized_weights_damaged"]
    quantizations.clear()
    assert_equal_layers(read(folder), quantized_in_memory(folder))
    assert not quantizations
    assert find_problems(folder) == []


def test_changed_bit_is_found_by_the_full_check(folder: Path) -> None:
    read(folder)
    assert find_problems(folder) == []
    assert CliRunner().invoke(models, ["verify", f"path:{folder}"]).exit_code == 0
    content = bytearray(weights_file(folder).read_bytes())
    content[-10] ^= 1
    weights_file(folder).write_bytes(content)
    (problem,) = find_problems(folder)
    assert "weights-00000.safetensors is damaged; delete this folder" in problem
    findings = diagnose_models([f"path:{folder}"], folder)
    doctor = {finding.name: finding for finding in findings}
    assert not doctor[f"4-bit weights of path:{folder}"].ok
    verified = CliRunner().invoke(models, ["verify", f"path:{folder}"])
    assert verified.exit_code == 1
    assert problem in verified.output


def full_disk(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("module", "place"),
    [(quantized_checkpoint, "save_file"), (quantized_checkpoint, "replace_folder"), (quantized_folder, "_sha256")],
)
def test_full_disk_is_a_warning_and_leaves_nothing(
    folder: Path, module: Any, place: str, monkeypatch: pytest.MonkeyPatch, warnings: list[Any]
) -> None:
    monkeypatch.setattr(module, place, full_disk)
    assert_equal_layers(read(folder), quantized_in_memory(folder))
    assert events(warnings) == ["quantized_weights_not_kept"]
    assert checkpoint_folders(folder) == []
    assert [path.name for path in (folder / FOLDER).iterdir()] in ([], [".lock"])


def test_nothing_is_written_where_the_folder_is_read_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, warnings: list[Any]
) -> None:
    mkdir = Path.mkdir

    def read_only(path: Path, *arguments: Any, **options: Any) -> None:
        if folder in path.parents:
            raise OSError(errno.EROFS, "Read-only file system")
        mkdir(path, *arguments, **options)

    before = sorted(folder.rglob("*"))
    monkeypatch.setattr(Path, "mkdir", read_only)  # not chmod: the tests may run as root
    assert_equal_layers(read(folder), quantized_in_memory(folder))
    assert events(warnings) == ["quantized_weights_not_kept"]
    assert sorted(folder.rglob("*")) == before


def test_kept_weights_in_a_read_only_folder_are_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch, warnings: list[Any], quantizations: list[tuple[int, ...]]
) -> None:
    read(folder)
    quantizations.clear()
    monkeypatch.setattr(quantized_model, "exclusive_access", full_disk)
    assert_equal_layers(read(folder), quantized_in_memory(folder))
    assert not quantizations
    assert events(warnings) == []


def read_in_child(folder: Path, barrier: Any, results: Any) -> None:
    torch.set_num_threads(1)
    quantized: list[str] = []
    quantize = quantized_model.quantize_to_four_bit

    def counted(*arguments: Any, **options: Any) -> Any:
        quantized.append("one")
        return quantize(*arguments, **options)

    quantized_model.quantize_to_four_bit = counted
    barrier.wait()
    with torch.inference_mode():
        logits = read(folder)(PROMPT).logits.float().tolist()
    results.put((len(quantized), logits))


def test_two_processes_at_once_quantise_once(folder: Path) -> None:
    context = multiprocessing.get_context("fork")  # spawn imports everything again, in many seconds
    barrier, results = context.Barrier(2), context.Queue()
    children = [context.Process(target=read_in_child, args=(folder, barrier, results)) for _ in range(2)]
    for child in children:
        child.start()
    found = [results.get(timeout=120) for _ in children]
    for child in children:
        child.join(60)
    with torch.inference_mode():
        expected = quantized_in_memory(folder)(PROMPT).logits.float().tolist()
    assert [logits for _, logits in found] == [expected] * 2
    assert sorted(count > 0 for count, _ in found) == [False, True]


def test_layer_that_the_files_do_not_hold_under_its_name_is_quantised_as_before(folder: Path) -> None:
    """As in checkpoints that transformers renames: without `model.` before each name."""
    stored = {name.removeprefix("model."): tensor for name, tensor in load_file(folder / "model.safetensors").items()}
    save_file(stored, folder / "model.safetensors", metadata={"format": "pt"})
    assert_equal_layers(read(folder), quantized_in_memory(folder))
    assert not (folder / FOLDER).exists()


def test_shape_that_does_not_fit_the_kernels_says_what_to_do(tmp_path: Path) -> None:
    folder = saved(tiny_model("llama", sizes={**SIZES, "intermediate_size": 72}), tmp_path / "model")
    with pytest.raises(WeightsUnavailable, match="LORACLE_QUANTIZATION"):
        read(folder)

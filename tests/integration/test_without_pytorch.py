"""A service whose models run elsewhere needs no PyTorch: the gateway image leaves it out."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import torch
from safetensors.torch import save_file

from tests.support.files import adapter_config, adapter_tensors
from tests.support.paths import ROOT


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the calls of `without_pytorch` answered, with an adapter in bf16 under names that another tool gave."""
    folder = tmp_path_factory.mktemp("gateway")
    tensors = {
        key.replace(".weight", ".default.weight"): torch.from_numpy(values).bfloat16()
        for key, values in adapter_tensors().items()
    }
    save_file(tensors, folder / "adapter_model.safetensors")
    (folder / "adapter_config.json").write_bytes(adapter_config())
    command = [sys.executable, "-m", "tests.support.without_pytorch", str(folder)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])  # behind lines of the log
    return found


def test_documents_are_taken_in_and_questions_answered(outcome: dict[str, object]) -> None:
    assert (outcome["document"], outcome["ready"]) == ("ready", 200)
    assert outcome["citations"]


def test_adapter_is_checked_and_stored(outcome: dict[str, object]) -> None:
    assert outcome["uploaded"] == 201
    assert outcome["report"] == "200"


@pytest.mark.parametrize("call", ["compress", "export?to=gguf", "spectrum"])
def test_what_needs_pytorch_says_so(outcome: dict[str, object], call: str) -> None:
    assert outcome[call] == "no_pytorch"

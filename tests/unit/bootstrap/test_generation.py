"""The generator that the settings name, its fingerprints, and settings that do not fit together."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from app.bootstrap import generation
from app.bootstrap.generation import build_generator, check_generation, diagnose_generation, fitting_bases
from app.bootstrap.models import build_embedder, models_on_disk, training_source
from app.engine import native
from app.errors import InvalidRequest, WeightsUnavailable
from app.settings import Settings
from tests.support.chat_double import chat_double
from tests.support.paths import ROOT
from tests.support.vllm_double import vllm_doubles


def settings(**more: Any) -> Settings:
    return Settings(_env_file=None, **more)


def test_start_warns_of_missing_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "available", lambda: False)
    with capture_logs() as logs:
        generation._warn_of_missing_kernels("cuda")
        assert logs == []
        generation._warn_of_missing_kernels("cpu")
    (warning,) = logs
    assert (warning["event"], warning["log_level"]) == ("no_native_kernels", "warning")
    assert native.reason() in warning["message"]


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"generator": "vllm"}, "needs LORACLE_VLLM_URLS"),
        ({"generator": "vllm", "vllm_urls": "vllm-0:8000"}, "write http://host:port"),
        ({"generator": "vllm", "vllm_urls": "http://a:1,http://b:2/v1"}, "http://b:2/v1"),
        ({"generator": "openai", "openai_model": "m"}, "LORACLE_OPENAI_URL='' is no address"),
        ({"generator": "openai", "openai_url": "http://a/v1"}, "needs LORACLE_OPENAI_MODEL"),
        (
            {"generator": "openai", "openai_url": "http://a/v1", "openai_model": "m", "starter_adapter": "grounded-qa"},
            "has no adapters",
        ),
    ],
)
def test_settings_that_do_not_fit_together_are_one_clear_line(chosen: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        check_generation(settings(**chosen))
    assert told in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.models
def test_the_same_weights_have_a_fingerprint_for_each_engine_and_quantisation() -> None:
    model = "smollm2-135m-instruct"
    plain = fitting_bases(settings(base_model=model))
    vllm = {"base_model": model, "generator": "vllm", "vllm_urls": "http://a:1"}
    served = fitting_bases(settings(**vllm))
    assert plain == served  # either engine's adapters fit
    assert len(plain) == 2
    fp8 = fitting_bases(settings(**vllm, vllm_quantization="fp8"))
    assert len(fp8 & served) == 1  # this repository's engine is the same
    assert not fitting_bases(settings(base_model=model, quantization="fp4")) >= served


@pytest.mark.models
def test_vllm_is_asked_with_the_tokens_of_the_base_and_its_adapters_fit(tmp_path: Path) -> None:
    model = settings(base_model="smollm2-135m-instruct")
    from app.engine.tokenizer import ChatTokenizer
    from app.engine.tokenizer_file import TokenizerFile
    from app.weights.catalog import resolve

    encode = ChatTokenizer(TokenizerFile(resolve(model.base_model, model.models_dir))).encode
    with vllm_doubles(encode=encode) as [double]:
        chosen = model.model_copy(update={"generator": "vllm", "vllm_urls": [double.url], "data_dir": tmp_path})
        generator, base = build_generator(chosen)
        assert generator.ready()
        assert base.layers
        assert base.fitting == fitting_bases(chosen)
        assert "vLLM does not do" in base.no_activated_adapters
        [finding] = diagnose_generation(chosen)
        assert finding.ok
        asyncio.run(generator.close())
    [finding] = diagnose_generation(chosen)
    assert not finding.ok
    assert "no connection" in finding.text


def test_openai_needs_no_model_on_disk_and_trains_nothing() -> None:
    with chat_double() as double:
        chosen = settings(
            generator="openai", openai_url=double.url, openai_model="small", embedding_model="openai:embedder"
        )
        assert models_on_disk(chosen) == []
        generator, base = build_generator(chosen)
        assert base.no_adapters
        assert any("judged by the retrieval alone" in warning for warning in generator.warnings())
        asyncio.run(generator.close())
        [finding] = diagnose_generation(chosen)
        assert finding.ok
    [finding] = diagnose_generation(chosen)
    assert not finding.ok
    assert "no connection" in finding.text
    with pytest.raises(InvalidRequest, match="LORACLE_GENERATOR=openai has no base model"):
        training_source(chosen)


@pytest.mark.parametrize("name", ["openai:", "openai:embedder"])
def test_remote_embeddings_without_a_server_say_what_to_set(name: str) -> None:
    with pytest.raises(WeightsUnavailable, match="LORACLE_EMBEDDINGS_URL"):
        build_embedder(settings(embedding_model=name))


def test_example_settings_of_the_servers_are_those_of_the_code() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    for name in Settings.model_fields:
        if name.startswith(("vllm_", "openai_", "embeddings_")):
            assert f"LORACLE_{name.upper()}=" in text


WITHOUT_MODEL_LIBRARIES = """
import asyncio, sys
for name in ("torch", "transformers", "sentence_transformers", "bitsandbytes"):
    sys.modules[name] = None
from app.bootstrap.generation import build_generator
from app.settings import Settings
vllm = {"generator": "vllm", "vllm_urls": ["http://127.0.0.1:9"], "base_model": "smollm2-135m-instruct"}
openai = {"generator": "openai", "openai_url": "http://127.0.0.1:9/v1", "openai_model": "m"}
for chosen in (vllm, openai):
    generator, base = build_generator(Settings(_env_file=None, **chosen))
    assert not generator.ready() or chosen is openai
    print(base.fingerprint, len(generator.tokenizer.encode("When does the museum open?")))
    asyncio.run(generator.close())
"""


@pytest.mark.models
def test_servers_are_asked_without_the_libraries_that_run_models() -> None:
    command = [sys.executable, "-c", WITHOUT_MODEL_LIBRARIES]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert len([line for line in done.stdout.splitlines() if len(line.split()[0]) == 16]) == 2

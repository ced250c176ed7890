"""Builds what generates answers: the engine, vLLM, another server, or the shipped fake."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from app.adapters.base_spec import BaseSpec, read_base_spec
from app.adapters.builtin import SHIPPED, read_builtin_adapters
from app.bootstrap.models import load_model, quantization_recipe
from app.bootstrap.urls import is_http_url
from app.domain.adapters import AdapterLabel
from app.errors import AppError, InvalidRequest
from app.llm.base import Generator
from app.llm.fake import FakeGenerator
from app.observability import StepTimer
from app.operations.diagnosis.finding import Finding
from app.settings import Settings
from app.weights.catalog import resolve
from app.weights.folder import fingerprint

if TYPE_CHECKING:
    from app.engine.loading import LoadedModel

log = structlog.get_logger(__name__)
SCRIPTED_BASE = SCRIPTED_FINGERPRINT = "scripted"
SCRIPTED_LAYERS = {"model.layers.0.self_attn.q_proj": (8, 8), "model.layers.0.mlp.down_proj": (16, 8)}
NOT_ON_VLLM = (
    "it acts only behind its invocation tokens (activated LoRA), which vLLM does not do. Serve it with "
    "LORACLE_GENERATOR=local"
)


def build_generator(settings: Settings, timer: StepTimer | None = None) -> tuple[Generator, BaseSpec]:
    """Load or reach what generates answers, and read the shapes that adapters must fit.

    `timer` gets the steps of loading the base model. Raises WeightsUnavailable, and InvalidRequest for settings that do
    not fit together. A server that does not answer is no error: it may come later, and readiness says so.
    """
    check_generation(settings)
    match settings.generator:
        case "scripted":
            fake = FakeGenerator(queue_size=settings.queue_size, tenant_queue_size=settings.tenant_queue_size)
            return fake, BaseSpec(SCRIPTED_BASE, SCRIPTED_FINGERPRINT, SCRIPTED_LAYERS)
        case "vllm":
            return _vllm(settings)
        case "openai":
            return _openai(settings)
    return _local(settings, timer or StepTimer())


def check_generation(settings: Settings) -> None:
    """Raises InvalidRequest if the settings of the generator do not fit together."""
    if (fault := next(_faults(settings), None)) is not None:
        raise InvalidRequest(fault)


def fitting_bases(settings: Settings) -> frozenset[str]:
    """The fingerprints of the base that is served: their adapters can answer. Raises WeightsUnavailable."""
    match settings.generator:
        case "scripted":
            return frozenset({SCRIPTED_FINGERPRINT})
        case "openai":
            return frozenset({_openai_base(settings).fingerprint})
    from app.engine.tokenizer_file import TokenizerFile

    folder = resolve(settings.base_model, settings.models_dir)
    return frozenset(_fingerprints(settings, folder, TokenizerFile(folder)))


def shipped_starter(settings: Settings, bases: Collection[str]) -> AdapterLabel | None:
    """The starter adapter of the settings as this release ships it for one of these bases; None: there is none."""
    builtin = read_builtin_adapters(SHIPPED, bases).get(settings.starter_adapter)
    base_name = SCRIPTED_BASE if settings.generator == "scripted" else settings.base_model
    return None if builtin is None else AdapterLabel(builtin.name, builtin.version(base_name))


def diagnose_generation(settings: Settings) -> Iterator[Finding]:
    """Whether the servers that generate answer; nothing where this process generates."""
    if settings.generator not in {"vllm", "openai"}:
        return
    try:
        generator, _ = build_generator(settings)
    except AppError as fault:
        yield Finding("generation", fault.message, False)
        return
    told = generator.describe()
    warnings = " ".join(generator.warnings())
    found = warnings or f"{told['engine']} answers with {told['model']}"
    yield Finding("generation", found, told["replicas_ready"] > 0)
    asyncio.run(generator.close())


def _faults(settings: Settings) -> Iterator[str]:
    """What is wrong, each in a sentence."""
    if settings.generator == "vllm":
        if not settings.vllm_urls:
            yield "LORACLE_GENERATOR=vllm needs LORACLE_VLLM_URLS, as http://vllm-0:8000,http://vllm-1:8000."
        for url in settings.vllm_urls:
            if not is_http_url(url) or url.rstrip("/").endswith("/v1"):
                yield f"LORACLE_VLLM_URLS has {url!r}; write http://host:port, without /v1."
    if settings.generator == "openai":
        if not is_http_url(settings.openai_url):
            yield f"LORACLE_OPENAI_URL={settings.openai_url!r} is no address; write it up to /v1, as http://host:8080/v1."
        if not settings.openai_model:
            yield "LORACLE_GENERATOR=openai needs LORACLE_OPENAI_MODEL, the name of the model on that server."
        if settings.starter_adapter and "starter_adapter" in settings.model_fields_set:
            yield (
                f"LORACLE_STARTER_ADAPTER={settings.starter_adapter} cannot answer: LORACLE_GENERATOR=openai has no "
                "adapters. Leave it out, or serve adapters with LORACLE_GENERATOR=local or vllm."
            )


def _local(settings: Settings, timer: StepTimer) -> tuple[Generator, BaseSpec]:
    from app.engine.tokenizer import ChatTokenizer

    folder = resolve(settings.base_model, settings.models_dir)
    loaded = load_model(settings)
    log.info("base_model_loaded", model=settings.base_model, **loaded.describe())
    _warn_of_missing_kernels(loaded.device)
    for step, seconds in loaded.load_seconds.items():
        timer.add(step, seconds)
    with timer.measure("engine"):
        generator = _local_generator(settings, loaded)
    frame = ChatTokenizer(loaded.tokenizer).prompt_frame()
    _, on_vllm = _fingerprints(settings, folder, loaded.tokenizer)
    return generator, read_base_spec(
        folder, name=settings.base_model, fingerprint=loaded.fingerprint, frame=frame, elsewhere={on_vllm}
    )


def _warn_of_missing_kernels(device: str) -> None:
    from app.engine import native

    if device == "cpu" and not native.available():
        log.warning("no_native_kernels", message=f"Answers are several times slower: {native.reason()}.")


def _local_generator(settings: Settings, loaded: LoadedModel) -> Generator:
    from app.engine.build import EngineLimits
    from app.llm.engine_backend import LocalGenerator

    return LocalGenerator(
        loaded,
        limits=EngineLimits(
            settings.context_tokens,
            settings.kv_cache_bytes,
            settings.adapter_cache_bytes,
            settings.adapter_host_cache_bytes,
        ),
        queue_size=settings.queue_size,
        tenant_queue_size=settings.tenant_queue_size,
    )


def _vllm(settings: Settings) -> tuple[Generator, BaseSpec]:
    from app.engine.tokenizer import ChatTokenizer
    from app.engine.tokenizer_file import TokenizerFile, configured_end
    from app.llm.local_tokenizer import LocalTokenizer
    from app.llm.vllm.adapters import AdapterSource
    from app.llm.vllm.backend import VllmGenerator
    from app.llm.vllm.options import VllmOptions

    folder = resolve(settings.base_model, settings.models_dir)
    tokenizer = TokenizerFile(folder)
    chat = ChatTokenizer(tokenizer)
    here, served = _fingerprints(settings, folder, tokenizer)
    generator = VllmGenerator(
        LocalTokenizer(chat),
        VllmOptions(
            urls=settings.vllm_urls,
            key=settings.vllm_key.get_secret_value(),
            model=settings.vllm_model,
            quantization=settings.vllm_quantization,
            source=AdapterSource(settings.vllm_adapters, settings.vllm_adapters_dir),
            max_loras=settings.vllm_max_loras,
            busy=settings.vllm_replica_requests,
            wait_s=settings.vllm_wait_s,
            check_s=settings.vllm_check_s,
            stall_s=settings.vllm_stall_s,
            salt_secret=settings.vllm_cache_secret.get_secret_value(),
        ),
        context_tokens=settings.context_tokens,
        end_ids=sorted(chat.end_ids(configured_end(folder))),
        queue_size=settings.queue_size,
        tenant_queue_size=settings.tenant_queue_size,
    )
    return generator, read_base_spec(
        folder,
        name=settings.base_model,
        fingerprint=served,
        frame=chat.prompt_frame(),
        elsewhere={here},
        no_activated_adapters=NOT_ON_VLLM,
    )


def _fingerprints(settings: Settings, folder: Path, tokenizer: Any) -> tuple[str, str]:
    """The base in `folder` on this repository's engine, and on vLLM; `tokenizer` is its own."""
    from app.engine.base_identity import base_fingerprint, served_fingerprint

    weights = fingerprint(folder)
    on_vllm = served_fingerprint(weights, "vllm", settings.vllm_quantization, tokenizer)
    return base_fingerprint(weights, quantization_recipe(settings), tokenizer), on_vllm


def _openai(settings: Settings) -> tuple[Generator, BaseSpec]:
    from app.llm.openai.backend import OpenAIGenerator, OpenAIOptions

    options = OpenAIOptions(
        url=settings.openai_url, model=settings.openai_model, key=settings.openai_key.get_secret_value()
    )
    generator = OpenAIGenerator(
        options,
        context_tokens=settings.context_tokens,
        queue_size=settings.queue_size,
        tenant_queue_size=settings.tenant_queue_size,
    )
    return generator, _openai_base(settings)


def _openai_base(settings: Settings) -> BaseSpec:
    from app.engine.base_identity import remote_fingerprint
    from app.llm.openai.backend import NO_ADAPTERS

    name = settings.openai_model
    return BaseSpec(name, remote_fingerprint("openai", name), {}, no_adapters=NO_ADAPTERS)

"""Two tenants, two adapters, the same question at the same time: each gets PEFT's own answer for its adapter."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.adapters.base_spec import BaseSpec, read_base_spec
from app.bootstrap.runtime import Runtime, build_runtime
from app.chat.steps.prompt import build_prompt
from app.settings import Settings
from app.text.language import detect_language
from app.text.locales import get_locale
from app.weights.catalog import resolve
from tests.support.files import MUSEUM
from tests.support.random_adapter import upload_files, write_random_adapter
from tests.support.serving import ServedLoracle, take_in
from tests.support.tiny_models import Oracle

pytestmark = pytest.mark.models
QUESTION = "When does the museum open in the morning?"
MAX_TOKENS = 24
SHORTEST_SHOWN = 12  # characters that tell one adapter's text from another's
# In fp32: a batch rounds bf16 sums in another order than one sequence alone, and greedy ties would fall otherwise.
EXACT = {"compute_dtype": "float32"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedLoracle]:
    with ServedLoracle(tmp_path_factory.mktemp("exact") / "data", tenant_queue_size=16, **EXACT) as served:
        yield served


@pytest.fixture(scope="module")
def model_folder() -> Path:
    settings = Settings(_env_file=None)
    return resolve(settings.base_model, settings.models_dir)


@pytest.fixture(scope="module")
def spec(model_folder: Path) -> BaseSpec:
    return read_base_spec(model_folder, name="smollm2-135m-instruct", fingerprint="")


@pytest.fixture(scope="module")
def oracle(model_folder: Path) -> Oracle:
    """PEFT over the NF4 base, quantised as the service quantises and never packed before.

    The weights are dequantised once: bitsandbytes does it for every layer and token, which takes minutes.
    """
    import torch
    from transformers import AutoModelForCausalLM

    from app.bootstrap.models import quantization_recipe
    from app.engine.quantize import quantize_model
    from tests.support.tiny_models import dequantize_model

    settings = Settings(_env_file=None)
    dtype = torch.float32

    model = AutoModelForCausalLM.from_pretrained(model_folder, dtype=dtype, local_files_only=True).eval()
    quantize_model(model, quantization_recipe(settings), compute_dtype=dtype)
    base = dequantize_model(model)
    torch.manual_seed(0)
    return Oracle(lambda: copy.deepcopy(base))


@pytest.fixture(scope="module")
def adapters(spec: BaseSpec, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("adapters")
    return [write_random_adapter(root / str(i), spec, rank=rank, std=0.1, seed=i) for i, rank in enumerate((8, 16, 4))]


@pytest.fixture(scope="module")
def tenants(served: ServedLoracle) -> list[httpx.Client]:
    clients = [served.tenant("first"), served.tenant("second")]
    for client in clients:
        assert take_in(client, "museum.md", MUSEUM)["status"] == "ready"
    return clients


@pytest.fixture(scope="module")
def prompt(served: ServedLoracle, tenants: list[httpx.Client]) -> Iterator[tuple[tuple[int, ...], Any]]:
    """The prompt's token ids as the service builds them (over a copy of nothing: its own parts, read only)."""
    settings = Settings(_env_file=None, data_dir=served.data_dir, worker_in_process=False, **EXACT)
    runtime: Runtime = build_runtime(settings)
    found = tenants[0].post("/api/v1/search", json={"query": QUESTION, "k": settings.top_k}).json()["data"]
    tenant_id = _tenant_of(runtime, found[0]["document_id"])
    retrieval = runtime.retriever.search(tenant_id, QUESTION, k=settings.top_k, parent_context=True)
    built = build_prompt(
        QUESTION,
        retrieval.passages,
        language=detect_language(QUESTION),
        tokenizer=runtime.generator.tokenizer,
        budget=runtime.generator.context_tokens - MAX_TOKENS,
    )
    yield built.token_ids, runtime.generator
    asyncio.run(runtime.generator.close())
    runtime.storage.db.close()


def _tenant_of(runtime: Runtime, document_id: str) -> str:
    from app.errors import NotFound
    from app.storage.sql.repositories.tenants import Tenants

    with runtime.storage.db.read() as session:
        everyone = [tenant.id for tenant in Tenants(session).page(limit=100).data]
    for tenant_id in everyone:
        try:
            with runtime.storage.db.read_tenant(tenant_id) as store:
                store.documents.get(document_id)
        except NotFound:
            continue
        return tenant_id
    raise AssertionError("no tenant has the document")


def expected(oracle: Oracle, prompt: tuple[tuple[int, ...], Any], adapter: Path | None) -> str:
    """PEFT's greedy tokens, cut at the end of the turn, as text."""
    ids, generator = prompt
    tokens = oracle.greedy(ids, adapter, MAX_TOKENS)
    ends = generator._engine._end_ids
    cut = next((i for i, token in enumerate(tokens) if token in ends), len(tokens))
    return generator.tokenizer.decode(tokens[:cut])


def ask(client: httpx.Client, **more: Any) -> dict[str, Any]:
    body = {"message": QUESTION, "max_tokens": MAX_TOKENS, **more}
    answer = client.post("/api/v1/chat", json=body).raise_for_status().json()
    assert not answer["refused"]
    return answer


def activate(client: httpx.Client, name: str, adapter: Path) -> None:
    client.post("/api/v1/adapters", data={"name": name}, files=upload_files(adapter)).raise_for_status()
    client.post(f"/api/v1/adapters/{name}/activate", json={"override": "a test"}).raise_for_status()


def generated(answer: dict[str, Any], wanted: str) -> bool:
    """Whether the answer is the model's text, up to where the service ends it: at a sentence, or before it repeats.

    A quotation follows where nothing of it is supported.
    """
    shown = answer["answer"].partition(f"\n\n{get_locale(detect_language(QUESTION)).quote_lead}")[0].strip()
    return len(shown) >= SHORTEST_SHOWN and wanted.strip().startswith(shown)


def test_tenants_get_their_own_adapters_answers_at_the_same_time_and_after_a_swap(
    tenants: list[httpx.Client], adapters: list[Path], oracle: Oracle, prompt: tuple[tuple[int, ...], Any]
) -> None:
    texts = {adapter: expected(oracle, prompt, adapter) for adapter in [None, *adapters]}
    assert len(set(texts.values())) == 4
    activate(tenants[0], "style", adapters[0])
    activate(tenants[1], "style", adapters[1])
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, tenants * 4))
    for i, answer in enumerate(answers):
        assert answer["adapter"]["name"] == "style"
        assert generated(answer, texts[adapters[i % 2]]), (answer["answer"], texts)
    with ThreadPoolExecutor(2) as pool:  # swapped while the old one answers
        running = pool.submit(ask, tenants[0])
        activate(tenants[0], "style", adapters[2])
        assert any(generated(running.result(), texts[adapter]) for adapter in (adapters[0], adapters[2]))
    assert generated(ask(tenants[0]), texts[adapters[2]])
    assert generated(ask(tenants[1]), texts[adapters[1]])
    base = ask(tenants[0], adapter="base")
    assert base["adapter"] is None
    assert generated(base, texts[None])


def test_rollback_and_deactivation_work_on_the_next_request(tenants: list[httpx.Client], adapters: list[Path]) -> None:
    first = ask(tenants[1])
    activate(tenants[1], "style", adapters[0])
    assert ask(tenants[1])["answer"] != first["answer"]
    tenants[1].post("/api/v1/adapters/style/rollback").raise_for_status()
    assert ask(tenants[1])["answer"] == first["answer"]
    tenants[1].post("/api/v1/adapters/style/deactivate").raise_for_status()
    assert ask(tenants[1])["adapter"] is None


def test_streamed_answer_is_the_whole_answer(tenants: list[httpx.Client]) -> None:
    import json

    whole = ask(tenants[1], adapter="base")
    text, kinds, done = "", [], {}
    body = {"message": QUESTION, "max_tokens": MAX_TOKENS, "adapter": "base", "stream": True}
    with tenants[1].stream("POST", "/api/v1/chat", json=body) as response:
        for line in response.iter_lines():
            if line.startswith("event: "):
                kinds.append(line.removeprefix("event: "))
            elif line.startswith("data: "):
                data = json.loads(line.removeprefix("data: "))
                text += data["text"] if kinds[-1] == "token" else ""
                done = data if kinds[-1] == "done" else done
    assert kinds[0] == "retrieval"
    assert kinds[-1] == "done"
    assert text == done["answer"] == whole["answer"]
    assert done["citations"] == whole["citations"]

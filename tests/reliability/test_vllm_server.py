"""A real vLLM: eight tenants' adapters hot-swapped while answering, each answered by its own; a restart survived; and
the plugin in it, which fetches an adapter from the service.

Run it with LORACLE_TEST_VLLM=<interpreter that has vLLM 0.32 or later>; LORACLE_TEST_VLLM_MODEL is the base.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from loracle_vllm.names import content_version

from app.adapters.base_spec import BaseSpec, read_base_spec
from app.bootstrap.generation import build_generator
from app.domain.conversations import TokenLogprob
from app.llm.base import AdapterRef, GenerationRequest, Generator, Message, Sampling, ScoreRequest
from app.llm.vllm.adapters import model_name
from app.settings import Settings
from app.weights.catalog import resolve
from tests.support.files import MUSEUM
from tests.support.ports import free_port
from tests.support.random_adapter import upload_files, write_random_adapter
from tests.support.serving import ServedLoracle, take_in
from tests.support.vllm_process import VllmProcess

pytestmark = [pytest.mark.vllm, pytest.mark.models, pytest.mark.timeout(3000)]
PYTHON = os.environ.get("LORACLE_TEST_VLLM", "")
MODEL = os.environ.get("LORACLE_TEST_VLLM_MODEL", "qwen2.5-coder-0.5b-instruct")
TENANTS, TOKENS = 8, 8
UNSAID = {"", "\ufffd"}  # the end, and parts of characters: a stream and a whole answer show the same one differently
NEAR = 0.01  # difference of two log-probabilities that 32-bit rounding may turn round
CONTEXT = 2048
PLUGIN = Path(__file__).parents[2] / "integrations/vllm"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> ServedLoracle:
    """The service over the replica, which fetches adapters from it. It does not run yet."""
    return ServedLoracle(
        tmp_path_factory.mktemp("gateway"),
        generator="vllm",
        base_model=MODEL,
        vllm_urls=f"http://127.0.0.1:{free_port()}",
        vllm_adapters="resolve",
        vllm_stall_s=900,
        request_timeout_s=900,
        context_tokens=CONTEXT,
        embedding_model="hashing",
        refusal_threshold=0.05,
    )


@pytest.fixture(scope="module")
def server(gateway: ServedLoracle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VllmProcess]:
    if not PYTHON:
        pytest.skip("LORACLE_TEST_VLLM names no interpreter with vLLM")
    folder, home = resolve(MODEL, Settings(_env_file=None).models_dir), tmp_path_factory.mktemp("vllm")
    plugin = {
        "PYTHONPATH": str(installed_plugin(home)),
        "VLLM_PLUGINS": "loracle",
        "LORACLE_ADAPTERS_FROM": gateway.url,
        "LORACLE_ADAPTERS_KEY": gateway.tenant("operator", admin=True).headers["Authorization"].split()[1],
        "LORACLE_ADAPTERS_CACHE": str(home / "adapters"),
    }
    port = int(gateway.environment["LORACLE_VLLM_URLS"].rpartition(":")[2])
    started = VllmProcess(PYTHON, folder, port, home / "log", CONTEXT, more=plugin)
    started.start()
    try:
        started.wait()
        yield started
    finally:
        started.kill()


def installed_plugin(folder: Path) -> Path:
    """Where the plugin is installed, built from a copy."""
    shutil.copytree(PLUGIN, folder / "plugin")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", folder / "site", folder / "plugin"], check=True)
    return folder / "site"


@pytest.fixture
async def parts(server: VllmProcess, tmp_path: Path) -> AsyncIterator[tuple[Generator, BaseSpec]]:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        generator="vllm",
        base_model=MODEL,
        vllm_urls=[server.url],
        vllm_max_loras=server.max_loras,
        vllm_wait_s=900,
        vllm_stall_s=900,
        context_tokens=CONTEXT,
        request_timeout_s=900,
    )
    generator, base = build_generator(settings)
    assert generator.ready(), generator.warnings()
    yield generator, base
    await generator.close()


def adapters(base: BaseSpec, folder: Path) -> list[AdapterRef]:
    """Of eight tenants, each of another effect."""
    made = []
    for i in range(TENANTS):
        version = f"{i:016x}"
        path = write_random_adapter(folder / f"ten_{i}" / version, base, rank=8, std=0.05, seed=i)
        made.append(AdapterRef(f"ten_{i}", "style", version, str(path)))
    return made


def request(generator: Generator, adapter: AdapterRef | None, **sampling: Any) -> GenerationRequest:
    prompt = generator.tokenizer.chat([Message("user", "When does the museum open? It opens at ten.")])
    tenant = adapter.tenant_id if adapter is not None else "ten_0"
    return GenerationRequest("req", tenant, tuple(prompt), adapter, Sampling(TOKENS, **sampling), 900.0)


async def answer(generator: Generator, wanted: GenerationRequest) -> tuple[str, int, list[TokenLogprob]]:
    text, tokens, logprobs = "", 0, list[TokenLogprob]()
    async with aclosing(generator.stream(wanted)) as deltas:
        async for delta in deltas:
            text, tokens = text + delta.text, delta.tokens
            logprobs += delta.logprobs
    return text, tokens, logprobs


@dataclass(frozen=True)
class Greedy:
    """vLLM's own greedy answer: its tokens, and at each place the two likeliest with their log-probabilities."""

    tokens: list[str]
    likeliest: list[dict[str, float]]

    def agrees(self, told: list[TokenLogprob]) -> bool:
        """Whether an answer has the same tokens, up to a place where 32-bit rounding decides between the two likeliest.

        Sums are in another order in a batch of other requests; behind such a place the answers may differ.
        """
        for place, (one, own, likeliest) in enumerate(zip(told, self.tokens, self.likeliest, strict=False)):
            if one.token != own and not {one.token, own} & UNSAID:
                print(f"token {place}: {one.token!r} {one.logprob:.3f} in place of {own!r}; alone {likeliest}")
                return one.token in likeliest and likeliest[own] - likeliest[one.token] < NEAR
        return True


async def direct(server: VllmProcess, prompt: tuple[int, ...], model: str) -> Greedy:
    """vLLM's own greedy answer for a model that it has loaded."""
    body = {"model": model, "prompt": list(prompt), "max_tokens": TOKENS, "temperature": 0, "logprobs": 2}
    async with httpx.AsyncClient(timeout=900) as http:
        response = await http.post(f"{server.url}/v1/completions", json=body)
    told = response.raise_for_status().json()["choices"][0]["logprobs"]
    return Greedy(told["tokens"], told["top_logprobs"])


async def test_each_tenant_is_answered_by_its_own_adapter_also_after_a_restart(
    server: VllmProcess, parts: tuple[Generator, BaseSpec], tmp_path: Path
) -> None:
    generator, base = parts
    refs = adapters(base, tmp_path)
    wanted = [request(generator, one, logprobs=0) for one in refs]
    mixed = [*wanted, *wanted[::-1]]  # hot-swapped: eight adapters over four places
    answers = await asyncio.gather(*(answer(generator, one) for one in mixed))
    own = {ref.tenant_id: await direct(server, wanted[0].prompt, model_name(ref)) for ref in refs}
    assert len({tuple(greedy.tokens) for greedy in own.values()}) == TENANTS  # each adapter has an effect of its own
    for one, (_, tokens, logprobs) in zip(mixed, answers, strict=True):
        assert 1 <= tokens == len(logprobs) <= TOKENS
        assert own[one.tenant_id].agrees(logprobs), (one.tenant_id, logprobs, own[one.tenant_id])
        others = [greedy.tokens for tenant, greedy in own.items() if tenant != one.tenant_id]
        assert [logprob.token for logprob in logprobs] not in others
    _, _, plain = await answer(generator, request(generator, None, logprobs=0))
    assert (await direct(server, wanted[0].prompt, "base")).agrees(plain)

    server.kill()
    running = [asyncio.create_task(answer(generator, one)) for one in wanted[:3]]
    await asyncio.sleep(3)
    assert not generator.ready()
    server.start()
    after = await asyncio.gather(*running)
    assert all(own[one.tenant_id].agrees(told) for one, (_, _, told) in zip(wanted, after, strict=False))


async def test_scores_and_log_probabilities_are_those_of_the_model(parts: tuple[Generator, BaseSpec]) -> None:
    generator, _ = parts
    wanted = request(generator, None, logprobs=2)
    text, tokens, logprobs = await answer(generator, wanted)
    assert len(logprobs) == tokens
    assert "".join(one.token for one in logprobs) == text
    assert all(len(one.top) == 2 and one.top[0][1] >= one.top[1][1] for one in logprobs)
    encode = generator.tokenizer.encode
    said, other = tuple(encode(text)), tuple(encode("Zebras and xylophones"))
    likely, unlikely = await generator.score(ScoreRequest("s", "ten_0", wanted.prompt, (said, other), None, 600.0))
    assert likely.logprob > unlikely.logprob
    told = [one.logprob for one in logprobs[: len(said)]]
    assert likely.token_logprobs == pytest.approx(told, abs=0.05)  # rounding at most


def test_replica_fetches_adapters_from_the_service_by_their_hash(
    server: VllmProcess, gateway: ServedLoracle, tmp_path: Path
) -> None:
    base = read_base_spec(server.folder, name=MODEL, fingerprint="")
    made = upload_files(write_random_adapter(tmp_path / "made", base, rank=8, std=0.02, seed=1))
    with gateway, httpx.Client(base_url=server.url, timeout=900) as replica:
        acme = gateway.tenant("acme")
        version = acme.post("/api/v1/adapters", files=made, data={"name": "style"}).raise_for_status().json()["version"]
        name = f"{acme.get('/api/v1/me').json()['tenant']['id']}/style@{version}"
        assert take_in(acme, "museum.md", MUSEUM)["status"] == "ready"
        asked = {"message": "When does the museum open?", "adapter": f"style@{version}", "max_tokens": TOKENS}
        answer = acme.post("/api/v1/chat", json=asked, timeout=900).raise_for_status().json()
        assert answer["adapter"] == {"name": "style", "version": version}
        assert answer["usage"]["completion_tokens"] > 0

        folders = {one["id"]: Path(one["root"]) for one in replica.get("/v1/models").json()["data"]}
        fetched = folders[name]
        assert fetched == Path(server.more["LORACLE_ADAPTERS_CACHE"]) / name.partition("/")[0] / version
        assert content_version(fetched) == version
        told = {"lora_name": "by-path", "lora_path": str(shutil.copytree(fetched, tmp_path / "copy"))}
        replica.post("/v1/load_lora_adapter", json=told).raise_for_status()
        prompt = tuple(range(100, 140))
        by_name, by_path, plain = (asyncio.run(direct(server, prompt, one)) for one in (name, "by-path", "base"))
        assert by_name.tokens == by_path.tokens != plain.tokens

        other = {"model": f"{name.partition('@')[0]}@{'0' * 16}", "prompt": list(prompt), "max_tokens": 1}
        assert replica.post("/v1/completions", json=other).status_code == httpx.codes.NOT_FOUND

"""vLLM replicas that restart, fail, forget, answer garbage or serve another base; what requests say to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import AdapterInvalid, GenerationInterrupted, NotFound, Unavailable
from app.llm.base import AdapterRef, GenerationRequest, Message, Sampling, ScoreRequest
from app.llm.fake import CodePointTokenizer
from app.llm.vllm.adapters import AdapterSource
from app.llm.vllm.backend import VllmGenerator
from app.llm.vllm.options import VllmOptions
from tests.support.vllm_double import VllmDouble, vllm_doubles

TOKENIZER = CodePointTokenizer()
PROMPT = tuple(TOKENIZER.chat([Message("user", "[1] The museum opens at ten.\n\nQuestion: When?")]))
ANSWER = "The museum opens at ten."


@asynccontextmanager
async def generator_over(*doubles: VllmDouble, **options: Any) -> AsyncIterator[VllmGenerator]:
    chosen = {"check_s": 0.05, "wait_s": 20.0, "salt_secret": "s", **options}
    made = VllmGenerator(
        TOKENIZER,
        VllmOptions(urls=[one.url for one in doubles], **chosen),
        context_tokens=4096,
        tenant_queue_size=64,
    )
    try:
        yield made
    finally:
        await made.close()


def request(tenant: str = "ten_1", adapter: AdapterRef | None = None, **changes: Any) -> GenerationRequest:
    return replace(GenerationRequest("req_1", tenant, PROMPT, adapter, Sampling(max_tokens=60), 20.0), **changes)


async def text_of(generator: VllmGenerator, wanted: GenerationRequest) -> str:
    async with aclosing(generator.stream(wanted)) as deltas:
        return "".join([delta.text async for delta in deltas])


def adapter_of(tmp_path: Path, tenant: str = "ten_1", version: str = "a" * 16) -> AdapterRef:
    folder = tmp_path / tenant / version
    folder.mkdir(parents=True, exist_ok=True)
    return AdapterRef(tenant, "style", version, str(folder))


async def test_request_carries_token_ids_every_sampling_value_and_a_salt_of_the_tenant() -> None:
    with vllm_doubles() as [double]:
        async with generator_over(double) as generator:
            sampling = Sampling(9, 0.5, 0.9, 40, 1.1, ("zz",), 7)
            await text_of(generator, request(sampling=sampling))
            await text_of(generator, request("ten_2"))
            await text_of(generator, request())
    first, other, again = double.requests
    expected = {"prompt": list(PROMPT), "max_tokens": 9, "temperature": 0.5, "top_p": 0.9, "top_k": 40}
    expected |= {"repetition_penalty": 1.1, "stop": ["zz"], "seed": 7, "stream": True, "model": "base"}
    assert expected.items() <= first.items()
    assert first["cache_salt"] == again["cache_salt"] != other["cache_salt"]
    assert "ten_1" not in first["cache_salt"]


async def test_adapter_is_loaded_once_for_all_that_wait_for_it(tmp_path: Path) -> None:
    with vllm_doubles(load_s=0.1) as [double]:
        async with generator_over(double) as generator:
            adapter = adapter_of(tmp_path)
            texts = await asyncio.gather(*(text_of(generator, request(adapter=adapter)) for _ in range(6)))
    assert set(texts) == {f"{adapter.version} {ANSWER}"}
    assert double.loads == [f"ten_1/style@{adapter.version}"]


async def test_replica_that_forgot_an_adapter_gets_it_again_before_the_first_token(tmp_path: Path) -> None:
    with vllm_doubles() as [double]:
        async with generator_over(double, check_s=60) as generator:
            adapter = adapter_of(tmp_path)
            before = await text_of(generator, request(adapter=adapter))
            double.adapters.clear()
            assert await text_of(generator, request(adapter=adapter)) == before
            double.adapters.clear()
            continuation = tuple(TOKENIZER.encode("aaaa"))
            assert await generator.score(ScoreRequest("r", "ten_1", PROMPT, (continuation,), adapter))
    assert len(double.loads) == 3


async def test_restart_is_survived_with_the_adapter_loaded_again(tmp_path: Path) -> None:
    with vllm_doubles() as [double]:
        async with generator_over(double) as generator:
            adapter = adapter_of(tmp_path)
            before = await text_of(generator, request(adapter=adapter))
            double.stop()
            waiting = asyncio.create_task(text_of(generator, request(adapter=adapter)))
            await asyncio.sleep(0.3)
            assert not generator.ready()
            assert "no connection" in generator.warnings()[0]
            double.start()
            assert await waiting == before
            assert generator.ready()


async def test_dead_replica_hands_its_requests_to_another_one(tmp_path: Path) -> None:
    with vllm_doubles(3) as doubles:
        async with generator_over(*doubles, check_s=60) as generator:
            adapters = [adapter_of(tmp_path, f"ten_{i}") for i in range(6)]
            for one in adapters:
                await text_of(generator, request(one.tenant_id, one))
            doubles[0].stop()
            texts = [await text_of(generator, request(one.tenant_id, one)) for one in adapters]
    assert texts == [f"{one.version} {ANSWER}" for one in adapters]


async def test_adapter_stays_on_its_replica_until_that_one_is_busy(tmp_path: Path) -> None:
    with vllm_doubles(3, delay_s=0.01) as doubles:
        async with generator_over(*doubles, busy=2) as generator:
            adapter = adapter_of(tmp_path)
            for _ in range(3):
                await text_of(generator, request(adapter=adapter))
            assert sorted(len(one.requests) for one in doubles) == [0, 0, 3]
            await asyncio.gather(*(text_of(generator, request(adapter=adapter)) for _ in range(4)))
            assert sorted(len(one.requests) for one in doubles) == [0, 2, 5]


async def test_no_more_adapters_run_at_once_than_the_replica_holds(tmp_path: Path) -> None:
    with vllm_doubles(delay_s=0.002) as [double]:
        async with generator_over(double, max_loras=2) as generator:
            adapters = [adapter_of(tmp_path, f"ten_{i}") for i in range(6)]
            texts = await asyncio.gather(*(text_of(generator, request(one.tenant_id, one)) for one in adapters))
    assert texts == [f"{one.version} {ANSWER}" for one in adapters]
    assert double.most_adapters == 2


@pytest.mark.parametrize("fault", ["garbage", "model", "prompt", "text", "fail", "busy"])
async def test_fault_before_the_first_token_is_hidden_by_another_try(fault: str) -> None:
    with vllm_doubles(2) as doubles:
        async with generator_over(*doubles) as generator:
            for double in doubles:
                double.faults.append(fault)
            assert await text_of(generator, request()) == ANSWER
    assert sum(len(double.requests) for double in doubles) == 3


@pytest.mark.parametrize("fault", ["late garbage", "break", "cut", "usage"])
async def test_fault_after_the_first_token_ends_the_answer_with_a_clear_error(fault: str) -> None:
    with vllm_doubles(2) as doubles:
        async with generator_over(*doubles) as generator:
            for double in doubles:
                double.faults.append(fault)
            with pytest.raises(GenerationInterrupted, match="ask again"):
                await text_of(generator, request())
            for double in doubles:
                double.faults.clear()
            assert await text_of(generator, request()) == ANSWER


async def test_request_that_every_replica_fails_is_an_error_with_a_time_to_try_again() -> None:
    with vllm_doubles(2) as doubles:
        async with generator_over(*doubles) as generator:
            for double in doubles:
                double.faults += ["fail"] * 9
            with pytest.raises(Unavailable) as caught:
                await text_of(generator, request())
            assert caught.value.retry_after
            assert [len(double.requests) for double in doubles] == [2, 2]
            with pytest.raises(Unavailable):  # opens both circuits
                await text_of(generator, request())
            assert generator.describe()["circuits_open"] == 2
            for double in doubles:
                double.faults.clear()
            assert await text_of(generator, request()) == ANSWER  # once the pause is over
            assert generator.describe()["circuits_open"] <= 1


async def test_hanging_replica_is_given_up_when_it_fails_its_checks() -> None:
    with vllm_doubles(2) as doubles:
        async with generator_over(*doubles) as generator:
            for double in doubles:
                double.faults.append("hang")
            waiting = asyncio.create_task(text_of(generator, request()))
            await asyncio.sleep(0.2)
            hanging = next(double for double in doubles if double.requests)
            other = next(double for double in doubles if not double.requests)
            other.faults.clear()
            hanging.healthy = False
            assert await asyncio.wait_for(waiting, 5) == ANSWER


async def test_closed_stream_ends_the_request_on_the_replica() -> None:
    with vllm_doubles(delay_s=0.05) as [double]:
        async with generator_over(double) as generator:
            async with aclosing(generator.stream(request())) as deltas:
                await anext(deltas)
            for _ in range(100):
                if not double.running:
                    break
                await asyncio.sleep(0.02)
            assert not double.running
            assert generator.describe()["running"] == 0


@pytest.mark.parametrize(
    ("fields", "options", "reason"),
    [
        ({"root": "/models/other"}, {}, "serves /models/other, and the other replicas serve /models/base"),
        ({"root": "/models/other"}, {"model": "/models/base"}, "serves /models/other, and /models/base is expected"),
        ({"max_model_len": 4096}, {}, "--max-model-len 4097"),
        ({"encode": lambda text: [len(text)]}, {}, "tokenizer is another one"),
        ({"key": "secret"}, {}, "refuses the key"),
    ],
)
async def test_replica_of_another_base_is_refused_with_the_reason(
    fields: dict[str, Any], options: dict[str, Any], reason: str
) -> None:
    with vllm_doubles() as [right], vllm_doubles(**fields) as [wrong]:
        async with generator_over(right, wrong, **options) as generator:
            [warning] = generator.warnings()
            assert reason in warning
            assert wrong.url in warning
            for i in range(8):
                assert await text_of(generator, request(f"ten_{i}")) == ANSWER
            assert not wrong.requests
            assert generator.describe()["replicas_ready"] == 1


async def test_replica_that_comes_back_with_another_base_is_not_asked(tmp_path: Path) -> None:
    with vllm_doubles() as [double]:
        async with generator_over(double, check_s=60, wait_s=0.2) as generator:
            adapter = adapter_of(tmp_path)
            await text_of(generator, request(adapter=adapter))
            double.root = "/models/other"
            double.restart()
            with pytest.raises(Unavailable):
                await text_of(generator, request(adapter=adapter))
            assert "serves /models/other" in generator.warnings()[0]


async def test_adapter_that_the_replica_cannot_read_or_serve_says_why(tmp_path: Path) -> None:
    with vllm_doubles() as [double]:
        source = AdapterSource(folder="/adapters/of/replica")
        async with generator_over(double, source=source) as generator:
            with pytest.raises(Unavailable):
                await text_of(generator, request(adapter=adapter_of(tmp_path)))
            gone = AdapterRef("ten_1", "style", "b" * 16, str(tmp_path / "gone"))
            with pytest.raises(NotFound):
                await text_of(generator, request(adapter=gone))


async def test_adapters_folder_of_the_replicas_takes_the_place_of_ours(tmp_path: Path) -> None:
    adapter = adapter_of(tmp_path)
    assert AdapterSource(folder="/mnt/adapters/").path(adapter) == f"/mnt/adapters/ten_1/{adapter.version}"
    assert AdapterSource().path(adapter) == adapter.folder


async def test_refused_request_is_not_tried_again_and_does_not_count_against_the_replica() -> None:
    with vllm_doubles(2) as doubles:
        async with generator_over(*doubles) as generator:
            for double in doubles:
                double.faults.append("refuse")
            with pytest.raises(Unavailable, match="top_p must be"):
                await text_of(generator, request())
            assert sum(len(double.requests) for double in doubles) == 1
            assert generator.describe()["circuits_open"] == 0


async def test_deleted_adapter_is_unloaded_on_every_replica(tmp_path: Path) -> None:
    with vllm_doubles(2) as doubles:
        async with generator_over(*doubles) as generator:
            adapter = adapter_of(tmp_path)
            await text_of(generator, request(adapter=adapter))
            assert await asyncio.to_thread(generator.forget_adapter, adapter)
            assert [double.adapters for double in doubles] == [{}, {}]
            assert [len(double.unloads) for double in doubles] == [1, 1]
            doubles[0].stop()
            assert not await asyncio.to_thread(generator.forget_adapter, adapter)
        async with generator_over(*doubles, source=AdapterSource("resolve")) as generator:
            assert await asyncio.to_thread(generator.forget_adapter, adapter), "the replica has files of its own"


async def test_service_starts_before_its_replicas() -> None:
    with vllm_doubles() as [double]:
        double.stop()
        async with generator_over(double) as generator:
            assert not generator.ready()
            double.start()
            assert await text_of(generator, request()) == ANSWER


async def test_rank_that_is_too_high_for_the_replica_is_the_adapters_fault(tmp_path: Path) -> None:
    with vllm_doubles(load_fault="LoRA rank 64 is greater than max_lora_rank 16.") as [double]:
        async with generator_over(double) as generator:
            with pytest.raises(AdapterInvalid, match="max_lora_rank 16"):
                await text_of(generator, request(adapter=adapter_of(tmp_path)))
            assert generator.describe()["circuits_open"] == 0
            assert double.requests == []

"""The generator over vLLM replicas."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

import structlog

from app.llm.base import (
    AdapterRef,
    Capabilities,
    ContinuationScore,
    Delta,
    GenerationRequest,
    PromptTokenizer,
    ScoreRequest,
)
from app.llm.remote.faults import RequestRefused, ServerFault, UnknownModel, answer_interrupted, request_refused
from app.llm.remote.generator import RemoteGenerator
from app.llm.remote.http import ApiServer, Json
from app.llm.request_checks import provide_adapter_folder
from app.llm.vllm.adapters import model_name
from app.llm.vllm.completions import CompletionReader, generation_body, read_scores, score_body
from app.llm.vllm.identity import BaseIdentity
from app.llm.vllm.options import VllmOptions
from app.llm.vllm.pool import ReplicaPool
from app.llm.vllm.replica import Replica

log = structlog.get_logger(__name__)
FIRST_CHECK_S = 15.0  # longest wait for the replicas at the start


class VllmGenerator(RemoteGenerator):
    """Generator over vLLM. The Generator protocol defines its contract."""

    capabilities = Capabilities(activated_adapters=False)

    def __init__(
        self,
        tokenizer: PromptTokenizer,
        options: VllmOptions,
        *,
        context_tokens: int,
        end_ids: Sequence[int] = (),
        queue_size: int = 64,
        tenant_queue_size: int = 8,
    ) -> None:
        """`end_ids` end an answer beside the model's own. It waits a while until the replicas have been checked."""
        super().__init__(
            tokenizer, context_tokens=context_tokens, queue_size=queue_size, tenant_queue_size=tenant_queue_size
        )
        self._options = options
        self._end_ids = tuple(end_ids)
        self._secret = (options.salt_secret or secrets.token_hex(32)).encode()
        self._pool = self._thread.run(self._connect(), FIRST_CHECK_S)
        self._thread.start(self._watch())

    def ready(self) -> bool:
        return any(one.problem is None for one in self._pool.replicas)

    def warnings(self) -> Sequence[str]:
        return [f"{one.url}: {one.problem}." for one in self._pool.replicas if one.problem is not None]

    def describe(self) -> dict[str, Any]:
        replicas = self._pool.replicas
        served = next((one.base.root for one in replicas if one.base is not None), "")
        return {
            "engine": "vllm",
            "quantization": self._options.quantization,
            "model": served,
            "replicas": len(replicas),
            "replicas_ready": sum(one.problem is None for one in replicas),
            "circuits_open": sum(one.circuit.state != "closed" for one in replicas),
            **self.figures(),
        }

    def forget_adapter(self, adapter: AdapterRef) -> bool:
        """Ask every replica to drop an adapter whose files are to be deleted. False: one did not answer.

        Replicas that fetch adapters have files of their own: True whatever they answer.

        Blocks for some seconds at most.
        """
        fetched = self._options.source.loading == "resolve"
        try:
            return self._thread.run(self._unload(adapter), FIRST_CHECK_S) or fetched
        except TimeoutError:
            return fetched

    async def _provide_adapter(self, adapter: AdapterRef | None) -> None:
        if self._options.source.loading == "load":  # the replica reads the files of this process
            await provide_adapter_folder(adapter)

    async def _deltas(self, request: GenerationRequest, deadline: float) -> AsyncGenerator[Delta, None]:
        started, attempts = time.monotonic(), Counter[str]()
        name = _name(request.adapter)
        while True:
            async with self._pool.lease(name or request.tenant_id, name, attempts, deadline) as replica:
                waited_s, shown = time.monotonic() - started, False
                try:
                    async with aclosing(self._answer(replica, request, deadline, waited_s)) as deltas:
                        async for delta in deltas:
                            shown = True
                            if delta.finish_reason is not None:  # whoever reads it ends this at once
                                replica.circuit.succeed()
                            yield delta
                except RequestRefused as refused:
                    raise request_refused(refused) from refused
                except ServerFault as fault:
                    await replica.fail(fault)
                    if shown:
                        raise answer_interrupted() from fault
                else:
                    return

    async def _answer(
        self, replica: Replica, request: GenerationRequest, deadline: float, waited_s: float
    ) -> AsyncGenerator[Delta, None]:
        model = await self._model(replica, request.adapter)
        body = generation_body(request, model, self._salt(request.tenant_id), self._end_ids)
        reader = CompletionReader(request, model, self.tokenizer.decode)
        async with aclosing(self._events(replica, request.adapter, body, deadline)) as events:
            async for event in events:
                if (delta := reader.read(event)) is not None:
                    yield delta
        yield reader.end(waited_s)

    async def _events(
        self, replica: Replica, adapter: AdapterRef | None, body: Json, deadline: float
    ) -> AsyncGenerator[Json, None]:
        """The events of an answer; a replica that forgot the adapter is told again, once."""
        for reminded in (False, True):
            try:
                async with aclosing(replica.events(body, deadline)) as events:
                    async for event in events:
                        yield event
            except UnknownModel:  # before the first event
                if reminded:
                    raise
                await self._remind(replica, adapter)
            else:
                return

    async def _scores(self, request: ScoreRequest, deadline: float) -> list[ContinuationScore]:
        attempts, name = Counter[str](), _name(request.adapter)
        while True:
            async with self._pool.lease(name or request.tenant_id, name, attempts, deadline) as replica:
                try:
                    model = await self._model(replica, request.adapter)
                    scores = await self._score(replica, request, model, deadline)
                except RequestRefused as refused:
                    raise request_refused(refused) from refused
                except ServerFault as fault:
                    await replica.fail(fault)
                else:
                    replica.circuit.succeed()
                    return scores

    async def _score(
        self, replica: Replica, request: ScoreRequest, model: str, deadline: float
    ) -> list[ContinuationScore]:
        """One token first, which computes the prompt; then all others, which find it in the prefix cache."""
        steps = [((*request.prompt, *one[:i]), token) for one in request.continuations for i, token in enumerate(one)]
        values = list[float]()
        for part in (steps[:1], steps[1:]):
            if not part:
                continue
            prompts, ids = [prompt for prompt, _ in part], [token for _, token in part]
            body = score_body(prompts, ids, model, self._salt(request.tenant_id))
            try:
                answer = await replica.complete(body, deadline)
            except UnknownModel:
                await self._remind(replica, request.adapter)
                answer = await replica.complete(body, deadline)
            values += read_scores(answer, ids)
        told = iter(values)
        return [ContinuationScore(tuple(next(told) for _ in one)) for one in request.continuations]

    async def _model(self, replica: Replica, adapter: AdapterRef | None) -> str:
        """The name to ask for, once the replica has the adapter. Raises ServerFault and errors of the adapter."""
        if adapter is not None:
            await replica.adapters.ensure(adapter)
            return model_name(adapter)
        return replica.base.name if replica.base is not None else ""

    async def _remind(self, replica: Replica, adapter: AdapterRef | None) -> None:
        """The replica forgot what it served: see that it is the same base, and load the adapter again."""
        await replica.check()
        if replica.problem is not None:
            raise ServerFault(replica.problem)
        if adapter is not None:
            replica.adapters.forget(model_name(adapter))
            await replica.adapters.ensure(adapter)

    def _salt(self, tenant_id: str) -> str:
        """Which separates the tenant's cached prompts from those of others."""
        return hmac.new(self._secret, tenant_id.encode(), hashlib.sha256).hexdigest()

    async def _connect(self) -> ReplicaPool:
        options = self._options
        identity = BaseIdentity(self.tokenizer, self.context_tokens, options.model)
        replicas = [
            Replica(ApiServer(url, options.key), identity, options.source, stall_s=options.stall_s)
            for url in options.urls
        ]
        for replica in replicas:  # one after the other: the first one that answers says what all must serve
            await replica.check()
        return ReplicaPool(replicas, max_loras=options.max_loras, busy=options.busy, wait_s=options.wait_s)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._options.check_s)
            await asyncio.gather(*(one.check() for one in self._pool.replicas))
            self._pool.notify()

    async def _unload(self, adapter: AdapterRef) -> bool:
        async def unload(replica: Replica) -> bool:
            try:
                await replica.adapters.unload(adapter)
            except ServerFault:
                return False
            return True

        return all(await asyncio.gather(*(unload(one) for one in self._pool.replicas)))

    async def _disconnect(self) -> None:
        for replica in self._pool.replicas:
            await replica.server.close()


def _name(adapter: AdapterRef | None) -> str:
    return model_name(adapter) if adapter is not None else ""

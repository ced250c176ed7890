"""The service over fakes on a port of this process."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from app.bootstrap.http_server import build_server
from app.bootstrap.runtime import Runtime, build_runtime
from app.main import create_app
from app.settings import Settings
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants
from tests.support.ports import free_port

WORD_DELAY_S = 0.05  # slow enough to be stopped


@dataclass(frozen=True)
class LiveService:
    """A service that answers on a port."""

    url: str
    runtime: Runtime

    def new_key(self, *more_scopes: str) -> str:
        """A key of a new tenant that may read and write, and has these further scopes."""
        with self.runtime.storage.db.write() as session:
            tenant = Tenants(session).create(f"tenant-{time.monotonic_ns()}")
            return Keys(session).create(tenant.id, "test", ["read", "write", *more_scopes])[1]


@contextmanager
def live_service(data_dir: Path, schema: Path, port: int | None = None, **more: Any) -> Iterator[LiveService]:
    """Serve over `data_dir` from a copy of an empty database, with more settings. `port` None: any that is free."""
    settings = Settings(
        _env_file=None,
        data_dir=data_dir,
        generator="scripted",
        embedding_model="hashing",
        refusal_threshold=0.05,
        **more,
    )
    shutil.copyfile(schema, settings.data_dir / "loracle.db")
    runtime = build_runtime(settings)
    runtime.generator._delay_s = WORD_DELAY_S
    port = free_port() if port is None else port
    server = build_server(create_app(runtime=runtime), settings.model_copy(update={"port": port}), dict)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(url)
        yield LiveService(url, runtime)
    finally:
        server.should_exit = True
        thread.join(30)
        with ThreadPoolExecutor(1) as pool:  # Playwright's event loop may run in this thread
            pool.submit(asyncio.run, runtime.close()).result()


def _wait_until_ready(url: str) -> None:
    for _ in range(200):
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/readyz").is_success:
                return
        time.sleep(0.05)
    raise RuntimeError("the service did not become ready")

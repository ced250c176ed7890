"""A service that has ended leaves nothing in its process."""

from __future__ import annotations

import gc
import threading
from weakref import ref

from app.settings import Settings
from tests.support.files import MUSEUM
from tests.support.service import open_service


async def test_closed_service_leaves_neither_objects_nor_threads(settings: Settings, fresh_database: None) -> None:
    before = set(threading.enumerate())
    async with open_service(settings) as service:
        await service.take_in(service.acme, "museum.md", MUSEUM)
        assert (await service.acme.post("/api/v1/chat", json={"message": "When does it open?"})).status_code == 200
        kept = {"application": ref(service.app), "database": ref(service.runtime.storage.db)}
    del service
    gc.collect()
    assert [name for name, one in kept.items() if one() is not None] == []
    of_the_loop = "AnyIO worker thread"  # which end with it
    new = [thread for thread in threading.enumerate() if thread not in before and thread.name != of_the_loop]
    for thread in new:
        thread.join(5)
    assert [thread.name for thread in new if thread.is_alive()] == []

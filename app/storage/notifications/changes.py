"""Tells who waits for a change of a tenant's rows that there may be one, after the commit."""

from __future__ import annotations

import threading
from collections.abc import Callable

Listener = Callable[[str], None]  # gets the tenant's id, in any thread, and must not wait


class TenantChanges:
    """The listeners of this process. Thread-safe. They may miss a change of another process: who waits polls, too."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()

    def listen(self, listener: Listener) -> None:
        with self._lock:
            self._listeners = (*self._listeners, listener)

    def end(self, listener: Listener) -> None:
        """Call a listener no more."""
        with self._lock:
            self._listeners = tuple(one for one in self._listeners if one != listener)

    def publish(self, tenant_id: str) -> None:
        """Rows of this tenant have changed."""
        for listener in self._listeners:
            listener(tenant_id)

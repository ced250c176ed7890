"""The HTTP server of `loracle serve`: its address, its deadlines and its limits, out of the settings."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp

from app.http.server.connections import ConnectionLimits, Connections, networks
from app.http.server.descriptors import connections_within, raise_descriptor_limit
from app.http.server.draining_server import DrainingServer
from app.http.server.guarded_protocol import MOST_HEAD_BYTES, GuardedProtocol
from app.settings import Settings

MOST_AT_ONCE = 2048  # connections that asyncio takes in one go, before it looks at any


def build_server(
    app: ASGIApp,
    settings: Settings,
    start_draining: Callable[[], Mapping[str, int]],
    hurry: Callable[[], None] = lambda: None,
    is_starting: Callable[[], bool] = lambda: False,
    **more: Any,
) -> DrainingServer:
    """The server of `app`. It raises this process' limit on open files as far as it may.

    `start_draining`, `hurry` and `is_starting` are those of DrainingServer. `more` are further options of uvicorn.
    """
    descriptors = raise_descriptor_limit()
    most = connections_within(descriptors, settings.max_connections)
    connections = Connections(
        ConnectionLimits(
            most=most,
            most_per_address=settings.max_connections_per_address,
            proxies=networks(settings.trusted_proxies),
            header_s=settings.header_timeout_s,
            idle_s=settings.idle_timeout_s,
            write_s=settings.write_timeout_s,
        )
    )
    spare = MOST_AT_ONCE if descriptors is None else (descriptors - most) // 2
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        root_path=settings.root_path,
        http=cast("type[GuardedProtocol]", partial(GuardedProtocol, connections)),
        ws="none",
        backlog=max(16, min(MOST_AT_ONCE, spare)),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_keep_alive=math.ceil(settings.idle_timeout_s),
        timeout_graceful_shutdown=math.ceil(settings.drain_s),
        h11_max_incomplete_event_size=MOST_HEAD_BYTES,
        log_config=None,
        access_log=False,
        server_header=False,
        reset_contextvars=True,  # else a pipelined request begins in the context of the one before it
        **more,
    )
    return DrainingServer(config, start_draining, settings.drain_delay_s, connections, hurry, is_starting)

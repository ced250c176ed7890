"""Ends what is streamed to a tenant that is suspended or deleted, in each process that streams."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping

import structlog
from anyio.to_thread import run_sync

from app.chat.streams.service import StreamService
from app.domain.tenants import TenantStatus
from app.errors import AppError, Forbidden
from app.http.open_streams import OpenStreams
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants

log = structlog.get_logger(__name__)
LOOK_EVERY_S = 1.0  # while streams are open
FAULTS: Mapping[TenantStatus | None, AppError] = {
    TenantStatus.SUSPENDED: Forbidden("This tenant is suspended; ask the operator.", code="tenant_suspended"),
    None: Forbidden("This tenant was deleted.", code="tenant_deleted"),
}


class SuspensionWatch:
    """Looks every second whether the tenants with open streams and answers at work are active still."""

    def __init__(self, db: Database, streams: OpenStreams, answers: StreamService) -> None:
        self._db = db
        self._streams = streams
        self._answers = answers

    async def run(self) -> None:
        """Look until cancelled. While the database is away, streams go on."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self.look()
            except AppError as fault:
                log.warning("suspensions_not_read", code=fault.code, message=fault.message)

    async def look(self) -> None:
        """End the streams and the answers of tenants that are not active. Reads nothing if there are none."""
        tenants = (self._streams.tenants() | self._answers.tenants()) - {""}
        if not tenants:
            return
        found = await run_sync(self._statuses, tenants)
        for status, fault in FAULTS.items():
            ended = {tenant_id for tenant_id in tenants if found.get(tenant_id) == status}
            if not ended:
                continue
            streams = self._streams.end(ended, fault)
            self._answers.stop_tenants(ended)
            log.info("streams_ended", tenants=sorted(ended), streams=streams, code=fault.code)

    def _statuses(self, tenant_ids: Collection[str]) -> dict[str, TenantStatus]:
        with self._db.read() as session:
            return Tenants(session).statuses(tenant_ids)

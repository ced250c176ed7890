"""The list of processes, for the operator."""

from __future__ import annotations

import os

from tests.support.service import Service


async def test_operator_sees_the_processes_of_the_service(service: Service) -> None:
    (process,) = (await service.operator.get("/api/v1/processes")).json()["data"]
    assert (process["kind"], process["status"], process["pid"]) == ("serve", "running", os.getpid())
    assert (await service.acme.get("/api/v1/processes")).status_code == 403

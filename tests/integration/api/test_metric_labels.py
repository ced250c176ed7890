"""Labels of metrics come from fixed sets: no request makes a new one."""

from __future__ import annotations

import pytest

from app.http.services import registered_services
from app.operations.service import OperationsService
from app.settings import Settings
from tests.support.service import Service


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"worker_in_process": False})


def _labels(service: Service) -> set[str]:
    """Of this moment: /metrics may be a second old."""
    text = registered_services(service.app).get(OperationsService).render_metrics().decode()
    return {line.rpartition(" ")[0] for line in text.splitlines() if line.startswith("loracle_http")}


async def test_methods_paths_and_ids_of_requests_are_no_labels(service: Service) -> None:
    for _ in range(2):  # the second time there is nothing new
        before = _labels(service)
        for number in range(3):
            mark = f"CANARY{len(before)}X{number}"
            for client in (service.acme, service.nobody):
                for path in ("/healthz", "/api/v1/search", f"/api/v1/documents/{mark}", f"/{mark}"):
                    await client.request(mark, path)
                    await client.get(path, headers={"X-Request-Id": mark, "Origin": f"https://{mark}.example"})
    after = _labels(service)
    assert not [label for label in after if "CANARY" in label]
    assert after - before == set()
    assert any('method="other",route="/healthz"' in label for label in after)

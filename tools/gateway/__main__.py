"""`python -m tools.gateway` writes docker/gateway-requirements.txt."""

from __future__ import annotations

from tools.gateway.requirements import ROOT, gateway_requirements

(ROOT / "docker" / "gateway-requirements.txt").write_text(gateway_requirements(), encoding="utf-8")

"""Names under which PostgreSQL passes notifications on."""

from __future__ import annotations

JOB_CHANNEL = "loracle_jobs"
CHANGE_CHANNEL = "loracle_changes"  # the payload is the id of a tenant

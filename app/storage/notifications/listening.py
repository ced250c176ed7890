"""PostgreSQL's LISTEN: a trigger of the job table notifies when a job is queued, at its commit."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import Any

import structlog
from sqlalchemy import DDL, Engine, event
from sqlalchemy.exc import SQLAlchemyError

from app.storage.sql.tables import JobRow

log = structlog.get_logger(__name__)
CHANNEL = "loracle_jobs"
LOOK_S = 1.0  # between looks whether to stop
RECONNECT_S = 2.0
FUNCTION = f"""
CREATE OR REPLACE FUNCTION notify_of_queued_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY {CHANNEL};
    RETURN NULL;
END
$$
"""
TRIGGER = """
CREATE TRIGGER queued_job AFTER INSERT OR UPDATE OF status ON jobs
FOR EACH ROW WHEN (NEW.status = 'queued') EXECUTE FUNCTION notify_of_queued_job()
"""

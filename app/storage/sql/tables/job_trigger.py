"""PostgreSQL's trigger that tells workers of a queued job, at the commit that queues it."""

from __future__ import annotations

from sqlalchemy import DDL, event

from app.storage.notifications.channels import JOB_CHANNEL
from app.storage.sql.tables.jobs import JobRow

FUNCTION = DDL(  # type: ignore[no-untyped-call]
    f"""
CREATE OR REPLACE FUNCTION notify_of_queued_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY {JOB_CHANNEL};
    RETURN NULL;
END
$$
"""
)
TRIGGER = DDL(  # type: ignore[no-untyped-call]
    """
CREATE TRIGGER queued_job AFTER INSERT OR UPDATE OF status ON jobs
FOR EACH ROW WHEN (NEW.status = 'queued') EXECUTE FUNCTION notify_of_queued_job()
"""
)
for statement in (FUNCTION, TRIGGER):
    event.listen(JobRow.__table__, "after_create", statement.execute_if(dialect="postgresql"))

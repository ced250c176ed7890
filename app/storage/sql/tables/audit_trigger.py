"""The triggers that keep the audit log: rows are only added, and only deleted by what announced it in the log.

Whoever deletes old entries first adds one that says before which moment: `AuditAction.AUDIT_DELETED`, its detail
`before`. What is younger than the newest such entry says stays, and so does that entry itself.
"""

from __future__ import annotations

from sqlalchemy import DDL, event

from app.storage.sql.tables.audit import AuditRow

REFUSAL = "audit_log is append-only"  # what each of them says
FUNCTION = """
CREATE OR REPLACE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newest record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT id, (details ->> 'before')::timestamptz AT TIME ZONE 'UTC' AS before INTO newest
        FROM audit_log WHERE action = 'audit.deleted' ORDER BY created_at DESC, id DESC LIMIT 1;
        IF newest.id <> OLD.id AND OLD.created_at < newest.before THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""
ROW_TRIGGER = """
CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE ON audit_log
FOR EACH ROW EXECUTE FUNCTION keep_audit_log()
"""
TABLE_TRIGGER = """
CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log()
"""
ON_POSTGRESQL = (FUNCTION, ROW_TRIGGER, TABLE_TRIGGER)
ON_SQLITE = (
    """
    CREATE TRIGGER audit_log_not_changed BEFORE UPDATE ON audit_log
    BEGIN
        SELECT RAISE(ABORT, 'audit_log is append-only');
    END
    """,
    """
    CREATE TRIGGER audit_log_not_replaced BEFORE INSERT ON audit_log
    WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)
    BEGIN
        SELECT RAISE(ABORT, 'audit_log is append-only');
    END
    """,
    """
    CREATE TRIGGER audit_log_not_deleted BEFORE DELETE ON audit_log
    WHEN NOT EXISTS (
        SELECT 1
        FROM (
            SELECT id, json_extract(details, '$.before') AS before
            FROM audit_log WHERE action = 'audit.deleted' ORDER BY created_at DESC, id DESC LIMIT 1
        ) AS newest
        WHERE newest.id <> OLD.id AND OLD.created_at < strftime('%Y-%m-%d %H:%M:%S', newest.before)
    )
    BEGIN
        SELECT RAISE(ABORT, 'audit_log is append-only');
    END
    """,
)

for statement in ON_POSTGRESQL:
    created = DDL(statement)  # type: ignore[no-untyped-call]
    event.listen(AuditRow.__table__, "after_create", created.execute_if(dialect="postgresql"))

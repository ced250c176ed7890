"""Chat settings of a tenant: preamble, representation and calibrated refusal threshold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.conversations import Judging, TenantChatSettings
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.records import record_from
from app.storage.sql.tables import ChatSettingsRow


class ChatSettings:
    """Reads and updates the chat settings of one tenant. Unset ones have their defaults."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def get(self) -> TenantChatSettings:
        row = self._session.get(ChatSettingsRow, self._tenant_id)
        if row is None:
            return TenantChatSettings("", None, {}, "")
        return record_from(row, TenantChatSettings, questions=tuple(row.questions))

    def set_preamble(self, preamble: str) -> TenantChatSettings:
        self._row().preamble = preamble
        self._audit("preamble")
        return self.get()

    def set_representation(self, representation: str) -> TenantChatSettings:
        self._row().representation = representation
        self._audit("representation")
        return self.get()

    def set_judging(self, judging: Judging) -> TenantChatSettings:
        self._row().judging = judging
        self._audit("judging")
        return self.get()

    def set_questions(self, questions: Sequence[str]) -> TenantChatSettings:
        self._row().questions = list(questions)
        self._audit("questions")
        return self.get()

    def set_judge_calibration(
        self, threshold: float | None, figures: dict[str, Any], judged_by: str
    ) -> TenantChatSettings:
        """Set the threshold of the model's judgement and how it was fitted; None restores the adapter's own."""
        row = self._row()
        row.answerable_threshold, row.calibration, row.judged_by = threshold, figures, judged_by
        self._audit("answerable_threshold", threshold=threshold)
        return self.get()

    def set_calibration(self, threshold: float | None, figures: dict[str, Any], fingerprint: str) -> TenantChatSettings:
        """Set the refusal threshold and how it was fitted; None restores the threshold of the service."""
        row = self._row()
        row.refusal_threshold, row.calibration, row.fingerprint = threshold, figures, fingerprint
        self._audit("refusal_threshold", threshold=threshold)
        return self.get()

    def _audit(self, setting: str, **details: Any) -> None:
        """Not its value, which may be text: which setting was changed."""
        action, mine = AuditAction.CHAT_SETTINGS_CHANGED, self._tenant_id
        record_audit(self._session, action, "chat_settings", setting, tenant_id=mine, **details)

    def _row(self) -> ChatSettingsRow:
        row = self._session.get(ChatSettingsRow, self._tenant_id)
        if row is None:
            row = ChatSettingsRow(tenant_id=self._tenant_id, preamble="", calibration={}, fingerprint="")
            self._session.add(row)
        return row

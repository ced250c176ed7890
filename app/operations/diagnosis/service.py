"""The diagnosis of a running service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.operations.diagnosis.finding import Finding


@dataclass(frozen=True, slots=True)
class Diagnosis:
    data: Sequence[Finding]

    @property
    def ok(self) -> bool:
        return all(finding.ok for finding in self.data)


class DiagnosisService:
    """Makes the checks of `loracle doctor` on a running service. `find` makes them and leaves all as it is."""

    def __init__(self, find: Callable[[], Iterable[Finding]]) -> None:
        self._find = find

    def diagnose(self) -> Diagnosis:
        return Diagnosis(list(self._find()))

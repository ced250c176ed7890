"""What the form controls of an OpenDocument file show: typed text, ticks, choices."""

from __future__ import annotations

from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.formats.opendocument.elements import all_of, attribute

MAX_CONTROLS = 5000
TICKED, UNTICKED = "☒", "☐"
TYPED = {"text", "textarea", "formatted-text", "number", "date", "time", "combobox", "password"}


def read_controls(body: Element) -> dict[str, str]:
    """The text of each control by its id."""
    found: dict[str, str] = {}
    for control in (e for forms in all_of(body, "forms") for e in forms.iter()):
        key = attribute(control, "id")
        if key and local(control) and len(found) < MAX_CONTROLS:
            found[key] = _shown(local(control), control)
    return found


def _shown(kind: str, control: Element) -> str:
    label = attribute(control, "label")
    if kind in {"checkbox", "radio"}:
        state = attribute(control, "current-state") or attribute(control, "state")
        chosen = state == "checked" or attribute(control, "current-selected") == "true"
        return f"{TICKED if chosen else UNTICKED} {label}".strip()
    if kind == "listbox":
        chosen_by = ("current-selected", "selected")
        options = [option for option in control if any(attribute(option, name) == "true" for name in chosen_by)]
        return ", ".join(attribute(option, "label") for option in options)
    if kind in TYPED and kind != "password":
        return attribute(control, "current-value") or attribute(control, "value")
    return label

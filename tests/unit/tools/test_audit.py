"""`make audit`: vulnerabilities, and what could not be looked up, each in a line."""

from __future__ import annotations

import json

from tools.audit.audit import read_npm_audit, read_pip_audit


def test_python_vulnerabilities_are_named_with_what_mends_them() -> None:
    report = {
        "dependencies": [
            {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1", "2"]}]},
            {"name": "b", "version": "2", "vulns": []},
        ]
    }
    found = read_pip_audit(json.dumps(report), "")
    assert found.lines == ["a 1: CVE-1, mended in 1.1, 2", "Python: 1 known vulnerabilities in 2 packages"]
    assert (found.vulnerable, found.incomplete) == (True, False)


def test_packages_that_were_not_looked_up_are_counted() -> None:
    report = {"dependencies": [{"name": "a", "version": "1", "skip_reason": "not found"}]}
    found = read_pip_audit(json.dumps(report), "")
    assert "0 packages; 1 were not looked up" in found.lines[-1]
    assert (found.vulnerable, found.incomplete) == (False, True)
    assert read_pip_audit("", "Traceback\nConnectionError: no route").lines == [
        "Python: not looked up: ConnectionError: no route"
    ]


def test_page_vulnerabilities_are_named_and_a_refused_question_is_told() -> None:
    report = {
        "vulnerabilities": {"vite": {"severity": "high", "range": "<7"}},
        "metadata": {"dependencies": {"total": 76}},
    }
    found = read_npm_audit(json.dumps(report), "")
    assert found.lines == ["vite: high, <7", "Page: 1 known vulnerabilities in 76 packages"]
    assert found.vulnerable
    refused = read_npm_audit(json.dumps({"message": "405"}), "npm error")
    assert (refused.vulnerable, refused.incomplete) == (False, True)
    assert read_npm_audit("", "npm is not installed").lines == ["Page: not looked up: npm is not installed"]

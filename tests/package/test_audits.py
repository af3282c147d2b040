"""What is said about known vulnerabilities: each answer of the services, and none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.package import audits

PACKAGES = {
    "dependencies": [
        {"name": "pyyaml", "version": "6.0.3", "vulns": []},
        {"name": "pip", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]},
        {"name": "local", "skip_reason": "not found"},
    ]
}
VULNERABILITIES = {"ws": {"severity": "high", "range": "<8.17.1"}}


def answering(code: int, printed: object, errors: str = "") -> audits.Run:
    text = printed if isinstance(printed, str) else json.dumps(printed)
    return lambda command: (code, text, errors)


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that pip-audit is there."""
    for folder in ("bin", "Scripts"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pip-audit").touch()
    monkeypatch.setattr(audits, "TOOL", tmp_path)


def test_a_vulnerability_of_a_python_package_is_shown_with_what_mends_it() -> None:
    outcome = audits.of_python(answering(1, PACKAGES))
    assert outcome == ("pip-audit", True, "2 packages, 1 known vulnerabilities", ("pip 1.0: PYSEC-1, mended in 1.1",))


def test_each_lock_file_is_asked_about_by_itself() -> None:
    """pip-audit refuses a list in which a package is twice, and several of them lock the same ones."""
    asked: list[list[str]] = []

    def answer(command: list[str]) -> tuple[int, str, str]:
        asked.append(command)
        return 1, json.dumps(PACKAGES), ""

    assert audits.of_python(answer).known
    assert len(asked) > 1
    assert all(command.count("-r") == 1 for command in asked)


def test_where_every_package_is_skipped_nothing_is_known() -> None:
    skipped = {"dependencies": [{"name": "pip", "skip_reason": "Dependency not found on PyPI"}]}
    outcome = audits.of_python(answering(0, skipped))
    assert (outcome.known, outcome.about) == (False, "gets no answer here: Dependency not found on PyPI")


def test_a_vulnerability_of_an_npm_package_is_shown() -> None:
    answer = {"metadata": {"dependencies": {"total": 70}}, "vulnerabilities": VULNERABILITIES}
    assert audits.of_npm(answering(1, answer)).found == ("ws: high, in <8.17.1",)


def test_none_is_good_news() -> None:
    answer = {"metadata": {"dependencies": {"total": 70}}, "vulnerabilities": {}}
    assert str(audits.of_npm(answering(0, answer))) == "npm audit: 70 packages, 0 with known vulnerabilities"


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (audits.of_python, "pip-audit: gets no answer here: Connection refused"),
        (audits.of_npm, "npm audit: gets no answer here: Connection refused"),
    ],
)
def test_without_a_network_nothing_is_known_and_nothing_fails(outcome, says) -> None:  # type: ignore[no-untyped-def]
    found = outcome(answering(1, "", "Traceback\nConnection refused\n\n"))
    assert (found.known, found.found, str(found)) == (False, (), says)


def test_the_reason_that_npm_gives_is_passed_on() -> None:
    found = audits.of_npm(answering(1, {"message": "405 Method Not Allowed", "method": "POST"}))
    assert str(found) == "npm audit: gets no answer here: 405 Method Not Allowed"


def test_a_tool_that_cannot_be_installed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audits, "TOOL", tmp_path / "nowhere")
    found = audits.of_python(answering(1, "", "ERROR: No matching distribution found for pip-audit==2.*\n"))
    assert not found.known
    assert str(found).startswith("pip-audit: can't be installed here: ERROR: No matching")


@pytest.mark.nightly
@pytest.mark.parametrize("outcome", [audits.of_python, audits.of_npm])
def test_nothing_that_we_use_has_a_known_vulnerability(outcome, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(audits, "TOOL", audits.ROOT / "build" / "audit")
    found = outcome(audits.run)
    if not found.known:
        pytest.skip(str(found))
    assert found.found == ()

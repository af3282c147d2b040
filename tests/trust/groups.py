"""Run the tests that belong to each promise of the project, and count what was tried and what held."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pytest

# What is promised, and the tests that try to break it: paths, or beginnings of the names of tests.
GROUPS: dict[str, tuple[str, ...]] = {
    "built pages hold nothing foreign": ("tests/trust/test_attacks.py", "tests/trust/test_built_pages.py"),
    "what is rendered was checked": ("tests/trust/test_rendering.py",),
    "pages follow a strict policy": ("tests/unit/test_page_policy.py", "tests/browser/test_page_policy.py"),
    "what is typed stays in the page": ("tests/browser/test_privacy.py",),
    "no question is lost": ("tests/browser/test_nothing_lost.py", "tests/browser/test_without_layers.py"),
    "pages work without a network": ("tests/site/test_offline.py", "tests/browser/test_later_visits.py"),
    "old pages find their files": ("tests/site/test_previous_release.py",),
    "bad input gets a plain answer": ("tests/unit/test_bad_input.py", "tests/unit/test_cli.py", "tests/fuzz/test_fuzz.py"),
    "a name takes time by its length": ("tests/unit/test_linear.py", "tests/unit/test_linear_patterns.py"),
    "load stays within bounds": ("tests/unit/test_recent.py", "tests/unit/test_many_candidates.py", "tests/unit/test_load.py"),
    "long lists stay usable": ("tests/browser/test_list.py",),
    "two builds give the same bytes": ("tests/package/test_reproducible.py",),
    "licences of others are named": ("tests/site/test_notices.py",),
    "no known vulnerability": ("tests/package/test_audits.py",),
}  # fmt: skip


@dataclass
class Result:
    """How the tests of a group ended, and the seconds that they took."""

    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """How many tests ran to an end that says something."""
        return self.outcomes["passed"] + self.outcomes["failed"]


def run(*, nightly: bool) -> dict[str, Result]:
    """Run the tests of every group, those of the nightly too if asked; return the results by group."""
    collected = _Collector()
    paths = [path for group in GROUPS.values() for path in group]
    marks = "" if nightly else "not nightly"
    pytest.main(["--quiet", "--no-header", "-p", "no:cacheprovider", "-m", marks, *paths], plugins=[collected])
    return collected.results


class _Collector:
    """Count the reports of tests by group."""

    def __init__(self) -> None:
        self.results: dict[str, Result] = defaultdict(Result)
        self._group_of = {path: group for group, paths in GROUPS.items() for path in paths}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        group = self._group_of.get(report.nodeid.partition("::")[0])
        if group is None:
            return
        result = self.results[group]
        result.seconds += report.duration
        if report.failed:
            result.outcomes["failed"] += 1
            result.notes.append(f"did not hold: {report.nodeid}")
        elif report.skipped:
            result.outcomes["skipped"] += 1
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
            result.notes.append(f"not tried: {report.nodeid}: {reason.removeprefix('Skipped: ')}")
        elif report.when == "call":
            result.outcomes["passed"] += 1

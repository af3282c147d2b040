"""Ask whether something that the project uses has a known vulnerability: `python -m tests.package.audits`.

pip-audit looks at every locked Python package, npm at package-lock.json. Both ask a service on the network. Where it doesn't
answer, the outcome says so and isn't a failure: then nothing is known, neither good nor bad.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from plugins.bundle.node import NODE, NPM

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "build" / "audit"
PIP_AUDIT = "pip-audit==2.*"
PATIENCE = 300  # seconds

# Runs a command in the top folder, and returns its exit code, its output and its errors.
Run = Callable[[list[str]], tuple[int, str, str]]


class Outcome(NamedTuple):
    """What a service said. `known` is False where it wasn't reached, `found` describes each vulnerability."""

    tool: str
    known: bool
    about: str
    found: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"{self.tool}: {self.about}", *(f"  {one}" for one in self.found)])


def main() -> int:
    """Print both outcomes; the exit code is 1 where there is a vulnerability."""
    outcomes = list(audits())
    print(*outcomes, sep="\n")
    return int(any(one.found for one in outcomes))


def audits() -> Iterator[Outcome]:
    """Ask both services."""
    yield of_python(run)
    yield of_npm(run)


def of_python(run: Run) -> Outcome:
    """Ask about the Python packages of all lock files."""
    program = TOOL / ("Scripts" if os.name == "nt" else "bin") / "pip-audit"
    if not program.exists():
        for command in (
            [sys.executable, "-m", "venv", str(TOOL)],
            [
                str(program.with_name("python")),
                "-m",
                "pip",
                "--quiet",
                "--disable-pip-version-check",
                "install",
                PIP_AUDIT,
            ],
        ):
            code, _, errors = run(command)
            if code:
                return Outcome("pip-audit", False, f"can't be installed here: {_last_line(errors)}")
    asked: dict[tuple[str, str], dict[str, Any]] = {}
    skipped = ""
    # One after the other: a package that is in two of them isn't accepted in one list.
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        _, printed, errors = run(
            [str(program), "--format", "json", "--progress-spinner", "off", "--disable-pip", "-r", str(lock)]
        )
        try:
            packages = json.loads(printed)["dependencies"]
        except (ValueError, KeyError, TypeError):
            return Outcome("pip-audit", False, f"gets no answer here: {_last_line(errors)}")
        asked.update({(one["name"], one["version"]): one for one in packages if "skip_reason" not in one})
        skipped = next((str(one["skip_reason"]) for one in packages if "skip_reason" in one), skipped)
    if not asked:
        return Outcome("pip-audit", False, f"gets no answer here: {_last_line(skipped)}")
    found = tuple(_python_vulnerabilities([*asked.values()]))
    return Outcome("pip-audit", True, f"{len(asked)} packages, {len(found)} known vulnerabilities", found)


def _python_vulnerabilities(packages: list[dict[str, Any]]) -> Iterator[str]:
    for package in packages:
        for one in package["vulns"]:
            mended = ", ".join(one.get("fix_versions", [])) or "no version"
            yield f"{package['name']} {package['version']}: {one['id']}, mended in {mended}"


def of_npm(run: Run) -> Outcome:
    """Ask about the packages of package-lock.json."""
    _, printed, errors = run([NODE, NPM, "audit", "--package-lock-only", "--json"])
    try:
        answer = json.loads(printed)
        count = int(answer["metadata"]["dependencies"]["total"])
        rows = answer["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        return Outcome("npm audit", False, f"gets no answer here: {_reason(printed) or _last_line(errors)}")
    found = tuple(f"{name}: {about['severity']}, in {about['range']}" for name, about in sorted(rows.items()))
    return Outcome("npm audit", True, f"{count} packages, {len(found)} with known vulnerabilities", found)


def _reason(printed: str) -> str:
    """Return why npm could not ask, as it says in JSON."""
    try:
        return str(json.loads(printed)["message"])
    except (ValueError, KeyError, TypeError):
        return ""


def _last_line(errors: str) -> str:
    return next((line.strip() for line in reversed(errors.splitlines()) if line.strip()), "it doesn't say why")


def run(command: list[str]) -> tuple[int, str, str]:
    """Run a command, but not for ever."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return 1, "", f"no answer within {PATIENCE} seconds"
    except OSError as error:
        return 1, "", str(error)
    return done.returncode, done.stdout, done.stderr


if __name__ == "__main__":
    sys.exit(main())

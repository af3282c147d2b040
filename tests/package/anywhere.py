"""Read every vector with the package that is installed: `python -m tests.package.anywhere`.

It needs nothing but Python and the package, so it runs on systems and Pythons for which the rest of the tests isn't set up.
"""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path
from typing import Any

import nameplate
from nameplate import NameplateError, decode

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Print what is read otherwise; return the exit code."""
    if Path(nameplate.__file__).is_relative_to(ROOT / "widgets"):
        print("This is the checkout's package, not an installed one.", file=sys.stderr)
        return 2
    files = sorted((ROOT / "tests" / "vectors").glob("*.json"))
    cases = [case for file in files for case in json.loads(file.read_text(encoding="utf-8")).get("cases", ())]
    wrong = [f"{case['name']}: {found}" for case in cases if (found := difference(case))]
    print(*wrong, sep="\n")
    where = f"Python {platform.python_version()} on {platform.platform()}"
    print(f"{len(cases) - len(wrong)} of {len(cases)} vectors are read as they should be, by {where}.")
    return 1 if wrong or not cases else 0


def difference(case: dict[str, Any]) -> str:
    """Return how the answer to a case differs from what is expected, or nothing."""
    try:
        answer = decode(case["name"]).to_dict()
    except NameplateError as error:
        return "" if error.code == case.get("error") else f"the error {error.code}"
    if "error" in case:
        return f"no error {case['error']}"
    return ", ".join(f"{key} is {answer[key]!r}" for key, value in case["expect"].items() if answer[key] != value)


if __name__ == "__main__":
    sys.exit(main())

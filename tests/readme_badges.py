"""The badges of the README: `python -m tests.readme_badges` draws them from pyproject.toml and from the figures that are measured.

They are files of this repository, so that they need no service and no address, and a test compares them with what is true.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from plugins.publish.badges import badge
from tests.figures import agreement

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".github" / "badges"


def badges() -> Mapping[str, str]:
    """Return the pictures by their file's name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = re.fullmatch(r">=([\d.]+)", project["requires-python"])
    assert oldest is not None
    needed = len(project.get("dependencies", ()))
    agreed = agreement()
    said = {
        "python": ("Python", f"{oldest[1]} or newer"),
        "dependencies": ("dependencies", str(needed or "none")),
        "agreement": ("other programs’ test cases", f"{100 * agreed.agreeing / agreed.cases:.1f} % read as they do"),
        "licence": ("licence", project["license"].replace(" AND ", " and ")),
    }
    return {f"{name}.svg": badge(*words) for name, words in said.items()}


def main() -> int:
    """Write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, picture in badges().items():
        (FOLDER / name).write_text(picture, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

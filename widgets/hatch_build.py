"""Compile the vocabulary and the families into the wheel.

An editable install reads the data files themselves, so nothing is compiled for it.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CHECKOUT = Path(__file__).resolve().parent.parent


class CompileData(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        sys.path.insert(0, str(CHECKOUT))
        try:
            try:
                importlib.import_module("plugins.compile").write(folder)
            except importlib.import_module("plugins.catalog").CatalogError as faults:
                sys.exit(str(faults))
        finally:
            sys.path.remove(str(CHECKOUT))
        for module in folder.glob("_compiled*.py"):
            build_data["force_include"][str(module)] = f"nameplate/{module.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._folder.cleanup()

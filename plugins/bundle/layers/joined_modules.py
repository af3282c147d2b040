"""Layer: the modules of widgets/web/ in few files, because each request costs a page time.

Saves: more than twenty requests before the first answer.

Assumes: nothing about Pyodide. esbuild joins what is loaded together, and minifies it. A page and its worker share no
file, so that neither waits for the other.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..node import NODE, run
from ..paths import ROOT, WEB
from .layer import Layer, unchanged

ESBUILD = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"
# Written here: what the bundle holds, for the other modules, and the names of the modules themselves.
MANIFEST = "manifest.mjs"
NAMES = "modules.mjs"
# What a browser asks for by name. Those of the page share files: the first is loaded at once, the others on demand.
ENTRY = "elements.mjs"
PAGE = (ENTRY, "name-list/name-list.mjs", "elements/completion.mjs")
WORKER = ("worker.mjs",)
# Joined with none of the others, but it imports the entry: what both need would be files of their own otherwise, and
# each is a request for pages that have no demonstration.
DEMOS = ("demos.mjs", f"--external:./{ENTRY}")


class WebModules(NamedTuple):
    """The files by their names, and those that the page's entry imports."""

    files: dict[str, bytes]
    imported: list[str]


def joined(manifest: Mapping[str, Any], scratch: Path, web: Path = WEB) -> WebModules:
    """Join the modules. Raises BundleError if one is wrong.

    `scratch` is a folder that does not exist yet; it is left for the caller to remove.
    """
    sources, target, outputs = scratch / "sources", scratch / "target", scratch / "outputs.json"
    shutil.copytree(web, sources)
    (sources / MANIFEST).write_bytes(_module(manifest))
    for entries in (WORKER, DEMOS, PAGE):  # the last one's outputs are read below
        options = ["--bundle", "--splitting", "--format=esm", "--entry-names=[name]"]
        esbuild([*entries, *options, f"--outdir={target}", f"--metafile={outputs}"], sources)
    files = {path.name: path.read_bytes() for path in sorted(target.iterdir())}
    imported = _imported(json.loads(outputs.read_text(encoding="utf-8")))
    return WebModules({**files, NAMES: _module([*files, NAMES])}, imported)


def separate(manifest: Mapping[str, Any], web: Path = WEB) -> WebModules:
    """Return the modules as they are, for a bundle without this layer."""
    files = {path.relative_to(web).as_posix(): path.read_bytes() for path in sorted(web.rglob("*.mjs"))}
    files[MANIFEST] = _module(manifest)
    return WebModules({**files, NAMES: _module([*files, NAMES])}, [])


def esbuild(arguments: list[str], folder: Path, target: str = "es2022") -> str:
    """Run esbuild in a folder, and return what it prints."""
    always = ["--minify", f"--target={target}", "--charset=utf8", "--out-extension:.js=.mjs", "--log-level=warning"]
    return run([NODE, str(ESBUILD), *arguments, *always], "esbuild cannot make a module", cwd=folder)


def _imported(metafile: Mapping[str, Any]) -> list[str]:
    """Return the files that the page's entry imports, from esbuild's description of its outputs."""
    (entry,) = (output for path, output in metafile["outputs"].items() if Path(path).name == ENTRY)
    return [Path(one["path"]).name for one in entry["imports"] if one["kind"] == "import-statement"]


def _module(value: object) -> bytes:
    return f"export default {json.dumps(value, indent=2)};\n".encode()


LAYER = Layer(
    name="joined_modules",
    saves="more than twenty requests before the first answer",
    assumes="nothing about Pyodide",
    apply=unchanged,
)

"""The runtime's script around the WebAssembly, without what no page of ours calls: see pyodide/glue.mjs."""

from __future__ import annotations

from pathlib import Path

from .bytecode import GLUE, LOADER, RUNTIME, WASM, digest, forget, run
from .joined_modules import WEB
from .node import NODE

MAKE = Path(__file__).with_name("pyodide") / "glue.mjs"
# What uses the object that the script makes, beside the script itself.
USERS = (RUNTIME / LOADER, WEB / "snapshot.mjs")


def glue(cache: Path, runtime: Path = RUNTIME) -> Path:
    """The script, made anew only when what it is made from has changed. Raises BundleError where it is not as expected."""
    made_from = (runtime / GLUE, runtime / WASM, *USERS, MAKE)
    target = cache / f"glue-{digest(path.read_bytes() for path in made_from)}.mjs"
    if not target.exists():
        script = run([NODE, str(MAKE), f"{runtime}/", *map(str, USERS)], "the runtime's script cannot be made small")
        forget(cache, "glue-*.mjs")
        draft = target.with_suffix(".draft")
        draft.write_text(script, encoding="utf-8")
        draft.replace(target)
    return target

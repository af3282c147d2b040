"""The memory of the browser's Python after its start, so that a page need not start it: see pyodide/snapshot.mjs.

It is good for the one runtime and the one zip that it was made with, which its names in the manifest ensure, and is
made without clock or chance, so that the same sources give the same bytes.
"""

from __future__ import annotations

import json
import struct
import tempfile
from pathlib import Path
from typing import Any

from .bytecode import BARE, LOADER, RUNTIME, WASM, digest, forget, run
from .node import NODE

MAKE = Path(__file__).with_name("pyodide") / "snapshot.mjs"
WARM_UP = Path(__file__).with_name("pyodide") / "warm_up.py"


def snapshot(python: Path, glue: Path, cache: Path) -> Path:
    """The snapshot for a zip that Python starts from, made anew only when the zip or what makes the snapshot changed.

    `glue` is the script that will restore it: where functions stand in the WebAssembly's table is in the memory, too.
    """
    made_from = (python, glue, MAKE, BARE, WARM_UP, Path(__file__), RUNTIME / LOADER, RUNTIME / WASM)
    target = cache / f"snapshot-{digest(path.read_bytes() for path in made_from)}.bin"
    if not target.exists():
        forget(cache, "snapshot-*.bin")
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            draft = Path(folder) / target.name
            command = [NODE, str(MAKE), f"{RUNTIME}/", str(glue), str(python), str(WARM_UP), str(draft)]
            run(command, "no snapshot can be made of the browser's Python")
            draft.replace(target)
    return target


def header(snapshot: Path) -> dict[str, Any]:
    """What stands at the beginning of a snapshot, before the memory itself."""
    content = snapshot.read_bytes()
    (length,) = struct.unpack_from("<I", content)
    about: dict[str, Any] = json.loads(content[4 : 4 + length])
    return about

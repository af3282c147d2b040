"""Take what the picker has learnt out of the wheel: a file of its own, which a page loads only where it chooses models."""

from __future__ import annotations

import ast
import json
import zipfile
from pathlib import Path

MODULE = "nameplate/_compiled_requests.py"


def learnt(wheel: Path) -> bytes:
    """Return the constants of the module as JSON."""
    with zipfile.ZipFile(wheel) as archive:
        tree = ast.parse(archive.read(MODULE))
    constants = {
        target.id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return json.dumps(constants, ensure_ascii=False, separators=(",", ":")).encode()

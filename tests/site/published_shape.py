"""The shape of what is published, flat: `python -m tests.site.published_shape` adds new keys to the pinned one.

What is pinned may never go: other people's programs read it. The command refuses to take anything out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from plugins.publish.documents import schemas

PINNED = Path(__file__).with_name("published_shape.json")


def shapes() -> dict[str, dict[str, Any]]:
    """For each published document its keys, as paths, and what stands there."""
    return {name: _flat(schema, schema, "") for name, schema in sorted(schemas().items())}


def broken(pinned: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> list[str]:
    """What is pinned and no longer so."""
    found = []
    for name, keys in pinned.items():
        for path, kind in keys.items():
            here = now.get(name, {}).get(path)
            gone = here is None or (sorted(set(kind) - set(here)) if isinstance(kind, list) and here else here != kind)
            if gone:
                found.append(f"{name} {path}: was {kind}, is {here}")
    return found


def _flat(schema: dict[str, Any], whole: dict[str, Any], path: str) -> dict[str, Any]:
    if schema.get("$ref") == "#":
        return {path: "object"}  # of the same shape as the whole
    if "$ref" in schema:
        return _flat(whole["$defs"][schema["$ref"].rsplit("/", 1)[1]], whole, path)
    if "anyOf" in schema:
        filled = [one for one in schema["anyOf"] if one.get("type") != "null"]
        inner = [_flat(one, whole, path) for one in filled]
        kinds = sorted(str(one.get(path)) for one in inner)
        if len(inner) == 1 and isinstance(inner[0].get(path), list):  # a list of values, to which others may be added
            return {path: [*inner[0][path], "null"]}
        return {**{key: kind for one in inner for key, kind in one.items()}, path: " or ".join([*kinds, "null"])}
    if "enum" in schema:
        return {path: sorted(map(json.dumps, schema["enum"]))}
    kind = schema.get("type", "anything")
    found: dict[str, Any] = {path: kind if isinstance(kind, str) else " or ".join(kind)}
    for key, value in schema.get("properties", {}).items():
        found |= _flat(value, whole, f"{path}.{key}")
    if isinstance(schema.get("items"), dict):
        found |= _flat(schema["items"], whole, f"{path}[]")
    if isinstance(schema.get("additionalProperties"), dict):
        found |= _flat(schema["additionalProperties"], whole, f"{path}.*")
    return found


def main() -> int:
    now = shapes()
    pinned = json.loads(PINNED.read_text(encoding="utf-8")) if PINNED.exists() else {}
    gone = broken(pinned, now)
    if gone:
        print("\n".join(gone), "These addresses are frozen: bring the keys back, or publish a v2 beside v1.", sep="\n")
        return 1
    PINNED.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

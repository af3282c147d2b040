"""Check that the vectors of tests/vectors/ can be read, and that their keys exist."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from nameplate.reading import Reading

from ..catalog.faults import Fault, nearest
from ..catalog.front_matter import FrontMatterError, read_text
from ..site.checkout import Site

FOLDER = "tests/vectors"
TOP = ("description", "version", "cases", "pairs", "picks")
KEYS = ("name", "why", "source", "expect", "error")
READING = tuple(field.name for field in fields(Reading))


def check(site: Site) -> Iterator[Fault]:
    """Find files that aren't JSON, and keys that no case or reading has, each with its line."""
    for path in sorted((site.root / FOLDER).glob("*.json")):
        if "schema" not in path.name:
            yield from _check_file(path)


def _check_file(path: Path) -> Iterator[Fault]:
    try:
        text = read_text(path)
        data: Any = json.loads(text)
    except FrontMatterError as error:
        yield Fault(path, error.line, "", str(error))
        return
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}. Look at commas and quotes here and above"
        yield Fault(path, error.lineno, "", message)
        return
    top = data if isinstance(data, dict) else {}
    cases = top.get("cases", [])
    wrong = {key: ("file of vectors", TOP) for key in top if key not in TOP}
    wrong |= {key: ("case", KEYS) for case in cases for key in case if key not in KEYS}
    wrong |= {key: ("reading", READING) for case in cases for key in case.get("expect", {}) if key not in READING}
    for key, (of, known) in wrong.items():
        for found in re.finditer(rf"{re.escape(json.dumps(key))}\s*:", text):
            message = f'"{key}" is not a key of a {of}.{nearest(key, known)} Keys: {", ".join(known)}'
            yield Fault(path, text.count("\n", 0, found.start()) + 1, key, message)

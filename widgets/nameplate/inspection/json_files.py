"""Read JSON that others have written: no more than a limit, and with the place of what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import FileFormatError
from ..reading import JsonObject

LARGEST = 32 * 2**20  # bytes of a configuration or of an index


def read_object(path: Path) -> JsonObject:
    """Return the object in a file. Raises FileFormatError."""
    if path.stat().st_size > LARGEST:
        raise FileFormatError(str(path), f"it has more than {LARGEST:,} bytes, so it isn't a configuration")
    return parsed(path.read_bytes(), path)


def parsed(text: bytes, path: Path, offset: int = 0) -> JsonObject:
    """Return the object in a text that begins at a byte of a file. Raises FileFormatError."""
    try:
        found = json.loads(text.decode("utf-8-sig" if not offset else "utf-8"))
    except UnicodeDecodeError as error:
        raise FileFormatError(str(path), "this isn't UTF-8", offset + error.start) from None
    except json.JSONDecodeError as error:
        raise FileFormatError(str(path), f"this isn't JSON: {error.msg}", offset + error.pos) from None
    except (RecursionError, ValueError):  # lists in lists without end; a number of thousands of digits
        raise FileFormatError(
            str(path), "this JSON is nested too deep, or has numbers that are too long", offset
        ) from None
    if not isinstance(found, dict):
        raise FileFormatError(str(path), "this isn't a JSON object", offset)
    return found

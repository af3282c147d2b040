"""Which file a product line belongs in: one for each maker, so that a contributor finds it by the maker's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from .faults import Fault, Origins
from .models import Line

UNKNOWN = "unknown-maker"  # the file of lines whose maker isn't known for sure


def file_of(maker: str | None) -> str:
    """Return the name of a maker's file, without its ending.

    >>> file_of("Mistral AI"), file_of("Z.ai"), file_of("Mi:dm Café"), file_of(None)
    ('mistral-ai', 'z-ai', 'mi-dm-cafe', 'unknown-maker')
    """
    if maker is None:
        return UNKNOWN
    letters = unicodedata.normalize("NFKD", maker).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def check_line_files(lines: Mapping[str, Line], origins: Origins) -> Iterator[Fault]:
    """Find lines in another maker's file, and makers that are spelt in two ways."""
    spelt: dict[str, str] = {}
    for name, line in lines.items():
        origin, expected = origins["line", name], file_of(line.maker)
        if origin.document.path.stem != expected:
            whose = f'the maker is "{line.maker}"' if line.maker else "the line has no maker"
            yield origin.fault(("maker",), f"{whose}. Move this row to lines/{expected}.yml")
        elif line.maker is not None:
            other = spelt.setdefault(expected, line.maker)
            if other != line.maker:
                message = f'the maker is "{line.maker}" here and "{other}" in another row. Write it in one way'
                yield origin.fault(("maker",), message)

"""Check that the rows of each data file are in alphabetical order, so that a row has one place."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..catalog.faults import Fault
from ..catalog.front_matter import Document, FrontMatterError, read_yaml
from ..catalog.sources import ARCHITECTURES, LICENCES, LINES, PLATFORMS, ROOT, table_files
from ..site.checkout import Site
from .readings import MISLEADING

# The key that the rows of a file, or of each file in a folder, are sorted by; case doesn't count.
SORTED_BY: Mapping[Path, str] = {
    LINES: "line",
    PLATFORMS: "platform",
    LICENCES: "licence",
    ARCHITECTURES: "line",
    MISLEADING: "name",
}


def check(site: Site) -> Iterator[Fault]:
    """Find rows behind one that comes later in the alphabet."""
    for path, key in _tables(site):
        document = _read(path)
        if document is None:
            continue
        names = [str(row.get(key, "")) for row in document.data]
        for index, (before, after) in enumerate(itertools.pairwise(names), start=1):
            if before.casefold() > after.casefold():
                message = f'"{after}" comes after "{before}". Sort the rows by {key}: run make format'
                yield Fault(path, document.line((index,)), f"[{index}]", message)


def fix(site: Site) -> list[Path]:
    """Sort the rows; comments stay with the row below them."""
    changed = []
    for path, key in _tables(site):
        document = _read(path)
        if document is None:
            continue
        text = path.read_text(encoding="utf-8")
        head, blocks = _blocks(text)
        if len(blocks) != len(document.data):
            continue
        keys = [str(row.get(key, "")).casefold() for row in document.data]
        ordered = [blocks[index] for index in sorted(range(len(blocks)), key=lambda index: keys[index])]
        if ordered != blocks:
            path.write_text(head + "".join(ordered), encoding="utf-8")
            changed.append(path)
    return changed


def _tables(site: Site) -> Iterator[tuple[Path, str]]:
    for original, key in SORTED_BY.items():
        table = site.root / original.relative_to(ROOT)
        if table.exists():
            yield from ((path, key) for path in table_files(table))


def _read(path: Path) -> Document | None:
    """Return the rows of a file, or None if they can't be read, which the check of the data reports."""
    try:
        document = read_yaml(path)
    except FrontMatterError:
        return None
    sound = isinstance(document.data, list) and all(isinstance(row, dict) for row in document.data)
    return document if sound else None


def _blocks(text: str) -> tuple[str, list[str]]:
    """Return what is above the first row, and the rows, each with the comments above it.

    >>> _blocks("# about\\n- a: 1\\n# on b\\n- b: 2\\n  c: 3\\n")
    ('# about\\n', ['- a: 1\\n', '# on b\\n- b: 2\\n  c: 3\\n'])
    """
    head: list[str] = []
    blocks: list[list[str]] = []
    remarks: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("- "):
            if not blocks:
                head, remarks = remarks, []
            blocks.append([*remarks, line])
            remarks = []
        elif line.startswith("#") or not blocks or not line.strip():
            remarks.append(line)
        else:
            blocks[-1] += [*remarks, line]
            remarks = []
    if blocks:
        blocks[-1] += remarks
    return "".join(head), ["".join(block) for block in blocks]

"""Check that schemas match the types of the data, and that every data file names its own; `--fix` writes both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..catalog import data_schemas, sources
from ..catalog.data_schemas import LINE_START, first_line
from ..catalog.faults import Fault
from ..site.checkout import Site


def check(site: Site) -> Iterator[Fault]:
    """Find schemas that are out of date, and data files that name none or another."""
    for name, text in data_schemas.files().items():
        path = site.root / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield Fault(path, 1, "", "this is not the schema that plugins/catalog/models.py makes. Run make format")
    for path, expected in _data_files(site):
        lines = path.read_text(encoding="utf-8-sig").splitlines()  # a byte-order mark is a fault of its own
        number = _place(path)
        if lines[number : number + 1] != [expected]:
            message = f'the line "{expected}" is missing, which lets editors complete keys. Run make format'
            yield Fault(path, number + 1, "", message)


def fix(site: Site) -> list[Path]:
    """Write the schemas and the first lines again."""
    changed = []
    for name, text in data_schemas.files().items():
        changed += _written(site.root / name, text)
    for path, expected in _data_files(site):
        lines = path.read_text(encoding="utf-8").split("\n")
        number = _place(path)
        if len(lines) > number and lines[number] != expected:
            lines[number : number + lines[number].startswith(LINE_START)] = [expected]
            changed += _written(path, "\n".join(lines))
    return changed


def _data_files(site: Site) -> Iterator[tuple[Path, str]]:
    """Find the data files of the site, each with the line it should have."""
    tables = (site.root / table.relative_to(sources.ROOT) for table, _ in data_schemas.ROWS.values())
    rows = [path for table in tables for path in sources.table_files(table)]
    pages = [site.root / page.relative_to(sources.ROOT) for page in (*sources.term_pages(), *sources.family_pages())]
    for path in (*pages, *rows):
        line = first_line(sources.ROOT / path.relative_to(site.root))
        if line is not None and path.exists():
            yield path, line


def _place(path: Path) -> int:
    """Return the index of the line: the first one, or in a page the first one of its front matter."""
    return 1 if path.suffix == ".md" else 0


def _written(path: Path, text: str) -> list[Path]:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [path]

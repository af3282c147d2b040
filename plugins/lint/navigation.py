"""Every family page is listed in mkdocs.yml, in the order of the titles; the list can be written by `--fix`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..crosscheck import Fault
from ..markup import natural_order
from ..usage import title_of
from .source import Site

INDEX = "families/index.md"
_ENTRY = re.compile(r"^(\s*)- families/(?!index\.md)\S+\s*$")


def check(site: Site) -> Iterator[Fault]:
    """A list of families in the navigation that is not what stands in docs/families."""
    lines = site.configuration_path.read_text(encoding="utf-8").splitlines()
    found = {match[0].strip(): number for number, line in enumerate(lines, start=1) if (match := _ENTRY.match(line))}
    listed = [entry.removeprefix("- ") for entry in found]
    expected = _expected(site)
    place = _place(lines)
    for source in expected:
        if source not in listed:
            yield Fault(site.configuration_path, place + 1, "nav", f"{source} is not listed. Run make format")
    for source in listed:
        if source not in expected:
            yield Fault(
                site.configuration_path, found[f"- {source}"], "nav", f"there is no docs/{source}. Run make format"
            )
    if sorted(listed) == sorted(expected) and listed != expected:
        yield Fault(
            site.configuration_path,
            place + 1,
            "nav",
            "the families are not in the order of their titles. Run make format",
        )


def fix(site: Site) -> list[Path]:
    """Write the list of families anew."""
    path = site.configuration_path
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not _ENTRY.match(line)]
    place = _place(lines)
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
    lines[place + 1 : place + 1] = [f"{indent}- {source}" for source in _expected(site)]
    changed = "\n".join(lines) + "\n"
    if changed == text:
        return []
    path.write_text(changed, encoding="utf-8")
    return [path]


def _expected(site: Site) -> list[str]:
    pages = [page for page in site.pages if page.source.startswith("families/") and page.source != INDEX]
    return [page.source for page in sorted(pages, key=lambda page: natural_order(title_of(page.text, page.source)))]


def _place(lines: list[str]) -> int:
    """The index of the line that lists the index of the families."""
    return next(number for number, line in enumerate(lines) if line.strip() == f"- {INDEX}")

"""Write tables whose columns can be sorted, and whose cells a narrow screen turns into lines of a card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .markup import escaped, way_up
from .page import PageAddress

# An empty cell here is not a gap: the file holds the weights as they were trained.
MAY_BE_EMPTY = ("Stored as", "Size")
UNKNOWN = '<span class="site-empty" title="No source was found">not known</span>'
SORTS = "javascripts/sort.mjs"
FILTERS = "javascripts/filter.mjs"
TALLY = "javascripts/tally.mjs"


def head(columns: Sequence[str]) -> str:
    """Return the line of column titles. The search would show them as one word."""
    cells = "".join(
        f'<th scope="col" data-search-exclude data-label="{escaped(name)}">{escaped(name)}</th>' for name in columns
    )
    return f"<thead><tr>{cells}</tr></thead>"


def group_title(text: str, columns: int) -> str:
    """Return a line above rows that belong together; it is hidden once the reader has sorted the rows differently."""
    return f'<tr class="site-group"><th colspan="{columns}" scope="rowgroup">{escaped(text)}</th></tr>'


def row(cells: Sequence[tuple[str, str]], keys: dict[str, float | str] | None = None) -> str:
    """Return a row of cells, each with its column's title and HTML; `keys` are what a column is sorted by, if not its text."""
    return f"<tr>{''.join(_cells(cells, keys or {}))}</tr>"


def _cells(cells: Sequence[tuple[str, str]], keys: dict[str, float | str]) -> Iterator[str]:
    """Mark the first cell of a row as the one that the site's search finds it by."""
    for index, (label, html) in enumerate(cells):
        shown = html or ("" if label in MAY_BE_EMPTY else UNKNOWN)
        key = keys.get(label, None if html or not shown else "")
        known = "" if key is None else f' data-key="{escaped(str(key))}"'
        if index == 0:
            yield f'<th scope="row" data-label="{escaped(label)}"{known}>{shown}</th>'
        else:
            yield f'<td data-label="{escaped(label)}"{known} data-search-exclude>{shown}</td>'


def frame(label: str, table: str) -> str:
    """Return a table in a frame that scrolls by itself, by keyboard too."""
    return f'<section class="site-scroll" tabindex="0" aria-label="{escaped(label)}">{table}</section>'


def sortable(framed: str, here: PageAddress) -> str:
    """Return a framed table that readers can sort by any column; without scripts it stays as it was written."""
    script = f'<script type="module" src="{escaped(way_up(here.url) + SORTS)}"></script>'
    # In a division, because Markdown takes an element that it doesn't know for part of a paragraph.
    return f'<div class="site-sortable"><nameplate-sort>{framed}{script}</nameplate-sort></div>'


def tally(here: PageAddress) -> str:
    """Return where the page says how many of its exercises a reader had right; without scripts nothing is there."""
    script = f'<script type="module" src="{escaped(way_up(here.url) + TALLY)}"></script>'
    return f'<div class="site-tally"><nameplate-tally></nameplate-tally>{script}</div>'


def family_finder(table: str, example: str, here: PageAddress) -> str:
    """Return a field above a table of families, named by its class, that keeps the rows that contain what is typed.

    The maker's name above a group of rows counts for each of them. Without scripts, the field is missing and every row shows.
    """
    script = f"{way_up(here.url)}{FILTERS}"
    return (
        '<div class="site-finder" data-search-exclude>'
        f'<nameplate-filter data-label="Filter the families" data-example="{escaped(example)}" data-one="family" data-many="families"'
        f' data-entries=".{table} tbody tr:not(.site-group)" data-headings=".{table} .site-group"></nameplate-filter>'
        f'<script type="module" src="{escaped(script)}"></script></div>'
    )

"""Render which programs open which formats of weights, from the list of runtimes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..catalog.models import Term
from ..catalog.picker_models import Runtime
from .glossary import link_address
from .markup import escaped
from .page import PageAddress
from .table import frame, head, row, sortable

COLUMNS = ("Format", "Programs made for it", "Programs that open it too")
FIELDS = ("format", "library", "quant")  # what a word for a format sets
NO_OTHER = '<span class="site-general">none in our list</span>'


def programs(runtimes: Mapping[str, Runtime], terms: Mapping[str, Term], here: PageAddress) -> str:
    """Render one row per format, the one with the most programs first. Each program links to where its formats are stated."""
    listed = [one for one in runtimes.values() if not one.machine]
    made = {form: [one for one in listed if form in one.loads] for form in _formats(listed)}
    rows = "".join(
        row(list(zip(COLUMNS, (_title(form, terms, here), _links(makers), _links(_others(form, listed))), strict=True)))
        for form, makers in sorted(made.items(), key=lambda found: (-len(found[1]), found[0]))
    )
    table = f'<table class="site-table site-programs">{head(COLUMNS)}<tbody>{rows}</tbody></table>'
    return sortable(frame("Which program opens which format", table), here)


def _formats(listed: Iterable[Runtime]) -> list[str]:
    """Return every format that a program is made for or opens, once."""
    return list(dict.fromkeys(form for one in listed for form in (*one.loads, *one.knows)))


def _others(form: str, listed: Iterable[Runtime]) -> list[Runtime]:
    return [one for one in listed if form in one.knows]


def _links(found: Iterable[Runtime]) -> str:
    links = (f'<a href="{escaped(one.source)}">{escaped(one.title)}</a>' for one in found)
    return ", ".join(links) or NO_OTHER


def _title(form: str, terms: Mapping[str, Term], here: PageAddress) -> str:
    """Return a link to the term that explains a format: the one with its name, or with a word for it."""
    term = terms.get(form) or next((one for one in terms.values() if _names(one, form)), None)
    if term is None:
        return escaped(form)
    return f'<a href="{escaped(link_address(term, here))}">{escaped(term.term)}</a>'


def _names(term: Term, form: str) -> bool:
    return any(words.field in FIELDS and form in (words.value, *words.words) for words in term.names)

"""Check that what a macro call names exists: the term, the family, a readable name."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from jinja2 import nodes

from nameplate import NameplateError, decode

from ..catalog.contents import Catalog
from ..catalog.faults import Fault, nearest
from ..catalog.front_matter import FrontMatterError, read_page
from ..catalog.loader import CatalogError
from ..publish.macros import SiteMacros
from ..site.checkout import Page, Site
from ..site.demonstrations import NAMES as DEMONSTRATIONS
from ..site.macro_names import NAMES
from ..site.templates import environment


def check(site: Site) -> Iterator[Fault]:
    """Find calls with the wrong number of arguments, of what doesn't exist, and of what the page's own keys hide."""
    try:
        catalog = site.catalog()
    except CatalogError:
        return
    jinja = environment(site.configuration, dict.fromkeys(NAMES))
    for page in site.pages:
        hidden = _front_matter_keys(page)
        for call in jinja.calls(page.text):
            message = _complaint(call, catalog, hidden)
            if message:
                yield page.fault(call.lineno, _shown(call), message)


def _complaint(call: nodes.Call, catalog: Catalog, hidden: set[str]) -> str | None:
    assert isinstance(call.node, nodes.Name)
    macro = call.node.name
    if macro in hidden:
        return f'the key "{macro}" of this page\'s front matter hides the macro. On the page of a family, call family()'
    given = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
    named = {keyword.key: keyword.value.value for keyword in call.kwargs if isinstance(keyword.value, nodes.Const)}
    try:
        inspect.signature(getattr(SiteMacros, macro)).bind(None, *given, **named)
    except TypeError as error:
        return f"{error}. Look at another call of {macro}()"
    if macro == "term":
        return _unknown("term of the glossary", str([*given, *named.values()][0]), list(catalog.terms))
    if macro in ("family", "variants"):
        return _unknown("page under docs/families", str([*given, *named.values()][0]), list(catalog.families))
    if macro == "demonstration":
        return _unknown("demonstration in nameplate.demos", str([*given, *named.values()][0]), list(DEMONSTRATIONS))
    if macro == "decode_link":
        return _unreadable(str([*given, *named.values()][0]))
    if macro in ("decoded", "decoder"):
        return next((problem for name in given if (problem := _unreadable(str(name)))), None)
    return None


def _unknown(what: str, slug: str, known: list[str]) -> str | None:
    return None if slug in known else f'"{slug}" is not a {what}.{nearest(slug, known)} Otherwise add it'


def _unreadable(name: str) -> str | None:
    try:
        decode(name)
    except NameplateError as error:
        return f"{str(error).rstrip('.')}. Put a model name here"
    return None


def _front_matter_keys(page: Page) -> set[str]:
    if not page.head:
        return set()
    try:
        data = read_page(page.path).data
    except FrontMatterError:
        return set()
    return set(data) if isinstance(data, dict) else set()


def _shown(call: nodes.Call) -> str:
    assert isinstance(call.node, nodes.Name)
    arguments = ", ".join(f'"{argument.value}"' for argument in call.args if isinstance(argument, nodes.Const))
    return f"{call.node.name}({arguments})"

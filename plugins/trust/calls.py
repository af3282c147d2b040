"""Check macros in pages, which are code that runs while the site is built: a page may only call the site's own, with constants."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from ..catalog.faults import Fault, nearest
from ..publish.macros import NAMES
from ..site.checkout import Page, Site
from ..site.templates import environment

RAW = "To show the characters themselves, put them between [[% raw %]] and [[% endraw %]]"


def check(site: Site) -> Iterator[Fault]:
    """Find everything between markers that isn't one call of a known macro with constant arguments."""
    for page in site.pages:
        yield from check_page(page, environment(site.configuration))


def check_page(page: Page, jinja: Environment) -> Iterator[Fault]:
    """Find what is between double curly braces in a page and isn't a call of a macro."""
    try:
        template = jinja.parse(page.text)
    except TemplateSyntaxError as error:
        yield page.fault(error.lineno, "", f"this is no macro call: {error.message}. {RAW}")
        return
    for part in _parts(template):
        message = _complaint(part)
        if message:
            yield page.fault(part.lineno, "", message)


def calls(page: Page, jinja: Environment) -> Iterator[nodes.Call]:
    """Return the macro calls of a page that this rule allows."""
    try:
        template = jinja.parse(page.text)
    except TemplateSyntaxError:
        return
    for part in _parts(template):
        if isinstance(part, nodes.Call) and not _complaint(part):
            yield part


def _parts(template: nodes.Template) -> Iterator[nodes.Node]:
    for node in template.body:
        yield from node.nodes if isinstance(node, nodes.Output) else [node]


def _complaint(part: nodes.Node) -> str | None:
    if isinstance(part, nodes.TemplateData):
        return None
    if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name):
        return f'only calls such as {{{{ term("gguf") }}}} are allowed here. {RAW}'
    name = part.node.name
    if name not in NAMES:
        return f'"{name}" is not a macro.{nearest(name, NAMES)} Known: {", ".join(NAMES)}'
    given = [*part.args, *(keyword.value for keyword in part.kwargs)]
    constant = all(isinstance(argument, nodes.Const) and isinstance(argument.value, (str, int)) for argument in given)
    if part.dyn_args is not None or part.dyn_kwargs is not None or not constant:
        return f'{name}() takes text in quotes only, such as {name}("gguf"). Write it out'
    return None

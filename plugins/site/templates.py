"""Set up Jinja for contributed pages: text, and calls of the site's macros with constants. Nothing else is compiled.

Pages come from strangers. So there are two walls: a page that says more than that is refused before it becomes code, and
what runs does so in a sandbox that has no attributes, no filters and nothing to call but the macros.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..catalog.faults import nearest

INSTEAD = "To show two curly braces, write &#123;&#123;, between <code> and </code> instead of backticks"
# What the lexer finds and the syntax tree no longer shows.
_REFUSED_TOKENS: Mapping[str, str] = {
    "comment_begin": "a template comment isn't allowed in a page. Take it out",
    "raw_begin": f"a template block isn't allowed in a page. Take it out. {INSTEAD}",
    "block_begin": f"a template block isn't allowed in a page. Take it out. {INSTEAD}",
}


class PageEnvironment(ImmutableSandboxedEnvironment):
    """Jinja that compiles text and calls of the given macros, and refuses everything else."""

    def __init__(self, macros: Mapping[str, Callable[..., str] | None], **options: Any) -> None:
        super().__init__(**{"undefined": StrictUndefined, **options, "autoescape": False, "loader": None})
        self.globals = dict(macros)
        self.filters.clear()
        self.tests.clear()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse every attribute: a macro's answer is a text, and pages only print it."""
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether something is one of the macros."""
        return any(obj == macro for macro in self.globals.values())

    def compile(self, source: Any, *given: Any, **named: Any) -> Any:
        """Compile a page. Raises TemplateSyntaxError for one that holds more than text and calls of macros."""
        text = source if isinstance(source, str) else ""
        for line, message in self.complaints(text) if text or source == "" else [(1, "this isn't a text")]:
            raise TemplateSyntaxError(message, line)
        return super().compile(source, *given, **named)

    def complaints(self, text: str) -> Iterator[tuple[int, str]]:
        """Find what a page may not hold, each with its line."""
        try:
            for line, token, _ in self.lex(text):
                if token in _REFUSED_TOKENS:
                    yield line, _REFUSED_TOKENS[token]
            parts = list(_parts(self.parse(text)))
        except TemplateSyntaxError as error:
            yield error.lineno, f"this isn't a call of a macro: {error.message}. {INSTEAD}"
            return
        except (RecursionError, ValueError):
            yield 1, f"what is between double curly braces is too deep or too large. {INSTEAD}"
            return
        for part in parts:
            message = self._complaint(part)
            if message:
                yield part.lineno or 1, message

    def calls(self, text: str) -> Iterator[nodes.Call]:
        """Return the calls of a page, or none if it holds anything else."""
        if any(self.complaints(text)):
            return
        for part in _parts(self.parse(text)):
            if isinstance(part, nodes.Call):
                yield part

    def _complaint(self, part: nodes.Node) -> str | None:
        if isinstance(part, nodes.TemplateData):
            return None
        if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name):
            return f'only calls such as {{{{ term("gguf") }}}} are allowed here. {INSTEAD}'
        name, known = part.node.name, sorted(self.globals)
        if name not in known:
            return f'"{name}" is not a macro.{nearest(name, known)} Known: {", ".join(known)}'
        given = [*part.args, *(keyword.value for keyword in part.kwargs)]
        constant = all(isinstance(one, nodes.Const) and isinstance(one.value, (str, int)) for one in given)
        if part.dyn_args is not None or part.dyn_kwargs is not None or not constant:
            return f'{name}() takes text in quotes only, such as {name}("gguf"). Write it out'
        return None


def environment(configuration: dict[str, Any], macros: Mapping[str, Callable[..., str] | None]) -> PageEnvironment:
    """Return Jinja for pages, with the markers that mkdocs.yml sets."""
    return PageEnvironment(macros, **_markers(configuration))


def _parts(template: nodes.Template) -> Iterator[nodes.Node]:
    for node in template.body:
        yield from node.nodes if isinstance(node, nodes.Output) else [node]


def _markers(configuration: dict[str, Any]) -> dict[str, str]:
    for plugin in configuration.get("plugins", []):
        if isinstance(plugin, dict) and "macros" in plugin:
            options = plugin["macros"] or {}
            return {key.removeprefix("j2_"): value for key, value in options.items() if key.startswith("j2_")}
    return {}

"""Make Markdown of docstrings, for the pages about the package: mkdocstrings loads this file by its path in mkdocs.yml.

So it imports nothing of its folder.
"""

from __future__ import annotations

import builtins
import re
from typing import Any

import griffe

_DOCTEST = re.compile(r"(?m)^>>> .*\n?(?:.+\n?)*")
_ERROR = re.compile(r"\b[A-Z]\w*Error\b")


class Docstrings(griffe.Extension):
    """Rewrite each docstring that is read, before it becomes part of a page."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the docstring of an object, if it has one; that of a class gets its fields."""
        if obj.docstring is not None:
            obj.docstring.value = in_markdown(obj.docstring.value, linked=True) + _fields(obj)


def _fields(obj: griffe.Object) -> str:
    """Return the fields of a dataclass or of a named tuple, with their types."""
    found = [one for one in obj.members.values() if one.is_attribute and one.name[0] != "_"] if obj.is_class else []
    lines = [
        f"{one.name}: {one.annotation}" + (f" = {one.value}" if one.value is not None else "")
        for one in found
        if isinstance(one, griffe.Attribute) and one.annotation is not None and "property" not in one.labels
    ]
    return "\n\n```python\n{}\n```\n".format("\n".join(lines)) if lines else ""


def in_markdown(text: str, *, linked: bool = False) -> str:
    """Return a docstring as Markdown: examples in a block of code, our errors as code, or as links to their entries.

    >>> in_markdown("Raises EmptyNameError.", linked=True)
    'Raises [`EmptyNameError`][nameplate.EmptyNameError].'
    """
    parts, end = [], 0
    for example in _DOCTEST.finditer(text):
        parts += [_prose(text[end : example.start()], linked), f"```pycon\n{example[0].rstrip()}\n```\n"]
        end = example.end()
    return "".join([*parts, _prose(text[end:], linked)])


def _prose(text: str, linked: bool) -> str:
    def written(error: re.Match[str]) -> str:
        ours = linked and not hasattr(builtins, error[0])
        return f"[`{error[0]}`][nameplate.{error[0]}]" if ours else f"`{error[0]}`"

    return _ERROR.sub(written, text)

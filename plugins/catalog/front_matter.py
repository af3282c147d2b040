"""YAML and front matter with the place of every value, so that an error can name file and line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Place = tuple[str | int, ...]


class FrontMatterError(ValueError):
    """A file that cannot be read as YAML or has no front matter; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Document:
    """One data file: what it says, where each value stands, and the Markdown below the front matter."""

    path: Path
    data: Any
    node: yaml.Node | None
    body: str
    first_line: int

    def line(self, place: Place) -> int:
        """The line of the value at `place`, or of the nearest thing around it that exists."""
        node = self.node
        found = node
        for step in place:
            node = _child(node, step)
            if node is None:
                break
            found = node
        return (found.start_mark.line if found is not None else 0) + self.first_line


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if getattr(key, "value", None) == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]
    return None


def read_yaml(path: Path) -> Document:
    """A whole file of YAML."""
    text = path.read_text(encoding="utf-8")
    data, node = _parse(text, 1)
    return Document(path, data, node, "", 1)


def read_page(path: Path) -> Document:
    """A Markdown file that starts with front matter between two lines of three dashes."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("---\n"):
        raise FrontMatterError(1, "the file does not start with front matter. Make its first line three dashes: ---")
    end = text.find("\n---\n", 3)
    if end < 0:
        raise FrontMatterError(1, "the front matter does not end. Close it with a line of three dashes: ---")
    data, node = _parse(text[4 : end + 1], 2)
    return Document(path, data, node, text[end + 5 :].strip("\n"), 2)


def _parse(text: str, first_line: int) -> tuple[Any, yaml.Node | None]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, None
        _reject_duplicate_keys(node, first_line)
        return loader.construct_document(node), node
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark
        line = (mark.line if mark else 0) + first_line
        raise FrontMatterError(
            line, f"this is not YAML: {error.problem}. Look at quotes, colons and indentation here"
        ) from error
    except yaml.YAMLError as error:
        raise FrontMatterError(first_line, f"this is not YAML: {error}") from error
    except FrontMatterError:
        raise
    except ValueError as error:
        raise FrontMatterError(first_line, f"a value cannot be read: {error}") from error
    finally:
        loader.dispose()


def _reject_duplicate_keys(node: yaml.Node, first_line: int) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + first_line
            if name in seen:
                raise FrontMatterError(
                    line, f'the key "{name}" stands here a second time (first in line {seen[name]}). Keep one of them'
                )
            seen[name] = line
            _reject_duplicate_keys(value, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _reject_duplicate_keys(item, first_line)

"""Read YAML and front matter with the line of every value, so that an error can name file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Place: TypeAlias = tuple[str | int, ...]


class FrontMatterError(ValueError):
    """Say that a file can't be read as YAML or has no front matter; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


# The line of a value, counted from 0 in its text; of a list or mapping with the lines of what it holds.
Lines: TypeAlias = "int | tuple[int, Mapping[str | int, Lines]]"


class Parsed(NamedTuple):
    """What a text says, and where; `lines` is None for an empty text."""

    data: Any  # whatever YAML can say
    lines: Lines | None


@dataclass(frozen=True)
class Document:
    """One data file: what it says, the line of each value, and the Markdown below the front matter."""

    path: Path
    data: Any
    lines: Lines | None
    body: str
    first_line: int

    def line(self, place: Place) -> int:
        """Return the line of the value at `place`, or of the nearest thing around it that exists."""
        found = self.lines
        for step in place:
            inner = found[1].get(step) if isinstance(found, tuple) else None
            if inner is None:
                break
            found = inner
        line = found[0] if isinstance(found, tuple) else found
        return (line or 0) + self.first_line


# Texts that this process has parsed, and those that an earlier one had (parse_cache.py), by their digests.
PARSED: dict[bytes, Parsed] = {}
EARLIER: dict[bytes, Parsed] = {}


def read_yaml(path: Path) -> Document:
    """Read a file that is YAML from its first line on. Raises FrontMatterError or FileNotFoundError."""
    parsed = parse(read_text(path), 1)
    return Document(path, parsed.data, parsed.lines, "", 1)


def read_page(path: Path) -> Document:
    """Read a Markdown file that starts with front matter between two lines of three dashes."""
    text = read_text(path)
    if not text.startswith("---\n"):
        raise FrontMatterError(1, "the file does not start with front matter. Make its first line three dashes: ---")
    end = text.find("\n---\n", 3)
    if end < 0:
        raise FrontMatterError(1, "the front matter does not end. Close it with a line of three dashes: ---")
    parsed = parse(text[4 : end + 1], 2)
    return Document(path, parsed.data, parsed.lines, text[end + 5 :].strip("\n"), 2)


def read_text(path: Path) -> str:
    """Read a file as UTF-8 without a byte-order mark. Raises FrontMatterError for any other."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise FrontMatterError(line, "the file is not UTF-8. Save it in that encoding") from error
    if text.startswith("\ufeff"):
        raise FrontMatterError(
            1, "the file starts with a byte-order mark, which nobody sees. Save it as UTF-8 without one"
        )
    return text


def parse(text: str, first_line: int) -> Parsed:
    """Parse YAML that begins in the given line of its file. What a text says is remembered: don't change it."""
    digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
    parsed = PARSED.get(digest) or EARLIER.get(digest) or _parse(text, first_line)
    PARSED[digest] = parsed
    return parsed


def _parse(text: str, first_line: int) -> Parsed:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Parsed(None, None)
        _reject_duplicate_keys(node, first_line)
        for day in _impossible_days(node):
            day.tag = "tag:yaml.org,2002:str"  # the type of the value then says what is wrong with it
        return Parsed(loader.construct_document(node), _lines(node))
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark
        line = (mark.line if mark else 0) + first_line
        raise FrontMatterError(
            line, f"this is not YAML: {error.problem}. Look at quotes, colons and indentation here"
        ) from error
    except yaml.YAMLError as error:
        raise FrontMatterError(first_line, f"this is not YAML: {error}") from error
    finally:
        loader.dispose()


def _impossible_days(node: yaml.Node) -> Iterator[yaml.Node]:
    """Find what looks like a day and isn't in the calendar, such as 2026-13-01."""
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _impossible_days(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _impossible_days(item)
    elif isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:timestamp":
        try:
            yaml.SafeLoader("").construct_yaml_timestamp(node)
        except ValueError:
            yield node


def _lines(node: yaml.Node) -> Lines:
    if isinstance(node, yaml.MappingNode):
        return node.start_mark.line, {str(key.value): _lines(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return node.start_mark.line, {index: _lines(item) for index, item in enumerate(node.value)}
    return int(node.start_mark.line)


def _reject_duplicate_keys(node: yaml.Node, first_line: int) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + first_line
            if name in seen:
                raise FrontMatterError(
                    line, f'the key "{name}" is here a second time (first in line {seen[name]}). Keep one of them'
                )
            seen[name] = line
            _reject_duplicate_keys(value, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _reject_duplicate_keys(item, first_line)

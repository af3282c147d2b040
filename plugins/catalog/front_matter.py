"""Read YAML and front matter with the line of every value, so that an error can name file and line."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Place: TypeAlias = tuple[str | int, ...]
# Limits that come before anything is understood. The largest real file has a fifth of this size, the deepest five levels.
LARGEST = 1_000_000  # bytes of a file
DEEPEST = 12  # levels of lists and keys
LONGEST_VALUE = 10_000  # characters
MOST_DIGITS = 15  # of a number: beyond, a browser would round it
MOST_VALUES = 200_000
# Characters that nobody sees: control characters, line breaks that only some programs know, marks that reverse what follows, so
# that a line doesn't say what it shows, and signs of no width, in which a text may hide. The two that join letters or keep them
# apart (U+200C, U+200D) belong to the spelling of some languages.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_TEXT = "tag:yaml.org,2002:str"
_WHOLE = "tag:yaml.org,2002:int"
_NUMBERS = (_WHOLE, "tag:yaml.org,2002:float")


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
    """Read a text file as UTF-8 without a byte-order mark. Raises FrontMatterError for any other, FileNotFoundError for none."""
    if path.is_symlink():
        raise FrontMatterError(1, "this is a symbolic link. Put the file itself here")
    if path.exists() and not path.is_file():
        raise FrontMatterError(1, "this isn't a file. Take it out")
    size = path.stat().st_size
    if size > LARGEST:
        raise FrontMatterError(1, f"the file has {size:,} bytes; at most {LARGEST:,} are read. Split it")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise FrontMatterError(line, "the file is not UTF-8. Save it in that encoding") from error
    if text.startswith("\ufeff"):
        raise FrontMatterError(
            1, "the file starts with a byte-order mark, which nobody sees. Save it as UTF-8 without one"
        )
    if unseen := _UNSEEN.search(text):
        raise _hidden(unseen, text.count("\n", 0, unseen.start()) + 1)
    return text


def _hidden(unseen: re.Match[str], line: int) -> FrontMatterError:
    return FrontMatterError(line, f"there is a character that nobody sees, U+{ord(unseen[0]):04X}. Delete it")


def parse(text: str, first_line: int) -> Parsed:
    """Parse YAML that begins in the given line of its file. What a text says is remembered: don't change it."""
    digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
    parsed = PARSED.get(digest) or EARLIER.get(digest) or _parse(text, first_line)
    PARSED[digest] = parsed
    return parsed


def _parse(text: str, first_line: int) -> Parsed:
    try:
        _check_limits(text, first_line)
    except yaml.YAMLError as error:
        raise _unreadable(error, text, first_line) from error
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Parsed(None, None)
        _check_keys(node, first_line)
        _check_numbers(node, first_line)
        _check_unseen(node, first_line)
        for day in _impossible_days(node):
            day.tag = _TEXT  # the type of the value then says what is wrong with it
        return Parsed(loader.construct_document(node), _lines(node))
    except yaml.YAMLError as error:
        raise _unreadable(error, text, first_line) from error
    finally:
        loader.dispose()


def _unreadable(error: yaml.YAMLError, text: str, first_line: int) -> FrontMatterError:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.context_mark or error.problem_mark
        line = (mark.line if mark else 0) + first_line
        return FrontMatterError(line, f"this is not YAML: {error.problem}. Look at quotes, colons and indentation here")
    line = text.count("\n", 0, getattr(error, "position", 0) or 0) + first_line
    return FrontMatterError(line, f"this is not YAML: {str(error).splitlines()[0]}. Take it out")


def _check_limits(text: str, first_line: int) -> None:
    """Refuse what could take without end, before anything is built of it: depth, references, lengths, numbers of values."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, _Loader)):
        message = ""
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            message = f"this is nested more than {DEEPEST} levels deep. Write it flatter"
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "a value is named with & or repeated with *. Write it out, or put it in quotes"
        elif tag := getattr(event, "tag", None):
            message = f"a type is given with {tag!r}. Take it out, or put the value in quotes"
        elif isinstance(event, yaml.ScalarEvent) and len(event.value) > LONGEST_VALUE:
            message = f"this value has {len(event.value):,} characters; at most {LONGEST_VALUE:,} are read. Shorten it"
        elif count > MOST_VALUES:
            message = f"the file has more than {MOST_VALUES:,} values. Split it"
        if message:
            mark = event.start_mark
            raise FrontMatterError((mark.line if mark else 0) + first_line, message)


def _check_numbers(node: yaml.Node, first_line: int) -> None:
    """Refuse numbers that aren't finite, or have more digits than a number keeps."""
    for scalar in _scalars(node):
        if scalar.tag in _NUMBERS and not _is_plain_number(scalar.value):
            shown = scalar.value if len(scalar.value) <= 30 else f"{scalar.value[:27]}..."
            message = (
                f'"{shown}" is not a finite number of at most {MOST_DIGITS} digits. Correct it, or put it in quotes'
            )
            raise FrontMatterError(scalar.start_mark.line + first_line, message)


def _check_unseen(node: yaml.Node, first_line: int) -> None:
    """Refuse characters that nobody sees where an escape stands for them: the text of the file has none of them itself."""
    for scalar in _scalars(node):
        if unseen := _UNSEEN.search(scalar.value):
            raise _hidden(unseen, scalar.start_mark.line + first_line)


def _is_plain_number(text: str) -> bool:
    """Return whether a number is written as people write it; YAML also reads 1:30 as 90, and .inf as a number.

    >>> [_is_plain_number(text) for text in ("8.03", "-1", "0x1F", "1_000", ".inf", "1:30", "1.0e+999")]
    [True, True, True, True, False, False, False]
    """
    if len(re.sub(r"\W|_", "", text)) > MOST_DIGITS or ":" in text:
        return False
    try:
        return math.isfinite(float(text.replace("_", "")))
    except ValueError:
        return text[:2].lower() in ("0x", "0b")


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield from _scalars(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.ScalarNode):
        yield node


def _impossible_days(node: yaml.Node) -> Iterator[yaml.Node]:
    """Find what looks like a day and isn't in the calendar, such as 2026-13-01."""
    for scalar in _scalars(node):
        if scalar.tag == "tag:yaml.org,2002:timestamp":
            try:
                yaml.SafeLoader("").construct_yaml_timestamp(scalar)
            except (ValueError, OverflowError):
                yield scalar


def _lines(node: yaml.Node) -> Lines:
    if isinstance(node, yaml.MappingNode):
        return node.start_mark.line, {str(key.value): _lines(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return node.start_mark.line, {index: _lines(item) for index, item in enumerate(node.value)}
    return int(node.start_mark.line)


def _check_keys(node: yaml.Node, first_line: int) -> None:
    """Refuse keys that are neither text nor whole numbers, and keys that are there twice: one of the two values would be lost."""
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + first_line
            if not isinstance(key, yaml.ScalarNode) or key.tag not in (_TEXT, _WHOLE):
                raise FrontMatterError(line, "a key is not a text. Put it in quotes, or take it out")
            name = str(key.value)
            if name in seen:
                raise FrontMatterError(
                    line, f'the key "{name}" is here a second time (first in line {seen[name]}). Keep one of them'
                )
            seen[name] = line
            _check_keys(value, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check_keys(item, first_line)

"""Match the folders of a path against a template such as `models--{publisher}--{repo}/snapshots/{revision}`."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..patterns import pattern
from ..vocabulary.lookup import Vocabulary
from ..vocabulary.pastes import Template
from .parts import Address, Part, Region
from .tail import BESIDE, FILE, tail_of

SEPARATOR = pattern(r"(?:/|\\|%2[Ff])+")
# A branch that says which weights it holds: 4.0bpw, gptq-4bit-32g-actorder_True, 2b-gguf
STORED = pattern(r"(?:.*[^\da-z.])?(?:\d+(?:[._]\d+)?-?(?:bpw|bits?|b(?=-))|\d+g|h\d)(?![a-z])", re.IGNORECASE)
FIELDS = frozenset(("publisher", "repo", "file", "tag", "revision", "region", "host", "option"))
WRITTEN = frozenset(("repo", "file", "tag", "option"))  # what the model's author wrote
PLACEHOLDER = pattern(r"\{(\w+)(?::([^}]+))?\}")  # {repo}, or {repo:what it looks like}


class Segment(NamedTuple):
    """One folder of a path."""

    start: int
    end: int
    text: str


class Slot(NamedTuple):
    """A stretch of a path and what it is: a part of an address, or `path`."""

    start: int
    end: int
    field: str


def split(text: str, start: int, end: int) -> list[Segment]:
    """Return the folders between two positions of a text, whichever slashes divide them."""
    found, position = [], start
    for divider in SEPARATOR.finditer(text, start, end):
        if divider.start() > position:
            found.append(Segment(position, divider.start(), text[position : divider.start()]))
        position = divider.end()
    if position < end:
        found.append(Segment(position, end, text[position:end]))
    return found


def fill(template: Template, segments: Sequence[Segment]) -> list[Slot] | None:
    """Return what each folder is, if all of them fit the template."""
    head, tail = template.head, template.tail
    least = len(head) + len(tail or ())
    if len(segments) < least or (tail is None and len(segments) > least):
        return None
    slots: list[Slot] = []
    end = len(segments) - len(tail or ())
    for expected, segment in zip(head, segments, strict=False):
        if not _fits(expected, segment, slots):
            return None
    slots += [Slot(segment.start, segment.end, "path") for segment in segments[len(head) : end]]
    for expected, segment in zip(tail or (), segments[end:], strict=True):
        if not _fits(expected, segment, slots):
            return None
    return slots


def fill_within(template: Template, segments: Sequence[Segment], lower: Sequence[str]) -> list[Slot] | None:
    """Do the same from the last folder that fits the start of the template; `lower` are the folders in lower case."""
    first = template.head[0]
    words, prefix = _words(first), first.partition("{")[0]
    for index in range(len(segments) - 1, -1, -1):
        text = lower[index]
        if text in words or ("{" in first and text.startswith(prefix)):
            slots = fill(template, segments[index:])
            if slots is None:
                return None
            return [*(Slot(segment.start, segment.end, "path") for segment in segments[:index]), *slots]
    return None


def address_of(
    text: str, slots: Sequence[Slot], platform: str, vocabulary: Vocabulary, template: Template | None = None
) -> Address:
    """Return the address that the slots make; consecutive folders become one part."""
    parts: list[Part] = []
    regions: list[Region] = []
    for start, end, field in slots:
        if field == "path":
            if parts and parts[-1].field == "path" and not any(c.isalnum() for c in text[parts[-1].end : start]):
                before = parts.pop()
                parts.append(Part(before.start, end, "path", text[before.start : end]))
            else:
                parts.append(Part(start, end, "path", text[start:end]))
        elif field == "repo":
            behind = tail_of(text[:end], start, end, platform, vocabulary)
            parts += behind.parts
            regions += [Region(start, behind.end, "repo"), *behind.regions]
        elif field == "file" and BESIDE.search(text, start, end):
            parts.append(Part(start, end, "file", text[start:end]))
        elif field in WRITTEN:
            regions.append(Region(start, end, field))
        elif field == "revision":
            add_revision(text, start, end, parts, regions)
        else:
            parts.append(Part(start, end, field, text[start:end]))
    kind, implies = (template.kind, template.implies) if template else (None, ())
    return Address(platform, tuple(parts), tuple(regions), kind=kind, implies=implies)


def add_revision(text: str, start: int, end: int, parts: list[Part], regions: list[Region]) -> None:
    """Add a branch, tag or commit; a branch that says how its weights are stored is read too."""
    if STORED.match(text, start, end):
        regions.append(Region(start, end, "revision"))
    else:
        parts.append(Part(start, end, "revision", text[start:end]))


def _fits(expected: str, segment: Segment, slots: list[Slot]) -> bool:
    """Return whether a folder is what the template expects, and add what it holds to the slots."""
    if "{" not in expected:
        slots.append(Slot(segment.start, segment.end, "path"))
        return segment.text.lower() in _words(expected)
    found = _regex(expected).fullmatch(segment.text)
    if found is None:
        return False
    filled = [(name, found.span(name)) for name in found.groupdict() if name in FIELDS]
    if not filled:
        slots.append(Slot(segment.start, segment.end, "path"))
    position = 0
    for name, (start, end) in filled:
        if any(c.isalnum() for c in segment.text[position:start]):
            slots.append(Slot(segment.start + position, segment.start + start, "path"))
        slots.append(Slot(segment.start + start, segment.start + end, name))
        position = end
    if filled and any(c.isalnum() for c in segment.text[position:]):
        slots.append(Slot(segment.start + position, segment.end, "path"))
    return "{weights}" not in expected or FILE.search(segment.text) is not None


@functools.cache
def _words(alternatives: str) -> frozenset[str]:
    return frozenset(alternatives.lower().split("|"))


@functools.cache
def _regex(expected: str) -> re.Pattern[str]:
    """Return the regular expression of one folder with placeholders in it.

    >>> _regex("models--{publisher}--{repo}").fullmatch("models--Qwen--Qwen3-8B").groupdict()
    {'publisher': 'Qwen', 'repo': 'Qwen3-8B'}
    """
    source, position = "", 0
    for hole in PLACEHOLDER.finditer(expected):
        name = {"weights": "file"}.get(hole[1], hole[1])
        what = hole[2] or {"id": r"\d+"}.get(name, r".+?")
        source += re.escape(expected[position : hole.start()]) + f"(?P<{name}>{what})"
        position = hole.end()
    return re.compile(source + re.escape(expected[position:]))

"""What is wrong in a data file, where it is, and what to do about it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from .front_matter import Document, Place
from .sources import ROOT


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one place, and what to do about it."""

    path: Path
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self._file.as_posix()}:{self.line}{' ' + self.place if self.place else ''}: {self.message}."

    @property
    def annotation(self) -> str:
        """The command that has GitHub show the fault at its line of a pull request.

        >>> Fault(ROOT / "docs" / "a.md", 3, "", "100 % wrong:\\nreally").annotation
        '::error file=docs/a.md,line=3::docs/a.md:3: 100 %25 wrong:%0Areally.'
        """
        return f"::error file={_property(self._file.as_posix())},line={self.line}::{_data(str(self))}"

    @property
    def _file(self) -> Path:
        return self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path


def _data(text: str) -> str:
    """Escape a text for a command of GitHub's, so that no line of it can be a command of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


@dataclass(frozen=True)
class Origin:
    """Where an entry of the data comes from: its file, and its place in it if the file holds several."""

    document: Document
    start: Place = ()

    def fault(self, place: Place, message: str) -> Fault:
        """Return the fault of the value at `place` within the entry."""
        whole = (*self.start, *place)
        return Fault(self.document.path, self.document.line(whole), dotted(whole), message)

    @property
    def shown(self) -> str:
        """The file and the line, as messages about another entry name them."""
        path = self.document.path
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        return f"{name}:{self.document.line(self.start)}"


# The kind of an entry, such as "term" or "line", and its name; to where it comes from.
Origins: TypeAlias = dict[tuple[str, str], Origin]


def dotted(place: Place) -> str:
    """Return a place as messages show it.

    >>> dotted(("variants", 2, "stage"))
    'variants[2].stage'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a question that suggests the most similar known word, or nothing.

    >>> nearest("instuct", ["instruct", "chat"])
    ' Did you mean "instruct"?'
    """
    match = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f' Did you mean "{match[0]}"?' if match else ""


def spelling(word: str) -> str:
    """Return the form in which two spellings are the same word.

    >>> spelling("Text-to_image")
    'text to image'
    """
    return re.sub(r"[-_.\s]+", " ", word.casefold()).strip()

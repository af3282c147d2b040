"""Load and check the example requests. Only the picker's weights are made from them, so reading a name needs none of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .faults import Fault, Origin, nearest
from .front_matter import Document, FrontMatterError, read_yaml
from .request_models import Divider, Examples, Several
from .sources import DIVIDERS, REQUESTS, ROOT
from .validation import validated

SEVERAL, NONE, OTHER = "_several", "_none", "_other"
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "pl", "ru", "zh", "ja")  # that the picker reads


@dataclass(frozen=True)
class Example:
    """A text, its language, and the tasks that it names: none, one or several, and what it denies."""

    text: str
    language: str
    tasks: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Requests:
    """The examples with one task or none, those with several, those in other languages, and the words between clauses."""

    single: tuple[Example, ...]
    several: tuple[Example, ...]
    other: tuple[Example, ...]
    dividers: tuple[Divider, ...]


def load_requests(tasks: Collection[str], folder: Path = REQUESTS, dividers: Path = DIVIDERS) -> Requests:
    """Return the checked requests. Raises CatalogError with all faults if there is one."""
    from .loader import CatalogError

    reader = _Reader(tasks)
    found = reader.read(folder, dividers)
    if reader.faults:
        raise CatalogError(reader.faults)
    return found


def check_requests(tasks: Collection[str], folder: Path = REQUESTS, dividers: Path = DIVIDERS) -> list[Fault]:
    """Return what is wrong in the requests."""
    reader = _Reader(tasks)
    reader.read(folder, dividers)
    return reader.faults


class _Reader:
    """Read the files, and collect what is wrong in them and where each text comes from."""

    def __init__(self, tasks: Collection[str]) -> None:
        self.tasks = tasks
        self.faults: list[Fault] = []
        self.places: dict[str, str] = {}

    def read(self, folder: Path, dividers: Path) -> Requests:
        single: list[Example] = []
        several: list[Example] = []
        other: list[Example] = []
        for path in sorted(folder.glob("*.yml")):
            document = self._document(path)
            if document is None:
                continue
            if path.stem == SEVERAL:
                several += self._several(document)
            elif path.stem == OTHER:
                other += self._by_language(document, (), LANGUAGES)
            elif path.stem == NONE or self._is_task(document):
                single += self._by_language(document, () if path.stem == NONE else (path.stem,), None)
        document = self._document(dividers)
        return Requests(tuple(single), tuple(several), tuple(other), tuple(self._rows(document, Divider)))

    def _document(self, path: Path) -> Document | None:
        try:
            return read_yaml(path)
        except FileNotFoundError:
            self.faults.append(Fault(path, 1, "", "the file is missing. Bring it back"))
        except FrontMatterError as error:
            self.faults.append(Fault(path, error.line, "", str(error)))
        return None

    def _is_task(self, document: Document) -> bool:
        task = document.path.stem
        if task not in self.tasks:
            message = f'no task is called "{task}".{nearest(task, self.tasks)} Tasks are listed in tasks.yml'
            self.faults.append(Origin(document).fault((), message))
        return task in self.tasks

    def _by_language(
        self, document: Document, tasks: tuple[str, ...], excluded: Collection[str] | None
    ) -> Iterator[Example]:
        """Yield the texts of a file; `excluded` are languages that it can't have, without it only those that are read."""
        origin = Origin(document)
        checked, faults = validated(Examples, document.data, origin)
        self.faults.extend(faults)
        for language, texts in checked.root.items() if checked is not None else ():
            if (language in excluded) if excluded is not None else (language not in LANGUAGES):
                message = f'"{language}" isn\'t a language of this file. The picker reads {", ".join(LANGUAGES)}'
                self.faults.append(origin.fault((language,), message))
            for number, text in enumerate(texts):
                self._once(text, origin, (language, number))
                yield Example(text, language, tasks)

    def _several(self, document: Document) -> Iterator[Example]:
        for number, row in enumerate(self._rows(document, Several)):
            origin = Origin(document, (number,))
            self._once(row.text, origin, ("text",))
            for key, names in (("tasks", row.tasks), ("not", row.denied)):
                for name in names:
                    if name not in self.tasks:
                        message = (
                            f'no task is called "{name}".{nearest(name, self.tasks)} Tasks are listed in tasks.yml'
                        )
                        self.faults.append(origin.fault((key,), message))
            yield Example(row.text, row.language, row.tasks, row.denied)

    def _rows(self, document: Document | None, model: type[Any]) -> Iterator[Any]:
        if document is None:
            return
        if not isinstance(document.data, list):
            self.faults.append(Fault(document.path, 1, "", "the file is not a list of rows"))
            return
        for number, row in enumerate(document.data):
            checked, faults = validated(model, row, Origin(document, (number,)))
            self.faults.extend(faults)
            if checked is not None:
                yield checked

    def _once(self, text: str, origin: Origin, place: tuple[Any, ...]) -> None:
        key = " ".join(text.casefold().split())
        fault = origin.fault(place, "")
        here = f"{fault.path.relative_to(ROOT) if fault.path.is_relative_to(ROOT) else fault.path}:{fault.line}"
        if key in self.places:
            self.faults.append(origin.fault(place, f"the same text is in {self.places[key]}. Keep one of them"))
        self.places.setdefault(key, here)

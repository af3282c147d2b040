"""Load and check every data file that people edit, and report all faults of a run together.

First each file is checked for itself, then all of them together. A mistake in a file is one fault: what it would look like in
the files that depend on it isn't reported.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from . import parse_cache
from .comparison_models import Difference
from .contents import Catalog, Machines, Pastes, Picking
from .cross_checks import check_differences, check_licences, check_lines, check_platforms, check_terms
from .family_checks import check_architectures, check_families
from .faults import Fault, Origin, Origins
from .front_matter import Document, FrontMatterError, read_page, read_yaml
from .inheritance import check_inheritance, resolved
from .library_checks import check_library
from .line_files import check_line_files
from .machine_checks import check_machines
from .machine_models import Generation, MachineWords, Series
from .models import Family, FileSizes, LibraryModel, Licence, Line, ModelArchitecture, Platform, Term
from .paste_models import Command, Layout, Prose, RepositoryFiles
from .picker_cross_checks import check_picking
from .picker_models import Capability, Expression, PickerTask, Rule, Runtime, Skill, Tier
from .sources import (
    ARCHITECTURES,
    DIFFERENCES,
    FILE_SIZES,
    LIBRARY,
    LICENCES,
    LINES,
    MACHINES,
    PASTES,
    PICKING,
    PLATFORMS,
    TERMS,
    family_pages,
    fingerprint,
    table_files,
)
from .validation import validated

Model = TypeVar("Model", bound=BaseModel)


class CatalogError(ValueError):
    """List every fault of the data files, one per line: `path:line place: what is wrong. What to do.`"""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (str(fault.path), fault.line))
        count = len(faults)
        super().__init__(
            "\n".join([*map(str, self.faults), f"{count} fault{'s' if count != 1 else ''} in the data files."])
        )


def load() -> Catalog:
    """Return the checked data, read again only if a data file has changed since the last time.

    Raises CatalogError with all faults if there is one. Faults are remembered like data: a build asks hundreds of times.
    """
    outcome = _outcome(fingerprint())
    if isinstance(outcome, Catalog):
        return outcome
    raise CatalogError(outcome)


@functools.lru_cache(maxsize=1)
def _outcome(_fingerprint: str) -> Catalog | list[Fault]:
    """Return the data, or the faults in them."""
    parse_cache.recall()
    try:
        return read(
            TERMS,
            LINES,
            PLATFORMS,
            LICENCES,
            family_pages(),
            ARCHITECTURES,
            PICKING,
            PASTES,
            FILE_SIZES,
            LIBRARY,
            MACHINES,
            DIFFERENCES,
        )
    except CatalogError as error:
        return error.faults
    finally:
        parse_cache.keep()


def read(
    terms: Path,
    lines: Path,
    platforms: Path,
    licences: Path,
    families: list[Path],
    architectures: Path | None = None,
    picking: Mapping[str, Path] | None = None,
    pastes: Mapping[str, Path] | None = None,
    file_sizes: Path | None = None,
    library: Path | None = None,
    machines: Mapping[str, Path] | None = None,
    differences: Path | None = None,
) -> Catalog:
    """Return the checked data from the given places; `terms` and `lines` are folders.

    Raises CatalogError with all faults if there is one.
    """
    files = _Files()
    known = dict(sorted(files.table(Line, "line", lines).items(), key=lambda item: item[0].casefold()))
    catalog = Catalog(
        terms=files.terms(terms),
        lines=known,
        platforms=files.table(Platform, "platform", platforms),
        licences=files.table(Licence, "licence", licences),
        architectures=files.table(ModelArchitecture, "model", architectures) if architectures else {},
        file_sizes=files.table(FileSizes, "repository", file_sizes) if file_sizes else {},
        picking=files.picking(picking or {}),
        pastes=Pastes(
            files.table(Command, "command", pastes["commands"]) if pastes else {},
            files.table(Layout, "layout", pastes["folders"]) if pastes else {},
            files.table(Prose, "language", pastes["prose"]) if pastes else {},
            files.table(RepositoryFiles, "contents", pastes["repository_files"]) if pastes else {},
        ),
        families=files.families(families, known),
        library=files.table(LibraryModel, "library", library) if library else {},
        machines=Machines(
            files.table(Series, "series", machines["series"]) if machines else {},
            files.table(Generation, "generation", machines["generations"]) if machines else {},
            files.table(MachineWords, "meaning", machines["words"]) if machines else {},
        ),
        differences=files.differences(differences) if differences else (),
    )
    # An entry that can't be read is missing everywhere else. So look at the files together once all of them can be read.
    if files.faults:
        raise CatalogError(files.faults)
    faults, origins = files.later, files.origins
    faults.extend(check_terms(catalog.terms, origins))
    faults.extend(check_lines(known, origins))
    faults.extend(check_line_files(known, origins))
    faults.extend(check_platforms(catalog.platforms, origins))
    faults.extend(check_licences(catalog.licences, origins))
    faults.extend(check_families(catalog.families, known, catalog.licences, origins))
    faults.extend(check_architectures(catalog.architectures, known, catalog.families, origins))
    faults.extend(check_library(catalog.library, catalog.families, origins))
    faults.extend(check_picking(catalog.picking, known, catalog.licences, origins))
    faults.extend(check_machines(catalog.machines, origins))
    faults.extend(check_differences(catalog.differences, catalog.terms, origins))
    if faults:
        raise CatalogError(faults)
    return dataclasses.replace(catalog, files={row: origin.document.path for row, origin in origins.items()})


class _Files:
    """Read files, and collect what is wrong in them and where every entry comes from."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.later: list[Fault] = []  # of files that depend on others
        self.origins: Origins = {}

    def terms(self, folder: Path) -> dict[str, Term]:
        found: dict[str, Term] = {}
        for document in self._pages(sorted(folder.glob("*/*.md"))):
            extra = {"slug": document.path.stem, "group": document.path.parent.name, "text": document.body}
            term = self._of_page(Term, document, extra)
            if term is None:
                continue
            origin = Origin(document)
            if term.slug in found:
                other = self.origins["term", term.slug].shown
                self.faults.append(origin.fault((), f'the term "{term.slug}" is also in {other}. Keep one file'))
                continue
            found[term.slug] = term
            self.origins["term", term.slug] = origin
        return found

    def families(self, pages: list[Path], lines: Mapping[str, Line]) -> dict[str, Family]:
        found: dict[str, Family] = {}
        for document in self._pages(pages):
            extra = {"slug": document.path.stem, "text": document.body}
            family = self._of_page(Family, document, extra, drop=("hide", "tags"))
            if family is not None:
                line, origin = lines.get(family.line), Origin(document)
                if line:  # a line that isn't known is a fault of its own
                    self.later.extend(check_inheritance(family, line, origin))
                found[family.slug] = resolved(family, line)
                self.origins["family", family.slug] = origin
        return found

    def picking(self, paths: Mapping[str, Path]) -> Picking:
        def table(model: type[Model], key: str, name: str) -> dict[str, Model]:
            return self.table(model, key, paths[name]) if name in paths else {}

        def rows(model: type[Model], name: str) -> dict[str, Model]:
            return self._numbered(model, name, paths[name]) if name in paths else {}

        return Picking(
            table(PickerTask, "task", "tasks"),
            rows(Expression, "wording"),
            table(Rule, "rule", "rules"),
            tuple(rows(Capability, "capabilities").values()),
            table(Runtime, "runtime", "runtimes"),
            table(Skill, "skill", "skills"),
            tuple(rows(Tier, "tiers").values()),
        )

    def differences(self, path: Path) -> tuple[Difference, ...]:
        return tuple(self._numbered(Difference, "differences", path).values())

    def table(self, model: type[Model], key: str, path: Path) -> dict[str, Model]:
        """Read a list of rows, each known by the value of `key`; a folder holds it in several files."""
        found: dict[str, Model] = {}
        for file in table_files(path):
            for row, origin in self._rows(file, key):
                checked = self._checked(model, row, origin)
                if checked is None:
                    continue
                name = getattr(checked, key)
                if name in found:
                    other = self.origins[key, name].shown
                    self.faults.append(origin.fault((), f'the {key} "{name}" is also in {other}. Join the two rows'))
                    continue
                found[name] = checked
                self.origins[key, name] = origin
        return found

    def _numbered(self, model: type[Model], name: str, path: Path) -> dict[str, Model]:
        """Read a list of rows that are known by their numbers alone; a folder holds it in several files."""
        found = {}
        listed = (row for file in table_files(path) for row in self._rows(file, name))
        for index, (row, origin) in enumerate(listed):
            self.origins[name, str(index)] = origin
            checked = self._checked(model, row, origin)
            if checked is not None:
                found[str(index)] = checked
        return found

    def _pages(self, paths: list[Path]) -> Iterator[Document]:
        for path in paths:
            try:
                document = read_page(path)
            except FrontMatterError as error:
                self.faults.append(Fault(path, error.line, "", str(error)))
                continue
            if isinstance(document.data, dict):
                yield document
            else:
                message = "the front matter is empty or not a list of keys. Copy another file as a start"
                self.faults.append(Fault(path, 1, "", message))

    def _rows(self, path: Path, key: str) -> Iterator[tuple[object, Origin]]:
        try:
            document = read_yaml(path)
        except FileNotFoundError:
            self.faults.append(Fault(path, 1, "", "the file is missing. Bring it back"))
            return
        except FrontMatterError as error:
            self.faults.append(Fault(path, error.line, "", str(error)))
            return
        if not isinstance(document.data, list):
            message = f'the file is not a list. Each row starts with "- {key}: NAME"'
            self.faults.append(Fault(path, 1, "", message))
            return
        for index, row in enumerate(document.data):
            yield row, Origin(document, (index,))

    def _of_page(
        self, model: type[Model], document: Document, extra: Mapping[str, object], drop: tuple[str, ...] = ()
    ) -> Model | None:
        """Check front matter together with what comes from the file itself."""
        origin = Origin(document)
        data = {key: value for key, value in document.data.items() if key not in drop}
        for key in sorted(map(str, data.keys() & extra.keys())):
            self.faults.append(origin.fault((key,), f'"{key}" comes from the file itself. Take this line out'))
        return self._checked(model, {**data, **extra}, origin)

    def _checked(self, model: type[Model], data: object, origin: Origin) -> Model | None:
        checked, faults = validated(model, data, origin)
        self.faults.extend(faults)
        return checked

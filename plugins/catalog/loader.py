"""Load and check every data file that people edit. All faults of a run are reported together, the place first."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from .contents import Catalog, Picking
from .cross_checks import Fault, check_architectures, cross_check, nearest
from .front_matter import Document, FrontMatterError, read_page, read_yaml
from .inheritance import check_inheritance, resolved
from .models import Family, Licence, Line, ModelArchitecture, Platform, Term
from .picker_cross_checks import check_picking
from .picker_models import Capability, Expression, PickerTask, Rule, Runtime, Skill, Tier
from .sources import ARCHITECTURES, LICENCES, LINES, PICKING, PLATFORMS, ROOT, TERMS, family_pages

Model = TypeVar("Model", bound=BaseModel)


class CatalogError(ValueError):
    """Every fault found in the data files, one a line: `path:line place: what is wrong. What to do.`"""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (str(fault.path), fault.line))
        count = len(faults)
        super().__init__(
            "\n".join([*map(str, self.faults), f"{count} fault{'s' if count != 1 else ''} in the data files."])
        )


@functools.cache
def load() -> Catalog:
    """The checked data, read once a process.

    Raises CatalogError with all faults if there is one.
    """
    return read(TERMS, LINES, PLATFORMS, LICENCES, family_pages(), ARCHITECTURES, PICKING)


def read(
    terms: Path,
    lines: Path,
    platforms: Path,
    licences: Path,
    families: list[Path],
    architectures: Path | None = None,
    picking: Mapping[str, Path] | None = None,
) -> Catalog:
    """The checked data from the given places. Raises CatalogError with all faults if there is one."""
    faults: list[Fault] = []
    documents: dict[Any, Document] = {}
    known = _table(Line, "line", lines, documents, faults)
    catalog = Catalog(
        terms=_terms(terms, documents, faults),
        lines=known,
        platforms=_table(Platform, "platform", platforms, documents, faults),
        licences=_table(Licence, "licence", licences, documents, faults),
        architectures=_table(ModelArchitecture, "model", architectures, documents, faults) if architectures else {},
        picking=_picking(picking or {}, documents, faults),
        families=_families(families, known, documents, faults),
    )
    faults.extend(cross_check(catalog.terms, catalog.lines, catalog.licences, catalog.families, documents))
    faults.extend(check_architectures(catalog.architectures, catalog.lines, catalog.families, documents))
    faults.extend(check_picking(catalog.picking, catalog.lines, catalog.licences, documents))
    if faults:
        raise CatalogError(faults)
    return catalog


def _terms(folder: Path, documents: dict[Any, Document], faults: list[Fault]) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for document in _pages(sorted(folder.glob("*/*.md")), faults):
        extra = {"slug": document.path.stem, "group": document.path.parent.name, "text": document.body}
        term = _validate(Term, document, extra, faults)
        if term is None:
            continue
        if term.slug in found:
            other = documents["term", term.slug].path
            faults.append(_fault(document, (), f'the term "{term.slug}" stands in {_short(other)} too. Keep one file'))
            continue
        found[term.slug] = term
        documents["term", term.slug] = document
    return found


def _families(
    pages: list[Path], lines: Mapping[str, Line], documents: dict[Any, Document], faults: list[Fault]
) -> dict[str, Family]:
    found: dict[str, Family] = {}
    for document in _pages(pages, faults):
        family = _validate(
            Family, document, {"slug": document.path.stem, "text": document.body}, faults, drop=("hide", "tags")
        )
        if family is not None:
            line = lines.get(family.line)
            faults.extend(check_inheritance(family, line, document))
            found[family.slug] = resolved(family, line)
            documents["family", family.slug] = document
    return found


def _picking(paths: Mapping[str, Path], documents: dict[Any, Document], faults: list[Fault]) -> Picking:
    def table(model: type[Model], key: str, name: str) -> dict[str, Model]:
        return _table(model, key, paths[name], documents, faults) if name in paths else {}

    def rows(model: type[Model], name: str) -> dict[str, Model]:
        found = {}
        for index, row, document in _rows(paths[name], name, faults) if name in paths else ():
            documents[name, str(index)] = document
            checked = _validate_at(model, row, document, (index,), faults)
            if checked is not None:
                found[str(index)] = checked
        return found

    return Picking(
        table(PickerTask, "task", "tasks"),
        rows(Expression, "wording"),
        table(Rule, "rule", "rules"),
        tuple(rows(Capability, "capabilities").values()),
        table(Runtime, "runtime", "runtimes"),
        table(Skill, "skill", "skills"),
        tuple(rows(Tier, "tiers").values()),
    )


def _table(
    model: type[Model], key: str, path: Path, documents: dict[Any, Document], faults: list[Fault]
) -> dict[str, Model]:
    """A file that is a list of rows, each known by the value of `key`."""
    found: dict[str, Model] = {}
    for index, row, document in _rows(path, key, faults):
        checked = _validate_at(model, row, document, (index,), faults)
        if checked is None:
            continue
        name = getattr(checked, key)
        if name in found:
            faults.append(
                _fault(document, (index,), f'the {key} "{name}" stands here a second time. Join the two rows')
            )
            continue
        found[name] = checked
        documents[key, name] = document
    return found


def _pages(paths: list[Path], faults: list[Fault]) -> Iterator[Document]:
    for path in paths:
        try:
            document = read_page(path)
        except FrontMatterError as error:
            faults.append(Fault(path, error.line, "", str(error)))
            continue
        if isinstance(document.data, dict):
            yield document
        else:
            faults.append(
                Fault(path, 1, "", "the front matter is empty or not a list of keys. Copy another file as a start")
            )


def _rows(path: Path, key: str, faults: list[Fault]) -> Iterator[tuple[int, Any, Document]]:
    try:
        document = read_yaml(path)
    except FileNotFoundError:
        faults.append(Fault(path, 1, "", "the file is missing. Bring it back"))
        return
    except FrontMatterError as error:
        faults.append(Fault(path, error.line, "", str(error)))
        return
    if not isinstance(document.data, list):
        faults.append(Fault(path, 1, "", f'the file is not a list. Each row starts with "- {key}: NAME"'))
        return
    for index, row in enumerate(document.data):
        yield index, row, document


def _validate(
    model: type[Model], document: Document, extra: dict[str, Any], faults: list[Fault], drop: tuple[str, ...] = ()
) -> Model | None:
    data = {key: value for key, value in document.data.items() if key not in drop}
    clash = data.keys() & extra.keys()
    taken = "comes from the file itself. Take this line out"
    faults.extend(_fault(document, (key,), f'"{key}" {taken}') for key in sorted(map(str, clash)))
    return _validate_at(model, {**data, **extra}, document, (), faults)


def _validate_at(
    model: type[Model], data: Any, document: Document, place: tuple[str | int, ...], faults: list[Fault]
) -> Model | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            where = tuple(step for step in detail["loc"] if isinstance(step, (str, int)))
            faults.append(_fault(document, place + where, _explain(model, detail), where))
        return None


def _explain(model: type[BaseModel], detail: Any) -> str:
    kind, given = detail["type"], detail.get("input")
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        return f'"{key}" is not a key here.{nearest(key, _keys(model))} Otherwise take it out'
    if kind == "missing":
        return f'the key "{key}" is missing. Add it'
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
        return f'"{given}" is not a {key.replace("_", " ")} that is known.{nearest(str(given), allowed)} Known: {", ".join(allowed)}'
    if kind == "string_type":
        return f"{given!r} is not text. Put it in quotes"
    message = detail["msg"].removeprefix("Value error, ")
    return f"{message[0].lower()}{message[1:]} (given: {given!r}). Change it"


def _keys(model: type[BaseModel]) -> list[str]:
    return sorted({name for cls in _family_tree(model) for name in cls.model_fields})


def _family_tree(model: type[BaseModel]) -> set[type[BaseModel]]:
    from . import models as schema

    return {cls for cls in vars(schema).values() if isinstance(cls, type) and issubclass(cls, BaseModel)} | {model}


def _fault(
    document: Document, place: tuple[str | int, ...], message: str, shown: tuple[str | int, ...] | None = None
) -> Fault:
    return Fault(document.path, document.line(place), _dotted(place if shown is None else shown), message)


def _dotted(place: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)

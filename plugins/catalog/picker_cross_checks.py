"""Whether the data of the picker agree with each other and with the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .cross_checks import Fault, nearest
from .front_matter import Document
from .models import Licence, Line

if TYPE_CHECKING:
    from .contents import Picking

CONCEPT = re.compile(r"(?<!\S)@([\w-]+)")


def check_picking(
    picking: Picking, lines: dict[str, Line], licences: dict[str, Licence], documents: dict[Any, Document]
) -> Iterator[Fault]:
    """Every disagreement between tasks, wordings, capabilities, skills and runtimes."""
    yield from _check_concepts(picking, documents)
    yield from _check_capabilities(picking, lines, licences, documents)
    yield from _check_skills(picking, documents)
    for number, row in picking.wording.items():
        for asked in filter(None, (row.machine, row.sets.get("runtime"))):
            if asked not in picking.runtimes:
                message = (
                    f'no runtime is called "{asked}".{nearest(asked, picking.runtimes)} They stand in runtimes.yml'
                )
                yield _fault(documents["wording", number], int(number), message)


def _check_concepts(picking: Picking, documents: dict[Any, Document]) -> Iterator[Fault]:
    concepts = {row.concept for row in picking.wording.values() if row.concept}
    spoken = [("task", name, task.wordings + task.hints) for name, task in picking.tasks.items()]
    spoken += [("wording", name, row.wordings) for name, row in picking.wording.items()]
    for kind, name, wordings in spoken:
        for concept in {found for wording in wordings for found in CONCEPT.findall(wording)} - concepts:
            index = list(picking.tasks).index(name) if kind == "task" else int(name)
            message = (
                f'no concept is called "{concept}".{nearest(concept, map(str, concepts))} They stand in wording.yml'
            )
            yield _fault(documents[kind, name], index, message)


def _check_capabilities(
    picking: Picking, lines: dict[str, Line], licences: dict[str, Licence], documents: dict[Any, Document]
) -> Iterator[Fault]:
    for index, row in enumerate(picking.capabilities):
        if row.line not in lines:
            message = f'no line is called "{row.line}".{nearest(row.line, lines)} Lines stand in lines.yml'
            yield _fault(documents["capabilities", str(index)], index, message)
        if row.licence is not None and row.licence not in licences:
            message = (
                f'no licence is called "{row.licence}".{nearest(row.licence, licences)} They stand in licences.yml'
            )
            yield _fault(documents["capabilities", str(index)], index, message)


def _check_skills(picking: Picking, documents: dict[Any, Document]) -> Iterator[Fault]:
    named = [("task", name, index, task.skills) for index, (name, task) in enumerate(picking.tasks.items())]
    named += [("capabilities", str(index), index, row.skills) for index, row in enumerate(picking.capabilities)]
    for kind, name, index, skills in named:
        for skill in skills:
            if skill not in picking.skills:
                message = f'no skill is called "{skill}".{nearest(skill, picking.skills)} They stand in skills.yml'
                yield _fault(documents[kind, name], index, message)


def _fault(document: Document, index: int, message: str) -> Fault:
    return Fault(document.path, document.line((index,)), f"[{index}]", message)

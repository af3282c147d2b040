"""Check that the picker's data agree with each other and with the other files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from .family_checks import no_licence, no_line
from .faults import Fault, Origins, nearest
from .models import Licence, Line

if TYPE_CHECKING:
    from .contents import Picking

CONCEPT = re.compile(r"(?<!\S)@([\w-]+)")


def check_picking(
    picking: Picking, lines: Mapping[str, Line], licences: Mapping[str, Licence], origins: Origins
) -> Iterator[Fault]:
    """Find concepts, lines, licences, skills and runtimes that don't exist."""
    yield from _check_concepts(picking, origins)
    yield from _check_open_tasks(picking, origins)
    yield from _check_capabilities(picking, lines, licences, origins)
    yield from _check_skills(picking, origins)
    for number, row in picking.wording.items():
        for asked in filter(None, (row.machine, row.sets.get("runtime"))):
            if asked not in picking.runtimes:
                hint = nearest(asked, picking.runtimes)
                message = f'no runtime is called "{asked}".{hint} Runtimes are listed in runtimes.yml'
                yield origins["wording", number].fault((), message)


def _check_concepts(picking: Picking, origins: Origins) -> Iterator[Fault]:
    concepts = {row.concept for row in picking.wording.values() if row.concept}
    for number, row in picking.wording.items():
        for concept in sorted({found for text in row.wordings for found in CONCEPT.findall(text)} - concepts):
            message = (
                f'no concept is called "{concept}".{nearest(concept, concepts)} Concepts are listed in wording.yml'
            )
            yield origins["wording", number].fault((), message)


def _check_open_tasks(picking: Picking, origins: Origins) -> Iterator[Fault]:
    for number, row in picking.wording.items():
        for task in row.leaves_open:
            if task not in picking.tasks:
                message = f'no task is called "{task}".{nearest(task, picking.tasks)} Tasks are listed in tasks.yml'
                yield origins["wording", number].fault((), message)


def _check_capabilities(
    picking: Picking, lines: Mapping[str, Line], licences: Mapping[str, Licence], origins: Origins
) -> Iterator[Fault]:
    for index, row in enumerate(picking.capabilities):
        origin = origins["capabilities", str(index)]
        for line in row.lines:
            if line not in lines:
                yield origin.fault(("lines",), no_line(line, lines))
        if row.licence is not None and row.licence not in licences:
            yield origin.fault(("licence",), no_licence(row.licence, licences))


def _check_skills(picking: Picking, origins: Origins) -> Iterator[Fault]:
    named = [("task", name, (*task.skills, *task.needs)) for name, task in picking.tasks.items()]
    named += [("capabilities", str(index), (*row.skills, *row.lacks)) for index, row in enumerate(picking.capabilities)]
    for kind, name, skills in named:
        for skill in skills:
            if skill not in picking.skills:
                message = (
                    f'no skill is called "{skill}".{nearest(skill, picking.skills)} Skills are listed in skills.yml'
                )
                yield origins[kind, name].fault(("skills",), message)

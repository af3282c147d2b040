"""Define what the data files hold, once they have been checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .comparison_models import Difference
from .machine_models import Generation, MachineWords, Series
from .models import Family, FileSizes, LibraryModel, Licence, Line, ModelArchitecture, Platform, Term
from .paste_models import Command, Layout, Prose, RepositoryFiles
from .picker_models import Capability, Expression, PickerTask, Rule, Runtime, Skill, Tier


@dataclass(frozen=True)
class Picking:
    """What the picker needs: tasks, expressions, rules, runtimes and skills by name, capabilities and tiers in order."""

    tasks: dict[str, PickerTask]
    wording: dict[str, Expression]
    rules: dict[str, Rule]
    capabilities: tuple[Capability, ...]
    runtimes: dict[str, Runtime]
    skills: dict[str, Skill]
    tiers: tuple[Tier, ...]


@dataclass(frozen=True)
class Pastes:
    """How what people paste is taken apart: programs, layouts of folders, small words and files beside the weights, by name."""

    commands: dict[str, Command]
    folders: dict[str, Layout]
    prose: dict[str, Prose]
    repository_files: dict[str, RepositoryFiles]


@dataclass(frozen=True)
class Machines:
    """What people run models on: series of products and generations of chips by name, and words by what they mean."""

    series: dict[str, Series]
    generations: dict[str, Generation]
    words: dict[str, MachineWords]


@dataclass(frozen=True, eq=False)  # too large to compare: two are the same if they are one object
class Catalog:
    """Everything known: terms and families by slug; differences in order; the other tables by name."""

    terms: dict[str, Term]
    lines: dict[str, Line]
    platforms: dict[str, Platform]
    licences: dict[str, Licence]
    families: dict[str, Family]
    architectures: dict[str, ModelArchitecture]
    file_sizes: dict[str, FileSizes]
    picking: Picking
    pastes: Pastes
    library: dict[str, LibraryModel]
    machines: Machines
    differences: tuple[Difference, ...] = ()
    files: Mapping[tuple[str, str], Path] = field(
        default_factory=dict
    )  # where each row of a table is, by kind and name

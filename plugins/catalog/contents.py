"""What the data files hold, once they have been checked."""

from __future__ import annotations

from dataclasses import dataclass

from .models import Family, Licence, Line, Platform, Shape, Term
from .picker_models import Ability, Expression, PickerTask, Rule, Runtime, Skill, Tier


@dataclass(frozen=True)
class Picking:
    """What the picker goes by: tasks, expressions, rules, runtimes and skills by name, abilities in order."""

    tasks: dict[str, PickerTask]
    wording: dict[str, Expression]
    rules: dict[str, Rule]
    abilities: tuple[Ability, ...]
    runtimes: dict[str, Runtime]
    skills: dict[str, Skill]
    tiers: tuple[Tier, ...]


@dataclass(frozen=True)
class Catalog:
    """All that is known: terms and families by slug, lines, platforms, licences and shapes by name."""

    terms: dict[str, Term]
    lines: dict[str, Line]
    platforms: dict[str, Platform]
    licences: dict[str, Licence]
    families: dict[str, Family]
    shapes: dict[str, Shape]
    picking: Picking

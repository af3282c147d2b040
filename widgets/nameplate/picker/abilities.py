"""Find the rows of capabilities/ that are about a name, and the kind and the skills that they give it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from ..reading import FieldValue
from ..resolve.family_rules import edition_words
from .knowledge import Capability, capabilities, capabilities_of_words
from .name_parts import NameParts

KINDS = frozenset(
    ("embedding", "reranker", "reward", "guard", "asr", "tts", "image-generation", "image-editing", "video-generation",
     "music-generation", "ocr")
)  # fmt: skip
UNSPECIFIC = "classification"  # the kind of a name with a word such as “detection”
SKILLS_OF_ROLES = ("code", "math", "tools")


class KindFound(NamedTuple):
    """A kind of model, and the part of the name that a row is about; no part if the kind is read from the name or the line.

    `fallback` is the row, if it is one that counts only where nothing else says the kind.
    """

    kind: str | None = None
    part: str | None = None
    fallback: Capability | None = None


class Abilities(NameParts):
    """A name with the facts about lines of models, and about words in names, that apply to it."""

    @functools.cached_property
    def capabilities(self) -> tuple[Capability, ...]:
        """Return the rows of capabilities/ that apply to this model: those of its line before those of its words."""
        return tuple(row for row, _ in self._rows)

    @functools.cached_property
    def _rows(self) -> tuple[tuple[Capability, str | None], ...]:
        last = self.kind_found.fallback
        pairs = (*self._of_line, *self._of_words)
        return tuple((row, part) for row, part in pairs if not row.fallback or row is last)

    @functools.cached_property
    def _of_line(self) -> tuple[tuple[Capability, str | None], ...]:
        line = self.reading.family or self.reading.lineage.base_family
        rows = capabilities(line) if line else ()
        return tuple((row, self.selected_by(row)) for row in rows if self._is_meant(row))

    @functools.cached_property
    def _of_words(self) -> tuple[tuple[Capability, str | None], ...]:
        rows = capabilities_of_words(self.words)
        return tuple((row, self.selected_by(row)) for row in rows if self._is_meant(row))

    def _is_meant(self, row: Capability) -> bool:
        reading = self.reading
        return (
            (not row.generations or (reading.generation or "").lower() in row.generations)
            and (not row.editions or not {reading.edition, *edition_words(reading.edition)}.isdisjoint(row.editions))
            and (not row.versions or (reading.version or "") in row.versions)
            and (not row.stages or reading.stage in row.stages)
            and (not row.sizes or reading.params_b in row.sizes)
            and (not _is_about_names(row) or self.selected_by(row) is not None)
            and (not row.beside or any(word in self.words for word in row.beside))
            and not any(word in self.words for word in row.unless)
        )

    def selected_by(self, row: Capability) -> str | None:
        """Return the part of the name for which a row is about it, if it is about names."""
        for word in row.words:
            if word in self.words:
                return self.words[word]
        if row.starts or row.ends:
            for word, written in self.words.items():
                if word.startswith(row.starts) or word.endswith(row.ends):
                    return written
        if row.shape is not None and (found := re.search(row.shape, self.name)) is not None:
            return found[0]
        if not set(row.modifications).isdisjoint(self.reading.lineage.modifications):
            return self.part("lineage.modifications")
        return None

    @functools.cached_property
    def kind_found(self) -> KindFound:
        """Return the kind that the name, its words or its line say, and the part of the name that a row is about.

        “detection” alone only says that something is told apart: a word such as “yolo” says what.
        """
        reading = self.reading
        own = [
            *([reading.task] if reading.task not in (None, "text") else []),
            *(role for role in reading.roles if role in KINDS),
        ]
        weak = bool(own) and own[0] == UNSPECIFIC
        of_line = [KindFound(row.kind, part) for row, part in self._of_line if row.kind]
        of_words = [KindFound(row.kind, part) for row, part in self._of_words if row.kind and not row.fallback]
        pairs = [KindFound(row.kind, part) for row, part in self._of_words if row.kind and row.beside]
        exceptions = [found for found in of_line if found.part is not None]
        read = list(map(KindFound, own))
        if own and reading.sources.get("task") != "name":  # a row says more of a line than its task does
            read = [*of_line, *read]
        found = (*exceptions, *pairs, *(of_words if weak else ()), *read, *of_words, *of_line)
        if found or reading.stage is not None:
            return found[0] if found else KindFound()
        rest = (KindFound(row.kind, part, row) for row, part in self._of_words if row.fallback)
        return next(rest, KindFound())

    def capability(self, key: str) -> tuple[FieldValue, Capability] | None:
        """Return the value of the first row that has this key, and the row."""
        for row in self.capabilities:
            value = getattr(row, key)
            if value is not None and value != ():
                return value, row
        return None

    @functools.cached_property
    def skills(self) -> dict[str, str]:
        """Return what it was made for, each with the part of the name that says so."""
        found: dict[str, str] = {
            role: self.part("roles", "edition") or self.stem for role in self.reading.roles if role in SKILLS_OF_ROLES
        }
        for row, part in self._rows:
            for skill in row.skills:
                found.setdefault(skill, part or (self.part("edition") if row.editions else None) or self.stem)
        return {skill: part for skill, part in found.items() if skill not in self.lacks}

    @functools.cached_property
    def lacks(self) -> Mapping[str, Capability]:
        """Return the skills that it is known not to have, each with the row that says so."""
        found: dict[str, Capability] = {}
        had: set[str] = set()
        for row in self.capabilities:
            had.update(row.skills)
            for skill in set(row.lacks) - had:
                found.setdefault(skill, row)
        return found


def _is_about_names(row: Capability) -> bool:
    return bool(row.words or row.starts or row.ends or row.shape or row.modifications)

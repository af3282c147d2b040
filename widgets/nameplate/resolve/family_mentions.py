"""The lines that a name mentions, each with the numbers and the edition that stand behind it."""

from __future__ import annotations

from ..lattice.search import Path
from ..vocabulary.meaning import Meaning
from .draft import Assembly, Head

SIZES = frozenset(("params_b", "active_params_b", "expert_params_b", "effective_params_b"))
BEFORE_NUMBERS = frozenset(("family", "edition", "size_class", "task"))


def look_closer(made: Assembly, paths: list[Path]) -> list[Head]:
    """The lines in order, each once, with what stands between them taken into account."""
    heads: dict[str, Head] = {}
    head: Head | None = None
    tagged = made.address.platform == "ollama"  # where sizes stand in the tag, before what the weights come from
    sized = close = False  # whether a size was told, and whether nothing but its number stands behind the last line
    before: str | None = None
    for start, meaning in ((start, meaning) for path in paths for start, _, meaning in path.meanings()):
        field = meaning.field
        if field == "separator":
            continue
        if field == "family":
            line = str(meaning.value)
            head = heads.setdefault(line, Head(line, head.line if head and close else None, sized and not tagged))
        elif head is not None:
            bare = made.name[start].isdecimal() and not (sized and not head.behind_size)
            _hear(made, head, meaning, bare or before in BEFORE_NUMBERS, before in BEFORE_NUMBERS)
        close = field == "family" or (close and field in ("generation", "version"))
        sized = sized or field in SIZES
        before = field
    return list(heads.values())


def _hear(made: Assembly, head: Head, meaning: Meaning, may_count: bool, close: bool) -> None:
    """Take in what a piece behind a line says of it; a version may be the line's own number, if it is close to it."""
    field, value = meaning.field, meaning.value
    if field == "generation":
        head.generation = head.generation or value
    elif field == "edition":
        head.edition = head.edition or value
    elif field == "version" and head.version is None:
        counts = head.generation is None and not value.startswith("0")
        counts = counts and may_count and made.vocabulary.lines[head.line].version_is_generation
        if counts or close:
            head.version, head.counted = value, counts
            head.generation = value if counts else head.generation

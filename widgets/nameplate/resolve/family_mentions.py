"""Find the lines that a name mentions, each with the numbers and the edition that follow it."""

from __future__ import annotations

from ..lattice.search import Path
from ..vocabulary.meaning import Meaning
from .draft import FamilyMention, ReadingDraft

SIZES = frozenset(("params_b", "active_params_b", "expert_params_b", "effective_params_b"))
BEFORE_NUMBERS = frozenset(("family", "edition", "size_class", "task"))


def mentions_in_order(draft: ReadingDraft, paths: list[Path]) -> list[FamilyMention]:
    """Return the lines in order, each once, taking into account what comes between them."""
    mentions: dict[str, FamilyMention] = {}
    mention: FamilyMention | None = None
    tagged = draft.address.platform == "ollama"  # where the tag gives sizes, before what the weights come from
    sized = adjacent = False  # whether a size was given, and whether only its number follows the last line
    before: str | None = None
    for start, meaning in ((start, meaning) for path in paths for start, _, meaning in path.meanings()):
        field = meaning.field
        if field == "separator":
            continue
        line = str(meaning.value) if field == "family" else dict(meaning.sets).get("family") if meaning.sets else None
        if line is not None:
            mention = mentions.setdefault(
                line, FamilyMention(line, mention.line if mention and adjacent else None, sized and not tagged)
            )
            for edition in (item for key, item in meaning.sets if key == "edition"):  # qwenvl
                mention.add_edition(edition)
        elif mention is not None:
            bare = draft.name[start].isdecimal() and not (sized and not mention.behind_size)
            adjoining = before in BEFORE_NUMBERS or (before == "stage" and not sized)  # deepseek-chat-v3
            _apply_meaning(draft, mention, meaning, bare or adjoining, before in BEFORE_NUMBERS)
        adjacent = field == "family" or (adjacent and field in ("generation", "version"))
        sized = sized or field in SIZES
        before = field
    return list(mentions.values())


def _apply_meaning(
    draft: ReadingDraft, mention: FamilyMention, meaning: Meaning, may_be_generation: bool, adjacent: bool
) -> None:
    """Take in what a piece after a line says of it; a version may be the line's own number, if it is close to it."""
    field, value = meaning.field, meaning.value
    if field == "generation" and mention.counts_edition(draft.vocabulary.lines):
        mention.version = mention.version or value
    elif field == "generation":
        mention.generation = mention.generation or value
    elif field == "edition":
        mention.add_edition(value)
    elif field == "version" and mention.version is None:
        counts = mention.generation is None and not value.startswith("0")
        counts = counts and may_be_generation and draft.vocabulary.lines[mention.line].version_is_generation
        if counts or adjacent:
            mention.version, mention.version_is_generation = value, counts
            mention.generation = value if counts else mention.generation

"""Which of the lines in a name is the family, and which ones it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .reader import Path, Piece
from .vocabulary import Meaning

if TYPE_CHECKING:
    from .assembly import Assembly

# Something other than a file format has to be explained beside a word before the word counts as a family's name.
TELLING = frozenset(
    ("params_b", "active_params_b", "effective_params_b", "expert_params_b", "stage", "version", "generation", "edition", "size_class",
     "task", "date", "quant", "context", "reasoning", "modalities", "languages", "lineage.method", "lineage.merge", "lineage.modifications")
)  # fmt: skip


class Head(NamedTuple):
    """A line that the name mentions, and the number that follows it."""

    line: str
    generation: str | None


def name_family(made: Assembly, paths: list[Path], said: list[Meaning]) -> None:
    """Fill the family, its generation, and the lineage."""
    heads, loose = _heads(said)
    opening = unknown_opening(made.name, paths)
    if not heads:
        if opening and any(meaning.field in TELLING for meaning in said):
            made.put("family", opening)
        made.put("generation", loose)
        return
    main = _main_head(made, heads)
    others = [head for head in heads if head is not main]
    made.put("family", main.line)
    _generation(made, main, loose)
    _ancestors(made, main, others)
    if opening and any(character.isalpha() for character in opening):
        made.lineage.setdefault("finetune", opening)


def _heads(said: list[Meaning]) -> tuple[list[Head], str | None]:
    """The lines in order, each once, and a generation that follows none of them."""
    numbers: dict[str, str | None] = {}
    latest: str | None = None
    loose: str | None = None
    for meaning in said:
        if meaning.field == "family":
            latest = str(meaning.value)
            numbers.setdefault(latest, None)
        elif meaning.field == "generation":
            if latest is not None and numbers[latest] is None:
                numbers[latest] = meaning.value
            else:
                loose = loose or meaning.value
    return [Head(line, generation) for line, generation in numbers.items()], loose


def _main_head(made: Assembly, heads: list[Head]) -> Head:
    """The publisher's own line before a derived line before the first one."""
    lines = made.vocabulary.lines
    derived = [head for head in heads if not lines[head.line].foundation] or heads
    publisher = made.fields.get("publisher")
    return next((head for head in derived if publisher in lines[head.line].publishers), derived[0])


def _generation(made: Assembly, main: Head, loose: str | None) -> None:
    generation = main.generation or loose
    if generation is None and made.vocabulary.lines[main.line].version_is_generation:
        generation = made.fields.pop("version", None)
        made.sources.pop("version", None)
    made.put("generation", generation)


def _ancestors(made: Assembly, main: Head, others: list[Head]) -> None:
    lines = made.vocabulary.lines
    if others and "distillation" in made.lineage.get("method", ()):
        made.lineage["teacher"] = "-".join(filter(None, (main.line, made.fields.get("edition"))))
    base = next((head for head in others if lines[head.line].foundation), None)
    if base is not None:
        made.lineage.setdefault("base_family", base.line)
        made.lineage.setdefault("base_generation", base.generation)
    elif lines[main.line].based_on is not None:
        made.lineage.setdefault("base_family", lines[main.line].based_on)


def unknown_opening(name: str, paths: list[Path]) -> str | None:
    """The first words of a name if nobody knows them, as one text."""
    for path in paths:
        if path.opens_unknown:
            first = join_unknown(path.pieces(), name)[0]
            return name[first.start : first.end]
        if path.said:
            return None
    return None


def join_unknown(pieces: list[Piece], name: str) -> list[Piece]:
    """Unexplained pieces that touch become one; the words that open a name stay together as its head."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.meaning.field is None
            and piece.meaning.field is None
            and _belong_together(name[last.end : piece.start], opening=len(joined) == 1)
        ):
            joined[-1] = last._replace(end=piece.end)
        else:
            joined.append(piece)
    return joined


def _belong_together(between: str, opening: bool) -> bool:
    """Words that open a name belong together over a dash or an underscore too: `apollo_astralis`."""
    return not between or (opening and between in "-_. ")

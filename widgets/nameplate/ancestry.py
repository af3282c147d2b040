"""Which of the lines in a name is the family, and which ones it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reader import Path
from .vocabulary import Meaning
from .ways import Piece

if TYPE_CHECKING:
    from .assembly import Assembly

# Something other than a file format has to be explained beside a word before the word counts as a family's name.
TELLING = frozenset(
    ("params_b", "active_params_b", "effective_params_b", "expert_params_b", "stage", "version", "generation", "edition", "size_class",
     "task", "date", "quant", "context", "reasoning", "modalities", "languages", "lineage.method", "lineage.merge", "lineage.modifications")
)  # fmt: skip


class Head:
    """A line that the name mentions, and the number and the edition that follow it."""

    __slots__ = ("edition", "generation", "line")

    def __init__(self, line: str) -> None:
        self.line = line
        self.generation: str | None = None
        self.edition: str | None = None


def name_family(made: Assembly, paths: list[Path], said: list[Meaning]) -> None:
    """Fill the family, its generation, and the lineage."""
    heads, loose = list(made.heads.values()), made.loose_generation
    teacher = _teacher(made, heads, said) if len(heads) > 1 else None
    if teacher is not None:
        heads.remove(teacher)
        _forget_edition(made, teacher, heads[0])
    opening = unknown_opening(made.name, paths)
    if not heads:
        if opening and any(meaning.field in TELLING for meaning in said):
            made.put("family", opening)
        made.put("generation", loose)
        return
    main = _main_head(made, heads) if len(heads) > 1 else heads[0]
    made.put("family", main.line)
    _generation(made, main, loose)
    _ancestors(made, main, [head for head in heads if head is not main])
    if opening and any(character.isalpha() for character in opening):
        made.lineage.setdefault("finetune", opening)


def _teacher(made: Assembly, heads: list[Head], said: list[Meaning]) -> Head | None:
    """The line that a tuned model learned from, where it stands behind the model's own: `Qwen3-8B-Gemini-2.5-Distill`.

    In `DeepSeek-R1-Distill-Qwen-32B` the student stands last; such names keep the teacher for their line.
    """
    told = _before_distillation(said)
    # A maker that sells answers only tells no sizes: a name with a size has another model's weights.
    sized = any(meaning.field in ("params_b", "expert_params_b") for meaning in said)
    closed = [head for head in heads if _closed(made, head)] if told or sized else []
    if closed and len(closed) < len(heads):
        teacher = closed[-1]
    elif not closed and len(told) == len(heads):
        teacher = heads[-1]
    else:
        return None
    made.lineage["teacher"] = "-".join(filter(None, (teacher.line, teacher.generation, teacher.edition)))
    return teacher


def _before_distillation(said: list[Meaning]) -> set[str]:
    """The lines in front of the word that tells of distillation; none where there is no such word."""
    lines: set[str] = set()
    for meaning in said:
        if meaning.field == "family":
            lines.add(str(meaning.value))
        elif meaning.value == "distillation":
            return lines
    return set()


def _closed(made: Assembly, head: Head) -> bool:
    """Whether nobody but the maker has the weights of a line, so that others can only learn from what it writes."""
    line = made.vocabulary.lines[head.line]
    return not line.publishers and line.based_on is None and line.task in (None, "text")


def _forget_edition(made: Assembly, teacher: Head, student: Head) -> None:
    """The edition of the teacher is not one of the student."""
    if teacher.edition is not None and made.fields.get("edition") == teacher.edition:
        made.fields.pop("edition")
        made.sources.pop("edition", None)
        made.put("edition", student.edition)


def _main_head(made: Assembly, heads: list[Head]) -> Head:
    """The publisher's own line before a derived line before the first one."""
    lines = made.vocabulary.lines
    derived = [head for head in heads if not lines[head.line].foundation] or heads
    if "vision" in lines[heads[0].line].roles and not any("vision" in lines[head.line].roles for head in derived):
        return heads[0]  # who can see is made from who can write, which follows: llava-v1.6-vicuna
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
    if base is None and others and lines[main.line].foundation:
        base = others[0]
    if base is not None:
        made.lineage.setdefault("base_family", base.line)
        made.lineage.setdefault("base_generation", base.generation)
    elif lines[main.line].based_on is not None:
        made.lineage.setdefault("base_family", lines[main.line].based_on)


def unknown_opening(name: str, paths: list[Path]) -> str | None:
    """The first words of a name if nobody knows them, as one text."""
    for path in paths:
        if path.opens_unknown:
            pieces = path.meanings()
            opening, stop, _ = next(pieces)
            for start, end, meaning in pieces:
                if meaning.field is not None or not _belong_together(name[stop:start], opening=True):
                    break
                stop = end
            return name[opening:stop]
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
    return not between or (opening and between in "-_ ")

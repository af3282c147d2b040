"""Which of the lines in a name is the family, and which ones it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .reader import Piece

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


def name_family(made: Assembly, pieces: list[Piece]) -> None:
    """Fill the family, its generation, and the lineage."""
    heads, loose = _heads(pieces)
    if not heads:
        made.put("family", unknown_head(pieces))
        made.put("generation", loose)
        return
    main = _main_head(made, heads)
    others = [head for head in heads if head is not main]
    made.put("family", main.line)
    _generation(made, main, loose)
    _ancestors(made, main, others)
    opening = made.name[pieces[0].start : pieces[0].end]
    if pieces[0].meaning.field is None and any(character.isalpha() for character in opening):
        made.lineage.setdefault("finetune", opening)


def _heads(pieces: list[Piece]) -> tuple[list[Head], str | None]:
    """The lines in order, each once, and a generation that follows none of them."""
    numbers: dict[str, str | None] = {}
    latest: str | None = None
    loose: str | None = None
    for piece in pieces:
        if piece.meaning.field == "family":
            latest = str(piece.meaning.value)
            numbers.setdefault(latest, None)
        elif piece.meaning.field == "generation":
            if latest is not None and numbers[latest] is None:
                numbers[latest] = piece.meaning.value
            else:
                loose = loose or piece.meaning.value
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


def unknown_head(pieces: list[Piece]) -> str | None:
    """The first words of a name that nobody knows, if something else in it was explained."""
    if not pieces or pieces[0].meaning.field is not None:
        return None
    told = any(piece.meaning.field in TELLING for piece in pieces)
    return str(pieces[0].meaning.value) if told else None  # the text was put there when unknown pieces were joined


def join_unknown(pieces: list[Piece], name: str) -> list[Piece]:
    """Unexplained pieces that touch become one; the words that open a name stay together as its head."""
    joined: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        if piece.meaning.field is not None:
            joined.append(piece)
            index += 1
            continue
        last = index
        while last + 1 < len(pieces) and pieces[last + 1].meaning.field is None and _touch(pieces, last):
            last += 1
        if index == 0 or pieces[index - 1].end != piece.start:
            last = _head_end(pieces, last)
        text = name[piece.start : pieces[last].end]
        joined.append(piece._replace(end=pieces[last].end, meaning=piece.meaning._replace(value=text)))
        index = last + 1
    return joined


def _head_end(pieces: list[Piece], last: int) -> int:
    """A head may go on over a separator to the next unexplained word: `apollo_astralis`."""
    while (
        last + 2 < len(pieces)
        and pieces[last + 1].meaning.field == "separator"
        and pieces[last + 2].meaning.field is None
        and _touch(pieces, last)
        and _touch(pieces, last + 1)
    ):
        last += 2
    return last


def _touch(pieces: list[Piece], index: int) -> bool:
    """Whether a piece ends where the next one starts: between regions of an address lies a mark of the platform."""
    return pieces[index].end == pieces[index + 1].start

"""Which of the lines in a name is the family, and which ones it was made from."""

from __future__ import annotations

from ..lattice.search import Path
from ..lattice.segmentation import Piece
from ..patterns import pattern
from ..vocabulary.meaning import Meaning
from .draft import Assembly, Head
from .family_mentions import look_closer
from .family_rules import Rule, rule_for

# Something other than a file format has to be explained beside a word before the word counts as a family's name.
TELLING = frozenset(
    ("params_b", "active_params_b", "effective_params_b", "expert_params_b", "stage", "version", "generation", "edition", "size_class",
     "task", "date", "quant", "context", "reasoning", "modalities", "languages", "lineage.method", "lineage.merge", "lineage.modifications")
)  # fmt: skip
# What files are called whatever they hold: mmproj-model-f16.gguf
NO_NAMES = frozenset(("model", "models", "output", "merged", "my model", "my_model"))
FROM = pattern(r"(?i)distil[a-z]*[-_ ]from[-_ ]")


def name_family(made: Assembly, paths: list[Path], said: list[Meaning], told: set[str | None]) -> None:
    """Fill the family, its generation, and the lineage. `told` are the fields of what is said."""
    heads = list(made.heads.values())
    distilled = "lineage.method" in told and "distillation" in made.lineage["method"]
    if len(heads) > 1 or (heads and "version" in made.fields) or distilled:
        heads = look_closer(made, paths)
    teacher = _teacher(made, heads, said, paths) if len(heads) > 1 or (heads and distilled) else None
    if teacher is not None:
        heads.remove(teacher)
        _forget(made, said, teacher, heads)
    opening = unknown_opening(made.name, paths)
    if not heads:
        if opening and len(opening) > 1 and opening.lower() not in NO_NAMES and not TELLING.isdisjoint(told):
            made.put("family", opening)
        made.put("generation", made.opening_generation)
        return
    main = heads[0]
    others: list[Head] = []
    if len(heads) > 1:
        main = _main_head(made, heads)
        others = [head for head in heads if head is not main]
        made.mentions_others = True
    made.put("family", main.line)
    if main.counted:
        _forget_version(made, said, main.version)
    made.put("generation", _dotted(made, main) or made.loose_generation)  # a number before the line is not the line's
    _ancestors(made, said, main, others)
    if opening and any(character.isalpha() for character in opening):
        made.lineage.setdefault("finetune", unknown_opening(made.name, paths, numbered=True))


def _dotted(made: Assembly, main: Head) -> str | None:
    """The number of a line; 32 is 3.2 where the line has a generation 3.2 and none that is called 32."""
    number = main.generation
    if number is None or len(number) != 2 or not number.isdecimal():
        return number
    known = {generation for row in made.vocabulary.families.get(main.line, ()) for generation in Rule(*row).generations}
    return f"{number[0]}.{number[1]}" if f"{number[0]}.{number[1]}" in known and number not in known else number


def _teacher(made: Assembly, heads: list[Head], said: list[Meaning], paths: list[Path]) -> Head | None:
    """The line that a tuned model learned from, where it stands behind the model's own: `Qwen3-8B-Gemini-2.5-Distill`.

    In `DeepSeek-R1-Distill-Qwen-32B` the student stands last; such names keep the teacher for their line.
    """
    told = _before_distillation(said)
    teacher = None
    if told is not None and FROM.search(made.name):
        teacher = next((head for head in heads if head.line not in told), None)
    if teacher is None and len(heads) == 1:
        if not told or not _closed(made, heads[0]) or not _opens_otherwise(made, paths):
            return None
        teacher = heads[0]
    if teacher is None:
        # A maker that sells answers only tells no sizes: a name with a size has another model's weights.
        sized = any(meaning.field in ("params_b", "expert_params_b") for meaning in said)
        closed = [head for head in heads if _closed(made, head)] if told or sized else []
        if closed and len(closed) < len(heads):
            teacher = closed[-1]
        elif not closed and len(told or ()) == len(heads):
            teacher = heads[-1]
        else:
            return None
    made.lineage["teacher"] = "-".join(filter(None, (teacher.line, teacher.generation, teacher.edition)))
    return teacher


def _opens_otherwise(made: Assembly, paths: list[Path]) -> bool:
    """Whether a word that nobody knows opens the name and has a size: the student's own, before its teacher is named."""
    return bool(made.sizes) and unknown_opening(made.name, paths) is not None


def _before_distillation(said: list[Meaning]) -> set[str] | None:
    """The lines in front of the word that tells of distillation; nothing where there is no such word."""
    lines: set[str] = set()
    for meaning in said:
        if meaning.field == "family":
            lines.add(str(meaning.value))
        elif meaning.value == "distillation":
            return lines
    return None


def _closed(made: Assembly, head: Head) -> bool:
    """Whether nobody but the maker has the weights of a line, so that others can only learn from what it writes."""
    line = made.vocabulary.lines[head.line]
    if line.based_on is not None or line.task not in (None, "text"):
        return False
    if not line.publishers:
        return True
    rule = rule_for(made.vocabulary, head.line, head.generation, head.edition)  # of GPT, 2 is open and 4 is not
    return rule is not None and rule.closed


def _forget(made: Assembly, said: list[Meaning], other: Head, heads: list[Head]) -> None:
    """The edition and the version of another line are not those of the model."""
    if other.edition is not None and made.fields.get("edition") == other.edition:
        made.fields.pop("edition")
        made.sources.pop("edition", None)
        made.put("edition", heads[0].edition if heads else None)
    if other.counted:
        _forget_version(made, said, other.version)


def _forget_version(made: Assembly, said: list[Meaning], version: str | None) -> None:
    """Another version that the name gives takes the place of one that belongs to a line."""
    if made.fields.get("version") == version:
        made.fields.pop("version")
        made.sources.pop("version", None)
        others = (meaning.value for meaning in said if meaning.field == "version" and meaning.value != version)
        made.put("version", next(others, None))


def _main_head(made: Assembly, heads: list[Head]) -> Head:
    """The publisher's own line before a derived line before the first one."""
    lines = made.vocabulary.lines
    derived = [head for head in heads if not _starts_others(made, head)] or heads
    sees = next((head for head in heads if "vision" in lines[head.line].roles), None)
    others = derived is not heads and any("vision" in lines[head.line].roles for head in derived)
    if sees is not None and (sees is heads[0] or _starts_others(made, heads[0])) and not others:
        return sees  # who can see is made from who can write: llava-v1.6-vicuna, llama3-llava-next-8b
    publisher = made.fields.get("publisher")
    own = next((head for head in derived if publisher in lines[head.line].publishers), None)
    if own is None and derived is heads and heads[0].generation and heads[1].follows == heads[0].line:
        return heads[1]  # Llama-3.1-Nemotron-70B: the line behind the number was made from the first
    return own or derived[0]


def _starts_others(made: Assembly, head: Head) -> bool:
    """Whether a line is one that other makers start from, and no tuned model itself."""
    line = made.vocabulary.lines[head.line]
    return line.foundation and "instruct" not in line.roles


def _ancestors(made: Assembly, said: list[Meaning], main: Head, others: list[Head]) -> None:
    lines = made.vocabulary.lines
    if others and "distillation" in made.lineage.get("method", ()):
        made.lineage["teacher"] = "-".join(filter(None, (main.line, made.fields.get("edition"))))
    base = _base(made, main, others) if others else None
    if base is not None:
        made.lineage.setdefault("base_family", base.line)
        made.lineage.setdefault("base_generation", base.generation)
    elif lines[main.line].based_on is not None:
        made.lineage.setdefault("base_family", lines[main.line].based_on)
    for other in others:
        if other is not base and lines[other.line].foundation:
            _forget(made, said, other, [main])


def _base(made: Assembly, main: Head, others: list[Head]) -> Head | None:
    """The line that the weights come from.

    Of two lines that others start from the one with the size has the weights: `DeepSeek-R1-0528-Qwen3-8B`, but not
    `Qwen3.5-9B-DeepSeek-V4-Flash`, which says nothing of what the other one did.
    """
    lines = made.vocabulary.lines
    others = [head for head in others if not _closed(made, head)]
    base = next((head for head in others if lines[head.line].foundation), None)
    tuned = "instruct" in lines[main.line].roles
    sees = "vision" in lines[main.line].roles
    if base is None and (tuned or sees):  # OpenBuddy-Falcon3-10B, blip2-flan-t5-xl
        near = (head for head in others if not head.behind_size and not lines[head.line].task)
        return next((head for head in near if sees or not lines[head.line].roles), None)
    if base is None or sees or not _starts_others(made, main):
        return base
    return base if not base.behind_size or main.follows == base.line else None


def unknown_opening(name: str, paths: list[Path], numbered: bool = False) -> str | None:
    """The first words of a name if nobody knows them, as one text; with the number behind them if asked for."""
    for path in paths:
        told = path.first
        if told is not None and told.field not in (None, "file_role"):
            return None
        pieces = path.meanings()
        opening, stop, first = next(pieces, (0, 0, None))
        if first is not None and first.field == "file_role":  # mmproj-Otter-VL-7B
            opening, stop, first = next((piece for piece in pieces if piece[2].field != "separator"), (0, 0, None))
        if first is not None and first.field is None:
            for start, end, meaning in pieces:
                number = numbered and meaning.field == "generation"
                if (meaning.field is not None and not number) or not _belong_together(name[stop:start], opening=True):
                    break
                stop = end
                if number:
                    break
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

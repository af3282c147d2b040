"""Which line that a name mentions is the teacher: not the model's own, but one whose answers it learned from."""

from __future__ import annotations

from ..lattice.search import Path
from ..patterns import pattern
from ..vocabulary.lookup import SPEAKS_FOR_ITSELF
from ..vocabulary.meaning import Meaning
from .draft import FamilyMention, ReadingDraft
from .family_rules import Rule, rule_for
from .opening import unknown_opening

FROM = pattern(r"(?i)distil[a-z]*[-_ ]from[-_ ]")


def find_teacher(
    draft: ReadingDraft, mentions: list[FamilyMention], explained: list[Meaning], paths: list[Path]
) -> FamilyMention | None:
    """Return the line that a tuned model learned from, where it follows the model's own: `Qwen3-8B-Gemini-2.5-Distill`.

    In `DeepSeek-R1-Distill-Qwen-32B` the student comes last; such names keep the teacher for their line.
    """
    fields_seen = _before_distillation(explained)
    teacher = None
    if fields_seen is not None and FROM.search(draft.name):
        teacher = next((mention for mention in mentions if mention.line not in fields_seen), None)
    if fields_seen and len(mentions) == 1:
        named_again = _second_number(paths, mentions[0])
        if named_again is not None:
            draft.lineage["teacher"] = f"{mentions[0].line}-{named_again}"
            return None
    if teacher is None and len(mentions) == 1:
        if not _opens_otherwise(draft, paths):
            return None
        teacher = mentions[0]
        sold = _mostly_sold(draft, teacher) and (teacher.generation is None or is_closed(draft, teacher))
        sold = sold or _sells_number(draft, teacher)
        if not sold and not (fields_seen and is_closed(draft, teacher)):
            return None
    if teacher is None:
        # A maker that sells only answers gives no sizes: a name with a size has another model's weights.
        sized = any(meaning.field in ("params_b", "expert_params_b") for meaning in explained)
        closed = [mention for mention in mentions if is_closed(draft, mention)] if fields_seen or sized else []
        if closed and len(closed) < len(mentions):
            teacher = closed[-1]
        elif not closed and len(fields_seen or ()) == len(mentions) and not _student_in_tag(draft):
            teacher = mentions[-1]
        else:
            return None
    if fields_seen is not None or (surely_means(teacher, explained) and is_closed(draft, teacher)):
        draft.lineage["teacher"] = teacher.full_name
    return teacher


def _student_in_tag(draft: ReadingDraft) -> bool:
    """Return whether a tag says that a model was distilled, and into what: `deepseek-r1:14b-qwen-distill`."""
    return "distil" in draft.fields.get("tag", "").lower() and "distil" not in draft.fields.get("repo", "").lower()


def _opens_otherwise(draft: ReadingDraft, paths: list[Path]) -> bool:
    """Return whether an unknown word opens the name and has a size: the student's own, before its teacher is named."""
    return bool(draft.sizes) and unknown_opening(draft.name, paths) is not None


def _before_distillation(explained: list[Meaning]) -> set[str] | None:
    """Return the lines before the word for distillation, or None without such a word."""
    lines: set[str] = set()
    for meaning in explained:
        if meaning.field == "family":
            lines.add(str(meaning.value))
        elif meaning.value == "distillation":
            return lines
    return None


def is_closed(draft: ReadingDraft, mention: FamilyMention) -> bool:
    """Whether nobody but the maker has the weights of a line, so that others can only learn from what it writes."""
    line = draft.vocabulary.lines[mention.line]
    if line.based_on is not None or line.task not in (None, "text"):
        return False
    if not line.publishers:
        return line.maker is not None
    rule = rule_for(
        draft.vocabulary, mention.line, mention.generation, mention.edition
    )  # of GPT, 2 is open and 4 is not
    if rule is not None and rule.closed:
        return True
    return _sells_number(draft, mention)


def _second_number(paths: list[Path], mention: FamilyMention) -> str | None:
    """Return the number of a line where it is named again, before the word for distillation: GLM-4.5-Air-GLM-4.6-Distill."""
    times, latest = 0, None
    for _, _, meaning in (piece for path in paths for piece in path.meanings()):
        if meaning.field == "family" and meaning.value == mention.line:
            times, latest = times + 1, None
        elif meaning.field in ("generation", "version") and latest is None:
            latest = str(meaning.value)
        elif meaning.value == "distillation":
            break
    return latest if times == 2 and latest != mention.generation else None


def _mostly_sold(draft: ReadingDraft, mention: FamilyMention) -> bool:
    """Return whether most generations of a line are closed: all of Claude, and all of GPT but 1 and 2."""
    if not draft.vocabulary.lines[mention.line].publishers:
        return is_closed(draft, mention)
    rules = [Rule(*row) for row in draft.vocabulary.families.get(mention.line, ())]
    closed = sum(len(rule.generations) for rule in rules if rule.closed)
    return closed > sum(len(rule.generations) or 1 for rule in rules if not rule.closed)


def _sells_number(draft: ReadingDraft, mention: FamilyMention) -> bool:
    """Return whether the line and its number are the name of a closed model: grok-3."""
    model = draft.vocabulary.catalogue.get("-".join(filter(None, (mention.line, mention.generation))).lower())
    return model is not None and ("open_weights", False) in model[2]


def surely_means(mention: FamilyMention, explained: list[Meaning]) -> bool:
    """Return whether a word can only mean this line: Claude does, and not the Nova of Mirai-Nova or the o1 of DRT-o1."""
    costs = (meaning.cost for meaning in explained if meaning.field == "family" and meaning.value == mention.line)
    return min(costs, default=0.0) < SPEAKS_FOR_ITSELF

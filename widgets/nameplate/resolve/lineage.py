"""Which of the lines in a name is the family, and which ones it was made from."""

from __future__ import annotations

import functools
import re

from ..lattice.search import Path
from ..vocabulary.lookup import COSTS_LIKE_ABBREVIATION, SPEAKS_FOR_ITSELF, Line
from ..vocabulary.meaning import Meaning
from ..vocabulary.phrases import phrase_length
from .draft import FamilyMention, ReadingDraft
from .family_mentions import mentions_in_order
from .family_rules import Rule
from .opening import unknown_opening
from .teacher import find_teacher, is_closed, surely_means

# Something other than a file format has to be explained beside a word before the word counts as a family's name.
TELLING = frozenset(
    ("params_b", "active_params_b", "effective_params_b", "expert_params_b", "stage", "version", "generation", "edition", "size_class",
     "task", "date", "quant", "context", "reasoning", "modalities", "languages", "lineage.method", "lineage.merge", "lineage.modifications")
)  # fmt: skip
# What files are called whatever they hold: mmproj-model-f16.gguf
NO_NAMES = frozenset(("model", "models", "output", "merged", "my model", "my_model"))
LABELS = frozenset(("quant", "bits"))
OF_EDITION = ["edition", "family", "generation"]
OF_BASE = frozenset(("family", "generation", "params_b", "active_params_b"))
MOST_WORDS = 3  # of a fine-tune's name
SHORTEST_FINETUNE = 4  # letters; codegeex4-all-9b isn't a fine-tune called All


def name_family(draft: ReadingDraft, paths: list[Path], explained: list[Meaning], fields_seen: set[str | None]) -> None:
    """Fill the family, its generation, and the lineage. `fields_seen` are the fields of its tokens."""
    mentions = list(draft.mentions.values())
    distilled = "lineage.method" in fields_seen and "distillation" in draft.lineage["method"]
    if len(mentions) > 1 or (mentions and "version" in draft.fields) or distilled:
        mentions = mentions_in_order(draft, paths)
    learned = len(mentions) > 1 or (mentions and (distilled or draft.sizes))
    teacher = find_teacher(draft, mentions, explained, paths) if learned else None
    if teacher is not None:
        mentions.remove(teacher)
        _forget(draft, explained, teacher, mentions)
    opening = unknown_opening(draft.name, paths)
    if not mentions:
        if (
            not (_line_of_files(draft) or _line_of_maker(draft, paths))
            and opening
            and not TELLING.isdisjoint(fields_seen)
        ):
            _unknown_family(draft, opening, fields_seen)
        draft.put("generation", draft.opening_generation)
        return
    main = mentions[0]
    others: list[FamilyMention] = []
    if len(mentions) > 1:
        tuned = next(
            (mention for mention in mentions[1:] if _names_finetune(draft, explained, mentions[0], mention)), None
        )
        if tuned is not None and _starts_others(draft, mentions[0]):
            draft.lineage["finetune"] = _as_written(draft, paths, tuned)
            mentions.remove(tuned)
        main = _main_mention(draft, mentions) if len(mentions) > 1 else mentions[0]
        others = [mention for mention in mentions if mention is not main]
        draft.mentions_others = True
    draft.put("family", main.line)
    if main.editions and draft.fields.get("edition") == main.editions[0]:
        draft.fields["edition"] = main.edition
    if main.version_is_generation or _repeats_generation(draft, paths, main):
        _forget_version(draft, explained, main.version or main.generation)
    elif main.generation is None:
        main.generation = _packaged_generation(draft, main)
    draft.put(
        "generation", _dotted(draft, main) or draft.loose_generation
    )  # a number before the line is not the line's
    _ancestors(draft, explained, main, others)
    _name_in_front(draft, paths, opening)
    if draft.lineage.get("finetune") and draft.vocabulary.lines[main.line].foundation:
        draft.lineage.setdefault("base_family", main.line)
        draft.lineage.setdefault("base_generation", draft.fields.get("generation"))
    if draft.maker_in_front is None and "publisher" not in draft.fields and not LABELS.isdisjoint(fields_seen):
        draft.account_behind = _account_behind(draft, paths)
        draft.put("publisher", draft.account_behind)


def _unknown_family(draft: ReadingDraft, opening: str, fields_seen: set[str | None]) -> None:
    """Take unknown first words as the name of a line. In front of a LoRA they name the fine-tune."""
    if len(opening) == 1 or opening.lower() in NO_NAMES:
        return
    if "LoRA" in draft.lineage.get("method", ()) and "task" in fields_seen:
        draft.lineage.setdefault("finetune", opening)
    else:
        draft.put("family", opening)


def _name_in_front(draft: ReadingDraft, paths: list[Path], opening: str | None) -> None:
    """What the words before the line are: the maker, or the name of a fine-tune, which may also come behind the number."""
    if not opening:
        tuned = _word_behind_abbreviation(draft, paths) or _word_before_size(draft, paths)
        if tuned is None and draft.address.platform in draft.vocabulary.tuning_platforms:
            tuned = _word_behind(draft, paths)
    elif _is_maker(draft, opening):
        draft.maker_in_front = opening
        draft.put("publisher", opening)
        return
    else:
        tuned = unknown_opening(draft.name, paths, numbered=True) if any(map(str.isalpha, opening)) else None
    if tuned is not None:
        draft.lineage.setdefault("finetune", tuned)


def _repeats_generation(draft: ReadingDraft, paths: list[Path], main: FamilyMention) -> bool:
    """Whether the file says the generation of the repository again as a version: stable-diffusion-2-1/…/v2-1_768-ema."""
    return len(paths) > 1 and main.generation is not None and main.generation == draft.fields.get("version")


def _packaged_generation(draft: ReadingDraft, main: FamilyMention) -> str | None:
    """Take the version that a cloud packages a model under for the generation, in lines that number so: claude-v2:1."""
    version: str | None = draft.fields.get("version")
    served = any(part.field == "version" for part in draft.address.parts)
    if draft.address.platform == "ollama" and "publisher" not in draft.fields:  # qwen:14b-text-v1.5
        rows = draft.vocabulary.families.get(main.line, ())
        counts = version in {number for row in rows for number in Rule(*row).generations}
    else:
        counts = served and draft.vocabulary.lines[main.line].version_is_generation
    if not counts:
        return None
    draft.sources.pop("version", None)
    draft.fields.pop("version", None)
    return version


def _is_maker(draft: ReadingDraft, opening: str) -> bool:
    """Whether the words in front are an account that publishes models, or a maker's own name: mmproj-google_gemma-3."""
    word, words = opening.lower(), draft.vocabulary
    return word in words.owners or word in words.maker_names or word in words.repackagers


def _account_behind(draft: ReadingDraft, paths: list[Path]) -> str | None:
    """The account that stored the model again, where a file has it after the label: Qwen3-8B-Q4_K_M__bartowski.gguf."""
    label = False
    for path in paths:
        for start, end, meaning in path.meanings():
            label = label or meaning.field in LABELS
            if label and meaning.field is None and draft.name[start:end].lower() in draft.vocabulary.repackagers:
                return draft.name[start:end]
    return None


def _word_before_size(draft: ReadingDraft, paths: list[Path]) -> str | None:
    """The unknown words between the number of a line, or its edition, and its size, the name of a fine-tune: Llama-3-Groq-8B."""
    if not draft.sizes or all(path.complete for path in paths):
        return None
    fields: list[str | None] = []
    words: list[tuple[int, int]] = []
    for start, end, meaning in (piece for path in paths for piece in path.meanings()):
        field = meaning.field
        if field == "separator":
            continue
        if field == "params_b" and words:
            numbered = fields[-2:] == ["family", "generation"]
            named = numbered or (sorted(map(str, fields[-3:])) == OF_EDITION and _has_page(draft))
            return draft.name[words[0][0] : words[-1][1]] if named and _is_name(draft.name, words) else None
        if field is None:
            words.append((start, end))
        elif words:
            return None
        else:
            fields.append(field)
    return None


def _word_behind_abbreviation(draft: ReadingDraft, paths: list[Path]) -> str | None:
    """The first unknown words after an abbreviated line, which only fine-tuners write: L3.1-Tivir-v0.1-10B, MS3.2-24B-Mullein."""
    first = next((path.first for path in paths if path.first is not None), None)
    if first is None or first.field != "family" or first.cost < COSTS_LIKE_ABBREVIATION:
        return None
    words: list[tuple[int, int]] = []
    for start, end, meaning in (piece for path in paths for piece in path.meanings()):
        if meaning.field == "separator":
            continue
        if meaning.field is None:
            words.append((start, end))
        elif words or meaning.field not in OF_BASE:
            break
    return draft.name[words[0][0] : words[-1][1]] if words and _is_name(draft.name, words) else None


def _has_page(draft: ReadingDraft) -> bool:
    """Return whether a family's page speaks of the edition: of Coder, not of the Dark in L3-Dark-Planet-8B."""
    rows = draft.vocabulary.families.get(draft.fields.get("family") or "", ())
    return any(draft.fields.get("edition") in Rule(*row).editions for row in rows)


def _is_name(name: str, words: list[tuple[int, int]]) -> bool:
    """Return whether words can be the name of a fine-tune: letters alone, and enough of them."""
    texts = [name[start:end] for start, end in words]
    return len(texts) <= MOST_WORDS and all(text.isalpha() and len(text) >= SHORTEST_FINETUNE for text in texts)


def _word_behind(draft: ReadingDraft, paths: list[Path]) -> str | None:
    """The first unknown word of a name, where people publish their own fine-tunes: flux-unchained."""
    for path in paths:
        for start, end, meaning in path.meanings():
            word = draft.name[start:end]
            if meaning.field is None and word.isalpha() and len(word) >= SHORTEST_FINETUNE:
                return word
    return None


@functools.cache
def _file_pattern(written: str) -> re.Pattern[str]:
    """Compile the pattern of a line's files, with any endings behind them."""
    return re.compile(rf"(?:{written})(?:\.[a-z]\w*)*$")


def _line_of_files(draft: ReadingDraft) -> bool:
    """Fill the family where a name is written as only the files of one line are: en_US-amy-medium.onnx."""
    name = draft.fields.get("file") or draft.fields.get("repo") or ""
    for written, line in draft.vocabulary.file_names:
        if _file_pattern(written).match(name):
            draft.put("family", line)
            draft.put("task", draft.vocabulary.lines[line].task, "family")
            draft.roles.update(dict.fromkeys(draft.vocabulary.lines[line].roles))
            return True
    return False


def _line_of_maker(draft: ReadingDraft, paths: list[Path]) -> bool:
    """Fill the family where the publisher and the first word are the line's name together: cohere.embed-v4:0."""
    publisher = draft.fields.get("publisher", "").lower()
    if not publisher.isalpha() or not paths:
        return False
    text = f"{publisher} {draft.name[paths[0].offset :].lower()}"
    for phrase in draft.vocabulary.line_names(publisher):
        if phrase.rest and phrase_length(phrase, text, text, 0, len(publisher)):
            line = draft.vocabulary.lines[phrase.meaning.line or ""]
            draft.put("family", line.line)
            draft.put("task", line.task, "family")
            return True
    return False


def _dotted(draft: ReadingDraft, main: FamilyMention) -> str | None:
    """The number of a line; 32 is 3.2 where the line has a generation 3.2 and none that is called 32."""
    number = main.generation
    if number is None or len(number) != 2 or not number.isdecimal():
        return number
    known = {
        generation for row in draft.vocabulary.families.get(main.line, ()) for generation in Rule(*row).generations
    }
    return f"{number[0]}.{number[1]}" if f"{number[0]}.{number[1]}" in known and number not in known else number


def _forget(draft: ReadingDraft, explained: list[Meaning], other: FamilyMention, mentions: list[FamilyMention]) -> None:
    """The edition and the version of another line are not those of the model."""
    if other.edition is not None and draft.fields.get("edition") == other.edition:
        draft.fields.pop("edition")
        draft.sources.pop("edition", None)
        draft.put("edition", mentions[0].edition if mentions else None)
    if other.version_is_generation:
        _forget_version(draft, explained, other.version)


def _forget_version(draft: ReadingDraft, explained: list[Meaning], version: str | None) -> None:
    """Another version that the name gives takes the place of one that belongs to a line."""
    if draft.fields.get("version") == version:
        draft.fields.pop("version")
        draft.sources.pop("version", None)
        others = (meaning.value for meaning in explained if meaning.field == "version" and meaning.value != version)
        draft.put("version", next(others, None))


def _main_mention(draft: ReadingDraft, mentions: list[FamilyMention]) -> FamilyMention:
    """The publisher's own line before a derived line before the first one."""
    lines = draft.vocabulary.lines
    hub = draft.address.platform in draft.vocabulary.hubs
    if hub and not draft.vocabulary.may_sell(draft.fields.get("publisher", "")):
        mentions = [mention for mention in mentions if not _only_sold(lines[mention.line])] or mentions  # Phi-4-o1
    derived = [mention for mention in mentions if not _starts_others(draft, mention)] or mentions
    sees = next((mention for mention in mentions if "vision" in lines[mention.line].roles), None)
    others = derived is not mentions and any("vision" in lines[mention.line].roles for mention in derived)
    if sees is not None and (sees is mentions[0] or _starts_others(draft, mentions[0])) and not others:
        return sees  # who can see is made from who can write: llava-v1.6-vicuna, llama3-llava-next-8b
    publisher = draft.fields.get("publisher")
    own = next((mention for mention in derived if publisher in lines[mention.line].publishers), None)
    if (
        own is None
        and derived is mentions
        and len(mentions) > 1
        and mentions[0].generation
        and mentions[1].follows == mentions[0].line
    ):
        return mentions[1]  # Llama-3.1-Nemotron-70B: the line behind the number was made from the first
    return own or derived[0]


def _starts_others(draft: ReadingDraft, mention: FamilyMention) -> bool:
    """Whether a line is one that other makers start from, and no tuned model itself."""
    line = draft.vocabulary.lines[mention.line]
    return line.foundation and "instruct" not in line.roles


def _only_sold(line: Line) -> bool:
    """Return whether a maker publishes no weights of a line."""
    return line.maker is not None and not line.publishers and line.based_on is None


def _names_finetune(
    draft: ReadingDraft, explained: list[Meaning], first: FamilyMention, mention: FamilyMention
) -> bool:
    """Return whether the name of a line, after another line, is only that of a fine-tune, as unknown words are.

    No account is known to publish it, or it is an ordinary word after an abbreviated line: L3.3-Electra-R1-70b isn't ELECTRA.
    """
    line = draft.vocabulary.lines[mention.line]
    if line.based_on is not None or line.task is not None:
        return False
    if line.maker is None and not line.publishers:
        return True
    costs = {meaning.value: meaning.cost for meaning in explained if meaning.field == "family"}
    abbreviated = costs.get(first.line, 0.0) >= COSTS_LIKE_ABBREVIATION
    return (
        abbreviated and SPEAKS_FOR_ITSELF <= costs.get(mention.line, 0.0) < COSTS_LIKE_ABBREVIATION and not line.roles
    )


def _as_written(draft: ReadingDraft, paths: list[Path], mention: FamilyMention) -> str:
    """The name of a line as the text writes it, with the unknown words right before it: Cu-Mai."""
    begin: int | None = None
    for start, end, meaning in (piece for path in paths for piece in path.meanings()):
        if meaning.field == "family" and meaning.value == mention.line:
            return draft.name[start if begin is None else begin : end]
        if meaning.field is None:
            begin = start if begin is None else begin
        elif meaning.field != "separator":
            begin = None
    return mention.line


def _ancestors(draft: ReadingDraft, explained: list[Meaning], main: FamilyMention, others: list[FamilyMention]) -> None:
    lines = draft.vocabulary.lines
    if others and "distillation" in draft.lineage.get("method", ()):
        draft.lineage["teacher"] = "-".join(filter(None, (main.line, draft.fields.get("edition"))))
    base = _base(draft, main, others) if others else None
    if base is not None:
        draft.lineage.setdefault("base_family", base.line)
        draft.lineage.setdefault("base_generation", base.generation)
        if _lends_its_name(draft, main, base) and surely_means(base, explained):
            draft.lineage.setdefault("teacher", main.full_name)
    elif lines[main.line].based_on is not None:
        draft.lineage.setdefault("base_family", lines[main.line].based_on)
    abbreviated = {m.value for m in explained if m.field == "family" and m.cost >= COSTS_LIKE_ABBREVIATION}
    for other in others:
        if (other is not base or base.line in abbreviated) and lines[other.line].foundation:
            _forget(draft, explained, other, [main])


def _lends_its_name(draft: ReadingDraft, main: FamilyMention, base: FamilyMention) -> bool:
    """Return whether a line that others start from comes before the one with the weights, which then learned from its answers.

    `DeepSeek-R1-0528-Qwen3-8B` is such a name, `Llama-3.1-Nemotron-70B` isn't.
    """
    lines = draft.vocabulary.lines
    own, other = lines[main.line], lines[base.line]
    if not main.editions or own.roles or not _starts_others(draft, main) or draft.fields.get("file_role") == "draft":
        return False
    first = next(iter(draft.mentions)) == main.line and base.follows is None
    return first and own.maker != other.maker and own.based_on is None and other.task is None and _has_page(draft)


def _base(draft: ReadingDraft, main: FamilyMention, others: list[FamilyMention]) -> FamilyMention | None:
    """The line that the weights come from.

    Of two lines that others start from the one with the size has the weights: `DeepSeek-R1-0528-Qwen3-8B`, but not
    `Qwen3.5-9B-DeepSeek-V4-Flash`, which says nothing of what the other one did.
    """
    lines = draft.vocabulary.lines
    others = [mention for mention in others if not is_closed(draft, mention)]
    base = next((mention for mention in others if lines[mention.line].foundation), None)
    tuned = "instruct" in lines[main.line].roles
    sees = "vision" in lines[main.line].roles
    if base is None and (tuned or sees):  # OpenBuddy-Falcon3-10B, blip2-flan-t5-xl
        near = (mention for mention in others if not mention.behind_size and not lines[mention.line].task)
        return next((mention for mention in near if sees or not lines[mention.line].roles), None)
    if base is None or sees or not _starts_others(draft, main):
        return base
    return base if not base.behind_size or main.follows == base.line else None

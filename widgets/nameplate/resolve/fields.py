"""From the pieces of a name to a reading: which size is the total, which line is the family and which the base."""

from __future__ import annotations

import dataclasses

from ..address.kinds import NOT_A_MODEL, kind_of, role_of
from ..address.parts import AROUND, Address
from ..address.tail import BUNDLE
from ..lattice.search import Path
from ..reading import FieldValue, Lineage, ReadOnlyDict
from ..recent import kept_for_each
from ..vocabulary.lookup import Line, Vocabulary
from ..vocabulary.meaning import Meaning
from .catalogue import fill_from_catalogue, fill_openness
from .draft import FamilyMention, ReadingDraft
from .family_rules import Rule, edition_words, order_date, rule_for
from .known_models import is_host_word, is_size_of_some, parts_of
from .lineage import name_family
from .original import fill_from_original
from .quantization import LABELS, OF_LABELS, fill_storage
from .roles import fill_roles, forget_reasoning_of_merge
from .teacher import FROM

# Fields that may be said several times, each adding to a list.
LISTS = frozenset(("modalities", "languages", "lineage.method", "lineage.modifications", "lineage.parents"))
# Files that hold no whole model: what a plain name of the family means does not hold for them.
PARTS_OF_A_MODEL = frozenset(("draft", "mmproj", "adapter", "vocab", "encoder", "imatrix"))
ADAPTERS = frozenset(("LoRA", "DoRA", "rsLoRA"))  # methods that leave a small file beside the model
STAGE_RANK = {"instruct": 3, "chat": 3, "reasoning": 2, "base": 1}
OF_MODELS = ("stage", "reasoning", "task")
OF_LINE = frozenset(("family", "generation", "edition"))
# What names of closed models say. Other fields show that people made a model of their own and named it after one.
OF_CLOSED_MODELS = frozenset((
    "family", "generation", "edition", "size_class", "version", "date", "release_stage", "alias", "stage", "reasoning",
    "context", "revision",
))  # fmt: skip
WIDTHS = frozenset(("quant", "bits"))
# Fields that a name may fill several times, or that belong to the lineage; all others keep their first value.
MULTI_VALUED = LISTS | {"roles"} | {f"lineage.{ancestor.name}" for ancestor in dataclasses.fields(Lineage)}
MOST_LINEAGES = 512  # that are kept: most are of the same few dozen, such as what was only quantized
FEWEST_TUNED = 0.001  # billions: nobody tunes or quantizes a language model of fewer than a million parameters
FEWEST_BILLIONS, LIKE_EXAMPLES = 0.01, 0.1  # beside a large size, a few millions count examples: Instruct-3M-Llama3-8B


def resolve(draft: ReadingDraft, paths: list[Path], catalogue: bool) -> dict[str, FieldValue]:
    """All that is known from the address and the best paths through its regions: the keys of a reading that it says."""
    vocabulary, fields = draft.vocabulary, draft.fields
    explained = paths[0].explained if len(paths) == 1 else [meaning for path in paths for meaning in path.explained]
    fields_seen = {meaning.field for meaning in explained}
    _apply_meanings(draft, explained)
    if draft.stages_of_editions:
        forget_reasoning_of_merge(draft, explained)
    if draft.stages or draft.stages_of_editions:
        _stage(draft)
    for name in draft.mentions:
        draft.put("task", vocabulary.lines[name].task, "family")
    for key, value in draft.publisher_implies():
        draft.put(key, value)
    name_family(draft, paths, explained, fields_seen)
    fill_storage(draft, paths, fields_seen)
    family = fields.get("family")
    line = vocabulary.lines.get(family or "")
    rule = rule_for(vocabulary, family, fields.get("generation") or fields.get("version"), fields.get("edition"))
    if draft.sizes:
        _sizes(draft, rule)
    if draft.dates:
        order = (rule.dates if rule else None) or (line.dates if line else None)
        _dates(draft, order)
    if not ADAPTERS.isdisjoint(draft.lineage.get("method", ())) and "merged" not in draft.lineage.get(
        "modifications", ()
    ):
        if fields.get("file_role") == "main":  # of whatever is in such a file
            draft.take_back(("file_role",))
        draft.put("file_role", "adapter")
    whole = fields.get("file_role") not in PARTS_OF_A_MODEL
    complete = whole and all(path.complete for path in paths)
    own = complete and _own(draft, line)
    applied = rule is not None and own and _plain_name(draft, rule)
    if draft.fields.get("file_role") == "draft":
        draft.roles.clear()  # they and the stage are those of the model that it drafts for
        draft.take_back(("stage", "reasoning"))
    elif line is not None and "instruct" in line.roles:
        _tuned_line(draft)
    if catalogue and whole:
        parts = parts_of(paths)
        fill_from_catalogue(draft, parts)
        fill_from_original(draft, parts)
    fill_openness(draft, rule, names_it_alone=complete and fields_seen <= OF_CLOSED_MODELS)
    _say_kind(draft, fields_seen)
    fill_roles(draft)
    draft.rule, draft.applied = rule, applied and _means_plain_name(draft, rule)
    return _known(draft)


def _say_kind(draft: ReadingDraft, fields_seen: set[str | None]) -> None:
    """Say what was pasted, and take back what its address only seemed to say."""
    address, fields = draft.address, draft.fields
    if address.platform == "huggingface" and not address.local and "host" not in fields and not _is_on_hub(draft):
        draft.address = address._replace(platform="unknown")  # google/gemini-2.5-flash only looks like the hub's
    if address.platform == "gguf-file":
        draft.put("file_role", "main", "name")
    kind = fields["kind"] = kind_of(address, fields, draft.name, draft.vocabulary, explained=bool(fields_seen - {None}))
    if kind == "dataset":  # its name says what it is for, and not what a model can do
        draft.roles.clear()
        draft.take_back(OF_MODELS)
    if kind == NOT_A_MODEL and address.kind is None:
        draft.take_back(("publisher", "repo", "file", "tag", "family", "generation"))


def _is_on_hub(draft: ReadingDraft) -> bool:
    """Return whether `publisher/name` can be a repository of the hub: the weights are open, and the account is one there."""
    if draft.fields.get("open_weights") is False:
        return False
    line = draft.vocabulary.lines.get(draft.fields.get("family") or "")
    return draft.hub_name is not None or not is_host_word(draft.vocabulary, line, draft.fields.get("publisher", ""))


def begin(name: str, address: Address, vocabulary: Vocabulary) -> ReadingDraft:
    """A reading begun with what its address says."""
    draft = ReadingDraft(name, address, vocabulary)
    for key, value in address.implies:
        draft.put(key, value)
    for part in address.parts:
        if part.field in AROUND:
            continue
        if part.field == "publisher" and part.field in draft.fields:
            draft.put("host", draft.fields.pop("publisher"))
        draft.put(part.field, part.value)
    for origin in address.origins:
        draft.put("publisher", origin.value)
    wholes = {cut: (start, end) for cut, start, end in address.wholes} if address.wholes else {}
    for start, end, kind in address.regions:
        if kind != "option":
            begin, stop = wholes.get(start, (start, end))
            draft.put(kind, name[begin:stop] or None)
    if "file" in draft.fields:
        draft.put("file_role", role_of(draft.fields["file"]))
        if BUNDLE.search(draft.fields["file"]):
            draft.put("repo", draft.fields["file"])  # a folder with files of its own
    return draft


def _apply_meanings(draft: ReadingDraft, explained: list[Meaning]) -> None:
    """Take in what the pieces mean, from left to right. What must be weighed against other parts of the name waits."""
    latest: FamilyMention | None = None
    before: FieldValue = None
    student = False  # whether the latest line follows a word for distillation
    for field, value, _, _, _, _, roles, sets, _ in explained:
        for role in roles:
            draft.roles[role] = None
        if field in OF_LINE:
            latest = _apply_line(draft, latest, field, value)
            student = student or (field == "family" and "distillation" in draft.lineage.get("method", ()))
        elif field == "params_b":  # a pruned or distilled model comes before the one it was made from
            own = (
                before in ("distillation", "draft")
                or before in draft.vocabulary.shrinking
                or (student and not FROM.search(draft.name))
            )
            draft.has_own_size = draft.has_own_size or own
            draft.sizes.insert(0 if own else len(draft.sizes), value)
        elif field == "stage":
            draft.stages.append(value)
        elif field == "date":
            draft.dates.append(value)
        elif field in MULTI_VALUED:
            draft.tuned = draft.tuned or (field == "lineage.method" and "instruct" in roles)
            _add_part(draft, field, value)
        elif field is not None and field not in WIDTHS:
            draft.put(field, value)
        if sets:
            _set(draft, field, sets)
        before = value


def _apply_line(
    draft: ReadingDraft, latest: FamilyMention | None, field: str | None, value: str
) -> FamilyMention | None:
    """Take in the name of a line, or a generation or an edition of the latest one; give back the latest one."""
    if field == "family":
        latest = draft.mentions.get(value)
        if latest is None:
            latest = draft.mentions[value] = FamilyMention(value)
    elif field == "edition":
        draft.put("edition", value)
        if latest is not None:
            latest.add_edition(value)
    elif latest is not None and latest.counts_edition(draft.vocabulary.lines):
        draft.put("version", value)
    elif latest is not None and latest.generation is None:
        latest.generation = value
        draft.number_behind_edition = draft.number_behind_edition or bool(latest.editions)
    elif latest is None:
        draft.opening_generation = draft.opening_generation or value
    elif value != latest.generation:  # a file repeats the one of its repository
        draft.loose_generation = draft.loose_generation or value
    return latest


def _stage(draft: ReadingDraft) -> None:
    """Fill the last stage that the name says; a model tuned by a method only started from a base: Llama-3-Base-8B-SFT.

    A base model that is named after a reasoning edition is still a base model.
    """
    base_of_edition = "base" in draft.stages and draft.stages_of_editions and not draft.tuned
    stages = draft.stages if base_of_edition else draft.stages + draft.stages_of_editions
    if base_of_edition:
        draft.fields.pop("reasoning", None)  # which the edition learns later
        draft.sources.pop("reasoning", None)
        draft.roles.pop("reasoning", None)
    if draft.tuned:
        stages = [stage for stage in stages if stage != "base"]
    if stages:
        draft.put("stage", max(stages, key=_stage_rank))


def _stage_rank(stage: str) -> int:
    return STAGE_RANK.get(stage, 0)


def _set(draft: ReadingDraft, field: str | None, sets: tuple[tuple[str, FieldValue], ...]) -> None:
    """Take in what a meaning says besides its own field. What a label of a quantization says is weighed later."""
    for key, value in sets:
        if key == "params_b":
            if field in OF_LINE:
                draft.sizes.append(value)
        elif key == "family":  # ggml-base: a word that only the files of one line have
            _apply_line(draft, None, key, value)
        elif field == "family" and key == "edition":  # minicpmv: the line and its edition in one word
            _apply_line(draft, next(reversed(draft.mentions.values()), None), key, value)
        elif (field == "family" and key not in ("size_class", "task", "stage", "reasoning", "languages")) or (
            field in WIDTHS and key in OF_LABELS
        ):
            continue
        elif key == "stage":
            (draft.stages_of_editions if field == "edition" else draft.stages).append(value)
        elif key in MULTI_VALUED:
            _add_part(draft, key, value)
        elif key not in WIDTHS:
            draft.put(key, value)


def _add_part(draft: ReadingDraft, field: str, value: FieldValue) -> None:
    """Add to what may be said several times, or to the lineage."""
    values = value if isinstance(value, tuple) else (value,)
    if field == "roles":
        draft.roles.update(dict.fromkeys(values))
    elif field not in LISTS:
        draft.lineage.setdefault(field[8:], value)
    elif field.startswith("lineage."):
        known = draft.lineage.setdefault(field[8:], [])
        known += [item for item in values if item not in known]
    else:
        draft.add(field, values)


def _sizes(draft: ReadingDraft, rule: Rule | None) -> None:
    sizes = list(dict.fromkeys(draft.sizes))  # a repository and its file repeat them
    if min(sizes) < FEWEST_TUNED and _tuned_or_quantized(draft):
        sizes = [size for size in sizes if size >= FEWEST_TUNED]
    if len(sizes) > 1 and max(sizes) >= LIKE_EXAMPLES:
        sizes = [size for size in sizes if size >= FEWEST_BILLIONS]
    mixture = "active_params_b" not in draft.fields and ("experts" in draft.fields or "moe" in draft.name.lower())
    if len(sizes) == 2 and sizes[0] < sizes[1] and mixture:
        draft.put("active_params_b", sizes[0])
        sizes = sizes[1:]
    if sizes and _is_size_of_original(draft, sizes[0]):
        return  # how much was left isn't known
    if sizes and rule is not None and rule.sizes_are_active and draft.fields.get("active_params_b") is None:
        draft.put("active_params_b", sizes[0])
    elif sizes:
        draft.put("params_b", sizes[0])


def _is_size_of_original(draft: ReadingDraft, size: float) -> bool:
    """Return whether a size is that of the model from which parts were removed: Qwen3.8-2.4T-A95B-REAP-50."""
    shrunk = not draft.vocabulary.shrinking.isdisjoint(draft.lineage.get("modifications", ()))
    return shrunk and not draft.has_own_size and is_size_of_some(draft.vocabulary, draft.fields.get("family"), size)


def _tuned_or_quantized(draft: ReadingDraft) -> bool:
    """Whether a few thousand cannot be the size: they count examples or steps where a model was tuned or quantized."""
    return not LABELS.isdisjoint(draft.fields) or any(
        "instruct" in draft.vocabulary.lines[name].roles for name in draft.mentions
    )


def _dates(draft: ReadingDraft, order: str | None) -> None:
    for value in draft.dates:
        draft.put("date", order_date(value, order)[0] if value.isdecimal() else value)


def _own(draft: ReadingDraft, line: Line | None) -> bool:
    """Return whether a name gives no ancestor but the line that its own always starts from, as Vicuna starts from Llama."""
    if draft.mentions_others or _tuned_for_language(draft, line):
        return False
    lineage = {key: value for key, value in draft.lineage.items() if not _keeps_training(draft, key, value)}
    return not lineage or (line is not None and lineage == {"base_family": line.based_on})


def _keeps_training(draft: ReadingDraft, key: str, value: FieldValue) -> bool:
    """Whether this part of the lineage leaves the training of the model as it was, as quantization does."""
    known = draft.vocabulary.keeps_training
    return isinstance(value, list) and all((f"lineage.{key}", item) in known for item in value)


def _tuned_for_language(draft: ReadingDraft, line: Line | None) -> bool:
    """Return whether an account other than the maker's names a language: a sign of further training to an unknown stage."""
    publisher = draft.fields.get("publisher")
    return (
        "languages" in draft.lists and publisher is not None and line is not None and publisher not in line.publishers
    )


def _plain_name(draft: ReadingDraft, rule: Rule) -> bool:
    """Whether the maker's own name carries no stage, so that what the family means by that applies; and apply it."""
    if rule.plain is None or draft.fields.get("stage") or draft.fields.get("task") not in (None, "text"):
        return False
    if _names_other_training(draft, rule):
        return False
    stage, reasoning, task, *_ = rule.plain
    if stage == "base" and draft.is_served:
        _alias_of_tuned(draft, rule)
        return False
    if stage == "base" and draft.is_written_by_hand(rule.slug):
        return False  # people mean the model that answers as often as the plain one
    stage, reasoning = _by_date(draft, rule, stage, reasoning)
    draft.put("stage", stage, "family")
    if draft.fields.get("reasoning") is None:
        draft.put("reasoning", reasoning, "family")
    draft.put("task", task, "family")
    return True


def _means_plain_name(draft: ReadingDraft, rule: Rule | None) -> bool:
    """Whether the name leaves to the rule how it thinks: Thinking makes a name another one than the plain name."""
    thinks = rule.plain[1] if rule is not None and rule.plain is not None else None
    return draft.sources.get("reasoning") != "name" or draft.fields.get("reasoning") == thinks


def _by_date(
    draft: ReadingDraft, rule: Rule, stage: str | None, reasoning: bool | str | None
) -> tuple[str | None, bool | str | None]:
    """What the plain name means if the family has a rule for its date: Qwen3's of 2507 no longer think by choice."""
    for word, dated_stage, dated_reasoning, _ in rule.suffixes:
        if word.removeprefix("-") in draft.dates:
            return dated_stage or stage, reasoning if dated_reasoning is None else dated_reasoning
    return stage, reasoning


def _names_other_training(draft: ReadingDraft, rule: Rule) -> bool:
    """Return whether the edition is one of the family's suffixes for further training without a stage.

    What the page says of a plain name holds for each edition that it is about: Coder-Next.
    """
    edition = draft.fields.get("edition")
    if edition is not None and edition in rule.editions and ("-" in edition or _is_plain(draft, rule, edition)):
        return False
    named = {f"-{word}".lower() for word in edition_words(edition)}
    return any(word.lower() in named and stage is None for word, stage, *_ in rule.suffixes)


def _is_plain(draft: ReadingDraft, rule: Rule, edition: str) -> bool:
    """Return whether the page has a variant of this edition whose stage is that of a plain name: GLM-4.5-Air."""
    stage = ("stage", rule.plain[0] if rule.plain is not None else None)
    catalogue, named = draft.vocabulary.catalogue, f"-{edition.lower()}"
    keys = draft.vocabulary.catalogued_on.get(rule.slug, ())
    return any(key.endswith(named) and stage in catalogue[key][2] for key in keys)


def _alias_of_tuned(draft: ReadingDraft, rule: Rule) -> None:
    """Where models are served, the plain name means the tuned one, if the family has one; models for code also complete."""
    tuned = next((stage for _, stage, *_ in rule.suffixes if stage in ("instruct", "chat")), None)
    copied = draft.address.platform == "ollama" and "publisher" in draft.fields
    if tuned is not None and not copied and "code" not in draft.roles:
        draft.put("stage", tuned, "family")


def _tuned_line(draft: ReadingDraft) -> None:
    """Lines of which every model is tuned say so themselves: Zephyr, Hermes."""
    if not draft.fields.get("stage") and draft.fields.get("task") in (None, "text"):
        draft.put("stage", "instruct", "family")


def _known(draft: ReadingDraft) -> dict[str, FieldValue]:
    known = draft.fields.copy()
    known["name"] = draft.name
    known["sources"] = ReadOnlyDict(draft.sources)
    if draft.lineage:
        known["lineage"] = _lineage(draft)
    known["platform"] = draft.address.platform
    for key, values in draft.lists.items():
        known[key] = tuple(values)
    known["roles"] = tuple(draft.roles)
    return known


def _lineage(draft: ReadingDraft) -> Lineage:
    ancestors = [
        (key, tuple(value) if isinstance(value, list) else value) for key, value in draft.lineage.items() if value
    ]
    return _lineage_of(draft.vocabulary, *ancestors)


@kept_for_each(MOST_LINEAGES)
def _lineage_of(_: Vocabulary, *ancestors: tuple[str, FieldValue]) -> Lineage:
    return Lineage(**dict(ancestors))

"""From the pieces of a name to a reading: which size is the total, which line is the family and which the base."""

from __future__ import annotations

import dataclasses
from typing import Any

from ..address.parts import Address
from ..lattice.search import Path
from ..reading import Lineage
from ..vocabulary.lookup import Line, Vocabulary
from ..vocabulary.meaning import Meaning
from .draft import Assembly, Head
from .family_rules import facts_about, line_of, order_date, rule_for
from .lineage import FROM, name_family
from .quantization import LABELS, fill_quantization

# Fields that may be said several times, each adding to a list.
LISTS = frozenset(("modalities", "languages", "lineage.method", "lineage.modifications", "lineage.parents"))
STAGE_RANK = {"instruct": 3, "chat": 3, "reasoning": 2, "base": 1}
OF_LINE = frozenset(("family", "generation", "edition"))
WIDTHS = frozenset(("quant", "bits"))
# What is said several times, or stands inside the lineage; all else is said by the first who says it.
SAID_IN_PARTS = LISTS | {"roles"} | {f"lineage.{ancestor.name}" for ancestor in dataclasses.fields(Lineage)}
SHRUNK = frozenset(("pruned", "reap", "ream", "sparse", "distillation"))  # what makes a smaller model of another one
FEWEST_TUNED = 0.001  # billions: nobody tunes or quantizes a language model of fewer than a million parameters
FEWEST_BILLIONS, LIKE_EXAMPLES = 0.01, 0.1  # beside a large size, a few millions count examples: Instruct-3M-Llama3-8B


def complete(made: Assembly, paths: list[Path], catalogue: bool) -> dict[str, Any]:
    """All that is known from the address and the best paths through its regions: the keys of a reading that it says."""
    address, vocabulary, fields = made.address, made.vocabulary, made.fields
    said = paths[0].said if len(paths) == 1 else [meaning for path in paths for meaning in path.said]
    told = {meaning.field for meaning in said}
    _hear(made, said)
    if made.stages:
        _stage(made)
    for name in made.heads:
        made.put("task", vocabulary.lines[name].task, "family")
    if "publisher" in fields:
        for key, value in vocabulary.publishers.get(fields["publisher"].lower(), ()):
            made.put(key, value)  # mlx-community publishes nothing but MLX
    name_family(made, paths, said, told)
    if not LABELS.isdisjoint(told):  # the file and the tag tell more closely than the repository
        fill_quantization(
            made, [meaning for path in reversed(paths) for meaning in path.said if meaning.field in LABELS]
        )
    if made.sizes:
        _sizes(made)
    family = fields.get("family")
    line = vocabulary.lines.get(family)
    rule = rule_for(vocabulary, family, fields.get("generation") or fields.get("version"), fields.get("edition"))
    if made.dates:
        order = (rule.dates if rule else None) or (line.dates if line else None)
        _dates(made, order)
    applied = (
        rule is not None and _own(made, line) and all(path.understood for path in paths) and _plain_name(made, rule)
    )
    if line is not None and "instruct" in line.roles:
        _tuned_line(made)
    if catalogue and address.platform != "ollama":
        _catalogue(made)
    if address.platform == "gguf-file":
        made.put("file_role", "main", "name")
    _roles(made)
    made.rule, made.applied = rule, applied
    return _known(made)


def read_address(name: str, address: Address, vocabulary: Vocabulary) -> Assembly:
    """A reading begun with what its address says."""
    made = Assembly(name, address, vocabulary)
    for part in address.parts:
        if part.field == "platform":
            continue
        if part.field == "publisher" and part.field in made.fields:
            made.put("host", made.fields.pop("publisher"))
        made.put(part.field, part.value)
    origin = address.origin
    if origin is None:
        for start, end, kind in address.regions:
            made.put(kind, name[start:end] or None)
        return made
    made.put("publisher", origin.value)
    shortened = min((region.start for region in address.regions if region.start > origin.start), default=-1)
    for region in address.regions:
        start = origin.start if region.start == shortened else region.start
        made.put(region.kind, name[start : region.end] or None)
    return made


def _hear(made: Assembly, said: list[Meaning]) -> None:
    """Take in what the pieces mean, from left to right. What must be weighed against other parts of the name waits."""
    latest: Head | None = None
    before: Any = None
    student = False  # whether the latest line stands behind a word that tells of distillation
    for field, value, _, _, _, _, roles, sets, _ in said:
        for role in roles:
            made.roles[role] = None
        if field in OF_LINE:
            latest = _hear_line(made, latest, field, value)
            student = student or (field == "family" and "distillation" in made.lineage.get("method", ()))
        elif field == "params_b":  # a pruned or distilled model stands before the one that it was made from
            own = before in SHRUNK or (student and not FROM.search(made.name))
            made.sizes.insert(0 if own else len(made.sizes), value)
        elif field == "stage":
            made.stages.append(value)
        elif field == "date":
            made.dates.append(value)
        elif field in SAID_IN_PARTS:
            made.tuned = made.tuned or (field == "lineage.method" and "instruct" in roles)
            _add_part(made, field, value)
        elif field is not None and field not in WIDTHS:
            made.put(field, value)
        if sets:
            _set(made, field, sets)
        before = value


def _hear_line(made: Assembly, latest: Head | None, field: str | None, value: str) -> Head | None:
    """Take in the name of a line, or a generation or an edition of the latest one; give back the latest one."""
    if field == "family":
        latest = made.heads.get(value)
        if latest is None:
            latest = made.heads[value] = Head(value)
    elif field == "edition":
        made.put("edition", value)
        if latest is not None and latest.edition is None:
            latest.edition = value
    elif latest is not None and latest.generation is None:
        latest.generation = value
    elif latest is None:
        made.opening_generation = made.opening_generation or value
    else:
        made.loose_generation = made.loose_generation or value
    return latest


def _stage(made: Assembly) -> None:
    """The last stage that the name tells; what was tuned by a method only started from a base: Llama-3-Base-8B-SFT."""
    stages = [stage for stage in made.stages if stage != "base"] if made.tuned else made.stages
    if stages:
        made.put("stage", max(stages, key=_stage_rank))


def _stage_rank(stage: str) -> int:
    return STAGE_RANK.get(stage, 0)


def _set(made: Assembly, field: str | None, sets: tuple[tuple[str, Any], ...]) -> None:
    """Take in what a meaning says besides its own field. What a label of a quantization says is weighed later."""
    for key, value in sets:
        if key == "params_b":
            if field in OF_LINE:
                made.sizes.append(value)
        elif (field == "family" and key != "size_class") or (field in WIDTHS and key in LABELS):
            continue
        elif key == "stage":
            made.stages.append(value)
        elif key in SAID_IN_PARTS:
            _add_part(made, key, value)
        elif key not in WIDTHS:
            made.put(key, value)


def _add_part(made: Assembly, field: str, value: Any) -> None:
    """Add to what may be said several times, or to the lineage."""
    values = value if isinstance(value, tuple) else (value,)
    if field == "roles":
        made.roles.update(dict.fromkeys(values))
    elif field not in LISTS:
        made.lineage.setdefault(field[8:], value)
    elif field.startswith("lineage."):
        known = made.lineage.setdefault(field[8:], [])
        known += [item for item in values if item not in known]
    else:
        made.add(field, values)


def _sizes(made: Assembly) -> None:
    sizes = made.sizes
    if min(sizes) < FEWEST_TUNED and _tuned_or_quantized(made):
        sizes = [size for size in sizes if size >= FEWEST_TUNED]
    if len(sizes) > 1 and max(sizes) >= LIKE_EXAMPLES:
        sizes = [size for size in sizes if size >= FEWEST_BILLIONS]
    mixture = "active_params_b" not in made.fields and ("experts" in made.fields or "moe" in made.name.lower())
    if len(sizes) == 2 and sizes[0] < sizes[1] and mixture:
        made.put("active_params_b", sizes[0])
        sizes = sizes[1:]
    if sizes:
        made.put("params_b", sizes[0])


def _tuned_or_quantized(made: Assembly) -> bool:
    """Whether a few thousand cannot be the size: they count examples or steps where a model was tuned or quantized."""
    return not LABELS.isdisjoint(made.fields) or any(
        "instruct" in made.vocabulary.lines[name].roles for name in made.heads
    )


def _dates(made: Assembly, order: str | None) -> None:
    for value in made.dates:
        made.put("date", order_date(value, order)[0] if value.isdecimal() else value)


def _own(made: Assembly, line: Line | None) -> bool:
    """Whether a name tells of no ancestor but the line that its own always starts from, as Vicuna starts from Llama."""
    if made.mentions_others or _tuned_for_language(made, line):
        return False
    lineage = {key: value for key, value in made.lineage.items() if value != ["quantized"]}  # which is no other model
    return not lineage or (line is not None and lineage == {"base_family": line.based_on})


def _tuned_for_language(made: Assembly, line: Line | None) -> bool:
    """Whether somebody else than the maker names a language: that says of further training, but not to which stage."""
    publisher = made.fields.get("publisher")
    return "languages" in made.lists and publisher is not None and line is not None and publisher not in line.publishers


def _plain_name(made: Assembly, rule: Any) -> bool:
    """Whether the maker's own name carries no stage, so that what the family means by that applies; and apply it."""
    if rule.plain is None or made.fields.get("stage") or made.fields.get("task") not in (None, "text"):
        return False
    if _names_other_training(made, rule):
        return False
    stage, reasoning, task, *_ = rule.plain
    if stage == "base" and made.address.platform == "ollama":
        _alias_of_tuned(made, rule)
        return False
    made.put("stage", stage, "family")
    if made.fields.get("reasoning") is None:
        made.put("reasoning", reasoning, "family")
    made.put("task", task, "family")
    return True


def _names_other_training(made: Assembly, rule: Any) -> bool:
    """Whether the edition is one of the family's suffixes that tell of further training, but not of a stage."""
    suffix = f"-{made.fields.get('edition')}".lower()
    return any(word.lower() == suffix and stage is None for word, stage, *_ in rule.suffixes)


def _alias_of_tuned(made: Assembly, rule: Any) -> None:
    """In Ollama's library the plain name is an alias of the tuned model, where the family has one; code is completed."""
    tuned = next((stage for _, stage, *_ in rule.suffixes if stage in ("instruct", "chat")), None)
    if tuned is not None and "publisher" not in made.fields and "code" not in made.roles:
        made.put("stage", tuned, "family")


def _tuned_line(made: Assembly) -> None:
    """Lines of which every model is tuned say so themselves: Zephyr, Hermes."""
    if not made.fields.get("stage") and made.fields.get("task") in (None, "text"):
        made.put("stage", "instruct", "family")


def _catalogue(made: Assembly) -> None:
    """Fill what is known of exactly this model, which goes before the family's rule.

    Ollama's names are short for other models than the hub's.
    """
    repo = made.fields.get("repo")
    if not repo:
        return
    known = facts_about(made.vocabulary, repo, made.fields.get("publisher"))
    if known is None:
        return
    facts, _, page = known
    if "family" not in made.fields:  # embed-v4.0 is called after what it does
        made.put("family", line_of(made.vocabulary, page), "catalogue")
    for key, value in facts:
        if key == "released":
            _complete_date(made, value)
        elif isinstance(value, tuple):
            if key not in made.lists:
                made.add(key, value, "catalogue")
        else:
            if made.sources.get(key) == "family":
                made.fields.pop(key, None)
            made.put(key, value, "catalogue")


def _complete_date(made: Assembly, released: str) -> None:
    """A month and a day in the name get their year from the day of the release, if that is the same day."""
    if (made.fields.get("date") or "").startswith("--") and released.endswith(made.fields["date"][1:]):
        made.fields["date"] = released
        made.sources["date"] = "catalogue"


STAGE_ROLES = {"base": "base", "instruct": "instruct", "chat": "instruct", "reasoning": "reasoning"}
TASK_ROLES = frozenset(
    ("embedding", "reranker", "reward", "guard", "asr", "tts", "image-generation", "image-editing", "video-generation", "music-generation",
     "ocr", "audio", "vision")
)  # fmt: skip


def _roles(made: Assembly) -> None:
    fields, roles = made.fields, made.roles
    stage, task, reasoning = fields.get("stage"), fields.get("task"), fields.get("reasoning")
    if stage is not None:
        roles.setdefault(STAGE_ROLES[stage])
    if task in TASK_ROLES:
        roles.setdefault(task)
    for role in made.vocabulary.not_roles.get(task or "", ()):  # titan-embed-image takes pictures and makes none
        roles.pop(role, None)
    if stage != "base":
        roles.pop("base", None)
    else:
        roles.pop("instruct", None)
    for sense in ("vision", "audio"):
        if sense in roles:
            made.add("modalities", (sense,), "family")
    if reasoning is True:
        roles.setdefault("reasoning")
    if reasoning is False:
        roles.pop("reasoning", None)


def _known(made: Assembly) -> dict[str, Any]:
    known = made.fields.copy()
    known["platform"] = made.address.platform
    for key, values in made.lists.items():
        known[key] = tuple(values)
    known["roles"] = tuple(made.roles)
    return known


def lineage(made: Assembly) -> Lineage:
    """Where the weights come from, of a completed reading."""
    ancestors: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in made.lineage.items() if value
    }
    return Lineage(**ancestors)

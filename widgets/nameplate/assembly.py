"""From the pieces of a name to a reading: which size is the total, which line is the family and which the base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from types import MappingProxyType
from typing import Any, NamedTuple

from .address import Address
from .ancestry import name_family
from .families import facts_about, knowledge, order_date, rule_for
from .reader import Path
from .reading import FamilyKnowledge, Lineage
from .vocabulary import Meaning, Vocabulary

# Fields that may be said several times, each adding to a list.
LISTS = {"modalities", "languages", "lineage.method", "lineage.modifications", "lineage.parents"}
STAGE_RANK = {"instruct": 3, "chat": 3, "reasoning": 2, "base": 1}
# What has to be weighed against other parts of the name first.
SETTLED_LATER = frozenset(("family", "generation", "params_b", "quant", "date", "bits"))
# What is said several times, or stands inside the lineage; all else is said by the first who says it.
WEIGHED = LISTS | {"stage", "roles"} | {f"lineage.{ancestor.name}" for ancestor in fields(Lineage)}
QUANTIZED = frozenset(("quant", "bits", "quant_method"))
NO_LABEL = frozenset(("qat", "imatrix"))  # ways to prepare a quantization that are none themselves
SHRUNK = frozenset(("pruned", "reap", "ream", "sparse", "distillation"))  # what makes a smaller model of another one
FEWEST_BILLIONS, LIKE_EXAMPLES = 0.01, 0.1  # beside a large size, a few millions count examples: Instruct-3M-Llama3-8B
# Methods that each pack weights in their own way: a name with two of them does not say which layers have which width.
PACKERS = frozenset(("gptq", "awq", "autoround"))


class Assembly:
    """The fields of one reading as they come together."""

    def __init__(self, name: str, address: Address, vocabulary: Vocabulary) -> None:
        self.name = name
        self.address = address
        self.vocabulary = vocabulary
        self.fields: dict[str, Any] = {}
        self.lists: dict[str, list[Any]] = {}
        self.roles: dict[str, None] = {}
        self.sources: dict[str, str] = {}
        self.lineage: dict[str, Any] = {}

    def put(self, key: str, value: Any, source: str = "name") -> None:
        """Fill a key that is still empty."""
        if value is None or self.fields.get(key) is not None:
            return
        self.fields[key] = value
        self.sources[key] = source

    def add(self, key: str, values: Iterable[Any], source: str = "name") -> None:
        """Add to a list."""
        known = self.lists.setdefault(key, [])
        for value in values:
            if value not in known:
                known.append(value)
                self.sources.setdefault(key, source)


def complete(made: Assembly, paths: list[Path], catalogue: bool) -> dict[str, Any]:
    """All that is known from the address and the best paths through its regions: the keys of a reading that it says."""
    address, vocabulary = made.address, made.vocabulary
    said = paths[0].said if len(paths) == 1 else [meaning for path in paths for meaning in path.said]
    said_of = {meaning.field for meaning in said}
    _read_meanings(made, said)
    for key, value in vocabulary.publishers.get(made.fields.get("publisher", "").lower(), ()):
        made.put(key, value)  # mlx-community publishes nothing but MLX
    name_family(made, paths, said)
    _sizes(made, said)
    if not QUANTIZED.isdisjoint(said_of):  # the file and the tag tell more closely than the repository
        _quantization(made, [meaning for path in reversed(paths) for meaning in path.said])
    generation = made.fields.get("generation") or made.fields.get("version")
    rule = rule_for(vocabulary, made.fields.get("family"), generation, made.fields.get("edition"))
    if "date" in said_of:
        _dates(made, said, rule)
    own = rule is not None and _own(made) and all(path.understood for path in paths)
    applied = own and _plain_name(made, rule)
    _tuned_line(made)
    if catalogue and address.platform != "ollama":
        _catalogue(made)
    if address.platform == "gguf-file":
        made.put("file_role", "main", "name")
    _roles(made)
    return _known(made, knowledge(rule, applied) if rule is not None else None)


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


def _read_meanings(made: Assembly, said: list[Meaning]) -> None:
    stages: list[str] = []
    tasks: list[str | None] = []
    known: dict[Any, Any] = made.fields
    sources: dict[Any, str] = made.sources
    for field, value, _, _, _, _, roles, sets, line in said:
        for role in roles:
            made.roles[role] = None
        if field == "family":
            tasks.append(made.vocabulary.lines[line or ""].task)
            continue
        if field in WEIGHED:
            _apply(made, field, value, stages)
        elif value is not None and field not in SETTLED_LATER and known.get(field) is None:
            known[field] = value
            sources[field] = "name"
        for key, also in sets:
            if not (field in ("quant", "bits") and key in ("bits", "quant_method")):
                _apply(made, key, also, stages)
    if stages:
        made.put("stage", max(stages, key=_stage_rank))
    for task in tasks:
        made.put("task", task, "family")


def _stage_rank(stage: str) -> int:
    return STAGE_RANK.get(stage, 0)


def _apply(made: Assembly, field: str, value: Any, stages: list[str]) -> None:
    if field == "stage":
        stages.append(value)
    elif field in LISTS:
        values = value if isinstance(value, tuple) else (value,)
        if field.startswith("lineage."):
            made.lineage.setdefault(field[8:], [])
            made.lineage[field[8:]] += [item for item in values if item not in made.lineage[field[8:]]]
        else:
            made.add(field, values)
    elif field.startswith("lineage."):
        made.lineage.setdefault(field[8:], value)
    elif field == "roles":
        made.roles.update(dict.fromkeys(value if isinstance(value, tuple) else (value,)))
    elif field not in SETTLED_LATER:
        made.put(field, value)


def _sizes(made: Assembly, said: list[Meaning]) -> None:
    sizes = _sizes_said(said)
    if not sizes:
        return
    mixture = "active_params_b" not in made.fields and ("experts" in made.fields or "moe" in made.name.lower())
    if len(sizes) == 2 and sizes[0] < sizes[1] and mixture:
        made.put("active_params_b", sizes.pop(0))
    made.put("params_b", sizes[0])


def _sizes_said(said: list[Meaning]) -> list[float]:
    """The sizes in order; that of a pruned or distilled model goes before that of the one it was made from."""
    sizes: list[float] = []
    before: Any = None
    for field, value, _, _, _, _, _, sets, _ in said:
        if field == "params_b":
            sizes.insert(0 if before in SHRUNK else len(sizes), value)
        elif sets and field in ("family", "edition"):
            sizes += [also for key, also in sets if key == "params_b"]
        before = value
    if len(sizes) < 2:
        return sizes
    largest = max(sizes)
    return [size for size in sizes if size >= FEWEST_BILLIONS or largest < LIKE_EXAMPLES]


def _quantization(made: Assembly, said: list[Meaning]) -> None:
    """The label that tells most, and how many bits. A mere width (`INT4`, `w4a16`) is a label only beside a format."""
    labels = sorted(_labels(made, said), key=lambda label: -label.rank)
    if not labels:
        return
    first = labels[0]
    if not first.width or _names_format(made) or _names_scheme(made, first):
        made.put("quant", first.value)
        made.put("quant_method", first.sets.get("quant_method"))
    mixed = len({label.sets.get("quant_method") for label in labels} & PACKERS) > 1
    for label in labels:
        for key, value in label.sets.items():
            if key == "quant_method" and first.width:
                continue
            if not (key == "bits" and mixed):
                made.put(key, value)


class _Label(NamedTuple):
    """A label of a quantization: how much it tells, what it says, and whether it is no more than a width in bits."""

    rank: int
    value: str
    sets: dict[str, Any]
    width: bool


def _labels(made: Assembly, said: list[Meaning]) -> Iterator[_Label]:
    for meaning in said:
        sets = dict(meaning.sets)
        method = sets.get("quant_method")
        if meaning.field == "quant":
            yield _Label(_label_rank(method), meaning.value, sets, False)
        elif meaning.field == "bits":
            value = sets.pop("quant", None)
            per_weight = value is not None and method is None and "activation_bits" not in sets  # 3.5bpw names a scheme
            sets["bits"] = meaning.value
            yield _Label(1 if value and not per_weight else 0, value or f"{meaning.value}bit", sets, not per_weight)
        elif (
            meaning.field == "quant_method" and meaning.value not in NO_LABEL and meaning.term in made.vocabulary.terms
        ):
            named = made.vocabulary.terms[meaning.term][0]
            yield _Label(_label_rank(meaning.value), named, {"quant_method": meaning.value, **sets}, False)


def _names_format(made: Assembly) -> bool:
    """Whether the name says what program the weights are packed for, so that a width tells how they are stored."""
    library = made.fields.get("library")
    return "format" in made.fields or "tag" in made.fields or library not in (None, "transformers", "pytorch")


def _names_scheme(made: Assembly, label: _Label) -> bool:
    """Whether both widths stand beside the word quantized (`quantized.w4a16`): so schemes of compressed-tensors are written."""
    return "activation_bits" in label.sets and "quantized" in made.lineage.get("modifications", ())


def _label_rank(method: str | None) -> int:
    """Of several labels in a name one tells most: a GGUF mix before a method before a number format."""
    if method is None:
        return 0
    if method.startswith("gguf"):
        return 3
    return 1 if method.startswith(("fp", "int", "mxfp", "nvfp", "bf", "mlx")) else 2


def _dates(made: Assembly, said: list[Meaning], rule: Any) -> None:
    line = made.vocabulary.lines.get(made.fields.get("family"))
    order = (rule.dates if rule else None) or (line.dates if line else None)
    for meaning in said:
        if meaning.field == "date":
            value = meaning.value
            made.put("date", order_date(value, order)[0] if value.isdecimal() else value)


def _own(made: Assembly) -> bool:
    """Whether a name tells of no ancestor but the line that its own always starts from, as Vicuna starts from Llama."""
    line = made.vocabulary.lines.get(made.fields.get("family", ""))
    return not made.lineage or (line is not None and made.lineage == {"base_family": line.based_on})


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
    line = made.vocabulary.lines.get(made.fields.get("family"))
    if (
        line is not None
        and not made.fields.get("stage")
        and made.fields.get("task") in (None, "text")
        and "instruct" in line.roles
    ):
        made.put("stage", "instruct", "family")


def _catalogue(made: Assembly) -> None:
    """Fill what is known of exactly this model, which goes before the family's rule.

    Ollama's names are short for other models than the hub's.
    """
    repo = made.fields.get("repo")
    if not repo:
        return
    known = facts_about(made.vocabulary, repo, made.fields.get("publisher"))
    for key, value in known[0] if known else ():
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


def _known(made: Assembly, told: FamilyKnowledge | None) -> dict[str, Any]:
    known: dict[str, Any] = {"platform": made.address.platform, **made.fields}
    for key, values in made.lists.items():
        known[key] = tuple(values)
    known["roles"] = tuple(made.roles)
    known["sources"] = MappingProxyType(made.sources)
    known["knowledge"] = told
    if made.lineage:
        ancestors: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in made.lineage.items() if value
        }
        known["lineage"] = Lineage(**ancestors)
    return known

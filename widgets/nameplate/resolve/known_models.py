"""Which catalogued model a name means, also where a host writes it in another way.

Hosts change the order of words, dots, dates and packaging: `anthropic/claude-4.5-sonnet`, `claude-sonnet-4-5@20250929` and
`us.anthropic.claude-sonnet-4-5-20250929-v1:0` are one model. So names are compared by what they say, not by their letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..lattice.chunks import Chunk
from ..lattice.search import Path
from ..lattice.segmentation import EXPLAINED, NUMBER, PARTS, Segmentation
from ..reading import FieldValue
from ..recent import kept_for_each
from ..vocabulary.lookup import Line, Vocabulary
from .family_rules import bare_generation

Part = tuple[str, str]
Facts = tuple[tuple[str, FieldValue], ...]

MOST_LINES = 512  # whose makers stay at hand
MOST_KEPT = 1_024  # models whose facts stay joined: of a list of names, most are of the same few hundred

# What a name says of its packaging, not of the model.
OF_THE_PACKAGING = frozenset((
    "activation_bits", "bits", "device", "endianness", "file_role", "format", "group_size", "library", "quant",
    "quant_method", "shard",
))  # fmt: skip
OF_THE_HOST = frozenset(("host", "revision", "tag"))  # how a host offers it: -maas, -TEE, :free
TUNED = frozenset(("instruct", "chat"))  # two words for the same stage
NUMBERS = frozenset(("generation", "version"))  # the same number may be read as either: DeepSeek-V3, deepseek-3
WORDS = frozenset(("edition", "size_class"))  # and the same word: Mistral Large, voyage-large
# What an id may leave out that the model's full name has, the likeliest first.
LEFT_OUT = (
    frozenset(("date", "release_stage")),
    frozenset((
        "date", "release_stage", "params_b", "active_params_b", "effective_params_b", "experts", "expert_params_b",
        "stage", "context", "train_tokens",
    )),
)  # fmt: skip
SIZE = frozenset(("params_b", "experts"))
WORD = frozenset(("word",))
# What may be said of a model whose exact name is not known, if it holds for all that the name can mean.
SHARED = frozenset((
    "active_params_b", "context", "effective_params_b", "experts", "max_output", "modalities", "open_weights", "params_b",
    "reasoning", "released",
))  # fmt: skip


OF_SNAPSHOT = frozenset(("alias", "date", "release_stage"))
OF_ALL_SNAPSHOTS = frozenset(("modalities", "open_weights", "reasoning"))


class Known(NamedTuple):
    """Facts about a model, and the catalogued models that they were taken from.

    `exact`: the name says all of its parts. `of_page` are the facts that a family's page says of all its models.
    """

    facts: Facts
    names: tuple[str, ...]
    page: str
    exact: bool
    of_page: frozenset[str] = frozenset()


class NameParts(NamedTuple):
    """What the regions of a name say of which model it is, and whether they say how its weights are stored."""

    parts: frozenset[Part]
    packaged: bool


def parts_of(paths: Iterable[Path]) -> NameParts | None:
    """What a name says of which model it is; None where some piece of it was not understood."""
    parts: set[Part] = set()
    packaged = False
    for path in paths:
        if not path.complete:
            return None
        for _, chunk, segmentation in path.segmentations:
            found, stored = chunk.kept.get(segmentation[NUMBER] + PARTS) or _parts_in(chunk, segmentation)
            parts.update(found)
            packaged = packaged or stored
    return NameParts(frozenset(parts), packaged)


def _parts_in(chunk: Chunk, segmentation: Segmentation) -> tuple[tuple[Part, ...], bool]:
    """Return what one segmentation says of which model it is, and whether it says how the weights are stored; keep both."""
    parts: set[Part] = set()
    packaged = False
    for field, value, _, _, _, _, _, sets, _ in segmentation[EXPLAINED]:
        if field == "family":  # Sonnet 4.5: the word for the edition means the line as well
            parts.update(("word", str(given).lower()) for key, given in sets if key == "edition")
        if field in OF_THE_PACKAGING:
            packaged = True
        elif field in NUMBERS:
            parts.add(("number", bare_generation(value)))
        elif field in WORDS:
            parts.add(("word", value.lower()))
        elif field is not None and field not in OF_THE_HOST:
            parts.add((field, str(value)))
    found = chunk.kept[segmentation[NUMBER] + PARTS] = (tuple(parts), packaged)
    return found


def known_model(vocabulary: Vocabulary, family: str | None, parts: frozenset[Part]) -> Known | None:
    """The catalogued model that has these parts, or what all models have in common that the parts can mean."""
    return (
        exact_model(vocabulary, family, parts)
        or known_by_stage(vocabulary, family, parts)
        or known_by_mode(vocabulary, family, parts)
        or _known_by_speed(vocabulary, family, parts)
        or _near_model(vocabulary, family, parts)
        or _known_by_snapshot(vocabulary, family, parts)
    )


def exact_model(vocabulary: Vocabulary, family: str | None, parts: frozenset[Part]) -> Known | None:
    """The catalogued model that has these parts and no other ones."""
    models = vocabulary.models_of(family)
    wanted = _numbered(vocabulary, parts) if models else None
    same = models.get(wanted) if wanted is not None else None
    return _exact(vocabulary, same) if same else None


@kept_for_each(MOST_KEPT)
def _exact(vocabulary: Vocabulary, keys: tuple[str, ...]) -> Known:
    return _shared(vocabulary, keys, exact=True)


def _near_model(vocabulary: Vocabulary, family: str | None, parts: frozenset[Part]) -> Known | None:
    """What the models have in common that the parts can mean, where they leave out what names often leave out."""
    models = vocabulary.models_of(family)
    wanted = _numbered(vocabulary, parts) if models else None
    if wanted is None:
        return None
    rows = [(row, keys) for row, keys in models.items() if wanted <= row]
    sized = not wanted.isdisjoint(vocabulary.parts_about(SIZE))
    for left_out in LEFT_OUT if rows else ():
        allowed = vocabulary.parts_about(left_out)
        near = [key for row, keys in rows if row - wanted <= allowed for key in keys]
        if near:
            return _shared(vocabulary, near, exact=False)
    return _sole_edition(vocabulary, wanted, rows) if sized else None


def _sole_edition(
    vocabulary: Vocabulary, wanted: frozenset[int], rows: list[tuple[frozenset[int], tuple[str, ...]]]
) -> Known | None:
    """Return what the models of the one edition have in common that has this size: Llama 3.2 with 11 billion is Vision.

    An edition that reasons usually has a plain sibling, which may be missing from the catalogue.
    """
    words, left_out = vocabulary.parts_about(WORD), vocabulary.parts_about(LEFT_OUT[-1])
    editions = {row & words - wanted for row, _ in rows}
    near = [key for row, keys in rows if row - wanted - words <= left_out for key in keys]
    known = _shared(vocabulary, near, exact=False) if near and len(editions) == 1 else None
    return None if known is None or dict(known.facts).get("reasoning") is True else known


def _known_by_snapshot(vocabulary: Vocabulary, family: str | None, parts: frozenset[Part]) -> Known | None:
    """Return what all snapshots of a closed model have in common with it: gemini-2.5-pro-preview-06-05 thinks as gemini-2.5-pro does."""
    undated = frozenset(part for part in parts if part[0] not in OF_SNAPSHOT)
    known = exact_model(vocabulary, family, undated) if len(undated) < len(parts) else None
    if known is None or dict(known.facts).get("open_weights") is not False:
        return None
    return known._replace(facts=tuple(fact for fact in known.facts if fact[0] in OF_ALL_SNAPSHOTS), exact=False)


def _numbered(vocabulary: Vocabulary, parts: frozenset[Part]) -> frozenset[int] | None:
    """The numbers of the parts; None if no catalogued model has one of them."""
    numbers = vocabulary.part_numbers
    try:
        return frozenset([numbers[part] for part in parts])
    except KeyError:
        return None


def known_by_stage(vocabulary: Vocabulary, family: str | None, parts: frozenset[Part]) -> Known | None:
    """The catalogued model whose name leaves out the stage that this one gives: deepseek-chat-v3-0324."""
    stages = {value for field, value in parts if field == "stage"}
    if len(stages) != 1:
        return None
    known = exact_model(vocabulary, family, frozenset(part for part in parts if part[0] != "stage"))
    return known if known and same_stage(dict(known.facts).get("stage"), *stages) else None


def known_by_mode(vocabulary: Vocabulary, family: str | None, parts: frozenset[Part]) -> Known | None:
    """Return the hosted model that an id names with a way to run it: `claude-opus-4-1-thinking`, `gpt-5-high`.

    Of models with open weights, the one that always thinks is often another one: Qwen3-30B-A3B-Thinking-2507.
    """
    modes = frozenset(part for part in parts if part[0] == "reasoning")
    known = exact_model(vocabulary, family, parts - modes) if modes else None
    if known is None:
        return None
    facts = dict(known.facts)
    thinks = facts.get("reasoning")
    can = thinks == "hybrid" or (thinks is True and modes == {("reasoning", "True")})
    return known if can and facts.get("open_weights") is False else None


def _known_by_speed(vocabulary: Vocabulary, family: str | None, parts: frozenset[Part]) -> Known | None:
    """Return the open model that a host offers in a faster way: `Llama-3.3-70B-Instruct-Turbo`, `llama-3.1-8b-instant`.

    Where a line has other models under such a word, as GPT and Whisper do, it is one of these. A host runs what answers.
    """
    speeds = parts & vocabulary.speeds
    numbers = _numbered(vocabulary, speeds) if speeds else None
    if not numbers or any(not row.isdisjoint(numbers) for row in vocabulary.models_of(family)):
        return None
    plain = parts - speeds
    tuned = (
        (plain | {("stage", stage)} for stage in sorted(TUNED)) if all(field != "stage" for field, _ in plain) else ()
    )
    found = (exact_model(vocabulary, family, named) for named in (*tuned, plain))
    known = next((model for model in found if model is not None), None)
    if known is None or dict(known.facts).get("open_weights") is not True:
        return None
    return known._replace(exact=False)


def same_stage(one: str | None, other: str) -> bool:
    """Whether two words mean the same stage of training.

    >>> same_stage("instruct", "chat"), same_stage("base", "chat")
    (True, False)
    """
    return one == other or {one, other} <= TUNED


def is_size_of_some(vocabulary: Vocabulary, family: str | None, size: float) -> bool:
    """Return whether names of catalogued models of a line give this size, in billions of parameters."""
    number = vocabulary.part_numbers.get(("params_b", str(size)))
    return number is not None and any(number in row for row in vocabulary.models_of(family))


def made_by_its_maker(vocabulary: Vocabulary, line: Line | None, publisher: str) -> bool:
    """Whether an account, or a word that a host writes in its place, is that of the line's maker: z-ai, moonshotai."""
    bare = _letters(publisher)
    if bare in vocabulary.vendors:
        return True
    return line is not None and bare in _owners(vocabulary, line.line)


@kept_for_each(MOST_LINES)
def _owners(vocabulary: Vocabulary, name: str) -> tuple[str, ...]:
    """The words, by their letters, that mean the maker of a line."""
    line = vocabulary.lines[name]
    maker = line.maker or ""
    return tuple(map(_letters, (line.line, maker, maker.partition(" ")[0], *line.publishers)))


def is_host_word(vocabulary: Vocabulary, line: Line | None, publisher: str) -> bool:
    """Whether hosts write this word for the line's maker, who publishes the line under another account or not at all: meta, xai."""
    if line is None:
        return False
    bare = _letters(publisher)
    own = bare == _letters(line.maker or "")
    if not own and bare not in vocabulary.vendors:
        return False  # as most accounts are
    if publisher.casefold() in map(str.casefold, line.publishers):
        return False
    return own or publisher not in vocabulary.makers


def _letters(text: str) -> str:
    lower = text.lower()
    return lower if lower.isalnum() else "".join(filter(str.isalnum, lower))


def _shared(vocabulary: Vocabulary, keys: Sequence[str], exact: bool) -> Known:
    """The facts that hold for each of the models. Where all have the same parts, they are one under several names."""
    if exact and len(keys) > 1:  # not what was quantized from it, such as Llama-3.2-1B-Instruct-QLORA_INT4_EO8
        keys = [key for key in keys if not any(key.startswith(f"{other}-") for other in keys)]
    rows = {row[0]: row for row in (vocabulary.catalogue[key] for key in keys)}
    all_facts = [dict(row[2]) for row in rows.values()]
    facts = _undisputed(all_facts) if exact else _in_common(all_facts)
    first = next(iter(rows.values()))
    of_page = frozenset(key for row in rows.values() for key in row[4])
    return Known(tuple(facts), tuple(rows), first[1], exact, of_page)


def _undisputed(all_facts: list[dict[str, FieldValue]]) -> Iterator[tuple[str, FieldValue]]:
    """What at least one of them has, and none has otherwise."""
    for key, value in {key: value for facts in all_facts for key, value in facts.items()}.items():
        if all(facts.get(key, value) == value for facts in all_facts):
            yield key, value


def _in_common(all_facts: list[dict[str, FieldValue]]) -> Iterator[tuple[str, FieldValue]]:
    """What all of them have alike, of what may be said of several models."""
    first, *others = all_facts
    return (
        (key, value)
        for key, value in first.items()
        if key in SHARED and all(facts.get(key) == value for facts in others)
    )

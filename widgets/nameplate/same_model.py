"""Whether names mean the same model: a verdict from what their readings say, with the parts that decide it.

The weights decide. A generation, an edition, a size, a stage, or further training make another model; another host, file format,
quantization or spelling doesn't. A key that only one name gives may be left out of the other: what is known of single models,
or of the family, says what the shorter name means, and where nothing does, the verdict stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .reading import CataloguedAs, FieldValue, JsonObject, Reading, catalogued_as
from .resolve.family_rules import bare_generation
from .vocabulary.lookup import vocabulary

Verdict = Literal["same", "repackaged", "different", "undecided"]
Effect = Literal["agrees", "differs", "one-sided", "packaging"]

SIZES = ("params_b", "active_params_b", "effective_params_b", "experts", "expert_params_b")
# A model that has one of these is another one than a model that has not.
MAKES_ANOTHER = frozenset((
    "kind", "generation", "edition", "size_class", "languages", "train_tokens", "checkpoint", "lineage.teacher", "lineage.finetune",
    "lineage.method", "lineage.merge", "lineage.parents", "lineage.modifications",
))  # fmt: skip
PACKAGING = (
    "region", "quant", "quant_method", "bits", "activation_bits", "group_size", "format", "library", "device", "endianness",
)  # fmt: skip
TUNED = frozenset(("instruct", "chat"))  # two words for one stage
ALIASES = frozenset(("date", "alias", "release_stage", "context"))  # what the alias of a closed model leaves out
EXACT = 0.01  # two counts of parameters that differ by less are one
ROUNDED = 0.15  # how far the size in a name may be from the known one: 7B has up to 8.0 billion
USUAL = ((), "model", "text")
ORDER: tuple[Verdict, ...] = ("same", "repackaged", "undecided", "different")


@dataclass(frozen=True, slots=True)
class Reason:
    """One key of two readings: its values, where each comes from, and what that does to the verdict.

    `key` is a key of the reading; words for a size count as words of the edition, and `original` is the catalogued model.
    """

    key: str
    values: tuple[FieldValue, FieldValue]
    sources: tuple[str | None, str | None]
    effect: Effect

    def to_dict(self) -> JsonObject:
        """Return the reason as plain lists and dictionaries, ready for JSON."""
        values = [list(value) if isinstance(value, tuple) else value for value in self.values]
        return {"key": self.key, "values": values, "sources": list(self.sources), "effect": self.effect}


def same_model(readings: Sequence[Reading]) -> tuple[Verdict, tuple[Reason, ...]]:
    """Say whether all readings are of one model, by comparing each with the first; the most distant one decides.

    >>> from nameplate.decoder import decode
    >>> same_model([decode("Qwen/Qwen3-8B"), decode("Qwen3-8B-Q4_K_M.gguf")])[0]
    'repackaged'
    >>> verdict, because = same_model([decode("claude-opus-4"), decode("claude-sonnet-4")])
    >>> verdict, because[0].key, because[0].values
    ('different', 'edition', ('opus', 'sonnet'))
    """
    found = [compare_two(readings[0], other) for other in readings[1:]]
    return max(found, key=lambda one: ORDER.index(one[0]), default=("same", ()))


def compare_two(one: Reading, other: Reading) -> tuple[Verdict, tuple[Reason, ...]]:
    """Say whether two readings are of one model, and which parts decide that."""
    reasons = list(_facets(one, other))
    apart = [reason for reason in reasons if reason.effect in ("differs", "one-sided")]
    known = catalogued_as(one), catalogued_as(other)
    found = _by_catalogue(*known, apart, one, other) or _by_names(apart)
    alone = found == "same" and len(apart) == 1  # gpt-5-chat-latest is gpt-5-chat
    if not alone and _turns_on_an_alias(apart, one, other):
        found = "undecided"
    if found == "same":
        packed = list(_packaging(one, other))
        agreeing = [reason for reason in reasons if reason.effect == "agrees"]
        named = [_of_catalogue(*known)] if known[0].exact and known[1].exact else []
        return ("repackaged", (*packed, *named, *agreeing)) if packed else ("same", (*named, *agreeing))
    if found == "different":
        apart = [reason for reason in apart if reason.effect == "differs"] or apart
        apart = apart or [_of_catalogue(*known)]
    return found, tuple(apart)


def _by_names(apart: Sequence[Reason]) -> Verdict:
    """Return the verdict from the keys alone."""
    if any(reason.effect == "differs" for reason in apart):
        return "different"
    if not apart:
        return "same"
    # What both leave out in turn may be two ways to say the same: mistral-medium-2604 is mistral-medium-3.5-128b.
    sides = {reason.values[0] is None for reason in apart}
    decides = all(_makes_another(reason) for reason in apart) and len(sides) == 1
    return "different" if decides else "undecided"


def _turns_on_an_alias(apart: Sequence[Reason], one: Reading, other: Reading) -> bool:
    """Return whether one name moves to whatever is newest, and nothing that both say themselves differs.

    Ollama's library is left out: the data say which model its tags hold.
    """
    written = [reason for reason in apart if reason.effect == "differs" and reason.sources == ("name", "name")]
    moves = any(reason.key == "alias" and None in reason.values for reason in apart)
    return moves and not written and (one.original is None or other.original is None)


def _makes_another(reason: Reason) -> bool:
    return reason.key in MAKES_ANOTHER and None in reason.values


def _by_catalogue(
    first: CataloguedAs, second: CataloguedAs, apart: Sequence[Reason], one: Reading, other: Reading
) -> Verdict | None:
    """Return the verdict where the catalogue says which models the names mean; None where that leaves it open."""
    names = frozenset(first.names), frozenset(second.names)
    if not names[0] or not names[1]:
        return None
    if first.exact and second.exact:
        if names[0] & names[1]:
            return "same"
        return _of_two_models(first, second, apart, one, other)
    contradict = any(reason.effect == "differs" for reason in apart)  # SorskootLLM-70b is not its -instruct
    if len(names[0]) == len(names[1]) == 1 and names[0] == names[1] and not contradict:
        return "same"  # what one leaves out is known, since there is one model only that it can mean
    return None


def _of_two_models(
    first: CataloguedAs, second: CataloguedAs, apart: Sequence[Reason], one: Reading, other: Reading
) -> Verdict:
    """Two entries of the catalogue are two models, unless one may be the alias of a service for the other."""
    if (
        not apart
    ):  # the decoder sees no difference; two names of one hub are two models, unless they are packed differently
        twice = first.hub != second.hub or any(_packaging(one, other))
        return "same" if twice else "different"
    closed = one.open_weights is False and other.open_weights is False
    if closed and all(reason.key in ALIASES and reason.effect == "one-sided" for reason in apart):
        return "undecided"
    return "different"


def _of_catalogue(first: CataloguedAs, second: CataloguedAs) -> Reason:
    common = sorted(set(first.names) & set(second.names))
    values = (common[0], common[0]) if common else (first.names[0], second.names[0])
    return Reason("original", values, ("catalogue", "catalogue"), "agrees" if common else "differs")


def _facets(one: Reading, other: Reading) -> Iterator[Reason]:
    """Return the keys that say which model it is, those that decide most often first."""
    yield from _one_key("kind", one, other)
    yield from _one_key("family", one, other)
    yield from _number(one, other)
    yield from _words(one, other)
    yield from _sizes(one, other)
    yield from _stage(one, other)
    yield from _one_key("task", one, other)
    yield from _lineage(one, other)
    for key in ("date", "languages", "train_tokens", "checkpoint", "release_stage", "alias", "context"):
        yield from _one_key(key, one, other)
    unknown = [tuple(sorted(text.casefold() for text in reading.unknown)) for reading in (one, other)]
    if unknown[0] != unknown[1]:  # the words may say something about the model, or nothing
        yield Reason("unknown", (unknown[0] or None, unknown[1] or None), (None, None), "one-sided")


def _one_key(key: str, one: Reading, other: Reading) -> Iterator[Reason]:
    values = _value(one, key), _value(other, key)
    if None not in values and key in ALIKE and ALIKE[key](*values):
        values = values[0], values[0]
    yield from _reason(key, values, (_source(one, key), _source(other, key)))


def _value(reading: Reading, key: str) -> FieldValue:
    """Return the value of a key if it says which model it is: that it is a model for text goes without saying."""
    value = getattr(reading, key)
    if value in USUAL or (key == "context" and reading.sources.get(key) != "name"):
        return None
    return value


def _reason(
    key: str, values: tuple[FieldValue, FieldValue], sources: tuple[str | None, str | None]
) -> Iterator[Reason]:
    if values == (None, None) or (None in values and _said_by_none(sources)):
        return
    effect: Effect = "agrees" if values[0] == values[1] else "one-sided" if None in values else "differs"
    yield Reason(key, values, sources, effect)


def _said_by_none(sources: tuple[str | None, str | None]) -> bool:
    """Return whether the value is only a known fact about one of them: that doesn't set the two apart."""
    return any(sources) and "name" not in sources


def _source(reading: Reading, key: str) -> str | None:
    return "name" if key == "date" else reading.sources.get(key)  # of a date, the catalogue only adds the year


def _number(one: Reading, other: Reading) -> Iterator[Reason]:
    """Return the generation, and the version; where one name has one of them alone, its number may be read as either."""
    generation = bare_generation(one.generation) or None, bare_generation(other.generation) or None
    version = bare_generation(one.version) or None, bare_generation(other.version) or None
    if (None in generation) and (None in version):  # V3 is a version here and a generation there
        single = generation[0] or version[0], generation[1] or version[1]
        if None not in single or generation == (None, None) or version == (None, None):
            key = "version" if generation == (None, None) else "generation"
            yield from _reason(key, single, (_source(one, key), _source(other, key)))
            return
    for key, values in (("generation", generation), ("version", version)):
        yield from _reason(key, values, (_source(one, key), _source(other, key)))


def _words(one: Reading, other: Reading) -> Iterator[Reason]:
    """Return the words of the edition and of the size, which may be read as either: the ones that each name has for itself."""
    words = [
        {word for text in (reading.edition, reading.size_class) if text for word in text.lower().split("-")}
        for reading in (one, other)
    ]
    common = words[0] & words[1] if words[0] != words[1] else set()
    values = _joined(words[0] - common), _joined(words[1] - common)
    key = "size_class" if one.edition == other.edition and words[0] != words[1] else "edition"
    sources = [
        _source(reading, "edition") or _source(reading, "size_class") if value is not None else None
        for reading, value in zip((one, other), values, strict=True)
    ]
    yield from _reason(key, values, (sources[0], sources[1]))


def _joined(words: set[str]) -> str | None:
    return "-".join(sorted(words)) or None


def _sizes(one: Reading, other: Reading) -> Iterator[Reason]:
    """Return the sizes; one that is missing beside another that agrees says nothing: 235B-A22B and 235B."""
    found: list[Reason] = []
    for key in SIZES:
        values = getattr(one, key), getattr(other, key)
        sources = _source(one, key), _source(other, key)
        if None not in values and _near(values, sources):
            values = values[0], values[0]
        found += _reason(key, values, sources)
    agrees = any(reason.effect == "agrees" for reason in found)
    yield from (reason for reason in found if not agrees or reason.effect != "one-sided")


def _near(values: tuple[float, float], sources: tuple[str | None, str | None]) -> bool:
    allowed = EXACT if sources[0] == sources[1] else ROUNDED
    return abs(values[0] - values[1]) <= allowed * max(values)


def _stage(one: Reading, other: Reading) -> Iterator[Reason]:
    """Return the stage; a service that switches thinking on for a model that has both ways doesn't make it another one."""
    hybrid = "hybrid" in (one.reasoning, other.reasoning)
    stages = one.stage, other.stage
    if hybrid and "base" not in stages:
        return
    if set(stages) <= TUNED:
        stages = stages[0], stages[0]
    yield from _reason("stage", stages, (_source(one, "stage"), _source(other, "stage")))
    if None in (one.reasoning, other.reasoning):
        return
    yield from _reason(
        "reasoning", (one.reasoning, other.reasoning), (_source(one, "reasoning"), _source(other, "reasoning"))
    )


def _packaging(one: Reading, other: Reading) -> Iterator[Reason]:
    for key in PACKAGING:
        values = getattr(one, key), getattr(other, key)
        if values[0] != values[1]:
            yield Reason(key, values, (_source(one, key), _source(other, key)), "packaging")


def _lineage(one: Reading, other: Reading) -> Iterator[Reason]:
    """Return what the names say of where the weights come from, without the ways to quantize them."""
    for ancestor in one.lineage.__slots__:
        key = f"lineage.{ancestor}"
        values = _ancestor(one, ancestor), _ancestor(other, ancestor)
        sources = tuple("name" if value is not None else None for value in values)
        yield from _reason(key, values, (sources[0], sources[1]))


def _ancestor(reading: Reading, ancestor: str) -> FieldValue:
    value = getattr(reading.lineage, ancestor)
    if reading.sources.get("lineage") == "original":
        return None
    if isinstance(value, tuple):
        value = tuple(item for item in value if (f"lineage.{ancestor}", item) not in vocabulary().repackaging)
    return value or None


def _same_date(one: str, other: str) -> bool:
    """Return whether one date is the other one cut off: 2025-05 and 2025-05-28, --05-28 and 2025-05-28."""
    if one.startswith("--") or other.startswith("--"):
        return one.lstrip("-")[-5:] == other.lstrip("-")[-5:]
    return one.startswith(other) or other.startswith(one)


def _same_word(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


ALIKE: Mapping[str, Callable[[str, str], bool]] = {"date": _same_date, "family": _same_word}

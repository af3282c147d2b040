"""The answer to "what does this name mean?": frozen dataclasses whose fields are the keys of the public JSON.

`None` means unknown: neither the name nor what is known of its family says. It is never a default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

LATER = " later"  # no name of an attribute: cannot clash with a key
EVERYTHING = ""  # what is asked for in place of a key by who wants all of them
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the name and what it means. The tokens of a reading cover every character in order.

    `field` is the key of the reading that the piece fills, `separator` for what only divides,
    and `None` for a piece that nobody could explain. `term` is an anchor of the glossary,
    `confidence` runs from 0 to 1.
    """

    text: str
    start: int
    end: int
    field: str | None = None
    value: Any = None
    term: str | None = None
    confidence: float = 0.0
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A piece that could have been read in another way, and why it was not."""

    text: str
    taken: str
    instead: str
    why: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where the weights come from, as far as the name tells."""

    base_family: str | None = None
    base_generation: str | None = None
    teacher: str | None = None
    finetune: str | None = None
    method: tuple[str, ...] = ()
    merge: str | None = None
    parents: tuple[str, ...] = ()
    modifications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyKnowledge:
    """What is known of the family beyond the name: shown apart from it, with its date."""

    title: str
    page: str | None
    says: tuple[str, ...] = ()
    source: str | None = None
    checked: str | None = None


@dataclass(frozen=True)
class Reading:
    """Everything that a model's name says, and apart from it what its family is known for.

    Sizes are in billions of parameters, `context` in tokens, `bits` per weight, `date` in ISO 8601
    cut off where the name stops. `sources` tells for each key whether the `name` says it, the `family`
    implies it, or the `catalogue` knows it of this very model.
    """

    name: str
    platform: str = "unknown"
    host: str | None = None
    region: str | None = None
    publisher: str | None = None
    repo: str | None = None
    file: str | None = None
    tag: str | None = None
    revision: str | None = None
    family: str | None = None
    generation: str | None = None
    edition: str | None = None
    size_class: str | None = None
    version: str | None = None
    release_stage: str | None = None
    alias: str | None = None
    params_b: float | None = None
    active_params_b: float | None = None
    effective_params_b: float | None = None
    experts: int | None = None
    expert_params_b: float | None = None
    stage: str | None = None
    task: str | None = None
    reasoning: bool | str | None = None
    modalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    context: int | None = None
    max_output: int | None = None
    date: str | None = None
    released: str | None = None
    open_weights: bool | None = None
    quant: str | None = None
    quant_method: str | None = None
    bits: float | None = None
    activation_bits: float | None = None
    group_size: int | None = None
    format: str | None = None
    library: str | None = None
    device: str | None = None
    endianness: str | None = None
    file_role: str | None = None
    shard: tuple[int, int] | None = None
    lineage: Lineage = Lineage()
    train_tokens: str | None = None
    checkpoint: str | None = None
    sources: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    tokens: tuple[Token, ...] = field(default_factory=tuple)
    unknown: tuple[str, ...] = field(default_factory=tuple)
    ambiguities: tuple[Ambiguity, ...] = field(default_factory=tuple)
    url: str | None = field(default_factory=lambda: None)
    purl: str | None = field(default_factory=lambda: None)
    knowledge: FamilyKnowledge | None = field(default_factory=lambda: None)

    @classmethod
    def made_later(cls, name: str, work: Callable[[str], Mapping[str, Any]]) -> Reading:
        """The reading of a name whose other keys are worked out when somebody first asks for them.

        `work` is given the key that is asked for, or `EVERYTHING`, and answers with all that it found out on the way; what
        it does not mention has its default. Nobody can tell such a reading from another one.
        """
        reading = object.__new__(cls)
        known = reading.__dict__
        known["name"] = name
        known[LATER] = work
        return reading

    def __getattr__(self, key: str) -> Any:
        known = self.__dict__
        if LATER not in known or key not in DEFAULTS:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {key!r}", name=key, obj=self)
        known.update(known[LATER](key))
        return known.setdefault(key, DEFAULTS[key])

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (self.known() | {"sources": dict(self.sources)},))

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain lists and dictionaries, every key present, ready for JSON.

        >>> from nameplate import decode
        >>> answer = decode("SorskootLLM-v2-13b-chat").to_dict()
        >>> answer["params_b"], answer["stage"], answer["quant"]
        (13, 'chat', None)
        """
        return {key: _plain(value) for key, value in self.known().items()}

    def known(self) -> dict[str, Any]:
        """All keys in their order with their values, worked out at one go: quicker than to ask for many keys in turn.

        >>> from nameplate import decode
        >>> decode("llama-7b").known()["params_b"]
        7
        """
        known = self.__dict__
        if LATER in known:
            found = known.pop(LATER)(EVERYTHING)
            for key, default in DEFAULTS.items():
                if key not in known:
                    known[key] = found.get(key, default)
        return {key: known[key] for key in DEFAULTS}


def _again(known: dict[str, Any]) -> Reading:
    return Reading(**known)


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is tuple:
        return [_plain(item) for item in value]
    if kind in KEYS:
        return {key: _plain(getattr(value, key)) for key in KEYS[kind]}
    return dict(value) if isinstance(value, Mapping) else value


DEFAULTS = {f.name: getattr(Reading(""), f.name) for f in fields(Reading)}
for _key in DEFAULTS.keys() & vars(Reading).keys():
    delattr(
        Reading, _key
    )  # a default of the class would be found before `__getattr__` is asked for what is not worked out yet

# The names of the fields, which `fields` would look for each time.
KEYS = {kind: tuple(f.name for f in fields(kind)) for kind in (Token, Ambiguity, Lineage, FamilyKnowledge)}
PLAIN = frozenset((str, int, float, bool, type(None)))

"""Define the answer to "what does this name mean?": frozen dataclasses whose fields are the keys of the public JSON.

`None` means unknown: neither the name nor what is known about its family says. It is never a default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Literal, NamedTuple, NoReturn, Protocol, Self

Stage = Literal["base", "instruct", "chat", "reasoning"]
Task = Literal[
    "text", "embedding", "reranker", "reward", "guard", "asr", "tts", "audio", "image-generation", "image-editing",
    "video-generation", "music-generation", "ocr", "translation", "vision", "classification", "fill-mask", "robotics",
    "time-series", "speaker", "detection", "segmentation", "depth", "face", "upscaling", "3d", "pose", "biology",
    "tabular",
]  # fmt: skip
Role = Literal[
    "base", "instruct", "code", "math", "reasoning", "vision", "audio", "embedding", "reranker", "reward", "guard", "asr",
    "tts", "ocr", "tools", "image-generation", "image-editing", "video-generation", "music-generation",
]  # fmt: skip
Kind = Literal["model", "dataset", "imatrix", "projector", "adapter", "draft", "tokenizer", "not-a-model-name"]
Reasoning = bool | Literal["hybrid"]
Modality = Literal["text", "vision", "audio", "video"]
FileRole = Literal["main", "mmproj", "draft", "adapter", "vocab", "encoder"]
Endianness = Literal["little", "big"]
Source = Literal["name", "family", "catalogue", "original"]

# What a field holds hangs on the field (a number for `params_b`, text for `stage`, a tuple for `languages`), which no type
# can say of the value alone. Where the field is known, the attributes of Reading give the type.
FieldValue = Any
JsonObject = dict[str, Any]  # as json.loads makes it, and json.dumps takes it


class ReadOnlyDict(dict[str, FieldValue]):
    """A dictionary that can't be changed, so that readings can share it and be hashed.

    >>> sources = ReadOnlyDict(params_b="name")
    >>> sources["stage"] = "family"
    Traceback (most recent call last):
        ...
    TypeError: a reading can't be changed: make a new one with dataclasses.replace
    """

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a reading can't be changed: make a new one with dataclasses.replace")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (dict(self),)


NO_SOURCES = ReadOnlyDict()


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the name and what it means. The tokens of a reading cover every character in order.

    `field` is the key of the reading that the piece fills, `separator` for what only divides,
    and `None` for a piece that could not be explained. `term` is an anchor of the glossary,
    `confidence` runs from 0 to 1.
    """

    text: str
    start: int
    end: int
    field: str | None = None
    value: FieldValue = None
    term: str | None = None
    confidence: float = 0.0
    says: str | None = None


# The fields of a token in their order. Making a Token takes as long as working them out, and JSON doesn't need it.
TokenRow = tuple[str, int, int, str | None, FieldValue, str | None, float, str | None]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A piece that could have been read in another way, and why it was not."""

    text: str
    taken: str
    instead: str
    why: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where the weights come from, as far as the name says."""

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


@dataclass(frozen=True, slots=True)
class Command:
    """A command that downloads or runs the model, and the program that it needs: ollama, llama.cpp, vllm or hf."""

    program: str
    text: str


class CataloguedAs(NamedTuple):
    """The catalogued models that a name means, or could mean: `exact` if it leaves nothing open."""

    names: tuple[str, ...] = ()
    exact: bool = False

    @property
    def hub(self) -> bool:
        """Whether the models have names of a hub, or those of their maker's service."""
        return any("/" in name for name in self.names)


class Details(Protocol):
    """What a reading works out when it is first asked for; see `Reading`."""

    @property
    def catalogued_as(self) -> CataloguedAs: ...
    @property
    def token_rows(self) -> Sequence[TokenRow]: ...
    @property
    def tokens(self) -> tuple[Token, ...]: ...
    @property
    def unknown(self) -> tuple[str, ...]: ...
    @property
    def ambiguities(self) -> tuple[Ambiguity, ...]: ...
    @property
    def url(self) -> str | None: ...
    @property
    def purl(self) -> str | None: ...
    @property
    def commands(self) -> tuple[Command, ...]: ...
    @property
    def knowledge(self) -> FamilyKnowledge | None: ...


@dataclass(frozen=True)
class Reading:
    """Everything that a model's name says, and apart from it what its family is known for.

    Sizes are in billions of parameters, `context` in tokens, `bits` per weight, `date` in ISO 8601
    cut off where the name stops. `sources` says for each key whether it was read from the `name`, follows from a rule of
    the `family`, is known about this exact model from the `catalogue`, or comes from the `original` that it is a copy of.

    Seven keys take as long to work out as all the others together, and most programs don't ask for them: `tokens`,
    `unknown`, `ambiguities`, `url`, `purl`, `commands` and `knowledge`. After `decode`, each is worked out when it is first
    read, as with `functools.cached_property`. Nothing else changes then, and two threads that ask at once
    get equal answers. Such a reading equals one that holds all its keys; it can be hashed, copied and pickled.
    """

    name: str
    kind: Kind = "model"
    platform: str = "unknown"
    host: str | None = None
    region: str | None = None
    publisher: str | None = None
    repo: str | None = None
    file: str | None = None
    tag: str | None = None
    revision: str | None = None
    original: str | None = None
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
    stage: Stage | None = None
    task: Task | None = None
    reasoning: Reasoning | None = None
    modalities: tuple[Modality, ...] = ()
    languages: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
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
    endianness: Endianness | None = None
    file_role: FileRole | None = None
    shard: tuple[int, int] | None = None
    lineage: Lineage = Lineage()
    train_tokens: str | None = None
    checkpoint: str | None = None
    sources: Mapping[str, Source] = NO_SOURCES
    tokens: tuple[Token, ...] = ()
    unknown: tuple[str, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    url: str | None = None
    purl: str | None = None
    commands: tuple[Command, ...] = ()
    knowledge: FamilyKnowledge | None = None

    @classmethod
    def with_details(cls, known: dict[str, FieldValue], details: Details) -> Self:
        """Make a reading out of the keys that are known, and of `details`, which hold the rest."""
        reading = object.__new__(cls)
        values = AT_ONCE | known
        for key in FLOATS:
            value = known.get(key)
            if value is not None:
                values[key] = float(value)
        values[DETAILS] = details
        object.__setattr__(reading, "__dict__", values)
        return reading

    def __hash__(self) -> int:
        return hash(self.name)

    def __reduce__(self) -> tuple[object, ...]:
        return _with_all_keys, (self.by_key(),)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def by_key(self) -> dict[str, FieldValue]:
        """Return the values of all keys in their order, as they are in the attributes.

        >>> from nameplate import decode
        >>> decode("llama-7b").by_key()["params_b"]
        7.0
        """
        return {key: getattr(self, key) for key in KEYS_OF_READING}

    def to_dict(self) -> JsonObject:
        """Return the reading as plain lists and dictionaries, with every key, ready for JSON.

        >>> from nameplate import decode
        >>> answer = decode("SorskootLLM-v2-13b-chat").to_dict()
        >>> answer["params_b"], answer["stage"], answer["quant"]
        (13.0, 'chat', None)
        """
        answer = self.__dict__.copy()
        for key in (DETAILS, *LATER):
            answer.pop(key, None)
        answer["sources"] = dict(self.sources)
        answer["tokens"] = _plain_tokens(self._token_rows())
        for key in LATER[1:]:
            answer[key] = getattr(self, key)
        for key in LISTS:
            answer[key] = list(answer[key])
        for key in NESTED:
            answer[key] = _plain(answer[key])
        return answer

    def _token_rows(self) -> Sequence[TokenRow]:
        details: Details | None = self.__dict__.get(DETAILS)
        return details.token_rows if details is not None else list(map(ROW_OF_TOKEN, self.tokens))


def catalogued_as(reading: Reading) -> CataloguedAs:
    """Return the catalogued models that a reading is of; a reading that decode didn't make knows of none but its original."""
    if reading.original is not None:
        return CataloguedAs((reading.original,), exact=True)
    details: Details | None = reading.__dict__.get(DETAILS)
    return details.catalogued_as if details is not None else CataloguedAs()


def _with_all_keys(known: dict[str, FieldValue]) -> Reading:
    return Reading(**known)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if type(value) in KEYS:
        keys, values_of = KEYS[type(value)]
        return {
            key: list(item) if isinstance(item, tuple) else item
            for key, item in zip(keys, values_of(value), strict=True)
        }
    return value


def _plain_tokens(rows: Sequence[TokenRow]) -> list[JsonObject]:
    """What `_plain` makes of tokens, written out: a name has ten, and they are half of the work."""
    return [
        {
            "text": text,
            "start": start,
            "end": end,
            "field": field,
            "value": list(value) if isinstance(value, tuple) else value,
            "term": term,
            "confidence": confidence,
            "says": says,
        }
        for text, start, end, field, value, term, confidence, says in rows
    ]


class _WhenFirstRead:
    """A key of a reading that its details work out when it is first read; a value in the reading itself goes before."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __get__(self, reading: Reading | None, owner: type[Reading]) -> FieldValue:
        if reading is None:
            return self
        value = getattr(reading.__dict__[DETAILS], self._key)
        reading.__dict__[self._key] = value
        return value


DETAILS = "_details"  # where a reading keeps what can work out the rest
LATER = ("tokens", "unknown", "ambiguities", "url", "purl", "commands", "knowledge")
FLOATS = ("params_b", "active_params_b", "effective_params_b", "expert_params_b", "bits", "activation_bits")
KEYS_OF_READING = tuple(f.name for f in fields(Reading))
# The defaults; the name has none.
AT_ONCE = {key: getattr(Reading, key, "") for key in KEYS_OF_READING if key not in LATER}
for _key in LATER:
    setattr(Reading, _key, _WhenFirstRead(_key))

# The keys whose values are no plain JSON as they are, beside tokens and sources: those that hold texts, and all others.
LISTS = ("modalities", "languages", "roles", "unknown")
NESTED = ("shard", "lineage", "ambiguities", "commands", "knowledge")
# The names of the fields, which `fields` would look for each time, and what gets all of them.
KEYS = {
    kind: (kind.__match_args__, attrgetter(*kind.__match_args__))
    for kind in (Ambiguity, Lineage, Command, FamilyKnowledge)
}
ROW_OF_TOKEN = attrgetter(*Token.__match_args__)

"""Define the types of the data files that people edit: everything that can be checked about one value by itself."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from nameplate.reading import Kind, Modality, Reasoning, Role, Stage, Task

from .text_types import Account, Address, Billions, LicenceTag, ModelName, Slug, Text, Url, Word

# What a word can set in a reading.
Value = bool | int | float | str | tuple[str, ...]
# A context length in tokens; the longest that any maker names is 10 million.
Context = Annotated[int, Field(gt=0, le=100_000_000)]
Likelihood = Literal["always", "usually", "often", "sometimes", "rarely", "never"]
DateOrder = Literal["YYMM", "MMDD", "MMYY", "YYMMDD"]
Notation = Literal[
    "size", "size_of_main_model", "active_size", "effective_size", "expert_size", "expert_count", "generation", "version", "revision", "date", "bits",
    "bpw", "group_size", "activation_bits", "shard", "quant_gguf", "family", "edition", "publisher", "host", "region", "repo",
    "file", "tag", "digest", "unknown", "separator", "merge_number", "context", "checkpoint", "step", "train_tokens", "language_code",
    "command", "option", "path", "listing", "quality", "sampling_steps",
]  # fmt: skip


class Strict(BaseModel):
    """Refuse unknown keys, because what a misspelt key says would be lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """Where a fact comes from, and when that was last checked."""

    title: Text
    url: Url
    checked: datetime.date


class When(Strict):
    """A condition on the rest of the name that changes how likely a meaning is. Everything given has to hold."""

    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    line_tasks: tuple[str, ...] = ()
    platforms: tuple[Slug, ...] = ()
    glued: bool | None = None
    first: bool | None = None
    likelihood: Likelihood
    why: str | None = None


class Words(Strict):
    """Spellings that mean the same in a name, and what they mean there.

    The bits per weight of a quantization are either `measured` on a whole file of Llama 3.1 8B or calculated from its
    layout. Its loss is the rise in perplexity of Llama 3 8B, and the share of positions at which another token becomes
    the most likely one (Mistral 7B).
    """

    words: tuple[Word, ...] = Field(min_length=1)
    field: Text
    value: Value | None = None
    roles: tuple[Role, ...] = ()
    sets: dict[str, Value] = {}
    description: Text | None = None
    bpw: float | None = Field(default=None, gt=0, le=32)
    measured: bool = False
    usual_bits: int | None = Field(default=None, gt=0, le=16)
    perplexity_rise: float | None = Field(default=None, ge=0)
    changed_tokens: float | None = Field(default=None, ge=0, le=1)
    inside: bool = False
    retrains: bool | None = None
    shrinks: bool = False
    serves_faster: bool = False
    case: Literal["exact"] | None = None
    publishers: tuple[Text, ...] = ()
    likelihood: Likelihood = "usually"
    when: tuple[When, ...] = ()


class Confusion(Strict):
    """A related term that is often mistaken for this one."""

    term: Slug
    why: Text


class Term(Strict):
    """One entry of the glossary, and how its word is read in names."""

    slug: Slug
    group: Text
    term: Text
    aliases: tuple[Text, ...] = ()
    definition: Text
    notations: tuple[Notation, ...] = ()
    description: Text | None = None
    names: tuple[Words, ...] = ()
    excluded_roles: tuple[Role, ...] = ()
    seen_in: tuple[ModelName, ...] = ()
    confused_with: tuple[Confusion, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    text: Text


class Edition(Strict):
    """A named product beside others of its line: Coder, VL, Opus."""

    edition: Text
    words: tuple[Word, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = ()
    task: Task | None = None
    stage: Stage | None = None
    reasoning: Reasoning | None = None
    own_numbers: bool = False
    source: Url | None = None


class Abbreviation(Strict):
    """An abbreviation that fine-tuners use, read only with a number right behind it: the L of L3.1."""

    words: tuple[Word, ...] = Field(min_length=1)
    edition: Text | None = None
    opens: bool = False
    sized: bool = False
    numbers: tuple[Word, ...] = ()


class Line(Strict):
    """A maker's product line without its number, and the words that name it."""

    line: Text
    words: tuple[Word, ...] = Field(min_length=1)
    maker: Text | None = None
    publishers: tuple[Account, ...] = ()
    task: Task | None = None
    roles: tuple[Role, ...] = ()
    based_on: Text | None = None
    closed: bool = False
    ambiguous: bool = False
    signed: tuple[Word, ...] = ()
    file_names: Text | None = None
    abbreviations: tuple[Abbreviation, ...] = ()
    sizes_in_words: bool = False
    generations: tuple[Word, ...] = ()
    version_is_generation: bool = False
    language_codes: bool = False
    dates: DateOrder | None = None
    editions: tuple[Edition, ...] = ()
    source: Url | None = None
    checked: datetime.date | None = None


class Page(Strict):
    """Pages of a site that are laid out alike: their path, and what they show if not a model."""

    at: Text
    kind: Kind | None = None
    platform: Slug | None = None
    shows: Text | None = None


class Platform(Strict):
    """A place where models are named, and what an address there begins with."""

    platform: Slug
    name: Text
    prefixes: tuple[Text, ...] = ()
    schemes: tuple[Slug, ...] = ()
    hosts: tuple[Text, ...] = ()
    page: Address | None = None
    pages: tuple[Text | Page, ...] = ()
    uris: tuple[Text | Page, ...] = ()
    names: tuple[Text, ...] = ()
    query: dict[Text, Literal["publisher", "repo", "file", "tag", "revision"]] = {}
    areas: tuple[Slug, ...] = ()
    vendors: tuple[Text, ...] = ()
    accounts: tuple[Text, ...] = ()
    joins: tuple[Text, ...] = ()
    tags: tuple[Text, ...] = ()
    path: bool = False
    tunes: bool = False
    hub_account: bool = False
    repackagers: tuple[Text, ...] = ()
    joining: tuple[Text, ...] = ()


class LibraryModel(Strict):
    """A short name of Ollama's library, and the catalogued models that its tags hold."""

    library: Text
    latest: Text | None = None
    quant: Text | None = None
    quants: dict[Text, Text] = {}
    models: dict[Text, Text] = Field(min_length=1)
    source: Url
    checked: datetime.date


class Licence(Strict):
    """A licence of weights, and whether a product may be built on them."""

    licence: LicenceTag
    name: Text
    commercial: Literal["allowed", "conditions", "forbidden"]
    description: Text
    aliases: tuple[Text, ...] = ()
    source: Url
    checked: datetime.date


class Architecture(Strict):
    """What the size of the KV cache depends on; the keys are those of a public configuration."""

    kind: Literal["mha", "gqa", "mla", "sliding-window", "hybrid-linear", "compressed", "encoder"]
    layers: int = Field(gt=0)
    kv_heads: int | None = Field(default=None, gt=0)
    head_dim: int | None = Field(default=None, gt=0)
    global_layers: int | None = None
    window: int | None = None
    local_kv_heads: int | None = Field(default=None, gt=0)
    local_head_dim: int | None = Field(default=None, gt=0)
    full_attention_layers: int | None = None
    kv_lora_rank: int | None = None
    rope_dim: int | None = None
    sparse_layers: int | None = None
    sparse_ratio: int | None = Field(default=None, gt=0)
    index_dim: int | None = None
    dense_layers: int | None = None
    dense_ratio: int | None = Field(default=None, gt=0)


class ModelArchitecture(Strict):
    """What the size of a model's files depends on, taken from its public configuration.

    `width` is the hidden size, `rows` are the other row lengths of its matrices, `tied` says whether one embedding
    matrix of `vocabulary` rows is used for input and output, `text_params_b` is the size without the vision encoder. What a
    family page says is not repeated here.
    """

    model: Text
    line: Text
    params_b: Billions | None = None
    active_params_b: Billions | None = None
    text_params_b: Billions | None = None
    width: int | None = Field(default=None, gt=0)
    vocabulary: int | None = Field(default=None, gt=0)
    tied: bool = False
    rows: tuple[int, ...] = ()
    quant: Text | None = None
    architecture: Architecture | None = None
    source: Url
    checked: datetime.date


class FileSizes(Strict):
    """Sizes of published files of one repository, in bytes; by tag for Ollama, by the name of the file for the hub."""

    repository: Text
    platform: Literal["huggingface", "ollama"]
    latest: Text | None = None
    sizes: dict[Text, int] = Field(min_length=1)
    rounded: bool = False
    source: Url
    checked: datetime.date

    @model_validator(mode="after")
    def _has_latest(self) -> FileSizes:
        if self.latest is not None and self.latest not in self.sizes:
            raise ValueError(f'sizes has no "{self.latest}", the latest tag. Add it, or correct latest')
        return self


class Organization(Strict):
    """Who makes a family, as far as its line doesn't say."""

    name: Text | None = None
    hub: Account | None = None
    url: Url | None = None


class NoSuffix(Strict):
    """What a name of the family means when it has no stage word."""

    stage: Stage | None = None
    reasoning: Reasoning | None = None
    task: Task | None = None
    description: Text
    source: Text


class Suffix(Strict):
    """A suffix of the family's official names, and what it means."""

    suffix: Text
    means: Text
    stage: Stage | None = None
    reasoning: Reasoning | None = None
    task: Task | None = None
    source: Text


class Size(Strict):
    """What the models of one size share, written once for all of them. A variant says itself where it differs."""

    params_b: Billions | None = None
    active_params_b: Billions | None = None
    effective_params_b: Billions | None = None
    experts: int | None = Field(default=None, gt=0)
    context: Context | None = None
    extended_context: Context | None = None
    licence: Text | None = None
    modalities: tuple[Modality, ...] = ()
    architecture: Architecture | None = None


class Variant(Strict):
    """One official model of a family. Empty means that no source was found.

    What a variant doesn't say itself comes from its `original` if it is an unchanged copy, else from its `size`, else
    from the page. `source` is where the model is listed; `config` is where its size, context and architecture were found, if
    elsewhere.
    """

    name: ModelName
    original: Text | None = None
    size: Text | None = None
    aliases: tuple[ModelName, ...] = ()
    aliases_released: dict[ModelName, datetime.date] | None = None
    alias: Literal["latest"] | None = None
    stage: Stage | None = None
    reasoning: Reasoning | None = None
    task: Task | None = None
    edition: Text | None = None
    params_b: Billions | None = None
    active_params_b: Billions | None = None
    effective_params_b: Billions | None = None
    experts: int | None = Field(default=None, gt=0)
    context: Context | None = None
    extended_context: Context | None = None
    max_output: Context | None = None
    licence: Text | None = None
    modalities: tuple[Modality, ...] = ()
    released: datetime.date | None = None
    retired: datetime.date | None = None
    quant: Text | None = None
    format: Text | None = None
    roles: tuple[Role, ...] = ()
    architecture: Architecture | None = None
    note: Text | None = None
    source: Text
    config: tuple[Text, ...] = ()


class Family(Strict):
    """A family's page: rules for reading its names, and its official variants."""

    slug: Slug
    title: Text
    description: Text | None = None
    line: Text
    generations: tuple[str, ...] = ()
    editions: tuple[Text, ...] = ()
    organization: Organization = Organization()
    fictional: bool = False
    sources: dict[str, Source] = Field(min_length=1)
    no_suffix: NoSuffix | None = None
    suffixes: tuple[Suffix, ...] = ()
    dates: DateOrder | None = None
    sizes_are_active: bool = False
    licence: Text | None = None
    modalities: tuple[Modality, ...] = ()
    task: Task | None = None
    sizes: dict[Text, Size] = {}
    variants: tuple[Variant, ...] = ()
    text: Text

    @property
    def maker(self) -> str:
        """Return who makes the family, or nothing if neither its line nor its page says so."""
        return self.organization.name or ""

    @field_validator("generations", mode="before")
    @classmethod
    def _quoted(cls, value: object) -> object:
        if isinstance(value, list) and any(isinstance(item, (int, float)) for item in value):
            raise ValueError('write generations in quotes, such as ["3.1"]: a bare 3.10 would be read as 3.1')
        return value

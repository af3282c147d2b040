"""Collect what the picker knows of a name: the kind of model, its training, and which part of the name says so."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from ..decoder import decode
from ..memory.estimator import Estimate, estimate
from ..memory.known_models import KnownModel, known_models
from ..memory.parameters import Parameters, parameters
from ..memory.published import is_hosted
from ..memory.storage_label import FILE_HUBS, Label, storage_label
from ..memory.weights import weights
from ..reading import FieldValue, Reading
from ..vocabulary.lookup import vocabulary
from .abilities import Abilities
from .knowledge import Official, is_invented, official, tiers

PARTS_OF_MODELS = frozenset(("mmproj", "draft", "adapter", "vocab"))
MODALITIES_OF_KINDS = {
    "asr": ("audio",),
    "audio": ("audio",),
    "ocr": ("vision",),
    "vision": ("vision",),
    "image-editing": ("vision",),
}
OLLAMA_PLAIN = "In Ollama's library the tag without a stage word is the tuned model"
OLLAMA_SOURCE = "https://ollama.com/library/llama3.1/tags"
# Editions that are also the word for a role.
ROLE_WORDS = {
    "vision": ("vl", "vision", "omni", "multimodal", "v"), "audio": ("audio", "omni", "voice"), "reward": ("reward", "rm"),
    "image-editing": ("edit", "kontext", "fill"), "image-generation": ("image",), "video-generation": ("t2v", "i2v"),
}  # fmt: skip
TUNED = ("instruct", "chat")
KEPT = 1_100  # candidates: those of the longest list, and some that were changed
THINKING = re.compile(r"(?i)reason|think")
FORMATS = {
    "awq": "awq", "gptq": "gptq", "bnb": "bnb", "nf4": "bnb", "fp8": "fp8", "mxfp4": "fp4", "nvfp4": "fp4", "mlx": "mlx",
    "exl2": "exl2", "exl3": "exl3", "hqq": "hqq", "aqlm": "aqlm", "mlc": "mlc",
}  # fmt: skip


class Fact(NamedTuple):
    """A fact about a candidate: its value, the part of the name that states it, a sentence about it and its source."""

    value: FieldValue
    token: str
    says: str | None = None
    source: str | None = None


class Candidate(Abilities):
    """One of the names to choose from, with everything known about it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._estimates: dict[tuple[str | None, int | None], Estimate] = {}

    @functools.cached_property
    def official(self) -> Official | None:
        """Return the official model that this one is, or is a copy of."""
        keys = (self.key, self.key.removeprefix("meta"), self.explained_key if self.reading.format else "")
        return next((found for key in keys if (found := official(key)) is not None), None)

    @functools.cached_property
    def model(self) -> Reading:
        """Return what is known about the model behind a copy; the reading itself if there is no official model."""
        return decode(self.official.name) if self.official is not None else self.reading

    @functools.cached_property
    def kind(self) -> str | None:
        """Return the kind of model, as a task of readings; `text` for language models, None if nothing says so."""
        reading = self.reading
        if reading.file_role in PARTS_OF_MODELS:
            return reading.file_role
        return self.kind_found.kind or ("text" if self._is_language_model else None)

    @property
    def _is_language_model(self) -> bool:
        """Whether something says that it works with language: a known line, its training, or a size in parameters.

        An unknown head word may be that of any model: `hey_jarvis_v0.1`, `birdnet-v2.4`.
        """
        reading = self.reading
        if reading.stage or reading.roles or reading.task or reading.lineage.base_family or reading.params_b:
            return True
        if any(row.stage or row.skills for row in self.capabilities):
            return True
        return reading.family in vocabulary().lines or is_invented(reading.family)

    @property
    def kind_part(self) -> str:
        """Return the part of the name that says what kind of model it is."""
        if self.kind_found.part is not None:
            return self.kind_found.part
        line = vocabulary().lines.get(self.reading.family or "")
        edition = self.part("edition") if line is None or line.task is None else None
        return self.part("file_role", "task") or self._role_part(self.kind or "") or edition or self.stem

    def _role_part(self, role: str) -> str | None:
        """Return an edition that is also the word for a role: Coder, VL, Reward."""
        edition = self.part("edition")
        return edition if edition is not None and edition.lower() in ROLE_WORDS.get(role, ()) else None

    @functools.cached_property
    def stage(self) -> Fact | None:
        """Return the training stage: base, instruct or chat."""
        reading = self.reading
        token = self.part("stage")
        if token is not None and reading.stage is not None:
            return Fact("instruct" if reading.stage == "reasoning" else reading.stage, token)
        if reading.stage is not None and not self._is_for_other_work:
            return self._by_family(reading, reading.stage)
        known = self.capability("stage")
        if known is not None and not (known[0] == "base" and self._is_for_other_work):
            return Fact(known[0], self.stem, known[1].description.rstrip("."), known[1].source)
        if reading.platform == "ollama" and self.kind == "text":
            return Fact("instruct", self.stem, OLLAMA_PLAIN, OLLAMA_SOURCE)
        model = self.model
        if model.stage is not None and not self._is_for_other_work:
            return self._by_family(model, model.stage)
        if reading.reasoning is True or "instruct" in reading.roles:
            return Fact("instruct", self.part("reasoning") or self.stem)
        return None

    @property
    def _is_for_other_work(self) -> bool:
        """Whether its name gives it other work than that of the line's language models, so that their stage isn't its own."""
        return self.kind not in ("text", None) and self.reading.sources.get("stage") != "name"

    def _by_family(self, reading: Reading, stage: str) -> Fact:
        value = "instruct" if stage == "reasoning" else stage
        token = self.part("reasoning", "task") or (self.part("edition") if stage == "reasoning" else None) or self.stem
        known = reading.knowledge
        if known is not None and known.says and reading.sources.get("stage") != "name":
            return Fact(value, self.stem, known.says[0].split(". ")[0].rstrip("."), known.source)
        return Fact(value, token)

    @functools.cached_property
    def reasoning(self) -> Fact | None:
        """Return whether it reasons before it answers: True, False or hybrid."""
        value = self.reading.reasoning if self.reading.reasoning is not None else self.model.reasoning
        if value is None and "reasoning" in self.reading.roles:
            value = True
        if value is None:
            return None
        return Fact(value, self._reasoning_part(value) or self.stem)

    def _reasoning_part(self, value: bool | str) -> str | None:
        token = self.part("reasoning") or next((t.text for t in self.tokens if THINKING.match(t.text)), None)
        if token is None and value is True:
            token = self.part("stage") if self.reading.stage == "reasoning" else None
            edition = self.part("edition")
            token = token or (edition if edition is not None and edition.lower() not in tiers() else None)
        return token

    @functools.cached_property
    def modalities(self) -> dict[str, str]:
        """Return what it accepts besides text, each with the part of the name that says so."""
        found = dict.fromkeys(
            (*self.reading.modalities, *self.model.modalities, *MODALITIES_OF_KINDS.get(self.kind or "", ()))
        )
        found.update(dict.fromkeys(role for role in self.reading.roles if role in ("vision", "audio")))
        found.update(dict.fromkeys(sense for row in self.capabilities for sense in row.senses))
        return {modality: self._modality_part(modality) for modality in found if modality in ("vision", "audio")}

    def _modality_part(self, modality: str) -> str:
        return self.part("modalities") or self._role_part(modality) or self.part("task") or self.stem

    @functools.cached_property
    def tokenizer(self) -> tuple[str | None, ...]:
        """Return what stands for its way to split text: a name from the data, or else its line and generation."""
        known = self.capability("tokenizer")
        if known is not None:
            return (str(known[0]),)
        lineage = self.reading.lineage
        if lineage.base_family is not None:
            return (lineage.base_family, lineage.base_generation)
        return (self.reading.family, self.reading.generation)

    @functools.cached_property
    def context(self) -> Fact | None:
        """Return the longest text it can read, in tokens."""
        piece = self.part("context")
        for reading in (self.reading, self.model):
            if reading.context is not None:
                return Fact(reading.context, piece or self.stem)
        known = self.capability("context")
        if known is not None:
            return Fact(known[0], self.stem, known[1].description, known[1].source)
        relatives = {(model.context, model.source) for model in self._relatives if model.context is not None}
        contexts = {context for context, _ in relatives}
        return Fact(contexts.pop(), self.stem, None, min(relatives)[1]) if len(contexts) == 1 else None

    @property
    def _relatives(self) -> list[KnownModel]:
        """Return the known models of the same line, generation and edition, or of the line it is built on."""
        reading = self.reading
        line, generation = reading.family, reading.generation
        if reading.lineage.base_family is not None:
            line, generation = reading.lineage.base_family, reading.lineage.base_generation
        return [
            model
            for model in known_models().by_line.get(line or "", ())
            if model.stated.generation == generation
            and (line != reading.family or model.stated.edition == reading.edition)
        ]

    @functools.cached_property
    def licence(self) -> Fact | None:
        """Return the tag of its licence in licences.yml."""
        if self.official is not None and self.official.licence is not None:
            return Fact(self.official.licence, self._licence_part, None, self.official.source)
        known = self.capability("licence")
        return Fact(known[0], self._licence_part, known[1].description, known[1].source) if known else None

    @property
    def _licence_part(self) -> str:
        return self.part("edition", "date", "version") or self.stem

    @functools.cached_property
    def languages(self) -> Fact | None:
        """Return the languages it is made for."""
        if self.reading.languages:
            return Fact(self.reading.languages, self.part("languages") or self.stem)
        known = self.capability("languages")
        if known is None:
            return None
        word = next((self.words[word] for word in known[1].words if word in self.words), None)
        return Fact(known[0], word or self.stem, known[1].description, known[1].source)

    @functools.cached_property
    def format(self) -> str:
        """Return the format of its files, in the words of runtimes.yml."""
        reading = self.reading
        if reading.format in ("gguf", "ggml", "mlx", "mlc", "onnx", "exl2", "exl3", "openvino"):
            return str(reading.format)
        method = reading.quant_method or ""
        if method.startswith("openvino") or reading.library == "openvino":
            return "openvino"
        if reading.library == "tensorrt-llm":
            return "tensorrt"
        if method.startswith("gguf") or reading.platform in FILE_HUBS:
            return "gguf"
        return next((form for start, form in FORMATS.items() if method.startswith(start)), "safetensors")

    @property
    def format_part(self) -> str:
        """Return the part of the name that says the format of its files."""
        return self.part("format", "library", "quant", "quant_method", "bits") or self.stem

    @property
    def params_part(self) -> str | None:
        """Return the part of the name that states its size, if there is one."""
        return self.part("params_b", "expert_params_b", "effective_params_b", "active_params_b", "size_class")

    @functools.cached_property
    def size(self) -> float | None:
        """Return billions of parameters: what is known about the model comes before what its name rounds to.

        None for a name such as `mistral-small-latest`, which may mean another model tomorrow.
        """
        if self.reading.alias is not None:
            return None
        known = parameters(self.reading)
        if known is None and self._known_size is not None:
            return self._known_size
        return known.billions if known is not None else self.reading.params_b or self.model.params_b or None

    @functools.cached_property
    def label(self) -> Label | None:
        """Return how the weights are stored: as the name says, or as the maker publishes them."""
        if is_hosted(self.reading):
            return None
        label = storage_label(self.reading)
        untold = label is not None and not label.given and self.official is not None
        return storage_label(self.model) if untold else label

    def memory(self, quant: str | None, context: int | None) -> Estimate:
        """Return the memory that it needs, by its own name or by the official model it is a copy of."""
        if (quant, context) not in self._estimates:
            self._estimates[quant, context] = self._estimate(quant, context)
        return self._estimates[quant, context]

    def _estimate(self, quant: str | None, context: int | None) -> Estimate:
        found = estimate(self.name, quant, context)
        if found.least_bytes is None and self.official is not None and (quant or self.reading.quant):
            return estimate(self.official.name, quant or self.reading.quant, context)
        return self._by_known_size(found) if found.least_bytes is None else found

    @functools.cached_property
    def _known_size(self) -> float | None:
        """Return billions of parameters that the data state for models like this one."""
        known = self.capability("params_b")
        return known[0] if known is not None else None

    def _by_known_size(self, found: Estimate) -> Estimate:
        """Return an estimate with the size that the data state, where nothing else says how large the model is."""
        size, label = self._known_size, self.label
        if size is None or label is None or found.overhead_bytes is None:
            return found
        given = Parameters(size, 0.9 * size, 1.1 * size, "catalogue")
        own = weights(given, label, native=False, packed=False, with_projector=False)
        return replace(
            found, params_b=size, bits_per_weight=own.bits_per_weight, weights_bytes=own.size,
            range=(own.low, own.high), least_bytes=own.size + found.overhead_bytes,
        )  # fmt: skip

    @property
    def is_part(self) -> bool:
        """Whether it is only a part of a model, such as a projector or an adapter."""
        return self.kind in PARTS_OF_MODELS


def generation_key(generation: str | None) -> tuple[int, ...]:
    """Return the numbers in a generation or version, to compare by.

    >>> generation_key("3.2") > generation_key("3"), generation_key("K2"), generation_key(None)
    (True, (2,), ())
    """
    return tuple(map(int, re.findall(r"\d+", generation or "")))


def read_candidates(names: Iterable[str]) -> tuple[Candidate, ...]:
    """Return the candidates for these names, each once, in order."""
    return tuple(_kept(name, changed=False) for name in dict.fromkeys(names))


def changed_candidate(name: str) -> Candidate:
    """Return the candidate for a name that was changed to see what decides; never the same object as that of a given name."""
    return _kept(name, changed=True)


@functools.lru_cache(maxsize=KEPT)
def _kept(name: str, *, changed: bool) -> Candidate:
    """Return a candidate, kept with what was found out about it: a reader changes the request far more often than names."""
    return Candidate(name)

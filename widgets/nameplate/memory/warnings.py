"""Say why a figure that follows from a name and a label may be wrong for a model."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..reading import Reading
from .parameters import Parameters, size_label
from .storage_label import FILE_HUBS, Label
from .weights import falls_back, is_natively_4_bit

GLUED = re.compile(r"(?:(?<![\w.])|(?<=[-_.]))\d{1,4}[_p]\d{1,4}b(?![a-z])|(?<!\d)\d{1,4}b\d{1,4}(?!\w)", re.IGNORECASE)
FAR_OFF = 1.35  # a label misleads if the true count is more than this many times as large
SMALL = 1.0
# A vision projector has 0.3 to 0.7 billion parameters in 16 bits, which matters for models below this size.
PROJECTOR_COUNTS_B = 20.0
NO_TEXT = frozenset(("embedding", "reranker", "reward", "asr", "tts", "image-generation", "video-generation"))


class Flag(NamedTuple):
    """A reason to be careful: a stable `id` for programs, a sentence for people."""

    id: str
    text: str


PROJECTOR_UNKNOWN = Flag(
    "projector-unknown", "A projector is a small part of a model. How many parameters this one has isn't known."
)
MAKER_ONLY = Flag(
    "maker-only", "This model is available only as a hosted service, so there are no weights to load into your memory."
)


def default_tag(name: str, tag: str) -> Flag:
    """Return what to say of a name of Ollama's library without a tag."""
    return Flag("default-tag", f"Read as a name from Ollama's library, where {name} without a size means {tag}.")


def find_warnings(
    reading: Reading, params: Parameters | None, label: Label | None, *, published: bool = False
) -> tuple[Flag, ...]:
    """Return every reason why the figure for the weights may be wrong. Of a `published` size, none about the file itself.

    >>> from nameplate import estimate
    >>> [flag.id for flag in estimate("Mixtral-8x7B-Instruct-v0.1", "Q4_K_M").flags]
    ['experts-times-size']
    """
    if reading.file_role == "mmproj":
        return () if published or params is not None else (PROJECTOR_UNKNOWN,)
    if params is None:
        return (*(() if published else (_no_size(reading),)), *_spelling(reading.name))
    of_the_file = () if published else (*_label_warnings(params, label), *_file_warnings(reading, params, label))
    return (*of_the_file, *_count_warnings(reading, params), *_spelling(reading.name))


def _no_size(reading: Reading) -> Flag:
    if reading.expert_params_b is not None:
        return _experts(reading)
    return Flag(
        "size-not-in-name",
        "The name doesn't say how many parameters the model has, and the catalogue doesn't know either. "
        "Give a name with a size in it, such as 8B.",
    )


def _label_warnings(params: Parameters, label: Label | None) -> list[Flag]:
    if label is None:
        return [Flag("unknown-label", "How many bits a weight takes under this label isn't known.")]
    found = []
    if is_natively_4_bit(params):
        subject = "other labels barely change" if label.label == "MXFP4" else f"{label.label} barely changes"
        found.append(
            Flag(
                "native-4-bit",
                "The maker published the experts of this model in 4 bits (MXFP4). Conversions keep them that way, "
                f"so {subject} the size of the file.",
            )
        )
    shape = params.shape
    if shape is not None and label.method == "gguf" and label.label != "Q8_0":
        odd = [length for length in (shape.width, *shape.rows) if falls_back(length)]
        if odd:
            found.append(
                Flag(
                    "rows-not-256",
                    f"Rows of {odd[0]:,} numbers can't be split into blocks of 256, so llama.cpp stores some of the "
                    f"matrices in larger types than {label.label} says.",
                )
            )
    return found


def _count_warnings(reading: Reading, params: Parameters) -> list[Flag]:
    found = []
    if reading.expert_params_b is not None:
        found.append(_experts(reading))
    if reading.effective_params_b is not None:
        text = (
            f"E{reading.effective_params_b:g}B means it computes like a model of that size. "
            f"The file holds {params.billions:g} billion parameters."
        )
        found.append(Flag("effective-size", text))
    label = size_label(reading)
    if label is not None and params.billions > label * FAR_OFF:
        text = f"The name says {label:g} billion, but the model has {params.billions:g} billion parameters."
        found.append(Flag("label-far-off", text))
    if params.billions < SMALL and reading.task not in NO_TEXT:
        text = (
            "Below a billion parameters, the vocabulary table is a large part of the model, and it is stored "
            "in more bits than the label says."
        )
        found.append(Flag("under-1b", text))
    return found


def _experts(reading: Reading) -> Flag:
    product = f"{reading.experts:g}x{reading.expert_params_b:g}B" if reading.experts else "NxM"
    return Flag(
        "experts-times-size",
        f"Don't multiply {product}: the experts share a part of the model, so the total is smaller.",
    )


def _file_warnings(reading: Reading, params: Parameters, label: Label | None) -> list[Flag]:
    """Warn of vision encoders: GGUF files keep them apart, so whether they count depends on who states the size."""
    if label is None or label.method not in ("gguf", "plain") or reading.file_role == "mmproj":
        return []
    named = "vision" in reading.modalities and reading.sources.get("modalities") not in ("catalogue", "original")
    known = (
        params.reference is not None
        and "vision" in params.reference.modalities
        and params.billions < PROJECTOR_COUNTS_B
    )
    if not named and not known:
        return []
    text = (
        "The model's vision encoder may be in the same file or in one beside it (mmproj). "
        "It takes about 0.6 to 1.4 GB in 16 bits."
    )
    return [Flag("vision-projector", text)] if is_packed(reading) or label.method == "gguf" else []


def is_packed(reading: Reading) -> bool:
    """Whether a name means a GGUF file, or a place that offers such files."""
    return reading.platform in (*FILE_HUBS, "gguf-file") or reading.format == "gguf"


def _spelling(name: str) -> list[Flag]:
    decimal = GLUED.search(name)
    if decimal is None:
        return []
    return [
        Flag(
            "glued-decimal",
            f"“{decimal[0]}” is read with a decimal point, as the size in billions. It may mean something else.",
        )
    ]

"""The rules about this copy on this machine: licence, format, length of the context, memory."""

from __future__ import annotations

import math
from typing import Any

from ..english import count
from ..memory.estimator import Estimate
from .candidates import Candidate
from .evidence import Findings
from .knowledge import licence, runtime
from .requirements import Requirements

GB = 1e9
EVERY_MODEL_READS = 8_192  # tokens; hardly a model of the last years reads fewer
FILES = ("ollama", "gguf-file")  # platforms on which a name means one file
# The files of a repository that is only called GGUF, from the largest to the smallest that is worth having.
LADDER = ("Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K")
RUN_ONLY = ("gguf", "ggml", "mlx", "mlc", "onnx", "exl2", "exl3", "awq", "gptq")
FORMATS = {
    "gguf": "GGUF files", "safetensors": "plain repositories", "awq": "AWQ", "gptq": "GPTQ", "mlx": "MLX builds",
    "mlc": "MLC builds", "onnx": "ONNX files", "exl2": "EXL2", "exl3": "EXL3", "bnb": "bitsandbytes", "fp8": "FP8",
    "fp4": "4-bit floats", "hqq": "HQQ", "aqlm": "AQLM", "ggml": "old GGML files",
}  # fmt: skip
OF_DEVICES = 4.5  # billions of parameters at work that a phone or a small board bears


def judge(found: Findings, requirements: Requirements) -> None:
    """Apply all rules of this module to one candidate that is a model."""
    _licence(found, requirements)
    _training(found, requirements)
    _runtimes(found, requirements)
    _half_precision(found, requirements)
    _context(found, requirements)
    _memory(found, requirements)
    _processor(found, requirements)
    _small_device(found, requirements)


def _licence(found: Findings, requirements: Requirements) -> None:
    if not requirements.commercial:
        return
    told = found.candidate.licence
    if told is None:
        found.add("licence", "licence-unknown")
        return
    row = licence(told.value)
    if row.commercial == "forbidden":
        found.add("licence", "licence-forbids", None, licence=row.name, fact=row.says, source=row.source, out=True)
        return
    rule = "licence-allows" if row.commercial == "allowed" else "licence-conditions"
    found.add("licence", rule, told.token, licence=row.name, fact=row.says, source=row.source)


def _training(found: Findings, requirements: Requirements) -> None:
    if not requirements.task.training:
        return
    candidate = found.candidate
    if candidate.format in RUN_ONLY:
        found.add("training", "not-trainable", candidate.format_piece, out=True)
    elif candidate.format == "bnb" and (
        requirements.understood.told("low-memory-training") or requirements.available_gb is not None
    ):
        found.add("training", "trains-in-4-bit", candidate.format_piece)


def _runtimes(found: Findings, requirements: Requirements) -> None:
    candidate = found.candidate
    form = "onnx" if candidate.reading.library == "transformers.js" else candidate.format
    for row in map(runtime, requirements.runtimes):
        first_word = row.title[0].upper() + row.title[1:]  # of the sentence
        if form in row.loads:
            found.add("runtime", "runtime-loads", candidate.format_piece, runtime=row.title, source=row.source)
        elif form in row.knows:
            found.add("runtime", "runtime-knows", candidate.format_piece, runtime=first_word, source=row.source)
        else:
            shown = FORMATS.get(form, form)
            found.add("runtime", "runtime-cannot", runtime=first_word, format=shown, source=row.source, out=True)


def _half_precision(found: Findings, requirements: Requirements) -> None:
    bits = found.candidate.reading.activation_bits
    if bits is None or found.candidate.format != "mlc":
        return
    token = found.candidate.piece("quant", "activation_bits") or found.candidate.stem
    if not requirements.understood.told("no-half"):
        if bits <= 16:
            found.add("shaders", "half-precision-is-smaller", token)
    elif bits <= 16:
        found.add("shaders", "half-precision", token, out=True)
    else:
        found.add("shaders", "full-precision", token)


def _context(found: Findings, requirements: Requirements) -> None:
    if requirements.context is None:
        return
    known = found.candidate.context
    if known is None:
        found.add("context", "context-open")
        if requirements.context > EVERY_MODEL_READS:
            found.open = "how many tokens it reads"
    elif known.value < requirements.context:
        most, tokens = f"{known.value:,}", f"{requirements.context:,}"
        found.add("context", "context-short", None, source=known.source, out=True, most=most, asked=tokens)
    else:
        most, tokens = f"{known.value:,}", f"{requirements.context:,}"
        found.add("context", "context-long", known.token, source=known.source, most=most, asked=tokens)


def _memory(found: Findings, requirements: Requirements) -> None:
    if requirements.available_gb is None:
        return
    candidate, label = found.candidate, None
    needed = candidate.needs(None, requirements.context)
    bare_gguf = (
        candidate.format == "gguf" and candidate.reading.quant is None and candidate.reading.platform not in FILES
    )
    if needed.least_bytes is None and bare_gguf:
        needed, label = _largest_that_fits(candidate, requirements)
    if needed.least_bytes is None:
        found.add("memory", "fit-open")
        found.open = "how large the model is"
        return
    available = requirements.available_gb
    found.needed_gb = round(needed.least_bytes / GB, 1)
    found.fits = needed.least_bytes <= available * GB
    words: dict[str, Any] = {
        "needed": f"{found.needed_gb:g}",
        "available": f"{available:g}",
        "figures": _figures(needed),
    }
    token = candidate.piece("quant", "quant_method", "bits") or candidate.params_piece or candidate.stem
    if not found.fits and _at_least(needed) <= available * GB:
        found.fits = None
        found.add("memory", "tight", token, **words)
    elif not found.fits:
        missing = math.ceil((needed.least_bytes / GB - available) * 10) / 10
        found.add("memory", "too-large", None, missing=f"{missing:g}", out=True, **words)
    elif label is not None:
        found.add("memory", "fits-as", candidate.piece("format") or token, label=label, **words)
    else:
        found.add("memory", "fits", token, **words)


def _largest_that_fits(candidate: Candidate, requirements: Requirements) -> tuple[Estimate, str]:
    """The file to take of a repository that holds several, and what it needs."""
    for label in LADDER:
        needed = candidate.needs(label, requirements.context)
        if needed.least_bytes is None or needed.least_bytes <= (requirements.available_gb or 0) * GB:
            break
    return needed, label


def _at_least(needed: Estimate) -> float:
    """What it needs where the program takes as little as programs do."""
    spared = (needed.overhead_bytes or 0) - needed.overhead_range[0] if needed.overhead_range is not None else 0
    return (needed.least_bytes or 0) - spared


def _figures(needed: Estimate) -> str:
    """Where a figure comes from: `4.9 of weights, 1.1 for 8,192 tokens, 0.9 for the program`."""
    parts = [f"{(needed.weights_bytes or 0) / GB:.1f} of weights"]
    if needed.kv_cache_bytes is not None:
        parts.append(f"{needed.kv_cache_bytes / GB:.1f} for {needed.context:,} tokens")
    parts.append(f"{(needed.overhead_bytes or 0) / GB:.1f} for the program")
    return ", ".join(parts)


def _processor(found: Findings, requirements: Requirements) -> None:
    """What is slow where there is no graphics card."""
    if not (
        requirements.understood.told("processor") or (requirements.ram_gb is not None and requirements.gpu_gb is None)
    ):
        return
    method, token = found.candidate.reading.quant_method, found.candidate.piece("quant")
    if token is not None and method == "gguf-i":
        found.add("processor", "i-quant-on-cpu", token)
    elif token is not None and method == "gguf-k":
        found.add("processor", "k-quant-on-cpu", token)


def _small_device(found: Findings, requirements: Requirements) -> None:
    if not requirements.understood.told("small-device"):
        return
    candidate, reading = found.candidate, found.candidate.reading
    if reading.effective_params_b is not None:
        found.add("device", "small-device", candidate.piece("effective_params_b") or candidate.stem)
        return
    size = reading.params_b or candidate.model.params_b
    if size is not None and size > OF_DEVICES and requirements.available_gb is None:
        found.add("device", "too-much-for-device", candidate.params_piece or candidate.stem, size=count(size))

"""Apply the rules about a copy on a machine: licence, format, context length, memory."""

from __future__ import annotations

import math
from typing import Any

from ..english import count
from ..memory.estimator import Estimate, at_least_bytes
from ..memory.placement import EXPERTS, SPLIT, place
from ..memory.storage_label import FILE_HUBS
from .candidates import Candidate
from .evidence import Evidence
from .knowledge import licence, made_for, runtime
from .requirements import Requirements

GB = 1e9
EVERY_MODEL_READS = 8_192  # tokens; hardly any recent model reads fewer
FILES = (*FILE_HUBS, "gguf-file")  # platforms on which a name means one file
# The files that a GGUF repository without a label usually holds, from the largest to the smallest worth having.
LADDER = ("Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K")
RUN_ONLY = ("gguf", "ggml", "mlx", "mlc", "onnx", "exl2", "exl3", "awq", "gptq", "openvino", "tensorrt")
FORMATS = {
    "gguf": "GGUF files", "safetensors": "plain repositories", "awq": "AWQ", "gptq": "GPTQ", "mlx": "MLX builds",
    "mlc": "MLC builds", "onnx": "ONNX files", "exl2": "EXL2", "exl3": "EXL3", "bnb": "bitsandbytes", "fp8": "FP8",
    "fp4": "4-bit floats", "hqq": "HQQ", "openvino": "OpenVINO models", "tensorrt": "TensorRT engines", "aqlm": "AQLM", "ggml": "old GGML files",
}  # fmt: skip
SPLITTABLE = ("gguf", "ggml", "safetensors")  # formats that programs built on llama.cpp load, or convert from
# What a model counts for that lies partly in main memory, where answers should be quick.
WAITING_FOR_EXPERTS, WAITING_FOR_LAYERS = -20.0, -60.0
NUMBER_FORMATS = ("fp8", "fp4")  # formats that only some cards compute in
OF_DEVICES = 4.5  # billions of active parameters that a phone or a small board can run


def judge(evidence: Evidence, requirements: Requirements) -> None:
    """Apply all rules of this module to one candidate that is a model."""
    _licence(evidence, requirements)
    _size(evidence, requirements)
    _weights(evidence, requirements)
    _training(evidence, requirements)
    _runtimes(evidence, requirements)
    _chips(evidence, requirements)
    _half_precision(evidence, requirements)
    _number_format(evidence, requirements)
    _context(evidence, requirements)
    _memory(evidence, requirements)
    _processor(evidence, requirements)
    _small_device(evidence, requirements)


def _licence(evidence: Evidence, requirements: Requirements) -> None:
    if not requirements.commercial:
        return
    fact = evidence.candidate.licence
    if fact is None:
        evidence.add("licence", "licence-unknown")
        return
    row = licence(fact.value)
    if row.commercial == "forbidden":
        evidence.add(
            "licence", "licence-forbids", None, licence=row.name, fact=row.description, source=row.source, excludes=True
        )
        return
    rule = "licence-allows" if row.commercial == "allowed" else "licence-conditions"
    evidence.add("licence", rule, fact.token, licence=row.name, fact=row.description, source=row.source)


def _size(evidence: Evidence, requirements: Requirements) -> None:
    """Rule out what is larger or smaller than the request allows."""
    size = evidence.candidate.size
    if size is not None and not requirements.sizes.allows(size):
        shown = count(float(f"{size:.3g}"))
        limit = requirements.sizes.most if requirements.sizes.most and size > requirements.sizes.most else None
        rule = "over-size" if limit is not None else "under-size"
        asked = count(limit or requirements.sizes.least or 0)
        evidence.add("size limit", rule, None, size=shown, asked=asked, excludes=True)


def _weights(evidence: Evidence, requirements: Requirements) -> None:
    """Compare what runs at its maker with what runs on a machine of one's own, if the request says which it has to be."""
    is_hosted = evidence.candidate.reading.open_weights is False
    if requirements.understood.mentions("local") and is_hosted:
        evidence.add("weights", "hosted-only", evidence.candidate.stem, excludes=True)
    elif requirements.understood.mentions("hosted"):
        if is_hosted:
            evidence.add("weights", "is-hosted", evidence.candidate.stem)
        elif evidence.candidate.format in RUN_ONLY:
            evidence.add("weights", "runs-at-home", evidence.candidate.format_part, excludes=True)


def _training(evidence: Evidence, requirements: Requirements) -> None:
    if not requirements.task.training:
        return
    candidate = evidence.candidate
    if candidate.format in RUN_ONLY:
        evidence.add("training", "not-trainable", candidate.format_part, excludes=True)
    elif candidate.format == "bnb" and (
        requirements.understood.mentions("low-memory-training") or requirements.available_gb is not None
    ):
        evidence.add("training", "trains-in-4-bit", candidate.format_part)


def _runtimes(evidence: Evidence, requirements: Requirements) -> None:
    candidate = evidence.candidate
    form = "onnx" if candidate.reading.library == "transformers.js" else candidate.format
    for row in map(runtime, requirements.runtimes):
        if form in row.loads:
            evidence.add("runtime", "runtime-loads", candidate.format_part, runtime=row.title, source=row.source)
        elif form in dict(row.plugins):
            plugin = dict(row.plugins)[form or ""]
            evidence.add(
                "runtime", "runtime-plugin", candidate.format_part, runtime=row.title, plugin=plugin, source=row.source
            )
        elif form in row.knows:
            evidence.add("runtime", "runtime-knows", candidate.format_part, runtime=row.title, source=row.source)
        elif form == "safetensors" and "gguf" in row.loads and not requirements.is_runtime_given:
            evidence.add("runtime", "runtime-converts", None, runtime=row.title, source=row.source)
        else:
            shown = FORMATS.get(form, form)
            evidence.add("runtime", "runtime-cannot", runtime=row.title, format=shown, source=row.source, excludes=True)


def _chips(evidence: Evidence, requirements: Requirements) -> None:
    """Rule out a format that the chips of other makers alone can run."""
    machine, form = requirements.machine, evidence.candidate.format
    program = made_for(form)
    if machine is None or machine.maker is None or program is None or machine.maker in program.makers:
        return
    shown = FORMATS.get(form, form)
    evidence.add("chips", "other-chips", program=program.title, format=shown, source=program.source, excludes=True)


def _half_precision(evidence: Evidence, requirements: Requirements) -> None:
    bits = evidence.candidate.reading.activation_bits
    if bits is None or evidence.candidate.format != "mlc":
        return
    token = evidence.candidate.part("quant", "activation_bits") or evidence.candidate.stem
    if not requirements.understood.mentions("no-half"):
        if bits <= 16:
            evidence.add("shaders", "half-precision-is-smaller", token)
    elif bits <= 16:
        evidence.add("shaders", "half-precision", token, excludes=True)
    else:
        evidence.add("shaders", "full-precision", token)


def _number_format(evidence: Evidence, requirements: Requirements) -> None:
    """Compare the number format of a copy with those that the machine computes in."""
    machine, form = requirements.machine, evidence.candidate.format
    if machine is None or machine.formats is None or form not in NUMBER_FORMATS:
        return
    rule = "format-computed" if form in machine.formats else "format-converted"
    name = machine.cards[0].name if len(machine.cards) == 1 else machine.title
    evidence.add("number format", rule, evidence.candidate.format_part, machine=name, format=FORMATS[form])


def _context(evidence: Evidence, requirements: Requirements) -> None:
    if requirements.context is None:
        return
    known = evidence.candidate.context
    if known is None:
        evidence.add("context", "context-open")
        if requirements.context > EVERY_MODEL_READS:
            evidence.unknown = "how many tokens it reads"
    elif known.value < requirements.context:
        most, tokens = f"{known.value:,}", f"{requirements.context:,}"
        evidence.add("context", "context-short", None, source=known.source, excludes=True, most=most, asked=tokens)
    else:
        most, tokens = f"{known.value:,}", f"{requirements.context:,}"
        evidence.add("context", "context-long", known.token, source=known.source, most=most, asked=tokens)


def _memory(evidence: Evidence, requirements: Requirements) -> None:
    if requirements.available_gb is None:
        return
    candidate, label = evidence.candidate, None
    needed = candidate.memory(None, requirements.context)
    bare_gguf = (
        candidate.format == "gguf" and candidate.reading.quant is None and candidate.reading.platform not in FILES
    )
    if needed.overhead_bytes is None:
        evidence.add("memory", "maker-only", candidate.stem, excludes=True)
        return
    if needed.least_bytes is None and bare_gguf:
        needed, label = largest_that_fits(candidate, requirements)
    if needed.least_bytes is None:
        evidence.add("memory", "fit-open")
        evidence.unknown = "how large the model is"
        return
    _compare(evidence, needed, label, requirements)


def _compare(evidence: Evidence, needed: Estimate, label: str | None, requirements: Requirements) -> None:
    """Compare what is needed with what there is. A sum with an unknown part can only show that the model doesn't fit."""
    candidate, known = evidence.candidate, needed.least_bytes or 0
    available = requirements.available_gb or 0
    token = candidate.part("quant", "quant_method", "bits") or candidate.params_part or candidate.stem
    words: dict[str, Any] = {
        "needed": f"{known / GB:.1f}",
        "available": f"{available:g}",
        "figures": _figures(needed),
    }
    placed = _placed(candidate, needed, requirements)
    if placed in SPLIT:
        evidence.fits = True
        evidence.available_gb = round((requirements.gpu_gb or 0) + (requirements.ram_gb or 0), 1)
        rule, slower = (
            ("spills-experts", WAITING_FOR_EXPERTS) if placed == EXPERTS else ("spills-layers", WAITING_FOR_LAYERS)
        )
        words |= {"ram": f"{requirements.ram_gb:g}", "active": f"{needed.active_params_b or 0:g}"}
        evidence.add("memory", rule, token, weight=slower if requirements.quick else None, **words)
    elif (at_least_bytes(needed) or 0) > available * GB:
        evidence.fits = False
        missing = math.ceil((known / GB - available) * 10) / 10
        rule = "too-large" if needed.total_bytes is not None else "too-large-already"
        evidence.add("memory", rule, None, missing=f"{missing:g}", excludes=True, **words)
    elif needed.total_bytes is None:
        evidence.add("memory", "cache-unknown", token, asked=f"{needed.context:,}", **words)
    elif needed.total_bytes > available * GB:
        evidence.add("memory", "tight", token, **words)
    else:
        evidence.fits = True
        rule, part = ("fits-as", candidate.part("format") or token) if label is not None else ("fits", token)
        evidence.add("memory", rule, part, label=label, **words)
    evidence.least_gb = known / GB
    evidence.needed_gb = round(known / GB, 1) if needed.total_bytes is not None else None


def _placed(candidate: Candidate, needed: Estimate, requirements: Requirements) -> str | None:
    """Return where a model would lie. Only some programs keep a part of it in main memory, beside the card."""
    programs = map(runtime, requirements.runtimes)
    if candidate.format not in SPLITTABLE or not all("gguf" in program.loads for program in programs):
        return place(needed, requirements.gpu_gb, None).where
    return place(needed, requirements.gpu_gb, requirements.ram_gb).where


def largest_that_fits(candidate: Candidate, requirements: Requirements) -> tuple[Estimate, str]:
    """Return what the largest file that fits needs, of a repository that holds several, and its label."""
    for label in LADDER:
        needed = candidate.memory(label, requirements.context)
        if needed.least_bytes is None or needed.least_bytes <= (requirements.available_gb or 0) * GB:
            break
    return needed, label


def _figures(needed: Estimate) -> str:
    """Return the parts of a figure: `4.9 of weights, 1.1 for 8,192 tokens, 0.9 for the program`."""
    parts = [f"{(needed.weights_bytes or 0) / GB:.1f} of weights"]
    if needed.kv_cache_bytes is not None:
        parts.append(f"{needed.kv_cache_bytes / GB:.1f} for {needed.context:,} tokens")
    parts.append(f"{(needed.overhead_bytes or 0) / GB:.1f} for the program")
    return ", ".join(parts)


def _processor(evidence: Evidence, requirements: Requirements) -> None:
    """Compare what runs fast or slow without a graphics card."""
    if not (
        requirements.understood.mentions("processor")
        or (requirements.ram_gb is not None and requirements.gpu_gb is None)
    ):
        return
    method, token = evidence.candidate.reading.quant_method, evidence.candidate.part("quant")
    if token is not None and method == "gguf-i":
        evidence.add("processor", "i-quant-on-cpu", token)
    elif token is not None and method == "gguf-k":
        evidence.add("processor", "k-quant-on-cpu", token)


def _small_device(evidence: Evidence, requirements: Requirements) -> None:
    if not requirements.understood.mentions("small-device"):
        return
    candidate, reading = evidence.candidate, evidence.candidate.reading
    if reading.effective_params_b is not None:
        evidence.add("device", "small-device", candidate.part("effective_params_b") or candidate.stem)
        return
    size = reading.params_b or candidate.model.params_b
    if size is not None and size > OF_DEVICES and requirements.available_gb is None:
        evidence.add("device", "too-much-for-device", candidate.params_part or candidate.stem, size=count(size))

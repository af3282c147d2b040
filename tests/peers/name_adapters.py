"""Adapters of the peers that read names of models and of their files."""

from __future__ import annotations

import re

from nameplate.reading import Reading
from tests.peers.parts import SIZES, Shape, convention, head, lower, parts, said, upper, written


def aikit(reading: Reading) -> Shape:
    return {
        "name": f"{reading.family}{reading.generation or ''}".lower(),
        "size": lower(written(reading, "params_b", "expert_params_b")),
        "type": said(reading, "stage"),
    }


def gguf_naming(reading: Reading) -> Shape:
    name = convention(reading)
    first, total = reading.shard or (None, None)
    return {
        "Sidecar": name.sidecar,
        "BaseName": name.base,
        "SizeLabel": name.size,
        "FineTune": name.finetune,
        "Version": name.version,
        "Encoding": name.encoding,
        "Type": {"adapter": "LoRA", "vocab": "vocab"}.get(reading.file_role or ""),
        "Shard": written(reading, "shard"),
        "sidecar": name.sidecar,
        "model_name": name.base,
        "expert_count": reading.experts or 0,
        "parameter_count": name.size and name.size.split("x")[-1],
        "version": name.version,
        "encoding": name.encoding,
        "shard": first,
        "shard_total": total,
    }


def gguf_parser_go(reading: Reading) -> Shape:
    name = convention(reading)
    first, total = reading.shard or (None, None)
    return {
        "basename": name.base and name.base.replace("-", " "),
        "size_label": name.size,
        "finetune": name.finetune,
        "version": name.version,
        "encoding": name.encoding,
        "shard": first,
        "shard_total": total,
        "is_shard": reading.shard is not None,
        "shard_files": _all_shards(reading),
    }


def _all_shards(reading: Reading) -> list[str] | None:
    label = written(reading, "shard")
    if label is None or reading.shard is None:
        return None
    total = reading.shard[1]
    return [reading.name.replace(label, f"{n:05}-of-{total:05}") for n in range(1, total + 1)]


def gguf_py(reading: Reading) -> Shape:
    name = convention(reading)
    return {
        "name": reading.repo,
        "organization": reading.publisher,
        "basename": name.base if name.size or name.finetune or name.version else None,
        "finetune": name.finetune,
        "version": name.version,
        "size_label": name.size and _size_label(name.size),
        "repo_url": reading.url,
    }


def _size_label(text: str) -> str:
    """Sizes with a point and a capital unit.

    >>> _size_label("8x7b"), _size_label("1_6B"), _size_label("7b1"), _size_label("57B-A14B"), _size_label("mini")
    ('8x7B', '1.6B', '7.1B', '57B-A14B', 'mini')
    """
    pointed = re.sub(r"\b(\d+)b(\d)\b", r"\1.\2b", text.replace("_", "."))
    return re.sub(r"(?<=\d)[bkmt]\b", lambda unit: unit[0].upper(), pointed)


def huggingface_js(reading: Reading) -> Shape:
    label = written(reading, "shard") or ""
    first, _, total = label.partition("-of-")
    return {
        "result.prefix": reading.name.partition(f"-{label}")[0],
        "result.shard": first,
        "result.total": total,
        "quant_label": reading.quant,
        "quant": reading.quant,
        "groups": _groups_of_label(reading.quant or ""),
    }


def _groups_of_label(label: str) -> dict[str, str | None] | None:
    """A label as llama.cpp's own type, with what publishers put before and behind it.

    >>> _groups_of_label("UD-Q2_K_XL")
    {'prefix': 'UD-', 'quant': 'Q2_K', 'sizeVariation': 'XL'}
    >>> _groups_of_label("Q3_K_L")
    {'prefix': None, 'quant': 'Q3_K_L', 'sizeVariation': None}
    """
    match = re.fullmatch(r"(?P<prefix>UD-)?(?P<quant>.+?)(?:_(?P<sizeVariation>XL|(?<!Q3_K_)L))?", label)
    return match and match.groupdict()


def llama_cpp_ui(reading: Reading) -> Shape:
    named = head(reading)
    behind = [part for part in parts(reading)[len(named) :] if not (part.is_encoding or part.is_container)]
    sizes = SIZES - {"active_params_b", "experts"}
    of_hub = reading.publisher is not None and reading.name.count("/") == 1
    return {
        "raw": reading.name,
        "orgName": reading.publisher,
        "modelName": "-".join(part.text for part in named),
        "params": upper(written(reading, *sizes)),
        "activatedParams": upper(written(reading, "active_params_b")),
        "quantization": reading.quant,
        "tags": [part.text for part in behind if not part.is_size],
        "normalized": f"{reading.publisher}/{reading.repo}" if of_hub else reading.repo,
    }


def localai(reading: Reading) -> Shape:
    group = f"_G{reading.group_size}" if reading.quant and reading.group_size else ""
    return {
        "quantization": reading.quant and reading.quant.upper() + group,
        "quantization_level": upper(reading.quant),
        "parameter_size": upper(written(reading, "params_b")),
        "family": lower(convention(reading).base) if _is_known(reading) else None,
    }


def _is_known(reading: Reading) -> bool:
    """A family that is only guessed from its place in the name has half the confidence."""
    return any(token.field == "family" and token.confidence > 0.5 for token in reading.tokens)


def node_llama_cpp(reading: Reading) -> Shape:
    named = head(reading)
    behind = [part for part in parts(reading)[len(named) :] if not (part.is_encoding or part.is_container)]
    first, _, total = (written(reading, "shard") or "").partition("-of-")
    version = [part.text for part in behind if part.is_number]
    return {
        "name": named[0].text if named else None,
        "subType": "-".join(part.text for part in named[1:]),
        "parameters": upper(written(reading, "params_b")),
        "version": version[0] if version else None,
        "contextSize": upper(written(reading, "context")),
        "quantization": reading.quant,
        "fileType": reading.format,
        "parts": {"part": first, "parts": total},
        "otherInfo": [p.text for p in behind if not (p.is_size or p.is_number or "context" in p.fields)],
        "filename": reading.file and re.sub(r"\.part\d+of\d+$", "", reading.file),
        "filePrefix": f"hf_{reading.publisher}_",
        "uri": f"hf:{reading.publisher}/{reading.repo}/{_path_of_file(reading)}",
    }


def _path_of_file(reading: Reading) -> str:
    """The file with the folders inside its repository, which no key of ours keeps: cut from the name itself."""
    before = reading.revision or reading.repo or ""
    return reading.name.partition(f"/{before}/")[2].partition("?")[0]


def webllm(reading: Reading) -> Shape:
    lineage = reading.lineage
    base = lineage.base_family and "-".join(filter(None, (lineage.base_family, lineage.base_generation)))
    generation = lineage.base_generation if base else reading.generation
    label = written(reading, "params_b")
    tuned = reading.stage not in (None, "base")
    taught = lineage.teacher is not None
    own = "-".join(filter(None, (reading.family, reading.generation, reading.edition)))
    return {
        "rawModelId": reading.name,
        "family": lineage.base_family or reading.family,
        "version": generation or written(reading, "version"),
        "parameterSize": label and _size_label(label).upper(),
        "modelType": "embedding" if reading.task == "embedding" else "instruct" if tuned else "base",
        "variant": written(reading, "edition"),
        "contextVariant": written(reading, "context"),
        "quantization": _mlc_label(reading),
        "distillation": {"sourceModel": lineage.teacher, "targetArchitecture": base} if taught else None,
        "finetune": {"name": own, "baseModel": base} if base and not taught else None,
    }


def _mlc_label(reading: Reading) -> Shape | None:
    if reading.quant is None:
        return None
    match = re.search(r"_(\d)$", reading.quant)
    return {
        "weightBits": 0 if reading.quant.startswith("q0") else reading.bits,  # q0f16 says it so: weights as they were
        "floatBits": reading.activation_bits,
        "schemeVariant": int(match[1]) if match else None,
        "raw": reading.quant,
    }

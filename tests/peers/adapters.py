"""One function a peer: our reading in the shape in which the peer's own cases expect an answer.

They only rename, join and spell; what a name means is read by `decode` alone. A key that an adapter does not give
is one that our reading does not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nameplate.reading import Reading, Token

from .parts import SIZES, convention, head, own_tokens, parts, said, written

Shape = dict[str, Any]


def aikit(reading: Reading) -> Shape:
    return {
        "name": f"{reading.family}{reading.generation or ''}".lower(),
        "size": _lower(written(reading, "params_b", "expert_params_b")),
        "type": said(reading, "stage"),
    }


def docker_model_runner(reading: Reading, quant: str = "") -> Shape:
    place = _path(reading.publisher, reading.repo)
    host = "huggingface.co" if reading.host == "hf.co" else reading.host
    full = f"{host}/{place}" if host else (place if reading.publisher else f"ai/{place}").lower()
    tag = reading.tag or "latest"
    digest = _is_digest(reading)
    return {
        "normalizeModelName": reading.name if digest else f"{full}:{tag}",
        "looksLikeID": digest and ":" not in reading.name,
        "looksLikeDigest": digest and ":" in reading.name,
        "repo": place,
        "revision": reading.revision or "main",
        "tag": tag,
        "contains_quant": reading.quant == quant.upper(),
        "is_mmproj": reading.file_role == "mmproj",
    }


def _is_digest(reading: Reading) -> bool:
    """The whole text is the checksum of a file or an image."""
    return [token.field for token in reading.tokens] == ["revision"]


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


def litellm(reading: Reading) -> Shape:
    first = reading.tokens[0]
    announced = first.field in ("platform", "publisher") and reading.name[first.end :].startswith("/")
    provider = first.text if announced else {"vertex": "vertex_ai"}.get(reading.platform, reading.platform)
    owner = next((token.start for token in reading.tokens if token.field == "publisher"), 0)
    return {
        # Two providers are routed to their chat interface.
        "provider": {"cohere": "cohere_chat", "ai21": "ai21_chat"}.get(provider, provider),
        "model": reading.name[first.end + 1 :] if announced else reading.name,
        "region": reading.region,
        "model_id": reading.name[owner:],
    }


def llama_cpp_ui(reading: Reading) -> Shape:
    named = head(reading)
    behind = [part for part in parts(reading)[len(named) :] if not (part.is_encoding or part.is_container)]
    sizes = SIZES - {"active_params_b", "experts"}
    return {
        "raw": reading.name,
        "orgName": reading.publisher,
        "modelName": "-".join(part.text for part in named),
        "params": _upper(written(reading, *sizes)),
        "activatedParams": _upper(written(reading, "active_params_b")),
        "quantization": reading.quant,
        "tags": [part.text for part in behind if not part.is_size],
        "normalized": _path(reading.publisher if reading.name.count("/") == 1 else None, reading.repo),
    }


def lm_studio(reading: Reading) -> Shape:
    known = reading.platform == "lm-studio" and reading.publisher and reading.repo
    return {"result": {"owner": _lower(reading.publisher), "name": _lower(reading.repo)} if known else None}


def localai(reading: Reading) -> Shape:
    group = f"_G{reading.group_size}" if reading.quant and reading.group_size else ""
    return {
        "quantization": reading.quant and reading.quant.upper() + group,
        "quantization_level": _upper(reading.quant),
        "parameter_size": _upper(written(reading, "params_b")),
        "family": _lower(convention(reading).base) if _is_known(reading) else None,
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
        "parameters": _upper(written(reading, "params_b")),
        "version": version[0] if version else None,
        "contextSize": _upper(written(reading, "context")),
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


def ollama(reading: Reading) -> Shape:
    host, namespace, tag = reading.host, reading.publisher, reading.tag
    full = f"{host or 'registry.ollama.ai'}/{namespace or 'library'}/{reading.repo}"
    ours = full.removeprefix("registry.ollama.ai/")
    source = _ollama_source(reading)
    bare = reading.name[: reading.tokens[-2].start] if source else reading.name
    return {
        "host": host,
        "namespace": namespace or ("library" if host else None),  # our reading keeps no namespace that stands for none
        "model": reading.repo,
        "tag": tag,
        "canonical_path": f"{full}/{tag or 'latest'}",
        "canonical": f"{full}:{tag or 'latest'}",
        "display_shortest": f"{ours.removeprefix('library/') if ours != full else full}:{tag or 'latest'}",
        "has_explicit_tag": tag is not None,
        "base": bare,
        "source": source or "unspecified",
        "explicit": source is not None,
        "explicit_cloud": source == "cloud",
        "explicit_local": source == "local",
        "stripped": bare if source == "cloud" else reading.name,
        "cloud": source == "cloud",
    }


def _ollama_source(reading: Reading) -> str | None:
    """Where the model runs, if the end of the tag says it."""
    last = reading.tokens[-1]
    return str(last.value) if last.field == "tag" and (reading.tag or "").endswith(last.text) else None


def ramalama(reading: Reading) -> Shape:
    repo = reading.repo if reading.file else None
    place = _path(reading.publisher, repo)
    if reading.host and place:
        place = _address(reading.name, reading.host, repo or reading.publisher)
    return {
        "name": reading.file or reading.repo,
        "tag": reading.tag or reading.revision or "latest",
        "organization": place or ("library" if reading.platform == "ollama" else ""),
        "transport": RAMALAMA.get(reading.tokens[0].text) or RAMALAMA.get(reading.platform),
        "pruned": _path(reading.publisher, repo, reading.file or reading.repo),
    }


RAMALAMA = {
    "api": "APITransport",
    "huggingface": "Huggingface",
    "modelscope": "ModelScope",
    "oci-registry": "OCI",
    "ollama": "Ollama",
    "rlcr://": "RamalamaContainerRegistry",
}


def _address(name: str, host: str, last: str | None) -> str:
    """The name from its host to the end of a part of its address."""
    start = name.index(host)
    return name[start : name.index(last or host, start) + len(last or host)]


def _path(*parts: str | None) -> str:
    return "/".join(part for part in parts if part)


def vllm(reading: Reading) -> Shape:
    remote = bool(reading.publisher and not reading.host and reading.tag and reading.quant)
    return {
        "is_remote_gguf": remote,
        "repo_id": f"{reading.publisher}/{reading.repo}",
        "quant": reading.tag,
    }


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
    match = re.search(r"_(\d)$", reading.quant or "")
    return reading.quant and {
        "weightBits": reading.bits,
        "floatBits": reading.activation_bits,
        "schemeVariant": int(match[1]) if match else None,
        "raw": reading.quant,
    }


def _upper(text: str | None) -> str | None:
    return text and text.upper()


def _lower(text: str | None) -> str | None:
    return text and text.lower()


ADAPTERS: dict[str, Callable[..., Shape]] = {
    "LocalAI": localai,
    "aikit": aikit,
    "docker-model-runner": docker_model_runner,
    "gguf-naming-spec": gguf_naming,
    "gguf-parser-go": gguf_parser_go,
    "gguf-py": gguf_py,
    "huggingface.js": huggingface_js,
    "litellm": litellm,
    "llama.cpp-webui": llama_cpp_ui,
    "lmstudio-lms": lm_studio,
    "node-llama-cpp": node_llama_cpp,
    "ollama": ollama,
    "ramalama": ramalama,
    "vllm": vllm,
    "webllm-parseModelId": webllm,
}

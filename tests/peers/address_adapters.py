"""Adapters of the peers that take addresses apart: registries, gateways and downloaders."""

from __future__ import annotations

from nameplate.reading import Reading
from tests.peers.parts import Shape, lower


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


def lm_studio(reading: Reading) -> Shape:
    known = reading.platform == "lm-studio" and reading.publisher and reading.repo
    return {"result": {"owner": lower(reading.publisher), "name": lower(reading.repo)} if known else None}


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

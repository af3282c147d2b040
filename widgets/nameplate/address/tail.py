"""Read what follows a model's name in its address, after `@` and `:`: a tag, a date, a quantization, a revision."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..patterns import pattern
from ..vocabulary.lookup import Vocabulary
from .parts import Part, Region

QUANT_LIKE = pattern(r"(?i)(?:ud-)?(?:i?q|tq|mxfp|nvfp|fp|bf|f|int)?\d\w*(?:-[a-z0-9]\w*)*$")
# A checksum in place of a name: of a file, a commit or an image; always in lower case.
DIGEST = pattern(r"(?:sha256[:-][0-9a-f]{64}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,64})$")
# What a file of weights ends in, with the numbering of a split file behind it.
FILE = pattern(
    r"\.(?:gguf|ggml|safetensors|sft|bin|onnx|llamafile|pth?|ckpt|task|tflite|litertlm|mlpackage|mlmodelc|nemo|rkllm|keras|h5|msgpack|npz|pte|wasm"
    r"|imatrix|dat)(?:[-.](?:part|split)?-?\w+-?of-?\w+)?(?:\.(?:zip|tar|t?gz|7z))?$",
    re.IGNORECASE,
)
# Folders that programs treat as one file.
BUNDLE = pattern(r"\.(?:mlmodelc|mlpackage)(?:\.zip)?$", re.IGNORECASE)
# What a download is packed in, and the list of the parts of a model.
ARCHIVE = pattern(r"\.(zip|tar|tgz|7z|index\.json)$", re.IGNORECASE)
ARCHIVE_ENDS = frozenset("pPrRzZnN")
# Files that belong to a model but are no weights.
BESIDE = pattern(
    r"\.(?:json|txt|md|ya?ml|py|model|jinja|xml|toml|csv|jsonl|parquet|tiktoken|lock|metadata|incomplete|log)$",
    re.IGNORECASE,
)
PACKAGE = pattern(r"\d{1,3}$")  # which packaging of a model it is, counted: Phi-4-mini-instruct-cuda-gpu:5
DATED = pattern(r"20\d{6}|2\d(?:0[1-9]|1[0-2])")  # claude-3-5-sonnet@20240620, mistral-nemo@2407
VERSION_HASH = pattern(r"[0-9a-f]{64}$")


class Tail(NamedTuple):
    """Where the model's own name ends, which platform writes it like this, and what follows the name."""

    end: int
    platform: str
    parts: tuple[Part, ...]
    regions: tuple[Region, ...]


def tail_of(name: str, start: int, end: int, known: str, vocabulary: Vocabulary) -> Tail:
    """Return what follows `@` and `:` in the last segment."""
    parts: list[Part] = []
    regions: list[Region] = []
    platform = ""
    end = min(end, query_of(name, start))
    if name.endswith(".git", start, end):
        parts.append(Part(end - 3, end, "path", None))  # as `git clone` takes it
        end -= 4
    pinned = name.find("@sha256:", start, end)
    if pinned > start:
        parts.append(Part(pinned + 1, end, "revision", name[pinned + 1 : end]))
        end = pinned
    colon = name.find(":", start, end)
    if colon > start:
        tag = name[colon + 1 : end]
        if VERSION_HASH.match(tag):
            return Tail(colon, "replicate", (*parts, Part(colon + 1, end, "revision", tag)), ())
        if PACKAGE.match(tag) and "/" not in name[:start]:
            parts.append(Part(colon + 1, end, "revision", tag))
        elif tag:
            platform = _platform_of(name[:start], name[start:colon], tag, vocabulary)
            regions.append(Region(colon + 1, end, "file" if FILE.search(tag) else "tag"))
        end = colon
    at = name.find("@", start + 1)
    if start < at < end:
        platform, behind = _behind_at(name[at + 1 : end], at + 1, platform, known)
        if isinstance(behind, Region):
            regions.insert(0, behind)
        elif behind is not None:
            parts.append(behind)
        end = len(name[:at].rstrip())
    return Tail(end, platform, tuple(parts), tuple(regions))


def _platform_of(before: str, repo: str, tag: str, vocabulary: Vocabulary) -> str:
    """Return the platform that writes an id with such a tag."""
    owner = before.rstrip("/").rpartition("/")[2].lower()
    if "/" not in before:
        return platform_of_short(tag, vocabulary)
    if tag in vocabulary.router_tags:
        return "openrouter"
    if owner in vocabulary.accounts:
        return vocabulary.accounts[owner]
    if before + repo != (before + repo).lower():
        return "huggingface"  # llama.cpp's way to choose a file: publisher/Repo-GGUF:Q4_K_M
    # Makers have no accounts in Ollama's library, and other services write tags too.
    return "unknown" if owner in vocabulary.owners else "ollama"


def platform_of_short(tag: str, vocabulary: Vocabulary) -> str:
    """Return the platform that writes a tag behind a name without a publisher.

    A price or a way to route is OpenRouter's, if Ollama's tags don't use the same word for the model.
    """
    return "openrouter" if tag in vocabulary.router_tags and not vocabulary.says_of_model(tag) else "ollama"


def _behind_at(text: str, start: int, platform: str, known: str) -> tuple[str, Part | Region | None]:
    """Return what follows `@`: a date of Vertex, a quantization of LM Studio, or a revision."""
    by_hand = text[:1].isspace()  # Llama 3.3 70B @ Q4_K_M
    start += len(text) - len(text.lstrip())
    text = text.strip()
    end = start + len(text)
    if not text:
        return platform, None
    if known == "huggingface":
        return platform, Part(start, end, "revision", text)
    if DATED.fullmatch(text):
        return platform or "vertex", Region(start, end, "tag")
    if QUANT_LIKE.match(text) and not text.isdecimal() and not DIGEST.match(text):
        return platform or ("" if by_hand else "lm-studio"), Region(start, end, "tag")
    sold = text.isdecimal() or text in ("default", "latest")
    return platform or ("vertex" if sold else ""), Part(start, end, "revision", text)


def query_of(name: str, start: int) -> int:
    """Return where the path ends and the query of an address begins."""
    return min((at for at in (name.find(mark, start) for mark in "?#") if at > 0), default=len(name))

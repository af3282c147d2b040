"""Find out which platform's grammar a name follows, and which part of it the model's author wrote.

An address is cut into parts that are read here (host, region, publisher, revision) and regions that are left
to the reader (repo, file, tag). Clouds have grammars of their own (clouds.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..notation.sizes import tokens_of_context
from ..patterns import pattern
from ..vocabulary.lookup import Vocabulary
from . import clouds
from .kinds import FILE_FOLDERS, NOT_A_MODEL, completes, names_line, opening_lines, opens_with_line, publishes
from .parts import Address, Part, Region, shifted
from .tail import ARCHIVE, ARCHIVE_ENDS, BESIDE, DIGEST, FILE, PACKAGE, Tail, platform_of_short, query_of, tail_of

SCHEME = pattern(r"([a-z][a-z0-9+.-]{1,15})://|([a-z]):/", re.IGNORECASE)  # or the letter of a drive
SHORT_SCHEME = pattern(r"(hf|pkg):(?=[^/:]+/)")  # hf:publisher/repo/file, pkg:huggingface/publisher/repo
# How hubs lay out the pages and files of a repository: /resolve/main/model.gguf, /file/view/master/model.gguf
PAGE = pattern(r"/(?:resolve|blob|raw|tree|file/view)/([^/?#]+)/?")
HOST = pattern(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?$|localhost(?::\d+)?$", re.IGNORECASE)
CACHE = pattern(
    r"(?:^|/)models--(?P<publisher>[^/]+?)--(?P<repo>[^/]+)(?:/snapshots/(?P<revision>[0-9a-f]+))?(?:/(?P<file>[^/]+))?$"
)
REFS = pattern(r"@(refs/(?:pr|heads|tags|convert)/[^?#]+)")
REPOSITORY_URL = pattern(r"\?repository_url=https?:(?://|%2[Ff]%2[Ff])([^/?#&%]+)")
SERVED = "-maas"  # open models that Vertex serves: a model as a service
FOLDERS = frozenset(("library", "models", "model", "serving-endpoints", "us", "eu", "global", "global-standard"))
OWN_FOLDERS = frozenset(("checkpoints", "ckpts", "weights", "pretrained", "pretrained_models", "saves", "outputs"))
BASE_AND_ADAPTER = pattern(r"([\w.-]+/[\w.-]+)\+([\w.-]+/[\w.-]+)\Z")  # as mergekit writes a base with a LoRA on it
DIGEST_BELOW = pattern(r"([\w.-]+)/(sha256[-:][0-9a-f]{6,64})")  # local-gguf/sha256-c67a1d54f8061bbd
ANNOUNCED = pattern(r"([A-Za-z][\w-]*):(?!/)(?=[^\s:/]+)")  # openai:gpt-4o, merge:deepseek/deepseek-v4-flash
HELD_AT = pattern(r"([a-z][a-z0-9-]*)@(?=[^@/]+/[^@/])")  # huggingface@TheBloke/Llama-2-7B-GGUF
JOINED = pattern(
    r"([A-Za-z][\w-]*?[^\W_])--([^\W_](?:(?!--).)*)\Z"
)  # mlx-community--Qwen3-8B-4bit, a folder for a repository
PICTURE = pattern(r"\d{3,4}-?x-?\d{3,4}")  # how large the pictures are that a price is for: 1024-x-1024/dall-e-2
# How SageMaker JumpStart calls a model: who offers it, what it is for, and its name
JUMPSTART = pattern(
    r"((?:jumpstart-dft-)?(huggingface|meta|model|stabilityai|pytorch|tensorflow)-(?:llm|vlm|asr|reranker|reasoning|summarization|translation|text2text|txt2img|upscaling"
    r"|textgeneration(?:neuron|\d)?|textembedding|sentencesimilarity|eqa|fillmask|tc|spc|ner|zstc|llmneuron|textembedding-models)\d?)-(?=[a-z])"
)
JUMPSTART_OPENS = ("jumpstart-dft-", "huggingface-", "meta-", "model-", "stabilityai-", "pytorch-", "tensorflow-")
WINDOW = pattern(r"\[(\d{1,4})([km])\]\Z", re.IGNORECASE)  # claude-opus-4-8[1m]: with a context of a million tokens
PLAIN = pattern(r"(?:([^/:@?#.]+)/)?([^/:@?#]+)\Z")  # no marks but one slash at most
TAGGED = pattern(r"(?!ft:)([^/:@?#.]+):([^/:@?#]{1,63})\Z")  # llama3:8b; an image's hash is longer


def parse(name: str, vocabulary: Vocabulary) -> Address:
    """Return the address in a name, however little of one there is."""
    text = name.strip()
    window = WINDOW.search(text) if text.endswith("]") else None
    if window is not None and window.start():
        address = parse(name[: name.rindex("[")], vocabulary)
        start = name.rindex("[") + 1
        part = Part(
            start, start + len(window[1] + window[2]), "context", tokens_of_context(window[1], window[2].lower())
        )
        return address._replace(parts=(*address.parts, part))
    archive = ARCHIVE.search(text) if text[-1:] in ARCHIVE_ENDS else None
    if archive is not None and len(text) == len(name) and FILE.search(text, 0, archive.start()):
        return _unpacked(parse(name[: archive.start()], vocabulary), archive)
    if len(text) == len(name):
        return _parse(name, vocabulary)
    return shifted(_parse(text, vocabulary), len(name) - len(name.lstrip()))


def _unpacked(address: Address, archive: re.Match[str]) -> Address:
    """The address of a file with another ending: `ggml-base.en-encoder.mlmodelc.zip`, `LFM2-8B.safetensors.index.json`"""
    region = address.regions[-1]
    part = Part(*archive.span(1), "path", None)
    return address._replace(
        parts=(*address.parts, part), wholes=(*address.wholes, (region.start, region.start, archive.end()))
    )


def _parse(name: str, vocabulary: Vocabulary) -> Address:
    name = name.replace("\\", "/")
    plain = PLAIN.match(name)
    if plain is not None and "models--" not in name:
        address = _plain(name, plain[1], plain[2], vocabulary)
        if address is not None:
            return address
    both = BASE_AND_ADAPTER.match(name) if "+" in name else None
    if both is not None:
        base = _parse(both[1], vocabulary)
        return base._replace(parts=(*base.parts, Part(*both.span(2), "option", None)))
    if DIGEST.match(name):
        return Address("unknown", (Part(0, len(name), "revision", name),), (), kind=NOT_A_MODEL)
    announced = ANNOUNCED.match(name)
    if announced is not None and _announces(announced, vocabulary):
        return _behind(announced, name, vocabulary)
    held = HELD_AT.match(name)
    if held is not None and held[1] in vocabulary.prefixes:
        return _behind(held, name, vocabulary)
    if not any(mark in name for mark in ("/", ":", "@", ".", "models--")):
        return Address("unknown", (), (Region(0, len(name), "repo"),))
    tagged = TAGGED.match(name)
    if tagged is not None:
        return _tagged(tagged, vocabulary)
    for grammar in GRAMMARS:
        address = grammar(name, vocabulary)
        if address is not None:
            return address
    return _path(name, vocabulary)


def _tagged(found: re.Match[str], vocabulary: Vocabulary) -> Address:
    """`llama3:8b`, as Ollama writes names; a bare number counts the packages of a model: Phi-4-mini-instruct-cuda-gpu:5"""
    repo = Region(*found.span(1), "repo")
    if PACKAGE.match(found[2]):
        sold = clouds.packaged(found.string)
        return sold or Address("unknown", (Part(*found.span(2), "revision", found[2]),), (repo,))
    return Address(platform_of_short(found[2], vocabulary), (), (repo, Region(*found.span(2), "tag")))


def _plain(name: str, owner: str | None, repo: str, vocabulary: Vocabulary) -> Address | None:
    """`name`, `file.gguf` or `publisher/repo`, as most names are; nothing where a grammar may know better."""
    kind = "file" if "." in repo and FILE.search(repo) else "repo"
    digest = DIGEST_BELOW.fullmatch(name) if repo.startswith("sha256") else None
    if digest is not None:
        parts = (Part(*digest.span(1), "path", None), Part(*digest.span(2), "repo", digest[2]))
        return Address("unknown", parts, (), kind=NOT_A_MODEL)
    if owner is None:
        joined = JOINED.match(name)
        if joined is not None and (publishes(joined[1], vocabulary) or not names_line(joined[1], vocabulary)):
            part = Part(*joined.span(1), "publisher", joined[1])
            return Address("unknown", (part,), (Region(*joined.span(2), "repo"),))
        if ("." in name and clouds.BEDROCK.match(name)) or DIGEST.match(name):
            return None
        stocked = JUMPSTART.match(name) if name.startswith(JUMPSTART_OPENS) else None
        if stocked is not None:
            publisher = "meta" if stocked[2] == "meta" else None
            return Address(
                "sagemaker",
                (Part(*stocked.span(1), "platform", "sagemaker"),),
                (Region(stocked.end(), len(name), "repo"),),
                wholes=((stocked.end(), 0, len(name)),),
                implies=(("publisher", publisher),) if publisher else (),
            )
        platform = "gguf-file" if kind == "file" and ".gguf" in name.lower() else "unknown"
        return Address("vertex" if repo.endswith(SERVED) else platform, (), (Region(0, len(name), kind),))
    if owner in vocabulary.prefixes or owner in FOLDERS or owner.lower() == "localhost":
        return None
    if owner.lower() in (FILE_FOLDERS if kind == "file" else OWN_FOLDERS):
        platform = _without_publisher(name) if kind == "file" else "unknown"
        return Address(platform, (Part(0, len(owner), "path", None),), (Region(len(owner) + 1, len(name), kind),))
    named_alike = kind == "file" and repo[: len(owner) + 1].lower() in (f"{owner.lower()}_", f"{owner.lower()}-")
    aside = named_alike and not publishes(owner, vocabulary)  # DMD2/dmd2_sdxl_4step_lora_fp16.safetensors
    if aside or (owner[0].isdecimal() and PICTURE.fullmatch(owner)):
        return Address(
            _without_publisher(name) if kind == "file" else "unknown",
            (Part(0, len(owner), "path", None),),
            (Region(len(owner) + 1, len(name), kind),),
        )
    if kind == "file" and completes(owner, repo, False, vocabulary):
        regions = (Region(0, len(owner), "repo"), Region(len(owner) + 1, len(name), "file"))
        return Address(_without_publisher(name), (), regions)
    part = Part(0, len(owner), "publisher", owner)
    platform = "vertex" if repo.endswith(SERVED) else vocabulary.accounts.get(owner, "huggingface")
    return Address(platform, (part,), (Region(len(owner) + 1, len(name), kind),))


def _announces(found: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Return whether a service or a maker comes before the colon, and the model's id after it."""
    word, behind = found[1].lower(), found.string[found.end() :]
    known = word in vocabulary.prefixes or word in vocabulary.owners
    if not known and "/" not in behind:
        return False
    if word in ("ft", "arn", "hf", "pkg") or names_line(word, vocabulary):
        return False
    if "/" in behind:
        return known or opens_with_line(behind, vocabulary) or behind.partition("/")[0].lower() in vocabulary.owners
    return known and (opens_with_line(behind, vocabulary) or clouds.bedrock(behind, vocabulary) is not None)


def _behind(found: re.Match[str], name: str, vocabulary: Vocabulary) -> Address:
    platform = vocabulary.prefixes.get(found[1].lower())
    inner = shifted(_parse(name[found.end() :], vocabulary), found.end())
    part = Part(*found.span(1), "platform" if platform else "path", platform)
    # Behind a word that announces no platform, an id looks like one of the hub and need not be.
    return inner._replace(platform=platform or "unknown", parts=(part, *inner.parts))


def _cache_folder(name: str, vocabulary: Vocabulary) -> Address | None:
    """`models--Qwen--Qwen3-8B/snapshots/<commit>/model.safetensors`"""
    match = CACHE.search(name)
    if match is None:
        return None
    folder = match.start("publisher") - len("models--")
    parts = [
        Part(folder, match.start("publisher") - 2, "platform", "huggingface"),
        Part(*match.span("publisher"), "publisher", match["publisher"]),
    ]
    regions = [Region(*match.span("repo"), "repo")]
    if match["revision"]:
        parts.append(Part(match.end("repo") + 1, match.start("revision") - 1, "platform", "huggingface"))
        parts.append(Part(*match.span("revision"), "revision", match["revision"]))
    if match["file"]:
        regions.append(Region(*match.span("file"), "file"))
    return Address("huggingface", tuple(parts), tuple(regions))


GRAMMARS: tuple[Callable[[str, Vocabulary], Address | None], ...] = (
    _cache_folder,
    clouds.fine_tuned,
    clouds.amazon_resource,
    clouds.fireworks,
    clouds.vertex,
    clouds.bedrock,
)


def _path(name: str, vocabulary: Vocabulary) -> Address:
    """`scheme://host/prefix/publisher/repo/file:tag@revision`, any part of which may be missing"""
    scheme = SCHEME.match(name) or SHORT_SCHEME.match(name)
    start = scheme.end() if scheme else 0
    page = PAGE.search(name, start)
    refs = REFS.search(name, start)
    stop = refs.start() if refs else query_of(name, start)
    segments = list(_segments(name, start, page.start() if page else stop))
    if not segments:
        return Address("unknown", (), (Region(0, len(name), "repo"),))
    parts = [Part(*refs.span(1), "revision", refs[1])] if refs else _elsewhere(name, stop)
    platform = vocabulary.schemes.get((scheme[1] or "").lower(), "") if scheme else ""
    if scheme:
        parts.append(Part(0, start, "platform", platform or scheme[0]))
    first = segments[0]
    # After a scheme that belongs to no platform comes a host, whatever it looks like.
    foreign = SCHEME.match(name) and scheme and scheme[1] and not platform and first[0] == start
    if len(segments) > 1 and (HOST.match(first[2]) or foreign):
        platform = platform or vocabulary.hosts.get(first[2].lower().removeprefix("www."), "")
        parts.append(Part(first[0], first[1], "host", first[2]))
        segments.pop(0)
    while (
        len(segments) > 1
        and segments[0][2] in vocabulary.prefixes
        and platform in ("", vocabulary.prefixes[segments[0][2]])
    ):
        if len(segments) == 2 and not _serves(segments[0][2], segments[1][2], vocabulary):
            break  # databricks/dbrx-instruct is an id of the hub, databricks/databricks-dbrx-instruct isn't
        start, end, text = segments.pop(0)
        platform = vocabulary.prefixes[text]
        parts.append(Part(start, end, "platform", platform))
    while len(segments) > 1 and segments[0][2] in FOLDERS:
        start, end, text = segments.pop(0)
        parts.append(Part(start, end, "region" if clouds.REGION.match(text) else "platform", text))
    if platform in vocabulary.paths:
        return Address(platform, tuple(parts), (Region(segments[0][0], segments[-1][1], "repo"),))
    if page:
        parts.append(Part(page.start() + 1, page.start(1) - 1, "platform", platform))
        parts.append(Part(*page.span(1), "revision", page[1]))
        inside = list(_segments(name, page.end(), query_of(name, page.end())))
        segments = segments[:2] + inside[-1:]
    if len(segments) > 2 and (
        page or platform in vocabulary.hubs or (not parts and _holds_folders(segments, vocabulary))
    ):
        (owner_start, owner_end, owner), repo, *folders, file = segments
        parts.append(Part(owner_start, owner_end, "publisher", owner))
        if folders:
            parts.append(Part(folders[0][0], folders[-1][1], "path", None))
        regions = [Region(repo[0], repo[1], "repo")]
        if BESIDE.search(file[2]):
            parts.append(Part(*file[:2], "file", file[2]))
        else:
            regions.append(Region(*file[:2], "file"))
        return Address(platform or "huggingface", tuple(parts), tuple(regions))
    return _short_path(name, platform, parts, segments, vocabulary)


def _serves(owner: str, model: str, vocabulary: Vocabulary) -> bool:
    """Return whether a service is meant, and not the account of its maker on the hub: `cerebras/llama3.1-8b`.

    Services write names in small letters, and most of them are of other makers' lines.
    """
    if owner not in vocabulary.makers and owner not in vocabulary.hub_accounts:
        return True
    if vocabulary.joined.get(model.partition("-")[0]) == vocabulary.prefixes[owner]:
        return True
    named = opening_lines(model, vocabulary)
    return model.islower() and bool(named) and all(owner not in vocabulary.lines[line].publishers for line in named)


def _holds_folders(segments: list[tuple[int, int, str]], vocabulary: Vocabulary) -> bool:
    """Return whether the second part of a path names a model, and the rest folders or files inside its repository."""
    (_, _, owner), (_, _, repo), *inside = segments
    if owner in vocabulary.prefixes or not any(c.isdigit() for c in repo) or not names_line(repo, vocabulary):
        return False
    below = inside[0][2]
    last = inside[-1][2]
    return (
        FILE.search(last) is not None
        or BESIDE.search(last) is not None
        or not names_line(below, vocabulary)
        or below.startswith(repo)
    )


def _elsewhere(name: str, start: int) -> list[Part]:
    """Return the host in the qualifier of a package URL: `?repository_url=https://hub-ci.huggingface.co`"""
    match = REPOSITORY_URL.match(name, start)
    return [Part(match.start() + 1, match.end(), "host", match[1])] if match else []


def _short_path(
    name: str, platform: str, parts: list[Part], segments: list[tuple[int, int, str]], vocabulary: Vocabulary
) -> Address:
    """`publisher/repo/file:tag@revision`"""
    regions: list[Region] = []
    for start, end, text in segments[:-2]:
        parts.append(Part(start, end, "publisher", text))
    last = segments[-1]
    if len(segments) > 1:
        before = segments[-2]
        is_file = FILE.search(last[2]) is not None
        if is_file and len(segments) == 2:
            is_file = not platform and completes(before[2], last[2], False, vocabulary)
            platform = _without_publisher(name) if is_file else platform
        if is_file:
            regions.append(Region(before[0], before[1], "repo"))
        else:
            parts.append(Part(before[0], before[1], "publisher", before[2]))
    tail = tail_of(name, last[0], last[1], platform, vocabulary)
    regions.append(Region(last[0], tail.end, "file" if FILE.search(name, last[0], tail.end) else "repo"))
    return Address(
        platform or tail.platform or _guess(name, segments, tail), (*parts, *tail.parts), (*regions, *tail.regions)
    )


def _without_publisher(name: str) -> str:
    """The platform of a file that lies in a folder called like it, as a program lays out what it downloads."""
    return "gguf-file" if ".gguf" in name.lower() else "unknown"


def _guess(name: str, segments: list[tuple[int, int, str]], tail: Tail) -> str:
    if len(segments) == 1:
        return "gguf-file" if FILE.search(name[: tail.end]) and ".gguf" in name.lower() else "unknown"
    return "huggingface" if len(segments) == 2 or FILE.search(name[: tail.end]) else "unknown"


def _segments(name: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    position = start
    for text in name[start:stop].split("/"):
        if text:
            yield position, position + len(text), text
        position += len(text) + 1

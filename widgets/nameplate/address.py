"""Which platform's grammar is a name written in, and which part of it did the model's author write?

An address is cut into parts that are read here (host, region, publisher, revision) and regions that are left
to the reader (repo, file, tag). Everything is told by offsets into the input, so that no character is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .notation.sizes import tokens_of_context
from .patterns import pattern
from .vocabulary import Vocabulary

QUANT_LIKE = pattern(r"(?i)(?:ud-)?(?:i?q|tq|mxfp|nvfp|fp|bf|f|int)?\d\w*(?:-[a-z0-9]\w*)*$")
BEDROCK = pattern(r"(?P<area>[a-z]{2}(?:-gov)?|apac|global)?(?(area)\.)(?P<vendor>[a-z0-9]+)\.(?=[a-z0-9])")
REGION = pattern(r"[a-z]{2}(?:-[a-z]+){1,3}-\d$|(?:us|eu|global|global-standard)$")
SOLD = pattern(r"-v\d+:\d+(?::\w+)?$")
AREAS = frozenset(("us", "us-gov", "eu", "apac", "au", "jp", "ca", "global"))  # inference profiles
PACKAGING = pattern(r"-?v\d+:\d+$")
THOUSANDS = pattern(r"(\d+)k$")
DAY = pattern(r"(?<!\d)20\d{6}(?!\d)")
SCHEME = pattern(r"([a-z][a-z0-9+.-]{1,15})://|([a-z]):/", re.IGNORECASE)  # or the letter of a drive
SHORT_SCHEME = pattern(r"(hf|pkg):(?=[^/:]+/)")  # hf:publisher/repo/file, pkg:huggingface/publisher/repo
# How hubs lay out the pages and files of a repository: /resolve/main/model.gguf, /file/view/master/model.gguf
PAGE = pattern(r"/(?:resolve|blob|raw|tree|file/view)/([^/?#]+)/?")
# A checksum in place of a name: of a file, a commit or an image; always in lower case.
DIGEST = pattern(r"(?:sha256[:-][0-9a-f]{64}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,64})$")
HOST = pattern(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?$|localhost(?::\d+)?$", re.IGNORECASE)
CACHE = pattern(
    r"(?:^|/)models--(?P<publisher>[^/]+?)--(?P<repo>[^/]+)(?:/snapshots/(?P<revision>[0-9a-f]+))?(?:/(?P<file>[^/]+))?$"
)
FILE = pattern(
    r"\.(?:gguf|ggml|safetensors|bin|onnx|llamafile|pth?|task|litertlm|mlpackage)(?:[-.](?:part|split)?-?\w+-?of-?\w+)?$",
    re.IGNORECASE,
)
FINE_TUNED = pattern(r"ft:(?P<repo>[^:/]+):(?P<publisher>[^:]*)(?::(?P<tag>[^:]*)(?::(?P<revision>[^:]*))?)?$")
REFS = pattern(r"@(refs/(?:pr|heads|tags|convert)/[^?#]+)")
VERSION_HASH = pattern(r"[0-9a-f]{64}$")
REPOSITORY_URL = pattern(r"\?repository_url=https?:(?://|%2[Ff]%2[Ff])([^/?#&%]+)")
SERVED = "-maas"  # open models that Vertex serves: a model as a service
FOLDERS = frozenset(("library", "models", "model", "serving-endpoints", "us", "eu", "global", "global-standard"))
PLAIN = pattern(r"(?:([^/:@?#.]+)/)?([^/:@?#]+)\Z")  # no marks but one slash at most
TAGGED = pattern(r"(?!ft:)([^/:@?#.]+):([^/:@?#]{1,63})\Z")  # llama3:8b; an image's hash is longer
VERTEX = pattern(
    r"(?:^|/)(?:projects/[^/]+/locations/(?P<region>[^/]+)/)?publishers/(?P<publisher>[^/]+)/models/(?P<repo>[^/?#]+)$"
)
FIREWORKS = pattern(r"accounts/(?P<publisher>[^/]+)/(?:models|deployedModels|routers)/(?P<repo>[^/]+)")


class Part(NamedTuple):
    """A stretch of the input that belongs to the address."""

    start: int
    end: int
    field: str
    value: Any


class Region(NamedTuple):
    """A stretch of the input that the model's author wrote; `kind` is `repo`, `file` or `tag`."""

    start: int
    end: int
    kind: str


class Address(NamedTuple):
    """Where a name points. `parts` and `regions` never overlap; what lies between them are separators."""

    platform: str
    parts: tuple[Part, ...]
    regions: tuple[Region, ...]
    origin: Part | None = None  # who published the original, where a copy's name begins with that


def parse(name: str, vocabulary: Vocabulary) -> Address:
    """The address in a name, however little of one there is."""
    text = name.strip()
    if len(text) == len(name):
        return _parse(name, vocabulary)
    return _shifted(_parse(text, vocabulary), len(name) - len(name.lstrip()))


def _parse(name: str, vocabulary: Vocabulary) -> Address:
    name = name.replace("\\", "/")
    plain = PLAIN.match(name)
    if plain is not None and "models--" not in name:
        address = _plain(name, plain[1], plain[2], vocabulary)
        if address is not None:
            return address
    if DIGEST.match(name):
        return Address("unknown", (Part(0, len(name), "revision", name),), ())
    if not any(mark in name for mark in ("/", ":", "@", ".", "models--")):
        return Address("unknown", (), (Region(0, len(name), "repo"),))
    tagged = TAGGED.match(name)
    if tagged is not None:
        return Address("ollama", (), (Region(*tagged.span(1), "repo"), Region(*tagged.span(2), "tag")))
    for grammar in GRAMMARS:
        address = grammar(name, vocabulary)
        if address is not None:
            return address
    return _path(name, vocabulary)


def _plain(name: str, owner: str | None, repo: str, vocabulary: Vocabulary) -> Address | None:
    """`name`, `file.gguf` or `publisher/repo`, as most names are; nothing where a grammar may know better."""
    kind = "file" if "." in repo and FILE.search(repo) else "repo"
    if owner is None:
        if ("." in name and BEDROCK.match(name)) or DIGEST.match(name):
            return None
        platform = "gguf-file" if kind == "file" and ".gguf" in name.lower() else "unknown"
        return Address("vertex" if repo.endswith(SERVED) else platform, (), (Region(0, len(name), kind),))
    if owner in vocabulary.prefixes or owner in FOLDERS or owner.lower() == "localhost":
        return None
    part = Part(0, len(owner), "publisher", owner)
    platform = "vertex" if repo.endswith(SERVED) else "huggingface"
    return Address(platform, (part,), (Region(len(owner) + 1, len(name), kind),))


def _shifted(address: Address, by: int) -> Address:
    """The same address in a text that has `by` more characters in front."""
    return Address(
        address.platform,
        tuple(part._replace(start=part.start + by, end=part.end + by) for part in address.parts),
        tuple(region._replace(start=region.start + by, end=region.end + by) for region in address.regions),
    )


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


def _amazon_resource(name: str, vocabulary: Vocabulary) -> Address | None:
    """`arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0`"""
    if not name.startswith("arn:"):
        return None
    start = name.rfind("/") + 1
    fields = name[:start].split(":")
    offset = len(":".join(fields[:3])) + 1
    head = [Part(0, offset - 1, "platform", "bedrock")]
    if len(fields) > 3 and fields[3]:
        head.append(Part(offset, offset + len(fields[3]), "region", fields[3]))
    kind = start - len(fields[-1])
    if kind > offset and fields[-1]:
        head.append(Part(kind, start - 1, "platform", "bedrock"))
    inner = _bedrock_model(name, start, vocabulary)
    if inner is None:
        return Address("bedrock", tuple(head), (Region(start, len(name), "repo"),))
    return Address("bedrock", (*head, *inner.parts), inner.regions)


def _bedrock(name: str, vocabulary: Vocabulary) -> Address | None:
    """`bedrock/us-gov-west-1/anthropic.claude-3-7-sonnet-20250219-v1:0`, `us.meta.llama3-3-70b-instruct-v1:0`"""
    parts: list[Part] = []
    start = 0
    segments = name.split("/")
    announced = len(segments) > 1 and vocabulary.prefixes.get(segments[0]) == "bedrock"
    if announced:
        parts.append(Part(0, len(segments[0]), "platform", "bedrock"))
        start = len(segments[0]) + 1
        for segment in segments[1:-1]:
            if REGION.match(segment):
                parts.append(Part(start, start + len(segment), "region", segment))
            start += len(segment) + 1
    elif len(segments) > 1:
        return None
    inner = _bedrock_model(name, start, vocabulary)
    if inner is None:
        return Address("bedrock", tuple(parts), (Region(start, len(name), "repo"),)) if announced else None
    return Address("bedrock", (*parts, *inner.parts), inner.regions)


def _bedrock_model(name: str, start: int, vocabulary: Vocabulary) -> Address | None:
    match = BEDROCK.match(name, start)
    if match is None or not (match["vendor"] in vocabulary.vendors or _sold_there(name, match)):
        return None
    parts = [Part(*match.span("area"), "region", match["area"])] if match["area"] else []
    parts.append(Part(*match.span("vendor"), "publisher", match["vendor"]))
    end, regions = len(name), []
    length = name.rfind(":", match.end())
    if length > 0 and PACKAGING.search(name, match.end(), length) and not name[length + 1 :].isdecimal():
        context = THOUSANDS.match(name, length + 1)
        if context:
            parts.append(Part(length + 1, end, "context", tokens_of_context(context[1], "k")))
        else:
            regions.append(Region(length + 1, end, "tag"))
        end = length
    packaging = PACKAGING.search(name, match.end(), end)
    if packaging:
        parts.append(_packaged(name, match.end(), packaging.start() + (packaging[0][0] == "-"), end))
        end = packaging.start()
    return Address("bedrock", tuple(parts), (Region(match.end(), end, "repo"), *regions))


def _packaged(name: str, model: int, start: int, end: int) -> Part:
    """`v1:0` counts how often a model was packaged; behind a name without a date, `v0:2` and `v2:1` are its own version."""
    major, _, minor = name[start + 1 : end].partition(":")
    if major == "1" or DAY.search(name, model, start):
        return Part(start, end, "revision", name[start:end])
    return Part(start, end, "version", major if minor == "0" else f"{major}.{minor}")


def _sold_there(name: str, match: re.Match[str]) -> bool:
    """Whether a vendor that nobody knows stands in an id of that grammar: `us.acme.otter-premier-v1:0`"""
    packaged = SOLD.search(name, match.end()) is not None
    area = match["area"] in AREAS and name[match.end()].isalpha()
    return match["vendor"].isalpha() and (packaged or area)


def _fireworks(name: str, vocabulary: Vocabulary) -> Address | None:
    """`accounts/fireworks/models/llama-v3p1-405b-instruct`, with or without a prefix"""
    match = FIREWORKS.search(name)
    if match is None:
        return None
    parts = [
        Part(match.start(), match.start("publisher") - 1, "platform", "fireworks"),
        Part(*match.span("publisher"), "publisher", match["publisher"]),
        Part(match.end("publisher") + 1, match.start("repo") - 1, "platform", "fireworks"),
    ]
    if match.start():
        parts.insert(0, Part(0, match.start() - 1, "platform", "fireworks"))
    return Address("fireworks", tuple(parts), (Region(*match.span("repo"), "repo"),))


def _vertex(name: str, vocabulary: Vocabulary) -> Address | None:
    """`projects/acme/locations/us-east5/publishers/anthropic/models/claude-sonnet-4@20250514`, or from `publishers/` on"""
    match = VERTEX.search(name)
    if match is None:
        return None
    parts, start = [], 0
    if match["region"]:
        parts = [
            Part(0, match.start("region") - 1, "platform", "vertex"),
            Part(*match.span("region"), "region", match["region"]),
        ]
        start = match.end("region") + 1
    parts.append(Part(start, match.start("publisher") - 1, "platform", "vertex"))
    parts.append(Part(*match.span("publisher"), "publisher", match["publisher"]))
    parts.append(Part(match.end("publisher") + 1, match.start("repo") - 1, "platform", "vertex"))
    tail = _tail(name, *match.span("repo"), "vertex", vocabulary)
    return Address("vertex", (*parts, *tail.parts), (Region(match.start("repo"), tail.end, "repo"), *tail.regions))


def _fine_tuned(name: str, vocabulary: Vocabulary) -> Address | None:
    """`ft:gpt-4o-mini-2024-07-18:acme:support:abc123`: tuned for an organization by OpenAI's API"""
    match = FINE_TUNED.match(name)
    if match is None:
        return None
    parts = [Part(0, 2, "platform", "api")]
    parts += [Part(*match.span(key), key, match[key]) for key in ("publisher", "revision") if match[key]]
    regions = [Region(*match.span("repo"), "repo")]
    regions += [Region(*match.span("tag"), "tag")] if match["tag"] else []
    return Address("api", tuple(parts), tuple(regions))


GRAMMARS: tuple[Callable[[str, Vocabulary], Address | None], ...] = (
    _cache_folder,
    _fine_tuned,
    _amazon_resource,
    _fireworks,
    _vertex,
    _bedrock,
)


def _path(name: str, vocabulary: Vocabulary) -> Address:
    """`scheme://host/prefix/publisher/repo/file:tag@revision`, any part of which may be missing"""
    scheme = SCHEME.match(name) or SHORT_SCHEME.match(name)
    start = scheme.end() if scheme else 0
    page = PAGE.search(name, start)
    refs = REFS.search(name, start)
    stop = refs.start() if refs else _query(name, start)
    segments = list(_segments(name, start, page.start() if page else stop))
    if not segments:
        return Address("unknown", (), (Region(0, len(name), "repo"),))
    parts = [Part(*refs.span(1), "revision", refs[1])] if refs else _elsewhere(name, stop)
    platform = vocabulary.schemes.get((scheme[1] or "").lower(), "") if scheme else ""
    if scheme:
        parts.append(Part(0, start, "platform", platform or scheme[0]))
    first = segments[0]
    # Behind a scheme that no platform announces stands a host, whatever it looks like.
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
        if len(segments) == 2 and segments[0][2] in vocabulary.makers:
            break  # databricks/dbrx-instruct is an id of the hub
        start, end, text = segments.pop(0)
        platform = vocabulary.prefixes[text]
        parts.append(Part(start, end, "platform", platform))
    while len(segments) > 1 and segments[0][2] in FOLDERS:
        start, end, text = segments.pop(0)
        parts.append(Part(start, end, "region" if REGION.match(text) else "platform", text))
    if platform in vocabulary.paths:
        return Address(platform, tuple(parts), (Region(segments[0][0], segments[-1][1], "repo"),))
    if page:
        parts.append(Part(page.start() + 1, page.start(1) - 1, "platform", platform))
        parts.append(Part(*page.span(1), "revision", page[1]))
        inside = list(_segments(name, page.end(), _query(name, page.end())))
        segments = segments[:2] + inside[-1:]
    if len(segments) > 2 and (page or platform in vocabulary.hubs):
        (owner_start, owner_end, owner), repo, *_, file = segments  # between them folders of the repository
        parts.append(Part(owner_start, owner_end, "publisher", owner))
        return Address(platform, tuple(parts), (Region(repo[0], repo[1], "repo"), Region(file[0], file[1], "file")))
    return _short_path(name, platform, parts, segments, vocabulary)


def _elsewhere(name: str, start: int) -> list[Part]:
    """The host in the qualifier of a package URL: `?repository_url=https://hub-ci.huggingface.co`"""
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
        is_file = FILE.search(last[2]) is not None and len(segments) > 2
        if is_file:
            regions.append(Region(before[0], before[1], "repo"))
        else:
            parts.append(Part(before[0], before[1], "publisher", before[2]))
    tail = _tail(name, last[0], last[1], platform, vocabulary)
    if any(part.value == "hf.co" for part in parts) and any(region.kind == "tag" for region in tail.regions):
        platform = "ollama"  # only Ollama writes hf.co/publisher/repo:quantization
    regions.append(Region(last[0], tail.end, "file" if FILE.search(name, last[0], tail.end) else "repo"))
    return Address(
        platform or tail.platform or _guess(name, segments, tail), (*parts, *tail.parts), (*regions, *tail.regions)
    )


class _Tail(NamedTuple):
    end: int
    platform: str
    parts: tuple[Part, ...]
    regions: tuple[Region, ...]


def _tail(name: str, start: int, end: int, known: str, vocabulary: Vocabulary) -> _Tail:
    """What stands behind `@` and `:` in the last segment."""
    parts: list[Part] = []
    regions: list[Region] = []
    platform = ""
    end = min(end, _query(name, start))
    pinned = name.find("@sha256:", start, end)
    if pinned > start:
        parts.append(Part(pinned + 1, end, "revision", name[pinned + 1 : end]))
        end = pinned
    colon = name.find(":", start, end)
    if colon > start:
        tag = name[colon + 1 : end]
        if VERSION_HASH.match(tag):
            return _Tail(colon, "replicate", (*parts, Part(colon + 1, end, "revision", tag)), ())
        if tag in vocabulary.router_tags and "/" in name:
            platform = "openrouter"
        elif tag and "/" in name[:colon] and name[:colon] != name[:colon].lower():
            platform = "huggingface"  # llama.cpp's way to choose a file: publisher/Repo-GGUF:Q4_K_M
        elif tag:
            platform = "ollama"
        if tag:
            regions.append(Region(colon + 1, end, "tag"))
        end = colon
    at = name.find("@", start + 1)
    if start < at < end:
        platform, behind = _behind_at(name[at + 1 : end], at + 1, platform, known)
        if isinstance(behind, Region):
            regions.insert(0, behind)
        elif behind is not None:
            parts.append(behind)
        end = at
    return _Tail(end, platform, tuple(parts), tuple(regions))


def _behind_at(text: str, start: int, platform: str, known: str) -> tuple[str, Part | Region | None]:
    """A date of Vertex, a quantization of LM Studio, or a revision"""
    end = start + len(text)
    if not text:
        return platform, None
    if known == "huggingface":
        return platform, Part(start, end, "revision", text)
    if re.fullmatch(r"20\d{6}", text):
        return platform or "vertex", Region(start, end, "tag")
    if QUANT_LIKE.match(text) and not text.isdecimal() and not DIGEST.match(text):
        return platform or "lm-studio", Region(start, end, "tag")
    sold = text.isdecimal() or text in ("default", "latest")
    return platform or ("vertex" if sold else ""), Part(start, end, "revision", text)


def _guess(name: str, segments: list[tuple[int, int, str]], tail: _Tail) -> str:
    if len(segments) == 1:
        return "gguf-file" if FILE.search(name[: tail.end]) and ".gguf" in name.lower() else "unknown"
    return "huggingface" if len(segments) == 2 or FILE.search(name[: tail.end]) else "unknown"


def _segments(name: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    position = start
    for text in name[start:stop].split("/"):
        if text:
            yield position, position + len(text), text
        position += len(text) + 1


def _query(name: str, start: int) -> int:
    """Where the path ends and the query of an address begins."""
    return min((at for at in (name.find(mark, start) for mark in "?#") if at > 0), default=len(name))

"""How clouds and services that sell models name them: one grammar each."""

from __future__ import annotations

import re

from ..notation.sizes import tokens_of_context
from ..patterns import pattern
from ..vocabulary.lookup import Vocabulary
from .kinds import names_line
from .parts import Address, Part, Region
from .tail import tail_of

BEDROCK = pattern(r"[a-z0-9]+(?:-gov)?\.(?=[a-z0-9])")  # what begins like an area or a vendor
AREA = pattern(r"([a-z]{2}(?:-gov)?|[a-z]+)\.(?=[a-z0-9]+\.)")
VENDOR = pattern(r"([a-z0-9]+)\.(?=[a-z0-9])")
REGION = pattern(r"[a-z]{2}(?:-[a-z]+){1,3}-\d$|(?:us|eu|global|global-standard)$")
SOLD = pattern(r"-v\d+:\d+(?::\w+)?$")
PACKAGING = pattern(r"-?v\d+(?:-\d+)?:\d+$|-\d+:\d+$")
ROUTES = frozenset(("converse", "converse-stream", "invoke", "converse_like"))  # how a call is sent, before the id
THOUSANDS = pattern(r"(\d+)k$")
DAY = pattern(r"(?<!\d)20\d{6}(?!\d)")
FINE_TUNED = pattern(r"ft:(?P<repo>[^:/]+):(?P<publisher>[^:]*)(?::(?P<tag>[^:]*)(?::(?P<revision>[^:]*))?)?$")
VERTEX = pattern(
    r"(?:^|/)(?:projects/[^/]+/locations/(?P<region>[^/]+)/)?publishers/(?P<publisher>[^/]+)/models/(?P<repo>[^/?#]+)$"
)
FIREWORKS = pattern(r"accounts/(?P<publisher>[^/]+)/(?:models|deployedModels|routers)/(?P<repo>[^/]+)")


def amazon_resource(name: str, vocabulary: Vocabulary) -> Address | None:
    """`arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0`"""
    if not name.startswith("arn:"):
        return None
    start = name.rfind("/") + 1
    fields = name[:start].split(":")
    offset = len(":".join(fields[:3])) + 1
    head = [Part(0, offset - 1, "platform", "bedrock")]
    if len(fields) > 3 and REGION.match(fields[3]):
        head.append(Part(offset, offset + len(fields[3]), "region", fields[3]))
    if len(fields) > 5 and fields[4]:  # whose account it is
        account = len(":".join(fields[:4])) + 1
        head.append(Part(account, account + len(fields[4]), "platform", "bedrock"))
    kind = start - len(fields[-1])
    if kind > offset and fields[-1]:
        head.append(Part(kind, start - 1, "platform", "bedrock"))
    inner = _bedrock_model(name, start, vocabulary)
    if inner is None:
        return Address("bedrock", tuple(head), (Region(start, len(name), "repo"),))
    return inner._replace(platform="bedrock", parts=(*head, *inner.parts))


def bedrock(name: str, vocabulary: Vocabulary) -> Address | None:
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
            elif segment in ROUTES:
                parts.append(Part(start, start + len(segment), "platform", "bedrock"))
            start += len(segment) + 1
    elif len(segments) > 1:
        return None
    inner = _bedrock_model(name, start, vocabulary) or (packaged(name, start) if announced else None)
    if inner is None:
        return Address("bedrock", tuple(parts), (Region(start, len(name), "repo"),)) if announced else None
    return inner._replace(platform="bedrock", parts=(*parts, *inner.parts))


def packaged(name: str, start: int = 0) -> Address | None:
    """`claude-sonnet-4-5-20250929-v1:0`, an id without its vendor; nothing where no packaging is counted at the end."""
    sold = SOLD.search(name, start)
    if sold is None or not sold.start():
        return None
    part = _packaged(name, start, sold.start() + 1, len(name))
    return Address("bedrock", (part,), (Region(start, sold.start(), "repo"),))


def _bedrock_model(name: str, start: int, vocabulary: Vocabulary) -> Address | None:
    area = AREA.match(name, start)
    if area is not None and not (len(area[1]) == 2 or area[1] in vocabulary.areas):
        area = None
    match = VENDOR.match(name, area.end() if area else start)
    listed = area is not None and area[1] in vocabulary.areas
    if match is None or not (match[1] in vocabulary.vendors or _sold_there(name, match, listed)):
        return None
    parts = [Part(*area.span(1), "region", area[1])] if area else []
    second = VENDOR.match(name, match.end())
    if second is not None and second[1] in vocabulary.vendors:  # the vendor of the cloud itself is written before it
        parts.append(Part(*match.span(1), "platform", "bedrock"))
        match = second
    parts.append(Part(*match.span(1), "publisher", match[1]))
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
        parts.insert(-1, _packaged(name, match.end(), packaging.start() + (packaging[0][0] == "-"), end))
        end = packaging.start()
    if names_line(match[1], vocabulary) and not names_line(name[match.end() : end], vocabulary):
        # deepseek.r1: the vendor is called like its line, and the line is left out
        whole = (match.start(1), match.end(), end)
        inside = (Region(match.start(1), end, "repo"), *regions)
        return Address("bedrock", tuple(parts[:-1]), inside, wholes=(whole,), implies=(("publisher", match[1]),))
    return Address("bedrock", tuple(parts), (Region(match.end(), end, "repo"), *regions))


def _packaged(name: str, model: int, start: int, end: int) -> Part:
    """`v1:0` and `1:0` count how often a model was packaged; behind a name without a date, `v0:2` and `v2:1` are its own version."""
    major, _, minor = name[start + 1 : end].partition(":")
    if major == "1" or name[start] != "v" or DAY.search(name, model, start):
        return Part(start, end, "revision", name[start:end])
    major = major.replace("-", ".")
    return Part(start, end, "version", major if minor == "0" else f"{major}.{minor}")


def _sold_there(name: str, vendor: re.Match[str], in_area: bool) -> bool:
    """Return whether an id of that grammar names an unknown vendor: `us.acme.otter-premier-v1:0`"""
    packaged = SOLD.search(name, vendor.end()) is not None
    return vendor[1].isalpha() and (packaged or (in_area and name[vendor.end()].isalpha()))


def fireworks(name: str, vocabulary: Vocabulary) -> Address | None:
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


def vertex(name: str, vocabulary: Vocabulary) -> Address | None:
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
    behind = tail_of(name, *match.span("repo"), "vertex", vocabulary)
    return Address(
        "vertex", (*parts, *behind.parts), (Region(match.start("repo"), behind.end, "repo"), *behind.regions)
    )


def fine_tuned(name: str, vocabulary: Vocabulary) -> Address | None:
    """`ft:gpt-4o-mini-2024-07-18:acme:support:abc123`: tuned for an organization by OpenAI's API"""
    match = FINE_TUNED.match(name)
    if match is None:
        return None
    parts = [Part(0, 2, "platform", "api")]
    parts += [Part(*match.span(key), key, match[key]) for key in ("publisher", "revision") if match[key]]
    regions = [Region(*match.span("repo"), "repo")]
    regions += [Region(*match.span("tag"), "tag")] if match["tag"] else []
    return Address("api", tuple(parts), tuple(regions))

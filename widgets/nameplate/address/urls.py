"""Find the model in a web address or in the address of a registry: each site lays out its pages in its own way.

The layouts are data (platforms.yml). A page of a known site that fits none of them shows no model; of an unknown site
only the last part of the path can name one.
"""

from __future__ import annotations

from ..patterns import pattern
from ..vocabulary.lookup import Vocabulary
from ..vocabulary.pastes import Template, paste_tables
from . import paths, platforms
from .kinds import NOT_A_MODEL, is_headline, names_line, nothing
from .parts import Address, Part, Region, shifted
from .tail import FILE
from .templates import Segment, Slot, address_of, fill, split

SCHEME = pattern(r"([a-z][a-z0-9+.-]{1,15}):/{1,3}", 2)
AREA = pattern(r"\.([a-z]{2}(?:-[a-z]+){1,3}-\d)\.amazonaws\.com$")  # bedrock-runtime.us-west-2.amazonaws.com
ACCOUNT = "an account"
WEB = frozenset(("http", "https"))
QUERY_PAIR = pattern(r"[?&#]([^=&#]+)=([^&#]*)")


def parse(text: str, vocabulary: Vocabulary) -> Address | None:
    """Return the address in a URL; None for a text that isn't one, and for one that the grammar of names covers."""
    scheme = SCHEME.match(text)
    word = scheme[1].lower() if scheme else ""
    start = scheme.end() if scheme else 0
    stop = min((at for at in (text.find(mark, start) for mark in "?#") if at > 0), default=len(text))
    segments = split(text, start, stop)
    if not segments:
        return nothing(text) if scheme else None
    tables = paste_tables()
    if scheme and word not in WEB:
        uris = tables.uris(word)
        if uris:
            return _filled(text, segments, uris, vocabulary, Part(0, start, "platform", word))
        return paths.parse(text, vocabulary) if word in paths.STORES else None
    host = segments[0]
    name = host.text.lower().partition(":")[0].removeprefix("www.")
    site = tables.site(name)
    region = AREA.search(name)
    before = [Part(0, start, "platform", word)] if scheme else []
    before.append(Part(host.start, host.end, "host", host.text))
    if site:
        found = _filled(text, segments[1:], site, vocabulary, *before)
        if found is not None and region is not None:
            found = found._replace(implies=(("region", region[1]), *found.implies))
        return found or _no_page(text, before, segments)
    if not scheme or name in vocabulary.hosts or platforms.PAGE.search(text):
        return None
    return _elsewhere(text, before, segments[1:], vocabulary)


def _filled(
    text: str, segments: list[Segment], templates: tuple[Template, ...], vocabulary: Vocabulary, *before: Part
) -> Address | None:
    """Return the address that the first fitting layout finds."""
    for template in templates:
        slots = fill(template, segments)
        if slots is None or not _is_sure(text, template, slots, vocabulary):
            continue
        if template.platform in vocabulary.hubs and _is_account(text, template, slots, vocabulary):
            return _no_page(text, list(before), segments, ACCOUNT)
        slots = _named_by_folder(text, slots, vocabulary)
        platform = template.platform or "unknown"
        found = _one_name(text, slots, platform, vocabulary) or address_of(text, slots, platform, vocabulary)
        found = found._replace(platform=platform, kind=template.kind, parts=(*before, *found.parts))
        if template.kind == NOT_A_MODEL:
            return _no_page(text, list(before), segments, template.shows)
        return _with_query(text, found, segments[-1].end if segments else 0)
    return None


def _is_sure(text: str, template: Template, slots: list[Slot], vocabulary: Vocabulary) -> bool:
    """Return whether a page is a model's: one with a single name in its path is only if the name is that of a line."""
    if template.head[0] != "{repo}":
        return True
    return names_line(text[slots[0].start : slots[0].end], vocabulary)


def _is_account(text: str, template: Template, slots: list[Slot], vocabulary: Vocabulary) -> bool:
    """Return whether a page of a hub is an account's: its path has one part, the name of a maker, as huggingface.co/Qwen has."""
    if template.head != ("{repo}",):
        return False
    name = text[slots[0].start : slots[0].end]
    return name in vocabulary.makers or name.lower() in vocabulary.owners or name.lower() in vocabulary.repackagers


def _named_by_folder(text: str, slots: list[Slot], vocabulary: Vocabulary) -> list[Slot]:
    """Let the folder name the model where what is in it doesn't: `tree/main/models/gemma-4-e2b-it/rk3588`"""
    last = slots[-1] if slots else None
    if (
        last is None
        or last.field != "file"
        or FILE.search(text[slice(*last[:2])])
        or names_line(text[slice(*last[:2])], vocabulary)
    ):
        return slots
    for number, (start, end, field) in reversed(list(enumerate(slots))):
        if field == "path" and any(c.isdigit() for c in text[start:end]) and names_line(text[start:end], vocabulary):
            return [*slots[:number], Slot(start, end, "file"), *slots[number + 1 : -1], last._replace(field="option")]
    return slots


def _one_name(text: str, slots: list[Slot], platform: str, vocabulary: Vocabulary) -> Address | None:
    """Take apart an id that the site writes in one part of the path, as the platform writes it."""
    if any(slot.field in ("publisher", "tag", "revision", "file") for slot in slots):
        return None
    repo = next((slot for slot in slots if slot.field == "repo"), None)
    if repo is None:
        return None
    inner = platforms.parse(text[repo.start : repo.end], vocabulary)
    if inner.platform not in (platform, "unknown", "ollama"):
        return None
    rest = address_of(text, [slot for slot in slots if slot is not repo], platform, vocabulary)
    inner = shifted(inner, repo.start)
    return inner._replace(parts=(*rest.parts, *inner.parts), regions=(*rest.regions, *inner.regions))


def _with_query(text: str, address: Address, start: int) -> Address:
    """Add what the query names: a file that the page shows, a version that was chosen."""
    keys = paste_tables().queries.get(address.platform, {})
    parts, regions = list(address.parts), list(address.regions)
    place = start
    for pair in QUERY_PAIR.finditer(text, start):
        field = keys.get(pair[1])
        if field is None or not pair[2]:
            continue
        parts.append(Part(place, pair.start(2), "path", None))
        if field in ("file", "repo"):
            *folders, last = split(text, *pair.span(2))
            if folders:
                whose = "publisher" if field == "repo" else "path"
                parts.append(Part(folders[0].start, folders[-1].end, whose, text[folders[0].start : folders[-1].end]))
            regions.append(Region(last.start, last.end, field))
        else:
            parts.append(Part(*pair.span(2), field, pair[2]))
        place = pair.end()
    if any(c.isalnum() for c in text[place:]):
        parts.append(Part(place, len(text), "path", None))
    return address._replace(parts=tuple(parts), regions=tuple(regions))


def _no_page(text: str, before: list[Part], segments: list[Segment], shows: str | None = None) -> Address:
    """Return an address that leads to no model; `shows` is what it leads to, if that is known."""
    start = max((part.end for part in before), default=0)
    rest = [Part(start, len(text), "path", shows)] if any(c.isalnum() for c in text[start:]) else []
    return Address("unknown", (*before, *rest), (), kind=NOT_A_MODEL)


def _elsewhere(text: str, before: list[Part], segments: list[Segment], vocabulary: Vocabulary) -> Address:
    """Return the address at an unknown host: a file of weights, or a last part that names a line and a number."""
    last = segments[-1] if segments else None
    if last is None:
        return _no_page(text, before, segments)
    named = any(c.isdigit() for c in last.text) and names_line(last.text, vocabulary) and not is_headline(last.text)
    is_file = FILE.search(last.text) is not None
    if not is_file and not named:
        return _no_page(text, before, segments)
    slots = [Slot(segment.start, segment.end, "path") for segment in segments[:-1]]
    slots.append(Slot(last.start, last.end, "file" if is_file else "repo"))
    platform = "gguf-file" if ".gguf" in last.text.lower() else "unknown"
    found = address_of(text, slots, platform, vocabulary)
    return _with_query(text, found._replace(parts=(*before, *found.parts), local=True), last.end)

"""Find the model in whatever was pasted: a command, a path, an address, a line of a list, a setting, or just a name.

Each stage peels one layer off and leaves the rest to the next; all tell what they found by offsets into the text.
"""

from __future__ import annotations

from ..patterns import pattern
from ..vocabulary.lookup import Vocabulary
from ..vocabulary.pastes import paste_tables
from . import listing, paths, platforms, settings, shell, urls
from .calls import Call
from .kinds import EMAIL, IDENTIFIER, NUMBERS, is_prose, names_line, nothing, small_words
from .parts import Address, Part, Region, shifted
from .tail import FILE
from .templates import add_revision, address_of, fill, split

# What most people paste, and needs no peeling: name, publisher/name, name:tag, file.gguf
PLAIN = pattern(r"[^\W_][\w.-]*(?:/[^\W_][\w.-]*)?(?::[\w.-]+)?(?:@[\w.-]+)?(?<!\.)\Z")
LINK = pattern(r"!?\[([^\]\n]+)\]\(([^()\s]+)\)$")
WEB = pattern(
    r"[a-z][a-z0-9+.-]{1,15}://[^\s\"'<>()]+|(?<![^\s\"'(=:])(?:[A-Za-z]:|\.{1,2}|~)?(?:[\\/][^\s\"'<>|\\/]+){2,}", 2
)
PUBLISHER = pattern(r"([\w.-]+) ?: (.+)", 16)
REMARK = pattern(
    r"[`'\"*]*([\w.-]+/[\w.:@-]*\w|[\w.-]+\.\w+)[`'\"*]*\s+(?=[-–—#(|:=/<]|\*)(.+)$", 16
)  # publisher/name - what is said of it
PAIR = pattern(r"[`'\"]?([\w.-]+/[\w.-]+)[`'\" ]+([\w.-]+)[`'\"]?$")
NUMERIC = frozenset("0123456789abcdefABCDEF{v.")  # what numbers and identifiers begin with
UNSAID = frozenset(("", "auto", "none", "null", "true", "false", "default"))


def parse(name: str, vocabulary: Vocabulary) -> Address:
    """The address in a text, however much there is around it."""
    if PLAIN.match(name) is not None and not _is_code(name):
        return platforms.parse(name, vocabulary)
    found = listing.trim(name)
    address = shifted(_peel(name[found.start : found.end], vocabulary), found.start)
    return address._replace(parts=(*found.parts, *address.parts)) if found.parts else address


def _is_code(text: str) -> bool:
    """Whether a text is a number, a date, an address of a machine or of a person, or an identifier: no name at all."""
    if "@" in text and EMAIL.fullmatch(text):
        return True
    return text[0] in NUMERIC and (NUMBERS.fullmatch(text) is not None or IDENTIFIER.fullmatch(text) is not None)


def is_one_thing(name: str) -> bool:
    """Whether line breaks and tabs are no more than white space: in one command, one line of a listing, a code fence.

    >>> is_one_thing("ollama run \\\\\\n  qwen3:8b"), is_one_thing("qwen3:8b\\nqwen3:4b")
    (True, False)
    """
    if "\n" in name and not listing.one_paste(name):
        return False
    found = listing.trim(name)
    text = name[found.start : found.end]
    if not any(c in "\t\n" for c in text):
        return True
    return shell.parse(text, paste_tables()) is not None or listing.columns(text) is not None


def _peel(text: str, vocabulary: Vocabulary) -> Address:
    link = LINK.match(text)
    if link:
        return _link(text, link.span(1), link.span(2), vocabulary)
    if not any(c.isspace() for c in text):
        code = settings.parse(text, paste_tables()) if any(c in "=:(" for c in text) else None
        if code is not None:
            return _called(text, code, vocabulary)
        return nothing(text) if _is_code(text) or is_prose(text) else _one_word(text, vocabulary)
    tables = paste_tables()
    call = shell.parse(text, tables) or settings.parse(text, tables)
    if call is not None:
        return _called(text, call, vocabulary)
    if paths.LOCAL.match(text) and FILE.search(text):
        return paths.parse(text, vocabulary)
    cell, bar, _ = text.partition(" | ")
    if bar and cell.strip():
        first = (_words if " " in cell else _one_word)(cell, vocabulary)
        return first._replace(parts=(*first.parts, Part(len(cell) + len(bar), len(text), "listing", None)))
    columns = listing.columns(text)
    if columns is not None:
        row = text[columns.start : columns.end]
        address = shifted((_words if " " in row else _one_word)(row, vocabulary), columns.start)
        return address._replace(parts=(*columns.parts, *address.parts))
    return _with_remark(text, vocabulary) or _prose(text, vocabulary) or _words(text, vocabulary)


def _one_word(text: str, vocabulary: Vocabulary) -> Address:
    """An address, a path or a name."""
    if paths.is_local(text):
        return paths.parse(text, vocabulary)
    return urls.parse(text, vocabulary) or platforms.parse(text, vocabulary)


def _link(text: str, title: tuple[int, int], target: tuple[int, int], vocabulary: Vocabulary) -> Address:
    """A link of Markdown or of a chat: its title where that is an address itself, or else where it leads."""
    shown = text[slice(*title)]
    taken, other = (title, target) if "/" in shown and " " not in shown else (target, title)
    address = shifted(_one_word(text[slice(*taken)], vocabulary), taken[0])
    return address._replace(parts=(*address.parts, Part(*other, "text", None)))


def _called(text: str, call: Call, vocabulary: Vocabulary) -> Address:
    """The model that a command or a setting names, and what its options say about it."""
    around = [Part(*_inner(text, start, end), "command", None) for start, end in call.words]
    around += [Part(*_inner(text, start, end), "option", None) for start, end in call.options]
    parts = [part for part in around if part.start < part.end]
    regions: list[Region] = []
    model = next((operand for operand in call.operands if operand.role == "model"), None)
    if model is None:
        return nothing(text)
    named = text[model.start : model.end]
    address = shifted(_named(named, call.platform, vocabulary), model.start)
    for start, end, role in call.operands:
        if role == "revision":
            add_revision(text, start, end, parts, regions)
        elif role == "quantization" and text[start:end].lower() not in UNSAID:
            regions.append(Region(start, end, "option"))
        elif role == "file" and "*" in text[start:end]:
            regions += _pattern(text, start, end)
        elif role == "file":
            folders, files = paths.with_file(text, start, end)
            parts += folders
            regions += files
        elif role != "model":
            parts.append(Part(start, end, "option", None))
    plain = not address.local and not any(part.field in ("host", "platform") for part in address.parts)
    return address._replace(
        platform=call.platform if call.platform and plain and address.kind is None else address.platform,
        parts=(*parts, *address.parts),
        regions=(*regions, *address.regions),
        implies=(*call.implies, *address.implies),
    )


def _named(text: str, platform: str | None, vocabulary: Vocabulary) -> Address:
    """The address in the word that names the model of a command."""
    if paths.LOCAL.match(text):
        return paths.parse(text, vocabulary)
    segments = split(text, 0, len(text))
    for template in paste_tables().names(platform):
        slots = fill(template, segments)
        if slots is not None:
            return address_of(text, slots, platform or "unknown", vocabulary)
    return _peel(text, vocabulary)


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without what only divides it from its neighbours."""
    while start < end and not (text[start].isalnum() or text[start] in "-_./~$%\\"):
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _pattern(text: str, start: int, end: int) -> list[Region]:
    """The longest stretch of a pattern of file names that is no asterisk: `*Q4_K_M*`."""
    pieces, position = [], start
    for piece in text[start:end].split("*"):
        pieces.append(_inner(text, position, position + len(piece)))
        position += len(piece) + 1
    longest = max(pieces, key=lambda span: span[1] - span[0])
    return [Region(*longest, "option")] if longest[0] < longest[1] else []


def _with_remark(text: str, vocabulary: Vocabulary) -> Address | None:
    """A name, and what is said about it."""
    remark = REMARK.match(text)
    if remark is None:
        return None
    inner = shifted(_one_word(remark[1], vocabulary), remark.start(1))
    return inner._replace(parts=(*inner.parts, Part(*_inner(text, *remark.span(2)), "text", None)))


def _prose(text: str, vocabulary: Vocabulary) -> Address | None:
    """A sentence: the address or path in it, where there is one; it names no model otherwise."""
    found = WEB.search(text)
    if found and found.end() - found.start() > 3:
        inner = shifted(_one_word(found[0].rstrip(".,;:!?"), vocabulary), found.start())
        ends = ((0, found.start()), (found.end(), len(text)))
        parts = [Part(*_inner(text, *span), "text", None) for span in ends]
        return inner._replace(parts=(*(part for part in parts if part.start < part.end), *inner.parts))
    aimless = not any(c.isdigit() for c in text) and small_words(text) and not names_line(text, vocabulary)
    return nothing(text) if is_prose(text) or aimless else None


def _words(text: str, vocabulary: Vocabulary) -> Address:
    """A name in several words, as people write it."""
    if paths.LOCAL.match(text):
        return paths.parse(text, vocabulary)
    pair = PAIR.match(text)
    if pair:
        address = shifted(_one_word(pair[1], vocabulary), pair.start(1))
        is_file = FILE.search(pair[2]) is not None
        return address._replace(regions=(*address.regions, Region(*pair.span(2), "file" if is_file else "option")))
    announced = PUBLISHER.fullmatch(text)
    if announced and not names_line(announced[1], vocabulary):
        inner = shifted(platforms.parse(announced[2], vocabulary), announced.start(2))
        return inner._replace(parts=(Part(*announced.span(1), "publisher", announced[1]), *inner.parts))
    return platforms.parse(text, vocabulary)

"""Find the model in whatever was pasted: a command, a path, an address, a line of a list, a setting, or just a name.

Each stage peels one layer off and leaves the rest to the next; all say what they found by offsets into the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..patterns import pattern
from ..vocabulary.lookup import Vocabulary
from ..vocabulary.pastes import paste_tables
from . import listing, paths, platforms, running_text, settings, shell, single
from .calls import Call
from .kinds import EMAIL, IDENTIFIER, NUMBERS, is_foreign_file, is_prose, names_line, names_model, nothing
from .parts import Address, Part, Region, shifted
from .running_text import inner_span
from .tail import FILE
from .templates import add_revision, address_of, fill, split

# What most people paste, and needs no peeling: name, publisher/name, name:tag, file.gguf
PLAIN = pattern(r"[^\W_][\w.-]*(?:/[^\W_][\w.-]*)?(?::[\w.-]+)?(?:@[\w.-]+)?(?<!\.)\Z")
LINK = pattern(r"!?\[([^\]\n]+)\]\(([^()\s]+)\)$")
QUOTED = pattern(r"""(["'])([^"'\n]+)\1""")
ENCODERS = pattern(
    r"(?<![^/\\])(?:text_encoders?|clip|clip_vision|image_encoders?|audio_encoders?)(?![^/\\])", re.IGNORECASE
)
DATA_OPENS = frozenset("{[<")  # JSON, a list, a tag
OPTION = pattern(r"\s--?[A-Za-z]")
BILLIONS = pattern(r"(?<=[|\s])(\d+(?:\.\d+)?) B(?=\s*(?:\||$))")
NUMERIC = frozenset("0123456789abcdefABCDEF{v.")  # what numbers and identifiers begin with
UNSAID = frozenset(("", "auto", "none", "null", "true", "false", "default"))


def parse(name: str, vocabulary: Vocabulary) -> Address:
    """Return the address in a text, however much there is around it."""
    if PLAIN.match(name) is not None and not _is_code(name):
        return platforms.parse(name, vocabulary)
    found = listing.trim(name)
    if not any(c.isalnum() for c in name[found.start : found.end]):
        return nothing(name)
    address = shifted(_peel(name[found.start : found.end], vocabulary), found.start)
    if len(address.regions) > 1 and "/" in name:
        address = _file_of_another(name, address, vocabulary)
    return address._replace(parts=(*found.parts, *address.parts)) if found.parts else address


def _file_of_another(name: str, address: Address, vocabulary: Vocabulary) -> Address:
    """Let a file alone say what it is where a repository keeps a part of it that is another model: text_encoders/t5xxl_fp16.safetensors."""
    aside = any(part.field == "path" and ENCODERS.search(name, part.start, part.end) for part in address.parts)
    file = next((region for region in address.regions if region.kind == "file"), None)
    if not aside or file is None or not names_line(name[file.start : file.end], vocabulary):
        return address
    repos = [region for region in address.regions if region.kind == "repo"]
    parts = [Part(repo.start, repo.end, "repo", name[repo.start : repo.end]) for repo in repos]
    regions = tuple(region for region in address.regions if region.kind != "repo")
    return address._replace(parts=(*address.parts, *parts), regions=regions)


def is_one_thing(name: str) -> bool:
    """Return whether line breaks and tabs are no more than white space: in one command, one row of a list, a code fence.

    >>> is_one_thing("ollama run \\\\\\n  qwen3:8b"), is_one_thing("qwen3:8b\\nqwen3:4b")
    (True, False)
    """
    if "\n" in name and not listing.one_paste(name):
        return False
    found = listing.trim(name)
    text = name[found.start : found.end]
    if not any(c in "\t\n" for c in text):
        return True
    if shell.parse(text, paste_tables()) is not None or listing.columns(text) is not None:
        return True
    return any(NUMBERS.fullmatch(text[start:end]) for start, end in listing.cells(text))


def _is_code(text: str) -> bool:
    """Return whether a text is a number, a date, an address of a machine or a person, an identifier, or a file of another kind."""
    if ("@" in text and EMAIL.fullmatch(text)) or ("." in text and is_foreign_file(text)):
        return True
    return text[0] in NUMERIC and (NUMBERS.fullmatch(text) is not None or IDENTIFIER.fullmatch(text) is not None)


def _peel(text: str, vocabulary: Vocabulary) -> Address:
    link = LINK.match(text)
    if link:
        return _link(text, link.span(1), link.span(2), vocabulary)
    if not any(c.isspace() for c in text):
        return _one_word(text, vocabulary)
    if OPTION.search(text) is None and "://" not in text:
        row = _row(text, vocabulary)
        if row is not None:
            return row
    tables = paste_tables()
    call = shell.parse(text, tables) or settings.parse(text, tables)
    if call is not None:
        return _called(text, call, vocabulary)
    said = running_text.what_is_said(text)
    call = settings.parse(said, tables) if said != text else None
    if call is not None:  # clip_model_loader: model name: Qwen3 VL 4B
        spoken = shifted(_called(said, call, vocabulary), len(text) - len(said))
        speaker = inner_span(text, 0, len(text) - len(said))
        return spoken._replace(parts=(Part(*speaker, "text", None), *spoken.parts))
    quoted = _quoted(text, vocabulary)
    if quoted is not None:
        return quoted
    if "://" not in text and (NUMBERS.fullmatch(text) is not None or is_foreign_file(text)):
        return nothing(text)
    if paths.LOCAL.match(text) and (FILE.search(text) or paths.SPACED.fullmatch(text)):
        return paths.parse(text, vocabulary)
    return (_row(text, vocabulary) if "://" not in text else None) or running_text.parse(text, vocabulary)


def _one_word(text: str, vocabulary: Vocabulary) -> Address:
    code = settings.parse(text, paste_tables()) if any(c in "=:(" for c in text) else None
    if code is not None:
        return _called(text, code, vocabulary)
    quoted = _quoted(text, vocabulary)
    if quoted is not None:
        return quoted
    if ("://" not in text and _is_code(text)) or is_prose(text):
        return nothing(text)
    return (_row(text, vocabulary) if "," in text or ";" in text else None) or single.parse(text, vocabulary)


def _link(text: str, title: tuple[int, int], target: tuple[int, int], vocabulary: Vocabulary) -> Address:
    """Return the address in a Markdown link: its title if that is an address itself, otherwise its target."""
    shown = text[slice(*title)]
    taken, other = (title, target) if "/" in shown and " " not in shown else (target, title)
    address = shifted(single.parse(text[slice(*taken)], vocabulary), taken[0])
    return address._replace(parts=(*address.parts, Part(*other, "text", None)))


def _quoted(text: str, vocabulary: Vocabulary) -> Address | None:
    """Return the address in a string of a piece of JSON or HTML: of those that name a line and have a number the longest path."""
    strings = QUOTED.finditer(text) if text[0] in DATA_OPENS or '":' in text else ()
    naming = [found for found in strings if any(c.isdigit() for c in found[2]) and names_line(found[2], vocabulary)]
    if not naming:
        return None
    start, end = max(naming, key=lambda found: found[2].count("/")).span(2)
    inner = shifted(single.parse(text[start:end], vocabulary), start)
    around = (inner_span(text, 0, start), inner_span(text, end, len(text)))
    texts = (Part(*span, "text", None) for span in around if span[0] < span[1])
    return inner._replace(parts=(*texts, *inner.parts))


def _row(text: str, vocabulary: Vocabulary) -> Address | None:
    """Return the address in a row of a table or a listing."""
    cell = _named_cell(text, vocabulary)
    if cell is not None:
        around = (inner_span(text, 0, cell[0]), inner_span(text, cell[1], len(text)))
        inner = _unsized(text, *cell) or shifted(_peel(text[slice(*cell)], vocabulary), cell[0])
        columns = [Part(*span, "listing", None) for span in around if span[0] < span[1]]
        return _with_columns(text, inner, columns)
    found = listing.columns(text)
    if found is None or is_prose(text[found.start : found.end]):
        return None
    row = text[found.start : found.end]
    if ": " in row and not names_model(running_text.what_is_said(row), vocabulary):
        return None  # print_info: file size = 120.94 GiB
    named = running_text.name_in_words if any(c.isspace() for c in row) else single.parse
    return _with_columns(text, shifted(named(row, vocabulary), found.start), found.parts)


def _unsized(text: str, start: int, end: int) -> Address | None:
    """Return the address in a cell of llama-bench that leaves out the size, which another column has: llama ?B Q4_K - Medium."""
    mark = text.find(" ?B ", start, end)
    if mark < 0:
        return None
    parts = [Part(mark + 1, mark + 3, "text", None)]
    size = BILLIONS.search(text, end)
    if size:
        parts.append(Part(*size.span(), "params_b", float(size[1])))
    return Address("unknown", tuple(parts), (Region(start, mark, "repo"), Region(mark + 4, end, "option")))


def _with_columns(text: str, address: Address, columns: Sequence[Part]) -> Address:
    """Return the address with the columns around it, of which one may say how the model is stored: `MOSTLY_Q4_K_M`."""
    parts: list[Part] = []
    regions: list[Region] = []
    size = next((part for part in address.parts if part.field == "params_b"), None)
    for column in columns:
        position = column.start
        if size is not None and column.start <= size.start < column.end:
            parts.append(column._replace(end=size.start))
            position = size.end
        for label in listing.LABEL.finditer(text, column.start, column.end):
            regions.append(Region(*label.span(1), "option"))
            parts.append(column._replace(start=position, end=label.start(1)))
            position = label.end(1)
        parts.append(column._replace(start=position))
    spans = [(part, *inner_span(text, part.start, part.end)) for part in parts]
    around = [part._replace(start=start, end=end) for part, start, end in spans if start < end]
    return address._replace(parts=(*around, *address.parts), regions=(*address.regions, *regions))


def _named_cell(text: str, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Return the cell of a table's row that names a model: the first that names a line and has a number, or else any.

    A later cell that begins with the same name and is longer counts instead: `phi-3.5-mini ... phi-3.5-mini-instruct-qnn-npu:1`.
    """
    naming = [cell for cell in listing.cells(text) if names_line(text[slice(*cell)], vocabulary)]
    named = next(
        (cell for cell in naming if any(c.isdigit() for c in text[slice(*cell)])), naming[0] if naming else None
    )
    if named is None:
        return _cell_among_numbers(text)
    alias = text[slice(*named)].lower()
    longer = [
        cell for cell in naming if text[slice(*cell)].lower().startswith(f"{alias}-") and not _has_space(text, cell)
    ]
    return longer[0] if longer else named


def _cell_among_numbers(text: str) -> tuple[int, int] | None:
    """Return the only cell that is more than a number, if it is an id: `artindnr/ChatBerry    7.1k    123`."""
    words = [cell for cell in listing.cells(text) if listing.NUMBER.fullmatch(text, *cell) is None]
    return words[0] if len(words) == 1 and running_text.ID.fullmatch(text, *words[0]) else None


def _has_space(text: str, cell: tuple[int, int]) -> bool:
    return any(c.isspace() for c in text[slice(*cell)])


def _called(text: str, call: Call, vocabulary: Vocabulary) -> Address:
    """Return the model that a command or a setting names, and what its options say about it."""
    around = [Part(*inner_span(text, start, end), "command", None) for start, end in call.words]
    around += [Part(*inner_span(text, start, end), "option", None) for start, end in call.options]
    parts = [part for part in around if part.start < part.end]
    regions: list[Region] = []
    model = next((operand for operand in call.operands if operand.role == "model"), None)
    alias = next((operand for operand in call.operands if operand.role == "alias"), None)
    if model is None:
        named = alias is not None and any(map(str.isdigit, text[alias.start : alias.end]))
        if alias is None or not named or not names_line(text[alias.start : alias.end], vocabulary):
            return nothing(text)
        model, call = alias, call._replace(platform=None)  # what was made is called so here, and not in a library
    if alias is not None and _alias_tells_more(
        text[alias.start : alias.end], text[model.start : model.end], vocabulary
    ):
        parts.append(Part(model.start, model.end, "path", None))
        model = alias._replace(role="model")
    address = shifted(_named(text[model.start : model.end], call.platform, vocabulary), model.start)
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
        elif role != "model" and start != model.start:
            parts.append(Part(start, end, "option", None))
    plain = not address.local and not any(part.field in ("host", "platform") for part in address.parts)
    return address._replace(
        platform=call.platform if call.platform and plain and address.kind is None else address.platform,
        parts=(*parts, *address.parts),
        regions=(*regions, *address.regions),
        implies=(*call.implies, *address.implies),
    )


def _alias_tells_more(alias: str, path: str, vocabulary: Vocabulary) -> bool:
    """Return whether the name that a server gives a model says which it is, and its path doesn't: -m model.gguf -a qwen3-8b.

    The name of a closed model only lets programs written for it use another one.
    """
    last = split(path, 0, len(path))[-1] if path else None
    if last is None or any(c.isdigit() for c in path[last.start :]) or names_line(path, vocabulary):
        return False
    if not (paths.LOCAL.match(path) or FILE.search(path)) or not names_line(alias, vocabulary):
        return False
    known = vocabulary.catalogue.get(alias.lower())
    return known is None or ("open_weights", False) not in known[2]


def _named(text: str, platform: str | None, vocabulary: Vocabulary) -> Address:
    """Return the address in the word that names the model of a command."""
    if paths.LOCAL.match(text):
        return paths.parse(text, vocabulary)
    segments = split(text, 0, len(text))
    for template in paste_tables().names(platform):
        slots = fill(template, segments)
        if slots is not None:
            return address_of(text, slots, platform or "unknown", vocabulary)
    return _peel(text, vocabulary)


def _pattern(text: str, start: int, end: int) -> list[Region]:
    """Return the longest stretch of a file name pattern between asterisks: `*Q4_K_M*`."""
    pieces, position = [], start
    for piece in text[start:end].split("*"):
        pieces.append(inner_span(text, position, position + len(piece)))
        position += len(piece) + 1
    longest = max(pieces, key=lambda span: span[1] - span[0])
    return [Region(*longest, "option")] if longest[0] < longest[1] else []

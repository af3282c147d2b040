"""What a model's files say beside what their name says, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from ..inspection.contents import Contents, Stored
from ..inspection.inspector import Inspection
from .text import printable, wrapped
from .view import view

MOST_KINDS = 6
LABEL = 13  # characters
FORMATS = {"gguf": "GGUF", "safetensors": "safetensors", "config.json": "config.json"}


def inspection_text(found: Inspection) -> str:
    """Return the answer in lines: what disagrees comes first."""
    blocks = [
        [printable(found.path), *wrapped(_verdict(found), "  ")],
        [line for one in found.disagreements for line in wrapped(printable(one.text), "    ", first="  - ")],
        [line for note in found.notes for line in wrapped(printable(note), " " * 12, first="  Careful:  ")],
        ["What the file says", *_rows(found.file)],
        _said_by_name(found),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _verdict(found: Inspection) -> str:
    count = len(found.disagreements)
    if count:
        return f"The name and the file disagree in {count} point{'s' if count > 1 else ''}."
    if found.agreed:
        return "The name and the file agree, as far as both say something."
    return "There's nothing that both the name and the file say."


def _said_by_name(found: Inspection) -> list[str]:
    """Return the reading in short, below the name that it was taken from."""
    return ["What the name says", f"  {printable(found.name)}", *wrapped(view(found.reading).summary, "  ")]


def _rows(said: Contents) -> Iterator[str]:
    for label, value in _facts(said):
        if value:
            yield from wrapped(printable(value), " " * (LABEL + 4), first=f"  {label:<{LABEL}}  ")


def _facts(said: Contents) -> Iterator[tuple[str, str]]:
    yield (
        "Format",
        FORMATS.get(said.format, said.format) + (f", {len(said.files)} files" if len(said.files) > 1 else ""),
    )
    yield "Name inside", said.title or ""
    yield "Architecture", said.architecture or ""
    yield "Parameters", _billions(said.params) or (said.size_label or "")
    yield "Weights", f"{said.weights_bytes / 1e9:.2f} GB" if said.weights_bytes is not None else ""
    yield "Quantization", _quantization(said)
    yield (
        "Stored as",
        ", ".join(map(_kind, said.stored[:MOST_KINDS])) + (" and others" if len(said.stored) > MOST_KINDS else ""),
    )
    yield "Context", f"{said.context:,} tokens" if said.context else ""
    yield "Layers", _layers(said)
    yield "Experts", _experts(said)
    yield (
        "Vocabulary",
        f"{said.vocabulary:,} tokens" + (f" ({said.tokenizer})" if said.tokenizer else "") if said.vocabulary else "",
    )
    yield "Made from", ", ".join(said.made_from)
    yield "Licence", said.licence or ""
    yield "Not here", ", ".join(said.missing[:MOST_KINDS]) + (" and others" if len(said.missing) > MOST_KINDS else "")


def _billions(count: int | None) -> str:
    """Return a number of weights in words.

    >>> _billions(8_030_261_312), _billions(24_000_000), _billions(None)
    ('8.03 billion', '24 million', '')
    """
    if not count:
        return ""
    for unit, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if count >= unit:
            return f"{count / unit:.3g} {name}"
    return str(count)


def _quantization(said: Contents) -> str:
    parts = [said.label or ""]
    if said.label and said.bits:
        parts.append(f"{said.bits:g} bits")
    if said.group_size:
        parts.append(f"groups of {said.group_size}")
    if said.bits_per_weight:
        parts.append(f"{said.bits_per_weight:.3g} bits per weight in all")
    return ", ".join(filter(None, parts))


def _kind(one: Stored) -> str:
    bits = f" ({one.bits:g} bits)" if one.bits is not None else ""
    return f"{one.tensors:,} tensor{'s' if one.tensors != 1 else ''} {one.kind}{bits}"


def _layers(said: Contents) -> str:
    heads = f"{said.kv_heads} key-value heads" if said.kv_heads else ""
    if said.head_dim and heads:
        heads += f" of {said.head_dim}"
    return ", ".join(filter(None, (str(said.layers) if said.layers else "", heads)))


def _experts(said: Contents) -> str:
    if not said.experts:
        return ""
    return f"{said.experts}, {said.experts_used} of them for each token" if said.experts_used else str(said.experts)

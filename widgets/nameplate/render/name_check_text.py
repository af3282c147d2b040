"""The check of a proposed name as plain text: what to change, a better name, and how programs read it."""

from __future__ import annotations

from collections.abc import Iterator

from ..naming.check import NameCheck, usual_at_ollama
from ..naming.gguf import said_by_convention
from ..naming.ollama import said_by_ollama
from .summary import sentence
from .text import printable, wrapped


def text(found: NameCheck) -> str:
    """Return the check in lines."""
    return "\n".join((printable(found.name), *_findings(found), *_proposal(found), "", *_readings(found)))


def _findings(found: NameCheck) -> Iterator[str]:
    for one in found.findings:
        yield from wrapped(one.text, " " * 12, first="  Change:   " if one.must else "  Consider: ")
    if found.ok:
        yield "  Nothing has to be changed."


def _proposal(found: NameCheck) -> Iterator[str]:
    if found.proposal is None:
        return
    name, fill_in, left_out = found.proposal
    yield f"  Better:   {name}"
    if fill_in:
        yield f"            Put your own words in place of {', '.join(fill_in)}."
    if left_out:
        yield f"            Left out: {', '.join(map(printable, left_out))}."


def _readings(found: NameCheck) -> Iterator[str]:
    yield "  How it's read"
    yield from wrapped(f"Nameplate: {sentence(found.reading)}", " " * 6, first="    ")
    yield from wrapped(f"GGUF naming convention: {said_by_convention(found.gguf)}", " " * 6, first="    ")
    yield f"    Hugging Face: {found.hub_label or 'no quantization label'}"
    yield from wrapped(f"Ollama: {said_by_ollama(found.ollama)}", " " * 6, first="    ")
    yield f"    Usual at Ollama: {usual_at_ollama(found)}"

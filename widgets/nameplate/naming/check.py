"""Check a proposed name: how this decoder, the GGUF naming convention, the hub and Ollama read it, and what to change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..decoder import decode
from ..reading import JsonObject, Reading
from .collisions import Finding, collisions
from .gguf import ENDING, GgufName, gguf_name
from .hub import label_of, repository_problem
from .ollama import OllamaName, ollama_name
from .proposal import Proposal, ollama_proposal, proposal


@dataclass(frozen=True)
class NameCheck:
    """How a name would be read, and what to change about it.

    `gguf` and `ollama` are the parts of the name by these rules, or a sentence on why it isn't one. `hub_label` is the
    quantization that the hub would show for a file of this name.
    """

    name: str
    reading: Reading
    gguf: GgufName | str
    hub_label: str | None
    ollama: OllamaName | str
    findings: tuple[Finding, ...]
    proposal: Proposal | None

    @property
    def ok(self) -> bool:
        """Whether nothing has to be changed."""
        return not any(one.must for one in self.findings)

    def to_dict(self) -> JsonObject:
        """Return the check as plain lists and dictionaries, ready for JSON."""
        return {
            "name": self.name,
            "ok": self.ok,
            "findings": [one._asdict() for one in self.findings],
            "proposal": self.proposal._asdict() if self.proposal else None,
            "gguf": {key: getattr(self.gguf, key) for key in GgufName.__slots__}
            if isinstance(self.gguf, GgufName)
            else None,
            "gguf_problem": self.gguf if isinstance(self.gguf, str) else None,
            "hub_label": self.hub_label,
            "ollama": self.ollama._asdict() if isinstance(self.ollama, OllamaName) else None,
            "reading": self.reading.to_dict(),
        }


def check_name(name: str) -> NameCheck:
    """Check a name that a model is to be published under: of a repository, with or without its publisher, or of a file.

    >>> found = check_name("acme/Kestrel-7B-Instruct-v1.0")
    >>> found.ok, found.proposal
    (True, None)
    >>> check_name("Kestrel-IT-7b").proposal.name
    'Kestrel-7B-Instruct-v1.0'

    Raises what `decode` raises for a name.
    """
    reading = decode(name)
    own = name.strip().rpartition("/")[2]
    is_file = own.lower().endswith(ENDING)
    file = own if is_file else f"{own}{ENDING}"
    parts = gguf_name(file)
    label = label_of(own)
    at_ollama = ollama_name(own.removesuffix(ENDING).replace("/", ""))
    findings = (
        *collisions(reading),
        *_of_hub(own, is_file, reading, label),
        *_of_gguf(parts, is_file),
        *([Finding(True, own, at_ollama)] if isinstance(at_ollama, str) else []),
    )
    better = proposal(reading)
    is_taken = "catalogue" in reading.sources.values()  # only its maker knows a word to tell it apart
    return NameCheck(
        name, reading, parts, label, at_ollama, findings, None if is_taken or better.name == own else better
    )


def _of_hub(own: str, is_file: bool, reading: Reading, label: str | None) -> Iterator[Finding]:
    problem = repository_problem(own.removesuffix(ENDING))
    if problem:
        yield Finding(True, own, f"Hugging Face refuses it: {problem}.")
    if is_file and label is None:
        yield Finding(True, own, "Hugging Face finds no quantization label in the file's name, so it shows none.")
    elif label and reading.quant is None:
        yield Finding(True, label, f"Hugging Face finds the quantization label {label} in it.")


def _of_gguf(parts: GgufName | str, is_file: bool) -> Iterator[Finding]:
    if isinstance(parts, str):
        yield Finding(False, "", f"It doesn't follow the GGUF naming convention: {parts[0].lower()}{parts[1:]}")
    elif is_file and parts.encoding is None:
        yield Finding(False, "", "By the GGUF naming convention, it says nothing about its quantization.")


def usual_at_ollama(check: NameCheck) -> str:
    """Return the name that the model would usually have at Ollama."""
    own = check.proposal.name if check.proposal else check.name.rpartition("/")[2]
    return ollama_proposal(own)

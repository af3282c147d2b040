"""Machines as people say them, in ten languages: the units, the words for memory, cards and devices, and what isn't memory."""

from pathlib import Path

import pytest

from nameplate.memory.machine import Machine, find_machine, read_machine

VECTORS = Path(__file__).parents[1] / "vectors" / "machine_phrases.txt"
LISTS = [
    [tuple(line.split(" | ")) for line in part.splitlines() if line and not line.startswith("#")]
    for part in VECTORS.read_text(encoding="utf-8").split("\n\n")
]
BY_THEMSELVES, IN_SENTENCES = LISTS


def printed(machine: Machine | None) -> str:
    """What is printed on a machine: the kind, the gigabytes of each card, those of the main memory."""
    if machine is None:
        return "none"
    if not machine.cards:
        return f"{'ram' if machine.kind == 'memory' else machine.kind} {machine.key.split('-')[1]}"
    sizes = [card.memory for card in machine.cards for _ in range(card.number)]
    cards = f"{'cards' if len(sizes) > 1 else 'card'} {'+'.join(f'{size:g}' for size in sizes)}"
    memory = machine.title.rpartition(" and ")[2].partition(" GB of main")[0]
    return cards + (f" ram {memory}" if machine.ram_gb is not None else "")


@pytest.mark.parametrize(("expected", "text"), BY_THEMSELVES, ids=lambda value: value)
def test_a_phrase_by_itself_and_in_a_sentence(expected: str, text: str) -> None:
    assert printed(read_machine(text)) == expected
    found = find_machine(f"chat model, {text}")
    assert printed(found.machine if found else None) == expected


@pytest.mark.parametrize(("expected", "text"), IN_SENTENCES, ids=lambda value: value)
def test_a_sentence(expected: str, text: str) -> None:
    found = find_machine(text)
    assert printed(found.machine if found else None) == expected


@pytest.mark.parametrize(
    ("text", "gpu_gb", "ram_gb"),
    [
        ("24 GB card, half of it is taken by whisper", 12.0, None), ("RTX 3090, half is in use", 12.0, None),
        ("24 GB VRAM, davon sind 10 GB belegt", 13.3, None), ("32 GB RAM, la moitié est prise", None, 15.2),
        ("4080 with 16 GB, 6 GB are taken", 9.6, None), ("a used 24 gig card", 24.0, None),
    ],
)  # fmt: skip
def test_what_others_use_is_taken_away(text: str, gpu_gb: float | None, ram_gb: float | None) -> None:
    found = read_machine(text)
    assert (found.gpu_gb, found.ram_gb) == (gpu_gb, ram_gb)

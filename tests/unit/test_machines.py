"""Machines in people's words: which cards, how much memory, and what isn't a machine."""

import contextlib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nameplate.errors import RequestError
from nameplate.memory.machine import (
    Machine,
    apple_gb,
    card_gb,
    find_machine,
    memory_gb,
    phone_gb,
    read_machine,
    unified_gb,
)

VECTORS = yaml.safe_load((Path(__file__).parent.parent / "vectors" / "machines.yml").read_text(encoding="utf-8"))
SHARED = {"apple": apple_gb, "unified": unified_gb, "phone": phone_gb, "board": memory_gb}


def check(found: Machine, expected: dict) -> None:
    """Compare a machine with a row of the vectors."""
    assert found.kind == expected["kind"]
    assert [[card.number, card.name, card.memory] for card in found.cards] == expected.get("cards", [])
    if "cards" in expected:
        assert found.gpu_gb == pytest.approx(sum(count * card_gb(size) for count, _, size in expected["cards"]))
    if "shared" in expected:
        assert (found.gpu_gb or found.ram_gb) == SHARED[found.kind](expected["shared"])
    elif "ram" in expected:
        assert found.ram_gb == memory_gb(expected["ram"])
    else:
        assert found.ram_gb is None


@pytest.mark.parametrize("expected", VECTORS["alone"], ids=lambda row: row["text"])
def test_a_machine_by_itself(expected: dict) -> None:
    found = read_machine(expected["text"])
    check(found, expected)
    assert list(found.unread) == expected.get("unread", [])


@pytest.mark.parametrize("expected", VECTORS["inside"], ids=lambda row: row["text"])
def test_a_machine_in_a_sentence(expected: dict) -> None:
    found = find_machine(expected["text"])
    assert found is not None
    check(found.machine, expected)


@pytest.mark.parametrize("text", VECTORS["none"])
def test_a_sentence_without_a_machine(text: str) -> None:
    assert find_machine(text) is None


@pytest.mark.parametrize("text", VECTORS["unknown"])
def test_a_machine_of_unknown_memory_is_an_error(text: str) -> None:
    with pytest.raises(RequestError):
        read_machine(text)


def test_a_machine_in_a_sentence_leaves_the_rest() -> None:
    text = "Mails zusammenfassen auf einer RTX 3060 mit 12 GB, auf Deutsch"
    found = find_machine(text)
    assert found is not None
    rest = found.rest(text)
    assert len(rest) == len(text)
    assert rest.split() == ["Mails", "zusammenfassen", "auf", ",", "auf", "Deutsch"]


FIGURES = st.integers(1, 999_999)
UNITS = st.sampled_from(["b", "B", "bn", "billion parameters", "m", "M", "k", "k tokens", " tokens", "k context", " layers", "-bit", "x7B",
                         " pages", "t", "p", "%", " epochs"])  # fmt: skip
AROUND = st.sampled_from(["a model with {}", "Qwen3-{}", "{} on my computer", "chat, {}, on a laptop", "{} of context in memory",
                          "16 GB RAM for {}", "{} and 16 GB RAM", "ein Modell mit {} auf dem Laptop", "{}显卡"])  # fmt: skip


@given(FIGURES, UNITS, AROUND)
def test_figures_of_parameters_and_tokens_are_never_memory(figure: int, unit: str, around: str) -> None:
    text = around.format(f"{figure}{unit}")
    found = find_machine(text)
    amount = found.machine.ram_gb if found is not None else None
    assert amount == (memory_gb(16) if "16 GB" in around else None)
    assert found is None or found.machine.gpu_gb is None


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    found = find_machine(text)
    if found is not None:
        assert all(0 <= start < end <= len(text) for start, end in found.spans)
        assert len(found.rest(text)) == len(text)


PIECES = st.lists(st.sampled_from(["RTX", "3090", "4090", "2x", "x2", "two", "GB", "16", "24 GB", "24GB", "RAM", "VRAM", "no", "GPU", "M3",
                                   "Max", "MacBook", "laptop", "with", "and", "or", ",", "(", ")", "-", "A100", "+", "显卡", "なし"]), max_size=30)  # fmt: skip


@given(PIECES)
def test_any_words_about_machines_are_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = find_machine(text)
    with contextlib.suppress(RequestError):
        assert read_machine(text).kind in (*SHARED, "card", "memory")
    if found is not None:
        assert len(found.rest(text)) == len(text)

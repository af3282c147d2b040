"""A request without names searches the catalogue."""

from __future__ import annotations

import pytest

from nameplate import decode, estimate, pick
from nameplate.picker.requirements import read_requirements
from nameplate.picker.search import OF_ONE_LINE, SHORTLIST, entries, find_copies


@pytest.mark.parametrize("gpu_gb", [6, 12, 24, 80])
@pytest.mark.parametrize(
    "task", ["chatbot", "code-generation", "image-understanding", "text-generation", "semantic-search"]
)
def test_what_is_found_fits_and_does_the_task(task: str, gpu_gb: float) -> None:
    choice = pick(None, task, {"gpu_gb": gpu_gb})
    assert choice.verdict == "ok", choice.message
    best = choice.best or ""
    least = estimate(best).least_bytes
    assert least is not None
    assert least <= gpu_gb * 1e9
    reading = decode(best)
    assert (reading.task == "embedding") == (task == "semantic-search")
    assert (reading.stage == "base") == (task == "text-generation")
    if task == "image-understanding":
        assert "vision" in reading.modalities


def test_more_memory_finds_a_larger_model() -> None:
    sizes = [decode(pick(None, "chatbot", {"gpu_gb": memory}).best or "").params_b or 0 for memory in (4, 8, 24)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_without_a_machine_it_asks_and_says_what_would_be_chosen() -> None:
    choice = pick((), "chatbot")
    assert (choice.verdict, choice.best) == ("ask", None)
    assert "machine" in choice.message
    assert [line.split(" GB")[0] for line in choice.would_change] == ["With 8", "With 24", "With 80"]


def test_what_nothing_can_do_is_said() -> None:
    choice = pick(None, "chatbot", {"gpu_gb": 24, "context": 900_000_000})
    assert choice.verdict == "none_fits"
    assert "catalogued models" in choice.message


def test_forbidden_licences_are_left_out() -> None:
    for copy in find_copies(read_requirements("translation", {"gpu_gb": 40, "licence": "commercial"})):
        assert pick([copy.name], "translation", {"licence": "commercial"}).verdict == "ok", copy.name


def test_the_shortlist_is_short_and_from_several_makers() -> None:
    copies = find_copies(read_requirements("chatbot", {"gpu_gb": 24}))
    assert 6 <= len(copies) <= SHORTLIST
    lines = [copy.entry.line for copy in copies]
    assert max(map(lines.count, lines)) <= OF_ONE_LINE


def test_entries_are_open_original_and_real() -> None:
    names = [entry.name for entry in entries()]
    assert len(names) == len(set(names)) > 1_000
    assert not any("Sorskoot" in name for name in names)
    for name in names[::97]:
        reading = decode(name)
        assert reading.open_weights is not False
        assert reading.original in (None, reading.name) or reading.original.endswith(name)


@pytest.mark.parametrize(("runtime", "form"), [("vllm", "AWQ"), ("mlx", "bit"), ("llama.cpp", "Q")])
def test_the_copies_are_of_a_form_that_the_program_loads(runtime: str, form: str) -> None:
    choice = pick(None, "chatbot", {"gpu_gb": 24, "runtime": runtime})
    assert form in (choice.best or "").rpartition("-")[2]

"""Where a model lies that is too large for the graphics card: partly in main memory, which is slower; and without a card."""

import json

import pytest

from nameplate import estimate, fit, pick
from nameplate.cli import main
from nameplate.memory.placement import is_sparse, place
from nameplate.picker.form import choose, read_question
from nameplate.render.fit_text import text
from nameplate.render.pick_html import html

MACHINE = "RTX 3060 12GB + 64 GB RAM"
SPARSE, DENSE = "Qwen3-30B-A3B-Q4_K_M.gguf", "Qwen3-32B-Q4_K_M.gguf"


def test_a_mixture_of_experts_says_how_much_of_it_a_token_uses() -> None:
    assert estimate("Qwen3-30B-A3B").active_params_b == pytest.approx(3.3, abs=0.4)
    assert estimate("Qwen3-8B").active_params_b is None
    assert [is_sparse(estimate(name)) for name in ("gpt-oss-120b", "Mixtral-8x7B-Instruct-v0.1", DENSE)] == [
        True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "gpu_gb", "ram_gb", "placed"),
    [
        (SPARSE, 24, 64, (True, "gpu")), (SPARSE, 12, 64, (True, "experts-in-ram")), (DENSE, 12, 64, (True, "layers-in-ram")),
        (SPARSE, None, 64, (True, "ram")), (SPARSE, 12, None, (False, None)), (DENSE, 8, 8, (False, None)),
        ("SorskootLLM-70b-Q4_K_M", 12, 64, (None, None)),
    ],
)  # fmt: skip
def test_where_a_model_lies(name: str, gpu_gb: float | None, ram_gb: float | None, placed: tuple) -> None:
    assert place(estimate(name), gpu_gb, ram_gb) == placed


def test_experts_in_main_memory_are_better_than_a_coarse_label() -> None:
    found = fit("Qwen3-30B-A3B", MACHINE)
    where = {rung.quant: rung.placement for rung in found.ladder}
    assert (found.best, where["Q4_K_M"], where["IQ2_M"]) == ("Q4_K_M", "experts-in-ram", "gpu")
    assert "experts in main memory" in text(found)
    assert "IQ2_M is the largest that fits on the card alone." in text(found)
    assert fit("Qwen3-30B-A3B", "24 GB card + 64 GB RAM").best == "Q5_K_M"


def test_layers_in_main_memory_are_for_what_does_not_fit_otherwise() -> None:
    assert fit("Llama-3.3-70B-Instruct", MACHINE).best == "Q4_K_M"
    assert "much slower" in text(fit("Llama-3.3-70B-Instruct", MACHINE))
    assert fit("Qwen3-14B", MACHINE).ladder[0].placement == "layers-in-ram"
    assert fit("Qwen3-14B", MACHINE).best == fit("Qwen3-14B", "RTX 3060 12GB").best


def test_the_longest_context_keeps_the_model_where_it_is() -> None:
    found = fit("Qwen3-8B", MACHINE)
    assert found.longest_context == fit("Qwen3-8B", "RTX 3060 12GB").longest_context


def test_a_card_that_is_too_small_asks_for_the_main_memory() -> None:
    assert "name its size too" in text(fit("gpt-oss-120b", "RTX 3060 12GB"))
    assert fit("gpt-oss-120b", MACHINE).best == "MXFP4"


def test_without_a_card_it_is_said_to_be_slower(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", "Qwen3-8B", "--machine", "16 GB RAM, no GPU"]) == 0
    assert "Without a graphics card, answers are slower." in capsys.readouterr().out


def test_the_picker_takes_what_fits_on_the_card_before_layers_in_main_memory() -> None:
    choice = pick([DENSE, "Qwen3-14B-Q4_K_M.gguf"], "chatbot", {"machine": MACHINE})
    assert choice.best == "Qwen3-14B-Q4_K_M.gguf"
    alone = pick([DENSE], "chatbot", {"machine": MACHINE})
    assert (alone.best, alone.ranking[0].fits) == (DENSE, True)
    assert "much slower" in alone.message
    assert alone.ranking[0].available_gb == pytest.approx(12 + 64.7)


def test_the_picker_says_that_experts_lie_in_main_memory() -> None:
    choice = pick([SPARSE, DENSE], "chatbot", {"machine": MACHINE})
    assert choice.best == SPARSE
    assert "experts in main memory" in choice.message
    assert not any("With only" in line for line in choice.would_change)


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("Qwen3-30B-A3B-AWQ", {}),
        (SPARSE, {"runtime": "vllm"}),
        ("gpt-oss-120b", {"machine": "RTX 3060 12GB + 16 GB RAM"}),
    ],
)
def test_what_cannot_be_split_does_not_fit(name: str, limits: dict) -> None:
    assert pick([name], "chatbot", {"machine": MACHINE, **limits}).verdict == "none_fits"


def test_a_mixture_of_experts_is_preferred_without_a_card() -> None:
    assert pick([DENSE, SPARSE], "chatbot", {"machine": "64 GB RAM, no GPU"}).best == SPARSE
    assert pick([DENSE, SPARSE], "chatbot", {"machine": "RTX 5090"}).best == DENSE


def test_the_page_shows_both_memories() -> None:
    question = {"names": f"{SPARSE}, Qwen3-8B-Q4_K_M.gguf", "task": "chatbot", "machine": MACHINE}
    answer = choose(read_question(question))
    assert (
        answer.machine
        == "GeForce RTX 3060 with 12 GB and 64 GB of main memory: a model can use 12 GB on the card and 64.7 GB of main memory."
    )
    written = html(answer)
    assert "of 12 GB on the card and 64.7 GB of main memory" in written
    assert "fits, partly in main memory" in written


def test_json_says_where_it_lies(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", "Qwen3-30B-A3B", "--machine", MACHINE, "--json"]) == 0
    assert {rung["placement"] for rung in json.loads(capsys.readouterr().out)["ladder"]} == {"gpu", "experts-in-ram"}

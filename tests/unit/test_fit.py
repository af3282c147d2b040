"""`fit`: the quantizations of one model, what of them fits on a machine, and how `nameplate fit` says it."""

import io
import json
import sys

import pytest

from nameplate import NameplateError, RequestError, estimate, fit
from nameplate.cli import main
from nameplate.memory.json_request import answer_fit
from nameplate.memory.machine import card_gb, machines, read_machine

MODEL = "Llama-3.1-8B-Instruct"


def test_the_ladder_goes_down_in_size_and_up_in_loss() -> None:
    ladder = fit(MODEL).ladder
    assert ladder[0].quant == "BF16"
    assert ladder[0].loss == 0
    assert {"Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "IQ4_XS", "Q3_K_M"} <= {rung.quant for rung in ladder}
    sizes = [rung.weights_bytes for rung in ladder]
    assert sizes == sorted(sizes, reverse=True)
    for measure in ("loss", "changed_tokens"):
        losses = [getattr(rung, measure) for rung in ladder if getattr(rung, measure) is not None]
        assert losses == sorted(losses), measure


def test_what_is_larger_and_worse_is_left_out() -> None:
    assert {"Q4_1", "Q5_0", "Q5_1"}.isdisjoint(rung.quant for rung in fit(MODEL).ladder)


@pytest.mark.parametrize(("gpu_gb", "best"), [(20, "BF16"), (10, "Q6_K"), (7, "Q4_K_M"), (2, None)])
def test_the_best_is_the_largest_that_fits(gpu_gb: float, best: str | None) -> None:
    found = fit(MODEL, gpu_gb=gpu_gb, context=8192)
    assert found.best == best
    assert {rung.quant: rung.fits for rung in found.ladder}.get(best, True) is True


def test_the_longest_context_is_the_last_that_fits() -> None:
    found = fit(MODEL, gpu_gb=10)
    assert found.best is not None
    assert found.longest_context is not None
    needed = [estimate(MODEL, found.best, found.longest_context + more).total_bytes or 0 for more in (0, 1)]
    assert needed[0] <= 10e9 < needed[1]


def test_no_context_is_longer_than_the_model_reads() -> None:
    assert fit(MODEL, gpu_gb=1000).longest_context == 131_072


def test_the_smallest_card_holds_what_is_best_or_else_the_usual_label() -> None:
    found = fit(MODEL, "24 GB card")
    best = found.ladder[0]
    assert found.smallest_gpu_gb == best.smallest_gpu_gb == 24
    assert (best.total_bytes or 0) <= card_gb(24) * 1e9
    usual = next(rung for rung in found.ladder if rung.quant == "Q4_K_M")
    assert fit(MODEL).smallest_gpu_gb == fit(MODEL, gpu_gb=1).smallest_gpu_gb == usual.smallest_gpu_gb


def test_what_is_not_known_is_left_open() -> None:
    found = fit("SorskootLLM-70b", gpu_gb=60)
    fits = {rung.quant: rung.fits for rung in found.ladder}
    assert fits["Q8_0"] is False  # the weights alone are larger
    assert fits["Q4_K_M"] is None
    assert found.best is found.longest_context is found.smallest_gpu_gb is None


def test_a_model_published_in_fewer_bits_begins_there() -> None:
    assert [rung.quant for rung in fit("openai/gpt-oss-20b").ladder] == ["MXFP4"]
    assert fit("deepseek-ai/DeepSeek-V3").ladder[0].quant == "FP8"
    assert fit("Qwen/Qwen3-8B-AWQ").ladder[0].quant == "BF16"  # made from a model in 16 bits


@pytest.mark.parametrize("name", ["gpt-4o", "some-model", "mmproj-gemma-3-4b-it-f16.gguf"])
def test_what_has_no_ladder_says_so(name: str) -> None:
    assert fit(name, gpu_gb=24).to_dict()["ladder"] == []


def test_a_file_has_the_ladder_of_its_model() -> None:
    assert fit("bartowski/Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf").ladder == fit(MODEL).ladder


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("card-24", "card-24"),
        ("24 GB card", "card-24"),
        ("GPU with 24GB of VRAM", "card-24"),
        ("graphics card with 12 GB", "card-12"),
        ("Mac 36 GB", "apple-36"),
        ("MacBook with 16 GB of memory", "apple-16"),
        ("16 GB RAM", "memory-16"),
        ("no graphics card, 16 GB RAM", "memory-16"),
        ("8 GB RAM, no GPU", "memory-8"),
        ("24 GB card?!", "card-24"),
    ],
)
def test_a_machine_in_a_few_words(text: str, key: str) -> None:
    assert read_machine(text).key == key


def test_the_machines_of_the_list_are_read_by_key_and_by_title() -> None:
    listed = [one for _, group in machines() for one in group]
    assert [read_machine(one.key) for one in listed] == [read_machine(one.title) for one in listed] == listed


@pytest.mark.parametrize(
    "text",
    ["", "24", "RTX 9999", "2 x 24 GB", "Mac", "0 GB card", "10,000,000 GB card", "²4 GB card", "card" * 50],
)  # fmt: skip
def test_a_machine_without_an_amount_of_memory_is_an_error(text: str) -> None:
    with pytest.raises(RequestError):
        fit(MODEL, text)


@pytest.mark.parametrize(
    "request_",
    [
        {"machine": 24},
        {"machine": "24 GB card", "gpu_gb": 24},
        {"gpu_gb": -1},
        {"ram_gb": True},
        {"context": 0},
        {"gpu_gb": float("nan")},
        {"name": ""},
        {"name": 3},
        [],
    ],
)
def test_bad_requests_are_errors_of_our_own(request_: object) -> None:
    with pytest.raises(NameplateError):
        answer_fit({"name": MODEL, **request_} if isinstance(request_, dict) else request_)


def test_the_answer_has_the_agreed_keys() -> None:
    answer = fit(MODEL, "24 GB card").to_dict()
    assert {"ladder", "best", "longest_context", "smallest_gpu_gb", "machine", "sources"} <= answer.keys()
    keys = {"quant", "weights_bytes", "kv_cache_bytes", "total_bytes", "fits", "loss"}
    assert all(keys <= rung.keys() for rung in answer["ladder"])
    assert answer == json.loads(json.dumps(answer))
    assert hash(fit(MODEL, "24 GB card")) == hash(fit(MODEL, "24 GB card"))


def test_words_that_are_not_understood_are_in_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    machine = fit(MODEL, "RTX 4090 of my uncle").to_dict()["machine"]
    assert (machine["title"], machine["gpu_gb"], machine["unread"]) == ("GeForce RTX 4090 with 24 GB", 24.0, ["uncle"])
    assert main(["fit", MODEL, "--machine", "RTX 4090 of my uncle"]) == 0
    assert "uncle" in capsys.readouterr().out


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", MODEL, "--machine", "8 GB card", "--context", "8k"]) == 0
    shown = capsys.readouterr().out
    assert "Q5_K_M is the largest that fits." in shown
    assert max(map(len, shown.splitlines())) <= 88


def test_the_command_without_a_machine_does_not_say_what_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", MODEL]) == 0
    shown = capsys.readouterr().out
    assert "Q4_K_M" in shown
    assert "Fits" not in shown


def test_json_and_streams(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["fit", MODEL, "--gpu-gb", "8", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["best"] == "Q5_K_M"
    monkeypatch.setattr(sys, "stdin", io.StringIO(f'{{"name": "{MODEL}", "gpu_gb": 8}}\n{{"name": 1}}\n'))
    assert main(["fit", "--jsonl"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["best"] == "Q5_K_M"
    assert second["error"]["code"] == "bad_request"


@pytest.mark.parametrize("arguments", [[], [""], [MODEL, "--machine", "RTX 9999"], [MODEL, "--gpu-gb", "-1"]])
def test_bad_input_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", *arguments]) == 2
    assert capsys.readouterr().err.startswith("nameplate: ")

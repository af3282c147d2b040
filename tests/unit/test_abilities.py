"""What models can do decides before their size and age: the vectors in which the task is given, and the rules one by one."""

import json
from pathlib import Path

import pytest

from nameplate import pick
from nameplate.picker.candidates import Candidate
from nameplate.picker.choice import Choice
from nameplate.picker.knowledge import programs

VECTORS = Path(__file__).parents[1] / "vectors" / "abilities.json"
CASES = json.loads(VECTORS.read_text(encoding="utf-8"))["picks"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}:{case['task']}")
def test_the_ability_that_a_task_needs_decides(case: dict) -> None:
    choice = pick(case["candidates"], case["task"], case["constraints"])
    wanted = {("ok", best) for best in case["expected_best"]} or {(case.get("expect"), None)}
    assert (choice.verdict, choice.best) in wanted
    assert choice.best not in case["must_not"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("deberta-v3-large", "fill-mask"), ("deberta-v3-base-prompt-injection-v2", "guard"), ("bert-base-NER", "classification"),
        ("clip-vit-base-patch32", "embedding"), ("wav2vec2-base-960h", "asr"), ("wav2vec2-base", "audio"),
        ("gliner_multi-v2.1", "classification"), ("chronos-t5-large", "time-series"), ("Llama-3.1-8B-Instruct", "text"),
    ],
)  # fmt: skip
def test_facts_say_the_kind_where_names_do_not(name: str, kind: str) -> None:
    assert Candidate(name).kind == kind


def test_an_exception_comes_before_what_holds_for_the_line() -> None:
    assert "speech-translation" in Candidate("whisper-large-v2").skills
    for name in ("whisper-large-v3-turbo", "whisper-small.en", "distil-large-v3"):
        assert "speech-translation" in Candidate(name).lacks
        assert "speech-translation" not in Candidate(name).skills


@pytest.mark.parametrize("name", ["dolphin-2.9-llama3-8b", "Llama-3.1-8B-Lexi-Uncensored-V2", "L3-8B-Stheno-v3.2"])
def test_what_rarely_refuses_is_not_for_customers_but_for_roleplay(name: str) -> None:
    assert pick([name], "customer-support").verdict == "none_fits"
    assert pick([name], "roleplay").best == name


def test_a_draft_model_splits_text_as_its_target_does() -> None:
    names = ["Llama-3.2-1B-Instruct", "Qwen2.5-0.5B-Instruct", "Qwen3-0.6B"]
    assert pick(names, "draft model for Llama-3.3-70B-Instruct").best == names[0]
    assert pick(names, "draft model for Qwen2-72B-Instruct").best == names[1]
    assert pick(names, "draft model for Qwen3-32B").best == names[2]


def test_makers_with_models_of_one_size_are_equals() -> None:
    names = ["OLMo-2-1124-7B-Instruct", "internlm3-8b-instruct", "granite-3.3-8b-instruct"]
    choice = pick(names, "chatbot")
    assert (choice.verdict, choice.best) == ("ask", None)
    assert all(name in choice.message for name in names)
    assert pick([*names, "Qwen2.5-72B-Instruct"], "chatbot").best == "Qwen2.5-72B-Instruct"


def test_of_one_line_the_larger_one_is_recommended() -> None:
    assert pick(["granite-3.3-8b-instruct", "granite-3.3-2b-instruct"], "chatbot").best == "granite-3.3-8b-instruct"


def test_a_larger_model_is_better_among_those_that_fit_only_where_memory_is_given() -> None:
    names = ["gemma-3-12b-it-Q4_K_M", "gemma-3-4b-it-Q4_K_M"]
    shown = [
        {reason.rule for reason in pick(names, "chatbot", limits).ranking[0].because} for limits in ({}, {"gpu_gb": 16})
    ]
    assert "larger-anywhere" in shown[0]
    assert "larger" in shown[1]


def test_training_is_offered_as_a_change_only_to_those_who_train() -> None:
    names = ["Llama-3.1-8B", "Llama-3.1-8B-Instruct"]
    assert not any("1,000 examples" in line for line in pick(names, "chatbot").would_change)


def test_every_program_of_the_data_can_be_asked_for() -> None:
    assert {"llama.cpp", "lm-studio", "exllamav2", "exllamav3", "openvino", "tgi", "koboldcpp"} <= set(programs())
    assert "apple" not in programs()
    for program in programs():
        assert pick(["Llama-3.1-8B-Instruct"], "chatbot", {"runtime": program}).verdict in ("ok", "none_fits")


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("distil-large-v3", {"en"}),
        ("parakeet-tdt-0.6b-v2", {"en"}),
        ("all-MiniLM-L6-v2", {"en"}),
        ("CroissantLLMChat-v0.1", {"fr", "en"}),
    ],
)
def test_what_a_model_knows_of_languages(name: str, languages: set[str]) -> None:
    known = Candidate(name).languages
    assert known is not None
    assert set(known.value) == languages


def test_who_asks_for_the_newest_gets_it_though_an_older_one_is_larger() -> None:
    names = ["Qwen2-7B-Instruct", "Qwen3-4B-Instruct-2507"]
    assert pick(names, "the newest release for writing letters").best == names[1]
    assert pick(names, "write letters").best == names[0]


def test_a_maker_may_publish_its_tuned_models_without_a_word_for_it() -> None:
    stages = {name: Candidate(name).stage for name in ("Llama-3-ELYZA-JP-8B", "sabia-7b", "CroissantLLMChat-v0.1")}
    assert {name: stage and stage.value for name, stage in stages.items()} == {
        "Llama-3-ELYZA-JP-8B": "instruct", "sabia-7b": "base", "CroissantLLMChat-v0.1": "chat",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["L3-8B-Stheno-v3.2", "Lumimaid-v0.2-12B", "NV-Embed-v2", "canary-1b", "ReaderLM-v2"])
def test_what_is_for_non_commercial_use_is_not_for_a_product(name: str) -> None:
    licence = Candidate(name).licence
    assert licence is not None
    assert "-nc-" in licence.value


def test_a_model_made_for_a_language_comes_before_larger_ones_that_know_others() -> None:
    names = ["Bielik-7B-Instruct-v0.1", "Llama-2-13b-chat-hf", "Qwen2.5-32B-Instruct"]
    assert [place.name for place in pick(names, "a chatbot in Polish").ranking] == [names[0], names[2], names[1]]
    assert pick(names, "a chatbot in English").best == names[2]


def test_a_language_is_named_in_words() -> None:
    texts = [reason.text for reason in pick(["whisper-large-v3"], "transcribe meetings in Spanish").ranking[0].because]
    assert any("Spanish" in text for text in texts)


def test_a_cache_is_open_where_only_the_line_of_the_original_is_known() -> None:
    place = pick(["sugoi-14b-ultra-Q4_K_M"], "translation", {"gpu_gb": 12}).ranking[0]
    assert (place.fits, place.needed_gb) == (None, None)
    assert any(reason.rule == "cache-unknown" for reason in place.against)


@pytest.mark.parametrize(("machine", "runs"), [("RTX 4090", False), ("M3 Max 36GB", True)])
def test_mlx_runs_on_the_chips_of_apple_alone(machine: str, runs: bool) -> None:
    name = "Qwen3-8B-MLX-4bit"
    choice = pick([name, "Qwen3-32B-Q2_K.gguf"], "chatbot", {"machine": machine, "runtime": "lm-studio"})
    assert ("other-chips" not in rules_against(choice, name)) == runs
    assert (pick([name], "chatbot", {"machine": machine}).best == name) == runs


def test_exl2_does_not_run_on_a_mac() -> None:
    choice = pick(["Qwen3-8B-4.0bpw-exl2"], "chatbot", {"machine": "M3 Max 36GB"})
    assert choice.verdict == "none_fits"


def rules_against(choice: Choice, name: str) -> set[str]:
    return {reason.rule for place in choice.ranking if place.name == name for reason in place.against}

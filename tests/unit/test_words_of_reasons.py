"""Reasons speak of the name where it says something, and of the model where that is only known about it."""

from __future__ import annotations

import pytest

from nameplate import pick
from nameplate.decoder import decode
from nameplate.render.comparison import side_by_side
from nameplate.render.text import text


def reasons(name: str, task: str, **constraints: object) -> list[str]:
    """Return all reasons for and against a name, beside one that does another kind of work."""
    answer = pick([name, "facebook/musicgen-small"], task, constraints)
    ranked = next(one for one in answer.ranking if one.name == name)
    return [reason.text for reason in (*ranked.because, *ranked.against)]


@pytest.mark.parametrize(
    ("name", "task", "said"),
    [
        ("Qwen/Qwen3-8B", "answer customers in Polish", "“Qwen3” models know Polish."),
        ("acme/Llama-3.1-8B-Instruct-German", "answer customers in Polish", "“German” means it is for German, and you asked for Polish."),
        ("deepseek-ai/DeepSeek-OCR", "read receipts from photos", "It accepts images."),
        ("Qwen/Qwen3-VL-8B-Instruct", "describe pictures", "“VL” means it accepts images."),
    ],
)  # fmt: skip
def test_a_reason_says_whose_word_it_is(name: str, task: str, said: str) -> None:
    assert said in reasons(name, task)


def test_a_program_loads_a_format_and_not_a_line() -> None:
    assert "vLLM loads its format." in reasons("Qwen/Qwen3-8B", "chatbot", runtime="vllm")


def test_a_classifier_follows_no_instructions() -> None:
    found = reasons("cardiffnlp/twitter-roberta-base-sentiment-latest", "sentiment-analysis")
    assert not [said for said in found if "follows instructions" in said]


def test_a_refusal_gives_its_reason_once() -> None:
    message = pick(["whisper-large-v3"], "chatbot").message
    assert message == "whisper-large-v3 doesn't work for chatbots and virtual agents: it is a speech recognition model."
    message = pick(["Llama-3.1-8B"], "chatbot").message
    assert message.startswith("Llama-3.1-8B doesn't work for chatbots and virtual agents: a Llama 3.1 name without")


def test_two_lists_are_told_apart() -> None:
    found = side_by_side([decode(f"Helsinki-NLP/opus-mt-{pair}") for pair in ("de-en", "en-de")])
    assert "The languages differ: German, English in the first, English, German in the second." in found.summary


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Helsinki-NLP/opus-mt-de-en", "Made for German."),
        ("depth-anything/Depth-Anything-V2-Small-hf", "Task: depth estimation"),
        ("google/gemma-3-4b-it", "Works with: text, images"),
        ("Qwen/Qwen3-8B", "Task: text generation"),
    ],
)
def test_values_are_said_in_words(name: str, line: str) -> None:
    assert line in text(decode(name))

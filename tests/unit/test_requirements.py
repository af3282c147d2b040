"""What a request asks for: words, figures in them, and constraints."""

import pytest

from nameplate.errors import RequestError
from nameplate.picker.requirements import read_requirements
from nameplate.picker.tasks import tasks


@pytest.mark.parametrize(
    ("sentence", "gpu", "ram", "context"),
    [
        ("chat on a 20 GB GPU in vLLM", 20, None, None),
        ("best answers on two 24 GB GPUs, 8k context", 48, None, 8192),
        ("2x 24GB cards", 48, None, None),
        ("a GPU with 12 GB", 12, None, None),
        ("16 GB RAM, CPU only", None, 13.2, None),
        ("Apple Mac with 32 GB unified memory", 22.9, None, None),
        ("phone with 4 GB RAM", None, 2.1, None),
        ("complete text after a 100k-token prompt", None, None, 102_400),
        ("chat with 60,000 tokens of context", None, None, 60_000),
        ("continue pretraining on two billion tokens of Dutch text", None, None, None),
        ("train on 3 million tokens", None, None, None),
        ("summarise 12 reports", None, None, None),
        ("answer from sixty thousand tokens", None, None, 60_000),
    ],
)
def test_figures_in_a_sentence(sentence: str, gpu: float | None, ram: float | None, context: int | None) -> None:
    found = read_requirements(sentence, {})
    assert (found.gpu_gb, found.ram_gb, found.context) == (gpu, ram, context)


def test_given_limits_go_before_those_in_the_sentence() -> None:
    found = read_requirements(
        "chat on a 20 GB GPU with 60k tokens in Ollama", {"gpu_gb": 8, "context": 4096, "runtime": "vllm"}
    )
    assert (found.gpu_gb, found.context, found.runtime) == (8, 4096, "vllm")


@pytest.mark.parametrize(
    ("sentence", "commercial"),
    [
        ("helper in an app that we sell", True),
        ("non-commercial research", False),
        ("our product", True),
        ("chat", False),
    ],
)
def test_a_product_is_recognised(sentence: str, commercial: bool) -> None:
    assert read_requirements(sentence, {}).commercial is commercial


@pytest.mark.parametrize(
    ("sentence", "few", "many"),
    [
        ("fine-tune with 150 example rows", True, False),
        ("fine-tune with 50,000 rows", False, True),
        ("tune it on 10k examples", False, True),
        ("fine-tune with 600 rows", False, False),
        ("fine-tune with a handful of examples", True, False),
        ("fine-tune on thousands of tickets", False, True),
        ("fine-tune on our data", False, False),
        ("train it on ten thousand reviews", False, True),
        ("a dozen letters to tune with", True, False),
        ("tune it with half a million recipes", False, True),
        ("fine-tune on 2 GPUs with a couple of hundred poems", True, False),
        ("fine-tune for 3 epochs on 12 GB", False, False),
    ],
)
def test_examples_to_train_on_are_counted(sentence: str, few: bool, many: bool) -> None:
    found = tasks().understand(sentence)
    assert (found.few_rows, found.many_rows) == (few, many)


def test_a_figure_of_hundreds_of_digits_is_no_figure() -> None:
    assert tasks().understand(f"fine-tune with {'9' * 400} examples").rows is None
    assert read_requirements(f"chat with {'9' * 400} tokens", {}).context is None


@pytest.mark.parametrize(
    ("sentence", "task"),
    [
        ("summarise our chat logs", "summarization"),
        ("translate a novel", "translation"),
        ("classify product descriptions", "classification"),
        ("a bot that should transcribe phone calls", "speech-recognition"),
        ("a LoRA for translating German letters", "fine-tuning"),
    ],
)
def test_what_is_to_be_done_decides_before_what_it_is_done_to(sentence: str, task: str) -> None:
    assert read_requirements(sentence, {}).task.task == task


def test_a_long_text_is_noticed() -> None:
    assert read_requirements("read a 600-page report", {}).long
    assert read_requirements("the whole contract in one go", {}).long
    assert not read_requirements("read a 3-page report", {}).long


def test_the_model_to_draft_for_is_read_in_the_sentence() -> None:
    target = read_requirements("a draft model for Qwen3-32B", {}).target
    assert target is not None
    assert (target.family, target.params_b) == ("Qwen", 32)
    assert read_requirements("chatbot", {}).target is None


def test_what_is_denied_is_not_understood() -> None:
    assert not read_requirements("olympiad mathematics, latency does not matter", {}).quick
    found = tasks().understand("few-shot prompts, no chat template")
    assert found.task is not None
    assert found.task.task == "few-shot"


@pytest.mark.parametrize("nonsense", ["", "hmm", "qwertz uiop", "the colour of Tuesday", "ыва фыв"])
def test_nonsense_is_no_task(nonsense: str) -> None:
    assert tasks().understand(nonsense).task is None


def test_limits_alone_mean_a_general_assistant() -> None:
    assert read_requirements("16 GB GPU", {}).task.task == "assistant"
    assert read_requirements("", {"ram_gb": 8}).task.task == "assistant"


@pytest.mark.parametrize(
    "constraints",
    [
        {"gpu_gb": 0},
        {"gpu_gb": "12"},
        {"ram_gb": float("nan")},
        {"context": True},
        {"licence": "mit"},
        {"runtime": "x"},
        {"cpu": 8},
    ],
)
def test_limits_that_cannot_be_are_errors(constraints: dict) -> None:
    with pytest.raises(RequestError):
        read_requirements("chat", constraints)


@pytest.mark.parametrize("text", ["x" * 6001, None, 5, ["chat"]])
def test_a_task_is_a_text_of_at_most_6000_characters(text: object) -> None:
    with pytest.raises(RequestError, match=r"^The task "):
        read_requirements(text, {})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["1," * 1000, "1 1 " * 500, "1" + " " * 1998 + "x", "7b" * 1000, "a draft for " + "x1" * 900]
)
def test_a_text_without_meaning_is_read_to_its_end(text: str) -> None:
    assert read_requirements(text, {}).context is None


def test_figures_do_not_depend_on_spaces() -> None:
    found = read_requirements("chat  with\n60k   tokens on a  24   GB  card", {})
    assert (found.context, found.gpu_gb) == (61_440, 24)

"""Lists as hubs show them, pasted whole: the names in them, and one recommendation among all quantizations of a model."""

import re

import pytest

from nameplate import pick
from nameplate.picker.form import choose, read_question
from nameplate.picker.pasted import read_pasted
from nameplate.picker.preference import worth_bits
from nameplate.render.pick_html import html

LABELS = (
    "f32", "Q8_0", "Q6_K_L", "Q6_K", "Q5_K_L", "Q5_K_M", "Q5_K_S", "Q4_K_L", "Q4_K_M", "Q3_K_XL", "Q4_K_S", "Q4_0", "IQ4_XS",
    "Q3_K_L", "Q3_K_M", "IQ3_M", "Q2_K_L", "Q3_K_S", "IQ3_XS", "Q2_K", "IQ2_M",
)  # fmt: skip
NAMES = tuple(f"Meta-Llama-3.1-8B-Instruct-{label}.gguf" for label in LABELS)
REPOSITORY = "https://huggingface.co/bartowski/Meta-Llama-3.1-8B-Instruct-GGUF/blob/main/"
HEAD = "Filename\tQuant type\tFile Size\tSplit\tDescription\n"
# The files of a repository, its README as source and as a page, and the tags of Ollama's library.
FILES = "Meta-Llama-3.1-8B-Instruct-GGUF\n138 GB\n1 contributor\nHistory:\n39 commits\n" + "\n".join(
    f"{name}\nSafe\n{4 + place / 10} GB\nxet\nUpload folder using huggingface_hub\nover 1 year ago"
    for place, name in enumerate(NAMES)
)
SOURCE = (
    "| Filename | Quant type | File Size | Split | Description |\n| -------- | ---------- | --------- | ----- | ----------- |\n"
    + "\n".join(
        f"| [{name}]({REPOSITORY}{name}) | {label} | 4.92GB | false | Good quality, default size for most, *recommended*. |"
        for name, label in zip(NAMES, LABELS, strict=True)
    )
)
PAGE = HEAD + "\n".join(
    f"{name}\t{label}\t4.92GB\tfalse\tGood quality, recommended." for name, label in zip(NAMES, LABELS, strict=True)
)
TAGS = (
    "8b-instruct-fp16",
    "8b-instruct-q8_0",
    "8b-instruct-q6_K",
    "8b-instruct-q5_K_M",
    "8b-instruct-q4_K_M",
    "8b-instruct-q2_K",
)
LIBRARY = "\n".join(
    f"llama3.1:{tag}\n46e0c10c039e • 4.9GB • 128K context window • Text input • 1 year ago" for tag in TAGS
)
INSTALLED = "NAME  ID  SIZE  MODIFIED\n" + "\n".join(
    f"llama3.1:{tag}    46e0c10c039e    4.9 GB    2 months ago" for tag in TAGS
)


@pytest.mark.parametrize("text", [FILES, SOURCE, PAGE])
def test_the_files_of_a_repository_are_found(text: str) -> None:
    found = read_pasted(text)
    assert found.names == NAMES
    assert found.left_out > 0


@pytest.mark.parametrize("text", [LIBRARY, INSTALLED])
def test_the_tags_of_a_library_are_found(text: str) -> None:
    assert read_pasted(text).names == tuple(f"llama3.1:{tag}" for tag in TAGS)


@pytest.mark.parametrize(
    "text", ["some-model\nanother-thing\nQwen3-8B", "a-7b, b-7b\nc-7b;a-7b", "zorp\nflurb\nquux\ngnarl"]
)
def test_a_few_names_are_all_kept(text: str) -> None:
    assert read_pasted(text).left_out == 0


@pytest.mark.parametrize(
    ("machine", "best"),
    [
        ("6 GB card", "IQ4_XS"), ("8 GB card", "Q5_K_L"), ("RTX 3060 12GB", "Q8_0"), ("24 GB card", "Q8_0"),
        ("16 GB RAM, no GPU", "Q6_K_L"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", [FILES, SOURCE, PAGE])
def test_a_list_gets_one_recommendation(text: str, machine: str, best: str) -> None:
    answer = choose(read_question({"names": text, "task": "chatbot", "machine": machine}))
    assert (answer.choice.verdict, answer.choice.best) == ("ok", f"Meta-Llama-3.1-8B-Instruct-{best}.gguf")
    assert re.search(r"\d+ other lines? left out", html(answer))


def test_without_a_machine_the_answer_asks_for_it() -> None:
    choice = pick(NAMES, "chatbot")
    assert choice.verdict == "ok"
    assert "Say which machine" in choice.message
    assert "Say which machine" not in pick(NAMES, "chatbot", {"machine": "8 GB card"}).message


def test_a_label_is_worth_what_its_layers_lose_not_what_its_tables_weigh() -> None:
    order = [ranked.name for ranked in pick(NAMES, "chatbot", {"machine": "8 GB card"}).ranking if ranked.score]
    place = {
        label: order.index(f"Meta-Llama-3.1-8B-Instruct-{label}.gguf")
        for label in ("Q4_K_S", "Q3_K_XL", "IQ3_XS", "Q2_K_L")
    }
    assert place["Q4_K_S"] < place["Q3_K_XL"]
    assert place["IQ3_XS"] < place["Q2_K_L"]
    assert worth_bits("UD-Q8_K_XL", 10.0) == 10.0


def test_the_reason_is_the_loss_that_was_measured() -> None:
    choice = pick(NAMES, "chatbot", {"machine": "24 GB card"})
    assert choice.ranking[0].because[0].token == "Q8_0"
    assert "perplexity by 0.0026" in choice.message


def test_copies_under_one_label_are_still_a_tie() -> None:
    copies = ["bartowski/Qwen_Qwen3-8B-GGUF:Q4_K_M", "lmstudio-community/Qwen3-8B-GGUF:Q4_K_M"]
    assert pick(copies, "chatbot", {"machine": "12 GB card"}).verdict == "ask"

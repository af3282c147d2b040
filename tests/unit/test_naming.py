"""Names that aren't published yet: how others read them, what to change, and the exit code of the command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nameplate.naming.check import check_name
from nameplate.naming.gguf import GgufName, gguf_name
from nameplate.naming.hub import label_of, repository_problem
from nameplate.naming.ollama import OllamaName, ollama_name

PEERS = Path(__file__).resolve().parents[1] / "peers" / "cases"


def cases(peer: str, function: str) -> list[Any]:
    lines = (PEERS / f"{peer}.jsonl").read_text(encoding="utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["function"] == function]


@pytest.mark.parametrize("case", cases("gguf_naming", "js_test"), ids=lambda case: case["input"])
def test_the_convention_reads_a_name_as_its_own_examples_say(case: Any) -> None:
    found = gguf_name(case["input"])
    expected = case["expected"]
    assert isinstance(found, GgufName)
    titles = {"Sidecar": "sidecar", "BaseName": "base", "SizeLabel": "size", "FineTune": "finetune",
              "Version": "version", "Encoding": "encoding", "Type": "type", "Shard": "shard"}  # fmt: skip
    assert {title: getattr(found, key) for title, key in titles.items()} == expected


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("not-a-known-arrangement.gguf", "needs a version"),
        ("Kestrel-7B-Q4_K_M.gguf", "needs a version"),
        ("kestrel_7b_v1.0.gguf", "needs dashes"),
        ("Llama-3.1-8B-v1.0-Q4_K_M.gguf", "“3.1” is neither a word nor a number"),
        ("Kestrel-7B-v1.0-UD-Q4_K_XL.gguf", "one label without dashes"),
        ("Kestrel-7B-fine.tuned-v1.0.gguf", "so not “fine.tuned”"),
    ],
)
def test_a_name_outside_the_convention_gets_a_reason(file: str, says: str) -> None:
    assert says in str(gguf_name(file))


@pytest.mark.parametrize("case", [*cases("huggingface_js", "parseGGUFQuantLabel")], ids=lambda case: case["input"])
def test_the_hub_finds_the_label_that_its_own_tests_expect(case: Any) -> None:
    expected = case["expected"].get("quant_label", case["expected"].get("quant"))
    assert label_of(case["input"]) == expected


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Kestrel-7B-q4_k_m.gguf", "Q4_K_M"), ("Kestrel-Q8_0-v1-Q4_0.gguf", "Q4_0"), ("Kestrel-7B-4bit.gguf", None),
        ("Kestrel-7B-Q4_K.gguf", None), ("Kestrel-UD-Q4_K_XL.gguf", "UD-Q4_K_XL"), ("Kestrel-IQ2_XXS.gguf", "IQ2_XXS"),
    ],
)  # fmt: skip
def test_the_hub_knows_labels_as_llama_cpp_spells_them(name: str, label: str | None) -> None:
    assert label_of(name) == label


@pytest.mark.parametrize(
    "repo", ["a" * 97, "-Kestrel", "Kestrel.", "Kestrel--7B", "Kestrel 7B", "Kestrel.git", "Käse-7B"]
)
def test_the_hub_refuses_a_repository(repo: str) -> None:
    assert repository_problem(repo)
    assert not check_name(repo).ok


def test_ollama_reads_names_and_refuses_some() -> None:
    assert ollama_name("acme/kestrel:7b") == OllamaName("acme", "kestrel", "7b")
    assert ollama_name("kestrel") == OllamaName("library", "kestrel", "latest")
    assert "letters, digits" in str(ollama_name("acme.org/kestrel"))
    assert "1 to 80" in str(ollama_name("k" * 81))


GOOD = [
    "Kestrel-7B-Instruct-v1.0", "acme/Kestrel-7B-Base-v1.0", "Kestrel-30B-A3B-Instruct-v1.1-FP8",
    "acme/Kestrel-7B-Instruct-v1.0-Q4_K_M.gguf", "Kestrel-Embed-300M-v1.0", "Kestrel-VL-7B-Instruct-v1.0",
    "Kestrel-8x7B-Instruct-DPO-v0.1", "Kestrel-7B-Instruct-v1.0-GGUF",
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_nothing_is_better_than_a_good_name(name: str) -> None:
    found = check_name(name)
    assert found.ok
    assert found.proposal is None
    assert found.findings == ()


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Kestrel-IT-7b", "Kestrel-7B-Instruct-v1.0"),
        ("kestrel_7b_chat_v2", "kestrel-7B-Chat-v2"),
        ("Kestrel-base", "Kestrel-SIZE-Base-v1.0"),
        ("Kestrel-8B-Claude-Style", "Kestrel-8B-STAGE-v1.0"),
        ("Kestrel-7B-Instruct-4KM.gguf", "Kestrel-7B-Instruct-v1.0-LABEL.gguf"),
        ("Kestrel-F16-7B-Instruct-v1.0", "Kestrel-7B-Instruct-v1.0-F16"),
        ("Qwen3-Kestrel-8B-Instruct", "Qwen3-Kestrel-8B-Instruct-v1.0"),
        ("Kestrel-2603-7B-Base", "Kestrel-7B-Base-2603"),
        ("my model!", "my-model-SIZE-STAGE-v1.0"),
    ],
)
def test_a_better_name_is_made_of_what_the_name_says(name: str, better: str) -> None:
    found = check_name(name).proposal
    assert found is not None
    assert found.name == better
    if not found.fill_in:
        again = check_name(found.name)
        assert again.ok
        assert again.proposal is None


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Kestrel-Falcon-7B", "fine-tune of a Falcon model"),
        ("Kestrel-8B-Claude-Style", "trained on what Claude wrote"),
        ("Kestrel-2603", "“2603” is read as a date"),
        ("Kestrel-IT-7B", "“IT” is read as instruction-tuned"),
        ("SorskootLLM-Best-Final2", "Nothing explains “Final2”"),
        ("Kestrel-base", "“base” is read as the size class"),
        ("Llama-3.1-8B-Instruct", "already has this name"),
        ("Kestrel14-7B-Instruct-v1.0", "is read as its generation"),
    ],
)
def test_what_the_guide_says_about_a_name_is_found(name: str, says: str) -> None:
    assert any(says in one.text for one in check_name(name).findings)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nameplate.cli", "check-name", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("name", "code"), [("Kestrel-7B-Instruct-v1.0", 0), ("Kestrel-base", 1), ("", 2)])
def test_the_exit_code_says_whether_to_publish(name: str, code: int) -> None:
    done = run(name)
    assert done.returncode == code
    assert "nameplate: " in done.stderr if code == 2 else name in done.stdout


def test_json_has_everything() -> None:
    found = json.loads(run("Kestrel-base", "--json").stdout)
    assert found["ok"] is False
    assert found["proposal"] == {"name": "Kestrel-SIZE-Base-v1.0", "fill_in": ["SIZE"], "left_out": []}
    assert {"must", "part", "text"} == set(found["findings"][0])
    assert found["gguf_problem"]
    assert found["ollama"]["tag"] == "latest"

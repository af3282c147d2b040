"""How to get a model: a command is offered where the address is certain, and nowhere else."""

from __future__ import annotations

import json

import pytest

from nameplate import decode
from nameplate.render.later_notes import later_notes

OFFERED = {
    "llama3.1:8b": ["ollama run llama3.1:8b"],
    "https://ollama.com/library/qwen3:8b": ["ollama run qwen3:8b"],
    "nomic-embed-text:latest": ["ollama pull nomic-embed-text:latest"],
    "Qwen/Qwen3-8B": ["vllm serve Qwen/Qwen3-8B", "hf download Qwen/Qwen3-8B"],
    "vllm serve Qwen/Qwen3-8B --revision abc": [
        "vllm serve Qwen/Qwen3-8B --revision abc",
        "hf download Qwen/Qwen3-8B --revision abc",
    ],
    "z-ai/glm-4.6": ["vllm serve zai-org/GLM-4.6", "hf download zai-org/GLM-4.6"],
    "qwen3-8b": ["vllm serve Qwen/Qwen3-8B", "hf download Qwen/Qwen3-8B"],
    "mlx-community/Qwen3-8B-4bit": ["hf download mlx-community/Qwen3-8B-4bit"],
    "openai/whisper-large-v3": ["hf download openai/whisper-large-v3"],
    "bartowski/Qwen_Qwen3-8B-GGUF": [
        "ollama run hf.co/bartowski/Qwen_Qwen3-8B-GGUF",
        "llama-server -hf bartowski/Qwen_Qwen3-8B-GGUF",
    ],
    "https://huggingface.co/unsloth/Qwen3-8B-GGUF/blob/main/Qwen3-8B-Q4_K_M.gguf": [
        "ollama run hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M",
        "llama-server -hf unsloth/Qwen3-8B-GGUF:Q4_K_M",
        "hf download unsloth/Qwen3-8B-GGUF Qwen3-8B-Q4_K_M.gguf",
    ],
    "unsloth/DeepSeek-R1-GGUF/UD-IQ1_S/DeepSeek-R1-UD-IQ1_S-00001-of-00003.gguf": [
        "llama-server -hf unsloth/DeepSeek-R1-GGUF:UD-IQ1_S",
        'hf download unsloth/DeepSeek-R1-GGUF --include "*UD-IQ1_S*"',
    ],
}
NOT_CERTAIN = [
    "gpt-4o",
    "anthropic/claude-sonnet-4",
    "Qwen/Qwen3-8B:free",
    "accounts/fireworks/models/qwen3-8b",
    "myuser/mymodel",
    "user/llama3:8b",
    "Qwen3-8B-Q4_K_M.gguf",
    "/models/Qwen3-8B",
    "./Qwen3-8B",
    "C:\\models\\Qwen3-8B",
    "~/.lmstudio/models/unsloth/Qwen3-8B-GGUF/Qwen3-8B-Q4_K_M.gguf",
    "unsloth/gemma-3-4b-it-GGUF/mmproj-F16.gguf",
    "https://huggingface.co/datasets/HuggingFaceH4/ultrachat_200k",
    "SorskootLLM-70b-instruct",
    "is Qwen3-8B any good?",
]


@pytest.mark.parametrize(("name", "commands"), OFFERED.items())
def test_a_command_is_offered_where_the_address_is_certain(name: str, commands: list[str]) -> None:
    assert [found.text for found in decode(name).commands] == commands


@pytest.mark.parametrize("name", NOT_CERTAIN)
def test_none_is_offered_elsewhere(name: str) -> None:
    assert decode(name).commands == ()


@pytest.mark.parametrize("name", ["Qwen/Qwen3-8B:x;rm", "Qwen/Qwen3-8B:$(x)", "llama3.1:8b`x`", "Qwen/Qwen3-8B@a|b"])
def test_nothing_that_a_shell_would_act_on_gets_into_a_command(name: str) -> None:
    assert not any(set(found.text) & set(";$`|&<>\\'") for found in decode(name).commands)


def test_json_and_page_have_them() -> None:
    answer = json.loads(json.dumps(decode("llama3.1:8b").to_dict()))
    assert answer["commands"] == [{"program": "ollama", "text": "ollama run llama3.1:8b"}]
    assert '<code translate="no">ollama run llama3.1:8b</code>' in later_notes("llama3.1:8b")

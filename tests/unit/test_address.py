"""Each platform's grammar, recognised from the name itself."""

import pytest

from nameplate import decode


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Qwen/Qwen3-8B", {"platform": "huggingface", "publisher": "Qwen", "repo": "Qwen3-8B"}),
        (
            "https://huggingface.co/Qwen/Qwen3-8B/tree/main",
            {"platform": "huggingface", "host": "huggingface.co", "publisher": "Qwen"},
        ),
        ("llama3.1:8b", {"platform": "ollama", "repo": "llama3.1", "tag": "8b"}),
        (
            "registry.ollama.ai/library/llama3.1:8b",
            {"platform": "ollama", "host": "registry.ollama.ai", "repo": "llama3.1"},
        ),
        ("hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M", {"host": "hf.co", "publisher": "unsloth", "tag": "Q4_K_M"}),
        (
            "unsloth/gemma-4-31B-it-GGUF@main:UD-Q4_K_XL",
            {"publisher": "unsloth", "revision": "main", "tag": "UD-Q4_K_XL"},
        ),
        (
            "us.meta.llama3-3-70b-instruct-v1:0",
            {"platform": "bedrock", "region": "us", "publisher": "meta", "revision": "v1:0"},
        ),
        (
            "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
            {"platform": "bedrock", "region": "us-east-1", "publisher": "anthropic", "revision": "v1:0"},
        ),
        ("openrouter/qwen/qwen3-8b:free", {"platform": "openrouter", "publisher": "qwen", "tag": "free"}),
        ("@cf/meta/llama-3.1-8b-instruct", {"platform": "cloudflare", "publisher": "meta"}),
        ("groq/llama-3.1-8b-instant", {"platform": "groq", "repo": "llama-3.1-8b-instant"}),
        ("models--Qwen--Qwen3-8B", {"platform": "huggingface", "publisher": "Qwen", "repo": "Qwen3-8B"}),
        ("mistral.mistral-7b-instruct-v0:2", {"platform": "bedrock", "version": "0.2", "revision": None}),
        ("anthropic.claude-v2:1", {"platform": "bedrock", "generation": "2.1", "revision": None}),
        ("acme.otter-20251001-v2:0", {"platform": "bedrock", "version": None, "revision": "v2:0"}),
        ("us.acme.otter-pro-v1:0:300k", {"revision": "v1:0", "context": 307200, "params_b": None}),
        (
            "publishers/acme/models/otter-2-pro@20260301",
            {"platform": "vertex", "publisher": "acme", "date": "2026-03-01"},
        ),
        (
            "projects/p1/locations/us-east5/publishers/acme/models/otter-7b",
            {"platform": "vertex", "region": "us-east5", "publisher": "acme", "params_b": 7},
        ),
        ("acme/otter-7b-instruct-maas", {"platform": "vertex", "publisher": "acme", "stage": "instruct"}),
        ("Qwen3-8B-Q8_0.gguf", {"platform": "gguf-file", "file": "Qwen3-8B-Q8_0.gguf", "repo": None}),
        (
            "bartowski/Qwen3-8B-GGUF/Qwen3-8B-Q8_0.gguf",
            {"publisher": "bartowski", "repo": "Qwen3-8B-GGUF", "file": "Qwen3-8B-Q8_0.gguf"},
        ),
    ],
)
def test_address(name: str, expected: dict) -> None:
    answer = decode(name).to_dict()
    assert {key: answer[key] for key in expected} == expected


def test_the_models_own_page_is_known_on_hubs_only() -> None:
    assert decode("Qwen/Qwen3-8B").url == "https://huggingface.co/Qwen/Qwen3-8B"
    assert decode("llama3.1:8b").url == "https://ollama.com/library/llama3.1"
    assert decode("Qwen3-8B").url is None


def test_a_hostile_address_makes_no_link() -> None:
    assert decode('Qwen/"><img src=x>').url is None


@pytest.mark.parametrize("name", ["pkg:huggingface/acme/model@", "acme/model@", "hf:acme/model@"])
def test_an_empty_revision_is_none(name: str) -> None:
    assert decode(name).revision is None
    assert "revision" not in decode(name).sources

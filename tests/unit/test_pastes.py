"""What is around a name in a paste: commands, paths, addresses of sites, lines of lists, and texts that name no model."""

from __future__ import annotations

from typing import Any

import pytest

from nameplate import ControlCharacterError, decode
from nameplate.address import listing, shell
from nameplate.vocabulary.pastes import paste_tables


def read(name: str, *keys: str) -> dict[str, Any]:
    answer = decode(name).to_dict()
    return {key: answer[key] for key in keys}


@pytest.mark.parametrize(
    ("paste", "repo", "platform"),
    [
        ("ollama run llama3.1:8b", "llama3.1", "ollama"),
        ("ollama run Orenguteng/Lexi", "Lexi", "ollama"),
        ("docker model pull gemma3", "gemma3", "docker"),
        ("lms get qwen/qwen3-8b", "qwen3-8b", "lm-studio"),
        ("modelscope download --model Qwen/Qwen3-8B", "Qwen3-8B", "modelscope"),
        ("vllm serve Qwen/Qwen3-8B --port 80", "Qwen3-8B", "huggingface"),
        ("vllm serve Qwen3-8B", "Qwen3-8B", "unknown"),
        ("anything.py --model Qwen/Qwen3-8B", "Qwen3-8B", "huggingface"),
        ('curl localhost/v1 -d \'{"model": "qwen3:8b"}\'', "qwen3", "ollama"),
        ("export MODEL=Qwen/Qwen3-8B", "Qwen3-8B", "huggingface"),
        ("docker run -e MODEL_ID=Qwen/Qwen3-8B tgi", "Qwen3-8B", "huggingface"),
        ("FROM llama3.2", "llama3.2", "ollama"),
        ('AutoModel.from_pretrained("Qwen/Qwen3-8B")', "Qwen3-8B", "huggingface"),
    ],
)
def test_a_command_is_peeled_to_the_model_in_it(paste: str, repo: str, platform: str) -> None:
    assert read(paste, "repo", "platform") == {"repo": repo, "platform": platform}


@pytest.mark.parametrize(
    ("paste", "expected"),
    [
        ("vllm serve acme/otter-7b --quantization fp8", {"quant": "FP8", "library": "vllm"}),
        ("hf download acme/otter-7b-exl2 --revision 4.0bpw", {"revision": "4.0bpw", "bits": 4.0}),
        ("hf download acme/otter-7b --revision main", {"revision": "main", "bits": None}),
        ('hf download acme/otter-7b-GGUF --include "*Q4_K_M*"', {"quant": "Q4_K_M", "file": None}),
        ("llama-server -m otter-7b.gguf -c 8192", {"context": None}),
        ("llama-server -m otter-7b-Q8_0.gguf -ctk q4_0", {"quant": "Q8_0"}),
        ("llama-cli -m otter-7b-Q8_0.gguf -md puma-1b-Q4_0.gguf", {"file": "otter-7b-Q8_0.gguf"}),
        ("llama-server -hf acme/otter-7b-GGUF -hff otter-7b-Q8_0.gguf", {"file": "otter-7b-Q8_0.gguf"}),
    ],
)
def test_options_say_what_is_the_models_and_not_what_is_the_runs(paste: str, expected: dict[str, Any]) -> None:
    assert read(paste, *expected) == expected


def test_words_of_a_command_and_folders_are_told_from_the_name() -> None:
    tokens = decode("sudo ollama run qwen3:8b --verbose").tokens
    assert [(token.text, token.field) for token in tokens if token.field in ("command", "option")] == [
        ("sudo ollama run", "command"),
        ("--verbose", "option"),
    ]
    (folders,) = [token.text for token in decode("/home/me/models/otter-7b.gguf").tokens if token.field == "path"]
    assert folders == "home/me/models"


@pytest.mark.parametrize(
    "paste",
    [
        "vllm serve 'Qwen/Qwen3-8B' --quantization fp8 | tee log.txt",
        "C:\\Users\\me\\.lmstudio\\models\\unsloth\\Qwen3-8B-GGUF\\Qwen3-8B-Q4_K_M.gguf",
        "- **Qwen/Qwen3-8B** – the best one so far",
        "qwen3:8b    500a1f067a9f    5.2 GB    3 weeks ago",
        "https://huggingface.co/unsloth/Qwen3-8B-GGUF?show_file_info=Qwen3-8B-Q4_K_M.gguf&x=1",
        "lmstudio://open_from_hf?model=unsloth/Qwen3-8B-GGUF",
        "[Qwen3 8B](https://huggingface.co/Qwen/Qwen3-8B)",
        "mmproj-google_gemma-3-4b-it-f16.gguf",
    ],
)
def test_every_character_is_covered_and_nothing_stays_unexplained(paste: str) -> None:
    reading = decode(paste)
    assert "".join(token.text for token in reading.tokens) == paste
    assert reading.unknown == ()
    assert reading.family in ("Qwen", "Gemma")


@pytest.mark.parametrize(
    "paste", ["~/.cache/huggingface/hub/models--Qwen--Qwen3-8B", "/models/Qwen/Qwen3-8B", "./Qwen3-8B"]
)
def test_a_place_on_a_disk_has_no_page(paste: str) -> None:
    assert read(paste, "url", "host") == {"url": None, "host": None}


@pytest.mark.parametrize(
    ("paste", "publisher", "repo"),
    [
        ("/models/otter-7b-instruct-Q4_K_M.gguf", None, None),
        ("/models/otter-7b-GGUF/otter-7b-Q4_K_M.gguf", None, "otter-7b-GGUF"),
        ("/models/Qwen/Qwen3-8B/model.safetensors", "Qwen", "Qwen3-8B"),
        ("/models/Qwen3-8B", None, "Qwen3-8B"),
        ("/models/Flux/dev/flux1-fill-dev-Q3_K.gguf", None, None),
    ],
)
def test_a_folder_is_a_repository_only_where_it_repeats_or_completes_its_file(
    paste: str, publisher: str | None, repo: str | None
) -> None:
    assert read(paste, "publisher", "repo") == {"publisher": publisher, "repo": repo}


@pytest.mark.parametrize(
    ("paste", "kind"),
    [
        ("Qwen/Qwen3-8B", "model"),
        ("zorblat", "model"),
        ("https://huggingface.co/datasets/allenai/dolma", "dataset"),
        ("imatrix-otter-7b.dat", "imatrix"),
        ("mmproj-otter-7b-f16.gguf", "projector"),
        ("models/loras/otter-style.safetensors", "adapter"),
        ("tokenizer.json", "tokenizer"),
        ("How do I run Qwen 3 on my Mac?", "not-a-model-name"),
        ("I tried this model and it does not work", "not-a-model-name"),
        ("best model for coding", "not-a-model-name"),
        ("someone@example.com", "not-a-model-name"),
        ("a80c4f17acd5", "not-a-model-name"),
        ("550e8400-e29b-41d4-a716-446655440000", "not-a-model-name"),
        ("2026-11-29", "not-a-model-name"),
        ("asdfghjkl", "not-a-model-name"),
        ("hello world", "not-a-model-name"),
        ("Which model should I use on my 8 GB laptop?", "not-a-model-name"),
        ("Qwen3-8B vs Llama-3.1-8B", "not-a-model-name"),
        ("compare qwen3 and llama3?", "not-a-model-name"),
        ("ollama list", "not-a-model-name"),
        ("pip install vllm", "not-a-model-name"),
        ("https://github.com/ggml-org/llama.cpp/issues/1", "not-a-model-name"),
        ("https://huggingface.co/docs/transformers", "not-a-model-name"),
        ("http://localhost:11434/api/tags", "not-a-model-name"),
    ],
)
def test_what_was_pasted_has_a_kind(paste: str, kind: str) -> None:
    assert decode(paste).kind == kind


@pytest.mark.parametrize(
    ("paste", "publisher", "repo"),
    [
        ("acme : Otter 7B Instruct", "acme", "Otter 7B Instruct"),
        ("Google: Gemma 3 27B", "Google", "Gemma 3 27B"),
        ("DeepSeek: R1 0528", None, "DeepSeek: R1 0528"),
        ("Model used: Mistral 7B", None, "Mistral 7B"),
        ("Using model: Mistral 7B", None, "Mistral 7B"),
    ],
)
def test_what_comes_before_a_colon_and_a_space_is_no_name_of_ollama(
    paste: str, publisher: str | None, repo: str
) -> None:
    assert read(paste, "publisher", "repo", "tag") == {"publisher": publisher, "repo": repo, "tag": None}


def test_what_names_no_model_says_nothing_of_one() -> None:
    reading = decode("How do I run Qwen 3 8B on my Mac?")
    assert (reading.family, reading.params_b, reading.repo, reading.url, reading.roles) == (None, None, None, None, ())


@pytest.mark.parametrize(
    "paste",
    [
        "vllm serve \\\n  Qwen/Qwen3-8B \\\n  --port 80",
        "vllm serve `\r\n  Qwen/Qwen3-8B",
        "```bash\nvllm serve Qwen/Qwen3-8B\n```",
        "Qwen/Qwen3-8B\t\t16 GB\t3 days ago",
    ],
)
def test_line_breaks_and_tabs_are_white_space_in_one_paste(paste: str) -> None:
    assert decode(paste).repo == "Qwen3-8B"


@pytest.mark.parametrize("paste", ["Qwen/Qwen3-8B\nQwen/Qwen3-4B", "Qwen3\t8B", "ollama run x\nollama run y", "a\rb"])
def test_several_lines_that_are_several_things_are_refused(paste: str) -> None:
    with pytest.raises(ControlCharacterError):
        decode(paste)


def test_words_keep_their_places_and_lose_their_quotes() -> None:
    text = "run 'a b' --x=\"c\" \\\n d; | e"
    assert [(word.text, text[word.start : word.end]) for word in shell.words(text)] == [
        (word, word) for word in ("run", "a b", '--x="c"', "d", "|", "e")
    ]


def test_ordinary_words_that_are_called_like_programs_are_no_commands() -> None:
    tables = paste_tables()
    assert [shell.parse(text, tables) for text in ("main 7b", "Claude Opus 4", "server", "from llama3")] == [None] * 4


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("1. `otter-7b`,", "otter-7b"),
        ("> “otter-7b”", "otter-7b"),
        ("[x] otter-7b.", "otter-7b"),
        ("(otter-7b)", "otter-7b"),
        ("otter-7b (v2)", "otter-7b (v2)"),
    ],
)
def test_bullets_and_quotes_are_cut_off(line: str, name: str) -> None:
    found = listing.trim(line)
    assert line[found.start : found.end] == name

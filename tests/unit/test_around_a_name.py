"""A name means the same wherever it is written: in a path, a command, an address, a row, a line of a log, a question."""

from __future__ import annotations

import pytest

from nameplate import decode

NAMES = [
    "Qwen/Qwen3-235B-A22B-Instruct-2507-FP8",
    "unsloth/Qwen3-VL-8B-Thinking-bnb-4bit",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B",
    "Lewdiculous/L3-8B-Stheno-v3.2",
    "Helsinki-NLP/opus-mt-tvl-sv",
    "Kentucky-Open-Science/KOS-V5-Base",  # lines that we don't know
    "Edens-Gate/Henbane-7b-attempt2",
    "cookinai/DonutLM-v1",
    "basically-ai/Pebble-25M-Chat",
]
KEYS = ("family", "generation", "version", "edition", "params_b", "active_params_b", "stage", "quant", "kind")
COMMIT = "3f5ad2b1c4d6e8f90123456789abcdef01234567"
# With the publisher, and without.
WITH_PUBLISHER = [
    "https://huggingface.co/{0}/{1}",
    "https://huggingface.co/{0}/{1}/tree/main?library=transformers",
    "https://huggingface.co/{0}/{1}/discussions/12#65f0c0ffee",
    "https://huggingface.co/{0}/{1}.git",
    "git clone https://huggingface.co/{0}/{1}.git",
    "https://modelscope.cn/models/{0}/{1}/summary",
    "hf.co/{0}/{1}",
    "/home/me/.cache/huggingface/hub/models--{0}--{1}/snapshots/" + COMMIT,
    "C:\\Users\\Jo Doe\\.lmstudio\\models\\{0}\\{1}",
    "D:\\My Models\\{0}\\{1}",
    "/Users/jo/.lmstudio/models/{0}/{1}",
    "/data/{0}/{1}/checkpoint-300",
    "vllm serve {0}/{1} --max-model-len 8192 --tensor-parallel-size 2",
    "docker run --gpus all -p 8000:8000 vllm/vllm-openai:v0.9.1 --model {0}/{1} --dtype auto",
    "python3 -m sglang.launch_server --model-path {0}/{1} --port 30000",
    "python evaluate.py --judge-model {0}/{1} --seed 3",
    "-m {0}/{1} -c 4096 -ngl 99",
    "--model {0}/{1} --enable-lora",
    "hf download {0}/{1} --local-dir ./{1}",
    'model = AutoModelForCausalLM.from_pretrained("{0}/{1}", device_map="auto")',
    "MODEL_ID={0}/{1}",
    '  model: "{0}/{1}"',
    "- [{1}](https://huggingface.co/{0}/{1}) (updated 3 days ago)",
    "3. {0}/{1}",
    "“{0}/{1}”",
    '"{0}/{1}",',
    "{0}--{1}",
    "{0}/{1}@main",
    "{0}/{1} • Text Generation • Updated 5 days ago • 12.3k • 45",
    "{0}/{1}    15.2 GB    3 weeks ago",
    "{0}/{1}\t7.1k\t123",
    "INFO 11-03 12:00:01 [config.py:717] Loading model {0}/{1} with dtype auto",
    "OSError: {0}/{1} does not appear to have a file named config.json.",
    "has anyone tried {0}/{1} on a laptop?",
]
WITHOUT = [
    "/workspace/models/{1}/",
    "~/out/{1}/checkpoint-300",
    "{1} · 8 likes · Updated May 2 · 2.1M",
    "{1}    15.2 GB    3 weeks ago",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("around", WITH_PUBLISHER)
def test_what_is_around_an_id_changes_nothing(name: str, around: str) -> None:
    plain, within = decode(name).to_dict(), decode(around.format(*name.split("/"))).to_dict()
    assert {key: within[key] for key in KEYS} == {key: plain[key] for key in KEYS}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("around", WITHOUT)
def test_what_is_around_a_name_changes_nothing(name: str, around: str) -> None:
    repo = name.partition("/")[2]
    plain, within = decode(repo).to_dict(), decode(around.format("", repo)).to_dict()
    assert {key: within[key] for key in KEYS} == {key: plain[key] for key in KEYS}


@pytest.mark.parametrize(
    "hyphened", ["GPT\N{NON-BREAKING HYPHEN}OSS\N{NON-BREAKING HYPHEN}20B", "gpt\N{HYPHEN}oss\N{EN DASH}20b"]
)
def test_hyphens_that_a_page_or_a_phone_wrote_are_hyphens(hyphened: str) -> None:
    reading = decode(hyphened)
    assert (reading.family, reading.params_b) == ("gpt-oss", 20)
    assert "".join(token.text for token in reading.tokens) == reading.name == hyphened


@pytest.mark.parametrize(
    ("by_hand", "expected"),
    [
        ("Llama 3.3 70B @ Q4_K_M", {"quant": "Q4_K_M", "params_b": 70, "platform": "unknown"}),
        ("Gemma 3 12b it by mradermacher", {"publisher": "mradermacher", "stage": "instruct"}),
        ("Qwen3-Coder 30B (MoE 3.3B active)", {"params_b": 30, "active_params_b": 3.3}),
        ("GLM-4.5-Air (106B total, 12B active)", {"params_b": 106, "active_params_b": 12}),
    ],
)
def test_what_people_write_beside_a_name_is_read(by_hand: str, expected: dict[str, object]) -> None:
    answer = decode(by_hand).to_dict()
    assert {key: answer[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ("ai/gemma3:latest    3.88 B      MOSTLY_Q4_K_M   gemma3   a353a8898c9d  2 months ago  2.31 GiB", "Q4_K_M"),
        ("│   7 │ zai-org/GLM-4.7-Flash   │  31.2B │ Q5_K_M │  22.5 GB │ Partial │ mit      │", "Q5_K_M"),
        ("qwen3:8b   5.2 GB   Q8_0", "Q8_0"),
    ],
)
def test_a_column_says_how_the_weights_are_stored(row: str, label: str) -> None:
    assert decode(row).quant == label


@pytest.mark.parametrize(
    "text",
    [
        "  Device 0: NVIDIA GeForce RTX 3060 Ti, compute capability 8.6, VMM: yes",
        "print_info: file size   = 120.94 GiB (8.51 BPW)",
        'time=2025-05-01T10:00:00 level=INFO source=routes.go msg="starting runner"',
        "lmsysorg/sglang:v0.5.19",
        "which is better and/or cheaper?",
        "is the client/server-side rendering broken?",
    ],
)
def test_what_names_no_model_is_said_to_be_none(text: str) -> None:
    assert decode(text).kind == "not-a-model-name"


def test_awq_has_four_bits_unless_the_name_says_others() -> None:
    assert [decode(f"x/Foo-7B-{label}").bits for label in ("AWQ", "AWQ-8bit", "awq-w8a16")] == [4, 8, 8]


@pytest.mark.parametrize(
    ("copy", "publisher_of_original", "family"),
    [
        ("bartowski/PSanni_Deer-3b-GGUF", "PSanni", "Deer"),
        ("bartowski/LeroyDyer__Spydaz_Web_AI_14-GGUF", "LeroyDyer", "Spydaz_Web_AI"),
        ("bartowski/ByteDance-Seed_UI-TARS-7B-SFT-GGUF", "ByteDance-Seed", "UI-TARS"),
        ("RichardErkhov/dreamgen_-_WizardLM-2-7B-gguf", "dreamgen", "WizardLM"),
    ],
)
def test_some_accounts_put_the_account_of_the_original_in_front(
    copy: str, publisher_of_original: str, family: str
) -> None:
    reading = decode(copy)
    assert (reading.family, reading.lineage.finetune) == (family, None)
    assert publisher_of_original in [token.text for token in reading.tokens if token.field == "publisher"]


def test_what_was_only_changed_has_the_size_of_the_model_that_it_was_made_from() -> None:
    reading = decode("huihui-ai/GLM-5.2-abliterated")
    assert (reading.params_b, reading.sources["params_b"]) == (744, "original")
    assert decode("someone/Qwen3-abliterated").params_b is None  # one of several sizes


def test_a_program_that_loads_originals_says_nothing_of_the_format() -> None:
    assert decode("mlx_lm.generate --model mistralai/Mistral-7B-Instruct-v0.3 --prompt hello").format is None
    assert decode("mlx_lm.generate --model ~/models/Mistral-7B-Instruct-v0.3-4bit").format == "mlx"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sonnet 4.5", {"family": "Claude", "edition": "Sonnet", "generation": "4.5", "context": 200_000}),
        ("GLM-4.7 (Thinking)", {"generation": "4.7", "reasoning": True}),
        ("cohere.embed-multilingual-image-v3", {"task": "embedding"}),
        ("opendatalab/MinerU-Diffusion-V1-0320-2.5B", {"task": "ocr"}),
        ("piper --model en_US-ryan-high.onnx --output_file x.wav", {"task": "tts"}),
        (
            "/out/llama2-7b-chat/v6-20240205-075623/checkpoint-21000-merged",
            {"repo": "llama2-7b-chat", "checkpoint": "21000"},
        ),
        ("nvcr.io/nvidia/tritonserver:24.05-trtllm-python-py3", {"kind": "not-a-model-name", "family": None}),
        ("llama_model_load: error loading model: missing tensor 'output.weight'", {"kind": "not-a-model-name"}),
    ],
)
def test_words_mean_what_their_line_and_their_place_let_them_mean(text: str, expected: dict[str, object]) -> None:
    answer = decode(text).to_dict()
    assert {key: answer[key] for key in expected} == expected

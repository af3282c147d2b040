"""Whole readings as they are today: `python -m tests.snapshots` writes them anew after a change that is meant.

Read the difference before you commit it: each line of it is a change that readers see.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nameplate import decode

FILE = Path(__file__).with_name("vectors") / "snapshots" / "readings.json"
NAMES = (
    "SorskootLLM-v2-13b-chat", "Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "llama3.1:8b-instruct-q4_K_M",
    "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q8_0", "mistralai/Mixtral-8x7B-Instruct-v0.1", "gpt-4o-2024-08-06",
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "DeepSeek-R1-Distill-Qwen-32B", "deepseek-ai/DeepSeek-R1-0528",
    "unsloth/gemma-3-4b-it-qat-GGUF", "gemma-3n-E4B-it-Q4_K_M.gguf", "meta-llama/Llama-4-Scout-17B-16E-Instruct",
    "mlx-community/Qwen2.5-Coder-7B-Instruct-4bit", "TheBloke/Llama-2-7B-Chat-GPTQ", "casperhansen/llama-3-8b-instruct-awq",
    "turboderp/Mistral-7B-instruct-exl2", "microsoft/Phi-3-mini-128k-instruct-onnx", "openai/whisper-large-v3-turbo",
    "BAAI/bge-m3", "BAAI/bge-reranker-v2-m3", "sentence-transformers/all-MiniLM-L6-v2", "google/flan-t5-xl",
    "EleutherAI/pythia-1.4b-deduped-step3000", "allenai/OLMo-2-1124-7B-stage1-step150-tokens1B", "bigcode/starcoder2-15b",
    "NousResearch/Hermes-3-Llama-3.1-8B", "cognitivecomputations/dolphin-2.9-llama3-8b", "huihui-ai/Qwen3-8B-abliterated",
    "mradermacher/Qwen3-8B-heretic-i1-GGUF", "Qwen3-Coder-Next-UD-Q5_K_XL.gguf", "zai-org/GLM-4.6V-Flash",
    "RedHatAI/Qwen3-8B-speculator.eagle3", "mmproj-model-f16.gguf", "someone/Qwen3-8B-Pirate-LoRA",
    "accounts/fireworks/models/kimi-k2p5", "vertex_ai/claude-sonnet-4@20250514", "openrouter/deepseek/deepseek-r1:free",
    "models--Qwen--Qwen3-8B/snapshots/0123456789abcdef0123456789abcdef01234567/model-00001-of-00005.safetensors",
    "Qwen_Qwen3-30B-A3B-IQ4_XS-3.9bpw.gguf", "nvidia/Llama-3_3-Nemotron-Super-49B-v1_5", "Qwen2.5-7B-Instruct-1M",
    "ibm-granite/granite-4.0-h-small", "tiiuae/Falcon-H1-34B-Instruct", "state-spaces/mamba2-2.7b", "RWKV-x070-World-2.9B",
    "stabilityai/stable-diffusion-3.5-large", "black-forest-labs/FLUX.1-dev", "Wan-AI/Wan2.2-T2V-A14B", "hexgrad/Kokoro-82M",
    "Flurbelwumpf", "llama-8b-instuct",
)  # fmt: skip


def readings() -> dict[str, Any]:
    """Return the reading of each name, without facts about single models: those change whenever someone adds one."""
    return {name: decode(name, catalogue=False).to_dict() for name in NAMES}


def main() -> None:
    """Write the snapshots."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(f"{json.dumps(readings(), ensure_ascii=False, indent=1)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

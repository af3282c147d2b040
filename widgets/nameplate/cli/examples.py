"""What `--help` shows of each command in use, and the exit codes that all of them have."""

from __future__ import annotations

import argparse

EXIT_CODES = """exit codes:
  0    everything was answered
  1    only from check-name: something about the name has to be changed
  2    bad usage, a bad input, or an output that can't be written
  130  interrupted"""
OF_COMMANDS: dict[str, tuple[str, ...]] = {
    "decode": (
        "nameplate decode Qwen3-235B-A22B-Instruct-2507-FP8",
        "nameplate decode 'ollama run llama3.1:8b-instruct-q4_K_M'",
        "nameplate decode --json Qwen/Qwen3-8B",
        "ls ~/models | nameplate decode --table",
    ),
    "compare": (
        "nameplate compare Qwen3-8B Qwen3-8B-Base",
        "nameplate compare --json llama3.1:8b unsloth/Meta-Llama-3.1-8B-Instruct-GGUF",
    ),
    "size": (
        "nameplate size Llama-3.1-8B-Instruct-Q4_K_M.gguf --context 32k",
        "nameplate size --quant Q5_K_M Qwen3-14B Qwen3-32B",
    ),
    "fit": (
        "nameplate fit Llama-3.1-8B-Instruct --machine 'RTX 3060 12 GB'",
        "nameplate fit Qwen3-30B-A3B --machine 'M3 Max 36GB' --context 64k",
    ),
    "pick": (
        "nameplate pick --task 'help desk bot' Qwen3-8B-Base Qwen3-8B-GGUF",
        "nameplate pick --task 'transcribe meetings in Polish' --machine '8 GB RAM, no card'",
        """echo '{"task": "RAG", "candidates": ["bge-m3", "Qwen3-8B"]}' | nameplate pick --jsonl""",
    ),
    "inspect": (
        "nameplate inspect Qwen3-8B-Q4_K_M.gguf",
        "nameplate inspect --json ~/models/Qwen3-8B",
    ),
    "check-name": (
        "nameplate check-name acme/Kestrel-7B-Instruct-v1.0",
        "nameplate check-name Kestrel-7B-Instruct-v1.0-Q4_K_M.gguf",
    ),
    "mcp": ("nameplate mcp   # as the command of a server in your client's settings",),
    "completion": (
        "nameplate completion bash > ~/.local/share/bash-completion/completions/nameplate",
        "nameplate completion zsh > ~/.zfunc/_nameplate",
    ),
}


def add_examples(command: argparse.ArgumentParser, name: str) -> None:
    """Show how a command is used below its options."""
    command.formatter_class = argparse.RawDescriptionHelpFormatter
    lines = "\n".join(f"  {example}" for example in OF_COMMANDS[name])
    command.epilog = f"examples:\n{lines}\n\n{EXIT_CODES}"

"""How to get a model: the commands that download or run it, where the address is certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..patterns import pattern
from ..reading import Command, FieldValue

HUB = "https://huggingface.co/"
LIBRARY = "https://ollama.com/library/"
CHATS = (None, "text", "vision")  # tasks of what is talked to; the runners need other options for the others
SERVED_AS = (None, "safetensors")  # formats that vLLM loads from a repository
PLAIN = pattern(r"[A-Za-z0-9][\w.+-]*")  # what a shell doesn't take for anything else
DEFAULT_BRANCH = "main"
# What shows that a name is a repository of the hub: services write their models with an account and a slash, too.
SIGNS = ("open_weights", "host", "format", "file")


def commands(fields: Mapping[str, FieldValue], name: str, url: str | None) -> tuple[Command, ...]:
    """Return the commands for a model whose page is known.

    Nothing is offered for a part of a model, for what only a service runs, and for a name that needs quoting. `hf download`
    is left out where it would fetch every quantization of a repository.

    Sources, all checked on 2026-11-30: https://huggingface.co/docs/huggingface_hub/guides/cli (`hf download`; it replaces
    `huggingface-cli`), https://huggingface.co/docs/hub/gguf-llamacpp (`llama-server -hf`),
    https://huggingface.co/docs/hub/ollama (`ollama run hf.co/...`), https://docs.vllm.ai/en/latest/cli/ (`vllm serve`).

    >>> [found.text for found in commands({"kind": "model", "open_weights": True, "task": "text"}, "Qwen3-8B", f"{HUB}Qwen/Qwen3-8B")]
    ['vllm serve Qwen/Qwen3-8B', 'hf download Qwen/Qwen3-8B']
    >>> commands({"kind": "model", "file_role": "mmproj"}, "Qwen3-8B", f"{HUB}Qwen/Qwen3-8B")
    ()
    """
    if url is None or fields.get("kind") != "model" or fields.get("file_role") not in (None, "main"):
        return ()
    if any(not PLAIN.fullmatch(value) for key in ("tag", "revision") if (value := fields.get(key))):
        return ()
    if url.startswith(LIBRARY):
        return (_ollama(fields, url.removeprefix(LIBRARY)),)
    if not url.startswith(HUB) or not any(fields.get(key) for key in SIGNS):
        return ()
    repository = url.removeprefix(HUB)
    return tuple(_gguf(fields, repository, name) if fields.get("format") == "gguf" else _weights(fields, repository))


def _ollama(fields: Mapping[str, FieldValue], model: str) -> Command:
    tag = f":{fields['tag']}" if fields.get("tag") else ""
    verb = "run" if fields.get("task") in CHATS else "pull"
    return Command("ollama", f"ollama {verb} {model}{tag}")


def _gguf(fields: Mapping[str, FieldValue], repository: str, name: str) -> Iterator[Command]:
    """Yield the commands for a repository of GGUF files: the label in the name chooses one of them."""
    label, revision = fields.get("quant"), fields.get("revision")
    chosen = f":{label}" if label and PLAIN.fullmatch(label) else ""
    if fields.get("task") in CHATS and revision in (None, DEFAULT_BRANCH):
        if not fields.get("shard"):  # it loads no split files
            yield Command("ollama", f"ollama run hf.co/{repository}{chosen}")
        yield Command("llama.cpp", f"llama-server -hf {repository}{chosen}")
    if what := _files(fields, repository, name, label if chosen else None):
        yield Command("hf", f"hf download {repository} {what}{_revision(fields)}")


def _files(fields: Mapping[str, FieldValue], repository: str, name: str, label: str | None) -> str | None:
    """Return which files of a repository to download: the one that is named, or those with the label.

    A file can be in a folder, and a split one is one of many; patterns find both.
    """
    file = fields.get("file")
    if file and not fields.get("shard") and PLAIN.fullmatch(file):
        at_the_top = name.endswith(
            tuple(f"{before}{file}" for before in (f"{repository}/", f"/{DEFAULT_BRANCH}/", " "))
        )
        return file if at_the_top else f'--include "*{file}"'
    return f'--include "*{label}*"' if label else None


def _weights(fields: Mapping[str, FieldValue], repository: str) -> Iterator[Command]:
    """Yield the commands for a repository with the weights of one model."""
    served = fields.get("format") in SERVED_AS and not fields.get("tag")
    if served and fields.get("task") in CHATS and (fields.get("task") or fields.get("family")):
        yield Command("vllm", f"vllm serve {repository}{_revision(fields)}")
    yield Command("hf", f"hf download {repository}{_revision(fields)}")


def _revision(fields: Mapping[str, FieldValue]) -> str:
    revision = fields.get("revision")
    return f" --revision {revision}" if revision not in (None, DEFAULT_BRANCH) else ""

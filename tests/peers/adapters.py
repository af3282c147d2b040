"""One function a peer: our reading in the shape in which the peer's own cases expect an answer.

They only rename, join and spell; what a name means is read by `decode` alone. A key that an adapter does not give
is one that our reading does not have.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.peers import address_adapters, name_adapters
from tests.peers.parts import Shape

ADAPTERS: dict[str, Callable[..., Shape]] = {
    "LocalAI": name_adapters.localai,
    "aikit": name_adapters.aikit,
    "docker-model-runner": address_adapters.docker_model_runner,
    "gguf-naming-spec": name_adapters.gguf_naming,
    "gguf-parser-go": name_adapters.gguf_parser_go,
    "gguf-py": name_adapters.gguf_py,
    "huggingface.js": name_adapters.huggingface_js,
    "litellm": address_adapters.litellm,
    "llama.cpp-webui": name_adapters.llama_cpp_ui,
    "lmstudio-lms": address_adapters.lm_studio,
    "node-llama-cpp": name_adapters.node_llama_cpp,
    "ollama": address_adapters.ollama,
    "ramalama": address_adapters.ramalama,
    "vllm": address_adapters.vllm,
    "webllm-parseModelId": name_adapters.webllm,
}

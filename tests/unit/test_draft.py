"""A draft of a family page out of what a hub says, asked over HTTP from a local server that answers as the hub does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from nameplate.draft.architecture import architecture
from plugins.catalog.models import Family

pytest.importorskip("huggingface_hub")

SHA = "0123456789abcdef0123456789abcdef01234567"
WIDGETS = Path(__file__).parents[2] / "widgets"
DENSE = {"num_hidden_layers": 36, "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128}
REPOSITORIES: dict[str, tuple[dict[str, Any], dict[str, Any] | None]] = {
    "example/Otter-2-8B-Instruct": (
        {
            "pipeline_tag": "image-text-to-text",
            "cardData": {"license": "Apache-2.0", "base_model": "example/Otter-2-8B"},
            "tags": ["base_model:example/Otter-2-8B", "base_model:finetune:example/Otter-2-8B"],
            "safetensors": {"parameters": {"BF16": 8190735360}, "total": 8190735360},
            "createdAt": "2026-03-01T10:00:00.000Z",
        },
        {"text_config": {**DENSE, "max_position_embeddings": 40960}, "vision_config": {"num_hidden_layers": 27}},
    ),
    "example/Otter-2-8B-Instruct-AWQ": (
        {
            "pipeline_tag": "text-generation",
            "cardData": {"license": "apache-2.0", "base_model": ["example/Otter-2-8B-Instruct"]},
            "tags": ["base_model:quantized:example/Otter-2-8B-Instruct"],
            "safetensors": {"parameters": {"I32": 900000000, "F16": 1200000000}, "total": 2100000000},
        },
        {**DENSE, "max_position_embeddings": 40960},
    ),
    "example/Otter-2-70B": (
        {"safetensors": {"parameters": {"I32": 9000000000}, "total": 9000000000}},
        {
            "num_hidden_layers": 80,
            "max_position_embeddings": 131072,
            "rope_scaling": {"type": "yarn", "factor": 4.0},
            "n_routed_experts": 256,
        },
    ),
    "example/bare": ({}, None),
}


class Hub(BaseHTTPRequestHandler):
    """Answer the two questions that a draft asks: the metadata of a repository, and its configuration file."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        for name, (metadata, config) in REPOSITORIES.items():
            if self.path.partition("?")[0].startswith(f"/api/models/{name}") and self._ends(name):
                files = [{"rfilename": "config.json"}] if config is not None else []
                return self._answer({"id": name, "sha": SHA, "siblings": files, **metadata})
            if config is not None and self.path.partition("?")[0] == f"/{name}/resolve/{SHA}/config.json":
                return self._answer(config)
        return self._answer({"error": "Repository not found"}, 404, {"X-Error-Code": "RepoNotFound"})

    do_HEAD = do_GET  # noqa: N815 - the name is the library's

    def _ends(self, name: str) -> bool:
        return self.path.partition("?")[0].removeprefix(f"/api/models/{name}") in ("", f"/revision/{SHA}")

    def _answer(self, data: object, status: int = 200, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        known = {"Content-Type": "application/json", "ETag": '"0f0f"', "X-Repo-Commit": SHA, **(headers or {})}
        for key, value in {**known, "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        pass


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def draft(endpoint: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "HF_ENDPOINT": endpoint,
        "HF_HOME": str(folder),
        "PYTHONPATH": os.pathsep.join([str(WIDGETS), *sys.path]),
    }
    environment |= {"NO_PROXY": "127.0.0.1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    command = [sys.executable, "-m", "nameplate.draft", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def front_matter(page: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(page.split("---\n")[1])
    return data


def test_a_page_holds_what_the_hub_says(endpoint: str, tmp_path: Path) -> None:
    done = draft(endpoint, tmp_path, "example/Otter-2-8B-Instruct")
    assert done.returncode == 0, done.stderr
    [variant] = front_matter(done.stdout)["variants"]
    assert variant == {
        "name": "example/Otter-2-8B-Instruct",
        "stage": "instruct",
        "params_b": 8.191,
        "licence": "apache-2.0",
        "task": "text",
        "modalities": ["text", "vision"],
        "context": 40960,
        "architecture": {"kind": "gqa", "layers": 36, "kv_heads": 8, "head_dim": 128},
        "note": "Trained further from example/Otter-2-8B.",
        "source": "hub",
        "config": ["card", "config"],
    }


def test_a_page_fits_the_type_of_a_family_page(endpoint: str, tmp_path: Path) -> None:
    page = draft(endpoint, tmp_path, "example/Otter-2-8B-Instruct").stdout.replace(endpoint, "https://example.org")
    family = Family.model_validate({**front_matter(page), "slug": "otter-2", "text": page.split("---\n")[2]})
    assert (family.line, family.generations) == ("Otter", ("2",))


def test_every_value_says_where_it_was_found(endpoint: str, tmp_path: Path) -> None:
    page = draft(endpoint, tmp_path, "example/Otter-2-8B-Instruct").stdout
    sources = front_matter(page)["sources"]
    assert sources["config"]["url"] == f"{endpoint}/example/Otter-2-8B-Instruct/blob/{SHA}/config.json"
    values = page.partition("variants:")[2].partition("    source:")[0].splitlines()[2:]
    for line in values:
        comment = line.partition("# ")[2]
        assert comment.partition(":")[0] in {*sources, "Not found"} or line.strip().startswith("#"), line
    assert "# config: max_position_embeddings" in page
    assert "# Not found: released" in page


def test_a_copy_names_its_original_and_repeats_none_of_its_facts(endpoint: str, tmp_path: Path) -> None:
    row = yaml.safe_load(draft(endpoint, tmp_path, "--row", "example/Otter-2-8B-Instruct-AWQ").stdout)
    assert list(row) == ["sources", "variants"]
    [variant] = row["variants"]
    assert variant == {
        "name": "example/Otter-2-8B-Instruct-AWQ",
        "original": "example/Otter-2-8B-Instruct",
        "quant": "AWQ",
        "source": "hub",
        "config": ["card"],
    }


def test_packed_weights_give_no_number_of_parameters(endpoint: str, tmp_path: Path) -> None:
    page = draft(endpoint, tmp_path, "example/Otter-2-70B").stdout
    [variant] = front_matter(page)["variants"]
    assert {"params_b", "stage", "licence", "task", "architecture"} & variant.keys() == set()
    assert (variant["experts"], variant["context"]) == (256, 131072)
    assert "stretched (yarn), so see what the card states" in page


def test_what_nobody_says_stays_empty(endpoint: str, tmp_path: Path) -> None:
    [variant] = front_matter(draft(endpoint, tmp_path, "example/bare").stdout)["variants"]
    assert variant == {"name": "example/bare", "source": "hub"}


def test_a_repository_that_does_not_exist_is_an_error(endpoint: str, tmp_path: Path) -> None:
    done = draft(endpoint, tmp_path, "example/nothing")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("nameplate-draft: example/nothing: ")
    assert "Traceback" not in done.stderr


def test_a_hub_that_does_not_answer_is_an_error(tmp_path: Path) -> None:
    done = draft("http://127.0.0.1:9", tmp_path, "example/bare")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("nameplate-draft: http://127.0.0.1:9 doesn't answer: ")


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (DENSE, {"kind": "gqa", "layers": 36, "kv_heads": 8, "head_dim": 128}),
        (
            {"num_hidden_layers": 32, "num_attention_heads": 32, "hidden_size": 4096},
            {"kind": "mha", "layers": 32, "kv_heads": 32, "head_dim": 128},
        ),
        (
            {**DENSE, "sliding_window": 1024, "sliding_window_pattern": 6},
            {"kind": "sliding-window", "layers": 36, "kv_heads": 8, "head_dim": 128, "global_layers": 6, "window": 1024},
        ),
        (
            {**DENSE, "layer_types": ["linear_attention", "linear_attention", "linear_attention", "full_attention"] * 9},
            {"kind": "hybrid-linear", "layers": 36, "kv_heads": 8, "head_dim": 128, "full_attention_layers": 9},
        ),
        ({**DENSE, "sliding_window": 4096, "use_sliding_window": False}, {"kind": "gqa", "layers": 36, "kv_heads": 8, "head_dim": 128}),
        ({**DENSE, "sliding_window": 4096}, None),
        ({**DENSE, "layer_types": ["full_attention"] * 4}, None),
        ({**DENSE, "mamba_d_state": 128}, None),
        ({**DENSE, "num_kv_shared_layers": 10}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_an_architecture_is_read_only_where_the_file_says_all_of_it(
    config: dict[str, Any], expected: dict[str, Any] | None
) -> None:
    assert architecture(config) == expected

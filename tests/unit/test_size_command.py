"""`nameplate size`: what it prints, and with which exit code."""

import json
import subprocess
import sys


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "nameplate.cli", "size", *arguments],
        input=stdin.encode(),
        capture_output=True,
        check=False,
    )


def test_readable_by_default_with_both_units() -> None:
    said = run("Llama-3.1-8B-Instruct", "--quant", "Q4_K_M", "--context", "32768").stdout.decode()
    assert "4.29 GB (4.00 GiB) for 32,768 tokens" in said
    assert "4.89 bits" in said


def test_json_has_every_key() -> None:
    answer = json.loads(run("--json", "Llama-3.1-8B-Instruct-Q4_K_M.gguf").stdout)
    keys = {"weights_bytes", "kv_cache_bytes", "overhead_bytes", "total_bytes", "range", "flags", "sources"}
    assert keys <= answer.keys()
    assert answer["total_bytes"] == answer["weights_bytes"] + answer["kv_cache_bytes"] + answer["overhead_bytes"]


def test_a_stream_answers_line_by_line_and_goes_on_after_an_error() -> None:
    requests = [
        '{"name": "Llama-3.1-8B", "quant": "Q8_0", "context": 1000}',
        "no JSON",
        "",
        '["a list"]',
        '{"name": ""}',
        '{"name": "llama-7b", "context": -1}',
        '{"name": "llama-7b", "context": "all"}',
        '{"name": "llama-7b", "kv_dtype": "f13"}',
        '{"name": "llama-7b", "architecture": {"kind": "gqa"}}',
        '{"name": "llama-7b", "architecture": 3}',
        '{"name": "llama-7b", "quant": 4}',
        f'{{"name": "llama-7b", "context": {10**400}}}',
        f'{{"name": "x", "architecture": {{"kind": "gqa", "layers": {10**400}, "kv_heads": 2, "head_dim": 64}}}}',
        '{"name": "x", "context": 100, "architecture": {"kind": "gqa", "layers": 2, "kv_heads": 2, "head_dim": 64}}',
    ]
    done = run("--jsonl", stdin="\n".join(requests) + "\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    codes = [row["error"]["code"] if "error" in row else None for row in rows]
    assert codes == [
        None, "bad_request", "bad_request", "bad_request", "empty_name", "bad_request", "bad_request",
        "unknown_cache_type", "bad_architecture", "bad_request", "bad_request", "bad_request", "bad_architecture", None,
    ]  # fmt: skip
    assert [row["error"]["line"] for row in rows if "error" in row] == list(range(2, 14))
    assert rows[-1]["kv_cache_bytes"] == 2 * 2 * 2 * 64 * 100 * 2
    assert done.returncode == 0


def test_bad_usage_and_bad_input_exit_with_2() -> None:
    assert run().returncode == 2
    assert run("llama-7b", "--kv-dtype", "f13").returncode == 2
    assert run("llama-7b", "").returncode == 2

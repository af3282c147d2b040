"""The command line with input that nobody should send, and with streams that are closed, full or can't write a character."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

COMMAND = [sys.executable, "-m", "nameplate.cli"]
# What a shell starts in the background ignores interruptions, and so would the command.
INTERRUPTIBLE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from nameplate.cli import main; sys.exit(main())"
)
# JSON as it is written: numbers that are none, huge and deep values, halves of characters, the wrong type.
VALUES = [
    "NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e308", "1e-320", "-0", "0.0", "1.5", "9" * 4_000, "9" * 5_000, "true",
    "null", '""', '"\\ud800"', '"\\u0000"', '"a\\nb"', '"8 GB"', '"1e400"', f'"{"x" * 5_000}"', "[]", "{}", "[NaN]", '{"a":NaN}',
    "[" * 500 + "]" * 500, "[" * 100_000 + "]" * 100_000, '{"a":' * 900 + "1" + "}" * 900, "[null]", '[""]', '["a","a"]',
    '["\\ud800"]', '["llama-7b",NaN]', '[{"a":1}]', "[[[1]]]", "", "{", '{"a":1}{"b":2}',
]  # fmt: skip
ARCHITECTURE = {"kind": '"gqa"', "layers": "32", "kv_heads": "8", "head_dim": "128", "window": "128"}
LIMITS = {"gpu_gb": "8", "context": "4096", "licence": '"commercial"', "runtime": '"vllm"', "machine": '"RTX 4090"'}
REQUESTS = {
    "size": {"name": '"llama-7b"', "quant": '"Q8_0"', "context": "4096", "kv_dtype": '"f16"', "architecture": "{}"},
    "fit": {"name": '"llama-7b"', "gpu_gb": "8", "ram_gb": "16", "context": "4096"},
    "pick": {"id": "1", "candidates": '["llama-7b", "llama-13b"]', "task": '"coding"', "constraints": "{}"},
    "compare": {"a": '"llama-7b"', "b": '"llama-7b-hf"'},
}
INNER = {"size": ("architecture", ARCHITECTURE), "pick": ("constraints", LIMITS)}
OUTPUTS = [
    ("decode", "llama-7b-ключ"),
    ("decode", "--table", "llama-7b-ключ"),
    ("compare", "llama-7b", "llama-7b-ключ"),
    ("size", "llama-7b-ключ"),
    ("fit", "llama-7b"),
    ("pick", "llama-7b", "--task", "coding"),
]


def written(request: dict[str, str]) -> str:
    return "{" + ",".join(f'"{key}":{value}' for key, value in request.items()) + "}"


def bad_lines(command: str) -> Iterator[str]:
    request = REQUESTS[command]
    for value in VALUES:
        yield value
        yield from (written({**request, key: value}) for key in (*request, "other"))
        if command == "fit":
            yield written({"name": request["name"], "machine": value})
        if command in INNER:
            key, inner = INNER[command]
            yield from (written({**request, key: written({**inner, one: value})}) for one in inner)


@pytest.mark.parametrize("command", REQUESTS)
def test_every_line_gets_one_answer_of_plain_json(command: str) -> None:
    lines = list(bad_lines(command))
    sent = "\n".join([*lines, written(REQUESTS[command])]).encode()
    done = subprocess.run([*COMMAND, command, "--jsonl"], input=sent, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    answers = [json.loads(line, parse_constant=pytest.fail) for line in done.stdout.decode("ascii").splitlines()]
    assert len(answers) == len(lines) + 1
    assert all(answer["error"]["line"] == number for number, answer in enumerate(answers, 1) if "error" in answer)


@pytest.mark.parametrize("arguments", OUTPUTS, ids=" ".join)
def test_what_an_encoding_lacks_is_spelt_out(arguments: tuple[str, ...]) -> None:
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*COMMAND, *arguments], env=ascii_only, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()


@pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
@pytest.mark.parametrize(
    ("redirected", "code", "complaint"),
    [
        ("decode llama-7b >&-", 2, "nameplate: the output is closed\n"),
        ("decode --jsonl <&-", 0, ""),
        ("pick --jsonl <&-", 0, ""),
        ("decode '' 2>&-", 2, ""),
        ("decode '' <&- >&- 2>&-", 2, ""),
        ("decode llama-7b >/dev/full", 2, "nameplate: No space left on device\n"),
        ("decode --json llama-7b >/dev/full", 2, "nameplate: No space left on device\n"),
        ("decode --jsonl llama-7b >/dev/full", 2, "nameplate: No space left on device\n"),
    ],
)
def test_streams_may_be_closed_or_full(redirected: str, code: int, complaint: str) -> None:
    if "/dev/full" in redirected and not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    shell = f'"$0" -m nameplate.cli {redirected}'
    buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
    done = subprocess.run(
        ["sh", "-c", shell, sys.executable], capture_output=True, env=buffered, check=False, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, "", complaint)


@pytest.mark.skipif(os.name != "posix", reason="signals are sent in another way there")
@pytest.mark.parametrize("command", ["decode", "size"])
def test_an_interruption_ends_without_a_traceback(command: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, command, "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"llama-7b\n")
        process.stdin.flush()
        process.stdout.readline()  # it runs, and waits for the next line
        process.send_signal(signal.SIGINT)
        assert process.communicate() == (b"", b"")
        assert process.returncode == 130

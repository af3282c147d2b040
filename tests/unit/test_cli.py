"""The command line: what it prints, and with which exit code."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path


def run(*arguments: str, stdin: str | bytes = b"") -> subprocess.CompletedProcess:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    return subprocess.run(
        [sys.executable, "-m", "nameplate.cli", *arguments], input=data, capture_output=True, check=False
    )


def test_readable_by_default() -> None:
    done = run("decode", "SorskootLLM-70b-instruct")
    assert done.returncode == 0
    assert "70" in done.stdout.decode()
    assert "instruct" in done.stdout.decode()


def test_json_for_one_name_is_an_object_and_for_several_a_list() -> None:
    assert json.loads(run("decode", "--json", "llama-7b").stdout)["params_b"] == 7
    assert [row["params_b"] for row in json.loads(run("decode", "--json", "llama-7b", "llama-13b").stdout)] == [7, 13]


def test_a_stream_answers_line_by_line_and_goes_on_after_an_error() -> None:
    done = run("decode", "--jsonl", stdin="llama-7b\n\nllama-13b\r\n\u6a21-7b\nx" + "y" * 2000 + "\nlast-1b")
    lines = [json.loads(line) for line in done.stdout.decode("ascii").split("\n")[:-1]]
    assert [row.get("params_b") for row in lines] == [7, None, None, 7, None, 1]
    assert lines[1]["error"] == {"code": "empty_name", "message": lines[1]["error"]["message"], "line": 2}
    assert lines[2]["error"]["code"] == "control_character"  # a carriage return is no line end here
    assert lines[4]["error"]["code"] == "name_too_long"


def test_bytes_that_are_no_text_do_not_stop_the_stream() -> None:
    done = run("decode", "--jsonl", stdin=b"llama-7b\n\xff\xfe-3b\nllama-13b\n")
    rows = [json.loads(line) for line in done.stdout.split(b"\n")[:-1]]
    assert [row["params_b"] for row in (rows[0], rows[2])] == [7, 13]
    assert len(rows) == 3


def test_bad_usage_and_bad_input_exit_with_2() -> None:
    assert run("decode", "--nonsense").returncode == 2
    assert run().returncode == 2
    done = run("decode", "")
    assert done.returncode == 2
    assert b"no name here" in done.stderr


def test_no_catalogue() -> None:
    answer = json.loads(run("decode", "--json", "--no-catalogue", "meta-llama/Llama-3.1-8B-Instruct").stdout)
    assert answer["context"] is None


def test_csv_of_a_file_of_names(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("llama-7b\n=cmd()-7b\nQwen3-8B-instuct\n", encoding="utf-8")
    done = run("decode", "--csv", "--file", str(names))
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [row["params_b"] for row in rows] == ["7", "7", "8"]
    assert rows[1]["name"] == "'=cmd()-7b"  # no spreadsheet runs it
    assert rows[2]["unknown"] == "instuct"


def test_a_table_goes_on_after_a_name_that_cannot_be_read() -> None:
    done = run("decode", "--table", "llama-7b", "", "llama-13b")
    assert done.returncode == 2
    assert [line.split()[0] for line in done.stdout.decode().splitlines()] == ["name", "llama-7b", "llama-13b"]
    assert b"no name here" in done.stderr


def test_a_file_that_is_not_there() -> None:
    done = run("decode", "--file", "/no/such/file")
    assert done.returncode == 2
    assert b"/no/such/file: No such file" in done.stderr


def test_a_misspelt_word_gets_a_suggestion() -> None:
    answer = json.loads(run("decode", "--json", "Llama-3-8B-instuct").stdout)
    assert answer["stage"] is None
    assert answer["tokens"][-1]["says"] == "Did you mean “instruct”?"

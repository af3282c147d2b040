"""The command line: what it prints, and with which exit code."""

import contextlib
import csv
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import nameplate
from nameplate.cli import main
from nameplate.cli.examples import OF_COMMANDS

COMMAND = (sys.executable, "-m", "nameplate.cli")


def run(*arguments: str, stdin: str | bytes = b"") -> subprocess.CompletedProcess:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    return subprocess.run([*COMMAND, *arguments], input=data, capture_output=True, check=False)


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


def test_the_command_says_its_version() -> None:
    assert run("--version").stdout.decode() == f"nameplate {nameplate.__version__}\n"


def test_the_package_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "nameplate", "decode", "--json", "llama-7b"]
    assert json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["params_b"] == 7


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


def test_csv_has_a_row_for_what_cannot_be_read(tmp_path: Path) -> None:
    done = run("decode", "--csv", "--file", "-", stdin="llama-7b\n" + "y" * 2000 + "\nllama-13b\n")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert done.returncode == 2
    assert [row["params_b"] for row in rows] == ["7", "", "13"]
    assert "2000 characters" in rows[1]["error"]


def test_a_file_from_windows_is_read_line_by_line(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_bytes("\ufeffllama-7b\r\n\r\n  \r\nllama-13b\r\n".encode())
    done = run("decode", "--json", "--file", str(names))
    assert (done.returncode, done.stderr) == (0, b"")
    assert [row["name"] for row in json.loads(done.stdout)] == ["llama-7b", "llama-13b"]
    stream = run("decode", "--jsonl", "--file", str(names)).stdout.splitlines()
    assert [json.loads(line).get("name") for line in stream] == ["llama-7b", None, None, "llama-13b"]


def test_a_dash_is_standard_input() -> None:
    done = run("decode", "--csv", "llama-1b", "-", stdin="llama-7b\n\nllama-13b\n")
    assert [line.split(",")[0] for line in done.stdout.decode().splitlines()] == [
        "name",
        "llama-1b",
        "llama-7b",
        "llama-13b",
    ]


def test_names_that_are_no_text_come_out_as_they_went_in() -> None:
    done = run("decode", "--csv", stdin=b"\xff\xfe-3b\n")
    assert done.returncode == 0
    assert done.stdout.split(b"\n")[1].startswith(b"\xff\xfe-3b,")


def test_a_table_does_not_steer_the_terminal() -> None:
    done = run("decode", "--table", "\x9b31mllama-7b")
    assert b"\xc2\x9b" not in done.stdout
    assert b"\\x9b31m" in done.stdout


@pytest.mark.parametrize("names", [1, 2000])
@pytest.mark.parametrize("form", ["--csv", "--json", "--jsonl", "--table"])
def test_the_reader_of_the_output_may_leave(form: str, names: int) -> None:
    command = [sys.executable, "-m", "nameplate.cli", "decode", form]
    buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=buffered
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate(b"llama-7b\n" * names)
    assert (process.returncode, errors) == (0, b"")


def test_a_long_list_comes_out_whole() -> None:
    done = run("decode", "--csv", stdin="".join(f"llama-{size}b\n" for size in range(1, 5001)))
    rows = done.stdout.decode().splitlines()
    assert len(rows) == 5001
    assert rows[-1].startswith("llama-5000b,")


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


@pytest.mark.parametrize(
    "example", [example for examples in OF_COMMANDS.values() for example in examples if "|" not in example]
)
def test_the_examples_of_the_help_are_commands(example: str) -> None:
    program, command, *arguments = shlex.split(example.partition(" > ")[0], comments=True)
    assert program == "nameplate"
    assert example in " ".join(run(command, "--help").stdout.decode().splitlines())
    if command not in ("inspect", "mcp"):  # the reader's own files, and a server
        done = run(command, *arguments)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout


def test_the_help_says_the_exit_codes() -> None:
    assert "exit codes:" in run("--help").stdout.decode()


def test_bash_completes_commands_and_options(tmp_path: Path) -> None:
    script = tmp_path / "nameplate.bash"
    script.write_bytes(run("completion", "bash").stdout)
    ask = """
        source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        $(complete -p nameplate | sed 's/.*-F \\([^ ]*\\).*/\\1/') nameplate
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    for words, found in (
        (["nameplate", "co"], {"compare", "completion"}),
        (["nameplate", "fit", "--ma"], {"--machine"}),
    ):
        done = subprocess.run(["bash", "-c", ask, script, *words], capture_output=True, text=True, check=True)
        assert set(done.stdout.split()) == found


@pytest.mark.skipif(not shutil.which("zsh"), reason="there's no zsh")
def test_zsh_completes_commands_and_options(tmp_path: Path) -> None:
    (tmp_path / "_nameplate").write_bytes(run("completion", "zsh").stdout)
    ask = r"""
        zmodload zsh/zpty; zpty shell zsh -f -i
        zpty -w shell "PS1=; fpath=($0 \$fpath); autoload -U compinit; compinit -u -D; LISTMAX=0"
        zpty -w shell "bindkey '^I' list-choices; print re''ady"
        zpty -r shell line '*ready*'
        zpty -w -n shell "nameplate $1"$'\t'; sleep 3
        zpty -w -n shell $'\x15print the end\n'
        zpty -r shell line '*the end*'; print -r -- $line
    """
    for words, found in (("co", {"compare", "completion"}), ("fit --", {"--machine", "--context"})):
        done = subprocess.run(["zsh", "-f", "-c", ask, tmp_path, words], capture_output=True, text=True, check=True)
        assert all(word in done.stdout for word in found)


def test_lines_are_as_wide_as_the_terminal() -> None:
    control, terminal = os.openpty()
    environment = {**os.environ, "COLUMNS": "50", "TERM": "dumb"}
    with subprocess.Popen([*COMMAND, "decode", "Mixtral-8x7B"], stdout=terminal, env=environment) as running:
        os.close(terminal)
        said = b""
        with contextlib.suppress(OSError), os.fdopen(control, "rb", 0) as reader:
            while part := reader.read(4096):
                said += part
        assert running.wait() == 0
    assert max(len(line) for line in said.decode().splitlines() if "http" not in line) <= 50


def test_an_output_that_knows_ascii_only() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment.pop("PYTHONIOENCODING", None)
    done = subprocess.run([*COMMAND, "decode", "Llama-3-8B-instuct"], capture_output=True, env=environment, check=True)
    assert b"\\u201cinstruct\\u201d" in done.stdout


def test_completion_without_the_extra_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["completion", "bash"]) == 2
    assert "pip install 'nameplate[completion]'" in capsys.readouterr().err

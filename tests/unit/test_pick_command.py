"""`nameplate pick` as people and programs call it."""

import io
import json
import sys

import pytest

from nameplate.cli import main

NAMES = ["Llama-3.1-8B", "Llama-3.1-8B-Instruct"]


def test_readable_output_names_the_choice_and_the_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pick", *NAMES, "--task", "help desk bot"]) == 0
    shown = capsys.readouterr().out
    assert "take Llama-3.1-8B-Instruct" in shown
    assert "“Instruct”" in shown
    assert "cannot be used" in shown


def test_json_has_every_key_of_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pick", *NAMES, "--task", "chat", "--gpu-gb", "24", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {"id", "verdict", "best", "message", "ranking", "would_change", "task"} <= answer.keys()
    place = answer["ranking"][0]
    assert {"name", "score", "fits", "needed_gb", "available_gb", "because", "against"} <= place.keys()
    assert place["fits"] is True
    assert place["available_gb"] == 24
    assert place["because"][0].keys() == {"token", "rule", "text", "source"}


@pytest.mark.parametrize(
    "arguments", [[], [*NAMES, "--task", "chat", "--gpu-gb", "-3"], [*NAMES, "--runtime", "x", "--task", "chat"]]
)
def test_bad_requests_end_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pick", *arguments]) == 2
    assert capsys.readouterr().err.startswith("nameplate: ")


def test_a_stream_answers_line_by_line_and_goes_on_after_errors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"id": 7, "candidates": NAMES, "task": "chat", "constraints": {}}
    bad = ["", "[]", "{", '{"candidates": "llama-7b", "task": "chat"}', '{"candidates": ["a\\u0007"], "task": "chat"}']
    lines = [json.dumps(good), *bad, json.dumps({**good, "task": "hmm"})]
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    assert main(["pick", "--jsonl"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [("error" in answer) for answer in answers] == [False, *[True] * len(bad), False]
    assert answers[0]["id"] == 7
    assert [answer["error"]["line"] for answer in answers[1:-1]] == [2, 3, 4, 5, 6]
    assert answers[-1]["verdict"] == "ask"


def test_without_names_all_known_models_are_searched(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pick", "--task", "chatbot", "--gpu-gb", "12"]) == 0
    assert "catalogued models" in capsys.readouterr().out

"""From a report of a wrong reading to the draft of a vector: copied text, and the form."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from nameplate import decode
from nameplate.render.report import report
from plugins import from_report
from plugins.publish import addresses

ROOT = Path(__file__).resolve().parents[2]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
NAME = "someone/Qwen3-8B-zorp-GGUF"
SCHEMA = json.loads((ROOT / "tests" / "vectors" / "schema.json").read_text(encoding="utf-8"))
CASE = SCHEMA["properties"]["cases"]["items"]


def form(name: str) -> dict:
    return yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / name).read_text(encoding="utf-8"))


def issue(meaning: str, link: str = "_No response_", said: str = "_No response_") -> str:
    return (
        f"### Name\n\n{NAME}\n\n### What it really means\n\n{meaning}\n\n### A page that shows it\n\n{link}\n\n"
        f"### Where you saw the name\n\n_No response_\n\n### What the decoder said\n\n{said}\n\n### Release\n\n0.1.0\n"
    )


def draft(written: str) -> dict:
    told = from_report.read(written)
    case = from_report.draft(told, decode(told.name))
    jsonschema.validate(case, CASE)
    return case


def test_a_copied_report_is_understood() -> None:
    found = report(decode(NAME))
    case = draft(f"{found.title}\n\n{found.body}\n")
    assert case["name"] == NAME
    assert case["expect"]["family"] == "Qwen"
    assert case["expect"]["unknown"] == []
    assert "source" not in case


def test_what_was_filled_in_becomes_the_reason_and_the_source() -> None:
    body = report(decode(NAME)).body.replace(
        "(please fill in, ideally with a link to the model's card)", "It plans first, see https://example.org/card."
    )
    case = draft(body)
    assert case["why"] == "It plans first, see"
    assert case["source"] == "https://example.org/card"


def test_an_issue_says_which_key_has_which_value() -> None:
    case = draft(
        issue("It plans before it answers.\nstage: reasoning\n- `context` = 32768", "https://example.org/card")
    )
    assert case["why"] == "It plans before it answers."
    assert case["source"] == "https://example.org/card"
    assert (case["expect"]["stage"], case["expect"]["context"]) == ("reasoning", 32768)
    assert list(case["expect"])[-1] == "unknown"


def test_the_reader_says_what_has_changed_since(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.txt"
    said = report(decode(NAME)).body.replace("- `8B`: Parameters: 8 billion", "- `8B`: Version: 8B")
    file.write_text(issue("It is 8 billion parameters.", said=said), encoding="utf-8")
    assert from_report.main([str(file)]) == 0
    shown = capsys.readouterr().out
    assert "An 8-billion-parameter model" in shown
    assert "Read otherwise since the report:\n- `8B`: Version: 8B\n+ `8B`: Parameters: 8 billion\n" in shown
    file.write_text(issue("Nothing.", said=report(decode(NAME)).body), encoding="utf-8")
    assert from_report.main([str(file)]) == 0
    assert "Read as in the report." in capsys.readouterr().out


def test_a_case_is_added_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = tmp_path / "words.json"
    vectors.write_text('{\n  "description": "é",\n  "version": 1,\n  "cases": []\n}\n', encoding="utf-8")
    monkeypatch.setattr(from_report, "VECTORS", tmp_path)
    file = tmp_path / "report.txt"
    file.write_text(issue("It plans."), encoding="utf-8")
    assert from_report.main([str(file), "--add", "words"]) == 0
    added = vectors.read_text(encoding="utf-8")
    assert added.startswith('{\n  "description": "é"')
    jsonschema.validate(json.loads(added), SCHEMA)
    assert from_report.main([str(file), "--add", "words"]) == 1
    assert vectors.read_text(encoding="utf-8") == added


@pytest.mark.parametrize(("written", "said"), [("Hello.", "isn't a report"), ("Name: ` `", "isn't a report")])
def test_another_text_is_no_report(written: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.txt"
    file.write_text(written, encoding="utf-8")
    assert from_report.main([str(file)]) == 1
    assert said in capsys.readouterr().err


def test_nothing_from_a_stranger_controls_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.txt"
    said = "- `8B`: \x1b]0;forged\x07\n"
    file.write_text(issue("\x1b[31mred\nstage: \x1b[2J", "https://example.org/\x1b[2J", said), encoding="utf-8")
    assert from_report.main([str(file)]) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_has_what_github_asks_for(path: Path) -> None:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path.name == "config.yml":
        assert loaded == {"blank_issues_enabled": False}
        return
    assert set(loaded) == {"name", "description", "title", "labels", "body"}
    fields = [field for field in loaded["body"] if field["type"] != "markdown"]
    assert {field["type"] for field in fields} <= {"input", "textarea"}
    assert (
        len({field["id"] for field in fields}) == len({field["attributes"]["label"] for field in fields}) == len(fields)
    )
    assert any(field.get("validations", {}).get("required") for field in fields)
    assert all(set(field) <= {"type", "id", "attributes", "validations"} for field in loaded["body"])


def test_there_is_a_form_for_everything_that_is_reported() -> None:
    assert {path.stem for path in FORMS} == {"code", "config", "family", "page", "word", "wrong-reading"}


def test_the_page_fills_in_fields_that_the_form_has() -> None:
    fields = {field["id"]: field["attributes"]["label"] for field in form("wrong-reading.yml")["body"] if "id" in field}
    filled = set(addresses.FORM.removeprefix("?").replace("=", "&").split("&")[::2]) - {"template", "title"}
    assert filled <= set(fields)
    assert set(fields.values()) >= {from_report.NAME, from_report.MEANING, from_report.LINK, from_report.SAID}

"""What the page's worker calls, as the page calls it: strings in, strings out."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from nameplate import browser, decode
from nameplate.picker.tasks import tasks
from nameplate.picker.understanding.learnt import reader
from nameplate.render.listing import COLUMNS

NAMES = ["Qwen/Qwen3-8B-zorp", "", "a\tb", "=x()-7b", "y" * 2000, "模型-7B"]


def test_a_row_for_each_name_and_an_error_where_there_is_none() -> None:
    rows: list[Any] = json.loads(browser.rows(json.dumps(NAMES)))
    assert [type(row) for row in rows] == [list, str, str, list, str, list]
    assert [row[0] for row in rows if isinstance(row, list)] == [NAMES[0], NAMES[3], NAMES[5]]
    assert rows[0][COLUMNS.index("params_b")] == 8
    assert rows[0][COLUMNS.index("unknown")] == "zorp"
    assert "2000 characters" in rows[4]


def test_a_fault_of_the_decoder_is_told_in_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(name: str) -> Any:
        return decode(name) if name != "bad" else 1 / 0

    monkeypatch.setattr(browser, "decode", stumble)
    rows = json.loads(browser.rows('["llama-7b", "bad", "llama-13b"]'))
    assert rows[1] == browser.STUMBLED
    assert [rows[0][0], rows[2][0]] == ["llama-7b", "llama-13b"]


def test_making_ready_leaves_nothing_to_prepare_for_the_first_request() -> None:
    assert browser.prepare() == ""
    assert reader.cache_info().currsize == tasks.cache_info().currsize == 1
    asked = json.dumps({"names": "llama-7b-chat, bge-m3", "task": "translate letters"})
    assert json.loads(browser.choice(asked, ""))["error"] is None


def test_there_is_a_title_for_every_column() -> None:
    columns = json.loads(browser.columns())
    assert [column["key"] for column in columns] == list(COLUMNS)
    assert len({column["title"] for column in columns}) == len(COLUMNS)


def test_a_download_as_csv_is_whole() -> None:
    pairs = json.dumps(list(enumerate(NAMES, 1)))
    rows = list(csv.DictReader(io.StringIO(browser.heading("csv") + browser.lines(pairs, "csv"))))
    assert [row["name"] for row in rows] == ["Qwen/Qwen3-8B-zorp", "", "a\tb", "'=x()-7b", "y" * 2000, "模型-7B"]
    assert [bool(row["error"]) for row in rows] == [False, True, True, False, True, False]


def test_a_download_as_json_lines_is_what_the_command_line_writes() -> None:
    lines = browser.lines(json.dumps([[4, "Qwen/Qwen3-8B"], [9, ""]]), "jsonl").splitlines()
    assert json.loads(lines[0]) == json.loads(json.dumps(decode("Qwen/Qwen3-8B").to_dict()))
    assert json.loads(lines[1])["error"]["line"] == 9


def test_a_misspelt_word_leads_to_the_corrected_name() -> None:
    page = json.loads(browser.answer("Qwen3-8B-Instuct", "g/", "f/", "/d/"))
    assert page["unexplained"] is True
    assert '<a class="np-try" href="/d/#q=Qwen3-8B-Instruct">Instruct</a>' in page["html"]


def test_a_comparison_of_what_cannot_be_read_says_why() -> None:
    page = json.loads(browser.comparison('["llama-7b", ""]', "/g/", "/d/"))
    assert page["error"] == "empty_name"
    assert "no name here" in page["html"]


def test_a_comparison_is_exported() -> None:
    names = '["llama-7b", "llama-13b"]'
    assert json.loads(browser.export_comparison(names, "json", ""))["names"] == ["llama-7b", "llama-13b"]
    markdown = browser.export_comparison(names, "markdown", "https://example.org/?q=a")
    assert "| **Parameters** | **7 billion** | **13 billion** |" in markdown
    assert markdown.endswith("(<https://example.org/?q=a>).")


def test_a_report_has_an_address_where_the_site_knows_one() -> None:
    known = json.loads(browser.report("llama-7b-zorp", "https://forge.example/new?title={title}&body={body}"))
    assert known["address"].startswith("https://forge.example/new?title=Not%20explained")
    unknown = json.loads(browser.report("llama-7b-zorp", ""))
    assert unknown["address"] == ""
    assert unknown["text"].startswith("Not explained in llama-7b-zorp: zorp\n\nName: `llama-7b-zorp`")

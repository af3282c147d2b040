"""Names side by side: what is put in a row, what is marked, and how it is written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from nameplate import Reading, compare, decode
from nameplate.render.comparison import Comparison, side_by_side
from nameplate.render.comparison_html import html, markdown, text

NAMES = ("Qwen/Qwen3-8B", "Qwen/Qwen3-8B-Base", "someone/Qwen3-8B-zorp-GGUF:Q4_K_M")
HOSTILE = '<img src=x onerror="alert(1)">-7b'


class Cells(HTMLParser):
    """The text of each row's cells, and the text of what is marked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.marked: list[str] = []
        self.tags: set[str] = set()
        self._in_cell = self._in_mark = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._in_mark |= tag == "mark"
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._in_mark &= tag != "mark"
        self._in_cell &= tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data
        if self._in_mark:
            self.marked.append(data)


def found(*names: str) -> Comparison:
    return side_by_side([decode(name) for name in names])


def test_a_row_for_each_key_that_a_name_fills() -> None:
    rows = {row.key: [cell.text for cell in row.cells] for row in found(*NAMES).rows}
    assert rows["params_b"] == ["8 billion"] * 3
    assert rows["quant"] == ["", "", "Q4_K_M"]
    assert rows["unknown"] == ["", "", "zorp"]
    assert "shard" not in rows


def test_what_is_a_rule_of_the_family_says_so() -> None:
    readings = [decode(name, catalogue=False) for name in NAMES]
    stage = next(row for row in side_by_side(readings).rows if row.key == "stage")
    assert [(cell.text, cell.source) for cell in stage.cells[:2]] == [("instruct", "family"), ("base", "name")]


def test_the_odd_one_stands_out_among_three_and_both_of_two() -> None:
    publisher = next(row for row in found(*NAMES).rows if row.key == "publisher")
    assert [cell.stands_out for cell in publisher.cells] == [False, False, True]
    stage = next(row for row in found(*NAMES[:2]).rows if row.key == "stage")
    assert [cell.stands_out for cell in stage.cells] == [True, True]


def test_upper_and_lower_case_make_no_difference() -> None:
    assert not side_by_side([Reading("a", quant="Q4_K_M"), Reading("b", quant="q4_k_m")]).different


def test_a_name_beside_itself() -> None:
    twice = found(NAMES[0], NAMES[0])
    assert twice.verdict == "same"
    assert not twice.different
    assert not twice.one_sided
    assert not any(twice.marked(0))


def test_the_pieces_that_only_one_name_has_are_marked() -> None:
    page = Cells(html(found(*NAMES)))
    assert page.rows[0] == ["What is compared", *NAMES]
    assert [piece for piece in page.marked if piece in ("Base", "zorp", "Q4_K_M", "Qwen3", "8B")] == [
        "Base", "zorp", "Q4_K_M", "Q4_K_M", "zorp",
    ]  # fmt: skip


def test_what_differs_stands_first() -> None:
    rows = Cells(html(found(*NAMES))).rows
    titles = [row[0] for row in rows if len(row) == 1]
    assert titles == ["Different", "Not known for all", "The same"]
    after = rows[rows.index(["The same"]) :]
    assert [row[0] for row in after[1:]] == [row.label.name for row in found(*NAMES).same]
    assert all(row[0].startswith("≠ ") for row in rows[2 : rows.index(["Not known for all"])])


def test_what_one_name_does_not_tell_is_no_difference() -> None:
    names = found("llama-7b", "llama-13b-Q4_K_M")
    assert [row.label.name for row in names.different] == ["Parameters"]
    assert "Quantization" in [row.label.name for row in names.one_sided]
    page = html(names)
    assert '<mark class="np-differs">13b</mark>' in page
    assert '<mark class="np-alone">Q4_K_M</mark>' in page
    rows = Cells(page).rows
    assert ["Quantization", "not said", "Q4_K_M"] in rows[rows.index(["Known for one only"]) :]


def test_what_does_not_stand_in_a_name_is_told_once() -> None:
    known = found("meta-llama/Llama-3.1-8B", "Qwen/Qwen3-8B")
    assert sum(cell.source == "catalogue" and bool(cell.text) for row in known.rows for cell in row.cells) > 2
    for shown in (html(known), text(known), markdown(known)):
        assert shown.count("† known about this exact model") == 1
        assert shown.count("†") > 3
    assert "†" not in text(found("llama-7b", "llama-13b"))


def test_a_character_that_nobody_sees_is_numbered() -> None:
    page = html(found("llama\u202e-7b", "llama-7b"))
    assert '<span class="np-invisible" data-code="U+202E">\u202e</span>' in page


def test_a_hostile_name_stays_text() -> None:
    page = Cells(html(found(HOSTILE, "</code></table><script>x</script>-7b")))
    assert page.rows[0][1] == HOSTILE
    assert not page.tags & {"img", "script"}


def test_links_lead_to_the_single_readings() -> None:
    assert 'href="/d/#q=Qwen%2FQwen3-8B"' in html(found(*NAMES), decode="/d/")


@pytest.mark.parametrize("names", [NAMES, NAMES[:2], ("x" * 300, "y-7b"), ("\x9b31m-7b", "a-7b")])
def test_text_is_a_table_that_fits(names: tuple[str, ...]) -> None:
    lines = text(found(*names)).split("\n")
    assert max(map(len, lines)) <= 100
    assert all(line.isprintable() for line in lines)
    assert re.match(r" {10}", lines[lines.index("") + 1])


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "nameplate.cli", *arguments], capture_output=True, check=False)


def test_the_command_compares_names() -> None:
    done = run("compare", "llama-7b", "llama-13b-chat")
    assert done.returncode == 0
    assert re.search(r"Parameters +7 billion +13 billion", done.stdout.decode())


def test_the_command_writes_json() -> None:
    answer = json.loads(run("compare", "--json", "--no-catalogue", *NAMES).stdout)
    assert answer["names"] == list(NAMES)
    rows = {row["key"]: row for row in answer["rows"]}
    assert rows["params_b"] == {
        "key": "params_b", "differs": False, "values": [8, 8, 8], "sources": ["name", "name", "name"],
    }  # fmt: skip
    assert rows["stage"]["values"][:2] == ["instruct", "base"]
    assert rows["quant"]["sources"] == [None, None, "name"]


def test_the_command_refuses_a_name_that_cannot_be_read() -> None:
    done = run("compare", "llama-7b", "")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"no name here" in done.stderr


@pytest.mark.parametrize(
    ("first", "second", "summary"),
    [
        (
            "Qwen/Qwen3-8B",
            "Qwen3-8B",
            "The same model. The names mean the same weights: it doesn't matter which one you use.",
        ),
        (
            "zorp-8b-Q4_K_M.gguf",
            "zorp-8b-awq",
            "The same model in another form. The weights are stored differently. Expect nearly the same answers, but "
            "files of another size or for other programs. The first takes about 1.2 times the space, with 4.89 bits per "
            "weight instead of 4.15. More bits usually lose less of the original.",
        ),
        (
            "llama-7b",
            "llama-13b-chat",
            "Different models. The second has about 1.9 times the parameters, 13 billion instead of 7 billion: at the same "
            "quantization, its weights take about 1.9 times the memory. Expect different answers.",
        ),
        (
            "zorp-8b",
            "zorp-8b-quux",
            "The names don't show whether this is the same model. The decoder doesn't know “quux”. Check both pages before you swap "
            "one for the other.",
        ),
    ],
)
def test_the_verdict_comes_first_and_says_what_follows(first: str, second: str, summary: str) -> None:
    found = side_by_side([decode(first, catalogue=False), decode(second, catalogue=False)])
    assert found.summary == summary
    assert " ".join(text(found).split()).startswith(summary)
    assert f'data-verdict="{found.verdict}"' in html(found)


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (
            "Llama-3.1-8B-Instruct",
            "Qwen3-8B",
            "They belong to different families, Llama and Qwen, so their licences, prompt formats and abilities may differ, "
            "too. The second is newer: released 29 April 2025, the first 23 July 2024.",
        ),
        (
            "Qwen2.5-7B-Instruct",
            "Qwen3-8B",
            "They are different generations, 2.5 and 3: tests and prompts for one may not hold for the other. The second "
            "has about 1.1 times the parameters, 8 billion instead of 7 billion: at the same quantization, its weights take "
            "about 1.1 times the memory. The second is newer: released 29 April 2025, the first 19 September 2024.",
        ),
        (
            "zorp-7b-v0.2",
            "zorp-7b-v0.3",
            "They are different versions, 0.2 and 0.3. A new version can be anything from a small fix to a newly trained "
            "model.",
        ),
        (
            "Llama-4-Scout",
            "Llama-4-Maverick",
            "They are different editions, Scout and Maverick: models with separate jobs, prices or sizes.",
        ),
        (
            "gpt-4o-2024-05-13",
            "gpt-4o-2024-11-20",
            "They have different dates, 13 May 2024 and 20 November 2024: each is the model as it was released then.",
        ),
        (
            "gpt-4o-mini",
            "gpt-4o",
            "Only the first has a size in words, mini: it's a model of its own, beside the one without it. The first is "
            "newer: released 18 July 2024, the second 13 May 2024.",
        ),
    ],
)
def test_a_part_that_differs_says_what_it_means(first: str, second: str, says: str) -> None:
    assert f"Different models. {says} " in compare(first, second).summary


def test_of_three_names_two_decide() -> None:
    assert found(*NAMES).verdict == "different"
    assert found(*NAMES).summary.startswith("Not all the same model. The training stage differs: instruct and base.")
    assert found(NAMES[0]).verdict == "same"


def test_pairs_in_and_verdicts_out() -> None:
    pairs = b'{"a":"Qwen3-8B","b":"qwen3:8b"}\n{"a":"Qwen3-8B"}\n{"a":"Qwen3-8B","b":""}\n{"a":"o3","b":"o3-mini"}\n'
    done = subprocess.run(
        [sys.executable, "-m", "nameplate.cli", "compare", "--jsonl"], input=pairs, capture_output=True, check=True
    )
    same, no_pair, no_name, different = map(json.loads, done.stdout.splitlines())
    assert same["verdict"] == "repackaged"
    assert no_pair["error"]["line"] == 2
    assert no_name["error"]["code"] == "empty_name"
    assert different["verdict"] == "different"
    assert different["because"] == [
        {"key": "size_class", "values": [None, "mini"], "sources": [None, "name"], "effect": "one-sided"}
    ]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("Qwen3-8B", "Qwen3-8B-Base", ["The first is an instruct model:", "The second is a base model:"]),
        ("bge-reranker-v2-m3", "Qwen3-8B", ["The first is a reranker:", "The second is a language model:"]),
        ("zorp-7b", "zorp-7b-chat", ["The second is a chat model:", "The first name gives no training stage."]),
        ("Qwen2.5-7B-Instruct", "Qwen2.5-Coder-7B-Instruct", ["The second was made for program code."]),
        ("zorp-8b", "zorp-8b-abliterated", ["Only the second name says “abliterated”."]),
        ("zorp-8b-Q8_0.gguf", "zorp-8b-Q4_K_M.gguf", ["The first takes about 1.7 times the space, with 8.5 bits"]),
    ],
)
def test_what_a_difference_means_is_said_of_each_name(first: str, second: str, told: list[str]) -> None:
    sentences = [str(sentence) for sentence in found(first, second).meaning]
    for beginning in told:
        assert any(sentence.startswith(beginning) for sentence in sentences), sentences


def test_words_of_the_meaning_lead_to_the_glossary_and_come_before_the_table() -> None:
    page = html(found("Qwen3-8B", "Qwen3-8B-Base"), glossary="../../glossary/")
    assert page.index('<a href="../../glossary/#base-model">base model</a>') < page.index("<table")


def test_of_three_names_the_parts_that_differ_are_named() -> None:
    assert "The first" not in found("Qwen3-8B", "Qwen3-8B-Base", "Qwen3-4B").summary


def test_no_number_is_compared_with_one_that_is_nearly_the_same() -> None:
    assert "times" not in found("zorp-8b", "zorp-8.2b").summary

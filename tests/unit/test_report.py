"""The report of a name that was read wrongly or not fully explained: what a contributor finds in it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from nameplate import decode
from nameplate.render.report import CUT, Report, report
from plugins.publish import addresses

FORM = f"https://forge.example/new{addresses.FORM}"


def written(name: str) -> Report:
    return report(decode(name))


def test_it_names_the_name_what_was_read_and_what_was_not() -> None:
    found = written("someone/Qwen3-8B-zorp-GGUF")
    assert found.title == "Not explained in someone/Qwen3-8B-zorp-GGUF: zorp"
    assert "Name: `someone/Qwen3-8B-zorp-GGUF`" in found.body
    assert "- `8B`: Parameters: 8 billion" in found.body
    assert "Not explained:\n\n- `zorp`\n" in found.body


def test_it_says_which_file_a_contributor_would_add() -> None:
    assert "widgets/nameplate/data/terms/<group>/zorp.md" in written("Qwen3-8B-zorp").body
    unknown_line = written("zorp")
    assert (
        "a row in `widgets/nameplate/data/lines/<maker>.yml`, and its page `docs/families/zorp.md`" in unknown_line.body
    )
    assert "docs/families" not in written("Qwen3-8B-zorp").body


def test_a_misspelt_word_is_called_that() -> None:
    body = written("Qwen3-8B-instuct").body
    assert "- `instuct`, perhaps misspelt for `instruct`" in body
    assert "instuct.md" not in body


def test_a_name_that_is_explained_can_be_reported_as_wrong() -> None:
    found = written("Qwen3-8B")
    assert found.title == "Read wrongly: Qwen3-8B"
    assert "- `8B`: Parameters: 8 billion" in found.body
    assert "Not explained" not in found.body
    assert "What is wrong" in found.body


@pytest.mark.parametrize("name", ["`zorp`|*a*<b>-7b-zorp", "模型-zorp&title=x#-7b", "zorp" * 120, "{body}-{title}-7b"])
def test_any_name_survives_the_way_into_an_address(name: str) -> None:
    found = written(name)
    address = found.address(FORM, "0.1.0")
    assert parse_qs(urlsplit(address).query) == {
        "template": ["wrong-reading.yml"],
        "title": [found.title],
        "name": [found.name],
        "report": [found.body],
        "release": ["0.1.0"],
    }
    assert len(found.title) <= 120


def test_a_report_that_is_too_long_for_an_address_is_cut_after_a_line() -> None:
    found = Report("long", "- a line of it \u6a21\n" * 500, "a-7b")
    address = found.address(FORM, "0.1.0")
    assert len(address) < 6_000
    [body] = parse_qs(urlsplit(address).query)["report"]
    assert set(body.splitlines()) == {"- a line of it \u6a21", CUT}

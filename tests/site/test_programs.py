"""The table of which program opens which format."""

from __future__ import annotations

import re
from typing import Any

from plugins.catalog.picker_models import Runtime
from plugins.site.page import PageAddress
from plugins.site.programs_table import programs
from tests.site.examples import make_term

HERE = PageAddress("guide/files-and-programs.md", "guide/files-and-programs/")
GGUF = make_term("gguf", term="GGUF")


def runtime(name: str, **changed: Any) -> Runtime:
    given = {"runtime": name, "title": name, "loads": ["gguf"], "source": f"https://example.com/{name}"}
    return Runtime.model_validate({**given, **changed})


def rows(*listed: Runtime) -> dict[str, list[str]]:
    """Return the cells of each row by its first one, without markup."""
    html = programs({one.runtime: one for one in listed}, {"gguf": GGUF}, HERE)
    body = html.split("<tbody>")[1]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in re.findall(r"<tr>(.*?)</tr>", body)]
    return {plain(first): list(map(plain, rest)) for first, *rest in cells}


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_a_program_is_listed_by_what_it_is_made_for_and_by_what_it_opens_too() -> None:
    found = rows(runtime("otter"), runtime("heron", loads=["awq"], knows=["gguf"]))
    assert found == {"GGUF": ["otter", "heron"], "awq": ["heron", "none in our list"]}


def test_the_format_with_the_most_programs_comes_first() -> None:
    found = rows(runtime("heron", loads=["awq"]), runtime("otter"), runtime("coot"))
    assert list(found) == ["GGUF", "awq"]


def test_a_kind_of_machine_is_not_a_program() -> None:
    assert rows(runtime("otter"), runtime("blackwell", machine=True, loads=["fp4"])) == {
        "GGUF": ["otter", "none in our list"]
    }


def test_a_format_links_to_its_term_and_a_program_to_its_source() -> None:
    html = programs({"otter": runtime("otter")}, {"gguf": GGUF}, HERE)
    assert '<a href="../../glossary/#gguf">GGUF</a>' in html
    assert '<a href="https://example.com/otter">otter</a>' in html

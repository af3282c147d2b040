"""Text from data files stands in pages as text, whatever it holds."""

from __future__ import annotations

from html import unescape

import markdown
import pytest

from plugins.site.markup import address, code, escaped, hub_address, literal

HOSTILE = [
    "<script>alert(1)</script>",
    'a "quoted" title',
    "one | two",
    "*stars* and _lines_ and `ticks`",
    "[text](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "# no heading",
    "1. no list",
    "- no list",
    ": no definition",
    "&lt;already&gt;",
    "back\\slash",
    "{: onclick=alert(1) }",
    "two\n\nparagraphs",
    "<!-- -->",
    "a^b^ ~c~ ==d==",
]


def shown(source: str) -> str:
    """What a reader sees: one paragraph, and nothing in it but text."""
    html = markdown.markdown(source, extensions=["attr_list", "def_list", "md_in_html", "tables"])
    assert html.startswith("<p>"), html
    return html.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize("text", HOSTILE)
def test_literal_text_is_shown_as_it_is(text: str) -> None:
    inside = shown(literal(text))
    assert "<" not in inside
    assert unescape(inside) == " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_code_is_shown_as_it_is(text: str) -> None:
    inside = shown("as " + code(text)).removeprefix("as ")
    assert inside.count("<") == 2, inside
    assert unescape(inside.removeprefix("<code>").removesuffix("</code>")) == " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_keeps_its_columns(text: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {literal(text)} | {code(text)} |"
    html = markdown.markdown(table, extensions=["attr_list", "tables"])
    assert html.count("<td>") == 2
    assert html.count("<td></td>") == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_attributes_do_not_end_early(text: str) -> None:
    assert not set('<>"') & set(escaped(text))


def test_an_address_survives_brackets_and_bars() -> None:
    html = markdown.markdown(f"[x]({address('https://example.org/a_(b)|c d')})")
    assert 'href="https://example.org/a_%28b%29%7Cc%20d"' in html


@pytest.mark.parametrize("name", ["qwen3:8b", "SorskootLLM-v2-13b", "hf.co/Qwen/Qwen3-8B", "/x", "x/"])
def test_only_ids_of_the_hub_get_an_address_there(name: str) -> None:
    assert hub_address(name) is None

"""The glossary: what an entry shows, how entries are found, and the links to them."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from pathlib import Path

import markdown
import pytest

from plugins.catalog.cross_checks import GROUPS
from plugins.catalog.models import Term
from plugins.site import glossary
from plugins.site.page import PageAddress
from plugins.site.real_names import Shown, by_term
from plugins.site.usage import Use, terms_in, title_of
from plugins.site.usage import by_term as uses_by_term
from tests.site.examples import make_family, make_term

EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables", "toc"]


def render(source: str) -> str:
    return markdown.markdown(source, extensions=EXTENSIONS)


def terms(*made: Term) -> Mapping[str, Term]:
    return {term.slug: term for term in made}


def entry(term: Term, *others: Term, uses: tuple[Use, ...] = ()) -> str:
    known = terms(term, *others)
    return render(glossary.entry(term, known, uses, glossary.alias_anchors(list(known.values()))))


def entry_with(term: Term, names: Shown) -> str:
    return render(glossary.entry(term, terms(term), (), {}, names))


def named(name: str) -> dict[str, str]:
    return {"name": name, "source": "card"}


def test_a_link_goes_to_the_entry_and_carries_the_definition() -> None:
    html = render(glossary.link(make_term("gguf", term="GGUF"), "guide/x.md"))
    assert '<a class="site-term" href="../glossary.md#gguf" title="What gguf is.">GGUF</a>' in html


def test_a_link_may_have_words_of_its_own() -> None:
    html = render(glossary.link(make_term("gguf"), "index.md", "GGUF <files>"))
    assert 'href="glossary.md#gguf"' in html
    assert ">GGUF &#60;files&#62;</a>" in html


def test_a_link_within_the_glossary_is_an_anchor() -> None:
    assert "](#gguf " in glossary.link(make_term("gguf"), "glossary.md")


def test_a_definition_with_quotes_and_bars_stays_in_the_tooltip() -> None:
    html = render(glossary.link(make_term("x", definition='Says "a|b" <i>.'), "index.md"))
    assert 'title="Says &#34;a&#124;b&#34; &#60;i&#62;."' in html


def test_names_between_backticks_are_code_in_the_entry_and_plain_in_the_tooltip() -> None:
    term = make_term("x", definition="The second number of `W4A16`.")
    assert '<p class="site-definition">The second number of <code>W4A16</code>.</p>' in entry(term)
    assert 'title="The second number of W4A16."' in render(glossary.link(term, "index.md"))


def test_an_entry_is_a_heading_with_a_readable_anchor() -> None:
    assert '<h3 class="site-entry" id="instruct-model">instruct model</h3>' in entry(make_term("instruct-model"))


def test_an_entry_shows_definition_text_and_dated_sources() -> None:
    html = entry(make_term("x"))
    assert '<p class="site-definition">What x is.</p>' in html
    assert "<p>More about x.</p>" in html
    assert '<a href="https://example.org/paper">A paper</a>, checked 2026-11-23' in html


def test_other_names_are_shown_and_have_anchors() -> None:
    html = entry(make_term("instruct-model", aliases=["instruction-tuned model"]))
    assert '<em id="instruction-tuned-model">instruction-tuned model</em>' in html


def test_an_alias_never_takes_the_anchor_of_a_term() -> None:
    known = [make_term("a", aliases=["B model"]), make_term("b-model"), make_term("c", aliases=["b-model"])]
    assert glossary.alias_anchors(known) == {}


def test_an_entry_shows_how_the_word_stands_in_names() -> None:
    names = [{"words": ["text to image", "t2i"], "field": "task"}]
    html = entry(make_term("x", names=names, seen_in=["org/Some-T2I:8b"]))
    assert "<dt>In names</dt>\n<dd><code>text-to-image</code>, <code>t2i</code></dd>" in html
    assert '<a href="../decode/#q=org%2FSome-T2I%3A8b"><code>org/Some-T2I:8b</code></a>' in html


def test_an_entry_marks_its_word_in_real_names_and_shows_what_else_it_means() -> None:
    known = terms(
        make_term("base-model", names=[{"words": ["base"], "field": "stage"}], seen_in=["Qwen/Qwen3-8B-Base"]),
        make_term("size-class", names=[{"words": ["base"], "field": "size_class"}], seen_in=["BAAI/bge-base-en-v1.5"]),
    )
    found = by_term(known, ())["base-model"]
    assert [example.name for example in found.others] == ["BAAI/bge-base-en-v1.5"]
    html = unescape(entry_with(known["base-model"], found))
    assert "<dt>Something else in</dt>" in html
    assert "<code>BAAI/bge-<mark>base</mark>-en-v1.5</code></a> (size in words)" in html


def test_names_of_the_catalogue_are_examples_once_a_line_and_never_twice() -> None:
    family = make_family(variants=[named("org/Otter-8B-GGUF"), named("org/Otter-80B-GGUF"), named("org/Qwen3-8B-GGUF")])
    known = terms(make_term("gguf", names=[{"words": ["gguf"], "field": "format"}], seen_in=["org/Qwen3-8B-GGUF"]))
    assert [example.name for example in by_term(known, [family])["gguf"].examples] == ["org/Otter-8B-GGUF"]


def test_a_label_is_spelt_as_the_entry_spells_it() -> None:
    names = [{"words": ["q4 k m", "q4 k l"], "field": "quant"}]
    assert glossary.spellings(make_term("q4-k-m", term="Q4_K_M", names=names)) == ["Q4_K_M", "Q4_K_L"]


def test_an_entry_says_what_it_is_not() -> None:
    confused = [{"term": "chat-model", "why": "It talks."}]
    html = entry(make_term("x", confused_with=confused), make_term("chat-model"))
    assert '<dd><a href="#chat-model">chat model</a>: It talks.</dd>' in html


def test_an_entry_links_back_to_the_pages_that_use_it() -> None:
    html = entry(make_term("x"), uses=(Use("guide/which-variant.md", "Which variant"),))
    assert '<a href="guide/which-variant.md">Which variant</a>' in html


def test_an_entry_shows_no_empty_headings() -> None:
    html = entry(make_term("x"))
    assert "In names" not in html
    assert "Used on" not in html
    assert "Also" not in html


def test_the_page_is_in_the_order_of_the_alphabet_with_figures_first(glossary_page: PageAddress) -> None:
    known = terms(make_term("zero"), make_term("attention"), make_term("n8x7b", term="8x7B"))
    html = render(glossary.page(known, {}, glossary_page))
    places = [
        html.index(f'id="{anchor}"') for anchor in ("letter-0-9", "n8x7b", "letter-a", "attention", "letter-z", "zero")
    ]
    assert places == sorted(places)


def test_the_letters_and_subjects_lead_to_what_is_there(glossary_page: PageAddress) -> None:
    page = glossary.page(terms(make_term("attention"), make_term("x", group="files")), {}, glossary_page)
    assert '<a href="#letter-a">A</a><a href="#letter-x">X</a>' in page
    assert f"<p>{glossary.SUBJECTS['files']}</p>" in page
    assert glossary.SUBJECTS["basics"] not in page


def test_every_group_of_the_data_has_a_subject() -> None:
    assert set(glossary.SUBJECTS) == set(GROUPS)


def test_uses_are_found_in_macros_links_and_names(tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "a.md").write_text(
        '---\ntitle: "Page A"\n---\n# Long heading\n{{ term("gguf", "files") }}, [x](../glossary.md#moe), '
        "[y](other.md#chat)\n",
        encoding="utf-8",
    )
    (tmp_path / "b.md").write_text('# Page B\n\n{{ decoded("Otter-8B-Instruct") }}\n', encoding="utf-8")
    (tmp_path / "glossary.md").write_text("# Glossary\n[x](glossary.md#moe)\n", encoding="utf-8")
    uses = uses_by_term(tmp_path, {"gguf", "moe", "chat", "instruct-model"})
    page_a, page_b = Use("guide/a.md", "Page A"), Use("b.md", "Page B")
    assert uses == {"gguf": [page_a], "moe": [page_a], "instruct-model": [page_b]}


@pytest.mark.parametrize("call", ['{{ term("gguf") }}', "{{term('gguf')}}", '{{- term( "gguf", "x" ) }}'])
def test_a_macro_call_is_found_however_it_is_spaced(call: str) -> None:
    assert list(terms_in(call, "index.md")) == ["gguf"]


def test_a_page_without_title_or_heading_is_called_by_its_file() -> None:
    assert title_of("Text.", "guide/x.md") == "guide/x"

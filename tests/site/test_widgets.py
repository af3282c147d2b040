"""The decoder as it stands in a page before any script runs."""

from __future__ import annotations

import json
from pathlib import Path

import markdown
import pytest

from plugins.site import widgets
from plugins.site.markup import escaped
from plugins.site.page import PageAddress

HOME = PageAddress("index.md", "")
DEEP = PageAddress("guide/names.md", "guide/names/")
BUILT = {
    "entry": "web-1/elements.mjs",
    "preload": ["web-1/chunk-1.mjs"],
    "modules": {"worker.mjs": "web-1/worker.mjs"},
    "early_start": "var nameplate=1;",
    "first_paint": "first()",
    "roles": {"wasm": "pyodide-1/pyodide.asm.wasm"},
}
NAME = "SorskootLLM-70b-instruct"


def test_a_decoded_name_links_from_where_it_stands() -> None:
    assert 'href="../../glossary/#' in widgets.decoded(NAME, DEEP)
    assert 'href="glossary/#' in widgets.decoded(NAME, HOME)


def test_a_decoded_name_is_one_block_for_markdown() -> None:
    html = widgets.decoded(NAME, DEEP)
    assert "\n\n" not in html
    assert markdown.markdown(f"Before\n\n{html}\n\nAfter").count(html) == 1


def test_the_decoder_works_from_any_depth() -> None:
    html = widgets.decoder(NAME, ["qwen3:8b"], DEEP, 1, BUILT, "")
    assert 'src="../../assets/web-1/elements.mjs"' in html
    head = widgets.early_start("q", DEEP, BUILT)
    assert '"../../assets/web-1/worker.mjs", "../../assets/pyodide-1/pyodide.asm.wasm")</script>' in head
    for module in ("elements.mjs", "chunk-1.mjs"):
        assert f'<link rel="modulepreload" href="../../assets/web-1/{module}">' in head
    assert 'action="../../decode/"' in html
    assert 'href="../../decode/#q=qwen3%3A8b"' in html
    assert 'data-glossary="../../glossary/"' in html


def test_other_ways_to_look_at_names_are_links() -> None:
    html = widgets.decoder(NAME, [], DEEP, 1, BUILT, "")
    assert 'data-mode="two" href="../../decode/#with="' in html
    assert 'data-mode="many" href="../../decode/#view=list"' in html


def test_the_form_for_reports_is_told_to_the_page() -> None:
    html = widgets.decoder(NAME, [], HOME, 1, BUILT, 'https://forge.example/?a={title}&b={body}"')
    assert 'data-report="https://forge.example/?a={title}&amp;b={body}&quot;"' in html
    assert 'data-contributing="contributing/#report-a-name"' in html


def test_a_misspelt_word_leads_to_the_decoder_from_any_depth() -> None:
    assert 'href="../../decode/#q=llama-7b-instruct"' in widgets.decoded("llama-7b-instuct", DEEP)


def test_two_decoders_of_a_page_have_their_own_labels() -> None:
    pages = [widgets.decoder(NAME, [], HOME, number, BUILT, "") for number in (1, 2)]
    assert 'id="np-name-1"' in pages[0]
    assert 'for="np-name-2"' in pages[1]


def test_the_decoder_shows_a_worked_example_without_scripts() -> None:
    html = widgets.decoder(NAME, [], HOME, 1, BUILT, "")
    assert 'data-state="example"' in html
    assert "70 billion" in html


def test_a_hostile_example_stays_text() -> None:
    hostile = 'x"><img src=x onerror=alert(1)>'
    html = widgets.decoder(hostile, [hostile], HOME, 1, BUILT, "")
    assert "<img" not in html
    assert f'placeholder="{escaped(hostile)}"' in html
    assert f'data-name="{escaped(hostile)}"' in html


def test_the_legend_names_every_colour() -> None:
    html = widgets.legend()
    assert '<div class="np-size"><dt>Size</dt><dd>size in words, parameters' in html
    assert '<div class="np-unknown"><dt>Not explained</dt>' in html


def test_what_the_build_made_is_read(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(BUILT), encoding="utf-8")
    assert widgets.manifest(tmp_path) == BUILT


def test_missing_assets_name_the_command_that_makes_them(tmp_path: Path) -> None:
    with pytest.raises(widgets.AssetsMissingError, match='run "make assets"'):
        widgets.manifest(tmp_path)


def test_what_other_pages_embed_has_the_address_of_the_site(glossary_page: PageAddress) -> None:
    known = widgets.embedded("Qwen3-8B", glossary_page, "https://models.example/np/")
    assert 'cite="https://models.example/np/decode/' in known
    assert 'src="https://models.example/np/javascripts/nameplate-name.js"' in known
    assert "https://example.org/decode/" in widgets.embedded("Qwen3-8B", glossary_page)

"""The tables of the family pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from plugins.catalog.models import Licence
from plugins.site import family_tables as tables
from plugins.site import table
from plugins.site.licences import COMMERCIAL
from plugins.site.page import PageAddress
from tests.site.examples import SOURCE, make_family

FAMILIES = PageAddress("families/index.md", "families/")
SMALL = {"name": "example/Otter-2-8B", "stage": "base", "params_b": 8.2, "source": "card"}


def variant(**changed: Any) -> dict[str, Any]:
    return {**SMALL, **changed}


def rows(html: str) -> list[str]:
    return re.findall(r"<tr>(.*?)</tr>", html.split("<tbody>", 1)[1])


LICENCES = {"mit": "allowed", "cc-by-nc-4.0": "forbidden", "gemma": "conditions"}


def licence(**fields: object) -> Licence:
    told = {"licence": "mit", "name": "A licence", "commercial": "allowed", "description": "Keep the notice."}
    told |= {"source": "https://example.org/licence", "checked": "2026-11-23"}
    return Licence.model_validate(told | fields)


def test_every_variant_has_a_row_that_opens_the_decoder(family_page: PageAddress) -> None:
    html = tables.variants(make_family(), family_page)
    assert 'href="../../decode/#q=example%2FOtter-2-8B-Instruct"' in html
    assert len(rows(html)) == 2


def test_a_model_leads_to_its_own_page(family_page: PageAddress) -> None:
    html = tables.variants(make_family(), family_page)
    assert 'href="https://huggingface.co/example/Otter-2-8B-Instruct"' in html
    assert 'aria-label="example/Otter-2-8B-Instruct on Hugging Face"' in html


def test_an_invented_family_says_so_and_leads_nowhere(family_page: PageAddress) -> None:
    html = tables.variants(make_family(fictional=True), family_page)
    assert tables.FICTION in html
    assert "huggingface.co" not in html


def test_variants_are_grouped_by_size_smallest_first(family_page: PageAddress) -> None:
    sizes = [
        variant(name="example/Otter-2-70B", params_b=70.6),
        variant(),
        variant(name="example/Otter-2-30B-A3B", params_b=30.5, active_params_b=3.3, experts=128),
        variant(name="example/Otter-2-X", params_b=None),
    ]
    html = tables.variants(make_family(variants=sizes), family_page)
    assert re.findall(r'scope="rowgroup">(.*?)</th>', html) == [
        "8.2 billion parameters",
        "30.5 billion parameters, 3.3 billion active, 128 experts",
        "70.6 billion parameters",
        "Size not known",
    ]


def test_what_is_the_same_for_all_is_said_once(family_page: PageAddress) -> None:
    html = tables.variants(make_family(licence="apache-2.0", modalities=["text"]), family_page)
    assert "<div><dt>Size</dt><dd>8.2 billion parameters</dd></div>" in html
    assert "site-group" not in html
    assert "<div><dt>Licence</dt><dd>apache-2.0</dd></div>" in html
    assert 'data-label="Licence"' not in html


def test_what_nobody_knows_is_said_to_be_not_known(family_page: PageAddress) -> None:
    html = tables.variants(make_family(variants=[variant(context=32768), variant(name="b/c")]), family_page)
    assert "32,768 tokens" in html
    assert table.UNKNOWN in html


def test_a_table_of_nothing_but_unknowns_has_no_such_column(family_page: PageAddress) -> None:
    assert "Released" not in tables.variants(make_family(), family_page)


def test_a_hosted_model_shows_its_longest_answer_and_when_it_was_retired(family_page: PageAddress) -> None:
    served = variant(max_output=65536, retired="2026-06-01")
    html = tables.variants(make_family(variants=[served, variant(name="b/c")]), family_page)
    assert "65,536 tokens" in html
    assert "<time>2026-06-01</time>" in html


def test_unquantized_weights_are_no_gap(family_page: PageAddress) -> None:
    html = tables.variants(
        make_family(variants=[variant(), variant(name="example/Otter-2-8B-FP8", quant="FP8")]), family_page
    )
    assert '<td data-label="Stored as" data-search-exclude></td>' in html
    assert '<td data-label="Stored as" data-search-exclude>FP8</td>' in html


def test_the_kind_says_stage_thinking_task_and_roles(family_page: PageAddress) -> None:
    kinds = [
        variant(stage="instruct", reasoning="hybrid"),
        variant(name="e/b", stage="reasoning", reasoning=True, roles=["instruct", "reasoning", "code"]),
        variant(name="e/c", stage=None, task="embedding", roles=["embedding"]),
    ]
    html = tables.variants(make_family(variants=kinds), family_page)
    shown = re.findall(r'data-label="Kind" data-search-exclude>(.*?)</td>', html)
    assert shown == ["reasoning, code", "embedding", "instruct, thinks on request"]


def test_every_fact_leads_to_its_source_with_the_day_it_was_checked(family_page: PageAddress) -> None:
    html = tables.variants(make_family(), family_page)
    assert 'href="#source-otter-2-1"' in html
    assert (
        '<li id="source-otter-2-1"><a href="https://example.org/paper">A paper</a>, checked <time>2026-11-23</time>'
        in html
    )


def test_a_family_page_says_what_a_bare_name_means(family_page: PageAddress) -> None:
    bare = {"stage": "base", "description": "A bare name is the base model.", "source": "card"}
    suffixes = [{"suffix": "-Instruct", "means": "Tuned.", "source": "card"}]
    html = tables.names_and_variants(make_family(no_suffix=bare, suffixes=suffixes), family_page)
    assert "<strong>No suffix</strong> A bare name is the base model." in html
    assert "<code>-Instruct</code>" in html


def test_a_family_page_says_how_its_dates_are_read_if_it_has_any(family_page: PageAddress) -> None:
    assert "2507 is July 2025" not in tables.names_and_variants(make_family(dates="YYMM"), family_page)
    dated = [variant(name="example/Otter-2-8B-2507")]
    assert "2507 is July 2025" in tables.names_and_variants(make_family(dates="YYMM", variants=dated), family_page)


def test_a_family_page_lists_its_parts_and_leaves_out_those_it_lacks(family_page: PageAddress) -> None:
    html = tables.contents(make_family(licence="mit"), family_page, {"mit": licence()})
    parts = re.findall(r'<a href="#(.*?)">', html)
    assert parts == ["variants", "about", "licences", "sources-of-otter-2"]
    page = tables.names_and_variants(make_family(), family_page) + tables.family(
        make_family(licence="mit"), family_page, {}, {"mit": licence()}
    )
    assert all(f"#{part} " in page or f'id="{part}"' in page for part in parts)


def test_a_family_page_says_what_each_licence_of_its_variants_allows(family_page: PageAddress) -> None:
    texts = {tag: licence(licence=tag, commercial=commercial) for tag, commercial in LICENCES.items()}
    mixed = [variant(), variant(name="example/Otter-2-X", licence="cc-by-nc-4.0")]
    html = tables.family(make_family(licence="mit", variants=mixed), family_page, {}, texts)
    told = re.findall(r"<strong>Licence</strong> <code>(.*?)</code>.*?</a>: (.*?) Keep", html)
    assert told == [("mit", COMMERCIAL["allowed"]), ("cc-by-nc-4.0", COMMERCIAL["forbidden"])]


def test_a_licence_that_nobody_knows_is_not_explained(family_page: PageAddress) -> None:
    assert "<strong>Licence</strong>" not in tables.family(make_family(), family_page, {}, {"mit": licence()})


def test_the_list_of_families_has_the_invented_one_last() -> None:
    known = {
        "a": make_family(slug="a", title="Aardvark", fictional=True),
        "z": make_family(
            slug="z", title="Zebra", no_suffix={"stage": "base", "description": "It is.", "source": "card"}
        ),
    }
    html = tables.families(known, FAMILIES)
    assert html.index("Zebra") < html.index("Aardvark")
    assert '<td data-label="Without a suffix" data-search-exclude>base</td>' in html


def test_families_stand_maker_by_maker() -> None:
    known = {
        "otter": make_family(slug="otter", title="Otter", organization={"name": "Zoo"}),
        "lynx": make_family(slug="lynx", title="Lynx", organization={"name": "Zoo"}),
        "wren": make_family(slug="wren", title="Wren", organization={"name": "Aviary"}),
    }
    html = tables.families(known, FAMILIES)
    order = re.findall(r'scope="rowgroup">(\w+)<|<a href="(\w+)/">', html)
    assert [maker or slug for maker, slug in order] == ["Aviary", "wren", "Zoo", "lynx", "otter"]
    assert 'data-entries=".site-families tbody tr:not(.site-group)"' in html


def test_many_sizes_become_a_range() -> None:
    many = [variant(name=f"e/{size}", params_b=size) for size in (0.596, 1.72, 4.022, 235.1)]
    assert ">600M to 235B<" in tables.families({"a": make_family(variants=many)}, FAMILIES)


def test_a_family_of_one_other_task_has_no_stage_to_leave_out() -> None:
    embeds = make_family(variants=[{"name": "example/Otter-Embed", "task": "embedding", "source": "card"}])
    assert ">does not apply<" in tables.families({"a": embeds}, FAMILIES)


def test_rows_can_be_sorted_by_what_stands_behind_the_words(family_page: PageAddress) -> None:
    sizes = [
        variant(context=131072),
        variant(name="e/b", params_b=0.6, context=32768),
        variant(name="e/c", params_b=None),
    ]
    html = tables.variants(make_family(variants=sizes), family_page)
    assert '<div class="site-sortable"><nameplate-sort><section class="site-scroll"' in html
    assert '<script type="module" src="../../javascripts/sort.mjs"></script></nameplate-sort></div>' in html
    assert re.findall(r'data-label="Size" data-key="(.*?)"', html) == ["0.6", "8.2", ""]
    assert re.findall(r'data-label="Context" data-key="(.*?)"', html) == ["32768", "131072", ""]
    assert re.findall(r'data-label="Kind" data-key="(.*?)"', html) == [], "a word is sorted by its text"


def test_hostile_data_stays_text(family_page: PageAddress) -> None:
    hostile = '"><script>alert(1)</script>|\n\n# x'
    made = make_family(
        title=hostile,
        organization={"name": hostile, "hub": "otter"},
        sources={"card": {**SOURCE, "title": hostile}},
        no_suffix={"description": hostile, "source": "card"},
        suffixes=[{"suffix": hostile, "means": hostile, "source": "card"}],
        licence=hostile,
        modalities=["text"],
        variants=[variant(note=hostile, quant=hostile), variant()],
    )
    html = tables.family(made, family_page) + tables.families({"otter-2": made}, FAMILIES)
    assert "<script>alert" not in html
    blocks = [block for block in html.split("\n\n") if not block.startswith("#")]
    assert all(block.startswith("<") for block in blocks), "an empty line ends a block of HTML in Markdown"


def test_every_table_can_be_scrolled_by_keyboard_and_is_named(family_page: PageAddress) -> None:
    seen: list[dict[str, str | None]] = []

    class Frames(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "section":
                seen.append(dict(attrs))

    Frames().feed(tables.variants(make_family(), family_page))
    assert seen == [{"class": "site-scroll", "tabindex": "0", "aria-label": "Variants of Otter 2"}]

"""What other sites and programs see of the pages: descriptions for search engines, badges, and the search of browsers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from plugins.catalog.loader import load
from plugins.publish import badges, opensearch
from plugins.site import structured_data
from tests.site.examples import make_family, make_term

SVG = "{http://www.w3.org/2000/svg}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
HEAD = re.compile(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)">')
DESCRIPTION = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


def test_each_family_has_a_badge_that_can_be_drawn_and_read_out() -> None:
    drawn = badges.badges(load().families)
    assert drawn.keys() == {f"badges/{slug}.svg" for slug in load().families}
    for address, picture in drawn.items():
        root = ElementTree.fromstring(picture)
        texts = [one.text or "" for one in root.iter(f"{SVG}text")]
        assert root.get("aria-label") == ": ".join(texts), address
        assert len(picture) < 1500, address


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"no_suffix": {"stage": "base", "description": "It is.", "source": "card"}}, "no suffix: base model"),
        ({"variants": [{"name": "example/Otter-Embed", "task": "embedding", "source": "card"}]}, "embedding"),
        ({}, "sizes 8.2B"),
    ],
)
def test_a_badge_says_what_a_bare_name_means_or_else_a_task_or_sizes(changed: dict[str, object], says: str) -> None:
    assert badges.says(make_family(**changed)) == says


def test_a_hostile_title_stays_text_in_a_badge() -> None:
    root = ElementTree.fromstring(badges.badge('<script>"&', "x"))
    assert [one.text for one in root.iter(f"{SVG}text")] == ['<script>"&', "x"]


def test_a_site_that_knows_its_address_is_a_search_engine(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<meta property="og:site_name" content="A &amp; B">', encoding="utf-8")
    assert not opensearch.finish(tmp_path)
    with (tmp_path / "index.html").open("a", encoding="utf-8") as page:
        page.write('<link rel="canonical" href="https://example.org/names/">')
    assert opensearch.finish(tmp_path)
    root = ElementTree.parse(tmp_path / opensearch.FILE).getroot()
    assert root.findtext(f"{SEARCH}ShortName") == "A & B"
    address = root.find(f"{SEARCH}Url")
    assert address is not None
    assert address.get("template") == "https://example.org/names/decode/#q={searchTerms}"


def test_a_text_cannot_end_the_description_of_a_page() -> None:
    term = make_term("x", definition="Ends with </script><b>.")
    written = structured_data.defined_terms("Nameplate", {"x": term})
    assert "<" not in written
    assert json.loads(written)["hasDefinedTerm"][0]["description"] == "Ends with </script><b>."


def test_every_page_says_its_own_title_and_description(built_site: Path) -> None:
    heads = {path: dict(HEAD.findall(path.read_text(encoding="utf-8"))) for path in built_site.rglob("index.html")}
    assert [path for path, head in heads.items() if head["og:description"] != head["description"]] == []
    said = [(head["og:title"], head["og:description"]) for head in heads.values()]
    assert len(set(said)) == len(said)


def test_the_glossary_is_described_as_terms_and_the_widgets_as_a_program(built_site: Path) -> None:
    found = {
        name: json.loads(DESCRIPTION.findall((built_site / name / "index.html").read_text(encoding="utf-8"))[0])
        for name in (".", "decode", "choose", "glossary")
    }
    assert [found[name]["@type"] for name in (".", "decode", "choose")] == ["SoftwareApplication"] * 3
    terms = found["glossary"]["hasDefinedTerm"]
    assert {term["url"] for term in terms} == {f"#{slug}" for slug in load().terms}

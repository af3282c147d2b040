"""What other sites and programs see of the pages: descriptions for search engines, badges, and the search of browsers."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from plugins.catalog.loader import load
from plugins.catalog.sources import ROOT
from plugins.publish import badges, opensearch, previews
from plugins.site import structured_data
from plugins.site.checkout import Page, Site
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


def page(folder: Path, source: str, title: str) -> Page:
    return Page(folder / source, source, f"---\ntitle: {title}\ndescription: What it is.\n---\n\n# {title}\n")


def test_every_page_has_a_picture_of_its_own_for_previews(built_site: Path) -> None:
    top = urlsplit(dict(HEAD.findall((built_site / "index.html").read_text(encoding="utf-8")))["og:url"]).path
    pictures = set()
    for path in built_site.rglob("index.html"):
        head = dict(HEAD.findall(path.read_text(encoding="utf-8")))
        picture = built_site / urlsplit(head["og:image"]).path.removeprefix(top)
        assert struct.unpack(">II", picture.read_bytes()[16:24]) == (previews.WIDTH, previews.HEIGHT)
        assert (head["og:image:width"], head["og:image:height"]) == (str(previews.WIDTH), str(previews.HEIGHT))
        assert picture.stat().st_size < 40_000, path
        assert head["twitter:card"] == "summary_large_image"
        pictures.add(picture.read_bytes())
    assert len(pictures) == len(list(built_site.rglob("index.html")))


def test_a_picture_is_drawn_again_only_if_its_page_changed(tmp_path: Path) -> None:
    first, second = page(tmp_path, "a.md", "One"), page(tmp_path, "families/b.md", "Two")
    written = previews.write(tmp_path, "Nameplate", [first, second], load())
    assert written == ["api/previews/a.png", "api/previews/families/b.png"]
    pictures = {place: (tmp_path / place).read_bytes() for place in written}
    (tmp_path / written[0]).touch()
    before = [(tmp_path / place).stat().st_mtime_ns for place in written]
    previews.write(tmp_path, "Nameplate", [first, second], load())
    assert [(tmp_path / place).stat().st_mtime_ns for place in written] == before
    (tmp_path / written[0]).unlink()
    previews.write(tmp_path, "Nameplate", [first], load())
    assert (tmp_path / written[0]).read_bytes() == pictures[written[0]], "the same page, the same bytes"
    assert not (tmp_path / written[1]).exists(), "the page is gone"
    previews.write(tmp_path, "Nameplate", [page(tmp_path, "a.md", "Another")], load())
    assert (tmp_path / written[0]).read_bytes() != pictures[written[0]]


def test_a_picture_has_letters_for_all_titles_and_descriptions() -> None:
    """What is written without a sign must not become another word."""
    site = Site(ROOT)
    for one in site.pages:
        shown = previews.plate(one, "Nameplate", site.catalog())
        assert shown.title
        assert "\ufffd" not in shown.title + shown.about
    assert previews.written("Qwen3-8B × “2” – naïve") == 'Qwen3-8B x "2" - naive'


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

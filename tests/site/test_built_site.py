"""The finished site: every link leads somewhere, nothing comes from elsewhere, the HTML is valid, the search finds terms."""

from __future__ import annotations

import json
import posixpath
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from plugins.bundle.node import NODE
from plugins.catalog import loader as catalog
from plugins.site.usage import by_term
from tests.browser.server import SiteServer
from tests.site.html_page import HtmlPage

ROOT = Path(__file__).resolve().parents[2]
FINDINGS = Path(__file__).with_name("theme_findings.json")
RULES = Path(__file__).with_name("html_validate.json")


@pytest.fixture(scope="module")
def pages(built_site: Path) -> Mapping[str, HtmlPage]:
    """All pages by their address in the site."""
    found = sorted(built_site.rglob("*.html"))
    return {path.relative_to(built_site).as_posix(): HtmlPage(path) for path in found}


def test_every_link_and_anchor_leads_somewhere(
    pages: Mapping[str, HtmlPage], built_site: Path, site_server: SiteServer
) -> None:
    prefix = urlsplit(site_server.url).path
    broken = [
        f"{source}: {link}"
        for source, page in pages.items()
        for link in dict.fromkeys(page.links)
        if not _resolves(link, source, pages, built_site, prefix)
    ]
    assert broken == []


def test_a_link_beside_a_heading_is_named_without_a_tooltip(built_site: Path) -> None:
    """The theme would measure what is around each, five hundred times in the glossary."""
    page = (built_site / "glossary" / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a class="headerlink"[^>]*>', page)
    assert len(links) > 400
    assert all('aria-label="Link to this section"' in link and "title=" not in link for link in links)


def _resolves(link: str, source: str, pages: Mapping[str, HtmlPage], site: Path, prefix: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return parts.scheme in ("http", "https", "mailto")
    path = unquote(parts.path)
    if path.startswith("/"):
        # Only the page for addresses that do not exist, which can be asked for at any depth.
        if source != "404.html" or not path.startswith(prefix):
            return False
        target = path.removeprefix(prefix)
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
    if path.endswith("/") or (site / target).is_dir():
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if not (site / target).is_file():
        return False
    if "=" in parts.fragment:  # a question to a widget, not a heading
        return target in ("decode/index.html", "choose/index.html")
    return not parts.fragment or target not in pages or unquote(parts.fragment) in pages[target].ids


def test_nothing_is_loaded_from_another_host(pages: Mapping[str, HtmlPage], built_site: Path) -> None:
    foreign = [
        f"{source}: {address}"
        for source, page in pages.items()
        for address in page.loads
        if urlsplit(address).scheme not in ("", "data") or urlsplit(address).netloc
    ]
    for sheet in built_site.rglob("*.css"):
        addresses = re.findall(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""", sheet.read_text(encoding="utf-8"))
        foreign.extend(f"{sheet.name}: {address}" for address in addresses if re.match(r"(https?:)?//", address))
    assert foreign == []


def test_every_id_stands_once_on_its_page(pages: Mapping[str, HtmlPage]) -> None:
    twice = [f"{source}: {id_}" for source, page in pages.items() for id_, count in page.ids.items() if count > 1]
    assert twice == []


def test_every_term_has_its_anchor(pages: Mapping[str, HtmlPage]) -> None:
    assert set(catalog.load().terms) <= set(pages["glossary/index.html"].ids)


def test_the_glossary_links_back_to_every_page_that_uses_a_term(built_site: Path) -> None:
    text = (built_site / "glossary" / "index.html").read_text(encoding="utf-8")
    entries = dict(re.findall(r'<h3[^>]*id="([^"]+)"[^>]*>(.*?)(?=<h[23]|</article)', text, re.DOTALL))
    uses = by_term(ROOT / "docs", catalog.load().terms)
    assert uses
    for slug, pages_using in uses.items():
        for use in pages_using:
            address = re.sub(r"(^|/)index\.md$", r"\1", use.source).removesuffix(".md")
            assert f'href="../{address.rstrip("/") + "/" if address else ""}"' in entries[slug], f"{slug}: {use.source}"


def test_every_family_page_is_in_the_list_of_families(built_site: Path) -> None:
    text = (built_site / "families" / "index.html").read_text(encoding="utf-8")
    for slug, family in catalog.load().families.items():
        assert f'<a href="{slug}/">' in text, family.title


def test_the_search_finds_every_term_as_a_place_of_its_own(built_site: Path) -> None:
    index = json.loads((built_site / "search" / "search_index.json").read_text(encoding="utf-8"))
    places = {entry["location"]: entry for entry in index["docs"]}
    for slug, term in catalog.load().terms.items():
        assert "checked" in places[f"glossary/#{slug}"]["text"], f"{term.term}: the section holds the whole entry"


def test_the_search_does_not_hold_the_indexes_of_the_glossary(built_site: Path) -> None:
    index = json.loads((built_site / "search" / "search_index.json").read_text(encoding="utf-8"))
    top = next(entry for entry in index["docs"] if entry["location"] == "glossary/")
    assert len(top["text"]) < 500


def test_the_html_is_valid_but_for_the_findings_of_the_theme(built_site: Path, tmp_path: Path) -> None:
    known: list[dict[str, str]] = json.loads(FINDINGS.read_text(encoding="utf-8"))
    still_there = set()
    new = []
    for path, finding in _findings(built_site, tmp_path / "findings.json"):
        line = path.read_text(encoding="utf-8").splitlines()[finding["line"] - 1]
        excused = [
            number
            for number, exception in enumerate(known)
            if exception["rule"] == finding["ruleId"] and re.search(exception["element"], line)
        ]
        still_there.update(excused)
        if not excused:
            new.append(
                f"{path.relative_to(built_site)}:{finding['line']} {finding['ruleId']}: {finding['message']}: {line.strip()}"
            )
    # A site that doesn't know its repository has no link to edit a page.
    always = [exception for exception in enumerate(known) if "only_with" not in exception[1]]
    stale = [exception for number, exception in always if number not in still_there]
    assert new == []
    assert stale == [], "these findings are gone: take them out of theme_findings.json"


def _findings(site: Path, answer: Path) -> list[tuple[Path, dict[str, Any]]]:
    program = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    # Into a file: the program ends before all of a long answer is through a pipe.
    command = [NODE, str(program), "--config", str(RULES), "--formatter", f"json={answer}"]
    done = subprocess.run(
        [*command, *map(str, site.rglob("*.html"))], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert answer.exists(), done.stdout + done.stderr
    reports = json.loads(answer.read_text(encoding="utf-8"))
    return [(Path(report["filePath"]), finding) for report in reports for finding in report["messages"]]


def test_no_head_names_the_next_page_which_firefox_would_fetch_against_the_policy(built_site: Path) -> None:
    named = [page for page in built_site.rglob("*.html") if 'rel="next"' in page.read_text(encoding="utf-8")]
    assert not named

"""Builds of small sites with the real configuration: what stops one, and what it says then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import PREFIX, SiteServer

ROOT = Path(__file__).resolve().parents[2]
SMALL = f"""
INHERIT: {ROOT / "mkdocs.yml"}
docs_dir: docs
site_dir: site
nav: [index.md]
watch: []
theme:
  custom_dir: {ROOT / "overrides"}
"""


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A folder with the real configuration, theme and macros, and nothing in docs/."""
    (tmp_path / "mkdocs.yml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    # mkdocs-macros looks for the module beside mkdocs.yml; what it gets is the real one.
    (tmp_path / "plugins.py").write_text("from plugins import define_env\n", encoding="utf-8")
    return tmp_path


def build(folder: Path, pages: dict[str, str], **environment: str) -> tuple[int, str]:
    """Build the site from these pages: the exit code, and everything that was printed."""
    for source, text in pages.items():
        path = folder / "docs" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(folder / "mkdocs.yml")]
    around = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_an_unknown_term_stops_the_build_and_suggests_the_nearest(small_site: Path) -> None:
    code, said = build(small_site, {"index.md": '# Title\n\nText.\n\nSee {{ term("ggfu") }}.\n'})
    assert code != 0
    assert 'docs/index.md:5 term("ggfu"): the glossary has no term "ggfu". Did you mean "gguf"?' in said
    assert not (small_site / "site" / "index.html").exists()


def test_mistakes_are_shown_together_where_the_build_goes_on(small_site: Path) -> None:
    pages = {
        "index.md": '# Title\n\n{{ term("instruction-tuned model") }}\n',
        "macro.md": '# Title\n\n{{ terms("gguf") }}\n',
        "family.md": '# Title\n\n{{ variants("qwen-3") }}\n',
        "name.md": '# Title\n\n{{ decoded(" ") }}\n',
        "assets.md": '# Title\n\n{{ decoder("SorskootLLM-70b-instruct") }}\n',
    }
    code, said = build(small_site, pages, MACROS_ON_ERROR_FAIL="false")
    assert code != 0, "a strict build fails all the same"
    assert 'docs/index.md:3 term("instruction-tuned model"): ' in said
    assert 'Did you mean "instruct-model"?' in said
    assert "'terms' is undefined" in said
    assert 'docs/family.md:3 variants("qwen-3"): no family page is called "qwen-3". Did you mean "qwen3"?' in said
    assert 'docs/name.md:3 decoded(" "): There\'s no name here' in said
    assert (
        'docs/assets/manifest.json is missing: run "make assets" (make serve and make build do it by themselves).'
        in said
    )


def test_macros_render_in_lists_tables_and_headings(small_site: Path) -> None:
    with (small_site / "mkdocs.yml").open("a", encoding="utf-8") as configuration:
        configuration.write("not_in_nav: |\n  /guide/\n  /glossary.md\n")
    page = (
        '# Title\n\n- {{ term("gguf") }}\n\n| a | b |\n| --- | --- |\n| {{ term("gguf", "x|y") }} | z |\n\n'
        '## On {{ term("gguf") }}\n\nRaw: <code>&#123;&#123; x }}</code>, `{#id}`\n'
    )
    pages = {"index.md": "# Home\n", "glossary.md": "# Glossary\n\n### GGUF {: #gguf }\n", "guide/page.md": page}
    code, said = build(small_site, pages)
    assert code == 0, said
    html = (small_site / "site" / "guide" / "page" / "index.html").read_text(encoding="utf-8")
    article = html[html.index("<article") : html.index("</article>")]
    assert article.count('href="../../glossary/#gguf"') == 3
    assert "<td>z</td>" in article
    assert "Raw: <code>&#123;&#123; x }}</code>, <code>{#id}</code>" in article


def test_the_page_for_lost_readers_finds_its_site_where_no_address_was_given(
    small_site: Path, browser: Browser
) -> None:
    code, said = build(small_site, {"index.md": "# Home\n", "stylesheets/nameplate.css": ":root {}\n"}, SITE_URL="")
    assert code == 0, said
    server = SiteServer()
    server.folder = small_site / "site"
    page = browser.new_page(base_url=server.url)
    page.goto("no/such/page/")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    expect(page.get_by_role("link", name="Decode a name")).to_have_attribute("href", f"{PREFIX}decode/")
    expect(page.get_by_role("link", name="Home")).to_have_attribute("href", PREFIX)
    assert "sans-serif" in page.evaluate("getComputedStyle(document.body).fontFamily")
    lost = [path for path in server.requests if server.find(path) is None]
    assert all(path.endswith(("/page/", "/stylesheets/nameplate.css", "/favicon.ico")) for path in lost), lost
    page.close()
    server.close()

"""The plain path in a browser: Pyodide as published and the wheel, without one or all of the layers above it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from plugins.bundle.assets import bundle
from plugins.bundle.layers import LAYERS
from plugins.bundle.paths import ROOT
from tests.browser.decoder_page import DecoderPage
from tests.browser.server import SiteServer

NAME = "SorskootLLM-70b-instruct"
NAMES = "Qwen/Qwen3-8B\nllama-7b"
PAGE = f'# Decode\n\n{{{{ decoder("{NAME}") }}}}\n'
CONFIGURATION = f"""
INHERIT: {ROOT / "mkdocs.yml"}
docs_dir: docs
site_dir: site
nav: [index.md, decode.md]
watch: []
theme:
  custom_dir: {ROOT / "overrides"}
validation:
  links:
    not_found: ignore
"""
EVERYTHING = frozenset(layer.name for layer in LAYERS)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(
    params=[
        pytest.param((EVERYTHING, "stock"), id="plain"),
        pytest.param((frozenset({"cut_library"}), "bytecode"), id="without-cut-library", marks=pytest.mark.nightly),
        pytest.param(
            (frozenset({"joined_modules"}), "snapshot"), id="without-joined-modules", marks=pytest.mark.nightly
        ),
    ]
)
def site(request: pytest.FixtureRequest, cache: Path, tmp_path: Path) -> Iterator[tuple[SiteServer, str]]:
    """A site of two pages with a bundle that lacks layers, and the way in which Python should start there."""
    without, way = request.param
    (tmp_path / "docs").mkdir()
    bundle(tmp_path / "docs" / "assets", cache, without)
    for name in ("index", "decode"):
        (tmp_path / "docs" / f"{name}.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    # mkdocs-macros looks for the module beside mkdocs.yml; what it gets is the real one.
    (tmp_path / "plugins.py").write_text("from plugins import define_env\n", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(tmp_path / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    server = SiteServer()
    server.folder = tmp_path / "site"
    yield server, way
    server.close()


def test_a_page_answers(site: tuple[SiteServer, str], browser: Browser) -> None:
    server, way = site
    context = browser.new_context(base_url=server.url)
    problems: list[str] = []
    context.on("weberror", lambda problem: problems.append(str(problem.error)))
    decoder = DecoderPage(context.new_page()).open(f"decode/?q={NAME}")
    expect(decoder.answer(NAME)).to_contain_text("70 billion")
    assert decoder.page.evaluate("performance.getEntriesByName('nameplate:ready')[0].detail.way") == way
    decoder.read("Qwen/Qwen3-8B")
    decoder.page.goto("decode/?view=list")
    decoder.page.get_by_label("Model names, one on each line").fill(NAMES)
    decoder.page.get_by_role("button", name="Explain all").click()
    expect(decoder.page.locator(".np-list-rows tbody > tr")).to_have_count(2)
    assert problems == []
    context.close()

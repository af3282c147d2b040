"""The plain path in a browser: Pyodide as published and the wheel, without one or all of the layers above it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from plugins.bundle.layers import LAYERS
from tests.browser.decoder_page import DecoderPage
from tests.browser.server import SiteServer
from tests.small_site import EXAMPLE, build

NAMES = "Qwen/Qwen3-8B\nllama-7b"
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
    """A site whose bundle lacks layers, and the way in which Python should start there."""
    without, way = request.param
    server = SiteServer()
    server.folder = build(tmp_path / "small", cache, without)
    yield server, way
    server.close()


def test_a_page_answers(site: tuple[SiteServer, str], browser: Browser) -> None:
    server, way = site
    context = browser.new_context(base_url=server.url)
    problems: list[str] = []
    context.on("weberror", lambda problem: problems.append(str(problem.error)))
    decoder = DecoderPage(context.new_page()).open(f"decode/#q={EXAMPLE}")
    expect(decoder.answer(EXAMPLE)).to_contain_text("70 billion")
    assert decoder.page.evaluate("performance.getEntriesByName('nameplate:ready')[0].detail.way") == way
    decoder.read("Qwen/Qwen3-8B")
    decoder.page.goto("decode/#view=list")
    decoder.page.get_by_label("Model names, one on each line").fill(NAMES)
    decoder.page.get_by_role("button", name="Explain all").click()
    expect(decoder.page.locator(".np-list-rows tbody > tr")).to_have_count(2)
    assert problems == []
    context.close()

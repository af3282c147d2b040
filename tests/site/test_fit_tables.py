"""What the family pages say about memory: which quantization of each size fits on which card."""

from __future__ import annotations

import re

import pytest

from nameplate import fit
from plugins.catalog.contents import Catalog
from plugins.catalog.loader import load
from plugins.site.fit_tables import fits
from plugins.site.page import PageAddress


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


def page(catalog: Catalog, slug: str) -> str:
    return fits(catalog.families[slug], PageAddress(f"families/{slug}.md", f"families/{slug}/"))


def cells(html: str, name: str) -> dict[str, str]:
    """Return the cells of a model's row, without their tags, by column."""
    row = next(row for row in re.findall(r"<tr>(.*?)</tr>", html) if f"<code>{name}</code>" in row)
    found = re.findall(r'<t[hd][^>]* data-label="([^"]*)"[^>]*>(.*?)</t[hd]>', row)
    return {label: re.sub(r"<[^>]*>", "", cell) for label, cell in found}


def test_each_size_has_a_row_with_what_cards_hold(catalog: Catalog) -> None:
    html = page(catalog, "qwen3")
    found = cells(html, "Qwen3-8B")
    told = fit("Qwen/Qwen3-8B")
    card = told.cards[0]
    assert (card.card_gb, found["8 GB card"]) == (8, f"{card.quant} {card.longest_context:,} tokens")
    assert found["Smallest card for Q4_K_M"] == f"{told.smallest_gpu_gb} GB"
    assert cells(html, "Qwen3-235B-A22B")["48 GB card"] == "doesn't fit"
    assert html.count("<code>Qwen3-8B</code>") == 1


def test_the_row_of_a_size_is_of_the_tuned_model_not_of_a_copy(catalog: Catalog) -> None:
    html = page(catalog, "llama-3-1")
    assert "<code>Llama-3.1-8B-Instruct</code>" in html
    assert "<code>Llama-3.1-8B</code>" not in html
    assert "FP8</code></a>" not in page(catalog, "qwen3")


def test_losses_are_those_that_were_measured(catalog: Catalog) -> None:
    html = page(catalog, "llama-3-1")
    rung = next(rung for rung in fit("Llama-3.1-8B-Instruct").ladder if rung.quant == "Q4_K_M")
    row = cells(html.partition("<details")[2], "Q4_K_M")
    assert rung.loss is not None
    assert row["Perplexity"] == f"{rung.loss:+.2g}"
    assert float(row["Llama-3.1-8B-Instruct"]) == pytest.approx(rung.weights_bytes / 1e9, abs=0.06)
    assert "guide/quantization/" in html


@pytest.mark.parametrize("slug", ["claude", "gpt", "sorskootllm", "bge", "whisper"])
def test_what_cannot_be_downloaded_or_is_no_language_model_has_no_table(catalog: Catalog, slug: str) -> None:
    assert page(catalog, slug) == ""


def test_the_names_can_be_taken_to_the_page_for_choosing(catalog: Catalog) -> None:
    assert "choose/#names=meta-llama%2FLlama-3.1-8B-Instruct," in page(catalog, "llama-3-1")

"""What a variant takes from its original, its size and its page, and which repetitions are faults."""

from pathlib import Path
from typing import Any

import pytest

from plugins.catalog.inheritance import resolved
from plugins.catalog.loader import CatalogError, load, read
from plugins.catalog.models import Family, Variant
from plugins.catalog.sources import LICENCES, LINES, PLATFORMS, TERMS
from plugins.compiler.compile import decoding

PAGE = """---
title: Otter 2
line: Qwen
sources:
  card: {title: Card, url: "https://example.org/otter", checked: 2026-11-23}
licence: mit
task: text
sizes:
  8B: {params_b: 8.2, context: 32768, architecture: {kind: gqa, layers: 36, kv_heads: 8, head_dim: 128}}
variants:
  - {name: example/Otter-2-8B, size: 8B, stage: base, source: card}
  - {name: example/Otter-2-8B-Instruct, size: 8B, stage: instruct, context: 131072, released: 2026-03-01, source: card}
  - {name: example/Otter-2-8B-Instruct-GGUF, original: example/Otter-2-8B-Instruct, format: gguf, source: card}
---
Prose.
"""


def variants(**changed: Any) -> dict[str, Variant]:
    """The variants of a page of three, with all that they take from elsewhere, by the end of their names."""
    given: dict[str, Any] = {
        "slug": "otter-2",
        "title": "Otter 2",
        "line": "Otter",
        "sources": {"card": {"title": "Card", "url": "https://example.org/otter", "checked": "2026-11-23"}},
        "task": "text",
        "sizes": {"8B": {"params_b": 8.2, "context": 32768, "architecture": {"kind": "gqa", "layers": 36}}},
        "variants": [
            {"name": "Base", "size": "8B", "stage": "base", "source": "card"},
            {
                "name": "Instruct",
                "size": "8B",
                "stage": "instruct",
                "context": 131072,
                "released": "2026-03-01",
                "quant": "BF16",
                "source": "card",
            },
            {"name": "GGUF", "original": "Instruct", "format": "gguf", "source": "card", **changed},
        ],
        "text": "Prose.",
    }
    return {variant.name: variant for variant in resolved(Family.model_validate(given)).variants}


def test_a_variant_takes_from_its_size_and_page_what_it_does_not_say() -> None:
    base, instruct = variants()["Base"], variants()["Instruct"]
    assert (base.params_b, base.context, base.task) == (8.2, 32768, "text")
    assert instruct.context == 131072
    assert base.architecture == instruct.architecture is not None


def test_a_copy_is_its_original_in_another_packaging() -> None:
    copy = variants()["GGUF"]
    assert (copy.stage, copy.params_b, copy.context, copy.task) == ("instruct", 8.2, 131072, "text")
    assert (copy.original, copy.format, copy.quant, copy.released) == ("Instruct", "gguf", None, None)


def test_a_copy_may_cut_the_context_short() -> None:
    assert variants(context=8192)["GGUF"].context == 8192


def test_filling_in_a_second_time_changes_nothing() -> None:
    family = load().families["qwen3"]
    assert resolved(family) == family


def faults(folder: Path, page: str) -> list[str]:
    path = folder / "otter-2.md"
    path.write_text(page, encoding="utf-8")
    try:
        read(TERMS, LINES, PLATFORMS, LICENCES, [path])
    except CatalogError as error:
        return str(error).replace(f"{folder}/", "").splitlines()[:-1]
    return []


def test_a_sound_page_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, PAGE) == []


def test_a_family_has_a_maker(tmp_path: Path) -> None:
    page = PAGE.replace("line: Qwen", "line: Calme")  # a line whose maker isn't known
    (fault,) = faults(tmp_path, page)
    assert fault.startswith("otter-2.md:2 organization: nothing says who makes the family")
    assert faults(tmp_path, page.replace("licence: mit", "licence: mit\norganization: {name: Example Labs}")) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("original: example/Otter-2-8B-Instruct,", "original: example/Otter-2-8B-Instuct,", "13 variants[2].original"),
        ("format: gguf", "stage: instruct", "13 variants[2].stage"),
        ("format: gguf", "context: 131072", "13 variants[2].context"),
        ("format: gguf", "size: 8B", "13 variants[2].size"),
        ("size: 8B, stage: base", "size: 9B, stage: base", "11 variants[0].size"),
        ("stage: base,", "stage: base, params_b: 8.2,", "11 variants[0].params_b"),
        ("stage: base,", "stage: base, task: text,", "11 variants[0].task"),
        ("sizes:", "sizes:\n  4B: {params_b: 4}", "9 sizes.4B"),
        ("licence:", "organization: {name: Example Labs}\nlicence:", "6 organization.name"),
        ("licence:", "organization: {hub: Qwen}\nlicence:", "6 organization.hub"),
    ],
)
def test_what_leads_nowhere_or_is_written_twice(tmp_path: Path, before: str, after: str, fault: str) -> None:
    found = faults(tmp_path, PAGE.replace(before, after))
    assert len(found) == 1
    assert found[0].startswith(f"otter-2.md:{fault}: ")


def test_the_maker_of_a_family_is_that_of_its_line() -> None:
    qwen, gpt = load().families["qwen3"], load().families["gpt"]
    assert (qwen.maker, qwen.organization.hub) == ("Alibaba Cloud", "Qwen")
    assert (gpt.maker, gpt.organization.hub) == ("OpenAI", None)


def test_the_decoder_learns_the_original_of_a_copy() -> None:
    compiled = decoding(load())
    assert compiled["ORIGINALS"]["qwen3-8b-awq"] == "Qwen/Qwen3-8B"
    assert compiled["ORIGINALS"].keys() <= compiled["CATALOGUE"].keys()
    assert "qwen3-8b" not in compiled["ORIGINALS"]

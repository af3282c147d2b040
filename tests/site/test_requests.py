"""The example requests are checked, and what is learnt from them is the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from nameplate.picker.understanding.classifier import Linear
from nameplate.picker.understanding.features import tokens
from plugins.catalog.loader import CatalogError, load
from plugins.catalog.requests import Example, load_requests
from plugins.catalog.sources import DIVIDERS
from plugins.compiler.requests.evaluation import Judged, best_temperature, calibration_error
from plugins.compiler.requests.packing import packed
from plugins.compiler.requests.training import fit

TEXTS = [
    ("draw a poster", "image"), ("paint a picture", "image"), ("a logo, drawn", "image"), ("translate a letter", "text"),
    ("letters to translate", "text"), ("translation of a letter", "text"), ("sing a song", "sound"), ("songs to sing", "sound"),
]  # fmt: skip


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> str:
    with pytest.raises(CatalogError) as error:
        load_requests(load().picking.tasks, folder, DIVIDERS)
    return str(error.value)


def test_requests_are_read(tmp_path: Path) -> None:
    several = "- text: read and sing\n  language: en\n  tasks: [ocr]\n  not: [translation]\n"
    found = load_requests(
        load().picking.tasks, written(tmp_path, ocr="en:\n- read scans\n", _several=several), DIVIDERS
    )
    assert found.single == (Example("read scans", "en", ("ocr",)),)
    assert found.several == (Example("read and sing", "en", ("ocr",), ("translation",)),)


def test_a_task_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    assert 'no task is called "ocrr". Did you mean "ocr"?' in faults(written(tmp_path, ocrr="en:\n- read scans\n"))


def test_a_language_that_is_not_read_is_a_fault(tmp_path: Path) -> None:
    assert '"nl" isn\'t a language of this file' in faults(written(tmp_path, ocr="nl:\n- scans lezen\n"))


def test_the_same_text_twice_is_a_fault_with_both_places(tmp_path: Path) -> None:
    said = faults(written(tmp_path, ocr="en:\n- read scans\n", translation="en:\n- Read  scans\n"))
    assert "translation.yml:2" in said
    assert "ocr.yml:2" in said


def test_learning_twice_gives_the_same_bytes() -> None:
    texts, labels = zip(*TEXTS, strict=True)
    assert packed(fit(texts, labels, {}, {})) == packed(fit(texts, labels, {}, {}))


def test_what_was_learnt_is_found_again() -> None:
    texts, labels = zip(*TEXTS, strict=True)
    model = Linear(packed(fit(texts, labels, {}, {})))
    shares = model.shares(tokens("translate this letter please"))
    assert max(shares, key=lambda label: shares[label]) == "text"
    assert model.scores(tokens("zzz")) is None


def test_confidence_is_calibrated_by_its_temperature() -> None:
    right, wrong = [2.0, 0.0], [0.0, 2.0]
    judged = [Judged(Example("a", "en", ("x",)), ("x", "y"), right)] * 8 + [
        Judged(Example("a", "en", ("x",)), ("x", "y"), wrong)
    ] * 2
    temperature = best_temperature(judged)
    sure = [max(one.shares(temperature).values()) for one in judged]
    assert calibration_error(sure, [True] * 8 + [False] * 2) < 0.05

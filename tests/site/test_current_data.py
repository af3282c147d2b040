"""The data of one build: read once, also where they have a fault, and followed when they change."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from nameplate import decode
from nameplate.vocabulary.lookup import vocabulary
from plugins.catalog import loader
from plugins.catalog.faults import Fault
from plugins.catalog.loader import CatalogError
from plugins.site import page
from plugins.site.macros import Macros
from plugins.site.page import CurrentData

FAULT = Fault(Path("lines.yml"), 3, "line", "is missing. Add it")


class Files:
    """Data files that stay as they are until `change` is called."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, sound: bool) -> None:
        self.reads = 0
        self.sound = sound
        self.mark = "first"
        self._catalog = loader.load()
        loader._outcome.cache_clear()
        monkeypatch.setattr(loader, "fingerprint", lambda: self.mark)
        monkeypatch.setattr(loader, "read", self._read)

    def _read(self, *_: object) -> object:
        self.reads += 1
        if not self.sound:
            raise CatalogError([FAULT])
        return self._catalog

    def change(self, *, sound: bool) -> None:
        self.sound = sound
        self.mark += "+"


@pytest.fixture(autouse=True)
def _forget() -> object:
    yield
    loader._outcome.cache_clear()


def test_a_fault_is_found_once_until_a_file_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    files = Files(monkeypatch, sound=False)
    for _ in range(5):
        with pytest.raises(CatalogError, match=r"lines\.yml:3 line: is missing"):
            loader.load()
    assert files.reads == 1
    files.change(sound=True)
    assert loader.load()
    assert loader.load() is loader.load()
    assert files.reads == 2


def test_a_build_with_a_fault_looks_at_the_data_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Files(monkeypatch, sound=False)
    looks = []
    monkeypatch.setattr(page, "load", lambda: looks.append(1) or loader.load())
    here = SimpleNamespace(file=SimpleNamespace(src_uri="index.md", url=""))
    macros = Macros(SimpleNamespace(conf={"docs_dir": str(tmp_path), "extra": {}}, page=here))
    for call in (macros.counts, macros.families, lambda: macros.decoded("llama-7b"), lambda: macros.term("gguf")):
        with pytest.raises(CatalogError, match="is missing"):
            call()
    assert looks == [1]


def test_names_are_read_with_the_words_of_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    CurrentData()
    decode("llama-7b")
    known = vocabulary()
    CurrentData()
    assert vocabulary() is known, "nothing has changed"
    monkeypatch.setattr(CurrentData, "_last", None)
    CurrentData()
    assert vocabulary() is not known

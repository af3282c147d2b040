"""What `make serve` makes first after a change, and what it says of mistakes."""

import logging
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.catalog.sources import DATA, ROOT
from plugins.site.preview import DOCS, Brief, is_compiled_first, pages_showing, state_of
from tests.package.sources import copy_sources

MARK = "Words that nobody wrote before."
PATIENCE = 120.0  # seconds


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        (DOCS / "guide/sizes.md", {"guide/sizes.md"}),
        (DOCS / "families/qwen3.md", {"families/qwen3.md", "families/index.md"}),
        (DATA / "terms/quantization/k-quant.md", {"glossary.md", "guide/quantization.md"}),
        (DATA / "rules.yml", {"choose.md"}),
        (DATA / "lines/mistral-ai.yml", {"families/index.md", "families/mixtral.md"}),
        (DATA / "licences.yml", {"guide/licences.md"}),
    ],
)
def test_pages_that_show_a_change_come_first(changed: Path, shown: set[str]) -> None:
    found = pages_showing([changed])
    assert found is not None
    assert shown <= found
    assert len(found) < 30


def test_pages_whose_links_need_all_others_are_made_with_them() -> None:
    assert pages_showing([DOCS / "python.md"]) is None
    assert pages_showing([DOCS / "no-longer-there.md"]) is None


def test_rules_are_seen_in_what_is_compiled() -> None:
    assert is_compiled_first(DATA / "rules.yml")
    assert not is_compiled_first(DATA / "terms/variants/instruct-model.md")
    assert not is_compiled_first(DOCS / "families/qwen3.md")


def test_a_file_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    there = tmp_path / "there.md"
    there.write_text("", encoding="utf-8")
    assert list(state_of([there, tmp_path / "gone.md"])) == [there]


def test_a_mistake_is_printed_in_a_line_and_once() -> None:
    brief = Brief()
    text = "ERROR # _Macro Rendering Error_\n\n_File_: `a.md`\n\n_CatalogError_: it is wrong.\n\n```\nTraceback\n```"
    records = [logging.LogRecord("macros", logging.WARNING, "", 0, text.replace("a.md", at), (), None) for at in "ab"]
    assert [brief.filter(record) for record in records] == [True, False]
    assert records[0].getMessage() == "a: it is wrong."


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A copy of the checkout, and the address that it's served at."""
    folder = tmp_path_factory.mktemp("a folder") / "nameplate"
    copy_sources(folder)
    for made in ("docs/assets", "build/requests", "build/reference"):
        if (ROOT / made).exists():
            shutil.copytree(ROOT / made, folder / made)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "PYTHONPATH": f"{folder / 'widgets'}{os.pathsep}{folder}", "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "plugins.site.preview", address], cwd=folder, env=environment
    ) as server:
        wait_for(f"http://{address}/", "Nameplate")
        yield folder, f"http://{address}/"
        server.terminate()


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("docs/guide/sizes.md", "guide/sizes/"),
        ("docs/families/qwen3.md", "families/qwen3/"),
        ("widgets/nameplate/data/terms/variants/instruct-model.md", "glossary/"),
    ],
)
def test_a_change_is_seen_in_the_page(served: tuple[Path, str], source: str, page: str) -> None:
    folder, address = served
    path = folder / source
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before.rstrip()}\n\n{MARK}\n", encoding="utf-8")
    wait_for(address + page, MARK)
    path.write_text(before, encoding="utf-8")
    wait_for(address + page, MARK, there=False)


def wait_for(address: str, text: str, there: bool = True) -> None:
    """Wait until a page has a text, or no longer has it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                if (text in answer.read().decode()) == there:
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"{address} took too long")

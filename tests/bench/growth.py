"""How the build of the site grows: ten times the terms and families should take at most twelve times as long.

The second site is this one with nine copies of each glossary entry and each family page, under other names. Both are
built by `mkdocs build` from nothing that was compiled before. It takes minutes.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from plugins.catalog.front_matter import Document, read_page
from plugins.catalog.sources import ROOT, family_pages, term_pages

from .measuring import rounds

TIMES = 10
AT_MOST = 12
ROUNDS = 3
COPIED = ("mkdocs.yml", "docs", "overrides", "plugins", "widgets/nameplate")


def measure() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        one, many = (checkout(Path(folder) / str(times), times) for times in (1, TIMES))
        seconds: dict[Path, list[float]] = {one: [], many: []}
        for _ in range(rounds(ROUNDS)):
            for site in (one, many):
                seconds[site].append(build(site))
        first, second = (statistics.median(seconds[site]) for site in (one, many))
    entries, pages = len(term_pages()), len(family_pages())
    yield f"{entries:6} terms, {pages:5} families {first:8.1f} s"
    yield f"{TIMES * entries:6} terms, {TIMES * pages:5} families {second:8.1f} s"
    yield f"ratio {second / first:.1f} (at most {AT_MOST})"


def checkout(folder: Path, times: int) -> Path:
    """A copy of what the site is made from, with so many times the terms and families."""
    for name in COPIED:
        original = ROOT / name
        if original.is_dir():
            shutil.copytree(original, folder / name, ignore=shutil.ignore_patterns("__pycache__", "_compiled*"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(original, folder / name)
    for number in range(1, times):
        for path in term_pages():
            document = read_page(path)
            text = page(term_copy(document.data, number), document.body)
            target(folder, path, number).write_text(text, encoding="utf-8")
        for path in family_pages():
            document = read_page(path)
            text = page(family_copy(document.data, number), calls_itself(document, number))
            target(folder, path, number).write_text(text, encoding="utf-8")
    return folder


def target(folder: Path, path: Path, number: int) -> Path:
    return (folder / path.relative_to(ROOT)).with_stem(f"{path.stem}-{number}")


def page(data: dict[str, Any], body: str) -> str:
    head = yaml.dump(data, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), allow_unicode=True, sort_keys=False)
    return f"---\n{head}---\n\n{body}\n"


def term_copy(data: dict[str, Any], number: int) -> dict[str, Any]:
    """A term of another name, read in names by other words. A notation has only one entry, so a copy explains none."""
    words = [
        {**row, "words": [f"{word} qz{chr(96 + number)}" for word in row["words"]]} for row in data.get("names", ())
    ]
    changed = {key: value for key, value in data.items() if key not in ("notations", "description")}
    return {
        **changed,
        "term": f"{data['term']} {number}",
        "aliases": [f"{alias} {number}" for alias in data.get("aliases", ())],
        "names": words,
    }


def family_copy(data: dict[str, Any], number: int) -> dict[str, Any]:
    names = ("name", "original")
    variants = [
        {key: f"{value}-{number}" if key in names else value for key, value in one.items() if key != "aliases"}
        for one in data.get("variants", ())
    ]
    return {**data, "title": f"{data['title']}, {number}", "variants": variants}


def calls_itself(document: Document, number: int) -> str:
    """The body of a family's page, whose macro calls name the copy."""
    return document.body.replace(f'("{document.path.stem}")', f'("{document.path.stem}-{number}")')


def build(site: Path) -> float:
    """The seconds of processor time that a build takes from nothing: other work on the machine does not count."""
    for made in site.glob("widgets/nameplate/_compiled*"):
        made.unlink()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{site}{os.pathsep}{site / 'widgets'}",
        "NO_MKDOCS_2_WARNING": "1",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
    before = os.times()
    done = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"The build of {site} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system

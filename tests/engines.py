"""Build the site with the engines that could replace MkDocs, and compare what comes out: `make engines`.

MkDocs 1.x gets no new releases, and Material for MkDocs ends in May 2027; requirements/ENGINES.md says what would change. Each
engine is installed beside the environment, reads the same mkdocs.yml, and has to make the same pages with the same anchors. An
engine that silently ignores a plugin is found by what the plugin leaves in pages. Engines that are `blocking` fail the run; the
others are only reported, and so is one that can't be installed here.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "engines"
MOST = 10  # differences that are printed
ANCHOR = re.compile(r'<h[1-6][^>]*? id="([^"]+)"|<dt[^>]*? id="([^"]+)"')
# What each plugin and macro leaves: a file of the site, and a piece of it.
TRACES = {
    "search": ("search/search_index.json", '"docs"'),
    "macros": ("decode/index.html", "<nameplate-decoder"),
    "mkdocstrings": ("python/index.html", 'id="nameplate.decode"'),
    "theme overrides": ("index.html", 'property="og:site_name"'),
}


@dataclass(frozen=True)
class Engine:
    """An engine: what is installed for it, how it is called, and whether a difference fails the run."""

    name: str
    packages: tuple[str, ...]
    blocking: bool
    command: tuple[str, ...]


MKDOCS = Engine("MkDocs", (), True, ("mkdocs", "build", "--strict", "--quiet"))
ENGINES = (
    Engine("ProperDocs", ("properdocs==1.6.7",), True, ("properdocs", "build", "--strict", "--quiet")),
    Engine("Zensical", ("zensical==0.0.73", "deepmerge==4.0.0", "tomli==2.5.0"), False, ("zensical", "build")),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build with each engine, print what differs, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.engines", description="Build the site with other engines.")
    parser.add_argument("names", nargs="*", help="the engines; all if none is named")
    names = {name.casefold() for name in parser.parse_args(arguments).names}
    said, _, expected = build(MKDOCS)
    if expected is None:
        print(f"MkDocs doesn't build the site:\n{said}")
        return 1
    failed = False
    for engine in ENGINES:
        if not names or engine.name.casefold() in names:
            outcome, is_same = compared(engine, expected)
            print(outcome)
            failed |= engine.blocking and not is_same
    return int(failed)


def compared(engine: Engine, expected: Path) -> tuple[str, bool]:
    """Return what there is to say about an engine, and whether nothing speaks against it."""
    if not install(engine):
        return f"{engine.name}: {' '.join(engine.packages)} can't be installed here.", True
    said, seconds, site = build(engine)
    if site is None:
        return f"{engine.name} doesn't build the site:\n{said}", False
    found = list(differences(pages(expected), pages(site))) + list(ignored(site))
    if not found:
        return f"{engine.name}: the same {len(pages(site))} pages and anchors, in {seconds:.0f} s.", True
    more = [f"  and {len(found) - MOST} more"] if len(found) > MOST else []
    return "\n".join(
        [f"{engine.name}: {len(found)} differences, in {seconds:.0f} s.", *(f"  {one}" for one in found[:MOST]), *more]
    ), False


def install(engine: Engine) -> bool:
    """Install an engine into a folder of its own, unless it is there; say whether it could be."""
    folder = FOLDER / "-".join(engine.packages)
    if not folder.exists():
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "--quiet",
            "--no-deps",
            "--only-binary",
            ":all:",
        ]
        done = subprocess.run([*pip, "--target", str(folder), *engine.packages], capture_output=True, check=False)
        if done.returncode:
            shutil.rmtree(folder, ignore_errors=True)
    return folder.exists()


def build(engine: Engine) -> tuple[str, float, Path | None]:
    """Build the site with an engine: what it says, how long it takes, and the folder of the site if it was built."""
    site = FOLDER / f"{engine.name.casefold()}-site"
    shutil.rmtree(site, ignore_errors=True)
    folders = [FOLDER / "-".join(engine.packages), ROOT, *filter(None, [os.environ.get("PYTHONPATH")])]
    around = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}
    configuration = ROOT / f"mkdocs-{engine.name.casefold()}.yml"  # paths in it begin at its folder
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    configuration.write_text(
        text.replace("\nsite_dir: site\n", f"\nsite_dir: {site.relative_to(ROOT)}\n"), encoding="utf-8"
    )
    started = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-m", *engine.command, "--config-file", configuration.name],
            cwd=ROOT, env=around, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        configuration.unlink()
    built = site if done.returncode == 0 and site.is_dir() else None
    return (done.stdout + done.stderr).strip(), time.monotonic() - started, built


def pages(site: Path) -> dict[str, frozenset[str]]:
    """Return the anchors of each page of a site."""
    return {
        path.relative_to(site).as_posix(): anchors(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")
    }


def anchors(page: str) -> frozenset[str]:
    """Return the anchors of a page's headings and entries.

    >>> sorted(anchors('<h2 id="a" class="x">A</h2><dt id="b">B</dt><p id="c">C</p>'))
    ['a', 'b']
    """
    return frozenset(first or second for first, second in ANCHOR.findall(page))


def differences(expected: dict[str, frozenset[str]], found: dict[str, frozenset[str]]) -> Iterator[str]:
    """Find pages and anchors that only one of two sites has.

    >>> list(differences({"a": frozenset("xy"), "b": frozenset()}, {"a": frozenset("yz")}))
    ['b is missing', 'a lacks #x', 'a has #z']
    """
    yield from (f"{name} is missing" for name in sorted(expected.keys() - found.keys()))
    yield from (f"{name} is too many" for name in sorted(found.keys() - expected.keys()))
    for name in sorted(expected.keys() & found.keys()):
        yield from (f"{name} lacks #{one}" for one in sorted(expected[name] - found[name]))
        yield from (f"{name} has #{one}" for one in sorted(found[name] - expected[name]))


def ignored(site: Path) -> Iterator[str]:
    """Find the plugins that have left nothing in a site."""
    for plugin, (name, piece) in TRACES.items():
        path = site / name
        if not path.is_file() or piece not in path.read_text(encoding="utf-8"):
            yield f"{plugin} left no {piece} in {name}"


if __name__ == "__main__":
    sys.exit(main())

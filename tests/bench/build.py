"""Building the whole site, compared with MkDocs alone building the same finished Markdown with the same theme.

The second has no macros to call: its pages are those that the macros have written.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plugins.bundle.assets import bundle
from plugins.bundle.paths import ROOT

from .measuring import alternate, milliseconds, rounds

ROUNDS = 3
BUILD = ["make", "--no-print-directory", "build"]
# Writes each page's Markdown, as the macros have made it, into the folder that FINISHED names.
WRITER = """
import os
from pathlib import Path

from plugins import define_env


def on_post_page_macros(env):
    place = Path(os.environ["FINISHED"]) / env.page.file.src_uri
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(env.markdown, encoding="utf-8")
"""
DELIMITERS = {
    "j2_block_start_string": "[[%",
    "j2_block_end_string": "%]]",
    "j2_comment_start_string": "[[#",
    "j2_comment_end_string": "#]]",
}


def measure() -> Iterator[str]:
    bundle()
    run(BUILD)  # what is compressed once is kept
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = finished_pages(folder)
        found = alternate(
            {
                "make build": lambda: milliseconds(lambda: run(BUILD)),
                "MkDocs alone": lambda: milliseconds(lambda: mkdocs(plain)),
            },
            rounds(ROUNDS),
        )
    for title, median in found.items():
        yield f"{title:14}{median / 1000:8.1f} s"
    yield f"{'ratio':14}{found['make build'] / found['MkDocs alone']:8.2f}"


def finished_pages(folder: Path) -> Path:
    """Write the pages as the macros make them, and a configuration of MkDocs that builds them; return the latter."""
    finished = folder / "docs"
    shutil.copytree(ROOT / "docs", finished, ignore=shutil.ignore_patterns("*.md"))
    (folder / "writer.py").write_text(WRITER)
    macros = {"macros": {"module_name": str(folder / "writer"), "on_undefined": "strict", **DELIMITERS}}
    mkdocs(configuration(folder, "written", ROOT / "docs", [macros]), FINISHED=str(finished))
    return configuration(folder, "plain", finished, ["search"])


def configuration(folder: Path, name: str, docs: Path, plugins: list[Any]) -> Path:
    """The site's configuration with other pages and plugins. It is written as JSON, which is YAML, too."""
    changed = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(docs),
        "site_dir": str(folder / name),
        "theme": {"custom_dir": str(ROOT / "overrides")},
        "plugins": plugins,
        "watch": [],
    }
    file = folder / f"{name}.yml"
    file.write_text(json.dumps(changed, indent=1))
    return file


def mkdocs(configuration: Path, **environment: str) -> None:
    run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(configuration)], environment)


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT), **(environment or {})}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")

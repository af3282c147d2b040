"""A site of two pages with a decoder, for tests and benchmarks of bundles that lack layers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from plugins.bundle.assets import bundle
from plugins.bundle.paths import ROOT

EXAMPLE = "SorskootLLM-70b-instruct"
PAGE = f'# Decode\n\n{{{{ decoder("{EXAMPLE}") }}}}\n'
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


def build(folder: Path, cache: Path, without: Collection[str]) -> Path:
    """Build the site in an empty folder, with a bundle without these layers. Return the folder of the finished site."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    bundle(docs / "assets", cache, without)
    for name in ("index.md", "decode.md"):
        (docs / name).write_text(PAGE, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    # mkdocs-macros looks for the module beside mkdocs.yml; what it gets is the real one.
    (folder / "plugins.py").write_text("from plugins import define_env\n", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if built.returncode:
        raise RuntimeError(f"The small site cannot be built:\n{built.stdout}{built.stderr}")
    return folder / "site"

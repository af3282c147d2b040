"""Keep the files of the release before: a page that a reader still has open, or that a browser kept, asks for them.

`make build` sets them aside from the site that it is about to replace, and adds them to the new one. Where a site is built
in a fresh checkout, PREVIOUS names a folder with the published site.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from ..catalog.sources import ROOT

STORE = ROOT / "build" / "previous-release"
_MANIFEST = "manifest.json"


def main(arguments: list[str] | None = None) -> int:
    """Set files aside or add them; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m plugins.publish.previous_release", description=__doc__)
    step = parser.add_mutually_exclusive_group(required=True)
    step.add_argument("--set-aside", metavar="SITE", type=Path, help="the finished site that is about to be replaced")
    step.add_argument("--add-to", metavar="SITE", type=Path, help="the new site")
    options = parser.parse_args(arguments)
    if options.set_aside:
        set_aside(options.set_aside / "assets", ROOT / "docs" / "assets", STORE)
    else:
        count = add(STORE, options.add_to / "assets")
        if count:
            print(f"{count} files of the release before are kept, for pages that are still open.")
    return 0


def set_aside(before: Path, now: Path, store: Path) -> None:
    """Copy the files of a release into the store, unless it is the one that is built now: then the store stays."""
    old, new = _manifest(before), _manifest(now)
    if not old or old["entry"] == (new or {}).get("entry"):
        return
    shutil.rmtree(store, ignore_errors=True)
    for name in [*_names(before, old), _MANIFEST]:
        (store / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(before / name, store / name)


def add(store: Path, assets: Path) -> int:
    """Add what is in the store to a site, and return how many files that were. The site's own files stay as they are."""
    old, new = _manifest(store), _manifest(assets)
    if not old or not new or old["entry"] == new["entry"]:
        return 0
    missing = [name for name in _names(store, old) if not (assets / name).exists()]
    for name in missing:
        (assets / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(store / name, assets / name)
    return len(missing)


def _manifest(assets: Path) -> dict[str, Any] | None:
    path = assets / _MANIFEST
    if not path.is_file():
        return None
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def _names(assets: Path, manifest: dict[str, Any]) -> list[str]:
    """Return the files that a manifest names and that are there, with their Brotli variants; all are below the folder."""
    names = [name for file in manifest["files"] for name in (file, f"{file}.br")]
    top = assets.resolve()
    return [name for name in names if (assets / name).is_file() and (assets / name).resolve().is_relative_to(top)]


if __name__ == "__main__":
    sys.exit(main())

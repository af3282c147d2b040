"""The first answer of a page in Chromium with all layers of the bundle, without each of them, and without any."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from plugins.bundle.layers import LAYERS
from plugins.bundle.paths import RUNTIME
from tests.small_site import build

from .line import BEST, UNTHROTTLED, Host
from .measuring import rounds
from .visits import NAME, PAGES, compare, megabytes

ROUNDS = 5
ALL, NONE, FLOOR = "all", "none", "floor"


def measure() -> Iterator[str]:
    variants = {ALL: set(), **{f"without {layer.name}": {layer.name} for layer in LAYERS}}
    variants[NONE] = {layer.name for layer in LAYERS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folders = {"/bench/": folder / "pages", "/runtime/": RUNTIME}
        shutil.copytree(PAGES, folders["/bench/"])
        addresses = {FLOOR: "/bench/floor.html"}
        for number, (title, without) in enumerate(variants.items()):
            site = build(folder / str(number), folder / "cache", without)
            folders[f"/{number}/"] = site
            addresses[title] = f"/{number}/decode/#q={quote(NAME, safe='')}"
        serving = Host(folders, UNTHROTTLED, BEST)
        try:
            found = compare(serving, addresses, rounds(ROUNDS))
        finally:
            serving.close()
    yield f"{UNTHROTTLED.name}; {BEST.name}; medians of {rounds(ROUNDS)}"
    yield f"{'':24}{'first answer':>13}{'extent':>18}{'/ floor':>9}{'MB':>7}"
    for title, (visits, *_) in found.items():
        ratio = visits.median / found[FLOOR][0].median
        yield f"{title:24}{visits.median:10.0f} ms{visits.extent:>18}{ratio:9.2f}{megabytes(visits.sent):7.2f}"

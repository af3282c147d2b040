"""Put the text that demonstrations of the guide count into a module, and the pairs of pieces that are learnt from it."""

from __future__ import annotations

import re

from nameplate.demos.pair_merges import MOST, learnt

from ..catalog.contents import Catalog
from ..catalog.sources import TEXTS
from .constants import Tables

_TITLE = re.compile(r"^CHAPTER .*$", re.MULTILINE)


def parts(catalog: Catalog) -> Tables:
    """Return the novel without the titles of its chapters, and the merges of byte-pair encoding: two pieces, and how often."""
    novel = _TITLE.sub("", (TEXTS / "moby-dick.txt").read_text(encoding="utf-8"))
    return {"MOBY_DICK": novel, "MERGES": tuple((*merge.pair, merge.times) for merge in learnt(novel, MOST))}

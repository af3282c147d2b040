"""What a browser keeps for a time without a network."""

from __future__ import annotations

import json
from pathlib import Path

from plugins.publish.offline import LIST, PAGE


def test_the_main_pages_and_all_that_they_load_are_listed(built_site: Path) -> None:
    listed = json.loads((built_site / LIST).read_text(encoding="utf-8"))
    assert {"", "decode/", "choose/", "glossary/", "guide/", "guide/suffixes/", "families/", PAGE} <= set(listed)
    assert [address for address in listed if address.startswith("families/") and address != "families/"] == []
    files = [
        built_site / address / ("index.html" if address.endswith("/") or not address else "") for address in listed
    ]
    assert [path for path in files if not path.is_file()] == []
    assert any(address.startswith("assets/stylesheets/main.") for address in listed)
    assert any(address.startswith("assets/javascripts/workers/search.") for address in listed)
    assert any(address.startswith("assets/web-") and address.endswith("/name-list.mjs") for address in listed)
    assert sum(path.stat().st_size for path in files) < 15e6, "a reader's browser isn't ours to fill"

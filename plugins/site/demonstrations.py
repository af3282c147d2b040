"""Render the demonstrations of the guide while the site is built; the reader's browser takes over from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nameplate.demos.registry import MODULES, demonstration

from .markup import escaped, one_block, way_up
from .page import PageAddress

NAMES = tuple(MODULES)


def written(name: str, here: PageAddress, number: int, built: Mapping[str, Any]) -> str:
    """Render a demonstration around the state that it begins with, as one block of HTML that makes sense without scripts.

    `number` counts the same demonstration on one page.
    """
    found = demonstration(name)
    up = way_up(here.url)
    vectors = " data-vectors" if found.has_vectors else ""
    lines = [
        '<div class="nameplate">',
        f'<nameplate-demo class="np-demo" name="{escaped(name)}"{vectors} data-search-exclude>',
        f'<p class="np-demo-title"><strong>{escaped(found.title)}</strong></p>',
        found.controls_html(number),
        '<noscript><p class="np-noscript">Changing this needs JavaScript. Below is how it begins.</p></noscript>',
        '<div class="np-status"><span class="np-status-text"></span></div>',
        f'<div class="np-result np-demo-result" data-nameplate="demo-result" data-state="example">{found.result()}</div>',
        '<details class="np-demo-simplified"><summary>What this leaves out</summary>'
        f"<p>{found.simplified}</p></details>",
        "</nameplate-demo>",
        f'<script type="module" src="{up}assets/{escaped(built["modules"]["demos.mjs"])}"></script>',
        "</div>",
    ]
    return one_block("\n".join(lines))

"""Render the decoder while the site is built; the reader's browser takes over from there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nameplate import decode
from nameplate.render import comparison_html as render_comparison
from nameplate.render.comparison import side_by_side
from nameplate.render.embed import SCRIPT, element, embed
from nameplate.render.html import html
from nameplate.render.labels import GROUPS, LABELS
from nameplate.render.later_notes import later_notes

from .markup import escaped, one_block, question, way_up
from .page import PageAddress

ELSEWHERE = "https://example.org/"


class AssetsMissingError(FileNotFoundError):
    """Say that what the browser loads hasn't been generated yet, and with which command to do that."""


def manifest(assets: Path) -> dict[str, Any]:
    """Return what `make assets` wrote for the browser to load."""
    path = assets / "manifest.json"
    try:
        loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AssetsMissingError(
            'docs/assets/manifest.json is missing: run "make assets" (make serve and make build do it by themselves).'
        ) from None
    return loaded


def decoded(name: str, here: PageAddress) -> str:
    """Render the reading of a name, as the live decoder shows it."""
    return f'<div class="nameplate np-static">{_reading(name, here, live=False)}</div>'


def embedded(name: str, here: PageAddress, site: str = "") -> str:
    """Render a name as other pages embed it: the element at work, and below it what they paste.

    `site` is the address of the site, with a slash at its end; without it, what they paste has one to replace.
    """
    reading, asked = decode(name), f"decode/{question(q=name)}"
    up = way_up(here.url)
    shown = f'<p>{element(reading, f"{up}{asked}")}</p><script async src="{escaped(up + SCRIPT)}"></script>'
    return f"{shown}\n\n```html\n{embed(reading, f'{site or ELSEWHERE}{asked}')}\n```"


def compared(names: Sequence[str], here: PageAddress) -> str:
    """Render names side by side, as the live decoder shows them."""
    up = way_up(here.url)
    written = render_comparison.html(
        side_by_side([decode(name) for name in names]), decode=f"{up}decode/", glossary=f"{up}glossary/"
    )
    return f'<div class="nameplate np-static">{one_block(written)}</div>'


def decoder(
    example: str, tries: Sequence[str], here: PageAddress, number: int, built: Mapping[str, Any], report: str
) -> str:
    """Render the decoder around the reading of an example as one block of HTML, which makes sense before any script runs.

    `report` is the address of a form for reports, with `{title}` and `{body}`; it is empty if reports have no form.
    """
    up = way_up(here.url)
    lines = [
        '<div class="nameplate">',
        f'<nameplate-decoder class="np-decoder" data-search-exclude data-glossary="{up}glossary/" '
        f'data-families="{up}families/" data-names="{up}api/v1/names.json" data-contributing="{up}contributing/#report-a-name" data-report="{escaped(report)}">',
        _modes(up),
        f'<form class="np-form" action="{up}decode/" method="dialog">',  # without scripts, it sends nothing
        f'<label class="np-label" for="np-name-{number}">Model name</label>',
        '<div class="np-field">',
        f'<input class="np-input" id="np-name-{number}" type="text" autocomplete="off" autocapitalize="none" '
        f'spellcheck="false" enterkeyhint="go" placeholder="{escaped(example)}" aria-describedby="np-hint-{number}">',
        '<button class="np-button np-go" type="submit">Explain</button>',
        "</div>",
        f'<p class="np-hint" id="np-hint-{number}">As you found it: a Hugging Face id, a file name, an Ollama tag, '
        "a cloud model id. Several lines become a table.</p>",
        _tries(tries, up),
        "</form>",
        f"<script>{built['first_paint']}</script>",
        '<noscript><p class="np-noscript">Reading other names needs JavaScript. Below is a worked example, and the '
        f'<a href="{up}glossary/">glossary</a> works without.</p></noscript>',
        '<div class="np-status"><span class="np-status-text">A worked example</span></div>',
        f'<div class="np-result" data-nameplate="decode-result" data-state="example" data-name="{escaped(example)}">'
        f"{_reading(example, here, later_notes(example, decode=f'{up}decode/'))}</div>",
        "</nameplate-decoder>",
        f'<script type="module" src="{up}assets/{escaped(built["entry"])}"></script>',
        "</div>",
    ]
    return "\n".join(line for line in lines if line)


def _modes(up: str) -> str:
    """Render links to other ways to look at names. They need scripts: without them a style sheet hides the links."""
    links = "".join(
        f'<a class="np-mode" data-mode="{mode}" href="{up}decode/{query}"{current}>{title}</a>'
        for mode, query, current, title in (
            ("one", "", ' aria-current="true"', "One name"),
            ("two", "#with=", "", "Two side by side"),
            ("many", "#view=list", "", "Many at once"),
        )
    )
    return f'<div class="np-modes" role="group" aria-label="How many names">{links}</div>'


def early_start(parameters: str, here: PageAddress, built: Mapping[str, Any]) -> str:
    """Return what a page's head begins with: it preloads the modules, and starts Python if the address asks for an answer.

    It comes before any style sheet: the page's own modules come only after the page and the theme's scripts. runtime.mjs
    takes over the worker, and the messages that have come from it. If the address asks nothing, or the bundle has no early
    start, the widget decides when to start Python.
    """
    assets = f"{way_up(here.url)}assets/"
    modules = (built["entry"], *built["preload"])
    preloads = "".join(f'<link rel="modulepreload" href="{escaped(assets + module)}">' for module in modules)
    if not built["early_start"]:
        return preloads
    arguments = (parameters, assets + built["modules"]["worker.mjs"], assets + built["roles"]["wasm"])
    call = f"nameplate.earlyStart({', '.join(map(json.dumps, arguments))})"
    return f"<script>{built['early_start']}{call}</script>{preloads}"


def inline_scripts(assets: Path) -> list[str]:
    """Return patterns of the scripts that macros write into pages."""
    built = manifest(assets)
    early, text = built["early_start"], r'"[^"<>]*"'
    call = [re.escape(early) + rf"nameplate\.earlyStart\({text}, {text}, {text}\)"] if early else []
    return [re.escape(built["first_paint"]), *call]


def legend() -> str:
    """Render what the colours of a reading mean: each group of keys, and what belongs to it."""
    rows = []
    for group, title in GROUPS.items():
        keys = list(dict.fromkeys(label.name for label in LABELS.values() if label.group == group))
        explanation = (
            ", ".join(keys).lower() if keys else "what the decoder doesn't understand: it says so instead of guessing"
        )
        rows.append(f'<div class="np-{escaped(group)}"><dt>{escaped(title)}</dt><dd>{escaped(explanation)}</dd></div>')
    return f'<div class="nameplate"><dl class="site-legend">{"".join(rows)}</dl></div>'


def _reading(name: str, here: PageAddress, notes: str | None = None, *, live: bool = True) -> str:
    up = way_up(here.url)
    written = html(
        decode(name),
        glossary=f"{up}glossary/",
        families=f"{up}families/",
        decode=f"{up}decode/",
        notes=notes,
        live=live,
    )
    return one_block(written)


def _tries(names: Sequence[str], up: str) -> str:
    links = " ".join(
        f'<a class="np-try" href="{up}decode/{escaped(question(q=name))}"><code>{escaped(name)}</code></a>'
        for name in names
    )
    return f'<p class="np-tries">Try {links}</p>' if links else ""

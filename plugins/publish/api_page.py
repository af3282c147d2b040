"""Write the tables of the page that documents what the site publishes for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..site.markup import escaped
from ..site.page import PageAddress
from ..site.table import frame, head, row, sortable
from .documents import FOLDER, SHAPES
from .reading_schema import decode_schema

# What each file holds. Schemas are listed beside what they describe.
FILES: Mapping[str, str] = {
    "glossary": "Every term: definition, text, spellings in names, examples, sources, and the pages that use it.",
    "families": "Every family: what a missing suffix means, what each suffix means, and the official variants.",
    "vocabulary": "The words, product lines and platforms that the decoder knows.",
    "names": "The names of all official variants, for completion.",
    "decode": "The decoder's answer, as `nameplate decode --json` gives it.",
    "compare": "The verdict on names side by side, as `nameplate compare --json` gives it.",
    "pick": "The picker's answer, as `nameplate pick --json` gives it.",
    "size": "The estimate of memory, as `nameplate size --json` gives it.",
    "fit": "What fits on a machine, as `nameplate fit --json` gives it.",
    "inspect": "What a model's files say beside their name, as `nameplate inspect --json` gives it.",
}


class NotPublishedError(FileNotFoundError):
    """Say that what the page lists hasn't been written yet, and with which command to do that."""


def published(docs: Path) -> str:
    """Return the table of the files. Raises NotPublishedError if `make assets` hasn't written them."""
    for file in _listed():
        if not (docs / FOLDER / file).exists():
            raise NotPublishedError(
                f'docs/{FOLDER}/{file} is missing: run "make assets" (make serve and make build do it by themselves).'
            )
    return files()


def files() -> str:
    """Return the files and their schemas as Markdown, so that the site's own check of links sees them."""
    lines = []
    for name, about in FILES.items():
        schema = f"{name}.schema.json"
        named = f"{_link(f'{name}.json')} ([schema]({FOLDER}/{schema}))" if name in SHAPES else _link(schema)
        lines.append(f"- {named}: {about[0].lower()}{about[1:]}")
    return "\n".join(lines)


def _listed() -> list[str]:
    return [f"{name}.json" for name in SHAPES] + [f"{name}.schema.json" for name in FILES]


def _link(file: str) -> str:
    return f"[`{file}`]({FOLDER}/{file})"


def answer_keys(here: PageAddress) -> str:
    """Return every key of the decoder's answer: its type and what it means."""
    columns = ["Key", "Type", "What it means"]
    keys = decode_schema()["properties"].items()
    rows = "".join(
        row(
            list(
                zip(
                    columns,
                    [f"<code>{escaped(name)}</code>", escaped(kind(about)), escaped(about.get("description", ""))],
                    strict=True,
                )
            )
        )
        for name, about in keys
    )
    table = f'<table class="site-table">{head(columns)}<tbody>{rows}</tbody></table>'
    return sortable(frame("Keys of a reading", table), here)


def kind(about: Mapping[str, Any]) -> str:
    """Return the type of a key in words. Null isn't mentioned, because nearly every key may be null.

    >>> kind({"type": ["number", "null"]}), kind({"type": "array", "items": {"type": "string"}})
    ('number', 'list of strings')
    >>> kind({"enum": [True, False, "hybrid", None]}), kind({"$ref": "#/$defs/Lineage"})
    ('true, false, "hybrid"', 'object')
    """
    if "enum" in about:
        return ", ".join(json.dumps(value) for value in about["enum"] if value is not None)
    if "anyOf" in about:
        return " or ".join(kind(one) for one in about["anyOf"] if one != {"type": "null"})
    found = about.get("type", "object")
    name = found if isinstance(found, str) else next(one for one in found if one != "null")
    if name != "array":
        return str(name)
    items = about.get("items")
    return f"list of {kind(items)}s" if items and "enum" not in items else f"list of {kind(items)}" if items else "list"

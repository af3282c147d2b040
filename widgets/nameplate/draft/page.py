"""Write a draft as a family page, or as the rows that an existing page needs."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Sequence

from ..decoder import decode
from .facts import Fact
from .hub import CONFIG, Answer

SCHEMA = "# yaml-language-server: $schema=../../schemas/family.schema.json"
WANTED = ("stage", "params_b", "context", "licence", "task", "modalities", "released", "architecture")
PLAIN = re.compile(r"[A-Za-z][\w./-]*\Z")  # what YAML reads as text without quotes
NOT_TEXT = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")


def family_page(answer: Answer, facts: Sequence[Fact], today: datetime.date) -> str:
    """Return a page with one variant. What nobody can take from the hub is left to the person who checks it."""
    reading = decode(answer.name, catalogue=False)
    title = " ".join(part for part in (reading.family, reading.generation) if part) or answer.name.rpartition("/")[2]
    generations = f"[{json.dumps(reading.generation)}]" if reading.generation else "[]"
    lines = [
        "---",
        SCHEMA,
        "# A draft. Check every value against its source, then take the comments out.",
        f"title: {scalar(title)}",
        f"line: {scalar(reading.family or title)}  # read in the name; a line of widgets/nameplate/data/lines/",
        f"generations: {generations}  # read in the name",
        *_sources(answer, facts, today),
        "# no_suffix: what a name without a stage word means in this family, with its source",
        "# suffixes: what each suffix of the official names means, with its source",
        "variants:",
        *_variant(answer, facts),
        "---",
        "A call of the macro `family_card`, two or three paragraphs on what is special about the names of this family, and a call of the macro `family`.",
    ]
    return "\n".join(lines) + "\n"


def variant_row(answer: Answer, facts: Sequence[Fact], today: datetime.date) -> str:
    """Return the sources and the variant, to be added to the page of the family."""
    lines = ["# A draft. Check every value against its source, then take the comments out."]
    lines += [*_sources(answer, facts, today), "variants:", *_variant(answer, facts)]
    return "\n".join(lines) + "\n"


def _sources(answer: Answer, facts: Sequence[Fact], today: datetime.date) -> Iterator[str]:
    """Write the sources that the facts need. `hub` is always there: it lists the model."""
    used = {fact.source for fact in facts}
    known = {
        "hub": (f"Repository {answer.name}", answer.address()),
        "card": (f"Model card of {answer.name}", answer.address("README.md")),
        "config": (f"Configuration of {answer.name}", answer.address(CONFIG)),
    }
    yield "sources:"
    for key, (title, url) in known.items():
        if key == "hub" or key in used:
            yield f"  {key}: {{title: {json.dumps(title)}, url: {json.dumps(url)}, checked: {today.isoformat()}}}"


def _variant(answer: Answer, facts: Sequence[Fact]) -> Iterator[str]:
    """Write the variant with a comment behind every value that says where it was found."""
    yield f"  - name: {scalar(answer.name)}"
    copied = any(fact.key == "original" for fact in facts)
    for fact in facts:
        yield f"    {fact.key}: {scalar(fact.value)}  # {fact.source}: {fact.place}"
    unknown = [key for key in WANTED if not any(fact.key == key for fact in facts)]
    if copied:
        yield "    # Everything else comes from the original, which has to be on the same page."
    elif unknown:
        yield f"    # Not found: {', '.join(unknown)}"
    if answer.created and not copied:
        yield f"    # The repository was made on {answer.created}, which may not be the day of release."
    yield "    source: hub"
    others = [key for key in ("card", "config") if any(fact.source == key for fact in facts)]
    if others:
        yield f"    config: [{', '.join(others)}]"


def scalar(value: object) -> str:
    """Return a value as YAML on one line.

    >>> scalar("Qwen/Qwen3-8B"), scalar("4"), scalar("no"), scalar(["text"]), scalar({"kind": "gqa", "layers": 36})
    ('Qwen/Qwen3-8B', '"4"', '"no"', '[text]', '{kind: gqa, layers: 36}')
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {scalar(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(scalar, value)) + "]"
    if isinstance(value, str):
        return value if PLAIN.match(value) and value.casefold() not in NOT_TEXT else json.dumps(value)
    return json.dumps(value)

"""Turn a report of a wrong reading into the draft of a vector: `python -m plugins.from_report [FILE]`.

Reads what the decoder's "Copy a report" gives, or the text of an issue made with the form for wrong readings, and prints what the
reader says about the name now, what has changed since, and a case for tests/vectors/. `--add words` appends the case to
tests/vectors/words.json. What the report asks for is in `expect` where it is written as `key: value`; the rest is what the
reader says now, to keep or to correct. A report is text from a stranger: nothing in it is run or followed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from nameplate import NameplateError, Reading, decode
from nameplate.render.report import report
from nameplate.render.text import printable, text

from .catalog.sources import ROOT

VECTORS = ROOT / "tests" / "vectors"
# The labels of .github/ISSUE_TEMPLATE/wrong-reading.yml.
NAME, MEANING, LINK, SAID = "Name", "What it really means", "A page that shows it", "What the decoder said"
EMPTY = {"", "_No response_"}
KEYS = {field.name for field in fields(Reading)} - {"name", "tokens", "sources"}
# What a case is rarely about: it follows from the name as a whole.
INCIDENTAL = {"kind", "platform", "host", "repo", "publisher", "file", "url", "purl", "roles"}

_QUOTED = re.compile(r"(`+) ?(.*?) ?\1")
_ASKED = re.compile(r"^[-*]?\s*`?(\w+)`?\s*[:=]\s*(.+?)\s*$", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")


@dataclass(frozen=True)
class Told:
    """What a report says: the name, what it really means, a page that shows it, and what the reader said then."""

    name: str
    meaning: str = ""
    link: str = ""
    said: str = ""


class ReportError(ValueError):
    """Say why a text isn't a report."""


def main(arguments: list[str] | None = None) -> int:
    """Print the draft, and add it to a file if that is asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m plugins.from_report", description="Draft a vector from a report.")
    parser.add_argument("file", nargs="?", type=Path, help="the report; without one, the standard input")
    parser.add_argument("--add", metavar="VECTORS", help="append the case to a file of tests/vectors/, such as words")
    options = parser.parse_args(arguments)
    written = options.file.read_text(encoding="utf-8") if options.file else sys.stdin.read()
    try:
        told = read(written)
        reading = decode(told.name)
        case = draft(told, reading)
        if options.add:
            add(case, VECTORS / f"{options.add.removesuffix('.json')}.json")
    except (NameplateError, ReportError) as error:
        print(error, file=sys.stderr)
        return 1
    print(text(reading), _since(told, reading), "A case for tests/vectors/:", sep="\n\n", end="\n\n")
    print(json.dumps(case, indent=2))  # escaped, so that no character of a stranger's controls the terminal
    return 0


def read(written: str) -> Told:
    """Find the parts of a report.

    >>> read("Name: `a-7b`\\n\\nWhat it really means: (please fill in, ideally with a link)\\n")
    Told(name='a-7b', meaning='', link='', said='Name: `a-7b`\\n\\nWhat it really means: (please fill in, ideally with a link)')
    """
    written = written.replace("\r\n", "\n").strip()
    filled = _form(written)
    said = filled.get(SAID, "" if filled else written)
    name = filled.get(NAME) or _line(said, "Name")
    if match := _QUOTED.fullmatch(name):
        name = match[2]
    if not name:
        raise ReportError('This isn\'t a report: it has no line "Name: ...", and no part "### Name".')
    meaning = filled.get(MEANING) or _line(said, MEANING) or _line(said, "What is wrong, and what it really means")
    link = filled.get(LINK, "")
    if not link and (match := _ADDRESS.search(meaning)):
        link = match[0].rstrip(".,;:")
    return Told(name, meaning, link, said)


def draft(told: Told, reading: Reading) -> dict[str, Any]:
    """Return the case that the report asks for."""
    now = reading.to_dict()
    asked = {key: _value(value) for key, value in _ASKED.findall(_ADDRESS.sub("", told.meaning)) if key in KEYS}
    kept = {
        key: value
        for key, value in now.items()
        if key in KEYS - INCIDENTAL - asked.keys() and reading.sources.get(key) == "name"
    }
    expect = {key: value for key, value in {**kept, **asked}.items() if key in KEYS}
    if reading.unknown and "unknown" not in expect:
        expect["unknown"] = []  # what the report explains is to be explained
    why = " ".join(_ASKED.sub("", _ADDRESS.sub("", told.meaning)).split()) or "say what the decoder got wrong"
    case = {"name": told.name, "why": why[:200]}
    if told.link:
        case["source"] = told.link
    return {**case, "expect": expect}


def add(case: dict[str, Any], path: Path) -> None:
    """Append a case to a file of vectors."""
    try:
        vectors = json.loads(path.read_text(encoding="utf-8"))
        cases = vectors["cases"]
    except (OSError, KeyError):
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.json") if '"cases"' in file.read_text()))
        raise ReportError(f"{path.stem} isn't a file of vectors. There are {known}.") from None
    if any(other["name"] == case["name"] for other in cases):
        raise ReportError(f"{path.name} has a case for {printable(case['name'])} already.")
    cases.append(case)
    path.write_text(json.dumps(vectors, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _since(told: Told, reading: Reading) -> str:
    """Say what the reader says otherwise than when the report was written."""
    then, now = _parts(told.said), _parts(report(reading).body)
    if not then:
        return "The report doesn't say what was read."
    gone = [f"- {printable(line)}" for line in then if line not in now]
    new = [f"+ {printable(line)}" for line in now if line not in then]
    return "\n".join(["Read otherwise since the report:", *gone, *new]) if gone or new else "Read as in the report."


def _parts(said: str) -> list[str]:
    """Return the lines on the parts of the name, those on files to add left out."""
    return [line[2:] for line in said.partition("To add it yourself:")[0].splitlines() if line.startswith("- `")]


def _form(written: str) -> dict[str, str]:
    """Return what was filled in, by the labels of the form."""
    parts = re.split(r"^### (.+)$", written, flags=re.MULTILINE)[1:]
    found = {label.strip(): value.strip() for label, value in zip(parts[::2], parts[1::2], strict=True)}
    return {label: value for label, value in found.items() if value not in EMPTY}


def _line(said: str, label: str) -> str:
    """Return what follows a label, up to an empty line; nothing if it was never filled in."""
    match = re.search(rf"^{re.escape(label)}: *((?:.+\n?)+)", said, re.MULTILINE)
    found = match[1].strip() if match else ""
    return "" if found.startswith("(please fill in") else found


def _value(written: str) -> Any:
    """Read a value as JSON, or else as the text that it is.

    >>> _value("8"), _value('["vision"]'), _value("`reasoning`")
    (8, ['vision'], 'reasoning')
    """
    written = written.strip("`")
    try:
        return json.loads(written)
    except json.JSONDecodeError:
        return written


if __name__ == "__main__":
    sys.exit(main())

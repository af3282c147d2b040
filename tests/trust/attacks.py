"""Read the attacks in attacks/*.yml, and carry them out on a small checkout.

A row is one hostile contribution, and what the check has to say about it:

- `page` is the text of a page below its heading, `term` that of a glossary entry, `front` the front matter of a page; `file`
  is the path of any other file. `text` is what it holds, `bytes` the same in hexadecimal, `link` where it leads if it is a
  symbolic link. `set` replaces keys of the file at `file`, written as YAML.
- `repeat` is a text and how often it stands in the place of `@@`.
- `line` is the line that has to be named (3 for pages), `says` a part of the message. `anywhere` leaves the line open, where
  Markdown doesn't keep it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from plugins.catalog import sources
from plugins.catalog.faults import Fault
from plugins.catalog.loader import CatalogError, read
from plugins.catalog.requests import check_requests
from plugins.site.checkout import Site
from plugins.site.macro_names import NAMES
from plugins.trust import contributed

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).with_name("attacks")
DATA = "widgets/nameplate/data"
SOURCE = '{title: A paper, url: "https://example.org/paper", checked: 2026-11-23}'
# A checkout in which everything is right, file by file.
CHECKOUT = {
    "docs/index.md": "# Home\n",
    "docs/families/otter-2.md": (
        "---\ntitle: Otter 2\ndescription: All about it.\nline: Otter\ngenerations: ['2']\nsources:\n"
        f"  card: {SOURCE}\nsizes:\n  8B: {{params_b: 8.2}}\nvariants:\n"
        "  - {name: example/Otter-2-8B, size: 8B, stage: base, source: card}\n---\n\n# Otter 2\n"
    ),
    f"{DATA}/terms/basics/x.md": f"---\nterm: x\ndefinition: What x is.\nsources:\n  - {SOURCE}\n---\nText.\n",
    f"{DATA}/lines/example.yml": "- line: Otter\n  words: [otter]\n  maker: Example\n",
    f"{DATA}/platforms.yml": "- platform: huggingface\n  name: Hugging Face\n",
    f"{DATA}/licences.yml": (
        "- licence: mit\n  name: MIT\n  commercial: allowed\n  description: Any use.\n"
        "  source: https://example.org/mit\n  checked: 2026-11-23\n"
    ),
}


@dataclass(frozen=True)
class Attack:
    """One hostile contribution: where it is, what it holds, and what has to be said about it."""

    channel: str
    number: int
    row: dict[str, Any]

    @property
    def name(self) -> str:
        """A short name for lists: the file of the table, and what is in the row."""
        what = next(
            str(self.row[key]) for key in ("front", "page", "term", "link", "text", "set", "file") if key in self.row
        )
        return f"{self.channel}-{self.number}-{re.sub(r'[^!-~]+', ' ', what)[:40]}"

    @property
    def path(self) -> str:
        """The file that the attack writes, as a path in the checkout."""
        if "page" in self.row or "front" in self.row:
            return str(self.row.get("file", "docs/page.md"))
        return str(self.row.get("file", f"{DATA}/terms/basics/x.md"))

    @property
    def line(self) -> int | None:
        """The line that has to be named, or None if any will do."""
        if self.row.get("anywhere"):
            return None
        return int(self.row.get("line", 3 if "page" in self.row else 7 if "term" in self.row else 1))

    @property
    def content(self) -> bytes:
        """What the file holds."""
        row = self.row
        if "bytes" in row:
            return bytes.fromhex(row["bytes"])
        if "page" in row:
            text = f"# Title\n\n{row['page']}\n"
        elif "front" in row:
            text = f"---\n{row['front']}\n---\n\n# Title\n"
        elif "term" in row:
            text = CHECKOUT[self.path].replace("Text.", row["term"])
        elif "set" in row:
            text = with_keys(CHECKOUT[self.path], row["set"])
        else:
            text = row.get("text", "text\n")
        if "repeat" in row:
            piece, times = row["repeat"]
            text = text.replace("@@", piece * times)
        return text.encode()


def with_keys(text: str, keys: dict[str, str]) -> str:
    """Return a file with some of its keys at the top, or in its one row, set to other YAML."""
    below = r"(?:\n  .*)*" if text.startswith("---\n") else ""
    for key, value in keys.items():
        pattern = re.compile(rf"^([ -] |){key}:.*{below}", re.MULTILINE)
        if pattern.search(text):
            text = pattern.sub(lambda found, new=f"{key}: {value}": f"{found[1]}{new}", text, count=1)  # type: ignore[misc]
        elif text.startswith("---\n"):
            text = text.replace("\n---\n", f"\n{key}: {value}\n---\n", 1)
        else:
            text += f"  {key}: {value}\n"
    return text


@functools.cache
def attacks() -> list[Attack]:
    """Every attack of the tables."""
    return [attack for path in sorted(FOLDER.glob("*.yml")) for attack in _table(path)]


@functools.cache
def legitimate() -> list[Attack]:
    """What pages need, in the form of attacks."""
    return _table(FOLDER.with_name("legitimate.yml"))


def _table(path: Path) -> list[Attack]:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Attack(path.stem, number, row) for number, row in enumerate(rows, start=1)]


@functools.cache
def _configuration() -> dict[str, Any]:
    return Site(ROOT).configuration


def carry_out(attack: Attack, root: Path) -> list[Fault]:
    """Write the attack into a checkout in an empty folder, and return what the checks say."""
    for name, text in CHECKOUT.items():
        _write(root / name, text.encode())
    path = root / attack.path
    if "link" in attack.row:
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(attack.row["link"])
    else:
        _write(path, attack.content)
    return said(root)


def said(root: Path) -> list[Fault]:
    """Everything that the checks of a checkout say: those of what is rendered, and those of the data."""
    site = Site(root)
    site.__dict__["configuration"] = _configuration()
    return [*contributed.check(site, NAMES), *_of_data(root)]


def _of_data(root: Path) -> Iterator[Fault]:
    def there(path: Path) -> Path:
        return root / path.relative_to(sources.ROOT)

    def known(table: Path) -> Path | None:
        return there(table) if there(table).exists() or there(table).is_symlink() else None

    try:
        read(
            there(sources.TERMS),
            there(sources.LINES),
            there(sources.PLATFORMS),
            there(sources.LICENCES),
            sorted(there(sources.FAMILIES).glob("*.md")),
            known(sources.ARCHITECTURES),
            {name: there(path) for name, path in sources.PICKING.items() if known(path)},
            {name: there(path) for name, path in sources.PASTES.items()} if known(sources.PASTES["prose"]) else None,
            known(sources.FILE_SIZES),
            known(sources.LIBRARY),
        )
    except CatalogError as error:
        yield from error.faults
    requests = there(sources.REQUESTS)
    if requests.exists():
        yield from check_requests(["chat"], requests, there(sources.DIVIDERS))


def refused(attack: Attack, faults: list[Fault], root: Path) -> bool:
    """Whether one of the faults names the file and the line of the attack, and says what it has to."""
    return any(
        fault.path == root / attack.path
        and attack.line in (None, fault.line)
        and attack.row.get("says", "") in fault.message
        for fault in faults
    )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)

"""Say in each published JSON file where it is and what it was made from, once the site is finished.

The address is the site's own, if it knows one. The commit and its day come from git; without it, the day comes from
SOURCE_DATE_EPOCH. The same commit gives the same bytes, and files that differ from the commit have none.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from .documents import FOLDER
from .opensearch import address_of


class Origin(NamedTuple):
    """The commit and its day; None if they aren't known."""

    commit: str | None
    date: str | None


def finish(site: Path, origin: Origin) -> int:
    """Fill in every JSON file of a finished site; return how many there are."""
    address = address_of(site)
    files = sorted((site / FOLDER).glob("*.json"))
    for path in files:
        document = json.loads(path.read_text(encoding="utf-8"))
        if address:
            document["$id"] = f"{address}{FOLDER}/{path.name}"
        if path.name.endswith(".schema.json"):
            document["$comment"] = _comment(document["$comment"].partition(". ")[0], origin)
        else:
            document |= {"site": address or None, "date": origin.date, "commit": origin.commit}
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(files)


def _comment(terms: str, origin: Origin) -> str:
    """Return what a schema says of itself.

    >>> _comment("CC BY 4.0", Origin("0a1b", "2026-11-30")), _comment("CC BY 4.0", Origin(None, None))
    ('CC BY 4.0. Of 2026-11-30, commit 0a1b', 'CC BY 4.0')
    """
    made = ", ".join([f"Of {origin.date}"] * bool(origin.date) + [f"commit {origin.commit}"] * bool(origin.commit))
    return ". ".join(filter(None, (terms, made)))


def origin_of(root: Path) -> Origin:
    """Return the commit of a checkout, if its files are those of the commit, and its day."""
    commit = _git(root, "rev-parse", "HEAD")
    seconds = _git(root, "log", "-1", "--format=%ct") or os.environ.get("SOURCE_DATE_EPOCH", "")
    date = (
        datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date().isoformat() if seconds.isdecimal() else None
    )
    return Origin(commit if commit and not _git(root, "status", "--porcelain", "--untracked-files=no") else None, date)


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""

"""Know where the data files are, and compute a mark that changes when one of them does. Needs the standard library only."""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "widgets" / "nameplate" / "data"
TERMS = DATA / "terms"
LINES = DATA / "lines"
PLATFORMS = DATA / "platforms.yml"
PASTES = {name: DATA / f"{name}.yml" for name in ("commands", "folders", "prose", "repository_files")}
DIFFERENCES = DATA / "differences.yml"
LICENCES = DATA / "licences.yml"
ARCHITECTURES = DATA / "architectures.yml"
FILE_SIZES = DATA / "file_sizes.yml"
LIBRARY = DATA / "ollama.yml"
MACHINES = {
    "series": DATA / "machines",
    "generations": DATA / "generations.yml",
    "words": DATA / "machine_words.yml",
}
PICKING = {
    **{name: DATA / f"{name}.yml" for name in ("tasks", "wording", "rules", "runtimes", "skills", "tiers")},
    "capabilities": DATA / "capabilities",
}
FAMILIES = ROOT / "docs" / "families"
REQUESTS = DATA / "requests"
TEXTS = DATA / "texts"  # that demonstrations of the guide count
VECTORS = DATA / "vectors"  # that they calculate with
DIVIDERS = DATA / "clauses.yml"
# What the weights are made from beside the requests.
LEARNT_WITH = (
    *(
        f"plugins/compiler/requests/{name}.py"
        for name in ("build", "context", "matrix", "meanings", "models", "packing", "training")
    ),
    *(f"widgets/nameplate/picker/understanding/{name}.py" for name in ("classifier", "context", "features", "lanes")),
    "plugins/catalog/request_models.py",
)
COMPILER = (
    "compiler/compile.py",
    "compiler/differences.py",
    "compiler/identities.py",
    "compiler/library.py",
    "compiler/machines.py",
    "compiler/memory.py",
    "compiler/pastes.py",
    "compiler/picking.py",
    "compiler/sample_text.py",
    "compiler/vectors.py",
    "compiler/wordlist.py",
    "catalog/comparison_models.py",
    "catalog/inheritance.py",
    "catalog/machine_models.py",
    "catalog/models.py",
    "catalog/paste_models.py",
    "catalog/picker_models.py",
    "catalog/sentences.py",
    "catalog/text_types.py",
)

READING = ("address", "lattice", "notation", "resolve", "vocabulary")  # what reads the catalogue's own names


def term_pages() -> list[Path]:
    """Return the files of the glossary's entries, sorted."""
    return sorted(TERMS.glob("*/*.md"))


def table_files(table: Path) -> list[Path]:
    """Return the files of a table, sorted: the table itself, or those in it if it is a folder."""
    return sorted(table.glob("*.yml")) if table.is_dir() else [table]


def family_pages() -> list[Path]:
    """Return the pages of the families, sorted."""
    return sorted(path for path in FAMILIES.glob("*.md") if path.name != "index.md")


def fingerprint() -> str:
    """Return a digest of the paths, sizes and times of all data files and of what compiles them.

    The decoder is part of that: it reads the names of the catalogue, so that an id of a host finds its model.
    """
    digest = hashlib.sha256()
    compiler = [*(ROOT / "plugins" / name for name in COMPILER), DATA.parent / "demos" / "pair_merges.py"]
    for folder in READING:
        compiler += sorted((DATA.parent / folder).glob("*.py"))
    tables = (
        LINES,
        PLATFORMS,
        LICENCES,
        ARCHITECTURES,
        FILE_SIZES,
        LIBRARY,
        DIFFERENCES,
        *PICKING.values(),
        *PASTES.values(),
        *MACHINES.values(),
    )
    rows = [path for table in tables for path in table_files(table)]
    of_demonstrations = [path for folder in (TEXTS, VECTORS) for path in sorted(folder.glob("*.txt"))]
    for path in (*term_pages(), *rows, *family_pages(), *of_demonstrations, *compiler):
        if path.exists():
            stat = path.stat()
            digest.update(f"{path.relative_to(ROOT)}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def fingerprint_of_requests() -> str:
    """Return a digest of all that the picker's weights are made from, by content: a new checkout is no change."""
    digest = hashlib.sha256()
    for path in (*sorted(REQUESTS.glob("*.yml")), DIVIDERS, *(ROOT / name for name in LEARNT_WITH)):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()

"""Write what the site publishes for programs, below docs/ and ignored by git: `python -m plugins.publish`.

api/v1/ holds the JSON and its schemas (documents.py), api/previews/ a picture of each page (previews.py), llms.txt lists the
pages, and each page has a Markdown copy (markdown_copies.py). The command works on the sources and doesn't depend on the
engine that builds the site; the same sources give the same bytes. `python -m plugins.publish --finish site` gives the copies in
a finished site names that end in .md, every page its content security policy (page_policy.py), the JSON its address and origin
(stamp.py), and browsers a list of what to keep (offline.py). Before that, what the site holds of others has to be listed
(notices.py).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from ..catalog.contents import Catalog
from ..catalog.loader import CatalogError
from ..catalog.sources import ROOT
from ..site.checkout import Page, Site
from ..site.macro_names import NAMES
from ..site.markup import natural_order
from ..site.page import PageError
from ..site.usage import by_term, description_of, title_of
from ..trust.contributed import RefusedError, refuse
from . import badges, markdown_copies, notices, offline, opensearch, page_policy, previews, reference, stamp
from .documents import ATTRIBUTION, FOLDER, LICENCE_NAME, LICENCE_URL, documents

LLMS = "llms.txt"
MARK = ROOT / "build" / "publish" / "made-from"
# Everything that what is published depends on.
MADE_FROM = ("docs/**/*.md", "widgets/nameplate/**/*", "plugins/**/*.py", "mkdocs.yml")


def main(arguments: list[str] | None = None) -> int:
    """Write what programs read, or finish a built site; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m plugins.publish", description="Write what programs read.")
    parser.add_argument(
        "--finish", metavar="SITE", type=Path, help="add the .md names and the pages' policy to a finished site"
    )
    options = parser.parse_args(arguments)
    if options.finish:
        try:
            notices.finish(options.finish)
            pages = page_policy.finish(options.finish)
        except (notices.NoticeError, page_policy.PolicyError) as error:
            print(error, file=sys.stderr)
            return 1
        opensearch.finish(options.finish)
        stamp.finish(options.finish, stamp.origin_of(ROOT))
        files, size = offline.finish(options.finish)
        print(f"{files} files, {size / 1e6:.1f} MB before compression, are kept for a time without a network.")
        print(
            f"{finish(options.finish)} pages have a Markdown copy in {options.finish}, {pages} a content security policy."
        )
        return 0
    started = time.monotonic()
    reference.link_sources(ROOT / "widgets" / "nameplate")
    try:
        count = publish(ROOT, MARK)
    except (CatalogError, PageError, RefusedError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    if count:
        print(
            f"docs/{FOLDER}, docs/{LLMS} and the Markdown copies of the pages are ready: {count} files ({time.monotonic() - started:.1f} s)."
        )
    return 0


def publish(root: Path, mark: Path) -> int:
    """Write everything below root/docs, unless it is there and its sources haven't changed. Return the number of files."""
    made_from = _digest(root)
    if mark.exists():
        digest, *names = mark.read_text(encoding="utf-8").splitlines()
        if digest == made_from and all((root / "docs" / name).exists() for name in names):
            return 0
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    site = Site(root)
    refuse(site, NAMES)
    files = published_files(site, site.catalog())
    replace(site.docs, files)
    pictures = previews.write(site.docs, str(site.configuration["site_name"]), site.pages, site.catalog())
    mark.write_text("\n".join([made_from, *files, *pictures]), encoding="utf-8")
    return len(files) + len(pictures)


def published_files(site: Site, catalog: Catalog) -> dict[str, str]:
    """Return everything that is published, by its path below docs/."""
    uses = by_term(site.docs, catalog.terms)
    files = {f"{FOLDER}/{name}": _written(document) for name, document in documents(catalog, uses).items()}
    files |= {f"{FOLDER}/{name}": badge for name, badge in badges.badges(catalog.families).items()}
    pages = markdown_copies.MarkdownCopies(site.configuration, str(site.docs))
    for page in site.pages:
        files[markdown_copies.address(page.source)] = pages.of(page.source, page.text)
    files[LLMS] = llms(str(site.configuration["site_name"]), str(site.configuration["site_description"]), site.pages)
    return files


def llms(name: str, description: str, pages: Iterable[Page]) -> str:
    """Return the list of pages for programs that read text. Addresses are relative, so that it works under any path."""
    pages = list(pages)
    families = [page for page in pages if page.source.startswith("families/") and page.source != "families/index.md"]
    others = [page for page in pages if page not in families]
    families.sort(key=lambda page: natural_order(title_of(page.text, page.source)))
    others.sort(key=lambda page: (page.source != "index.md", page.source))
    return "\n".join(
        [
            f"# {name}",
            "",
            f"> {description}",
            "",
            f"Each page has a copy in Markdown: add {markdown_copies.NAME} to its address. Facts name their source and the day they were checked.",
            "",
            f"Licence of pages and data: {LICENCE_NAME}, {LICENCE_URL}. Credit: {ATTRIBUTION}.",
            "",
            "## Pages",
            "",
            *map(_listed, others),
            "",
            "## Data",
            "",
            *(f"- [{title}]({FOLDER}/{file}): {about}" for file, title, about in DATA),
            f"- Badges: {FOLDER}/{badges.NAME.format('qwen3')} and the like, one picture for each family by its address",
            "",
            "## Families",
            "",
            *map(_listed, families),
            "",
        ]
    )


DATA = (
    ("glossary.json", "Glossary", "every term with definition, text, spellings in names and sources"),
    ("families.json", "Families", "rules for names and official variants, each with its source"),
    ("vocabulary.json", "Vocabulary", "words, product lines and platforms that the decoder knows"),
    ("names.json", "Names", "the names of all official variants"),
    ("decode.schema.json", "Schema of a reading", "what the decoder answers, key by key"),
    ("compare.schema.json", "Schema of a comparison", "whether names mean the same model, and what decides that"),
    ("pick.schema.json", "Schema of a choice", "what the picker answers"),
    ("size.schema.json", "Schema of an estimate", "what a model needs of memory"),
    ("fit.schema.json", "Schema of a fit", "which quantizations of a model fit on a machine"),
    ("inspect.schema.json", "Schema of an inspection", "what a model's files say beside what their name says"),
)


def finish(site: Path) -> int:
    """Give each Markdown copy in a finished site a second name that ends in .md; return how many there are."""
    found = sorted(site.rglob(markdown_copies.NAME))
    for path in found:
        path.with_name(markdown_copies.NAME.removesuffix(".txt")).write_bytes(path.read_bytes())
    return len(found)


def replace(docs: Path, files: dict[str, str]) -> None:
    """Write exactly the published files that `files` holds. A file that hasn't changed isn't touched."""
    for name, text in files.items():
        path = docs / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    kept = {docs / name for name in files}
    for path in [*docs.rglob(markdown_copies.NAME), *docs.glob("api/**/*.json"), *docs.glob("api/**/*.svg")]:
        if path not in kept:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def _listed(page: Page) -> str:
    about = description_of(page.text)
    return (
        f"- [{title_of(page.text, page.source)}]({markdown_copies.address(page.source)}){f': {about}' if about else ''}"
    )


def _written(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _digest(root: Path) -> str:
    digest = hashlib.sha256(str(root).encode())
    for pattern in MADE_FROM:
        for path in sorted(root.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("_compiled"):
                digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    digest.update((root / "docs" / "assets" / "manifest.json").read_bytes())
    return digest.hexdigest()

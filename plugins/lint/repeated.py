"""Check that every entry has its own words: no sentence is used twice, no definition repeats another's."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..catalog.faults import Fault
from ..catalog.front_matter import FrontMatterError, read_page
from ..catalog.loader import CatalogError
from ..site.checkout import Page, Site

SHORTEST = 4  # words; shorter sentences are common phrases
ALIKE = 0.75  # the share of the words of two definitions that both have
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_SENTENCE = re.compile(r"[^.!?\s][^.!?]*(?:[.!?](?!\s|$)[^.!?]*)*[.!?](?=\s|$)")


@dataclass(frozen=True)
class Sentence:
    page: Page
    line: int
    text: str

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(re.findall(r"\w+", self.text.casefold()))


def check(site: Site) -> Iterator[Fault]:
    """Find sentences of glossary entries and family pages that another one has too, and definitions that are alike."""
    pages = [*site.terms, *(page for page in site.pages if _of_family(page))]
    seen: dict[tuple[str, ...], Sentence] = {}
    for sentence in (found for page in pages for found in _sentences(page)):
        if len(sentence.words) >= SHORTEST:
            first = seen.setdefault(sentence.words, sentence)
            if first is not sentence:
                place = f"{first.page.source}:{first.line}"
                message = (
                    f'the sentence "{_short(sentence.text)}" is also in {place}. Write it differently for this entry'
                )
                yield sentence.page.fault(sentence.line, "text", message)
    yield from _alike(site)


def _alike(site: Site) -> Iterator[Fault]:
    try:
        terms = site.catalog().terms
    except CatalogError:
        return
    pages = {page.path.stem: page for page in site.terms}
    words = {slug: set(re.findall(r"\w+", term.definition.casefold())) for slug, term in terms.items() if slug in pages}
    for (one, mine), (other, others) in itertools.combinations(sorted(words.items()), 2):
        # Sets of very different sizes can't be alike, and most are very different.
        if min(len(mine), len(others)) < ALIKE * max(len(mine), len(others)):
            continue
        if len(mine & others) >= ALIKE * len(mine | others):
            message = f'the definition is nearly that of "{one}". Say what sets this term apart from its neighbour'
            yield pages[other].fault(1, "definition", message)


def _of_family(page: Page) -> bool:
    return page.source.startswith("families/") and page.source != "families/index.md"


def _sentences(page: Page) -> Iterator[Sentence]:
    body = _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), page.body)
    for match in _SENTENCE.finditer(_joined(body)):
        line = page.body_line(body.count("\n", 0, match.start()) + 1)
        yield Sentence(page, line, " ".join(match[0].split()))
    yield from _definition(page)


def _joined(body: str) -> str:
    """Return the body with line ends inside paragraphs as spaces; its length and so the positions stay the same."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", body)


def _definition(page: Page) -> Iterator[Sentence]:
    try:
        document = read_page(page.path)
    except FrontMatterError:
        return
    if isinstance(document.data, dict) and isinstance(document.data.get("definition"), str):
        yield Sentence(page, document.line(("definition",)), document.data["definition"].strip())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."

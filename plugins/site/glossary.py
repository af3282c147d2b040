"""Write the glossary as Markdown, with a heading per entry, so that links, the search and other engines find each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from ..catalog.cross_checks import GROUPS
from ..catalog.models import Term
from ..catalog.sentences import unmarked
from .markup import address, code, decode_link, escaped, literal, prose, question, way_to, way_up
from .page import PageAddress
from .real_names import Example, Shown
from .usage import GLOSSARY, GLOSSARY_URL, Use

SUBJECTS: Mapping[str, str] = {
    "basics": "What a language model is",
    "prediction": "How it picks the next word",
    "training": "How it is trained",
    "variants": "Variants and what they are for",
    "naming": "The name and its parts",
    "quantization": "Quantization and number formats",
    "files": "Files, programs and hardware",
    "using": "Working with a model",
    "choosing": "Choosing, licences and safety",
}
ENTRIES_A_SIZE, MOST_SIZES = 4, 16  # of the classes site-room-1 and so on in nameplate.css
DIGITS = "0–9"


def link(term: Term, source: str, text: str | None = None) -> str:
    """Return a link from the page at `source` to a term, with its definition as the tooltip."""
    target = ("" if source == GLOSSARY else way_to(source, GLOSSARY)) + f"#{term.slug}"
    return f'[{literal(text or term.term)}]({target} "{literal(unmarked(term.definition))}"){{: .site-term }}'


def link_address(term: Term, here: PageAddress) -> str:
    """Return the address of a term's entry as raw HTML on a page needs it."""
    return f"{way_up(here.url)}glossary/#{term.slug}"


def page(
    terms: Mapping[str, Term],
    uses: Mapping[str, Sequence[Use]],
    here: PageAddress,
    names: Mapping[str, Shown] = MappingProxyType({}),
) -> str:
    """Return every term in alphabetical order, below the ways to find one: a letter, a subject, a filter.

    `names` are real names that show a term, or its word in another meaning.
    """
    ordered = sorted(terms.values(), key=_order)
    letters = [(letter, list(entries)) for letter, entries in groupby(ordered, key=letter_of)]
    anchors = alias_anchors(ordered)
    parts = [_finder(here), _letter_index([letter for letter, _ in letters]), _subject_index(ordered)]
    for letter, entries in letters:
        parts.append(f"## {letter} {{: #{_letter_anchor(letter)} .site-letter }}")
        parts.append(f'<section class="site-room site-room-{_size(len(entries))}" markdown="1">')
        parts.extend(
            entry(term, terms, uses.get(term.slug, ()), anchors, names.get(term.slug, Shown())) for term in entries
        )
        parts.append("</section>")
    return "\n\n".join(parts)


def _size(entries: int) -> int:
    """Return what a letter's class says of its length, so that the page is about as long before it is laid out.

    >>> _size(1), _size(4), _size(5), _size(500)
    (1, 1, 2, 16)
    """
    return min(MOST_SIZES, -(-entries // ENTRIES_A_SIZE))


def entry(
    term: Term,
    terms: Mapping[str, Term],
    uses: Sequence[Use],
    anchors: Mapping[str, str],
    names: Shown = Shown(),  # noqa: B008 -- frozen
) -> str:
    """Return one entry: name, other names, definition, text, and how it is used in names."""
    parts = [f"### {literal(term.term)} {{: #{term.slug} .site-entry }}"]
    if term.aliases:
        parts.append(f"Also: {', '.join(_alias(alias, anchors) for alias in term.aliases)}\n{{: .site-also }}")
    parts.append(f"{prose(term.definition)}\n{{: .site-definition }}")
    parts.append(term.text.strip())
    facts = [fact for fact in _facts(term, terms, uses, names) if fact]
    return "\n\n".join([*parts, *facts])


def alias_anchors(terms: Sequence[Term]) -> dict[str, str]:
    """Return a readable anchor for each other name of a term, unless a term has it already."""
    taken = {term.slug for term in terms}
    anchors: dict[str, str] = {}
    for term in terms:
        for alias in term.aliases:
            anchor = slug_of(alias)
            if anchor and anchor not in taken:
                taken.add(anchor)
                anchors[alias] = anchor
    return anchors


def slug_of(text: str) -> str:
    """Return a name as an anchor.

    >>> slug_of("Top-p (nucleus) sampling"), slug_of("Q4_K_M")
    ('top-p-nucleus-sampling', 'q4-k-m')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def letter_of(term: Term) -> str:
    """Return the letter that a term is listed under; digits share one heading."""
    first = slug_of(term.term)[:1].upper()
    return first if first.isalpha() else DIGITS


def _order(term: Term) -> tuple[bool, str]:
    slug = slug_of(term.term)
    return (slug[:1].isalpha(), slug)


def _letter_anchor(letter: str) -> str:
    return "letter-0-9" if letter == DIGITS else f"letter-{letter.lower()}"


def _alias(alias: str, anchors: Mapping[str, str]) -> str:
    anchor = f"{{: #{anchors[alias]} }}" if alias in anchors else ""
    return f"*{literal(alias)}*{anchor}"


def _facts(term: Term, terms: Mapping[str, Term], uses: Sequence[Use], names: Shown) -> Iterator[str]:
    yield _definition("In names", [", ".join(code(word) for word in spellings(term))])
    seen = [decode_link(name, GLOSSARY_URL) for name in term.seen_in] + [_example(one) for one in names.examples]
    yield _definition("Seen in", [", ".join(seen)])
    others = [f"{_example(one)} ({escaped(one.means)})" for one in names.others]
    yield _definition("Something else in", [", ".join(others)])
    confused = ((terms[other.term], other.why) for other in term.confused_with if other.term in terms)
    yield _definition(
        "Not the same as", [f"[{literal(other.term)}](#{other.slug}): {prose(why)}" for other, why in confused]
    )
    yield _definition("Used on", [", ".join(f"[{literal(use.title)}]({way_to(GLOSSARY, use.source)})" for use in uses)])
    sources = [f"[{literal(source.title)}]({address(source.url)}), checked {source.checked}" for source in term.sources]
    yield _definition("Sources", sources)


def _example(one: Example) -> str:
    """Return a link to the reading of a name, with the part marked that matters."""
    before, part, after = (literal(text) for text in (one.name[: one.start], one.part, one.name[one.end :]))
    target = escaped(f"{way_up(GLOSSARY_URL)}decode/{question(q=one.name)}")
    return f'<a href="{target}"><code>{before}<mark>{part}</mark>{after}</code></a>'


def spellings(term: Term) -> list[str]:
    """Return how a term is written in names: as the entry itself writes it, or else joined the way names join words."""
    written = {slug_of(name): name for name in (*term.aliases, term.term)}
    words = (
        written.get(slug_of(word))
        or (word.replace(" ", "_").upper() if row.field == "quant" else word.replace(" ", "-"))
        for row in term.names
        for word in row.words
    )
    return list(dict.fromkeys(words))


def _definition(name: str, items: Sequence[str]) -> str:
    lines = [f":   {item}" for item in items if item]
    return "\n".join([name, *lines]) if lines else ""


def _finder(here: PageAddress) -> str:
    script = f"{way_up(here.url)}javascripts/filter.mjs"
    return (
        '<div class="site-finder" data-search-exclude>'
        '<nameplate-filter data-label="Filter the terms" data-entries=".site-entry" data-headings=".site-letter"></nameplate-filter>'
        f'<script type="module" src="{escaped(script)}"></script></div>'
    )


def _letter_index(letters: Sequence[str]) -> str:
    links = "".join(f'<a href="#{_letter_anchor(letter)}">{letter}</a>' for letter in letters)
    return f'<nav class="site-letters" aria-label="Terms by first letter" data-search-exclude>{links}</nav>'


def _subject_index(terms: Sequence[Term]) -> str:
    blocks = []
    for group in GROUPS:
        entries = [term for term in terms if term.group == group]
        if entries:
            items = "".join(f'<li><a href="#{term.slug}">{escaped(term.term)}</a></li>' for term in entries)
            blocks.append(f"<div><p>{escaped(SUBJECTS[group])}</p><ul>{items}</ul></div>")
    return (
        '<details class="site-subjects" data-search-exclude><summary>By subject</summary>'
        f'<div class="site-subjects__groups">{"".join(blocks)}</div></details>'
    )

"""Compile what the reader of machines loads: products by every way to write their name, and the words around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nameplate.memory.machine_text import Token, name_key, tokens, word_key

from ..catalog.contents import Catalog
from ..catalog.machine_models import Product, Series
from .constants import Tables

LAPTOP = ("laptop", "mobile", "notebook", "m", "max q", "laptop gpu")
FEWEST_DIGITS = 4  # of a number that is a card's name by itself


def parts(catalog: Catalog) -> Tables:
    """Return the constants of the module."""
    machines = catalog.machines
    series = list(machines.series.values())
    rows = [(number, one, product) for number, one in enumerate(series) for product in one.machines]
    names: dict[str, int] = {}
    for spelling in (keys, keys_without_laptop):  # a plain name means the card for desktops, where there is one
        for index, (_, one, product) in enumerate(rows):
            for key in spelling(one, product):
                names.setdefault(key, index)
    words: dict[str, list[str]] = {}
    numbers: dict[str, int] = {}
    for row in machines.words.values():
        for word in (word for group in row.words.values() for word in group):
            meanings = words.setdefault(word_key(word), [])
            if row.meaning not in meanings:
                meanings.append(row.meaning)
        for value, group in row.values.items():
            numbers |= {word_key(word): value for word in group}
    return {
        "PRODUCTS": tuple(
            (number, one.name, one.memory, one.bandwidth, one.card, one.cards, one.card_memory)
            for number, _, one in rows
        ),
        "SERIES": tuple((one.kind, one.generation, tuple(map(word_key, one.leading)), one.source) for one in series),
        "GENERATIONS": {
            name: (one.title, one.maker, one.formats, one.source) for name, one in machines.generations.items()
        },
        "NAMES": names,
        "WORDS": {word: tuple(meanings) for word, meanings in words.items()},
        "NUMBERS": numbers,
        "LONGEST": _longest((*names, *words, *numbers)),
    }


def _longest(found: Iterable[str]) -> dict[str, int]:
    """Return, for the first part of keys, how many parts the longest of them has."""
    longest: dict[str, int] = {}
    for key in found:
        first, *rest = key.replace("~", " ").split()
        longest[first] = max(longest.get(first, 1), len(rest) + 1)
    return longest


def keys(series: Series, product: Product) -> Iterator[str]:
    """Yield every way to write a product's name: the words that may lead it left out one after the other."""
    for name in (product.name, *product.aliases):
        for spelling in _laptops(name) if series.laptop else (name,):
            yield from _shortened(spelling, series)


def keys_without_laptop(series: Series, product: Product) -> Iterator[str]:
    """Yield the ways to write the name of a card for laptops that don't say so."""
    if series.laptop:
        yield from _shortened(product.name.removesuffix(" Laptop"), series)


def _shortened(name: str, series: Series) -> Iterator[str]:
    leading = {word_key(word) for word in series.leading}
    parts = [token for token in tokens(name) if token.is_word]
    yield name_key(parts)
    while parts[0].text in leading and _is_name(parts[1:]):
        parts = parts[1:]
        yield name_key(parts)


def _laptops(name: str) -> Iterator[str]:
    """Yield the ways to say that a card is the one for laptops."""
    plain = name.removesuffix(" Laptop")
    for word in LAPTOP:
        yield f"{plain}{word}" if len(word) == 1 else f"{plain} {word}"


def _is_name(parts: list[Token]) -> bool:
    """Whether the rest of a name still is one: not a short number, nor a word without a number."""
    if len(parts) > 1:
        return True
    return len(parts) == 1 and parts[0].is_number and len(parts[0].text) >= FEWEST_DIGITS

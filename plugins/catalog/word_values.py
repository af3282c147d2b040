"""Check what words of names set in a reading: a value has the type of its key, and is one that the key can have."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Literal, Union, get_args, get_origin

from nameplate.reading import Lineage, Reading

from .faults import Fault, Origins, nearest
from .front_matter import Place
from .models import Term, Value, Words

# Keys of a reading that hold the whole name or the answer itself: no word of a name fills them.
NOT_OF_WORDS = frozenset(
    (
        "name",
        "platform",
        "lineage",
        "shard",
        "sources",
        "tokens",
        "unknown",
        "ambiguities",
        "url",
        "purl",
        "commands",
        "knowledge",
    )
)
# Keys whose values the glossary names: each value is a word, the name or an alias of some term.
NAMED_BY_TERMS = frozenset(("format", "library", "device", "quant_method", "release_stage"))
# Values of these keys that several terms have in common, so that none is called like it.
IN_COMMON: Mapping[str, Set[str]] = {
    "quant_method": {"gguf-k", "gguf-i", "gguf-legacy", "gguf-ternary", "mxfp", "rocmfp", "binary"},
    "device": {"apple", "nvidia"},
}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


@dataclass(frozen=True)
class Expected:
    """What the values of a key have to be: numbers, texts, or some of a closed list."""

    types: tuple[type, ...]
    known: tuple[object, ...] = ()
    listed: bool = False


def check_word_values(terms: Mapping[str, Term], origins: Origins) -> Iterator[Fault]:
    """Find keys that aren't keys of a reading, and values that their keys can't have."""
    keys = keys_of_words()
    named = {_plain(name) for term in terms.values() for name in _names(term)}
    for slug, term in terms.items():
        for index, row in enumerate(term.names):
            for key, value, place in _set_by(row, index):
                if key not in keys:
                    hint = nearest(key, keys)
                    message = f'"{key}" is not a key of a reading.{hint} Keys: {", ".join(sorted(keys))}'
                    yield origins["term", slug].fault(place, message)
                    continue
                for item in value if isinstance(value, tuple) else (value,):
                    complaint = _complaint(key, item, keys[key], named)
                    if complaint:
                        yield origins["term", slug].fault(_of_value(row, place), complaint)


def keys_of_words() -> dict[str, Expected]:
    """Return the keys of a reading that a word of a name can fill, with what their values have to be.

    >>> keys_of_words()["endianness"].known, keys_of_words()["experts"].types, keys_of_words()["modalities"].listed
    (('little', 'big'), (<class 'int'>,), True)
    """
    hints = typing.get_type_hints(Reading)
    hints |= {f"lineage.{key}": hint for key, hint in typing.get_type_hints(Lineage).items()}
    return {key: _expected(hint) for key, hint in hints.items() if key not in NOT_OF_WORDS}


def _expected(hint: object) -> Expected:
    if get_origin(hint) is tuple:
        inner = _expected(get_args(hint)[0])
        return Expected(inner.types, inner.known, listed=True)
    members = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    known: tuple[object, ...] = ()
    for member in members:
        if member is bool:
            known += (True, False)
        elif get_origin(member) is Literal:
            known += get_args(member)
    number = (int, float) if float in members else (int,)
    return Expected(number if float in members or int in members else (str,), known)


def _set_by(row: Words, index: int) -> Iterator[tuple[str, Value, Place]]:
    """Find what a word sets: each key with its value and its place; a word without a value is its own."""
    yield row.field, row.words[0] if row.value is None else row.value, ("names", index, "field")
    for key, value in row.sets.items():
        yield key, value, ("names", index, "sets", key)


def _of_value(row: Words, place: Place) -> Place:
    return (*place[:-1], "value") if place[-1] == "field" and row.value is not None else place


def _complaint(key: str, value: Value, expected: Expected, named: Set[str]) -> str | None:
    """Say what is wrong with a value, or nothing."""
    if expected.known:
        if any(value == one and type(value) is type(one) for one in expected.known):
            return None
        known = [_shown(one) for one in expected.known]
        return (
            f'"{_shown(value)}" is not a known value of {key}.{nearest(_shown(value), known)} Known: {", ".join(known)}'
        )
    if isinstance(value, bool) or not isinstance(value, expected.types):
        kind = "text. Put it in quotes" if str in expected.types else "a number"
        return f'"{_shown(value)}" is not what {key} holds: {kind}'
    if isinstance(value, (int, float)):
        whole_channel = key == "group_size" and value == -1
        return None if value > 0 or whole_channel else f'"{value}" is not a value of {key}. It has to be more than 0'
    if key == "languages" and not LANGUAGE.fullmatch(str(value)):
        return f'"{value}" is not the code of a language. Write it after BCP 47: en, pt-BR, zh-Hant'
    if key in NAMED_BY_TERMS and _plain(str(value)) not in named and value not in IN_COMMON.get(key, ()):
        hint = nearest(_plain(str(value)), named)
        return f'no term of the glossary is called "{value}".{hint} Otherwise make it a word or an alias of its term'
    return None


def _names(term: Term) -> Iterator[str]:
    yield from (term.slug, term.term, term.term.partition(" (")[0], *term.aliases)
    for row in term.names:
        yield from row.words


def _plain(name: str) -> str:
    """Return a name without what spellings differ in.

    >>> _plain("llama.cpp"), _plain("TensorRT-LLM")
    ('llamacpp', 'tensorrtllm')
    """
    return re.sub(r"[\W_]+", "", name.casefold())


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

"""The tokens of a reading: every character of the name in order, each piece with its sentence, and what lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..address.parts import Part
from ..lattice.segmentation import Piece
from ..reading import Ambiguity, Token
from ..vocabulary.spelling import nearest
from .draft import Assembly


def tokens(made: Assembly, pieces: list[Piece]) -> Iterable[Token]:
    """Address parts and pieces in order, with what lies between them."""
    found: list[Token] = [_address_token(made, part) for part in made.address.parts]
    if made.address.origin is not None:
        found.append(_address_token(made, made.address.origin))
    found += [_token(made, piece) for piece in pieces]
    found.sort(key=lambda token: token.start)
    place = 0
    for token in found:
        if token.start > place:
            yield from _between(made, place, token.start)
        yield token
        place = token.end
    if place < len(made.name):
        yield from _between(made, place, len(made.name))


def _between(made: Assembly, start: int, end: int) -> Iterable[Token]:
    text = made.name[start:end]
    term, _ = made.vocabulary.notation("separator")
    if any(c.isalnum() for c in text):
        yield Token(text, start, end)
    else:
        yield Token(text, start, end, "separator", text, term, 1.0)


def _address_token(made: Assembly, part: Part) -> Token:
    term, says = made.vocabulary.notation(part.field)
    text = made.name[part.start : part.end]
    return Token(
        text, part.start, part.end, part.field, part.value, term, 0.95, _sentence(made, says, term, text, part.value)
    )


def _token(made: Assembly, piece: Piece) -> Token:
    meaning, text = piece.meaning, made.name[piece.start : piece.end]
    if meaning.field is None:
        if made.fields.get("family") == text and "family" in made.sources:
            term, _ = made.vocabulary.notation("family")
            return Token(
                text,
                piece.start,
                piece.end,
                "family",
                text,
                term,
                0.5,
                f"Most likely the name of the line; {text} is not one that is known here.",
            )
        near = nearest(text, made.vocabulary)
        return Token(text, piece.start, piece.end, says=f"Did you mean “{near}”?" if near else None)
    if meaning.field == "separator":
        return Token(text, piece.start, piece.end, "separator", text, meaning.term, 1.0)
    value = made.fields.get("date") if meaning.field == "date" and str(meaning.value).isdecimal() else meaning.value
    confidence = round(max(0.3, 0.99 - 0.15 * piece.cost), 2)
    return Token(
        text,
        piece.start,
        piece.end,
        meaning.field,
        value,
        meaning.term,
        confidence,
        _sentence(made, meaning.says, meaning.term, text, value),
    )


def _sentence(made: Assembly, says: str | None, term: str | None, text: str, value: Any) -> str | None:
    if says is None:
        return made.vocabulary.terms[term][1] if term in made.vocabulary.terms else None
    return says.replace("{text}", text).replace("{value}", str(value))


def ambiguities(made: Assembly, pieces: list[Piece]) -> Iterable[Ambiguity]:
    for piece in pieces:
        taken = piece.meaning
        if taken.field in (None, "separator"):
            continue
        for other in piece.others:
            if other.field not in (None, taken.field) and other.cost < 4.6:
                why = piece.why or "that is the commoner meaning"
                yield Ambiguity(made.name[piece.start : piece.end], str(taken.field), str(other.field), why)

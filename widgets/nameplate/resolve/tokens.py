"""The tokens of a reading: every character of the name in order, each piece with its sentence, and what lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..address.parts import Part
from ..lattice.segmentation import ScoredToken
from ..reading import Ambiguity, Token
from ..vocabulary.spelling import nearest
from .draft import ReadingDraft

SIZES = frozenset({"params_b", "active_params_b", "effective_params_b"})
GROUPED = 1_000  # numbers from here on are written with commas
DOUBT = 0.9  # a meaning that costs less than this beyond the one taken is a real possibility
COMPANIONS = frozenset({"mmproj", "draft", "adapter", "vocab"})  # files whose names give the size of another model


def tokens(draft: ReadingDraft, pieces: list[ScoredToken]) -> Iterable[Token]:
    """Address parts and pieces in order, with what lies between them."""
    found: list[Token] = [_address_token(draft, part) for part in draft.address.parts]
    found += [_address_token(draft, origin) for origin in draft.address.origins]
    before: str | None = None
    for piece in pieces:
        found.append(_token(draft, piece, before))
        before = before if piece.meaning.field == "separator" else piece.meaning.field
    found.sort(key=lambda token: token.start)
    place = 0
    for token in found:
        if token.start > place:
            yield from _between(draft, place, token.start)
        yield token
        place = token.end
    if place < len(draft.name):
        yield from _between(draft, place, len(draft.name))


def _between(draft: ReadingDraft, start: int, end: int) -> Iterable[Token]:
    text = draft.name[start:end]
    term, _ = draft.vocabulary.notation("separator")
    if any(c.isalnum() for c in text):
        yield Token(text, start, end)
    else:
        yield Token(text, start, end, "separator", text, term, 1.0)


def _address_token(draft: ReadingDraft, part: Part) -> Token:
    term, says = draft.vocabulary.notation(part.field)
    text = draft.name[part.start : part.end]
    return Token(
        text, part.start, part.end, part.field, part.value, term, 0.95, _sentence(draft, says, term, text, part.value)
    )


def _token(draft: ReadingDraft, piece: ScoredToken, before: str | None) -> Token:
    """The token of a piece; `before` is the field of the piece before it."""
    meaning, text = piece.meaning, draft.name[piece.start : piece.end]
    if meaning.field is None:
        if draft.fields.get("family") == text and "family" in draft.sources:
            term, _ = draft.vocabulary.notation("family")
            return Token(
                text,
                piece.start,
                piece.end,
                "family",
                text,
                term,
                0.5,
                f"Most likely the name of the line, but the decoder doesn’t know {text}.",
            )
        if text in (draft.maker_in_front, draft.account_behind) or (
            before == "file_role" and text.lower() in draft.vocabulary.owners
        ):
            term, says = draft.vocabulary.notation("publisher")
            return Token(text, piece.start, piece.end, "publisher", text, term, 0.8, says)
        near = nearest(text, draft.vocabulary)
        return Token(text, piece.start, piece.end, says=f"Did you mean “{near}”?" if near else None)
    if meaning.field == "separator":
        return Token(text, piece.start, piece.end, "separator", text, meaning.term, 1.0)
    value = draft.fields.get("date") if meaning.field == "date" and str(meaning.value).isdecimal() else meaning.value
    confidence = round(max(0.3, 0.99 - 0.15 * piece.cost), 2)
    says, field, term = meaning.says, meaning.field, meaning.term
    if field == "params_b" and _is_active(draft, meaning.value):
        field, (term, says) = "active_params_b", draft.vocabulary.notation("active_size")
    if field == "generation" and draft.fields.get("generation") is None and value == draft.fields.get("version"):
        field, (term, says) = "version", draft.vocabulary.notation("version")
    if field in SIZES and draft.fields.get("file_role") in COMPANIONS:
        _, says = draft.vocabulary.notation("size_of_main_model")
    return Token(
        text,
        piece.start,
        piece.end,
        field,
        value,
        term,
        confidence,
        _sentence(draft, says, term, text, value),
    )


def _is_active(draft: ReadingDraft, size: Any) -> bool:
    """Whether a size turned out to be what is used for each token: OLMoE-1B-7B, Llama-4-Scout-17B-16E."""
    fields = draft.fields
    return bool(size == fields.get("active_params_b") != fields.get("params_b"))


def _sentence(draft: ReadingDraft, says: str | None, term: str | None, text: str, value: Any) -> str | None:
    if says is None:
        return draft.vocabulary.terms[term][1] if term in draft.vocabulary.terms else None
    shown = f"{value:,}" if isinstance(value, int) and value >= GROUPED else str(value)
    return says.replace("{text}", text).replace("{value}", shown)


def ambiguities(draft: ReadingDraft, pieces: list[ScoredToken]) -> Iterable[Ambiguity]:
    """Yield the pieces that could well have been read in another way, each of them once.

    Both costs are those in this place of the name: a number after the name of a line isn't in doubt, although elsewhere
    it could be a version.
    """
    yielded = set()
    for piece in pieces:
        taken, text = piece.meaning, draft.name[piece.start : piece.end]
        if taken.field in (None, "separator"):
            continue
        for other, cost in piece.others:
            instead = other.field
            if instead in (None, taken.field) or cost - piece.cost >= DOUBT or (text, instead) in yielded:
                continue
            yielded.add((text, instead))
            yield Ambiguity(text, str(taken.field), str(instead), piece.why or _why(piece.cost, cost))


def _why(cost: float, other: float) -> str:
    """Say why a meaning was taken that has no reason of its own.

    >>> _why(0.3, 1.0), _why(1.0, 0.3)
    ('that is the more common meaning', 'it fits the rest of the name better')
    """
    return "that is the more common meaning" if cost < other else "it fits the rest of the name better"

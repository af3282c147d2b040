"""The tokens of a reading: every character of the name in order, each piece with its sentence, and what lost.

What a piece means rarely depends on the rest of the name, so a segmentation keeps its pieces as they are shown, for all
names that share it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter

from ..address.parts import Part
from ..english import count
from ..lattice.chunks import Chunk
from ..lattice.search import Path
from ..lattice.segmentation import NUMBER, SHOWN, ScoredToken, Segmentation
from ..reading import Ambiguity, FieldValue, TokenRow
from ..vocabulary.lookup import Vocabulary
from ..vocabulary.meaning import MeaningRow, row_of
from ..vocabulary.spelling import nearest
from .draft import ReadingDraft
from .opening import belong_together
from .roles import asks_for_quality

SIZES = frozenset({"params_b", "active_params_b", "effective_params_b"})
DEPENDENT = SIZES | {None, "date", "generation", "reasoning"}  # fields whose tokens the rest of the name may change
GROUPED = 1_000  # numbers from here on are written with commas
DOUBT = 0.9  # a meaning that costs less than this beyond the one taken is a real possibility
COMPANIONS = frozenset({"mmproj", "draft", "adapter", "vocab"})  # files whose names give the size of another model

start_of = itemgetter(1)
# The last fields of a token, which its meaning decides: field, value, term, confidence, says.
Explanation = tuple[str | None, FieldValue, str | None, float, str | None]
UNEXPLAINED: Explanation = (None, None, None, 0.0, None)


# A piece of a chunk: its start, its end, and its explanation, with the meaning if the rest of the name may change that. Plain
# tuples, because a chunk keeps them long (segmentation.py).
Piece = tuple[int, int, Explanation, MeaningRow | None]
AmbiguityRow = tuple[str, str, str, str]  # the fields of an Ambiguity
# What a segmentation shows: what else its pieces could mean, and then the pieces.
Shown = tuple[tuple[AmbiguityRow, ...], *tuple[Piece, ...]]


def token_rows(draft: ReadingDraft, parts: Iterable[Part], paths: Iterable[Path]) -> tuple[TokenRow, ...]:
    """Return the tokens in order: parts of the address, pieces, and what lies between them."""
    name, vocabulary = draft.name, draft.vocabulary
    found = [_address_row(draft, part) for part in parts]
    before: str | None = None  # the field of the piece before
    for path in paths:
        for start, end, explanation, meaning in _pieces(path, name, vocabulary):
            text, field = name[start:end], explanation[0]
            here = explanation if meaning is None else _explained_here(draft, explanation, meaning, text, before)
            found.append((text, start, end, *here))
            before = before if field == "separator" else field
    found.sort(key=start_of)
    return tuple(_with_gaps(draft, found))


def _address_row(draft: ReadingDraft, part: Part) -> TokenRow:
    term, says = draft.vocabulary.notation(part.field)
    text = draft.name[part.start : part.end]
    sentence = _sentence(draft.vocabulary, says, term, text, part.value)
    return text, part.start, part.end, part.field, part.value, term, 0.95, sentence


def _with_gaps(draft: ReadingDraft, found: list[TokenRow]) -> list[TokenRow]:
    """Add what lies between the tokens."""
    separator, _ = draft.vocabulary.notation("separator")
    rows: list[TokenRow] = []
    place = 0
    for row in found:
        start = row[1]
        if start > place:
            rows.append(_gap(draft.name, place, start, separator))
        rows.append(row)
        place = row[2]
    if place < len(draft.name):
        rows.append(_gap(draft.name, place, len(draft.name), separator))
    return rows


def _gap(name: str, start: int, end: int, separator: str | None) -> TokenRow:
    text = name[start:end]
    if any(map(str.isalnum, text)):
        return text, start, end, *UNEXPLAINED
    return text, start, end, "separator", text, separator, 1.0, None


def _pieces(path: Path, name: str, vocabulary: Vocabulary) -> list[Piece]:
    """Return the pieces of a path with their places in the name."""
    pieces = [
        (offset + start, offset + end, explanation, meaning)
        for offset, chunk, segmentation in path.segmentations
        for start, end, explanation, meaning in _shown(path, chunk, segmentation, vocabulary)[1:]
    ]
    return pieces if path.complete else _join_unknown(pieces, name)


def _join_unknown(pieces: list[Piece], name: str) -> list[Piece]:
    """Join unexplained pieces that touch; the words that open a name stay together as its head."""
    joined: list[Piece] = []
    for piece in pieces:
        start, end, (field, *_), _ = piece
        if joined and field is None:
            begun, stop, last, meaning = joined[-1]
            if last[0] is None and belong_together(name[stop:start], opening=len(joined) == 1):
                joined[-1] = (begun, end, last, meaning)
                continue
        joined.append(piece)
    return joined


def _shown(path: Path, chunk: Chunk, segmentation: Segmentation, vocabulary: Vocabulary) -> Shown:
    """Return what a segmentation shows; the chunk keeps it, and threads that ask at once get equal answers."""
    number = segmentation[NUMBER] + SHOWN
    shown: Shown | None = chunk.kept.get(number)
    if shown is None:
        scored = path.scored(chunk, segmentation)
        shown = (tuple(_doubts(scored)), *[_piece(token, vocabulary) for token in scored])
        chunk.kept[number] = shown
    return shown


def _piece(token: ScoredToken, vocabulary: Vocabulary) -> Piece:
    """Return a token as it is shown where the rest of the name doesn't change it."""
    text, start, end, meaning, cost, *_ = token
    explanation: Explanation
    if meaning.field == "separator":
        explanation = ("separator", text, meaning.term, 1.0, None)
    else:
        confidence = round(max(0.3, 0.99 - 0.15 * cost), 2)
        sentence = _sentence(vocabulary, meaning.says, meaning.term, text, meaning.value)
        explanation = (meaning.field, meaning.value, meaning.term, confidence, sentence)
    return start, end, explanation, row_of(meaning) if meaning.field in DEPENDENT else None


def _explained_here(
    draft: ReadingDraft, explanation: Explanation, meaning: MeaningRow, text: str, before: str | None
) -> Explanation:
    """Return the explanation of a piece in this name; `before` is the field of the piece before it."""
    fields, vocabulary = draft.fields, draft.vocabulary
    field, value, term, says, *_ = meaning
    if field is None:
        return _unknown(draft, text, before)
    if field == "date":
        if not str(value).isdecimal():
            return explanation
        value = fields.get("date")
    elif field == "reasoning":
        if not asks_for_quality(draft):
            return explanation
        field, value, (term, says) = "edition", text, vocabulary.notation("quality")
    elif field == "generation":
        if fields.get("generation") is not None or value != fields.get("version"):
            return explanation
        field, (term, says) = "version", vocabulary.notation("version")
    else:
        active, companion = field == "params_b" and _is_active(draft, value), fields.get("file_role") in COMPANIONS
        if not active and not companion:
            return explanation
        if active:
            field, (term, says) = "active_params_b", vocabulary.notation("active_size")
        if companion:
            _, says = vocabulary.notation("size_of_main_model")
    return field, value, term, explanation[3], _sentence(vocabulary, says, term, text, value)


def _unknown(draft: ReadingDraft, text: str, before: str | None) -> Explanation:
    """Return what an unexplained piece is likely to be: the name of the line, an account, a misspelt word."""
    if draft.fields.get("family") == text and "family" in draft.sources:
        term, _ = draft.vocabulary.notation("family")
        return "family", text, term, 0.5, f"Most likely the name of the line, but the decoder doesn't know {text}."
    if text in (draft.maker_in_front, draft.account_behind) or (
        before == "file_role" and text.lower() in draft.vocabulary.owners
    ):
        term, says = draft.vocabulary.notation("publisher")
        return "publisher", text, term, 0.8, says
    near = nearest(draft.vocabulary, text)
    return None, None, None, 0.0, f"Did you mean “{near}”?" if near else None


def _is_active(draft: ReadingDraft, size: FieldValue) -> bool:
    """Return whether a size turned out to be what is used for each token: OLMoE-1B-7B, Llama-4-Scout-17B-16E."""
    fields = draft.fields
    return bool(size == fields.get("active_params_b") != fields.get("params_b"))


def _sentence(vocabulary: Vocabulary, says: str | None, term: str | None, text: str, value: FieldValue) -> str | None:
    if says is None:
        return vocabulary.terms[term][1] if term in vocabulary.terms else None
    shown = f"{value:,}" if isinstance(value, int) and value >= GROUPED else str(value)
    if isinstance(value, (int, float)):
        says = says.replace("{parameters}", count(value))
    return says.replace("{text}", text).replace("{value}", shown)


def ambiguities(vocabulary: Vocabulary, paths: Iterable[Path]) -> tuple[Ambiguity, ...]:
    """Return the pieces that could well have been read in another way, each of them once."""
    found: dict[tuple[str, str], AmbiguityRow] = {}
    for path in paths:
        for _, chunk, segmentation in path.segmentations:
            for row in _shown(path, chunk, segmentation, vocabulary)[0]:
                found.setdefault((row[0], row[2]), row)
    return tuple([Ambiguity(*row) for row in found.values()])


def _doubts(scored: list[ScoredToken]) -> Iterator[AmbiguityRow]:
    """Yield what the pieces of a segmentation could well mean instead.

    Both costs are those in this place of the name: a number after the name of a line isn't in doubt, although elsewhere
    it could be a version.
    """
    for text, _, _, taken, cost, why, others in scored:
        if taken.field in (None, "separator"):
            continue
        for other, other_cost in others:
            if other.field not in (None, taken.field) and other_cost - cost < DOUBT:
                yield text, str(taken.field), str(other.field), why or _why(cost, other_cost)


def _why(cost: float, other: float) -> str:
    """Say why a meaning was taken that has no reason of its own.

    >>> _why(0.3, 1.0), _why(1.0, 0.3)
    ('that is the more common meaning', 'it fits the rest of the name better')
    """
    return "that is the more common meaning" if cost < other else "it fits the rest of the name better"

"""The unknown words that open a name: most likely the name of its line, or of a fine-tune."""

from __future__ import annotations

from ..lattice.search import Path


def unknown_opening(name: str, paths: list[Path], numbered: bool = False) -> str | None:
    """Return the unknown first words of a name as one text, with the number after them if asked for."""
    # What an option says is all explained, and goes before the name: --include "*Q4_K_M*"
    for path in (*(path for path in paths[:-1] if not path.complete), *paths[-1:]):
        first_meaning = path.first
        if first_meaning is not None and first_meaning.field not in (None, "file_role"):
            return None
        pieces = iter(path.meanings())
        opening, stop, first = next(pieces, (0, 0, None))
        if first is not None and first.field == "file_role":  # mmproj-Otter-VL-7B
            opening, stop, first = next((piece for piece in pieces if piece[2].field != "separator"), (0, 0, None))
        if first is not None and first.field is None:
            for start, end, meaning in pieces:
                number = numbered and meaning.field == "generation"
                if (meaning.field is not None and not number) or not belong_together(name[stop:start], opening=True):
                    break
                stop = end
                if number:
                    break
            return name[opening:stop]
        if path.explained:
            return None
    return None


def belong_together(between: str, opening: bool) -> bool:
    """Words that open a name belong together over a dash or an underscore too: `apollo_astralis`."""
    return not between or (opening and between in "-_ ")

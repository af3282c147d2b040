"""Attention: who looks at whom, with word order and without, and what that does to a word's vector."""

from __future__ import annotations

from collections.abc import Sequence

from ..render.escape import escape, visible
from .controls import Buttons, Kept, Switch, Text
from .demonstration import Demonstration, Shown, State
from .looking import LONGEST, Looked, looked, mixed
from .shares import bar, percent
from .word_sum import missing, typed
from .word_table import Near, words_of_glove

SAMPLES = (
    "dog bites man today",
    "man bites dog today",
    "the fruit of the tree is the apple",
    "the phone and the computer come from apple",
)
START = SAMPLES[2]
NEAREST = 5  # words that are nearest to the one that looks, before and after
CELL, LETTER, NARROWEST = 22, 8, 300  # of the drawing
LEVELS = 8  # of colour


def show(state: State) -> Shown:
    """Return what a word looks at, what it becomes, and all the looks at once."""
    table = words_of_glove()
    text = state["sample"] or state["text"]
    typed_words = [term.word for term in typed(text, LONGEST).terms]
    words = [word for word in typed_words if word in table]
    unknown = [word for word in dict.fromkeys(typed_words) if word not in table]
    left_out = f'<p class="np-demo-key">Left out: {visible(missing(unknown, table))}</p>' if unknown else ""
    order = state["order"] == "on"
    back = 0 if state["sample"] else int(state["back"])
    back = {"earlier": back + 1, "later": back - 1, "last": 0}.get(state["step"], back)
    back = max(0, min(back, len(words) - 2))
    sets = {"text": text, "back": str(back)}
    if len(words) < 2:
        return Shown.saying("Type at least two words, so that one can look at the other.", left_out, sets=sets)
    found = looked(words, order)
    place = len(words) - 1 - back
    return Shown.saying(
        _verdict(found, place, order),
        f"{left_out}{_text(words, place)}{_shares(found, place, order)}{_change(found, place)}{_grid(found, place)}",
        sets=sets,
    )


def _verdict(found: Looked, place: int, order: bool) -> str:
    shares = found.shares[place]
    most = max(range(place), key=shares.__getitem__)
    word = visible(found.words[place])
    if place == 1:
        return f"“{word}” has only one word before it, so it gives that <strong>100 %</strong>."
    opposite = _opposite(found, place, order)[most]
    end = (
        f"If the words before it came in the opposite order, it would be {percent(opposite)}."
        if order
        else "Word order is off: put the words before it in any order, and the shares stay the same."
    )
    return (
        f"“{word}” looks most at <strong>“{visible(found.words[most])}”</strong>, with "
        f"<strong>{percent(shares[most])}</strong>. {end}"
    )


def _opposite(found: Looked, place: int, order: bool) -> tuple[float, ...]:
    """Return what a word would give to each word before it if these came in the opposite order."""
    before = reversed(found.words[:place])
    return looked((*before, found.words[place]), order).shares[place][::-1]


def _text(words: Sequence[str], place: int) -> str:
    """Return the text, with the word that looks marked."""
    written = " ".join(
        f"<mark>{visible(word)}</mark>" if at == place else visible(word) for at, word in enumerate(words)
    )
    return f'<p class="np-demo-text">{written}</p>'


def _shares(found: Looked, place: int, order: bool) -> str:
    """Return what a word gives to each word before it, and what it would if these came in the opposite order."""
    before = found.words[:place]
    rows = "".join(
        f'<tr><th scope="row">{visible(word)}</th><td>{percent(share)}</td><td>{bar(share)}</td><td>{percent(other)}</td></tr>'
        for word, share, other in zip(before, found.shares[place], _opposite(found, place, order), strict=True)
    )
    return (
        '<table class="np-demo-table np-demo-looks"><caption>What it takes from each word before it</caption><thead><tr>'
        '<th scope="col">Word</th><th scope="col" colspan="2">Share</th><th scope="col">In the opposite order</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _change(found: Looked, place: int) -> str:
    """Return the words that are nearest to the one that looks, before it has looked and after."""
    table, word = words_of_glove(), found.words[place]
    before = table.nearest_centred(table.centred(word), NEAREST + 1)
    after = table.nearest_centred(mixed(found, place), NEAREST + 1)
    return (
        f'<p class="np-demo-sample">Neighbours of “{visible(word)}” in the table: {_listed(before, word)}. After it has '
        f"looked: <strong>{_listed(after, word)}</strong>.</p>"
    )


def _listed(near: Sequence[Near], word: str) -> str:
    return visible(", ".join([one.word for one in near if one.word != word][:NEAREST]))


def _grid(found: Looked, place: int) -> str:
    """Return a line of squares for each word, one for each word before it; behind them the word, above its own column."""
    size = len(found.words)
    cells = "".join(
        f'<rect class="np-demo-look-{round(LEVELS * share)}" x="{column * CELL + 1}" y="{line * CELL + 1}" '
        f'width="{CELL - 2}" height="{CELL - 2}"/>'
        for line in range(1, size)
        for column, share in enumerate(found.shares[line])
    )
    names = "".join(
        f'<text class="np-demo-look-{"now" if line == place else "word"}" x="{line * CELL + 5}" y="{line * CELL + 16}">'
        f"{visible(word)}</text>"
        for line, word in enumerate(found.words)
    )
    frame = f'<rect class="np-demo-look-line" x="0" y="{place * CELL}" width="{place * CELL}" height="{CELL}"/>'
    wide = max(NARROWEST, *(line * CELL + LETTER * len(word) + 8 for line, word in enumerate(found.words)))
    return (
        f'<svg class="np-demo-grid" viewBox="-1 0 {wide + 1} {size * CELL + 1}" role="img" aria-label="{escape(_said(found))}">'
        f"{cells}{names}{frame}</svg>"
        '<p class="np-demo-key">Each word has a line of squares, one for each word before it. Under a word are the looks that '
        "it gets: the stronger the colour, the more is taken from it.</p>"
    )


def _said(found: Looked) -> str:
    """Return whom each word looks at most, in words."""
    looks = (
        f"{word} at {found.words[max(range(place), key=found.shares[place].__getitem__)]}"
        for place, word in enumerate(found.words)
        if place
    )
    return f"Whom each word looks at most: {', '.join(looks)}."


SIMPLIFIED = (
    "This is a toy. In a model, query, key and value are the vector times three tables, which are learnt; here all three are "
    "the word's vector from the table of the page before, without what all words have in common. So words look at words of a "
    "similar meaning, nothing looks at itself, and grammar plays no part. A model does this with dozens of heads in each of "
    "dozens of layers. The scores, softmax, the look back alone, the turns for word order and the sum at the end are real."
)

DEMONSTRATION = Demonstration(
    name="attention",
    title="A toy of attention: who looks at whom",
    controls=(
        Text("text", f"A text of up to {LONGEST} words", START, longest=200),
        Buttons("sample", "Texts to try", {sample: sample for sample in SAMPLES}),
        Buttons("step", "The word that looks", {"earlier": "Word before", "later": "Word after", "last": "Last word"}),
        Switch("order", "Word order counts", "on"),
        Kept("back", "0"),
    ),
    simplified=SIMPLIFIED,
    show=show,
    has_vectors=True,
)

"""Word vectors: neighbours of a word, sums of words, and what the table has learnt about people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from ..render.escape import visible
from .controls import Buttons, Choice, Switch, Text
from .demonstration import Demonstration, Shown, State
from .plot import Arrow, Dot, best_directions, drawing
from .shares import bar
from .word_sum import Words, missing, typed
from .word_table import Near, Vector, WordTable, similarity, words_of_glove

LISTED = 8  # neighbours in the table
MAPPED = 5  # of them on the map
PAIRS = 10  # in the table
PEOPLE = ("man", "woman")
JOBS = (
    "nurse, doctor, engineer, teacher, secretary, pilot, carpenter, hairdresser, programmer, librarian, nanny, plumber"
)
SAMPLES = {
    "king - man + woman": "king − man + woman",
    "doctor - man + woman": "doctor − man + woman",
    "paris - france + italy": "paris − france + italy",
    "cat": "Neighbours of cat",
    "king, queen, cat, dog, carrot": "Five words",
    JOBS: "Bias: twelve jobs",
}


class Answer(NamedTuple):
    """What is said, what is below it, and the dots and arrows of the map."""

    verdict: str  # HTML
    table: str  # HTML
    drawn: str  # HTML


def show(state: State) -> Shown:
    """Return neighbours, similarities or a sum, with a map."""
    table = words_of_glove()
    text = state["sample"] or state["text"]
    axes = state["axes"]
    if state["sample"]:
        axes = "people" if text == JOBS else "spread"
    words = typed(text)
    sets = {"text": text, "axes": axes}
    if not words.terms:
        return Shown.saying("Type a word, several words, or a sum of words.", "", sets=sets)
    unknown = words.unknown(table)
    if unknown:
        return Shown.saying(visible(missing(unknown, table)), "", sets=sets)
    found = (
        _people(words, table)
        if axes == "people" and not words.is_sum
        else _several(words, table)
        if len(words.words) > 1 and not words.is_sum
        else _nearest(words, table, state["without"] == "on", axes == "people")
    )
    return Shown.saying(found.verdict, f"{found.drawn}{found.table}", sets=sets)


def _nearest(words: Words, table: WordTable, without: bool, by_people: bool) -> Answer:
    """Answer with the words that are nearest to a word or a sum."""
    total = words.total(table)
    own = set(words.words)
    near = table.nearest(total, LISTED + len(own))
    listed = [one for one in near if not (without and one.word in own)][:LISTED]
    others = [one for one in near if one.word not in own]
    return Answer(
        _said_of_sum(words, near, without) if words.is_sum else _said_of_word(words.words[0], others),
        _neighbours(words, listed, own),
        _map(words, total, [one.word for one in others[:MAPPED]], table, by_people),
    )


def _said_of_sum(words: Words, near: Sequence[Near], without: bool) -> str:
    """Return which word is nearest to a sum, and which would be with the other setting."""
    own = set(words.words)
    first, other = near[0], next(one for one in near if one.word not in own)
    written = visible(words.written)
    if first == other:
        return f"Nearest to {written} is {_strong(first)}, and it isn't one of the words you typed."
    if without:
        return f"Nearest to {written} is {_strong(other)}, once your own words are left out. Before that it's {_named(first)}."
    return f"Nearest to {written} is {_strong(first)}, which you typed yourself. Of the other words, it's {_strong(other)}."


def _said_of_word(word: str, others: Sequence[Near]) -> str:
    first, second, third = others[:3]
    return f"Nearest to “{visible(word)}” is {_strong(first)}, then {_named(second)} and {_named(third)}."


def _strong(one: Near) -> str:
    return f"<strong>{visible(one.word)}</strong> ({_figure(one.similarity)})"


def _named(one: Near) -> str:
    return f"{visible(one.word)} ({_figure(one.similarity)})"


def _figure(number: float) -> str:
    """Return a similarity with two digits.

    >>> _figure(0.875), _figure(-0.1), _figure(-0.001)
    ('0.88', '−0.10', '0.00')
    """
    written = f"{abs(number):.2f}"
    return f"−{written}" if number < 0 and float(written) else written


def _neighbours(words: Words, listed: Sequence[Near], own: set[str]) -> str:
    rows = "".join(
        _row(f"{visible(one.word)}{' <small>typed</small>' if one.word in own else ''}", one.similarity)
        for one in listed
    )
    return _table(f"Nearest to {visible(words.written)}", ("Word", "Similarity"), rows)


def _row(title: str, number: float) -> str:
    return f'<tr><th scope="row">{title}</th><td>{_figure(number)}</td><td>{bar(number)}</td></tr>'


def _several(words: Words, table: WordTable) -> Answer:
    """Answer with the similarities between several words."""
    pairs = [
        (similarity(table.vector(one), table.vector(other)), one, other) for one, other in combinations(words.words, 2)
    ]
    pairs.sort(key=lambda pair: -pair[0])
    (most, one, other), (least, far, farther) = pairs[0], pairs[-1]
    verdict = f"“{visible(one)}” and “{visible(other)}” have a similarity of <strong>{_figure(most)}</strong>."
    if len(pairs) > 1:
        verdict = (
            f"Nearest to each other are <strong>{visible(one)}</strong> and <strong>{visible(other)}</strong> "
            f"({_figure(most)}), farthest apart {visible(far)} and {visible(farther)} ({_figure(least)})."
        )
    rows = "".join(_row(f"{visible(one)}, {visible(other)}", number) for number, one, other in pairs[:PAIRS])
    caption = (
        "Pairs, the most similar first" if len(pairs) <= PAIRS else f"The {PAIRS} most similar of {len(pairs)} pairs"
    )
    near = (
        []
        if len(words.words) > 2
        else [
            near.word
            for word in words.words
            for near in table.nearest(table.vector(word), 4)
            if near.word not in words.words
        ]
    )
    drawn = _map(words, None, list(dict.fromkeys(near)), table, False)
    return Answer(verdict, _table(caption, ("Pair", "Similarity"), rows), drawn)


def _people(words: Words, table: WordTable) -> Answer:
    """Answer with how near words are to *man* and to *woman*."""
    man, woman = (table.vector(word) for word in PEOPLE)
    found = [(word, similarity(table.vector(word), man), similarity(table.vector(word), woman)) for word in words.words]
    found.sort(key=lambda one: one[1] - one[2])
    to_woman = [word for word, to_man, to_her in found if to_her > to_man]
    to_man = [word for word, to_him, to_her in reversed(found) if to_him >= to_her]
    parts = [
        f"nearer to <strong>{person}</strong>: {visible(', '.join(group))}"
        for person, group in (("woman", to_woman), ("man", to_man))
        if group
    ]
    said = "; ".join(parts)
    verdict = f"{said[0].upper()}{said[1:]}."
    rows = "".join(
        f'<tr><th scope="row">{visible(word)}</th><td>{_figure(to_her)}</td><td>{_figure(to_him)}</td></tr>'
        for word, to_him, to_her in found
    )
    return Answer(
        verdict,
        _table("How similar each word is to two others", ("Word", "woman", "man"), rows),
        _map(words, None, [], table, True),
    )


def _map(words: Words, total: Vector | None, others: Sequence[str], table: WordTable, by_people: bool) -> str:
    """Return a map of the words typed, of others beside them, and of a sum."""
    vectors = {word: table.vector(word) for word in (*words.words, *others)}
    is_sum = total is not None and words.is_sum
    if by_people:
        man, woman = (table.vector(word) for word in PEOPLE)

        def place(vector: Vector) -> tuple[float, float]:
            return similarity(vector, man), similarity(vector, woman)

    else:
        own = [vectors[word] for word in words.words]
        place = best_directions(own if len(own) > 2 else [*vectors.values()]).place
    dots = [Dot(place(vector), word, "typed" if word in words.words else "near") for word, vector in vectors.items()]
    arrows = []
    if is_sum and total is not None:
        dots.append(Dot(place(total), "the sum", "sum"))
        first = words.terms[0].word
        arrows.append(Arrow(place(vectors[first]), place(total)))
        if [term.sign for term in words.terms] == [1, -1, 1]:
            arrows.insert(0, Arrow(place(vectors[words.terms[1].word]), place(vectors[words.terms[2].word])))
    said = f"A flat map of {', '.join(vectors)}{', and the sum' if is_sum else ''}."
    axes = ("nearer to man", "nearer to woman") if by_people else None
    return drawing(dots, arrows, said, axes=axes) + _key(is_sum, bool(others), by_people)


def _key(is_sum: bool, has_others: bool, by_people: bool) -> str:
    """Return what the signs of the map mean."""
    parts = ['<span class="np-demo-key-typed"></span>Typed.']
    if has_others:
        parts.append('<span class="np-demo-key-near"></span>Neighbours.')
    if is_sum:
        parts.append('<span class="np-demo-key-sum"></span>The sum.')
    parts.append(
        "On the dashed line, a word is as near to one as to the other."
        if by_people
        else "Real positions, seen from the side that shows your words best."
    )
    return f'<p class="np-demo-key">{" ".join(parts)}</p>'


def _table(caption: str, heads: Sequence[str], rows: str) -> str:
    """Return a table. If it has two columns, the second one has bars beside its figures."""
    bars = len(heads) == 2
    *others, last = heads
    titles = "".join(f'<th scope="col">{head}</th>' for head in others)
    titles += f'<th scope="col"{_BARS if bars else ""}>{last}</th>'
    kind = "np-demo-table np-demo-next" if bars else "np-demo-table"
    return f'<table class="{kind}"><caption>{caption}</caption><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>'


_BARS = ' colspan="2"'

SIMPLIFIED = (
    "GloVe's table is cut to 4,500 words here: frequent ones, and everyday ones such as animals, food and jobs. So the "
    "nearest word is the nearest of these. Each number is rounded to 8 bits, so a similarity can be off by 0.01. The map shows two "
    "directions of a hundred. In a language model the numbers of a token change from layer to layer; here a word has one "
    "fixed list."
)

DEMONSTRATION = Demonstration(
    name="word-vectors",
    title="Calculate with words",
    controls=(
        Text("text", "A word, several words, or a sum of words", "king - man + woman", longest=200),
        Buttons("sample", "Words to try", SAMPLES),
        Switch("without", "Leave the words you typed out of the answers, as most programs do"),
        Choice(
            "axes",
            "The map shows",
            {"spread": "the words, spread out", "people": "near man, near woman"},
            "spread",
        ),
    ),
    simplified=SIMPLIFIED,
    show=show,
    has_vectors=True,
)

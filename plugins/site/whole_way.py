"""Draw the way of a text through a language model, as one picture whose stations are links, and list it for plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .markup import escaped, way_up
from .page import PageAddress

TITLE = "The whole way, from text to text"
CAPTION = "Choose a station to read about it. The shades are made up. The chances are those of a novel that we counted."
REPEATED = "again in every layer: 32 in Llama 3.1 8B"
WORDS = ("He", "went", "into", "the")
# How often each word follows "into the" in the novel, of all its places: docs/guide/next-word.md has the table.
FOLLOWING = {"sea": 22, "air": 19, "cabin": 12, "water": 6}
PLACES = 246

WIDTH, LEFT, RIGHT = 360, 8, 322  # of the picture, and of its stations; what leads back to the top is beside them
INNER = 14  # between the edge of a station and what is in it
GAP = 22  # from one station to the next, for the arrow
BELOW = 30  # the room for a line of words below the stations of a layer
CELL = 9  # of a vector, one number
COLUMN = 66  # from one token to the next
LONGEST_BAR = 170
SHADES = 4  # how dark a cell can be


class Station(NamedTuple):
    """A step on the way: what it is called, what happens there, where it is explained, and how it is drawn."""

    title: str
    says: str
    page: str
    anchor: str
    drawing: Callable[[int, int], str]
    drawn: int  # height of the drawing
    inset: int = 0  # of a station that is part of another


def whole_way(here: PageAddress) -> str:
    """Return the picture as HTML. It has no colours of its own, so that it can be read in the dark."""
    tops = _tops()
    end = tops[-1] + _height(STATIONS[-1])
    boxes = [_box(station, top, here) for station, top in zip(STATIONS, tops, strict=True)]
    boxes.insert(_layer()[-1] + 1, _repeated(tops))
    arrows = (_arrow(top) for top in tops[1:])
    back = (
        f'<path class="site-way-line" d="M{RIGHT} {end - 30}H{WIDTH - 12}V38H{RIGHT + 7}"/>'
        f'<path class="site-way-tip" d="M{RIGHT + 1} 38l9 -5v10z"/>'
    )
    return (
        '<figure class="site-way" data-search-exclude>'
        f'<svg viewBox="0 0 {WIDTH} {end + 8}" role="group" aria-label="{escaped(TITLE)}">'
        f"{_frame(tops)}{''.join(boxes)}{_hidden(''.join(arrows) + back)}</svg>"
        f"<figcaption>{escaped(CAPTION)}</figcaption></figure>"
    )


def whole_way_list(here: PageAddress) -> str:
    """Return the same stations as a numbered list in Markdown."""
    return "\n".join(
        f"{number}. [{station.title}]({_address(station, here)}): {station.says}"
        for number, station in enumerate(STATIONS, start=1)
    )


def _address(station: Station, here: PageAddress) -> str:
    return f"{way_up(here.url)}guide/{station.page}/#{station.anchor}"


def _height(station: Station) -> int:
    return 52 + (station.drawn + 10 if station.drawn else 0)


def _box(station: Station, top: int, here: PageAddress) -> str:
    # Not href: the theme sets it on every link that has one, for instant navigation, and links in drawings can't be set.
    left, height = LEFT + station.inset, _height(station)
    inside = left + INNER
    drawing = _hidden(station.drawing(inside, top + 52)) if station.drawn else ""
    return (
        f'<a role="link" xlink:href="{escaped(_address(station, here))}">'
        f'<rect class="site-way-box" x="{left}" y="{top}" width="{RIGHT - left - station.inset}" height="{height}"/>'
        f'<text class="site-way-title" x="{inside}" y="{top + 22}">{escaped(station.title)}</text>'
        f'<text class="site-way-says" x="{inside}" y="{top + 41}">{escaped(station.says)}</text>{drawing}</a>'
    )


def _hidden(drawing: str) -> str:
    """Return a part of the picture that a screen reader leaves out, because the words beside it say the same."""
    return f'<g aria-hidden="true">{drawing}</g>'


def _tops() -> list[int]:
    """Return where each station begins, from the top."""
    tops, top, inset = [], 8, 0
    for station in STATIONS:
        top += BELOW if inset and not station.inset else 0
        tops.append(top)
        top += _height(station) + GAP
        inset = station.inset
    return tops


def _arrow(end: int) -> str:
    """Return an arrow that ends at the top of a station."""
    middle = (LEFT + RIGHT) // 2
    return (
        f'<path class="site-way-line" d="M{middle} {end - GAP + 2}V{end - 8}"/>'
        f'<path class="site-way-tip" d="M{middle} {end - 1}l-5 -9h10z"/>'
    )


def _layer() -> list[int]:
    """Return the numbers of the stations that make up a layer, which a model repeats."""
    return [number for number, station in enumerate(STATIONS) if station.inset]


def _frame(tops: Sequence[int]) -> str:
    first, last = tops[_layer()[0]], _layer_end(tops)
    width, height = RIGHT - LEFT, last - first + 8 + BELOW
    return _hidden(f'<rect class="site-way-layers" x="{LEFT}" y="{first - 8}" width="{width}" height="{height}"/>')


def _repeated(tops: Sequence[int]) -> str:
    top = _layer_end(tops) + 20
    return f'<text class="site-way-says" x="{LEFT + 2 * INNER}" y="{top}">{escaped(REPEATED)}</text>'


def _layer_end(tops: Sequence[int]) -> int:
    last = _layer()[-1]
    return tops[last] + _height(STATIONS[last])


def _text(left: int, top: int) -> str:
    return f'<text class="site-way-word" x="{left}" y="{top + 14}">{" ".join(WORDS)} …</text>'


def _tokens(left: int, top: int) -> str:
    return "".join(_token(word, left + number * COLUMN, top) for number, word in enumerate(WORDS))


def _token(word: str, left: int, top: int) -> str:
    return (
        f'<rect class="site-way-token" x="{left}" y="{top}" width="{COLUMN - 8}" height="24"/>'
        f'<text class="site-way-word" x="{left + 8}" y="{top + 17}">{word}</text>'
    )


def _vectors(left: int, top: int) -> str:
    return "".join(_column(number, left + number * COLUMN, top) for number in range(len(WORDS)))


def _column(seed: int, left: int, top: int) -> str:
    """Return the vector of one token, in three rows."""
    return "".join(_row(seed + 3 * row, left, top + row * (CELL + 2)) for row in range(3))


def _row(seed: int, left: int, top: int) -> str:
    """Return five numbers of a vector as cells of different shades."""
    return "".join(
        f'<rect class="site-way-cell site-way-{(7 * seed + 5 * cell + seed * cell) % SHADES}"'
        f' x="{left + cell * (CELL + 2)}" y="{top}" width="{CELL}" height="{CELL}"/>'
        for cell in range(5)
    )


def _last(left: int, top: int) -> str:
    """Return the vectors again, all but the last one faded."""
    return "".join(
        f'<g class="site-way-faded">{column}</g>' if number < len(WORDS) - 1 else column
        for number in range(len(WORDS))
        for column in [_column(number + 5, left + number * COLUMN, top)]
    )


def _chances(left: int, top: int) -> str:
    return "".join(_bar(word, left, top + 20 * number) for number, word in enumerate(FOLLOWING))


def _bar(word: str, left: int, top: int) -> str:
    times = FOLLOWING[word]
    width = round(LONGEST_BAR * times / max(FOLLOWING.values()))
    return (
        f'<text class="site-way-word" x="{left}" y="{top + 13}">{word}</text>'
        f'<rect class="site-way-cell site-way-2" x="{left + 56}" y="{top + 2}" width="{width}" height="13"/>'
        f'<text class="site-way-says" x="{left + 62 + width}" y="{top + 13}">{round(100 * times / PLACES)} %</text>'
    )


def _drawn(left: int, top: int) -> str:
    return _token(next(iter(FOLLOWING)), left, top)


def _nothing(left: int, top: int) -> str:
    return ""


LAST_STEP = "the-last-step-from-a-vector-to-chances"
STATIONS = (
    Station("Text", "all that the app puts in front of it", "what-is-an-llm", "an-app-is-not-a-model", _text, 20),
    Station("Tokens", "words, or pieces of words", "word-vectors", "why-letters-are-hard-to-count", _tokens, 24),
    Station("Vectors", "a list of numbers for each token", "word-vectors", "numbers-instead-of-letters", _vectors, 31),
    Station("Word order", "each token's place enters the sums", "transformer", "how-word-order-gets-in", _nothing, 0, 14),
    Station("Attention", "tokens take in what came before", "transformer", "first-half-attention", _nothing, 0, 14),
    Station(
        "Feed-forward network", "each vector is worked on by itself",
        "transformer", "second-half-the-feed-forward-network", _nothing, 0, 14,
    ),
    Station("Last vector", "the guess, as a list of numbers", "transformer", LAST_STEP, _last, 31),
    Station("Chances", "one for every token the model knows", "next-word", "a-model-made-by-counting", _chances, 78),
    Station(
        "A drawn token", "added to the text, and all starts again", "next-word", "temperature-and-top-k-by-hand", _drawn, 24
    ),
)  # fmt: skip

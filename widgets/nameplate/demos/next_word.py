"""The next word: counts of a novel, temperature and top-k over them, and a text that is written on word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..render.escape import escape, visible
from .controls import Buttons, Kept, Slider, Text
from .counting import Guess, chances, counted, drawn, joined, score, to_read, words
from .demonstration import Demonstration, Shown, State
from .shares import bar, percent

SHARES = (32, 16, 8, 4, 2, 1)  # of the novel: a thirty-second of it, ..., all of it
ALL = 50  # the highest top-k of the slider, which stands for no limit
LISTED = 8  # words
LONGEST = 1500  # characters of the text
START = "Before I went into the"
WRITTEN = {"one": 1, "ten": 10}
TENTH = 10


def show(state: State) -> Shown:
    """Return what may come next, with the chances before and after the settings, and how well such a model guesses."""
    temperature, top = int(state["temperature"]) / TENTH, _top(state)
    read = to_read() // SHARES[int(state["read"])]
    text, seed = state["text"], int(state["seed"])
    if state["do"] == "again":
        text, seed = START, 1
    for _ in range(WRITTEN.get(state["do"], 0)):
        guess = counted().guess(words(text), read)
        word, seed = drawn(chances(guess.counts, temperature, top), seed)
        text = joined(text, word)
    guess = counted().guess(words(text), read)
    after = chances(guess.counts, temperature, top)
    verdict = _verdict(guess, after)
    return Shown.saying(
        verdict,
        f"{_table(guess, after)}{_curve(read)}",
        labels={
            "temperature": f"{temperature:.1f}",
            "top": "all words" if top is None else f"{top} word{'s' if top > 1 else ''}",
            "read": f"{read:,} words",
        },
        sets={"text": _end_of(text), "seed": str(seed)},
    )


def _end_of(text: str) -> str:
    """Return the end of a text that has grown too long for its field, from a word on.

    >>> _end_of("short"), len(_end_of("word " * 1000)) < LONGEST
    ('short', True)
    """
    return text if len(text) <= LONGEST else text[-LONGEST + 200 :].partition(" ")[2]


def _top(state: State) -> int | None:
    top = int(state["top"])
    return top if top < ALL else None


def _verdict(guess: Guess, after: Mapping[str, float]) -> str:
    times = sum(guess.counts.values())
    seen = f"After “{escape(' '.join(guess.context))}”" if guess.context else "These words never came before. Anywhere"
    word, chance = next(iter(after.items()))
    kinds = len(guess.counts)
    return (
        f"{seen}, the novel has {times:,} place{'s' if times != 1 else ''} with {kinds:,} different word"
        f"{'s' if kinds != 1 else ''} next. The likeliest is <strong>“{escape(word)}”</strong>, drawn with a chance of "
        f"{percent(chance)}."
    )


def _table(guess: Guess, after: Mapping[str, float]) -> str:
    """Return the likeliest words: how often each came next, and its chance before and after the settings."""
    times = sum(guess.counts.values())
    likeliest = sorted(guess.counts.items(), key=lambda item: (-item[1], item[0]))
    rows = "".join(_row(word, count, count / times, after.get(word, 0.0)) for word, count in likeliest[:LISTED])
    others = likeliest[LISTED:]
    if others:
        count = sum(count for _, count in others)
        rows += _row(f"{len(others):,} others", count, count / times, sum(after.get(word, 0.0) for word, _ in others))
    return (
        '<table class="np-demo-table np-demo-next"><thead><tr><th scope="col">Next</th><th scope="col">Times</th>'
        '<th scope="col">Share</th><th scope="col" colspan="2">Chance now</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(word: str, count: int, before: float, now: float) -> str:
    gone = ' class="np-demo-gone"' if now == 0 else ""
    return (
        f'<tr{gone}><th scope="row">{visible(word)}</th><td>{count:,}</td><td>{percent(before)}</td><td>{percent(now)}</td>'
        f"<td>{bar(now)}</td></tr>"
    )


def _curve(read: int) -> str:
    """Return what a model gains by reading more: a point for each share of the novel, and this one in words.

    The reader draws it: the line goes as far as the slider, and what is still to come is faint.
    """
    scores = {to_read() // share: score(to_read() // share) for share in SHARES}
    width, height = 320, 100
    step = width / (len(SHARES) - 1)
    points = [(number * step, height * found.unseen) for number, found in enumerate(scores.values())]
    place = list(scores).index(read)
    here = points[place]
    drawn_so_far, to_come = _path(points[: place + 1]), _path(points[place:])
    found = scores[read]
    said = (
        f"With {read:,} words read, {percent(found.unseen)} of the pairs of words in the part that it hasn't read are new to "
        f"it, and it guesses {percent(found.right)} of the words there."
    )
    return (
        f'<figure class="np-demo-curve"><svg viewBox="-6 -6 {width + 12} {height + 12}" role="img" aria-label="Pairs of words '
        f'that the model has seen, by how much it has read. {said}"><path class="np-demo-border" d="M0 0H{width}M0 {height}'
        f'H{width}{to_come}"/><path class="np-demo-line" d="{drawn_so_far}"/><circle class="np-demo-is" cx="{here[0]:.0f}" cy="{here[1]:.1f}" '
        f'r="6"/></svg><figcaption>{said} Move the slider from the left to draw the curve: each step to the right is twice '
        "the text, and the top would be a model that has seen every pair.</figcaption></figure>"
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.1f}" for x, y in points)


SIMPLIFIED = (
    "This model sees two words, and if it never met them together, one. It has read the first twenty chapters of "
    "Moby-Dick, 38,000 words without capitals. A large model has read trillions of tokens, weighs thousands of words "
    "before the next, and makes sense of beginnings that it never met. The settings and the draw are the same."
)

DEMONSTRATION = Demonstration(
    name="next-word",
    title="Let it continue a text",
    controls=(
        Text("text", "The text so far: only its last two words count", START, longest=LONGEST, rows=3),
        Buttons("do", "Write on", {"one": "Write one word", "ten": "Write ten words", "again": "Start again"}),
        Slider("temperature", "Temperature", 0, 20, "10"),
        Slider("top", "Top-k: only the likeliest", 1, ALL, str(ALL)),
        Slider("read", "How much of the novel it has read", 0, len(SHARES) - 1, str(len(SHARES) - 1)),
        Kept("seed", "1"),
    ),
    simplified=SIMPLIFIED,
    show=show,
)

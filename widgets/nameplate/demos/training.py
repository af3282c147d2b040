"""Training: guess, compare, nudge. The loss falls, and what the model writes begins to look like English."""

from __future__ import annotations

from collections.abc import Sequence

from ..render.escape import visible
from .controls import Buttons, Choice, Kept, Slider
from .demonstration import Demonstration, Shown, State
from .letters import LETTERS, best, followers, nudges, softmax, training, written

RATES = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
MOST_STEPS = 100
TAKEN = {"one": 1, "ten": 10}
LISTED = 5  # letters
SAMPLE = 72  # letters that the model writes
WIDE, HIGH = 320, 110  # of the curve
LOWEST, HIGHEST = 2.0, 4.5  # loss at the bottom and the top of the curve


def show(state: State) -> Shown:
    """Return the loss so far, the three moves of the next step for one letter, and what the model writes."""
    rate = RATES[int(state["rate"])]
    steps = 0 if state["do"] == "again" else min(int(state["steps"]) + TAKEN.get(state["do"], 0), MOST_STEPS)
    losses = training(rate).losses(steps)
    weights = training(rate).weights(steps)
    verdict = (
        f"After {steps} step{'' if steps == 1 else 's'}, the loss is <strong>{losses[-1]:.2f}</strong>. It began at "
        f"{losses[0]:.2f}, and a model that sees only one letter can't get below {best():.2f}."
    )
    place = LETTERS.index(state["letter"])
    return Shown.saying(
        verdict,
        f"{_curve(losses)}"
        f'<p class="np-demo-sample">It writes: <code translate="no">{visible(written(weights, SAMPLE).strip())}</code></p>'
        f"{_moves(state['letter'], weights[place], rate)}",
        labels={"rate": f"{rate:g}"},
        sets={"steps": str(steps)},
    )


def _curve(losses: Sequence[float]) -> str:
    """Return the loss after each step as a line, and the lowest that there could be as dashes."""
    width = WIDE / max(20, len(losses) - 1)
    points = [(number * width, _height(loss)) for number, loss in enumerate(losses)]
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    x, y = points[-1]
    return (
        f'<svg class="np-demo-loss-curve" viewBox="-6 -6 {WIDE + 12} {HIGH + 12}" role="img" aria-label="The loss after each of '
        f'{len(losses) - 1} steps, from {losses[0]:.2f} to {losses[-1]:.2f}"><path class="np-demo-border" d="M0 '
        f'{_height(best()):.1f}H{WIDE}"/><path class="np-demo-line" d="{line}"/><circle class="np-demo-is" cx="{x:.1f}" '
        f'cy="{y:.1f}" r="5"/></svg>'
    )


def _height(loss: float) -> float:
    return HIGH * (1 - (min(max(loss, LOWEST), HIGHEST) - LOWEST) / (HIGHEST - LOWEST))


def _moves(letter: str, weights: Sequence[float], rate: float) -> str:
    """Return the next step for a letter: the guess, what is in the text, and the nudge that follows from the two."""
    wanted = followers()[LETTERS.index(letter)]
    chances, changes = softmax(weights), nudges(weights, wanted, rate)
    places = sorted(range(len(LETTERS)), key=lambda place: (-wanted[place], place))[:LISTED]
    rows = "".join(
        f'<tr><th scope="row">{_named(LETTERS[place])}</th><td>{100 * chances[place]:.1f} %</td>'
        f"<td>{100 * wanted[place]:.1f} %</td><td>{_signed(changes[place])}</td></tr>"
        for place in places
    )
    return (
        f'<table class="np-demo-table np-demo-figures"><caption>The next step, for what comes after {_named(letter)}</caption><thead><tr>'
        '<th scope="col">Next letter</th><th scope="col">Guess</th><th scope="col">In the text</th>'
        f'<th scope="col">Nudge to its weight</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _named(letter: str) -> str:
    return "a space" if letter == " " else f"“{letter}”"


def _signed(number: float) -> str:
    """Return a number with its sign.

    >>> _signed(0.25), _signed(-1.0), _signed(0.0001)
    ('+0.25', '−1.00', '0.00')
    """
    written_ = f"{abs(number):.2f}"
    return written_ if not float(written_) else f"{'+' if number > 0 else '−'}{written_}"


SIMPLIFIED = (
    "This model has 729 weights, sees one letter, and looks at all of its text in every step. A large one has billions, sees "
    "thousands of tokens, and takes a step after each batch of text; what a nudge does to the weights far from the last layer "
    "is worked out backwards through all layers. Guessing, comparing and nudging are the same. The loss is in the units of "
    "the text above."
)

DEMONSTRATION = Demonstration(
    name="training",
    title="Train a model",
    controls=(
        Buttons("do", "Train", {"one": "Take one step", "ten": "Take ten steps", "again": "Start again"}),
        Slider("rate", "Learning rate", 0, len(RATES) - 1, str(RATES.index(1.0))),
        Choice("letter", "Look at what comes after", {one: "a space" if one == " " else one for one in LETTERS}, "t"),
        Kept("steps", "10"),
    ),
    simplified=SIMPLIFIED,
    show=show,
)

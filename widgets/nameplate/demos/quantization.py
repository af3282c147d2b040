"""Round a row of weights: bits, blocks, scales and offsets to change, with the error and the size beside them."""

from __future__ import annotations

from collections.abc import Sequence

from ..render.escape import escape
from .controls import Buttons, Choice, Slider, Switch
from .demonstration import Demonstration, Shown, State
from .rounding import HALF, LAYOUTS, Block, Layout, bell_row, relative_error, rounded

PARAMETERS = 8.03  # billions, as in Llama 3.1 8B
FULL = 16  # bits of a weight before
BLOCKS = (16, 32, 64, 128, 256)  # weights
DRAWN = 64  # weights of the row that are drawn
FIRST = 5  # weights of the row that are worked out in figures
WIDE, HIGH, MIDDLE = 480, 220, 110  # of the drawing
MOST_LEVELS = 32  # that are drawn: more of them are a grey area
OFFERED = ("Q8_0", "Q6_K", "Q5_K", "Q4_K", "Q4_0", "Q3_K", "Q2_K")


def show(state: State) -> Shown:
    """Return the row before and after, its error, and its size."""
    layout = _layout(state)
    row = bell_row(state["outliers"] == "on")
    blocks = rounded(row, layout)
    error, size = relative_error(row, blocks), PARAMETERS * layout.bits_per_weight / 8
    name = next((name for name, known in LAYOUTS.items() if known == layout), "")
    summary = (
        f"{_figure(layout.bits_per_weight)} bits per weight, {size:.1f} GB for {PARAMETERS} billion weights, "
        f"a rounding error of {_percent(error)}{f': the layout of {name}' if name else ''}."
    )
    return Shown(
        "".join(
            (
                f'<p class="np-demo-says">{_verdict(layout, name, error, size)}</p>',
                _drawing(row, blocks, layout, summary),
                _key(layout),
                _first(row, blocks[0], layout),
                _comparison(row, layout),
            )
        ),
        summary,
        labels={"bits": f"{layout.bits}: {1 << layout.bits} steps", "block": f"{layout.block} weights"},
        sets={
            "bits": str(layout.bits),
            "block": str(BLOCKS.index(layout.block)),
            "offset": "on" if layout.offset else "",
            "scales": str(layout.scale_bits),
        },
    )


def _layout(state: State) -> Layout:
    """Return the layout that the controls say, or that of the label that was pressed."""
    if state["as"]:
        return LAYOUTS[state["as"]]
    return Layout(int(state["bits"]), BLOCKS[int(state["block"])], state["offset"] == "on", int(state["scales"]))


def _verdict(layout: Layout, name: str, error: float, size: float) -> str:
    named = f"This is the layout of <code>{name}</code>: " if name else "That makes "
    return (
        f"{named}<strong>{_figure(layout.bits_per_weight)} bits per weight</strong>, so the "
        f"{PARAMETERS} billion weights of Llama 3.1 8B take <strong>{size:.1f} GB</strong> instead of "
        f"{PARAMETERS * FULL / 8:.1f}. The usual rounding error is <strong>{_percent(error)}</strong> of the usual weight."
    )


def _drawing(row: Sequence[float], blocks: Sequence[Block], layout: Layout, summary: str) -> str:
    """Return the first weights of the row as points, with what can be stored as lines across each block."""
    reach = max(map(abs, row[:DRAWN])) * 1.08
    stored = [weight for block in blocks for weight in block.weights][:DRAWN]
    column = WIDE / DRAWN

    def y(weight: float) -> float:
        return MIDDLE - (MIDDLE - 4) * min(max(weight / reach, -1), 1)

    lines, borders = [], []
    for number, block in enumerate(blocks):
        left, right = number * layout.block * column, min((number + 1) * layout.block * column, WIDE)
        if left >= WIDE:
            break
        if number:
            borders.append(f"M{left:.1f} 0V{HIGH}")
        if 1 << layout.bits <= MOST_LEVELS:
            lines += [
                f"M{left + 2:.1f} {y(level):.1f}H{right - 2:.1f}"
                for level in _levels(block, layout)
                if abs(level) <= reach
            ]
    points = []
    for place, (before, after) in enumerate(zip(row, stored, strict=False)):
        x = (place + 0.5) * column
        points.append(
            f'<path class="np-demo-off" d="M{x:.1f} {y(before):.1f}V{y(after):.1f}"/>'
            f'<circle class="np-demo-was" cx="{x:.1f}" cy="{y(before):.1f}" r="3.2"/>'
            f'<circle class="np-demo-is" cx="{x:.1f}" cy="{y(after):.1f}" r="2.4"/>'
        )
    return (
        f'<svg class="np-demo-row" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="The first {DRAWN} weights of the '
        f'row before and after rounding. {escape(summary)}">'
        f'<path class="np-demo-levels" d="{"".join(lines)}"/><path class="np-demo-border" d="{"".join(borders)}"/>'
        f"{''.join(points)}</svg>"
    )


def _key(layout: Layout) -> str:
    """Return what the signs of the drawing mean."""
    levels = ' <span class="np-demo-step"></span>Lines: what can be stored.' if 1 << layout.bits <= MOST_LEVELS else ""
    border = " Dashes: where a block ends." if layout.block < DRAWN else ""
    return (
        '<p class="np-demo-key"><span class="np-demo-before"></span>Ring: the weight. '
        f'<span class="np-demo-after"></span>Dot: what is stored.{levels}{border}</p>'
    )


def _levels(block: Block, layout: Layout) -> list[float]:
    """Return everything that can be stored in a block."""
    lowest = 0 if layout.offset else -(1 << layout.bits - 1)
    return [block.scale * code + block.offset for code in range(lowest, lowest + (1 << layout.bits))]


def _first(row: Sequence[float], block: Block, layout: Layout) -> str:
    """Return the sum for the first weights, with all its figures."""
    shift = f", counted from {_weight(block.offset)}" if layout.offset else ""
    rows = "".join(
        f"<tr><td>{_weight(before)}</td><td><code>{code}</code></td><td>{_weight(after)}</td>"
        f"<td>{_weight(after - before)}</td></tr>"
        for before, code, after in list(zip(row, block.codes, block.weights, strict=False))[:FIRST]
    )
    return (
        '<table class="np-demo-table"><caption>The first weights of the first block, whose step is '
        f"{abs(block.scale):.5f}{shift}</caption>"
        '<thead><tr><th scope="col">Weight</th><th scope="col">Stored</th><th scope="col">Read back</th>'
        f'<th scope="col">Error</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _comparison(row: Sequence[float], layout: Layout) -> str:
    """Return the error of this row in the layouts of usual labels."""
    rows = []
    for name in OFFERED:
        known = LAYOUTS[name]
        error = relative_error(row, rounded(row, known))
        current = ' class="np-demo-current"' if known == layout else ""
        width = min(round(200 * error / 0.4, 1), 200)
        rows.append(
            f'<tr{current}><th scope="row"><code>{name}</code></th><td>{_figure(known.bits_per_weight)}</td>'
            f"<td>{_percent(error)}</td><td>"
            f'<svg class="np-demo-bar" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect class="np-demo-loss" x="0" y="0" width="{width}" height="10"/></svg></td></tr>'
        )
    return (
        '<table class="np-demo-table np-demo-types"><caption>The same row in the types of llama.cpp</caption><thead><tr>'
        '<th scope="col">Type</th><th scope="col">Bits per weight</th><th scope="col" colspan="2">Rounding error</th>'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _figure(number: float) -> str:
    """Return bits per weight without needless zeros.

    >>> _figure(4.5), _figure(6.5625), _figure(8.0)
    ('4.5', '6.5625', '8')
    """
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _weight(number: float) -> str:
    """Return a weight with a true minus sign, and none before zero.

    >>> _weight(-0.0312), _weight(0.1), _weight(-0.00001)
    ('−0.0312', '0.1000', '0.0000')
    """
    written = f"{abs(number):.4f}"
    return f"−{written}" if number < 0 and float(written) else written


SIMPLIFIED = (
    "The weights are made up, spread like those of a real row. Scales are taken straight from the largest and the "
    "smallest weight of a block. llama.cpp tries several and keeps the one that does the least harm, so its files lose "
    "a little less. And an error in the weights isn't yet an error in the answers: many small ones cancel out."
)

DEMONSTRATION = Demonstration(
    name="quantization",
    title="Round a row of weights",
    controls=(
        Slider("bits", "Bits for each weight", 2, 8, "4"),
        Slider("block", "Weights that share a scale", 0, len(BLOCKS) - 1, "1"),
        Choice(
            "scales",
            "A scale is stored in",
            {"16": "16 bits", "8": "8 bits", "6": "6 bits", "4": "4 bits"},
            str(HALF),
        ),
        Switch("offset", "Store where each block begins, too"),
        Switch("outliers", "Two weights are far from all others"),
        Buttons("as", "Set the controls to a type of llama.cpp", {name: name for name in OFFERED}),
    ),
    simplified=SIMPLIFIED,
    show=show,
)

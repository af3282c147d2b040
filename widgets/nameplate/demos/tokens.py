"""Tokens: byte-pair encoding learnt step by step from a novel, and a typed text cut into the pieces that result."""

from __future__ import annotations

from collections.abc import Sequence

from ..render.escape import visible
from .controls import Buttons, Slider, Text
from .demonstration import Demonstration, Shown, State
from .pair_merges import BYTES, MOST, Merge, Piece, Tokenizer, learnt_from_novel

STEPS = (0, 1, 2, 3, 5, 8, 13, 20, 35, 60, 100, 200, 400, 700, MOST)  # merges
LATEST = 5  # merges that are listed
SAMPLES = ("How many r's are in strawberry?", "the sailors said", "SorskootLLM-70b-instruct", "1234567", "Müller 🐳")
COLOURS = 4


def show(state: State) -> Shown:
    """Return the text in pieces, and what was learnt last."""
    merges = learnt_from_novel()[: STEPS[int(state["merges"])]]
    tokenizer = Tokenizer(merges)
    text = state["sample"] or state["text"]
    pieces = tokenizer.cut(text)
    characters = len(text)
    verdict = (
        f"{characters:,} character{_s(characters)} become <strong>{len(pieces):,} token{_s(len(pieces))}</strong>, "
        f"cut by a vocabulary of {BYTES + len(merges):,} pieces."
    )
    return Shown.saying(
        verdict,
        f"{_cut(pieces, tokenizer)}{_learnt(merges)}",
        labels={"merges": f"{len(merges):,} merge{_s(len(merges))}"},
        sets={"text": text},
    )


def _cut(pieces: Sequence[Piece], tokenizer: Tokenizer) -> str:
    """Return each piece with its number, which is all that a model gets."""
    items = "".join(
        f'<li class="np-demo-token np-demo-token-{place % COLOURS}"><code translate="no">{written(piece)}</code> '
        f'<span class="np-demo-note">{tokenizer.number(piece)}</span></li>'
        for place, piece in enumerate(pieces)
    )
    return f'<ol class="np-demo-tokens">{items}</ol>' if items else ""


def written(piece: Piece) -> str:
    """Return a piece as HTML: with a sign for each space, and with the numbers of bytes that are no character by themselves.

    >>> written(b" the"), written("é".encode()), written("é".encode()[:1])
    ('␣the', 'é', '⟨C3⟩')
    """
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return "".join(f"⟨{byte:02X}⟩" for byte in piece)
    return visible(text.replace(" ", "␣").replace("\n", "↵"))


def _learnt(merges: Sequence[Merge]) -> str:
    """Return the latest merges: the pair, the new piece, and how often the pair was there."""
    if not merges:
        return '<p class="np-demo-none">Nothing is learnt yet: each byte is a token, and most bytes are letters.</p>'
    first = len(merges) - min(LATEST, len(merges))
    rows = "".join(
        f'<tr><td>{number}</td><td><code translate="no">{written(merge.pair[0])}</code> + '
        f'<code translate="no">{written(merge.pair[1])}</code></td><td><code translate="no">{written(merge.piece)}</code></td>'
        f"<td>{merge.times:,}</td></tr>"
        for number, merge in enumerate(merges[first:], start=first + 1)
    )
    return (
        '<table class="np-demo-table"><caption>What was learnt last, from twenty chapters of Moby-Dick</caption><thead><tr>'
        '<th scope="col">Step</th><th scope="col">Pair</th><th scope="col">New piece</th><th scope="col">Times</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _s(number: int) -> str:
    return "" if number == 1 else "s"


SIMPLIFIED = (
    "Real tokenizers are learnt in the same way, but from far more text and with far more steps: Llama 3's has 128,256 "
    "pieces. So they cut common words less often, and they know more languages than this one, which has read one novel. How "
    "a text is split into words before that differs a little from model to model. The steps were taken when this page was "
    "made; the cutting happens here."
)

DEMONSTRATION = Demonstration(
    name="tokens",
    title="Cut a text into tokens",
    controls=(
        Text("text", "A text to cut", SAMPLES[0], longest=300),
        Buttons("sample", "Texts to try", {sample: sample for sample in SAMPLES[1:]}),
        Slider("merges", "Steps of learning", 0, len(STEPS) - 1, str(STEPS.index(200))),
    ),
    simplified=SIMPLIFIED,
    show=show,
)

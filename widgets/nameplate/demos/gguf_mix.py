"""The types of a GGUF file, tensor by tensor: what the letters S, M and L of a label choose, for Llama 3.1 8B.

The rules are those of https://github.com/ggml-org/llama.cpp/blob/007dbbf3/src/llama-quant.cpp, and the shape is that of
https://huggingface.co/meta-llama/Llama-3.1-8B; checked on 2026-11-30.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .controls import Slider
from .demonstration import Demonstration, Shown, State
from .rounding import LAYOUTS

LAYERS = 32
WIDTH, INNER, VOCABULARY = 4096, 14_336, 128_256
KEYS = 1024  # numbers in a key or a value: 8 heads of 128
NORMS = (2 * LAYERS + 1) * WIDTH  # weights in 32 bits, which no label touches
PLAIN_BITS = 32

LABELS = ("Q2_K", "Q3_K_S", "Q3_K_M", "Q3_K_L", "Q4_K_S", "Q4_K_M", "Q5_K_S", "Q5_K_M", "Q6_K", "Q8_0")


class Tensor(NamedTuple):
    """A kind of matrix: what it is called in a file, what it is for, how many weights one has, and how many there are."""

    name: str
    purpose: str
    weights: int
    number: int = LAYERS


TENSORS = (
    Tensor("token_embd", "a vector for each token", VOCABULARY * WIDTH, 1),
    Tensor("attn_q", "attention: queries", WIDTH * WIDTH),
    Tensor("attn_k", "attention: keys", WIDTH * KEYS),
    Tensor("attn_v", "attention: values", WIDTH * KEYS),
    Tensor("attn_output", "attention: output", WIDTH * WIDTH),
    Tensor("ffn_gate", "feed-forward: gate", WIDTH * INNER),
    Tensor("ffn_up", "feed-forward: up", WIDTH * INNER),
    Tensor("ffn_down", "feed-forward: down", INNER * WIDTH),
    Tensor("output", "a score for each token", VOCABULARY * WIDTH, 1),
)


def gets_more_bits(layer: int) -> bool:
    """Whether a layer is one of those for which an M spends more: the first and last eighth, and a third between.

    >>> sum(map(gets_more_bits, range(LAYERS)))
    16
    """
    eighth = LAYERS // 8
    return layer < eighth or layer >= 7 * eighth or (layer - eighth) % 3 == 2


def _usual(label: str) -> str:
    """Return the type that most tensors get: the label without its last letter.

    >>> _usual("Q4_K_M"), _usual("Q6_K"), _usual("Q8_0")
    ('Q4_K', 'Q6_K', 'Q8_0')
    """
    return label[:4]


def _values(label: str, layer: int) -> str | None:
    if label in ("Q4_K_M", "Q5_K_M") and gets_more_bits(layer):
        return "Q6_K"
    if label == "Q3_K_M" and layer < 2:
        return "Q5_K"
    early = "Q5_K" if layer < 4 else None
    return {"Q2_K": "Q4_K", "Q3_K_M": "Q4_K", "Q3_K_L": "Q5_K", "Q4_K_S": early}.get(label)


def _down(label: str, layer: int) -> str | None:
    if label in ("Q4_K_M", "Q5_K_M") and gets_more_bits(layer):
        return "Q6_K"
    if label == "Q3_K_M":
        return "Q5_K" if layer < LAYERS // 16 else "Q4_K"
    early = "Q5_K" if layer < LAYERS // 8 else None
    return {"Q2_K": "Q3_K", "Q3_K_L": "Q5_K", "Q4_K_S": early}.get(label)


def _attention_output(label: str, layer: int) -> str | None:
    return {"Q2_K": "Q3_K", "Q3_K_M": "Q4_K", "Q3_K_L": "Q5_K"}.get(label)


def _scores(label: str, layer: int) -> str | None:
    return None if label == "Q8_0" else "Q6_K"


# The tensors that don't always get the usual type, each with its rule: label and layer to a type, or None for the usual.
RULES: Mapping[str, Callable[[str, int], str | None]] = {
    "attn_v": _values,
    "attn_output": _attention_output,
    "ffn_down": _down,
    "output": _scores,
}


def types(label: str, tensor: Tensor) -> list[str]:
    """Return the type of a tensor in each layer.

    >>> values = next(tensor for tensor in TENSORS if tensor.name == "attn_v")
    >>> Counter(types("Q4_K_M", values))
    Counter({'Q6_K': 16, 'Q4_K': 16})
    """
    rule = RULES.get(tensor.name)
    return [(rule(label, layer) if rule else None) or _usual(label) for layer in range(tensor.number)]


def file_bits(label: str) -> int:
    """Return the bits of all weights of the model's file.

    >>> round(file_bits("Q4_K_M") / 8e9, 2)
    4.91
    """
    stored = sum(tensor.weights * LAYOUTS[kind].bits_per_weight for tensor in TENSORS for kind in types(label, tensor))
    return round(stored) + NORMS * PLAIN_BITS


def all_weights() -> int:
    """Return the number of the model's weights.

    >>> all_weights()
    8030261248
    """
    return sum(tensor.weights * tensor.number for tensor in TENSORS) + NORMS


def show(state: State) -> Shown:
    """Return the types of a label, tensor by tensor."""
    label = LABELS[int(state["label"])]
    bits = file_bits(label)
    average, size = bits / all_weights(), bits / 8e9
    shares: Counter[str] = Counter()
    for tensor in TENSORS:
        for kind in types(label, tensor):
            shares[kind] += tensor.weights
    mix = ", ".join(f"{100 * weights / all_weights():.0f} % {kind}" for kind, weights in shares.most_common())
    summary = f"{label}: {average:.2f} bits per weight, {size:.2f} GB. Of the weights: {mix}."
    rows = "".join(_row(label, tensor) for tensor in TENSORS)
    return Shown(
        f'<p class="np-demo-says">As <code>{label}</code>, Llama 3.1 8B takes <strong>{size:.2f} GB</strong>: '
        f"<strong>{average:.2f} bits per weight</strong> on average. Of its weights, {_named(shares)}.</p>"
        '<table class="np-demo-table np-demo-mix"><caption>One square for each of the 32 layers: the darker, the more '
        'bits</caption><thead><tr><th scope="col">Tensor</th><th scope="col">Types</th><th scope="col">GB</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>",
        summary,
        labels={"label": label},
    )


def _named(shares: Counter[str]) -> str:
    """Return which share of the weights each type has, as a list in a sentence."""
    parts = [f"{100 * weights / all_weights():.0f} % are <code>{kind}</code>" for kind, weights in shares.most_common()]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _row(label: str, tensor: Tensor) -> str:
    kinds = types(label, tensor)
    size = sum(tensor.weights * LAYOUTS[kind].bits_per_weight for kind in kinds) / 8e9
    cells = "".join(
        f'<rect class="np-demo-bits-{LAYOUTS[kind].bits}" x="{place * 10}" y="0" width="9" height="12"/>'
        for place, kind in enumerate(kinds)
    )
    counted = Counter(kinds)
    said = ", ".join(
        f"<code>{kind}</code>" + (f" in {times} layers" if len(counted) > 1 else "") for kind, times in counted.items()
    )
    return (
        f'<tr><th scope="row"><code>{tensor.name}</code> <span class="np-demo-note">{tensor.purpose}</span></th><td>'
        f'<svg class="np-demo-cells" viewBox="0 0 {LAYERS * 10} 12" aria-hidden="true">{cells}</svg>'
        f'<span class="np-demo-note">{said}</span></td><td>{size:.2f}</td></tr>'
    )


SIMPLIFIED = (
    "This is how llama.cpp chooses for a model built like Llama 3.1 8B, without an importance matrix. For a mixture of "
    "experts, or a model that uses one matrix for both ends, it chooses differently. Makers of files can set each "
    "tensor by hand, and labels that begin with <code>UD-</code> mean that they did."
)

DEMONSTRATION = Demonstration(
    name="gguf-mix",
    title="What a label chooses, tensor by tensor",
    controls=(Slider("label", "Label", 0, len(LABELS) - 1, str(LABELS.index("Q4_K_M"))),),
    simplified=SIMPLIFIED,
    show=show,
)

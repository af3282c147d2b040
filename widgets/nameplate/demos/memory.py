"""From a name to gigabytes: the parts of the sum, which move with the size, the label, the context and the cache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..decoder import decode
from ..memory.estimator import Estimate, context_limit, estimate
from ..memory.kv_cache import Architecture, cache_bits
from ..memory.parameters import parameters
from ..render.escape import escape
from ..render.memory_html import bar, figures, scale, sentence, warnings
from .controls import Buttons, Choice, Slider, Text
from .demonstration import Demonstration, Shown, State

LABELS = ("Q2_K", "Q3_K_M", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0", "BF16")
CARDS = (6, 8, 12, 16, 24, 32, 48, 80)  # GB
SHORTEST, LONGEST = 10, 18  # powers of two: 1,024 to 262,144 tokens
CACHES = {"f16": "16 bits (f16)", "q8_0": "8.5 bits (q8_0)", "q4_0": "4.5 bits (q4_0)"}
OFFERED = ("Qwen3-0.6B", "Qwen3-8B", "Qwen3-32B", "Llama-2-7B", "Llama-3.1-70B-Instruct", "gpt-oss-20b", "DeepSeek-V3")


class Asked(NamedTuple):
    """What the controls say, in the units of the estimate: tokens, and gigabytes of the card."""

    name: str
    label: str
    context: int
    cache: str
    card: int

    def needs(self, label: str) -> Estimate:
        """Return the memory that the model needs under a label."""
        return estimate(self.name, label, self.context, self.cache)


def show(state: State) -> Shown:
    """Return the sum, part by part, and the same model under other labels.

    Raises what `decode` raises for a name.
    """
    asked = Asked(
        state["model"] or state["name"],
        LABELS[int(state["label"])],
        1 << int(state["context"]),
        state["cache"],
        CARDS[int(state["card"])],
    )
    found = asked.needs(asked.label)
    verdict = _verdict(found, asked)
    drawn = bar(found, asked.card, scale([found], asked.card))
    return Shown.saying(
        verdict,
        f"{drawn}{figures(found)}{_limit(asked)}{warnings(found)}{_sums(found, asked)}{_ladder(asked)}",
        labels={
            "label": asked.label,
            "context": f"{asked.context:,} tokens",
            "card": f"{asked.card} GB",
        },
        sets={"name": asked.name},
    )


def _verdict(found: Estimate, asked: Asked) -> str:
    if found.least_bytes is None:
        return f"{sentence(found, None)}."
    needed = found.least_bytes / 1e9
    least = "at least " if found.total_bytes is None else ""
    sum_ = f"<strong>{least}{needed:.1f} GB</strong> ({found.least_bytes / 2**30:.1f} GiB)"
    if needed > asked.card:
        return f"It needs {sum_}, {needed - asked.card:.1f} GB more than a card with {asked.card} GB holds."
    if found.total_bytes is None:
        return f"It needs {sum_}. How much its cache takes isn't known."
    return f"It needs {sum_}, and fits on a card with {asked.card} GB."


def _limit(asked: Asked) -> str:
    """Return what to be careful about where the model reads fewer tokens than that."""
    most = context_limit(asked.name)
    if most is None or most >= asked.context:
        return ""
    return f'<p class="np-careful">This model reads at most {most:,} tokens, so a longer context is only a sum on paper.</p>'


def _sums(found: Estimate, asked: Asked) -> str:
    """Return how each part is worked out, with its figures; nothing where no part but the program's is known."""
    if found.weights_bytes is None:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{title}</th><td>{sum_}</td><td>{size / 1e9:.2f}</td></tr>'
        for title, sum_, size in _parts(found, asked)
    )
    return (
        '<table class="np-demo-table np-demo-sums"><caption>How that adds up</caption><thead><tr><th scope="col">Part</th>'
        f'<th scope="col">Sum</th><th scope="col">GB</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _parts(found: Estimate, asked: Asked) -> Iterator[tuple[str, str, int]]:
    """Yield each known part: its title, how it's worked out, and its bytes."""
    if found.weights_bytes is not None:
        measured = found.sources.get("weights_bytes") == "measured"
        sum_ = f"{found.params_b or 0:g} billion parameters × {found.bits_per_weight or 0:.2f} bits ÷ 8"
        yield "Weights", "the size of the published file" if measured else sum_, found.weights_bytes
    if found.kv_cache_bytes is not None:
        known = parameters(decode(found.name))
        yield "KV cache", _cache(known.architecture if known else None, asked), found.kv_cache_bytes
    if found.overhead_bytes is not None:
        yield "Program", "0.6 to 1.2 GB, whatever the model", found.overhead_bytes


def _cache(known: Architecture | None, asked: Asked) -> str:
    """Return how the size of the cache comes about.

    >>> asked = Asked("", "", 8192, "f16", 8)
    >>> _cache(Architecture("gqa", 32, kv_heads=8, head_dim=128), asked)
    '2 × 32 layers × 8 heads × 128 numbers × 16 bits ÷ 8 × 8,192 tokens'
    """
    rest = f"{cache_bits(asked.cache):g} bits ÷ 8 × {asked.context:,} tokens"
    if known is None:
        return rest
    heads = f"{known.kv_heads} heads × {known.head_dim} numbers"
    if known.kind in ("mha", "gqa"):
        return f"2 × {known.layers} layers × {heads} × {rest}"
    if known.kind == "hybrid-linear":
        return f"2 × {known.full_attention_layers} of {known.layers} layers × {heads} × {rest}"
    if known.kind == "mla":
        layers = known.layers if known.full_attention_layers is None else known.full_attention_layers
        return f"{layers} layers × {(known.kv_lora_rank or 0) + (known.rope_dim or 0)} numbers × {rest}"
    if known.kind == "sliding-window":
        window = f"{known.window:,}" if known.window is not None else "a few"
        return f"all tokens in {known.global_layers} of {known.layers} layers, the last {window} in the others"
    if known.kind == "encoder":
        return "it writes no text, so it keeps none"
    return "a few recent tokens in full, and older ones compressed"


def _ladder(asked: Asked) -> str:
    """Return what the same model needs under other labels."""
    found = [(label, asked.needs(label)) for label in LABELS]
    known = [(label, needed.least_bytes / 1e9) for label, needed in found if needed.least_bytes is not None]
    if not known:
        return ""
    rows = "".join(
        f'<tr{_current(label == asked.label)}><th scope="row"><code>{label}</code></th><td>{size:.1f} GB</td>'
        f"<td>{'fits' if size <= asked.card else 'too large'}</td></tr>"
        for label, size in known
    )
    return (
        '<table class="np-demo-table"><caption>The same model under other labels</caption><thead><tr>'
        f'<th scope="col">Label</th><th scope="col">In all</th><th scope="col">{asked.card} GB</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _current(is_it: bool) -> str:
    return ' class="np-demo-current"' if is_it else ""


SIMPLIFIED = (
    "Everything is taken to be in one memory. The program's share is the middle of what was measured on many setups, and "
    "a program may reserve the whole cache at the start. Where only the size is known, the figures are those of models "
    f"like it. The card's {escape('“GB”')} are counted as gigabytes that can be filled."
)

DEMONSTRATION = Demonstration(
    name="memory",
    title="From a name to gigabytes",
    controls=(
        Text("name", "Model name", "Llama-3.1-8B-Instruct", longest=200, is_name=True),
        Buttons("model", "Other models", {name: name for name in OFFERED}),
        Slider("label", "Quantization label", 0, len(LABELS) - 1, str(LABELS.index("Q4_K_M"))),
        Slider("context", "Context length", SHORTEST, LONGEST, "13"),
        Choice("cache", "A number in the cache takes", CACHES, "f16"),
        Slider("card", "Memory of the graphics card", 0, len(CARDS) - 1, "1"),
    ),
    simplified=SIMPLIFIED,
    show=show,
)

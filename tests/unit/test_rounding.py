"""Rounding weights in blocks, and the types that a label chooses: what the demonstrations of quantization work out."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from nameplate.demos.gguf_mix import LABELS, all_weights, file_bits
from nameplate.demos.registry import answer
from nameplate.demos.rounding import (
    HALF,
    LAYOUTS,
    Layout,
    bell_row,
    half,
    relative_error,
    rounded,
)  # fmt: skip
from nameplate.memory.estimator import estimate

# Bytes of 256 weights, from the sizes of llama.cpp's blocks: ggml-common.h checks them when it is compiled.
BYTES = {"Q8_0": 8 * 34, "Q6_K": 210, "Q5_K": 176, "Q5_1": 8 * 24, "Q5_0": 8 * 22, "Q4_K": 144, "Q4_1": 8 * 20,
         "Q4_0": 8 * 18, "Q3_K": 110, "Q2_K": 84}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_takes_the_bits_of_its_blocks(name: str) -> None:
    assert LAYOUTS[name].bits_per_weight * 256 / 8 == BYTES[name]


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("outliers", [False, True])
def test_nothing_is_stored_that_the_bits_have_no_room_for(name: str, outliers: bool) -> None:
    layout = LAYOUTS[name]
    blocks = rounded(bell_row(outliers), layout)
    codes = [code for block in blocks for code in block.codes]
    assert len(codes) == 256
    assert len(blocks) == 256 // layout.block
    assert max(codes) - min(codes) < 1 << layout.bits
    assert all(half(block.scale) == block.scale for block in blocks if layout.scale_bits == HALF)


def test_each_bit_less_doubles_the_error() -> None:
    row = bell_row(False)
    errors = [relative_error(row, rounded(row, Layout(bits, 32, False, HALF))) for bits in range(3, 9)]
    for more, fewer in pairwise(errors):
        assert more / fewer == pytest.approx(2, rel=0.2)


def test_an_outlier_costs_more_without_an_offset() -> None:
    row = bell_row(True)
    assert relative_error(row, rounded(row, LAYOUTS["Q4_0"])) > 1.3 * relative_error(row, rounded(row, LAYOUTS["Q4_K"]))


def test_weights_that_are_all_zero_stay_zero() -> None:
    for layout in LAYOUTS.values():
        assert all(weight == 0 for block in rounded([0.0] * 256, layout) for weight in block.weights)


@pytest.mark.parametrize("label", LABELS)
def test_the_types_of_a_label_add_up_to_the_measured_size(label: str) -> None:
    """Tensor by tensor, it's the average that llama.cpp measured on a file, to two decimals."""
    measured = estimate(f"Llama-3.1-8B-{label}.gguf").bits_per_weight
    assert file_bits(label) / all_weights() == pytest.approx(measured, abs=0.006)


def shown(name: str, **values: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(answer(name, json.dumps(values)))
    return found


def test_a_type_sets_the_controls_to_its_layout() -> None:
    found = json.loads(answer("quantization", json.dumps({"as": "Q6_K", "bits": "3"})))
    assert found["sets"] == {"bits": "6", "block": "0", "offset": "", "scales": "8"}
    assert "the layout of Q6_K" in found["summary"]
    again = json.loads(answer("quantization", json.dumps(found["sets"])))
    assert again["summary"] == found["summary"]


@pytest.mark.parametrize("bits", ["", "0", "-1", "NaN", "9" * 400, "٣"])
def test_values_that_no_control_has_do_no_harm(bits: str) -> None:
    assert "bits per weight" in shown("quantization", bits=bits, block=bits, scales=bits, **{"as": bits})["summary"]


def test_the_drawing_has_a_point_for_each_weight_and_no_styles() -> None:
    html = shown("quantization")["html"]
    assert html.count('class="np-demo-is"') == 64
    assert not re.search(r"style=|fill=|stroke=|on[a-z]+=", html)

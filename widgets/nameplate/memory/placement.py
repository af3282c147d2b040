"""Find where a model's weights lie on a machine: all on the graphics card, or a part of them in main memory, which is slower.

Programs built on llama.cpp keep some of the layers in main memory if the card is too small. Of a mixture of experts they
can keep only the experts there: most of the weights, of which each token uses a few, so it loses less speed.
Sources, checked 2026-11-30: https://github.com/ggml-org/llama.cpp (layers),
https://github.com/ggml-org/llama.cpp/pull/15077 (experts).
"""

from __future__ import annotations

from typing import NamedTuple

from .estimator import Estimate, at_least_bytes

GB = 1e9
GPU, RAM, EXPERTS, LAYERS = "gpu", "ram", "experts-in-ram", "layers-in-ram"
SPLIT = (EXPERTS, LAYERS)
SPARSE = 0.5  # the share of a model's parameters under which those that a token uses make it a mixture of experts


class Placement(NamedTuple):
    """Whether a model fits, and where it lies then: `gpu`, `ram`, `experts-in-ram` or `layers-in-ram`.

    `fits` is None if a part of the sum isn't known, or if only a program that takes little leaves room.
    """

    fits: bool | None
    where: str | None


def is_sparse(needed: Estimate) -> bool:
    """Whether a token uses few of the parameters, as in a mixture of experts."""
    active, every = needed.active_params_b, needed.params_b
    return active is not None and every is not None and active < SPARSE * every


def place(needed: Estimate, gpu_gb: float | None, ram_gb: float | None) -> Placement:
    """Return where a model lies on a machine with so many decimal gigabytes to fill.

    >>> from nameplate import estimate
    >>> place(estimate("Qwen3-30B-A3B-Q4_K_M"), 12, 60)
    Placement(fits=True, where='experts-in-ram')
    >>> place(estimate("Qwen3-32B-Q4_K_M"), 12, None), place(estimate("Qwen3-32B-Q4_K_M"), None, 60)
    (Placement(fits=False, where=None), Placement(fits=True, where='ram'))
    """
    whole = _fits(needed, (gpu_gb if gpu_gb is not None else ram_gb or 0.0) * GB)
    if whole:
        return Placement(True, GPU if gpu_gb is not None else RAM)
    if gpu_gb is None or ram_gb is None:
        return Placement(whole, None)
    split = _fits(needed, (gpu_gb + ram_gb) * GB)
    return Placement(split, (EXPERTS if is_sparse(needed) else LAYERS) if split else None)


def _fits(needed: Estimate, available: float) -> bool | None:
    if (at_least_bytes(needed) or 0) > available:
        return False
    return True if needed.total_bytes is not None and needed.total_bytes <= available else None

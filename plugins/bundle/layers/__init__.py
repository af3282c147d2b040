"""The layers over the plain path, in the order in which they are applied. Each module has one.

To switch layers off, name them in the environment: `NAMEPLATE_WITHOUT=snapshot,stubs make assets`.
"""

from __future__ import annotations

from . import (
    bytecode,
    compress,
    cut_library,
    early_start,
    handed_files,
    joined_modules,
    runtime_script,
    snapshot,
    stubs,
)
from .layer import Layer

LAYERS: tuple[Layer, ...] = (
    bytecode.LAYER,
    stubs.LAYER,
    cut_library.LAYER,
    runtime_script.LAYER,
    handed_files.LAYER,
    snapshot.LAYER,
    joined_modules.LAYER,
    early_start.LAYER,
    compress.LAYER,
)

"""Name the types of what the compiled modules hold: literals, which Python keeps as constants in its bytecode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Constant: TypeAlias = "bool | int | float | str | bytes | tuple[Constant, ...] | None"
Row: TypeAlias = tuple[Constant, ...]
# Where a dictionary has keys that are not texts, they are numbers or the known values of a key.
Table: TypeAlias = "Constant | Mapping[str, Constant] | Mapping[float, Constant] | Mapping[Constant, Constant]"
Tables: TypeAlias = dict[str, Table]

"""What the names of known models state is compiled, and is what reading them would say."""

from __future__ import annotations

from nameplate.memory.known_models import Stated, known_models
from nameplate.memory.parameters import size_label


def test_compiled_statements_are_those_of_the_names() -> None:
    for model in [model for line in known_models().by_line.values() for model in line]:
        reading = model.reading
        keys = {key: getattr(reading, key) for key in Stated._fields if key != "size"}
        assert model.stated == Stated(**keys, size=size_label(reading)), model.name

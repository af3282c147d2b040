"""Check that the data about machines agree: names that mean one product, and generations and cards that exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .faults import Fault, Origins, nearest, spelling

if TYPE_CHECKING:
    from .contents import Machines


def check_machines(machines: Machines, origins: Origins) -> Iterator[Fault]:
    """Find names of two products, generations and cards that don't exist, and sizes that a card isn't sold with."""
    cards = {one.name: one for series in machines.series.values() for one in series.machines if series.kind == "card"}
    owner: dict[str, str] = {}
    for name, series in machines.series.items():
        origin = origins["series", name]
        if series.generation is not None and series.generation not in machines.generations:
            hint = nearest(series.generation, machines.generations)
            message = f'no generation is called "{series.generation}".{hint} Generations are listed in generations.yml'
            yield origin.fault(("generation",), message)
        for index, product in enumerate(series.machines):
            place = ("machines", index)
            for word in (product.name, *product.aliases):
                other = owner.setdefault(spelling(word), product.name)
                if other != product.name or (word == product.name and cards.get(word, product) is not product):
                    yield origin.fault(place, f'"{word}" names "{other}" already. Keep it with one')
            if product.card is None:
                continue
            card = cards.get(product.card)
            if card is None:
                message = (
                    f'no card is called "{product.card}".{nearest(product.card, cards)} Add it to its maker\'s file'
                )
                yield origin.fault((*place, "card"), message)
            elif product.card_memory is not None and product.card_memory not in card.memory:
                message = f"{card.name} isn't sold with {product.card_memory} GB. Correct one of the two"
                yield origin.fault((*place, "card_memory"), message)

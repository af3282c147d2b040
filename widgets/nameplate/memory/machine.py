"""Read machines that people describe, and work out how much of the printed memory a model may fill.

A card that is sold with 24 GB holds 24 GiB, which is 25.8 GB; its driver and what the screen shows keep about a
fifteenth. So a model may fill about as many decimal gigabytes as are printed on the card. Of several cards it may fill
the sum: programs put some of the layers, or a part of each, on every card.
An Apple computer shares one memory and gives two thirds of it to the graphics part, three quarters from 36 GB on. Other
computers with shared memory give three quarters. A computer without a card has to keep 4 GB for everything else that
runs, or three tenths of its memory if that is less. A phone gives half to one program.
Sources, checked 2026-11-25: https://github.com/abetlen/llama-cpp-python/issues/687 (10,923 of 16,384 MiB on an Apple
computer), https://github.com/ollama/ollama/issues/434 (21,845 of 32,768) and
https://github.com/ggml-org/llama.cpp/issues/1870 (49 of 64 GB). Checked 2026-11-29:
https://github.com/ollama/ollama/issues/2370 (28,991 MB of 36 GB),
https://github.com/ggml-org/llama.cpp/blob/master/docs/multi-gpu.md (several cards),
https://www.amd.com/en/blogs/2025/faqs-amd-variable-graphics-memory-vram-ai-model-sizes-quantization-mcp-more.html (96 of
128 GB) and https://github.com/a-ghorbani/pocketpal-ai/pull/651 (3.12 of 6 GB on a phone). Checked 2026-11-30:
https://github.com/ollama/ollama/pull/1506 (8 GB run the 7B models, whose 4-bit files need 5.8 GB with all around them).
"""

from __future__ import annotations

from typing import NamedTuple

from ..errors import RequestError, shown
from .arguments import MOST_GB
from .hardware import Generation, Product, hardware
from .machine_description import Cards, Description
from .machine_places import spans, unread
from .machine_reading import describe

GIB = 2**30 / 1e9  # in decimal gigabytes
CARD_SHARE = 0.93
APPLE_SHARE, LARGE_APPLE_SHARE, LARGE_APPLE = 2 / 3, 3 / 4, 36
UNIFIED_SHARE = 3 / 4
EVERYTHING_ELSE_GB = 4.0
COMPUTER_SHARE = 0.7  # of a small computer's memory, where 4 GB for everything else would be more than it keeps
HALF = 1 / 2
LONGEST_TEXT = 2_000  # characters
EXAMPLES = "Try something like “RTX 4090”, “24 GB card”, “Mac 36 GB” or “16 GB RAM, no card”, or give the gigabytes."

CARDS = (4, 6, 8, 10, 12, 16, 24, 32, 48, 80)
APPLES = (8, 16, 24, 32, 48, 64, 128)
MEMORIES = (8, 16, 32, 64, 128)


class Card(NamedTuple):
    """Graphics cards of one kind: how many, their name, and the gigabytes printed on each.

    `bandwidth` is in GB/s, `formats` are the number formats that it computes in; None is unknown.
    """

    number: int
    name: str | None
    memory: float
    bandwidth: int | None = None
    formats: tuple[str, ...] | None = None


class Machine(NamedTuple):
    """A machine: `key` is its value in forms, the figures are decimal gigabytes that a model may fill.

    `kind` is `card`, `apple`, `unified`, `phone`, `board` or `memory`, `maker` who makes the chips that compute, which
    decides what software runs on them: `apple` runs MLX. `formats` are the number formats that all its cards compute in.
    `unread` are the words of its description that weren't understood.
    """

    key: str
    title: str
    gpu_gb: float | None
    ram_gb: float | None
    kind: str = "memory"
    cards: tuple[Card, ...] = ()
    maker: str | None = None
    formats: tuple[str, ...] | None = None
    unread: tuple[str, ...] = ()


class Found(NamedTuple):
    """A machine that a sentence mentions, and the places of the words that say so."""

    machine: Machine
    spans: tuple[tuple[int, int], ...]

    def rest(self, text: str) -> str:
        """Return the sentence without these words, every character still at its place.

        >>> text = "chat on an RTX 4090, in French"
        >>> find_machine(text).rest(text)
        'chat on an         , in French'
        """
        for start, end in self.spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return text


def card_gb(printed: float) -> float:
    """Return what a model may fill of a graphics card.

    >>> [card_gb(printed) for printed in (8, 12, 24)]
    [8.0, 12.0, 24.0]
    """
    return round(printed * GIB * CARD_SHARE, 1)


def apple_gb(printed: float) -> float:
    """Return what a model may fill of an Apple computer's shared memory.

    >>> [apple_gb(printed) for printed in (16, 64)]
    [11.5, 51.5]
    """
    share = LARGE_APPLE_SHARE if printed >= LARGE_APPLE else APPLE_SHARE
    return round(printed * GIB * share, 1)


def unified_gb(printed: float) -> float:
    """Return what a model may fill of memory that a processor shares with the graphics part.

    >>> unified_gb(128)
    103.1
    """
    return round(printed * GIB * UNIFIED_SHARE, 1)


def memory_gb(printed: float) -> float:
    """Return what a model may fill of main memory.

    >>> memory_gb(16), memory_gb(8)
    (13.2, 6.0)
    """
    return round(max(printed * GIB - EVERYTHING_ELSE_GB, printed * GIB * COMPUTER_SHARE), 1)


def phone_gb(printed: float) -> float:
    """Return what a model may fill of a phone's memory.

    >>> phone_gb(8)
    4.3
    """
    return round(printed * GIB * HALF, 1)


def machine(key: str) -> Machine | None:
    """Return the machine of the list with this key, if there is one.

    >>> machine("apple-16").gpu_gb, machine("abacus")
    (11.5, None)
    """
    return next((one for _, group in machines() for one in group if one.key == key), None)


def read_machine(text: str) -> Machine:
    """Return the machine that a text describes: its cards or its kind of memory, and the gigabytes printed on them.

    >>> read_machine("24 GB card").gpu_gb, read_machine("Mac 36 GB").gpu_gb, read_machine("16 GB RAM").ram_gb
    (24.0, 29.0, 13.2)
    >>> read_machine("2x RTX 3090").title, read_machine("RTX 4090 of my uncle").unread
    ('2 × GeForce RTX 3090 with 24 GB each', ('uncle',))

    Raises RequestError for a text that no amount of memory follows from.
    """
    one = machine(text)
    if one is not None:
        return one
    if len(text) > LONGEST_TEXT:
        raise RequestError(f"The description of a machine has {len(text):,} characters. Use at most {LONGEST_TEXT:,}.")
    description = describe(text, alone=True)
    found = _left(_machine(description), description)
    if found is None:
        raise RequestError(f"{shown(text)} isn't a machine that Nameplate knows. {EXAMPLES}")
    if not 0 < (found.gpu_gb or found.ram_gb or 0) <= MOST_GB:
        raise RequestError(f"A machine with so little or so much memory can't run a model. {EXAMPLES}")
    return found._replace(unread=unread(description, text))


def find_machine(text: str) -> Found | None:
    """Return the machine that a sentence mentions, if it says how much memory there is or names what has it.

    >>> find_machine("a chatbot on my 3060 12GB").machine.gpu_gb
    12.0
    >>> find_machine("a chatbot with 7B parameters and 8k tokens") is None
    True
    """
    description = describe(text[:LONGEST_TEXT], alone=False)
    found = _left(_machine(description), description)
    return Found(found, spans(description)) if found is not None else None


def _machine(description: Description) -> Machine | None:
    """Return the machine that a description amounts to; None if no amount of memory follows from it."""
    if description.cards:
        return _with_cards(description)
    device = description.device
    if device is not None:
        amount = (
            description.shared
            or description.memory
            or (description.product.memory[0] if description.product is not None else None)
        )
        return _of_device(device, amount, description.product) if amount is not None else None
    return _with_memory(description.memory) if description.memory is not None else None


def _left(found: Machine | None, description: Description) -> Machine | None:
    """Return a machine with what others leave of its memory."""
    if found is None or not (description.half or description.taken):
        return found
    taken = (description.taken or 0) * GIB
    what = "half of it" if description.half else f"{description.taken:g} GB of it"

    def left(amount: float | None) -> float | None:
        return None if amount is None else round(max((amount / 2 if description.half else amount) - taken, 0.1), 1)

    is_card = found.gpu_gb is not None
    return found._replace(
        key=f"{found.key}-left", title=f"{found.title}, {what} in use",
        gpu_gb=left(found.gpu_gb), ram_gb=found.ram_gb if is_card else left(found.ram_gb),
    )  # fmt: skip


def _with_cards(description: Description) -> Machine:
    cards = tuple(map(_card, description.cards))
    titles = [
        *map(_card_title, cards),
        *([f"{description.memory:g} GB of main memory"] if description.memory is not None else []),
    ]
    makers = {generation.maker for one in description.cards if (generation := _generation(one.product)) is not None}
    known = [one.formats for one in cards]
    plain = len(titles) == 1 and cards[0].name is None and cards[0].number == 1
    formats = tuple(form for form in known[0] or () if all(form in (other or ()) for other in known))
    return Machine(
        key=f"card-{cards[0].memory:g}" if plain else "cards",
        title=" and ".join(titles),
        gpu_gb=round(sum(one.number * card_gb(one.memory) for one in cards), 1),
        ram_gb=memory_gb(description.memory) if description.memory is not None else None,
        kind="card",
        cards=cards,
        maker=makers.pop() if len(makers) == 1 else None,
        formats=formats if None not in known else None,
    )


def _with_card(printed: float) -> Machine:
    return _with_cards(Description((), [Cards(1, None, printed)]))


def _card(cards: Cards) -> Card:
    product, generation = cards.product, _generation(cards.product)
    memory = cards.memory if cards.memory is not None else float(product.memory[0]) if product is not None else 0.0
    if product is None:
        return Card(cards.count, None, memory)
    return Card(
        cards.count,
        product.name,
        memory,
        product.bandwidth,
        generation.formats if generation is not None else None,
    )


def _generation(product: Product | None) -> Generation | None:
    return hardware().generation(product.generation) if product is not None else None


def _card_title(card: Card) -> str:
    """Return what cards are called: `2 × GeForce RTX 3090 with 24 GB each`."""
    name = card.name or ("Graphics card" if card.number == 1 else "graphics cards")
    if card.number == 1:
        return f"{name} with {card.memory:g} GB"
    return f"{card.number} {'× ' if card.name else ''}{name} with {card.memory:g} GB each"


def _of_device(kind: str, printed: float, product: Product | None) -> Machine:
    """Return a device whose memory is shared. An Apple computer and a mini PC have a graphics part, the others don't."""
    fillable, graphics, title = DEVICES[kind]
    amount, generation = fillable(printed), _generation(product)
    return Machine(
        key=f"{kind}-{printed:g}",
        title=f"{product.name if product is not None else title}, {printed:g} GB shared",
        gpu_gb=amount if graphics else None,
        ram_gb=None if graphics else amount,
        kind=kind,
        maker=generation.maker if generation is not None else kind if kind == "apple" else None,
        formats=generation.formats if generation is not None else None,
    )


def _with_memory(printed: float) -> Machine:
    return Machine(f"memory-{printed:g}", f"{printed:g} GB of main memory", None, memory_gb(printed))


# By kind of device: what a model may fill of its memory, whether a graphics part computes, and what it is called.
DEVICES = {
    "apple": (apple_gb, True, "Apple"),
    "unified": (unified_gb, True, "Shared memory"),
    "phone": (phone_gb, False, "Phone"),
    "board": (memory_gb, False, "Single-board computer"),
}


def fillable(gpu_gb: float | None, ram_gb: float | None) -> str:
    """Return in words what a model may fill.

    >>> fillable(12, 64.7), fillable(None, 13.2)
    ('12 GB on the card and 64.7 GB of main memory', '13.2 GB')
    """
    if gpu_gb is not None and ram_gb is not None:
        return f"{gpu_gb:g} GB on the card and {ram_gb:g} GB of main memory"
    return f"{gpu_gb if gpu_gb is not None else ram_gb or 0:g} GB"


def machines() -> tuple[tuple[str, tuple[Machine, ...]], ...]:
    """Return the list, in groups with a title.

    >>> machines()[0][1][2][:4]
    ('card-8', 'Graphics card with 8 GB', 8.0, None)
    """
    return (
        ("Graphics card", tuple(map(_with_card, CARDS))),
        ("Apple computer", tuple(_of_device("apple", size, None) for size in APPLES)),
        ("No graphics card", tuple(map(_with_memory, MEMORIES))),
    )

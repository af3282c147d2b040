"""`fit`: list a model's usual quantizations by size and loss, and find what fits on a machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from ..decoder import decode
from ..errors import RequestError, shown
from ..reading import JsonObject
from .arguments import gigabytes, token_count
from .estimator import Estimate, context_limit, estimate, published_label
from .known_models import Loss, known_models
from .machine import CARDS, card_gb, read_machine
from .placement import EXPERTS, GPU, LAYERS, RAM, Placement, place
from .storage_label import USUAL
from .warnings import Flag

GB = 1e9
SAVING = 0.9  # the share of the published size that a quantization may have: a smaller saving isn't worth a loss
USUAL_CARDS = (8, 16, 24, 48)  # printed gigabytes, for which it's said what fits if no machine is given
RUNNABLE = ("model", "draft")  # kinds of names: everything else runs only as a part of a model
NOTHING = Loss(0.0, 0.0, "")


class Room(NamedTuple):
    """A machine and the memory that a model may fill there, in decimal gigabytes: the card's, or the main one without a card.

    `unread` are the words of its description that weren't understood.
    """

    title: str
    gpu_gb: float | None
    ram_gb: float | None
    available_gb: float
    unread: tuple[str, ...] = ()


class Rung(NamedTuple):
    """A quantization of a model: its size in bytes, and what it loses.

    `total_bytes` is weights, KV cache and overhead, `loss` the rise in perplexity that was published for the label, and
    `changed_tokens` the share of positions at which another token becomes the likeliest. `smallest_gpu_gb` is the smallest
    usual graphics card that holds it. `placement` is where it lies on the machine if it fits: `gpu`, `ram`,
    `experts-in-ram` or `layers-in-ram`, the last two beside the card and slower. `None` is unknown; `fits` is too if no
    machine is given, or if it is close.
    """

    quant: str
    weights_bytes: int
    kv_cache_bytes: int | None
    total_bytes: int | None
    fits: bool | None
    loss: float | None
    changed_tokens: float | None
    smallest_gpu_gb: int | None
    source: str | None
    placement: str | None = None


class OnCard(NamedTuple):
    """What to take of a model on a card with so many printed gigabytes.

    `quant` is the largest label that fits, None if none does. `longest_context` is the most tokens that still fit beside it, None if that isn't known.
    """

    card_gb: int
    quant: str | None
    longest_context: int | None


@dataclass(frozen=True, slots=True)
class Fit:
    """What of a model fits on a machine.

    `ladder` has the usual quantizations, the largest first, from the precision that the maker published. `best` is the
    one to take: the largest that fits on the card, or in main memory if there's no card, or else one that is split
    between the two, as the `placement` of its rung says.
    `longest_context` is the most tokens that still fit beside it, as far as the model reads. `smallest_gpu_gb` is the
    smallest usual graphics card for it, or for the most common label if none fits. If no machine is given, `cards` say the
    same for usual ones. `sources` and `flags` are those of the estimates.
    """

    name: str
    context: int | None = None
    ladder: tuple[Rung, ...] = ()
    best: str | None = None
    longest_context: int | None = None
    smallest_gpu_gb: int | None = None
    machine: Room | None = None
    cards: tuple[OnCard, ...] = ()
    flags: tuple[Flag, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict, hash=False)

    def to_dict(self) -> JsonObject:
        """The answer as plain lists and dictionaries, every key present, ready for JSON."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        found["ladder"] = [rung._asdict() for rung in self.ladder]
        found["machine"] = {**self.machine._asdict(), "unread": list(self.machine.unread)} if self.machine else None
        found["cards"] = [card._asdict() for card in self.cards]
        found["flags"] = [flag._asdict() for flag in self.flags]
        found["sources"] = dict(self.sources)
        return found


def fit(
    name: str,
    machine: str | None = None,
    gpu_gb: float | None = None,
    ram_gb: float | None = None,
    context: int | None = None,
) -> Fit:
    """Return which quantizations of a model fit on a machine.

    `machine` describes it in a few words, such as `RTX 4090` or `24 GB card`; `gpu_gb` and `ram_gb` are the gigabytes that the model may
    fill. `context` is the number of tokens to keep, as for `estimate`.

    >>> found = fit("Llama-3.1-8B-Instruct", "8 GB card", context=8192)
    >>> found.best, found.longest_context, found.smallest_gpu_gb
    ('Q5_K_M', 10518, 8)
    >>> fit("some-model-without-a-size").ladder
    ()

    Raises what `estimate` raises, and RequestError for a machine that isn't known.
    """
    room = _room(machine, gpu_gb, ram_gb)
    tokens = token_count(context) if context is not None else None
    published = estimate(name, published_label(name), tokens)
    if published.weights_bytes is None or decode(name).kind not in RUNNABLE:
        return Fit(name, published.context, machine=room, flags=published.flags)
    ladder = tuple(_ladder(published, room))
    best = _best(ladder)
    shown = best or next((rung for rung in ladder if rung.quant == USUAL), ladder[0])
    return Fit(
        name=name,
        context=published.context,
        ladder=ladder,
        best=best.quant if best is not None else None,
        longest_context=_longest_context(name, best, room) if best is not None and room is not None else None,
        smallest_gpu_gb=shown.smallest_gpu_gb,
        machine=room,
        cards=tuple(_on_cards(name, ladder)) if room is None and ladder[0].total_bytes is not None else (),
        flags=published.flags,
        sources={key: source for key, source in published.sources.items() if key != "bits_per_weight"},
    )


def _on_cards(name: str, ladder: tuple[Rung, ...]) -> Iterator[OnCard]:
    """Yield what fits on usual cards. Every size in the ladder has to be known."""
    for size in USUAL_CARDS:
        room = Room(f"{size} GB", card_gb(size), None, card_gb(size))
        best = next((rung for rung in ladder if (rung.total_bytes or 0) <= room.available_gb * GB), None)
        if best is None:
            yield OnCard(size, None, None)
        else:
            yield OnCard(size, best.quant, _longest_context(name, best._replace(placement=GPU), room))


def _room(machine: str | None, gpu_gb: float | None, ram_gb: float | None) -> Room | None:
    given = {key: value for key, value in (("gpu_gb", gpu_gb), ("ram_gb", ram_gb)) if value is not None}
    amounts = {key: gigabytes(key, value) for key, value in given.items()}
    if machine is not None:
        if not isinstance(machine, str):
            raise RequestError(f"A machine is described in words such as “24 GB card”, not by {shown(machine)}.")
        if amounts:
            raise RequestError("Give either a machine or the gigabytes that the model may fill, not both.")
        known = read_machine(machine)
        return _room_of(known.title, known.gpu_gb, known.ram_gb)._replace(unread=known.unread)
    if not amounts:
        return None
    amounts_in_words = [
        f"{amount:g} GB {where}"
        for key, where in (("gpu_gb", "on the graphics card"), ("ram_gb", "of main memory"))
        if (amount := amounts.get(key)) is not None
    ]
    return _room_of(" and ".join(amounts_in_words), amounts.get("gpu_gb"), amounts.get("ram_gb"))


def _room_of(title: str, gpu_gb: float | None, ram_gb: float | None) -> Room:
    return Room(title, gpu_gb, ram_gb, (gpu_gb if gpu_gb is not None else ram_gb) or 0.0)


def _ladder(published: Estimate, room: Room | None) -> Iterator[Rung]:
    """Yield the rungs, the largest first: what was published, and what is much smaller and beaten by none in size and loss."""
    losses = known_models().losses
    sized = [(estimate(published.name, label, published.context), loss) for label, loss in losses.items()]
    smaller = [(needed, loss) for needed, loss in sized if _weights(needed) < SAVING * _weights(published)]
    kept = [one for one in smaller if not any(_beats(other, one) for other in smaller)]
    yield _rung(published, NOTHING, room)
    for needed, loss in sorted(kept, key=lambda one: -_weights(one[0])):
        yield _rung(needed, loss, room)


def _weights(needed: Estimate) -> int:
    return needed.weights_bytes or 0


def _beats(one: tuple[Estimate, Loss], other: tuple[Estimate, Loss]) -> bool:
    """Whether one quantization is no larger than another and loses less by every measure that was taken of both."""
    pairs = [
        (mine, its)
        for mine, its in zip(one[1][:2], other[1][:2], strict=True)
        if isinstance(mine, float) and isinstance(its, float)
    ]
    return _weights(one[0]) <= _weights(other[0]) and bool(pairs) and all(mine < its for mine, its in pairs)


def _best(ladder: tuple[Rung, ...]) -> Rung | None:
    """Return the quantization to take: the largest that lies in one memory, unless it's coarser than the usual label.

    Then the usual label is better with experts in main memory, where it loses less speed than the coarse one does quality.
    With layers there, it's only for models of which nothing fits on the card. A larger label than the usual one would be
    slower still.
    """
    whole = next((rung for rung in ladder if rung.placement in (GPU, RAM)), None)
    usual = next((at for at, rung in enumerate(ladder) if rung.quant == USUAL), 0)
    split = next((rung for rung in ladder[usual:] if rung.placement in (EXPERTS, LAYERS)), None)
    if whole is None or (split is not None and split.placement == EXPERTS and ladder.index(whole) > usual):
        return split or whole
    return whole


def _rung(needed: Estimate, loss: Loss, room: Room | None) -> Rung:
    placed = place(needed, room.gpu_gb, room.ram_gb) if room is not None else Placement(None, None)
    return Rung(
        quant=needed.quant or "",
        weights_bytes=_weights(needed),
        kv_cache_bytes=needed.kv_cache_bytes,
        total_bytes=needed.total_bytes,
        fits=placed.fits,
        loss=loss.perplexity_rise,
        changed_tokens=loss.changed_tokens,
        smallest_gpu_gb=_smallest_card(needed.total_bytes),
        source=f"glossary:{loss.term}" if loss.term else None,
        placement=placed.where,
    )


def _smallest_card(total: int | None) -> int | None:
    return next((size for size in CARDS if total is not None and total <= card_gb(size) * GB), None)


def _longest_context(name: str, best: Rung, room: Room) -> int | None:
    """Return the most tokens that fit in the same place, up to what the model reads; None if that isn't known."""
    most = context_limit(name)
    if most is None:
        return None
    fewest = 0
    while fewest < most:
        middle = (fewest + most + 1) // 2
        if place(estimate(name, best.quant, middle), room.gpu_gb, room.ram_gb).where == best.placement:
            fewest = middle
        else:
            most = middle - 1
    return fewest or None

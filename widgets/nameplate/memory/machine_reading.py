"""Decide what belongs together in a description of a machine: which figure is whose, how many cards there are.

A figure belongs to the nearest word about memory or hardware, on its right first: `8 GB VRAM`, `12 GB card`. Otherwise it
belongs to what is on its left: `RTX 3060 12 GB`, `laptop with 16 GB`. It belongs to nothing where other words are between
them. A number with a unit other than gigabytes is never memory, so neither parameters nor tokens are.
"""

from __future__ import annotations

from .hardware import hardware
from .machine_clauses import are_ones, is_a_clause, is_in_a_number, read_limits
from .machine_description import Cards, Description
from .machine_parts import FIGURE, MARK, NAME, NUMBER, OTHER, TIMES, WORD, Part, parts
from .machine_text import name_key, tokens

MOST_CARDS = 64
FARTHEST = 5  # parts between a figure and what it belongs to
COMMAS = (",", "、")
SOFT_MARKS = ("(", ":", "-", "–", "=", "~", "≈", '"', "'")
SHARED = ("apple", "unified", "phone", "board")  # kinds of products and of words whose memory is shared
MEMORY, GRAPHICS = "memory", "graphics-memory"
LARGEST_PHONE = 32  # gigabytes; larger figures beside a phone are its storage
OTHERS_MEMORY = 2  # times the largest size of a card: a larger figure beside it is the computer's memory


def describe(text: str, alone: bool) -> Description:
    """Return what a text says of a machine. `alone` says that it is about nothing else."""
    return _Reader(parts(text), alone).read()


class _Reader:
    """The steps from parts to a description; `owner` has the cards or the device that a part belongs to."""

    def __init__(self, found: tuple[Part, ...], alone: bool) -> None:
        self.parts = found
        self.alone = alone
        self.description = Description(found)
        self.used = self.description.used
        self.cards: dict[int, Cards] = {}
        self.named: list[Cards] = []
        self.loose: list[int] = []
        self.last: int | None = None  # the last product
        self.is_laptop = any(part.means("laptop") for part in found)

    def read(self) -> Description:
        read_limits(self.description)
        for at, part in enumerate(self.parts):
            if part.kind == NAME and self._is_meant(at):
                self._name(at)
        self._devices()
        for at, part in enumerate(self.parts):
            if part.kind == FIGURE and at not in self.used:
                self._figure(at)
        if are_ones(self.parts, self.loose):
            self.cards.update({at: Cards(1, None, self.parts[at].value) for at in self.loose})
            self.used.update(self.loose)
        for at in (at for at in self.loose if at not in self.used):
            self._loose(at)
        if self.description.without_card:
            self.cards.clear()
        self.description.cards = list(self.cards.values())
        return self.description

    # Names of products, and how many of them

    def _is_meant(self, at: int) -> bool:
        """Whether a name that is also a plain number or an abbreviation means a machine here."""
        part = self.parts[at]
        if part.sure or self.alone:
            return True
        before, after = self._part(at - 1), self._part(at + 1)
        if before is not None and before.text in SOFT_MARKS:
            before = self._part(at - 2)
        if part.product is not None and before is not None and before.text in part.product.leading:
            return True
        if after is not None and after.is_plural_ending and part.text.isdecimal():
            return True
        is_halved = any(one.means("half") for one in self.parts[at + 1 : at + FARTHEST])
        if is_halved or (part.product is not None and self._size_behind(at) in part.product.memory):
            return True
        if part.product is not None and before is not None and before.kind == FIGURE:
            return before.value in part.product.memory
        if before is not None and (before.kind == TIMES or before.means("apple", "card")):
            return True
        if after is not None and (after.kind == FIGURE or after.means("card", "apple", "laptop", "graphics-memory")):
            return True
        if before is None and after is not None and after.is_soft and after.is_character:
            return True
        introduced = before is not None and (before.means("article") or before.kind == NUMBER)
        return introduced and self._ends_well(after)

    def _size_behind(self, at: int) -> float | None:
        """Return the figure behind a name, if only small words and commas are between them: `3060 de 12GB`."""
        for end in range(at + 1, min(at + 1 + FARTHEST, len(self.parts))):
            part = self.parts[end]
            if part.kind == FIGURE:
                return part.value
            if not (part.is_soft or part.text in COMMAS or part.text in SOFT_MARKS):
                return None
        return None

    def _ends_well(self, after: Part | None) -> bool:
        """Whether what follows a name doesn't go on with it: nothing, a mark, a small word."""
        if after is None or after.kind in (MARK, WORD, NAME):
            return after is None or not (after.text in ("-", "/", "%") and after.adjacent)
        return after.kind == OTHER and after.is_character

    def _name(self, at: int) -> None:
        product = self.parts[at].product
        assert product is not None
        if self.last is not None and any(part.means("either") for part in self.parts[self.last + 1 : at]):
            return
        self.last = at
        self.used.add(at)
        start = at
        while start and self.parts[start - 1].text in product.leading and self.parts[start - 1].kind in (WORD, OTHER):
            start -= 1
            self.used.add(start)
        if product.kind in SHARED:
            if self.description.product is None:
                self.description.product, self.description.device = product, product.kind
            return
        if self.is_laptop:
            product = hardware().named(name_key(tokens(f"{product.name} laptop"))) or product
        count = self._count(start, at)
        if product.card is None:
            self.cards[at] = Cards(count, product)
            self.named.append(self.cards[at])
            return
        card = hardware().named(name_key([token for token in tokens(product.card) if token.is_word]))
        self.cards[at] = Cards(product.cards * count, card, product.card_memory)
        self.named.append(self.cards[at])
        self.description.memory = float(product.memory[0])

    def _count(self, start: int, end: int) -> int:
        """Return how many there are of what is between two parts: `2x`, `two`, `x2`."""
        after = self._part(end + 1)
        if after is not None and after.is_plural_ending:
            self.used.add(end + 1)
            end += 1
        for times, number in ((start - 1, start - 2), (end + 1, end + 2)):
            if self._kind(times) == TIMES and self._is_count(number):
                self.used.update((times, number))
                return int(self.parts[number].value)
        counted = self._part(end + 2)
        if counted is not None and counted.kind == NUMBER and counted.is_character and self._is_soft(end + 1):
            self.used.add(end + 2)  # of a counter behind: 3090を2枚
            return int(counted.value)
        before = start - 1
        while self._is_soft(before):  # of a figure between the number and the name: 4张16G的V100
            before -= 1
        before = before - 1 if self._kind(before) == FIGURE and self._kind(end) == NAME else start - 1
        if self._counts_across(before):
            before -= 1
        if self._kind(before) == NUMBER and self._is_count(before) and self._may_count(before):
            self.used.add(before)
            return int(self.parts[before].value)
        return 1

    def _counts_across(self, at: int) -> bool:
        """Whether the number before a word counts what is behind it: `two used 3090s`, `4 Karten A100`."""
        word, number = self._part(at), self._part(at - 1)
        if word is None or number is None or number.kind != NUMBER:
            return False
        return word.means("card", "counter") or (word.is_soft and not number.text.isdecimal())

    def _is_count(self, at: int) -> bool:
        return self._kind(at) == NUMBER and 1 <= self.parts[at].value <= MOST_CARDS and self.parts[at].value % 1 == 0

    def _may_count(self, at: int) -> bool:
        """Whether a number belongs to what follows it, and not to a name before it: `Llama 3 24 GB`."""
        before, number = self._part(at - 1), self.parts[at]
        if before is None or not number.text.isdecimal():
            return True
        return before.is_character or (before.kind != OTHER and not (number.adjacent and before.kind == WORD))

    # Figures of memory

    def _devices(self) -> None:
        for at, part in enumerate(self.parts):
            if at in self.used or part.kind != WORD:
                continue
            device = next((kind for kind in SHARED if part.means(kind)), None)
            if device is not None and self.description.product is None and self.description.device is None:
                self.description.device = device

    def _figure(self, at: int) -> None:
        label = self._label(at)
        right = self._right(at) if label is None else None
        left = self._left(at) if label is None else None
        if label is not None:
            self._take(at, label)
        elif left is not None and self._kind(left) == NAME and self._is_own(at, left, right):
            self._of_name(at, left)
        elif right is not None:
            self._take(at, right, left)
        elif left is not None:
            self._take(at, left)
        else:
            self.loose.append(at)

    def _label(self, at: int) -> int | None:
        """Return a word for memory right before a figure that isn't another figure's: `VRAM 12 GB`, `RAM: 16 GB`."""
        before = at - 1
        while (before >= 0 and self.parts[before].text in (":", "=")) or self._is_count_of(before, at):
            before -= 1
        part = self._part(before)
        free = part is not None and part.means(MEMORY, GRAPHICS) and before not in self.used
        return before if free else None

    def _is_count_of(self, before: int, at: int) -> bool:
        return at - 2 <= before and (
            (before == at - 1 and self._kind(before) == TIMES) or (before == at - 2 and self._kind(at - 1) == TIMES)
        )

    def _right(self, at: int) -> int | None:
        """Return what a figure belongs to on its right."""
        unknown = 0
        for end in range(at + 1, min(at + 1 + FARTHEST, len(self.parts))):
            part = self.parts[end]
            if part.is_soft or part.text in SOFT_MARKS or (part.means("number") and part.value == 1):
                continue
            if end in self.used and part.kind != NAME:
                return None
            if part.kind == NAME:
                return end if end in self.used and (end == at + 1 or self.parts[end - 1].is_character) else None
            if part.kind == WORD and not part.means("and", "either", "without"):
                return end if not unknown or part.means("card", GRAPHICS) else None
            if part.kind != OTHER or unknown:
                return None
            unknown += 1
        return None

    def _left(self, at: int) -> int | None:
        """Return what a figure belongs to on its left."""
        comma = joined = False
        for start in range(at - 1, max(at - 2 - FARTHEST, -1), -1):
            part = self.parts[start]
            if part.text in COMMAS and not comma:
                comma = True
                continue
            if part.is_soft or part.text in SOFT_MARKS or part.kind in (TIMES, NUMBER) or part.is_plural_ending:
                continue
            if is_in_a_number(self.parts, start):
                continue
            if part.means("and"):
                joined = True
                continue
            if part.kind == NAME:
                return start if start in self.used and not (joined and start in self.cards) else None
            if joined:
                return None
            if part.means("another") and not self.cards:
                return None
            if part.kind == WORD and start not in self.used and not part.means("either", "disk"):
                return start if not (comma and part.means(MEMORY, "card")) else None
            return None
        return None

    def _is_own(self, at: int, name: int, right: int | None) -> bool:
        """Whether a figure is the memory of a product before it, although a word after it may say something else."""
        product, value = self.parts[name].product, self.parts[at].value
        owner = self.cards.get(name)
        if owner is None:
            return product is not None and (right is None or not self.parts[right].means("disk"))
        if right is not None and self.parts[right].means(GRAPHICS, "card"):
            return True
        sizes = owner.product.memory if owner.product is not None else ()
        if right is not None and self.parts[right].means(MEMORY, "computer", "laptop"):
            return owner.memory is None and value in sizes
        return right is None and owner.memory is None and value <= OTHERS_MEMORY * max(sizes, default=0)

    def _of_name(self, at: int, name: int) -> None:
        """Give a figure to the product before it."""
        self.used.add(at)
        right = self._right(at)
        if right is not None and self.parts[right].means(MEMORY, GRAPHICS, "card"):
            self.used.add(right)
        owner = self.cards.get(name)
        if owner is not None:
            owner.memory = self.parts[at].value
            if owner.count == 1:
                owner.count = self._count(at, at)
        else:
            self._share(at)

    def _share(self, at: int) -> None:
        """Take a figure for the memory that processor and graphics share. Beside a phone, a large one is its storage."""
        value = self.parts[at].value
        product = self.description.product
        largest = max(product.memory) if product is not None else LARGEST_PHONE
        storage = self.description.device == "phone" and value > LARGEST_PHONE
        if not storage and self.description.shared is None and (product is None or value <= largest):
            self.description.shared = value

    def _take(self, at: int, word: int, left: int | None = None) -> None:
        """Give a figure to a word beside it, or to the product behind it."""
        part, value = self.parts[word], self.parts[at].value
        if part.means("disk"):
            self.used.add(at) if self.alone else None
            return
        self.used.update((at, word))
        if part.kind == NAME:
            self._of_name(at, word)
        elif part.means(GRAPHICS, "card", "another") or (part.means(MEMORY) and self._is_of_card(left)):
            self._of_card(at, word)
        elif self.description.device is not None and not self.cards:
            self._share(at)
        elif self.description.memory is None:
            self.description.memory = value * (self._count(at, at) if self._kind(at - 1) == TIMES else 1)
        if left is not None and self.parts[left].kind == WORD:
            self.used.add(left)

    def _is_of_card(self, left: int | None) -> bool:
        """Whether the word before a figure is a card's that has no other memory: `GPU with 24 GB of memory`."""
        return left is not None and self.parts[left].means("card") and left not in self.used

    def _of_card(self, at: int, word: int) -> None:
        """Take a figure for graphics memory: that of the one card with a name, or of a card without."""
        value = self.parts[at].value
        beside = self.parts[max(0, min(at, word) - 2) : max(at, word) + 1]
        is_another = bool(self.cards) and any(part.means("another") for part in beside)
        if len(self.named) == 1 and self.named[0].memory is None and not is_another:
            self.named[0].memory = value
        elif not self.named or is_another:
            count = self._count(at, at)
            card = word if self.parts[word].means("card") and word < at else self._card_before(at)
            if count == 1 and card is not None:
                self.used.add(card)
                count = self._count(card, card)
            self.cards[at] = Cards(count, None, value)

    def _card_before(self, at: int) -> int | None:
        """Return a word for cards before a figure, with only small words between them: `two cards with 24 GB VRAM`."""
        before = self._steps(at, -1, 1)
        return before if before is not None and self.parts[before].means("card") else None

    def _loose(self, at: int) -> None:
        """Place a figure that no word is beside, in a text about nothing else."""
        value = self.parts[at].value
        if not self.alone:
            self._loose_size(at)
            return
        if self.named:
            first = self.named[0]
            if first.memory is None and first.product is not None and value in first.product.memory:
                first.memory = value
            elif self.description.memory is None:
                self.description.memory = value
        elif self.description.device is not None:
            self._share(at)
        elif self.description.memory is None and self._kind(at - 1) != TIMES:  # 2 x 24 GB: of what?
            self.description.memory = value
        else:
            return
        self.used.add(at)

    def _loose_size(self, at: int) -> None:
        """Take a figure in a sentence for the memory of the one product in it, if that is sold with so much.

        Without a product it is the computer's memory, if there is no card, or if it makes up a clause of the sentence.
        """
        value, device = self.parts[at].value, self.description.device
        if len(self.loose) > 1:
            return
        if not self.cards and self.description.is_empty:
            if self.description.without_card or is_a_clause(self.parts, at):
                self.used.add(at)
                self._share(at) if device is not None else self.description.set_memory(value)
            return
        if len(self.named) == 1 and self.named[0].memory is None and not self.description.product:
            product = self.named[0].product
            if product is not None and value in product.memory:
                self.named[0].memory = value
                self.used.add(at)
        elif self.description.product is not None and not self.named and value in self.description.product.memory:
            self._share(at)
            self.used.add(at)

    # Neighbours

    def _part(self, at: int) -> Part | None:
        return self.parts[at] if 0 <= at < len(self.parts) else None

    def _kind(self, at: int) -> str | None:
        part = self._part(at)
        return part.kind if part is not None else None

    def _is_soft(self, at: int) -> bool:
        part = self._part(at)
        return part is not None and part.is_soft

    def _steps(self, at: int, step: int, most: int) -> int | None:
        """Return the next part that isn't a small word, in one direction."""
        at += step
        while 0 <= at < len(self.parts):
            if not self.parts[at].is_soft:
                return at
            at += step
        return None

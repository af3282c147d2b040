"""Numbers in names: small functions, one notation each.

Each takes the lower-case text from the place where something numeric starts and yields what it could be: how
many characters it takes, and a meaning for each of its parts. What a number is often depends on its
neighbours (`1M` after a size is a context, alone a size), which the circumstances of each meaning say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .vocabulary import Meaning, Vocabulary, When, bits_of

END = r"(?![^\W_])"
UNIT = {"b": 1.0, "bn": 1.0, "billion": 1.0, "m": 1e-3, "million": 1e-3, "t": 1e3, "k": 1e-6}
# How a parameter count may be written: 70, 1.5, 1_5 and 1p5 (a decimal), 0-5 (where dots are not allowed).
NUMBER = r"(?:\d{1,3}\.\d{1,3}|\d{1,3}p\d{1,2}|\d{1,4})"
SIZE = re.compile(rf"({NUMBER})[ ]?(billion|million|bn|b|m|t|k)(?=v\d|\d{{1,3}}b{END}|{END})")
DECIMAL_SIZE = re.compile(rf"(\d{{1,2}})[_-](\d{{1,2}})(b|m){END}")
GLUED_DECIMAL_SIZE = re.compile(rf"(\d{{1,2}})b(\d){END}")
MIXTURE = re.compile(rf"(\d{{1,3}})x({NUMBER}|\d_\d)(b|m)?{END}")
MIXTURE_BEHIND = re.compile(rf"({NUMBER})b[-_]?x(\d{{1,2}}){END}")
GLUED_SIZES = re.compile(rf"({NUMBER})b({NUMBER})b{END}")
ACTIVE_EXPERTS = re.compile(rf"({NUMBER})b-(\d{{1,3}})e{END}")
EXPERTS = re.compile(rf"(\d{{1,3}})(?:e|[-_]?experts?){END}")
ACTIVE = re.compile(rf"a({NUMBER})(b|m){END}")
EFFECTIVE = re.compile(rf"e({NUMBER})b{END}")
TOKENS = re.compile(rf"({NUMBER})([mbt])[-_]?(?:tokens?|toks?|tk){END}")
VERSION = re.compile(rf"v(\d{{1,3}}(?:\.\d{{1,3}})*){END}")
VERSION_APART = re.compile(rf"v(\d{{1,2}})[-_p](\d{{1,2}})(?:[-_p](\d{{1,2}}))?{END}(?![.]\d)")
REVISION = re.compile(rf"(00\d|rev\d+|r\d{{4}}){END}")
GENERATION = re.compile(r"(\d{1,3}(?:\.\d{1,3})+|\d{1,3})(?!\d)(?!\.\d)")
GENERATION_APART = re.compile(rf"(\d{{1,2}})[-_p](\d{{1,2}}){END}(?![.]\d)")
LETTERED = re.compile(rf"[a-z]\d+(?:\.\d+)?{END}")
BITS = re.compile(rf"(\d{{1,2}}(?:[.]\d+)?)[-_ ]?bits?{END}")
BPW = re.compile(rf"(\d{{1,2}}(?:[._]\d+)?)[-_ ]?bpw{END}")
BPW_BEHIND = re.compile(rf"b?pw[-_]?(\d(?:\.\d+)?){END}")
GROUP = re.compile(rf"(?:gs?[-_]?(\d{{2,4}})|(\d{{2,4}})g){END}")
ACTIVATION = re.compile(rf"w(\d{{1,2}})a(\d{{1,2}})(?:g(\d+)|kv\d+)?{END}")
PACKED = re.compile(rf"q(\d)(?:b?f)(16|32)(?:_\d)?{END}")
LABEL = re.compile(
    rf"(?:ud[-_])?(i?q|tq|avq)(\d{{1,2}})(?:[_-](?:\d|k|[sml]|xx?[sl]|nl|k[stl]|kss|kx?|r[48]|hp|p|hifi))*{END}"
)
SHARD = re.compile(rf"(?:split-)?(\d{{5}})[-_]of[-_](\d{{5}}){END}|part[-_]?(\d+)[-_]?of[-_]?(\d+){END}")
STEP = re.compile(
    rf"(?:global_?step|step|steps|ckpt|checkpoint|iter)[-_]?(\d+(?:\.\d+)?[km]?){END}|(\d+[km]?)[-_]?steps?{END}"
)
LONG_NUMBER = re.compile(rf"\d{{5,7}}{END}")
DAY = re.compile(rf"(20\d\d)([-_.]?)(\d\d)\2(\d\d){END}")
DAY_BEHIND = re.compile(rf"(\d\d)([-_.]?)(\d\d)\2(20\d\d){END}")
MONTH = re.compile(rf"(20\d\d)[-_.]?(\d\d){END}(?!-\d\d{END})")
MONTH_BEHIND = re.compile(rf"(\d\d)-(20\d\d){END}")
MONTH_DAY = re.compile(rf"(\d\d)-(\d\d){END}(?!-\d\d)")
DIGITS = re.compile(rf"\d{{6}}{END}|\d{{4}}{END}")
YEAR = re.compile(rf"20[12]\d{END}")
POWER_OF_TWO = re.compile(rf"(?:2048|4096|8192|16384|32768|65536|131072|262144|524288|1048576){END}")
INTEGER = re.compile(r"\d+")
DOTTED = re.compile(r"\d+(?:\.\d+)+")


Make = Callable[..., Meaning]


class Found(NamedTuple):
    """One way to read the text from here: its length, and its parts with offsets from here."""

    length: int
    parts: tuple[tuple[int, int, Meaning], ...]


def _when(cost: float, why: str | None = None, **circumstances: Any) -> When:
    empty: dict[str, Any] = {"after": (), "before": (), "lines": (), "line_tasks": (), "glued": None, "first": None}
    seen, unseen = (bits_of(circumstances.pop(key, ())) for key in ("seen", "unseen"))
    return When(**{**empty, **circumstances}, seen=seen, unseen=unseen, cost=cost, why=why)


SECOND_SIZE = _when(2.5, "the name gives a size already", seen=("params_b", "expert_params_b"))
AFTER_HEAD = _when(0.2, "it follows the name of a line", after=("family",))
AFTER_EDITION = _when(0.6, "it follows the name of an edition", after=("edition", "size_class"))
AFTER_TASK = _when(1.4, "it follows the name of a task", after=("task",))
AFTER_WORD = _when(0.9, "it follows the first word of the name", after=("unknown",), unseen=("params_b", "family"))


class Notations:
    """The notations, with the terms that explain them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._cache: dict[str, tuple[Found, ...]] = {}
        self.openers = OPENERS | vocabulary.generation_letters.keys()

    def read(self, text: str) -> tuple[Found, ...]:
        """All that the start of `text` (lower case) can be."""
        found = self._cache.get(text)
        if found is None:
            if len(self._cache) > 20_000:
                self._cache.clear()
            notations = (*ALL, self._lettered_generation)
            found = self._cache[text] = tuple(item for notation in notations for item in notation(text, self._meaning))
        return found

    def _lettered_generation(self, text: str, make: Make) -> Iterator[Found]:
        """`K2`, `M2`: lines whose generations carry a letter say so in their data"""
        match = LETTERED.match(text)
        lines = self._vocabulary.generation_letters.get(text[0]) if match else None
        if match and lines:
            own = _when(0.0, "generations of this line carry a letter", lines=tuple(lines), after=("family", "edition"))
            yield _one(match.end(), make("generation", "generation", match[0].upper(), 8.0, own))

    def _meaning(
        self,
        notation: str,
        field: str | None,
        value: Any,
        cost: float,
        *when: When,
        sets: tuple[tuple[str, Any], ...] = (),
    ) -> Meaning:
        term, says = self._vocabulary.notation(notation)
        return Meaning(field, value, term, says, cost, when, (), sets)


WINDOW = re.compile(
    r"[^-/:@\s]*(?:[- ](?:(?:i?q|tq)?\d[^-/:@\s]*|bits?|bpw|x\d+|of-\d+|tokens?|experts?|steps?)(?![^\W_.])|-[sml]\b|-k\b|-k-[sml]\b){0,3}"
)


def window(text: str, start: int) -> str:
    """The text that a notation starting here could take up.

    >>> window("qwen-3-8b-instruct-2025-04-14", 19)
    '2025-04-14'
    """
    match = WINDOW.match(text, start, start + 40)
    return match[0] if match else ""


def number(text: str) -> float | int:
    """The value of a number in any of the ways in which names write decimals.

    >>> number("70"), number("1.5"), number("0p5"), number("1_8")
    (70, 1.5, 0.5, 1.8)
    """
    value = float(re.sub(r"[_p-]", ".", text))
    return int(value) if value == int(value) else value


def billions(text: str, unit: str) -> float | int:
    """A parameter count in billions.

    >>> billions("270", "m"), billions("2.4", "t")
    (0.27, 2400)
    """
    value = round(float(re.sub(r"[_p-]", ".", text)) * UNIT[unit], 9)
    return int(value) if value == int(value) else value


def tokens_of_context(text: str, unit: str) -> int:
    """A context length in tokens, where k is 1,024 and m is 1,048,576.

    >>> tokens_of_context("128", "k"), tokens_of_context("1", "m")
    (131072, 1048576)
    """
    return round(float(re.sub(r"[_p-]", ".", text)) * {"k": 1 << 10, "m": 1 << 20}[unit])


def _one(length: int, meaning: Meaning) -> Found:
    return Found(length, ((0, length, meaning),))


def size(text: str, make: Make) -> Iterator[Found]:
    """`70b`, `1.5B`, `270m`, `2.4T`; and what else these letters count: context (`128k`, `1M`), training tokens (`3T`)."""
    match = SIZE.match(text)
    if match is None:
        return
    digits, unit = match.groups()
    length, value = match.end(), billions(digits, unit)
    counted = (digits + unit).upper()
    if unit == "k":
        usual = float(digits.replace("p", ".")) in CONTEXTS
        yield _one(length, make("context", "context", tokens_of_context(digits, unit), 0.4 if usual else 2.6))
        yield _one(length, make("size", "params_b", value, 4.0))
    elif unit == "t":
        before_active = _when(0.1, "an active size follows", before=("active_params_b",))
        yield _one(length, make("size", "params_b", value, 0.8, before_active, SECOND_SIZE))
        yield _one(
            length,
            make(
                "train_tokens",
                "train_tokens",
                counted,
                1.3,
                _when(0.3, "the name gives a size already", seen=("params_b",)),
            ),
        )
    else:
        yield _one(length, make("size", "params_b", value, 0.1 if value >= 0.001 else 3.0, SECOND_SIZE))
        if unit == "m" and float(digits) <= 10:
            seen = _when(0.5, "the name gives a size or a stage already", seen=("params_b", "stage"))
            yield _one(length, make("context", "context", tokens_of_context(digits, unit), 3.5, seen))
        if unit == "b" and float(digits.replace("p", ".")) >= FEWEST_TRAINING_BILLIONS:
            seen = _when(2.0, "the name gives a size already", seen=("params_b",))
            yield _one(length, make("train_tokens", "train_tokens", counted, 5.0, seen))


def decimal_size(text: str, make: Make) -> Iterator[Found]:
    """`1_5b`, `0-5b`: a decimal where a dot is not allowed; `7b1`: a decimal behind the unit."""
    match = DECIMAL_SIZE.match(text)
    if match:
        whole, part, unit = match.groups()
        apart = text[len(whole)] == "-"
        cost = 0.3 if whole == "0" or (whole == "1" and not apart) else 2.8
        inside = _when(6.0, None, glued=True)
        numbered = (
            _when(0.3, "the name gives a generation already", seen=("generation",))
            if whole == "1" and len(part) == 1
            else inside
        )
        second = _when(4.0, None, seen=("params_b",))
        yield _one(
            match.end(), make("size", "params_b", billions(f"{whole}.{part}", unit), cost, inside, second, numbered)
        )
    match = GLUED_DECIMAL_SIZE.match(text)
    if match:
        yield _one(match.end(), make("size", "params_b", number(f"{match[1]}.{match[2]}"), 0.3))


def mixture(text: str, make: Make) -> Iterator[Found]:
    """`8x7B`: eight experts of seven billion each; never 56B in all. `17B-16E`: 17B active, 16 experts; `1b14b`: 1B active of 14B."""
    match = MIXTURE.match(text)
    if match:
        experts, digits, unit = match.groups()
        each = billions(digits.replace("_", "."), unit or "b")
        sets = (("experts", int(experts)),)
        yield _one(match.end(), make("expert_size", "expert_params_b", each, 0.1 if unit else 1.0, sets=sets))
    match = MIXTURE_BEHIND.match(text)
    if match:
        sets = (("experts", int(match[2])),)
        yield _one(match.end(), make("expert_size", "expert_params_b", number(match[1]), 0.4, sets=sets))
    match = GLUED_SIZES.match(text)
    if match:
        active = make("active_size", "active_params_b", number(match[1]), 0.0)
        total = make("size", "params_b", number(match[2]), 0.0)
        yield Found(match.end(), ((0, match.end(1) + 1, active), (match.start(2), match.end(), total)))
    match = ACTIVE_EXPERTS.match(text)
    if match and int(match[2]) >= FEWEST_EXPERTS:
        active = make("active_size", "active_params_b", number(match[1]), 0.0)
        experts = make("expert_count", "experts", int(match[2]), 0.0)
        yield Found(match.end(), ((0, match.end(1) + 1, active), (match.start(2), match.end(), experts)))
    match = EXPERTS.match(text)
    if match:
        close = _when(0.5, "a size stands before it", after=("params_b", "active_params_b"))
        yield _one(match.end(), make("expert_count", "experts", int(match[1]), 2.5, close))


def part_of_size(text: str, make: Make) -> Iterator[Found]:
    """`A22B`: active for each token; `E4B`: effective, the memory of a model of that size."""
    match = ACTIVE.match(text)
    if match:
        yield _one(match.end(), make("active_size", "active_params_b", billions(match[1], match[2]), 0.1))
    match = EFFECTIVE.match(text)
    if match:
        yield _one(match.end(), make("effective_size", "effective_params_b", number(match[1]), 0.1))


def training(text: str, make: Make) -> Iterator[Found]:
    """`100B-tokens`, `step-1431k`, `850000`: how far the training had come."""
    match = TOKENS.match(text)
    if match:
        yield _one(match.end(), make("train_tokens", "train_tokens", f"{match[1]}{match[2]}".upper(), 0.0))
    match = STEP.match(text)
    if match:
        yield _one(match.end(), make("step", "checkpoint", match[1] or match[2], 0.2, _when(6.0, None, first=True)))
    match = LONG_NUMBER.match(text)
    if match:
        yield _one(match.end(), make("checkpoint", "checkpoint", match[0], 1.5))


def version(text: str, make: Make) -> Iterator[Found]:
    """`v0.3`, `V1-5`, `v3p1`, `-002`"""
    match = VERSION_APART.match(text)
    if match:
        value = ".".join(part for part in match.groups() if part)
        yield _one(match.end(), make("version", "version", value, 0.1))
    match = VERSION.match(text)
    if match:
        value = match[1]
        if len(value) == 2 and value[0] == "0" and value.isdecimal():
            value = f"0.{value[1]}"  # v01 is how v0.1 is written without dots
        yield _one(match.end(), make("version", "version", value, 0.1))
    match = REVISION.match(text)
    if match:
        yield _one(match.end(), make("revision", "revision", match[0], 0.4))


def generation(text: str, make: Make) -> Iterator[Found]:
    """`2.5`, `3`, `4-5` and `3_3` where dots are not allowed: the number of the line, or a version"""
    match = GENERATION_APART.match(text)
    if match and (match[2] == "0" or not match[2].startswith("0")):
        value = f"{match[1]}.{match[2]}"
        yield _one(
            match.end(),
            make(
                "generation",
                "generation",
                value,
                3.5,
                AFTER_HEAD,
                AFTER_EDITION,
                _when(2.0, None, after=("unknown",), unseen=("params_b",)),
            ),
        )
    match = GENERATION.match(text)
    if match is None:
        return
    length, value = match.end(), match[1]
    glued = 0.8 if length < len(text) and text[length].isalpha() else 0.0
    if "." in value:
        yield _one(
            length,
            make(
                "generation", "generation", value, 2.0 + glued, *_raised(glued, AFTER_HEAD, AFTER_EDITION, AFTER_WORD)
            ),
        )
        yield _one(length, make("version", "version", value, 1.2 + glued))
    else:
        large = glued + (1.5 if len(value) > 2 else 0.0)
        yield _one(
            length,
            make(
                "generation",
                "generation",
                value,
                4.0 + large,
                *_raised(large, AFTER_HEAD, AFTER_EDITION, AFTER_TASK, AFTER_WORD),
            ),
        )


def _raised(by: float, *circumstances: When) -> tuple[When, ...]:
    return tuple(when._replace(cost=when.cost + by) for when in circumstances) if by else circumstances


def precision(text: str, make: Make) -> Iterator[Found]:
    """`4bit`, `3.5bpw`, `w4a16`, `q4f16_1`, `g128`: how finely the weights are stored"""
    match = BITS.match(text)
    if match:
        bits = number(match[1])
        yield _one(match.end(), make("bits", "bits", bits, 0.0))
    match = BPW.match(text) or BPW_BEHIND.match(text)
    if match:
        yield _one(match.end(), make("bpw", "bits", number(match[1]), 0.0, sets=(("quant", match[0]),)))
    match = ACTIVATION.match(text)
    if match:
        sets: tuple[tuple[str, Any], ...] = (("bits", int(match[1])), ("activation_bits", int(match[2])))
        sets += (("group_size", int(match[3])),) if match[3] else ()
        yield _one(match.end(), make("activation_bits", "quant", match[0], 0.0, sets=sets))
    match = PACKED.match(text)
    if match:
        sets = (("bits", int(match[1])), ("activation_bits", int(match[2])), ("quant_method", "mlc"))
        yield _one(match.end(), make("activation_bits", "quant", match[0], 0.0, sets=sets))
    match = GROUP.match(text)
    if match:
        yield _one(match.end(), make("group_size", "group_size", int(match[1] or match[2]), 0.5))


def gguf_label(text: str, make: Make) -> Iterator[Found]:
    """`Q4_K_P`, `IQ2_KT`: labels in the manner of GGUF files which the vocabulary does not list"""
    match = LABEL.match(text)
    if match:
        kind, bits = match[1], int(match[2])
        method = (
            "gguf-i"
            if kind == "iq"
            else "gguf-ternary"
            if kind == "tq"
            else "gguf-k"
            if "k" in match[0]
            else "gguf-legacy"
        )
        sets = (("bits", bits), ("quant_method", method))
        yield _one(
            match.end(),
            make("quant_gguf", "quant", match[0].upper().replace("-", "_").replace("UD_", "UD-"), 0.5, sets=sets),
        )


def shard(text: str, make: Make) -> Iterator[Found]:
    """`00003-of-00009`: which file of how many"""
    match = SHARD.match(text)
    if match:
        first, last, part, parts = match.groups()
        yield _one(match.end(), make("shard", "shard", (int(first or part), int(last or parts)), 0.0))


def date(text: str, make: Make) -> Iterator[Found]:
    """`20240620`, `2025-04-14`, `05-2026`, `2024-12`, `05-06`"""
    match = DAY.match(text)
    if match and _is_day(match[3], match[4]):
        yield _one(match.end(), make("date", "date", f"{match[1]}-{match[3]}-{match[4]}", 0.0))
    match = DAY_BEHIND.match(text)
    if match and _is_day(match[1], match[3]):
        yield _one(match.end(), make("date", "date", f"{match[4]}-{match[1]}-{match[3]}", 0.2))
    match = MONTH.match(text)
    if match and 1 <= int(match[2]) <= 12:
        yield _one(match.end(), make("date", "date", f"{match[1]}-{match[2]}", 0.3))
    match = MONTH_BEHIND.match(text)
    if match and 1 <= int(match[1]) <= 12:
        yield _one(match.end(), make("date", "date", f"{match[2]}-{match[1]}", 0.1))
    match = MONTH_DAY.match(text)
    if match and _is_day(match[1], match[2]):
        staged = _when(0.3, "a release stage stands before it", after=("release_stage",))
        yield _one(
            match.end(), make("date", "date", f"--{match[1]}-{match[2]}", 0.9 if match[1][0] == "0" else 2.2, staged)
        )


def short_date(text: str, make: Make) -> Iterator[Found]:
    """`2507`, `0528`, `1124`, `250715`: the order of the digits is the family's; they are put in order later"""
    match = DIGITS.match(text)
    if match and any(put_in_order(match[0], order) for order in ORDERS[len(match[0])]):
        yield _one(match.end(), make("date", "date", match[0], 0.4))
    match = YEAR.match(text)
    if match:
        yield _one(match.end(), make("date", "date", match[0], 0.8))


ORDERS = {4: ("YYMM", "MMDD", "MMYY"), 6: ("YYMMDD",)}
# Thousands of tokens that contexts are made in; other thousands count examples or steps more often.
CONTEXTS = frozenset(
    (
        1,
        2,
        4,
        6,
        8,
        10,
        12,
        16,
        20,
        24,
        32,
        40,
        48,
        64,
        80,
        96,
        128,
        131,
        160,
        180,
        192,
        196,
        200,
        256,
        260,
        262,
        400,
        500,
        512,
        524,
        1000,
        1024,
        1048,
        2048,
        4096,
    )
)
FEWEST_EXPERTS = 8  # fewer behind a size count epochs or merged models
FEWEST_TRAINING_BILLIONS = 10  # fewer tokens than that are no training of a language model
YEARS = range(20, 30)  # two digits that can be the year of a language model


def put_in_order(digits: str, order: str) -> str | None:
    """The date that digits stand for when read in an order, or nothing if they cannot.

    >>> put_in_order("2507", "YYMM"), put_in_order("0528", "MMDD"), put_in_order("1124", "MMYY"), put_in_order("9999", "MMDD")
    ('2025-07', '--05-28', '2024-11', None)
    """
    first, second, third = digits[:2], digits[2:4], digits[4:]
    if order == "YYMM" and int(first) in YEARS and 1 <= int(second) <= 12:
        return f"20{first}-{second}"
    if order == "MMDD" and _is_day(first, second):
        return f"--{first}-{second}"
    if order == "MMYY" and 1 <= int(first) <= 12 and int(second) in YEARS:
        return f"20{second}-{first}"
    if order == "YYMMDD" and len(digits) == 6 and int(first) in YEARS and _is_day(second, third):
        return f"20{first}-{second}-{third}"
    return None


def _is_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def context(text: str, make: Make) -> Iterator[Found]:
    """`8192`: a power of two is a context length more often than anything else"""
    match = POWER_OF_TWO.match(text)
    if match:
        yield _one(match.end(), make("context", "context", int(match[0]), 1.0))


def unexplained(text: str, make: Make) -> Iterator[Found]:
    """A number of which nothing is known."""
    dotted = DOTTED.match(text)
    if dotted:
        yield _one(dotted.end(), make("unknown", None, None, 3.0 + 0.1 * len(dotted[0])))
    match = INTEGER.match(text)
    if match:
        yield _one(match.end(), make("unknown", None, None, (5.0 if dotted else 3.0) + 0.1 * len(match[0])))


ALL = (
    size, decimal_size, mixture, part_of_size, training, version, generation, precision, gguf_label, shard, date, short_date,
    context, unexplained,
)  # fmt: skip
# Letters that a notation can start with; everything else that starts with a letter is a word.
OPENERS = frozenset(
    ("a", "e", "v", "w", "g", "gs", "q", "iq", "tq", "avq", "ud", "r", "rev", "step", "steps", "ckpt", "checkpoint", "iter", "global",
     "globalstep", "part", "split", "bpw", "pw")
)  # fmt: skip

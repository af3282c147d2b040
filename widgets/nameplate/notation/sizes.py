"""Counts of parameters, experts, tokens and training steps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..patterns import pattern
from ..vocabulary.meaning import Candidate, made_for
from .candidate import END, NUMBER, MakeMeaning, condition, number, single

UNIT = {"b": 1.0, "bn": 1.0, "billion": 1.0, "m": 1e-3, "million": 1e-3, "t": 1e3, "k": 1e-6}
SIZE = pattern(
    rf"({NUMBER})(?:[-_]?(?=[bm]illion)|[ ]?)(billion|million|bn|b|m|t|k)(?:-?params)?(?=v\d|a?\d{{1,3}}b{END}|{END})"
)
DECIMAL_SIZE = pattern(rf"(\d{{1,2}})(?:___|[_-])(\d{{1,2}})(b|m|t){END}")
GLUED_DECIMAL_SIZE = pattern(rf"(\d)b(\d){END}")
MIXTURE = pattern(rf"(\d{{1,3}})x(\d_\d|{NUMBER})(b|m)?{END}")
MIXTURE_BEHIND = pattern(rf"({NUMBER})b[-_]?x(\d{{1,2}}){END}")
GLUED_SIZES = pattern(rf"({NUMBER})b({NUMBER})b{END}")
ACTIVE_EXPERTS = pattern(rf"({NUMBER})b[-x](\d{{1,3}})e{END}")
KEPT_EXPERTS = pattern(rf"e(\d{{1,3}})of\d{{1,3}}{END}")  # E128of256: what was left when experts were removed
EXPERTS = pattern(rf"(\d{{1,3}})(?:e|[-_]?experts?){END}")
ACTIVE = pattern(rf"a(?:ctive[-_]?)?({NUMBER})(b|m|k){END}")
TOTAL_BEHIND = pattern(rf"({NUMBER})([bmt])[-_ ]total{END}")
ACTIVE_BEHIND = pattern(rf"({NUMBER})(?:([bm])a|([bm])[-_ ]active(?![-_]?\d)){END}")
EFFECTIVE = pattern(rf"e({NUMBER})b{END}")
TOKENS = pattern(
    rf"({NUMBER})([mbt])[-_]?(?:tokens?|toks?|tk){END}|(\d{{2,4}}b)t{END}|tokens?[-_]?(\d{{1,4}}[bt]){END}"
)  # 100BT is short for tokens
ACTIVE_BEFORE_TOTAL = pattern(rf"({NUMBER})([bm])a-({NUMBER})([bm])t{END}")
STEP = pattern(
    rf"(?:global_?step|step|steps|ckpt|checkpoint|iter)[-_]?(\d+(?:\.\d+)?[km]?){END}|(\d+[km]?)[-_]?steps?{END}"
)
EPOCH = pattern(rf"(?:epochs?|ep)[-_]?(\d{{1,3}}(?:\.\d+)?){END}|(\d{{1,3}}(?:\.\d+)?)[-_]?(?:epochs?|eps){END}")
SHORT_EPOCH = pattern(rf"e(\d{{2,3}}){END}")  # nsfw_wan_14b_e15
PASSES = "The number of passes over the training data."
SAMPLES = pattern(rf"s(\d{{1,4}}(?:\.\d+)?[mb]){END}")  # as OpenCLIP names its models: s32B-b82K
BATCH = pattern(rf"b(\d{{1,4}}k){END}")
SEED = pattern(rf"seeds?(?:_?(?=\d)|-(?=\d\d))(\d{{1,7}}){END}(?![-.]\d)")
RANK = pattern(rf"rank[-_]?(?:\d{{2,4}}|[48]){END}")
LONG_NUMBER = pattern(rf"\d{{5,7}}{END}")
LABEL_OF_CONTEXT = r"(?:context(?:[-_ ]?length)?|ctx|seq(?:[-_ ]?len)?|ekv)"
CONTEXT_BEHIND = pattern(rf"{LABEL_OF_CONTEXT}[-_ ]?(\d{{1,4}}[km]|\d{{4,7}}|(?<=seq)\d{{3}}){END}")
CONTEXT_BEFORE = pattern(rf"(\d{{1,4}}[km]|\d{{3,7}})[-_ ]?{LABEL_OF_CONTEXT}{END}")
POWER_OF_TWO = pattern(rf"(?:2048|4096|8192|16384|32768|65536|131072|262144|524288|1048576){END}")
# Thousands of tokens that contexts are made in; other thousands count examples or steps more often.
CONTEXTS = frozenset(
    (1, 2, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 131, 160, 180, 192, 196, 200, 256, 260, 262, 300, 360, 400, 500, 512, 524,
     1000, 1024, 1048, 2048, 4096)
)  # fmt: skip
MILLIONS_OF_CONTEXT = frozenset(("1", "2", "4", "8", "10"))  # others count examples
FEWEST_EXPERTS = 8  # fewer behind a size count epochs or merged models
MOST_EXPERTS_WITHOUT_UNIT = 100  # 512x512 is a picture's size
# SDXL-Lightning-4step paints in so few steps; a training takes more before anybody keeps its state
MOST_SAMPLING_STEPS = 50
FEWEST_TRAINING_BILLIONS = 10  # fewer tokens than that are no training of a language model
LEFT_OVER = condition(0.3, "it is what a change of the network left", after=("lineage.modifications",))
SECOND_SIZE = condition(2.5, "the name gives a size already", seen=("params_b", "expert_params_b"))
# PixArt-XL-2-2K: points of a picture's side
OF_PICTURES = tuple(map(made_for, ("image-generation", "image-editing", "video-generation")))
PICTURES = condition(6.0, None, kinds=OF_PICTURES)
IN_PICTURES = condition(0.0, "the line makes pictures, one in some steps", kinds=OF_PICTURES)
# claude-opus-4-8[1m]: makers that keep the weights to themselves don't publish sizes
CLOSED = condition(6.0, None, kinds=(made_for("closed weights"),))
LARGE_DATA = 100  # billions of tokens of a corpus that is called like a line: mpt-1b-redpajama-200b
# Infinity-Instruct-3M-Llama3-70B: a line and its number are followed by a size
OF_ANOTHER_LINE = condition(5.0, None, after=("family", "generation"))
OF_NUMBERED_LINE = condition(5.0, None, after=("generation",))
BEHIND_SIZE = condition(2.0, "the name gives a size already", seen=("params_b",))


def size(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`70b`, `1.5B`, `270m`, `2.4T`; and what else these letters count: context (`128k`, `1M`), training tokens (`3T`)."""
    match = SIZE.match(text)
    if match is None:
        return
    digits, unit = match.groups()
    length, value = match.end(), billions(digits, unit)
    counted = (digits + unit).upper()
    if unit == "k":
        usual = float(digits.replace("p", ".")) in CONTEXTS
        before_active = condition(0.1, "an active size follows", before=("active_params_b",))
        # Other thousands count examples or steps as a rule, which are not told apart; alone at the end they are a size.
        alone_at_the_end = condition(
            2.8,
            "the name gives no other size and no training",
            before=("end",),
            unseen=("params_b", "expert_params_b", "size_class", "lineage.method", "stage", "reasoning"),
        )
        # Behind data or a method of training only doublings are contexts: msmarco-10k counts steps, LoRA-32k does not.
        examples = (condition(4.4, None, after=("lineage.method",)),) if usual and not _doubles(digits) else ()
        tokens = tokens_of_context(digits, unit)
        yield single(length, make("context", "context", tokens, 0.4 if usual else 4.4, PICTURES, *examples))
        yield single(length, make("size", "params_b", value, 4.4, before_active, alone_at_the_end))
    elif unit == "t":
        before_active = condition(0.1, "an active size follows", before=("active_params_b",))
        yield single(length, make("size", "params_b", value, 0.8, before_active, SECOND_SIZE))
        yield single(
            length,
            make(
                "train_tokens",
                "train_tokens",
                counted,
                1.3,
                condition(0.3, "the name gives a size already", seen=("params_b",)),
            ),
        )
    else:
        counts_tokens = unit == "m" and digits in MILLIONS_OF_CONTEXT
        closed = (CLOSED,) if counts_tokens else ()
        yield single(
            length, make("size", "params_b", value, 0.1 if value >= 0.001 else 3.0, *closed, LEFT_OVER, SECOND_SIZE)
        )
        if counts_tokens:
            seen = condition(0.5, "the name gives a size or a stage already", seen=("params_b", "stage"))
            yield single(length, make("context", "context", tokens_of_context(digits, unit), 3.5, seen))
        if unit == "b" and float(digits.replace("p", ".")) >= FEWEST_TRAINING_BILLIONS:
            sized = OF_NUMBERED_LINE if float(digits.replace("p", ".")) >= LARGE_DATA else OF_ANOTHER_LINE
            yield single(length, make("train_tokens", "train_tokens", counted, 5.0, sized, BEHIND_SIZE))


def _doubles(digits: str) -> bool:
    """Whether a number is a power of two."""
    return digits.isdecimal() and int(digits).bit_count() == 1


def decimal_size(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`1_5b`, `0-5b`: a decimal where a dot is not allowed; `7b1`: a decimal behind the unit."""
    match = DECIMAL_SIZE.match(text)
    if match and not match[2].endswith("0"):
        whole, part, unit = match.groups()
        apart = text[len(whole)] == "-"
        cost = 0.3 if whole == "0" or (whole == "1" and not apart) else 2.8
        inside = condition(6.0, None, adjacent=True)
        numbered = (
            condition(0.3, "the name gives a generation already", seen=("generation",))
            if whole == "1" and len(part) == 1
            else inside
        )
        second = condition(4.0, None, seen=("params_b",))
        if unit == "t":  # Mistral-Large-4-1T: as long as no generation was read, the first number is one
            numbered = condition(0.3, "the name gives a generation already", seen=("generation", "version"))
        yield single(
            match.end(), make("size", "params_b", billions(f"{whole}.{part}", unit), cost, inside, second, numbered)
        )
    match = GLUED_DECIMAL_SIZE.match(text)
    if match:
        yield single(match.end(), make("size", "params_b", number(f"{match[1]}.{match[2]}"), 0.3))


def mixture(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`8x7B`: eight experts of seven billion each; never 56B in all. `17B-16E`: 17B active, 16 experts; `1b14b`, `1BA-14BT`: 1B active of 14B."""
    match = MIXTURE.match(text)
    if match and (match[3] or int(match[1]) < MOST_EXPERTS_WITHOUT_UNIT):
        experts, digits, unit = match.groups()
        each = billions(digits.replace("_", "."), unit or "b")
        sets = (("experts", int(experts)),)
        yield single(match.end(), make("expert_size", "expert_params_b", each, 0.1 if unit else 1.0, sets=sets))
    match = MIXTURE_BEHIND.match(text)
    if match:
        sets = (("experts", int(match[2])),)
        yield single(match.end(), make("expert_size", "expert_params_b", number(match[1]), 0.4, sets=sets))
    match = GLUED_SIZES.match(text)
    if match:
        active = make("active_size", "active_params_b", number(match[1]), 0.0)
        total = make("size", "params_b", number(match[2]), 0.0)
        yield Candidate(match.end(), ((0, match.end(1) + 1, active), (match.start(2), match.end(), total)))
    match = ACTIVE_BEFORE_TOTAL.match(text)
    if match:
        active = make("active_size", "active_params_b", billions(match[1], match[2]), 0.0)
        total = make("size", "params_b", billions(match[3], match[4]), 0.0)
        yield Candidate(match.end(), ((0, match.end(2) + 1, active), (match.start(3), match.end(), total)))
    match = ACTIVE_EXPERTS.match(text)
    if match and int(match[2]) >= FEWEST_EXPERTS:
        active = make("active_size", "active_params_b", number(match[1]), 0.0)
        experts = make("expert_count", "experts", int(match[2]), 0.0)
        yield Candidate(match.end(), ((0, match.end(1) + 1, active), (match.start(2), match.end(), experts)))
    match = EXPERTS.match(text)
    if match:
        close = condition(0.5, "it follows a size", after=("params_b", "active_params_b"))
        # Alone a digit and an e are as likely the start of 5e-6, a step width of the training.
        cost = 4.2 if match[0][-1] == "e" and len(match[1]) == 1 else 2.5
        yield single(match.end(), make("expert_count", "experts", int(match[1]), cost, close))


def part_of_size(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`A22B`: active for each token; `E4B`: effective, the memory of a model of that size."""
    match = ACTIVE.match(text)
    if match:
        yield single(match.end(), make("active_size", "active_params_b", billions(match[1], match[2]), 0.1))
    match = KEPT_EXPERTS.match(text)
    if match:
        yield single(match.end(), make("expert_count", "experts", int(match[1]), 0.0))
    match = EFFECTIVE.match(text)
    if match:
        yield single(match.end(), make("effective_size", "effective_params_b", number(match[1]), 0.1))


def active_behind(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`17BA`, `3b-active`: the letter or the word after the number; `106B total` comes with the active size."""
    match = TOTAL_BEHIND.match(text)
    if match:
        yield single(match.end(), make("size", "params_b", billions(match[1], match[2]), 0.1))
    match = ACTIVE_BEHIND.match(text)
    if match:
        unit = match[2] or match[3]
        yield single(match.end(), make("active_size", "active_params_b", billions(match[1], unit), 0.1))


def training(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`100B-tokens`, `step-1431k`, `3-epochs`: how far the training had come."""
    match = TOKENS.match(text)
    if match:
        amount = match[3] or match[4] or f"{match[1]}{match[2]}"
        yield single(match.end(), make("train_tokens", "train_tokens", amount.upper(), 0.0))
    match = STEP.match(text)
    if match:
        count = match[1] or match[2]
        if match[2] and count.isdecimal() and int(count) <= MOST_SAMPLING_STEPS:
            yield single(match.end(), make("unknown", None, None, 0.2))
            few = make("sampling_steps", "lineage.method", "few-step distillation", 6.0, IN_PICTURES)
            yield single(match.end(), few)
        else:
            yield single(match.end(), make("step", "checkpoint", count, 0.2, condition(6.0, None, first=True)))
    late = condition(6.0, None, first=True)
    match = EPOCH.match(text)
    if match:
        passes = make("step", "checkpoint", f"epoch {match[1] or match[2]}", 0.2, late)
        yield single(match.end(), passes._replace(term="epoch", says=PASSES))
    match = SHORT_EPOCH.match(text)
    if match:
        passes = make("step", "checkpoint", f"epoch {match[1]}", 2.0, late)
        yield single(match.end(), passes._replace(term="epoch", says=PASSES))
    match = SEED.match(text)
    if match:
        run = make("checkpoint", "checkpoint", f"seed {match[1]}", 0.2, late)
        yield single(
            match.end(), run._replace(says="One of several trainings that began with different random numbers.")
        )
    match = RANK.match(text)
    if match:
        rank = make("unknown", "lineage.method", "LoRA", 0.2, late)
        says = "The rank of a LoRA: how wide the two narrow tables of its correction are."
        yield single(match.end(), rank._replace(term="lora", says=says))
    behind_data = condition(0.1, "it follows the data", after=("lineage.method", "checkpoint"))
    match = SAMPLES.match(text)
    if match:
        seen = make("checkpoint", "checkpoint", f"{match[1].upper()} samples", 6.0, behind_data)
        yield single(match.end(), seen._replace(says="The number of samples of the data seen in training."))
    match = BATCH.match(text)
    if match:
        batch = make("checkpoint", "checkpoint", f"batches of {match[1].upper()}", 6.0, behind_data)
        yield single(match.end(), batch._replace(says="The number of samples used in each training step."))


def long_number(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`850000`: a number of steps"""
    match = LONG_NUMBER.match(text)
    if match:
        yield single(match.end(), make("checkpoint", "checkpoint", match[0], 1.5))


def context(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`ContextLength4k`, `8192-ctx`; `8192`: a power of two is a context length more often than anything else"""
    match = CONTEXT_BEHIND.match(text) or CONTEXT_BEFORE.match(text)
    if match:
        label = match[1]
        tokens = int(label) if label.isdecimal() else tokens_of_context(label[:-1], label[-1])
        yield single(match.end(), make("context", "context", tokens, 0.0))
    match = POWER_OF_TWO.match(text)
    if match:
        yield single(match.end(), make("context", "context", int(match[0]), 1.0, PICTURES))


def billions(text: str, unit: str) -> float | int:
    """A parameter count in billions.

    A nought in front is one whose point was left out: 05b is half a billion.

    >>> billions("270", "m"), billions("2.4", "t"), billions("05", "b")
    (0.27, 2400, 0.5)
    """
    if unit == "b" and len(text) == 2 and text[0] == "0":
        text = f"0.{text[1]}"
    value = round(float(re.sub(r"[_p-]", ".", text)) * UNIT[unit], 9)
    return int(value) if value == int(value) else value


def tokens_of_context(text: str, unit: str) -> int:
    """A context length in tokens, where k is 1,024 and m is 1,048,576.

    >>> tokens_of_context("128", "k"), tokens_of_context("1", "m")
    (131072, 1048576)
    """
    return round(float(re.sub(r"[_p-]", ".", text)) * {"k": 1 << 10, "m": 1 << 20}[unit])

"""Where a notation goes on over a mark: such pieces of a name are not cut apart.

A notation that can be written with a mark inside says so here; tests/unit/test_units.py has an example of each.
"""

from __future__ import annotations

from ..patterns import pattern

DIGEST = pattern(r"(?:sha256[-:])?(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,64}(?![^\W_])")

# It goes on with digits (step-100), with what a number counts (8k-context, 2-of-9), with a count of experts (17B-16E),
# with the rest of a label (Q4-K-M). What a piece ends and starts with are sets of these, as bits.
DIGITS, COUNTED, EXPERTS, LABEL = 1, 2, 4, 8
COUNTED_WORDS = frozenset(
    ("b", "m", "t", "k", "bn", "billion", "million", "bit", "bits", "bpw", "of", "token", "tokens", "tok", "toks", "tk", "expert", "experts",
     "step", "steps", "epoch", "epochs", "ctx", "context", "contextlength", "length", "len", "seq", "seqlen", "params", "active", "total")
)  # fmt: skip
LABELS_OF_NUMBERS = frozenset(
    ("step", "steps", "globalstep", "iter", "ckpt", "checkpoint", "seed", "seeds", "epoch", "epochs", "ep", "context", "contextlength",
     "length", "ctx", "seq", "seqlen", "len", "of", "part", "split", "g", "gs", "bpw", "pw", "global", "tokens", "ver", "version", "active", "total", "ekv",
     "group", "groupsize", "block", "rank")
)  # fmt: skip
LABEL_RESTS = frozenset(
    [
        "k",
        "m",
        "s",
        "l",
        "xs",
        "xl",
        "xxs",
        "xxl",
        "nl",
        "kt",
        "ks",
        "kl",
        "kss",
        "kx",
        "r4",
        "r8",
        "hp",
        "p",
        "x",
        "hifi",
    ]
)
WRITTEN_OUT = frozenset(("small", "medium", "large"))  # behind a dash with spaces: Q4_K - Medium
END_OF_LABEL = pattern(r"(?<![^\W\d_])(?:ud|i?q\d+|tq\d+|avq\d+)(?:[-_]\d+)*$")
REST_AND_NUMBER = pattern(r"(r\d)[-_.]\d")  # IQ4_KS_R4-00001-of-00009
END_OF_ACTIVE = pattern(r"\d[bm]a$")
START_OF_LABEL = pattern(r"(?:i?q|tq|avq)\d")
START_OF_EXPERTS = pattern(r"x\d|\d{1,3}e$")


def start_of(lower: str, first_run: str) -> int:
    """How a piece can continue a notation that began before it."""
    if lower[0].isdecimal():
        return DIGITS | (EXPERTS if START_OF_EXPERTS.match(lower) else 0)
    bits = COUNTED if first_run in COUNTED_WORDS else 0
    if (
        lower in LABEL_RESTS
        or (len(lower) == 1 and lower.isalpha())
        or (lower[0] in "iqta" and START_OF_LABEL.match(lower))
    ):
        bits |= LABEL
    rest = REST_AND_NUMBER.match(lower) if lower[0] == "r" else None
    if rest and rest[1] in LABEL_RESTS:
        bits |= LABEL
    if lower[0] == "x" and START_OF_EXPERTS.match(lower):
        bits |= EXPERTS
    if len(lower) >= 12 and DIGEST.match(lower):
        bits |= DIGITS
    return bits


def end_of(lower: str, last_run: str) -> int:
    """How a notation that began in a piece can go on behind it."""
    bits = DIGITS | COUNTED if last_run in LABELS_OF_NUMBERS or lower == "sha256" else 0
    if last_run in LABEL_RESTS or lower[-2:] in LABEL_RESTS:
        bits |= LABEL | DIGITS
    ends_in_digit = lower[-1].isdecimal()
    if (ends_in_digit or lower.endswith("ud")) and END_OF_LABEL.search(lower):
        bits |= LABEL
    if lower[-1] == "a" and END_OF_ACTIVE.search(lower):
        bits |= DIGITS  # `800MA-3BT`
    if ends_in_digit or (lower[-1] in "kmbt" and lower[-2:-1].isdecimal()):
        bits |= COUNTED | (EXPERTS if lower[-1] == "b" else 0)
    return bits

"""Inputs that nobody would think of: real names cut up and put together again, words of the vocabulary, every sort of character.

They follow from a seed, so that a run can be repeated.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from nameplate.decoder import LONGEST_NAME
from nameplate.vocabulary.lookup import vocabulary

IDS = Path(__file__).parent.parent / "bench" / "ids.txt"
MARKS: list[str] = [*"-_./:@ +", "--", "__", *",()[]=#?%\\|~'\""]
NUMBERS = [
    "7b", "8x7B", "235B-A22B", "1.5", "0.5b", "1_6b", "7b1", "0p5b", "2507", "20240620", "05-06", "v0.3", "v3p1", "128k", "1M", "4T",
    "Q4_K_M", "IQ2_XXS", "Q8_0", "4bit", "w4a16", "g128", "3.5bpw", "00003-of-00009", "step1431k", "100B-tokens", "E4B", "17B-16E",
]  # fmt: skip
ADDRESSES = [
    "hf.co/", "https://huggingface.co/", "models--", "--", "/snapshots/", "accounts/fireworks/models/", "arn:aws:bedrock:us-east-1::",
    "pkg:huggingface/", "us.anthropic.", "bedrock/", "@sha256:", "/resolve/main/", "ollama.com/library/", ":latest", ":free", "-v1:0", "ollama run ", "vllm serve ", "$ llama-server -m ", " --model ", " --revision ", " -hf ", "C:\\models\\", "~/.lmstudio/models/",
    "./", "model=\"", "from_pretrained('", "azureml://registries/", "s3://", "[", "](https://", "`", "- ", "  4.7 GB  2 weeks ago", " -> ", "? ", "```\n", " \\\n",
]  # fmt: skip
# Blocks in which characters misbehave: controls, marks that combine, digits and cases of other scripts, surrogates, private use.
BLOCKS = [
    (0x00, 0x20), (0x7F, 0xFF), (0x100, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x590, 0x6FF), (0x900, 0x97F),
    (0x2000, 0x206F), (0x2070, 0x209F), (0x2150, 0x218F), (0x2460, 0x24FF), (0x3040, 0x30FF), (0x4E00, 0x4EFF), (0xAC00, 0xAD00),
    (0xD800, 0xDFFF), (0xE000, 0xE0FF), (0xFB00, 0xFB4F), (0xFE00, 0xFE0F), (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F600, 0x1F64F),
]  # fmt: skip


def inputs(seed: int) -> Iterator[str]:
    """Texts without end, at most as long as a name may be, and now and then one character longer."""
    chance = random.Random(seed)
    ids = IDS.read_text(encoding="utf-8").splitlines()
    words = list(vocabulary().words())
    ways = (_changed, _spliced, _put_together, _repeated, _characters)
    weights = (500, 250, 230, 5, 15)  # mostly short texts; the long ones take as long as a hundred of them
    while True:
        (way,) = chance.choices(ways, weights)
        yield way(chance, ids, words)[: LONGEST_NAME + 1]


def _changed(chance: random.Random, ids: list[str], words: list[str]) -> str:
    """A real name with a few characters or parts changed."""
    text = chance.choice(ids)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        until = min(len(text), at + chance.choice((0, 1, 1, 2, 5)))
        text = (
            text[:at] + chance.choice(("", _part(chance, words), _character(chance), text[at:until] * 2)) + text[until:]
        )
        text = chance.choice((str, str, str, str.upper, str.lower, str.swapcase, str.title))(text)
    return text


def _spliced(chance: random.Random, ids: list[str], words: list[str]) -> str:
    """The beginning of one name and the end of another."""
    first, second = chance.choice(ids), chance.choice(ids)
    between = chance.choice(("", *MARKS, _part(chance, words)))
    return first[: chance.randrange(len(first) + 1)] + between + second[chance.randrange(len(second) + 1) :]


def _put_together(chance: random.Random, ids: list[str], words: list[str]) -> str:
    """Words, numbers and marks in any order."""
    longest = chance.choices((6, 20, 150), (80, 19, 1))[0]
    return "".join(_part(chance, words) for _ in range(chance.randint(1, longest)))


def _repeated(chance: random.Random, ids: list[str], words: list[str]) -> str:
    """The same part again and again, up to the longest name allowed."""
    part = "".join(_part(chance, words) for _ in range(chance.randint(1, 3))) or "-"
    return part * chance.randint(1, 1 + LONGEST_NAME // len(part))


def _characters(chance: random.Random, ids: list[str], words: list[str]) -> str:
    return "".join(_character(chance) for _ in range(chance.choices((8, 40, LONGEST_NAME), (80, 18, 2))[0]))


def _part(chance: random.Random, words: list[str]) -> str:
    kind = chance.random()
    if kind < 0.35:
        return chance.choice(MARKS[:7])
    if kind < 0.60:
        return chance.choice(words)
    if kind < 0.80:
        return chance.choice(NUMBERS)
    if kind < 0.88:
        return str(chance.randrange(10 ** chance.randint(1, 9)))
    if kind < 0.92:
        return chance.choice(MARKS)
    if kind < 0.96:
        return chance.choice(ADDRESSES)
    return _character(chance)


def _character(chance: random.Random) -> str:
    first, last = (0x20, 0x7E) if chance.random() < 0.5 else chance.choice(BLOCKS)
    return chr(chance.randint(first, last))

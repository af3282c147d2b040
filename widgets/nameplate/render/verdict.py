"""The verdict of a comparison in plain words: whether two names mean one model, and what that means for the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..english import listed
from ..same_model import Reason, Verdict
from .labels import LABELS, written

TITLES: Mapping[Verdict, str] = {
    "same": "The same model.",
    "repackaged": "The same model in another form.",
    "different": "Different models.",
    "undecided": "The names don't show whether this is the same model.",
}
# What a key is called in a sentence, where its label isn't a noun.
NOUNS = {
    "lineage.base_family": "family it's built on", "lineage.base_generation": "generation it's built on", "lineage.teacher": "teacher",
    "lineage.method": "training method", "lineage.merge": "merge method", "lineage.modifications": "modification",
    "reasoning": "reasoning mode", "modalities": "kind of input", "device": "target device", "train_tokens": "training data",
    "released": "release date", "open_weights": "availability of the weights", "size_class": "size",
}  # fmt: skip
NOT_ONE = "Not all the same model."
ADVICE: Mapping[Verdict, str] = {
    "different": "Expect different answers.",
    "undecided": "Check both pages before you swap one for the other.",
}
LONGEST = 40  # characters of a part that isn't explained
NAMED = 3  # parts in the sentence; the table below it has all of them


def title(verdict: Verdict, names: int = 2) -> str:
    """Return the verdict in a few words.

    >>> title("different"), title("different", 3)
    ('Different models.', 'Not all the same model.')
    """
    return NOT_ONE if verdict == "different" and names > 2 else TITLES[verdict]


def meaning(verdict: Verdict, because: Sequence[Reason]) -> str:
    """Return what decided the verdict, and what follows from it for someone who has to choose between the names.

    >>> meaning("different", [Reason("params_b", (7.0, 13.0), ("name", "name"), "differs")])
    'The parameters differ: 7 billion and 13 billion. Expect different answers.'
    >>> meaning("undecided", [Reason("date", (None, "2025-06"), (None, "name"), "one-sided")])
    'Only one name gives the date (June 2025). Check both pages before you swap one for the other.'
    >>> meaning("different", [Reason("lineage.modifications", (("cased",), ("uncased",)), ("name", "name"), "differs")])
    'The modification differs: cased and uncased. Expect different answers.'
    >>> meaning("repackaged", [Reason("quant", (None, "Q4_K_M"), (None, "name"), "packaging")])
    'The weights are stored differently. Expect nearly the same answers, but files of another size or for other programs.'
    """
    if verdict == "same":
        return "The names mean the same weights: it doesn't matter which one you use."
    if verdict == "repackaged":
        if all(reason.key == "region" for reason in because if reason.effect == "packaging"):
            return "The same weights run in another region. Expect the same answers."
        return (
            "The weights are stored differently. Expect nearly the same answers, but files of another size or for "
            "other programs."
        )
    return " ".join((*map(apart, because[:NAMED]), ADVICE[verdict]))


def apart(reason: Reason) -> str:
    """Return one sentence on a part that the names don't share."""
    if reason.key == "unknown":
        texts = sorted({text for value in reason.values for text in value or ()})
        quoted = listed([f"“{text if len(text) <= LONGEST else text[:LONGEST] + '…'}”" for text in texts])
        return f"The decoder doesn't know {quoted}."
    if reason.key == "original":
        return f"They are catalogued as {reason.values[0]} and {reason.values[1]}."
    name = NOUNS.get(reason.key) or LABELS[reason.key].name.lower()
    if None in reason.values:
        value = next(value for value in reason.values if value is not None)
        return f"Only one name gives the {name} ({written(reason.key, value)})."
    verb = "differ" if name.endswith("s") else "differs"
    first, second = (written(reason.key, value) for value in reason.values)
    if ", " in first + second:  # lists, of which nobody sees where one ends
        return f"The {name} {verb}: {first} in the first, {second} in the second."
    return f"The {name} {verb}: {first} and {second}."

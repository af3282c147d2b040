"""Say what to try where a text isn't the name of a model, or nothing in it could be explained."""

from __future__ import annotations

from dataclasses import dataclass

from ..address.kinds import pair_of_names
from ..reading import Reading
from ..vocabulary.lookup import vocabulary
from .summary import is_unread, page_shown

TITLE = "Three things to try"


@dataclass(frozen=True, slots=True)
class Try:
    """One thing to try: a sentence that ends in examples, or that leads to a page.

    `leads_to` is the page that the sentence leads to, behind the address of the site: `choose/`, `decode/`. Its `names` are
    the names that the page begins with.
    """

    says: str
    examples: tuple[str, ...] = ()
    leads_to: str = ""
    names: tuple[str, ...] = ()


ONE_NAME = (
    Try(
        "Paste just the model's name, or the name of its file:",
        ("Qwen/Qwen3-8B", "llama3.1:8b", "Qwen3-8B-Q4_K_M.gguf"),
    ),
    Try(
        "Paste the address of its page, or the whole command that runs it:",
        ("https://huggingface.co/Qwen/Qwen3-8B", "ollama run llama3.1:8b"),
    ),
    Try(
        "If you don't have a name yet, describe your task and your machine, and choose a model that fits.",
        (),
        "choose/",
    ),
)


ON_PAGE = Try("Open the page, and paste the name of one model that you find there:", ("Qwen/Qwen3-8B", "llama3.1:8b"))


def tries(reading: Reading) -> tuple[Try, ...]:
    """Return what to try; nothing for a name that was read.

    >>> [one.says for one in tries(Reading("Qwen3-8B vs Llama-3.1-8B", kind="not-a-model-name"))][0]
    'Put Qwen3-8B and Llama-3.1-8B side by side.'
    """
    if not is_unread(reading):
        return ()
    if page_shown(reading) is not None:
        return (ON_PAGE, *ONE_NAME[1:])
    names = pair_of_names(reading.name, vocabulary())
    if names is None:
        return ONE_NAME
    return (
        Try(f"Put {' and '.join(names)} side by side.", (), "decode/", names),
        Try("Paste one of the names by itself:", names),
        Try("Describe your task and your machine, and choose between the two.", (), "choose/", names),
    )

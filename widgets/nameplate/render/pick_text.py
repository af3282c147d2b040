"""Write the picker's answer as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from ..picker.choice import ASK, OK, Choice, Ranked
from ..picker.tasks import title_of
from .text import printable, wrapped

MOST_REASONS = 3


def text(choice: Choice) -> str:
    """Return the answer in lines: the verdict, the ranking with its reasons, and what would change it."""
    blocks = [wrapped(choice.message, "")]
    meant = choice.understood.tasks if choice.verdict == ASK else ()
    if meant:
        blocks.append(wrapped(f"Did you mean: {', '.join(task.title for task in meant)}?", ""))
    if choice.understood.words:
        blocks.append([f"Understood: {'; '.join(choice.understood.words)}."])
    for one in choice.each or (choice,):
        heading = [[f"For {title_of(one.task)}:"]] if choice.each and one.task else []
        blocks += [*heading, *(_place(number, ranked, one) for number, ranked in enumerate(_listed(one, choice), 1))]
    if choice.would_change:
        blocks.append(["What would change it:", *(line for change in choice.would_change for line in wrapped(change))])
    return "\n\n".join("\n".join(block) for block in blocks)


def _listed(one: Choice, whole: Choice) -> Sequence[Ranked]:
    """Return the names of an answer that are worth listing: of several answers, those that can be used."""
    usable = [ranked for ranked in one.ranking if ranked.score]
    return usable if whole.each and usable else one.ranking


def _place(number: int, ranked: Ranked, choice: Choice) -> list[str]:
    chosen = "  <- take this one" if choice.verdict == OK and number == 1 else ""
    score = f"{ranked.score} points" if ranked.score else "cannot be used"
    lines = [f"{number}. {printable(ranked.name)}  ({score}){chosen}"]
    for sign, reasons in (("+", ranked.because), ("-", ranked.against)):
        for reason in reasons[:MOST_REASONS]:
            lines += wrapped(reason.text, "     ", first=f"   {sign} ")
    return lines

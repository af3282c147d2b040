"""Write the picker's answer as plain text for a terminal."""

from __future__ import annotations

from ..picker.choice import ASK, OK, Choice, Ranked
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
    blocks += [_place(number, ranked, choice) for number, ranked in enumerate(choice.ranking, 1)]
    if choice.would_change:
        blocks.append(["What would change it:", *(line for change in choice.would_change for line in wrapped(change))])
    return "\n\n".join("\n".join(block) for block in blocks)


def _place(number: int, ranked: Ranked, choice: Choice) -> list[str]:
    chosen = "  <- take this one" if choice.verdict == OK and number == 1 else ""
    score = f"{ranked.score} points" if ranked.score else "cannot be used"
    lines = [f"{number}. {printable(ranked.name)}  ({score}){chosen}"]
    for sign, reasons in (("+", ranked.because), ("-", ranked.against)):
        for reason in reasons[:MOST_REASONS]:
            lines += wrapped(reason.text, "     ", first=f"   {sign} ")
    return lines

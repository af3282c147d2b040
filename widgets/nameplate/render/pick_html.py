"""Write the picker's answer as HTML. As in `html.py`, everything that is put in is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from ..address.quoting import quote
from ..memory.estimator import Estimate
from ..picker.choice import ASK, NONE_FITS, OK, Choice, Ranked, Reason
from ..picker.form import Answer
from .escape import escape, visible
from .memory_html import bar, figures, scale, sentence, warnings

VERDICTS = {OK: "Take", NONE_FITS: "None of them", ASK: "Not decided"}
FITS = {True: ("yes", "fits"), False: ("no", "does not fit")}
REASONS_SHOWN = 4  # of each side; the rest only in the command line's answer


def html(answer: Answer, *, decode: str = "../decode/") -> str:
    """Return the answer as HTML without ids and headings. `decode` is the address of the page that explains a name."""
    choice = answer.choice
    available = next((ranked.available_gb for ranked in choice.ranking if ranked.available_gb is not None), None)
    end = scale(list(answer.memory.values()), available)
    candidates = [
        _candidate(place, ranked, choice, answer.memory.get(ranked.name), end, available, decode)
        for place, ranked in enumerate(choice.ranking)
    ]
    blocks = [
        f'<div class="np-choice" data-verdict="{escape(choice.verdict)}">',
        _verdict(choice),
        f'<p class="np-summary">{visible(choice.message)}</p>',
        _understood(choice),
        f'<ol class="np-ranking">{"".join(candidates)}</ol>' if candidates else "",
        _changes(choice.would_change),
        "</div>",
    ]
    return "\n".join(block for block in blocks if block)


def _verdict(choice: Choice) -> str:
    title = escape(VERDICTS.get(choice.verdict, ""))
    if choice.best is None:
        return f'<p class="np-verdict">{title}</p>'
    first = choice.ranking[0].because if choice.ranking else ()
    return f'<p class="np-verdict">{title} <code translate="no">{_marked(choice.best, first)}</code></p>'


def _marked(name: str, because: Iterable[Reason]) -> str:
    """Return the name, with the part that decided marked."""
    token = next((reason.token for reason in because if reason.token), None)
    before, found, after = name.partition(token) if token else (name, "", "")
    mark = f'<mark class="np-decides">{visible(found)}</mark>' if found else ""
    return f"{visible(before)}{mark}{visible(after)}"


def _understood(choice: Choice) -> str:
    if not choice.understood:
        return ""
    return f'<p class="np-understood">Understood as: {visible("; ".join(choice.understood))}.</p>'


def _candidate(
    place: int, ranked: Ranked, choice: Choice, needs: Estimate | None, end: float, available: float | None, decode: str
) -> str:
    address = escape(f"{decode}?q={quote(ranked.name, safe='', errors='replace')}")
    best = ' data-best=""' if ranked.name == choice.best and place == 0 else ""
    kind, fit = FITS[ranked.fits] if ranked.fits is not None else ("", "")
    badge = f'<span class="np-fit" data-fits="{kind}">{fit}</span>' if fit else ""
    pieces = [
        f'<li class="np-candidate"{best}>',
        f'<p class="np-candidate-name"><a href="{address}"><code translate="no">{visible(ranked.name)}</code></a>{badge}</p>',
        _memory(needs, end, available) if needs is not None else "",
        _reasons("because", "For it", ranked.because),
        _reasons("against", "Against it", ranked.against),
        warnings(needs) if needs is not None else "",
        "</li>",
    ]
    return "".join(pieces)


def _memory(needs: Estimate, end: float, available: float | None) -> str:
    drawing = bar(needs, available, end)
    return f'<div class="np-memory"><p class="np-needs">{escape(sentence(needs, available))}</p>{drawing}{figures(needs)}</div>'


def _reasons(kind: str, title: str, reasons: Iterable[Reason]) -> str:
    items = [_reason(reason) for reason in list(reasons)[:REASONS_SHOWN]]
    if not items:
        return ""
    return f'<p class="np-unseen">{title}:</p><ul class="np-{kind}">{"".join(items)}</ul>'


def _reason(reason: Reason) -> str:
    text = visible(reason.text)
    if reason.token:
        token = visible(reason.token)
        text = text.replace(f"“{token}”", f'<code translate="no">{token}</code>')
    source = (
        f' <a class="np-source" href="{escape(reason.source)}">source</a>' if reason.source.startswith("http") else ""
    )
    return f"<li>{text}{source}</li>"


def _changes(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{visible(line)}</li>" for line in lines)
    if not items:
        return ""
    return f'<div class="np-changes"><p class="np-title">What would change the answer</p><ul>{items}</ul></div>'

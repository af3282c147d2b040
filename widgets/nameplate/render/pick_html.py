"""Write the picker's answer as HTML: what decides first, the rest folded. As in `html.py`, everything put in is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..address.quoting import quote
from ..memory.estimator import Estimate
from ..picker.choice import ASK, NONE_FITS, OK, Choice, Ranked, Reason
from ..picker.form import Answer, quantizations, shown_first
from ..picker.tasks import title_of
from .escape import escape, visible
from .fit_html import html as fit_html
from .memory_html import bar, figures, scale, sentence, warnings
from .pick_understood import Row, rows

VERDICTS = {OK: "Take", NONE_FITS: "None of them", ASK: "Not decided"}
FITS = {True: ("yes", "fits"), False: ("no", "does not fit")}
UNUSABLE = "can't be used"
FITS_SPLIT = "fits, partly in main memory"
REASONS_SHOWN = 4  # of each side of a name that isn't recommended; the rest only in the command line's answer
NEXT_SHOWN = 2
WORDS = {2: "two", 3: "three"}
CHANGES, WORKING = "What would change the answer", "How this was worked out"
LADDER = "Its usual quantizations, by size and loss"
NO_CHANGE = (
    "Nothing that was tried: more or less memory, another context length, a licence for products, other usual tasks."
)
POINTS = (
    "Each rule that applies to a name adds points or takes some away, and a name that can't do the task or doesn't fit is "
    "out. The first one with the most points wins. Memory is worked out from the size, the label and the context."
)


class _Drawing(NamedTuple):
    """What bars have in common: the estimates by name, the end of their scale, and the memory that is there, in gigabytes."""

    memory: dict[str, Estimate]
    end: float
    available: float | None


def _drawing(names: Sequence[Ranked], answer: Answer) -> _Drawing:
    """Return what the bars of these names have in common."""
    available = answer.requirements.available_gb
    needs = [answer.memory[ranked.name] for ranked in names if ranked.name in answer.memory]
    return _Drawing(answer.memory, scale(needs, available), available)


def html(answer: Answer, *, decode: str = "../decode/", later: bool = False) -> str:
    """Return the answer as HTML without ids and headings. `decode` is the address of the page that explains a name.

    With `later`, scripts run: what would change the answer is left out, because the page asks for it when the reader unfolds
    it (see `changes`), and what was understood leads to the fields of the form.
    """
    choice = answer.choice
    best = _best(choice) if not answer.parts else None
    others = choice.ranking[1:] if best is not None else choice.ranking
    blocks = [
        f'<div class="np-choice" data-verdict="{escape(choice.verdict)}">',
        *(_for_several(answer, decode) if answer.parts else (_verdict(choice, decode), _summary(choice, best))),
        _next(others, decode) if answer.searched else "",
        _buttons(choice),
        "" if choice.ranking else _alternatives(choice, later=later),
        _memory(best, _drawing([best], answer)) if best is not None else "",
        _understood(rows(answer), live=later),
        _others(others, best, _drawing(others, answer), decode),
        _alternatives(choice, later=later) if choice.ranking else "",
        _ladder(answer, later=later),
        _working(choice, best),
        "</div>",
    ]
    return "\n".join(block for block in blocks if block)


def _alternatives(choice: Choice, *, later: bool) -> str:
    """Return what would change the answer, folded, and unfolded where it is all there is."""
    if choice.would_change and not choice.ranking:
        return f'<div class="np-instead">{changes(choice)}</div>'
    return _folded("changes", CHANGES, "" if later else changes(choice), kept=later and bool(choice.ranking))


def _ladder(answer: Answer, *, later: bool) -> str:
    """Return the usual quantizations of the name that the answer is about, if its size is known."""
    one = shown_first(answer)
    needs = answer.memory.get(one.name) if one is not None else None
    if needs is None or needs.weights_bytes is None:
        return ""
    found = quantizations(answer) if not later else None
    return _folded("ladder", LADDER, fit_html(found) if found is not None else "", kept=later)


def changes(choice: Choice) -> str:
    """Return what would change the answer, as HTML; empty if no names were ranked.

    >>> changes(Choice(None, "ok", "a-7b", "", would_change=("With 8 GB: b-7b.",)))
    '<ul class="np-changes"><li>With 8 GB: b-7b.</li></ul>'
    """
    items = "".join(f"<li>{visible(line)}</li>" for line in choice.would_change)
    if items:
        return f'<ul class="np-changes">{items}</ul>'
    return f"<p>{escape(NO_CHANGE)}</p>" if choice.ranking else ""


def _verdict(choice: Choice, decode: str) -> str:
    title = escape(VERDICTS.get(choice.verdict, ""))
    if choice.best is None:
        return f'<p class="np-verdict">{title}</p>'
    first = choice.ranking[0].because if choice.ranking else ()
    return f'<p class="np-verdict">{title} {_linked(choice.best, _marked(choice.best, first), decode)}</p>'


def _linked(name: str, shown: str, decode: str) -> str:
    address = escape(f"{decode}#q={quote(name, safe='', errors='replace')}")
    return f'<a href="{address}"><code translate="no">{shown}</code></a>'


def _marked(name: str, because: Iterable[Reason]) -> str:
    """Return the name, with the part that decided marked."""
    token = next((reason.token for reason in because if reason.token), None)
    before, found, after = name.partition(token) if token else (name, "", "")
    mark = f'<mark class="np-decides">{visible(found)}</mark>' if found else ""
    return f"{visible(before)}{mark}{visible(after)}"


def _summary(choice: Choice, best: Ranked | None) -> str:
    """Return the reason that decides, and what else belongs beside the recommendation; without one, the message."""
    if best is None or not best.because:
        return f'<p class="np-summary">{visible(choice.message)}</p>'
    reason = best.because[0]
    rest = choice.message.partition(reason.text)[2].strip()
    more = f'<p class="np-aside">{visible(rest)}</p>' if rest else ""
    return f'<p class="np-summary">{_sentence(reason)}</p>{more}'


def _next(others: Sequence[Ranked], decode: str) -> str:
    """Return the names that come next, for a search: its first name is only the likeliest one."""
    names = [_linked(ranked.name, visible(ranked.name), decode) for ranked in others if ranked.score][:NEXT_SHOWN]
    return f'<p class="np-aside">Next: {", ".join(names)}</p>' if names else ""


def _buttons(choice: Choice) -> str:
    """Return the likeliest tasks as buttons, where it isn't clear which one is meant."""
    meant = choice.understood.tasks if choice.verdict == ASK else ()
    buttons = "".join(
        f'<button class="np-button np-situation" type="button" data-task="{escape(task.id.replace("-", " "))}">'
        f"{escape(task.title)}</button>"
        for task in meant
    )
    return f'<p class="np-likeliest">Did you mean: {buttons}</p>' if buttons else ""


def _for_several(answer: Answer, decode: str) -> tuple[str, ...]:
    """Return the answers for several tasks that no model does together."""
    title = f'<p class="np-verdict">This takes {WORDS.get(len(answer.parts), len(answer.parts))} models</p>'
    return title, *(_for_one(part, answer, decode) for part in answer.parts)


def _for_one(choice: Choice, answer: Answer, decode: str) -> str:
    best = _best(choice)
    content = (
        f'<p class="np-title">For {escape(title_of(choice.task or ""))}</p>',
        _verdict(choice, decode),
        _summary(choice, best),
        _memory(best, _drawing([best], answer)) if best is not None else "",
    )
    return f'<div class="np-one-task">{"".join(content)}</div>'


def _best(choice: Choice) -> Ranked | None:
    return choice.ranking[0] if choice.best is not None and choice.ranking else None


def _understood(shown: Sequence[Row], *, live: bool) -> str:
    """Return what was understood. Where scripts run, each value is a button that leads to its field."""
    items = "".join(
        f"<div><dt>{escape(row.title)}</dt><dd>{_button(row) if live else visible(row.value)}{_note(row.note)}</dd></div>"
        for row in shown
    )
    return f'<dl class="np-understood">{items}</dl>'


def _button(row: Row) -> str:
    return (
        f'<button class="np-correct" type="button" data-field="{row.field}">{visible(row.value)}'
        '<span class="np-unseen">, change it</span></button>'
    )


def _note(text: str) -> str:
    return f' <span class="np-note">({visible(text)})</span>' if text else ""


def _folded(key: str, title: str, content: str, *, kept: bool = False) -> str:
    """Return something that the reader can unfold; nothing if it is empty, unless it is `kept` for what comes later."""
    if not content and not kept:
        return ""
    return f'<details class="np-folded" data-part="{key}"><summary>{escape(title)}</summary>{content}</details>'


def _others(others: Sequence[Ranked], best: Ranked | None, drawing: _Drawing, decode: str) -> str:
    if not others:
        return ""
    number = len(others)
    title = f"The other name{'s' * (number > 1)}" if best is not None else f"The name{'s' * (number > 1)}"
    listed = "".join(_candidate(ranked, drawing, decode) for ranked in others)
    kind = "np-ranking np-after-best" if best is not None else "np-ranking"
    content = f'<ol class="{kind}">{listed}</ol>'
    return _folded("others", f"{title}, with reasons ({number})", content)


def _candidate(ranked: Ranked, drawing: _Drawing, decode: str) -> str:
    kind, fit = FITS[ranked.fits] if ranked.fits is not None else ("", "")
    if _beside_gb(ranked, drawing) is not None:
        fit = FITS_SPLIT
    badge = f'<span class="np-fit" data-fits="{kind}">{fit}</span>' if fit else ""
    pieces = [
        '<li class="np-candidate">',
        f'<p class="np-candidate-name">{_linked(ranked.name, visible(ranked.name), decode)}{badge}</p>',
        _reasons("because", "For it", ranked.because[:REASONS_SHOWN]),
        _reasons("against", "Against it", ranked.against[:REASONS_SHOWN]),
        _memory(ranked, drawing),
        "</li>",
    ]
    return "".join(pieces)


def _memory(ranked: Ranked, drawing: _Drawing) -> str:
    needs = drawing.memory.get(ranked.name)
    if needs is None:
        return ""
    beside = _beside_gb(ranked, drawing)
    shown = escape(sentence(needs, drawing.available, beside))
    parts = f"{bar(needs, drawing.available, drawing.end, beside)}{figures(needs)}{warnings(needs)}"
    return f'<div class="np-memory"><p class="np-needs">{shown}</p>{parts}</div>'


def _beside_gb(ranked: Ranked, drawing: _Drawing) -> float | None:
    """Return the main memory that a model needs beside the graphics card's; None if it needs one memory alone."""
    if ranked.available_gb is None or drawing.available is None or ranked.available_gb <= drawing.available:
        return None
    return round(ranked.available_gb - drawing.available, 1)


def _working(choice: Choice, best: Ranked | None) -> str:
    """Return all reasons of the winner, and the points of all names."""
    if best is None:
        return ""
    points = "".join(
        f"<li>{visible(ranked.name)}: {f'{ranked.score} points' if ranked.score else UNUSABLE}</li>"
        for ranked in choice.ranking
    )
    content = (
        _reasons("because", "For it", best.because),
        _reasons("against", "Against it", best.against),
        f'<p>{escape(POINTS)}</p><ul class="np-points">{points}</ul>',
    )
    return _folded("working", WORKING, "".join(content))


def _reasons(kind: str, title: str, reasons: Iterable[Reason]) -> str:
    items = "".join(f"<li>{_sentence(reason)}</li>" for reason in reasons)
    return f'<p class="np-unseen">{title}:</p><ul class="np-{kind}">{items}</ul>' if items else ""


def _sentence(reason: Reason) -> str:
    """Return a reason with the part of the name as code, and a link to where its rule is stated."""
    text = visible(reason.text)
    if reason.token:
        token = visible(reason.token)
        text = text.replace(f"“{token}”", f'<code translate="no">{token}</code>')
    if not reason.source.startswith("http"):
        return text
    return f'{text} <a class="np-source" href="{escape(reason.source)}">source</a>'

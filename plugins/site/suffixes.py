"""Render what a name without a suffix means, family by family: the table to check before trusting a bare name."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from nameplate import decode

from ..catalog.models import Family, Suffix
from .markup import escaped, natural_order, way_up
from .page import PageAddress
from .table import family_finder, frame, head, row, sortable

COLUMNS = ("Family", "Generation", "Without a suffix", "With a suffix", "Source")
STAGES: Mapping[str, str] = {
    "base": "base model",
    "instruct": "tuned: follows instructions",
    "chat": "tuned: for conversation",
    "reasoning": "thinks first",
}
# These cells add nothing to a row. A narrow screen, where each cell is a line, leaves them out.
EVERY, NONE = (f'<span class="site-general">{words}</span>' for words in ("every one", "none known"))
NO_BARE_NAMES = '<strong>no bare names</strong> <small class="site-note">Each official name says what it is.</small>'
DOES_NOT_APPLY = "does not apply"
TASKS: Mapping[str, str] = {
    "asr": "speech recognition",
    "tts": "speech synthesis",
    "ocr": "reading text in images",
    "reranker": "reranking",
    "reward": "grading answers",
    "guard": "moderation",
}
NO_STAGES = "Made for {} alone: there is no base or tuned version to tell apart."
THINKS: Mapping[bool | str, str] = {True: "thinks first", False: "", "hybrid": "thinks on request"}


def suffixes(known: Mapping[str, Family], here: PageAddress) -> str:
    """Render one row per family page: what its bare names are, what its suffixes mean, and where that was found."""
    ordered = sorted(
        (one for one in known.values() if not one.fictional),
        key=lambda one: (one.line.casefold(), natural_order(one.title)),
    )
    rows = "".join(row(list(zip(COLUMNS, _cells(one, here), strict=True))) for one in ordered)
    table = f'<table class="site-table site-suffixes">{head(COLUMNS)}<tbody>{rows}</tbody></table>'
    finder = family_finder("site-suffixes", "Qwen, base, -it, thinks …", here)
    return f"{finder}\n\n{sortable(frame('What a missing suffix means', table), here)}"


def _cells(known: Family, here: PageAddress) -> list[str]:
    page = f"{way_up(here.url)}families/{known.slug}/"
    return [
        f'<a href="{escaped(page)}">{escaped(known.title)}</a>',
        escaped(", ".join(known.generations)) or EVERY,
        _rule(known),
        _others(known),
        _source(known),
    ]


def _rule(known: Family) -> str:
    if (tasks := only_tasks(known)) and has_no_stage(known):
        why = known.no_suffix.description if known.no_suffix else NO_STAGES.format(" or ".join(tasks))
        return f'<strong>{DOES_NOT_APPLY}</strong> <small class="site-note">{escaped(why)}</small>'
    if known.no_suffix is not None:
        says = f' <small class="site-note">{escaped(known.no_suffix.description)}</small>'
        return f"<strong>{escaped(bare(known))}</strong>{says}"
    return NO_BARE_NAMES if says_in_every_name(known) else ""


def has_no_stage(known: Family) -> bool:
    """Return whether no rule says how a name without a suffix was trained."""
    return known.no_suffix is None or known.no_suffix.stage is None


def only_tasks(known: Family) -> list[str]:
    """Return the tasks of a family that is made for them alone, so that its names have no stage to leave out.

    >>> from tests.site.examples import make_family
    >>> reader = {"name": "example/Otter-OCR", "task": "ocr", "source": "card"}
    >>> only_tasks(make_family(variants=[reader])), only_tasks(make_family())
    (['reading text in images'], [])
    """
    tasks = {one.task or "text" for one in known.variants}
    return [] if not tasks or "text" in tasks else sorted(map(_task, tasks))


def _task(task: str) -> str:
    return TASKS.get(task, task.replace("-", " "))


def says_in_every_name(known: Family) -> bool:
    """Return whether every official name of a family says itself how the model was trained, or that it thinks."""
    read = [decode(one.name, catalogue=False).sources for one in known.variants if one.stage]
    return bool(read) and all("name" in (sources.get("stage"), sources.get("reasoning")) for sources in read)


def _source(known: Family) -> str:
    if known.no_suffix is None:
        names_say = only_tasks(known) or says_in_every_name(known)
        return f"its {len(known.variants)} official names" if names_say else ""
    source = known.sources[known.no_suffix.source]
    address, title = escaped(source.url), escaped(source.title)
    host = escaped((urlsplit(source.url).hostname or "").removeprefix("www."))
    return f'<a href="{address}" title="{title}">{host}</a>, <time>{source.checked.isoformat()}</time>'


def bare(known: Family) -> str:
    """Return in a few words what a name without a suffix is in a family, or nothing if the family's data don't say.

    >>> from tests.site.examples import make_family
    >>> bare(make_family(no_suffix={"stage": "instruct", "reasoning": "hybrid", "description": "It is.", "source": "card"}))
    'tuned: follows instructions, thinks on request'
    """
    rule = known.no_suffix
    if rule is None:
        return ""
    thinks = THINKS[rule.reasoning] if rule.reasoning is not None and rule.stage != "reasoning" else ""
    task = _task(rule.task) if rule.task and rule.task != "text" else ""
    return ", ".join(word for word in (STAGES.get(rule.stage or "", ""), thinks, task) if word) or "see the note"


def _others(known: Family) -> str:
    """Return the suffixes that say how a model was trained, or what for."""
    telling = [one for one in known.suffixes if one.stage or one.task or one.reasoning is not None]
    return "; ".join(f"<code>{escaped(one.suffix)}</code> {escaped(_means(one))}" for one in telling) or NONE


def _means(one: Suffix) -> str:
    words = [one.stage or "", (one.task or "").replace("-", " ")]
    if one.reasoning is not None and one.stage != "reasoning":
        words.append(THINKS[one.reasoning] or "does not think first")
    return ", ".join(word for word in words if word and word != "text") or "text"

"""Render a reading as HTML. Everything that is put in is escaped.

Text for a terminal and Markdown come from `text.py` and are offered here too, so that `render` has every form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..address.quoting import quote
from ..reading import FamilyKnowledge, Reading
from .escape import escape, visible
from .labels import Label, day, label
from .text import markdown, text
from .tries import TITLE, Try
from .view import (
    FROM,
    KNOWN,
    NOT_UNDERSTOOD,
    Fact,
    Part,
    Unexplained,
    View,
    host,
    platform_title,
    says_what,
    term_title,
    view,
)

__all__ = ["error_html", "html", "markdown", "text"]


def html(
    reading: Reading,
    shown: View | None = None,
    *,
    glossary: str = "../glossary/",
    families: str = "../families/",
    decode: str = "../decode/",
    notes: str | None = None,
    live: bool = True,
) -> str:
    """Return the reading as HTML without ids and headings, so that a page can have it anywhere and more than once.

    `glossary` and `families` are what the addresses of glossary entries and family pages begin with; `decode` is the
    address of the page that explains a name. `notes` are the later notes as HTML, which take longer
    to work out; if they're empty, a page may fill them in later. Who has the view of the reading already hands it over as `shown`.
    In a `live` reading, which a decoder is around, the parts of the name are buttons.
    """
    shown = shown or view(reading)
    name = _name(reading, shown, live) or visible(reading.name)
    blocks = (
        f'<p class="np-name" translate="no">{name}</p>',
        f'<p class="np-summary">{visible(shown.summary)}</p>',
        _copy(reading, decode),
        _tries(shown.tries, decode),
        _said(shown, glossary, decode),
        _follows(shown.follows),
        _known(reading.knowledge, shown.known, families),
        _doubts(shown),
        _notes(notes),
        _page(reading),
        _choose(reading, decode),
    )
    return _lines('<div class="np-reading">', *blocks, "</div>")


def error_html(error: Exception) -> str:
    """Return the HTML that replaces an answer when there isn't one.

    >>> print(error_html(ValueError("<b> isn't a name")))
    <div class="np-reading np-problem">
    <p class="np-summary">&lt;b&gt; isn&#x27;t a name</p>
    </div>
    """
    return _lines('<div class="np-reading np-problem">', f'<p class="np-summary">{visible(str(error))}</p>', "</div>")


def _lines(*blocks: str) -> str:
    return "\n".join(block for block in blocks if block)


def _group(kind: str, title: str, *content: str) -> str:
    """Return a titled group. The title is a label and a line of text, since a heading would disturb the page's own."""
    name = escape(title)
    start = f'<div class="{kind}" role="group" aria-label="{name}">'
    return _lines(start, f'<p class="np-title">{name}</p>', *content, "</div>")


def _name(reading: Reading, shown: View, live: bool) -> str:
    """Return the parts in order, each with the separators that follow it, so that no line begins with a separator."""
    kept: list[str] = []
    rows = shown.rows or (None,) * len(reading.tokens)
    descriptions = shown.descriptions() if live else []
    for token, row in zip(reading.tokens, rows, strict=True):
        if token.field == "separator":
            separator = f'<span class="np-separator">{visible(token.text)}</span>'
            kept.append(kept.pop() + separator if kept else separator)
        else:
            description = descriptions[row] if live and row is not None else None
            kept.append(_piece(token.text, label(says_what(token, reading)), row, description))
    return "<wbr>".join(f'<span class="np-keep">{piece}</span>' for piece in kept)


def _piece(text: str, kind: Label, row: int | None, description: str | None) -> str:
    """Return a part of the name. With a description it's a button; its row has the same number."""
    tag = f'data-tag="{escape(kind.short)}"'  # an attribute, so that the text of the pieces is the name and no more
    inside = f'<span class="np-text">{visible(text)}</span>'
    if description is None:
        return f'<span class="np-piece np-{kind.group}" {tag}>{inside}</span>'
    attributes = f'data-row="{row}" aria-description="{escape(description)}"'
    return f'<button type="button" class="np-piece np-{kind.group}" {tag} {attributes}>{inside}</button>'


def _copy(reading: Reading, decode: str) -> str:
    """Name the model that it is a copy of, with a link to what that name means."""
    if reading.original is None:
        return ""
    address = escape(f"{decode}#q={quote(reading.original, safe='', errors='replace')}")
    name = f'<a class="np-try" href="{address}" translate="no">{visible(reading.original)}</a>'
    return f'<p class="np-page">A copy of {name}.</p>'


def _tries(tries: tuple[Try, ...], decode: str) -> str:
    """Return what to try where a text wasn't understood; each example is a link that fills in the form."""
    return _group("np-said", TITLE, "<ul>", *(_try(one, decode) for one in tries), "</ul>") if tries else ""


def _try(one: Try, decode: str) -> str:
    if one.leads_to:
        address = f"{decode.removesuffix('decode/')}{one.leads_to}{_question(one)}"
        return f'<li><a href="{escape(address)}">{visible(one.says)}</a></li>'
    links = (
        f'<a class="np-try" href="{escape(decode)}#q={quote(name, safe="", errors="replace")}" translate="no">{visible(name)}</a>'
        for name in one.examples
    )
    return f"<li>{escape(one.says)} {' '.join(links)}</li>"


def _question(one: Try) -> str:
    names = [quote(name, safe="", errors="replace") for name in one.names]
    if not names:
        return ""
    return f"#names={','.join(names)}" if one.leads_to == "choose/" else f"#q={'&with='.join(names)}"


def _said(shown: View, glossary: str, decode: str) -> str:
    rows = [_part(part, row, glossary) for row, part in enumerate(shown.parts)]
    rows += [_misspelt(piece, row, decode) for row, piece in enumerate(_meant(shown), len(rows))]
    if others := [piece.text for piece in shown.unexplained if not piece.meant]:
        rows.append(_row(len(rows), "unknown", others, "Not explained", "", escape(NOT_UNDERSTOOD)))
    return _group("np-said", "What the name says", '<dl class="np-parts">', *rows, "</dl>") if rows else ""


def _meant(shown: View) -> list[Unexplained]:
    return [piece for piece in shown.unexplained if piece.meant]


def _part(part: Part, row: int, glossary: str) -> str:
    value = f' <span class="np-value">{visible(part.value)}</span>' if part.value else ""
    return _row(row, part.label.group, [part.text], escape(part.what), value, _says(part, glossary))


def _says(part: Part, glossary: str) -> str:
    says = visible(part.says or "")
    if not part.term:
        return says
    address = escape(f"{glossary}#{quote(part.term)}")
    hidden = '<span class="np-unseen">In the glossary: </span>'
    return f'{says} <a class="np-term" href="{address}">{hidden}{escape(term_title(part.term))}</a>'.strip()


def _misspelt(piece: Unexplained, row: int, decode: str) -> str:
    """Return a row whose link opens the corrected name; a decoder around it puts the name into its field instead."""
    address = escape(f"{decode}#q={quote(piece.corrected or '', safe='', errors='replace')}")
    says = f'Did you mean <a class="np-try" href="{address}">{visible(piece.meant or "")}</a>?'
    return _row(row, "unknown", [piece.text], "Not explained", "", says)


def _row(number: int, group: str, pieces: Iterable[str], key: str, value: str, says: str) -> str:
    codes = " ".join(f"<code>{visible(piece)}</code>" for piece in pieces)
    sentence = f'<dd class="np-says">{says}</dd>' if says else ""
    what = f'<dd class="np-what"><span class="np-key">{key}</span>{value}</dd>'
    return f'<div class="np-part np-{group}" data-row="{number}"><dt translate="no">{codes}</dt>{what}{sentence}</div>'


def _follows(facts: tuple[Fact, ...]) -> str:
    return _group("np-follows", "What follows from that", _facts(facts)) if facts else ""


def _facts(facts: Iterable[Fact]) -> str:
    return _lines('<dl class="np-facts">', *map(_fact, facts), "</dl>")


def _fact(fact: Fact) -> str:
    return f"<div><dt>{escape(fact.label.name)}</dt><dd>{visible(fact.value)}</dd></div>"


def _known(knowledge: FamilyKnowledge | None, facts: tuple[Fact, ...], families: str) -> str:
    says = [f"<p>{escape(line)}</p>" for line in knowledge.says] if knowledge else []
    if not says and not facts:
        return f'<p class="np-page">More about the family: {_family(knowledge, families)}</p>' if knowledge else ""
    origin = _origin(knowledge, families) if knowledge else ""
    return _group("np-known", KNOWN, *says, *_by_origin(facts), origin)


def _by_origin(facts: tuple[Fact, ...]) -> Iterator[str]:
    """Yield the facts under where they come from: the family's rules, this exact model, or the model it is a copy of."""
    for source, origin in FROM.items():
        if found := [fact for fact in facts if fact.source == source]:
            yield f'<p class="np-from">{origin[0].upper()}{origin[1:]}:</p>'
            yield _facts(found)


def _origin(knowledge: FamilyKnowledge, families: str) -> str:
    parts = [f"Family: {_family(knowledge, families)}"]
    if knowledge.checked:
        parts.append(f'checked on <time datetime="{escape(knowledge.checked)}">{escape(day(knowledge.checked))}</time>')
    if knowledge.source and host(knowledge.source):
        parts.append(f'source: <a href="{escape(knowledge.source)}">{escape(host(knowledge.source))}</a>')
    return f'<p class="np-origin">{", ".join(parts)}.</p>'


def _family(knowledge: FamilyKnowledge, families: str) -> str:
    title = escape(knowledge.title)
    return f'<a href="{escape(families + quote(knowledge.page))}/">{title}</a>' if knowledge.page else title


def _doubts(shown: View) -> str:
    rows = [f"<li><code>{visible(text)}</code> {visible(sentence)}</li>" for text, sentence in shown.ambiguities]
    return _group("np-doubts", "Other possible readings", "<ul>", *rows, "</ul>") if rows else ""


def _notes(content: str | None) -> str:
    """Return the place for the later notes, hidden as long as it's empty."""
    if content is None:
        return ""
    hidden = "" if content else " hidden"
    return f'<div class="np-notes" data-part="notes"{hidden}>{content}</div>'


def _choose(reading: Reading, decode: str) -> str:
    """Return a link to the page for choosing, which is next to the one that explains names."""
    if not reading.family:
        return ""
    address = f"{decode.removesuffix('decode/')}choose/#names={quote(reading.name, safe='', errors='replace')}"
    return f'<p class="np-page"><a href="{escape(address)}">Does it suit your task, and fit your machine?</a></p>'


def _page(reading: Reading) -> str:
    if not reading.url or not host(reading.url):
        return ""
    place = platform_title(reading.platform) if reading.platform != "unknown" else host(reading.url)
    return f'<p class="np-page"><a href="{escape(reading.url)}">The model\'s own page on {escape(place)}</a></p>'

"""What the page's worker calls: questions and answers are strings, so that nothing of Python leaks into the browser.

A function must not be called `copy`, `destroy` or `toJs`: Pyodide's own methods of a module would hide it.
"""

from __future__ import annotations

import json
from typing import Any

from .decoder import decode
from .errors import NameplateError
from .reading import Reading
from .render import html as render
from .render.view import view
from .resolve import family_rules as families
from .vocabulary.lookup import vocabulary

STUMBLED = "The decoder stumbled over this name. That is a fault of the decoder, not of the name."


def answer(name: str, glossary: str, families: str, decoder: str = "../decode/") -> str:
    """The reading of a name for the page, as JSON.

    Its keys are `html`, the `summary` in one sentence, `error` (a code) or null, and `unexplained`: whether a part of
    the name was not explained. `glossary` and `families` are what the addresses of glossary entries and family pages
    begin with, `decoder` is the address of the page that explains a name.

    >>> json.loads(answer("", "../glossary/", "../families/"))["error"]
    'empty_name'
    """
    try:
        reading = decode(name)
    except NameplateError as error:
        return _refusal(error)
    shown = view(reading)
    page = render.html(reading, shown, glossary=glossary, families=families, decode=decoder, notes="")
    return _page(page, shown.summary, bool(shown.unexplained))


def notes(name: str, decoder: str) -> str:
    """What comes below a reading a moment later, as HTML: the memory that the model needs, and how to get it.

    `decoder` is the address of the page for names.

    >>> "Q4_K_M" in notes("Qwen3-8B", "../decode/"), notes("gpt-4o", ""), notes("", "")
    (True, '', '')
    """
    from .render.later_notes import later_notes

    try:
        return later_notes(name, decode=decoder)
    except NameplateError:
        return ""


def export(name: str, form: str, page: str) -> str:
    """The reading of a name to put on the clipboard: `form` is `markdown`, `json` or `embed`, `page` the address that shows it.

    >>> json.loads(export("SorskootLLM-70b-instruct", "json", ""))["params_b"]
    70.0
    """
    reading = decode(name)
    if form == "json":
        return _pretty(reading.to_dict())
    if form == "embed":
        from .render.embed import embed

        return embed(reading, page)
    return render.markdown(reading, page=page)


def comparison(names: str, glossary: str, decoder: str) -> str:
    """Names side by side, as JSON with the keys of `answer`; `names` is a JSON list of them.

    `glossary` is what the addresses of glossary entries begin with, `decoder` the address of the page that explains a name.

    >>> json.loads(comparison('["llama-7b", "llama-7b-chat"]', "../glossary/", "../decode/"))["summary"][:57]
    "The names don't show whether this is the same model. The "
    """
    from .render.comparison import side_by_side
    from .render.comparison_html import html

    try:
        found = side_by_side([decode(name) for name in json.loads(names)])
    except NameplateError as error:
        return _refusal(error)
    return _page(html(found, decode=decoder, glossary=glossary), found.summary, unexplained=False)


def export_comparison(names: str, form: str, page: str) -> str:
    """Names side by side, to put on the clipboard: `form` is `markdown` or `json`, `page` the address that shows them."""
    from .render.comparison import side_by_side
    from .render.comparison_html import markdown

    found = side_by_side([decode(name) for name in json.loads(names)])
    return _pretty(found.to_dict()) if form == "json" else markdown(found, page=page)


def choice(question: str, decoder: str) -> str:
    """Which of the names for which task on which machine, as JSON with the keys of `answer`.

    `question` is a JSON object with the fields of the form: `names` (one per line or between commas), `task`, `machine`,
    `gpu_gb`, `ram_gb`, `context`, `licence`, `runtime`, all of them text. A further key, `machine`, says how the
    description of the machine was read. What would change the answer is left to `changes`.

    >>> json.loads(choice('{"names": "SorskootLLM-v2-13b, SorskootLLM-v2-13b-chat", "task": "chatbot"}', ""))["error"]
    >>> json.loads(choice('{"names": "", "gpu_gb": "much"}', ""))["error"]
    'bad_request'
    """
    from .picker.form import choose, read_question
    from .render.pick_html import html

    try:
        found = choose(read_question(json.loads(question)), changes=False)
    except NameplateError as error:
        return _refusal(error)
    page = html(found, decode=decoder, later=True)
    return _page(page, found.choice.message, unexplained=False, machine=found.machine)


def prepare() -> str:
    """Make ready what the first `choice` would wait for: the picker's modules and data, and its reader of requests."""
    names = "Llama-3.1-8B-Instruct-Q4_K_M.gguf, Llama-3.1-8B, bge-m3"
    for task in ("help our customers with their questions on a 24 GB card", "résumer des lettres"):
        choice(json.dumps({"names": names, "task": task}), "")
    return ""


def changes(question: str) -> str:
    """What would change the answer to a question of `choice`, as HTML.

    >>> names = "Llama-3.1-8B-Instruct-Q4_K_M.gguf, Llama-3.1-8B-Instruct-Q8_0.gguf"
    >>> "With 11 GB" in changes(json.dumps({"names": names, "task": "chatbot", "gpu_gb": "8"}))
    True
    """
    from .picker.form import choose, read_question
    from .render import pick_html

    try:
        return pick_html.changes(choose(read_question(json.loads(question))).choice)
    except NameplateError as error:
        return render.error_html(error)


def ladder(question: str) -> str:
    """The usual quantizations of the name that answers a question of `choice`, as HTML.

    >>> "Q4_K_M" in ladder('{"names": "Llama-3.1-8B-Instruct", "task": "chatbot", "machine": "8 GB card"}')
    True
    """
    from .picker.form import choose, quantizations, read_question
    from .render.fit_html import html

    try:
        found = quantizations(choose(read_question(json.loads(question)), changes=False))
    except NameplateError as error:
        return render.error_html(error)
    return html(found) if found is not None else ""


def learn(text: str) -> str:
    """Take what was learnt from the example requests, which is a file of its own, before the first `choice`."""
    from .picker.understanding.learnt import take

    take(text)
    return ""


def open_archive(archive: str) -> str:
    """Import from a zip with demonstrations, or with what they need: files of their own, since most pages have none."""
    from . import __path__ as folders

    folders.append(f"{archive}/nameplate")
    return ""


def demonstrate(name: str, values: str) -> str:
    """Return what a demonstration shows for the values of its controls, which are a JSON object.

    The answer is JSON with the keys of `answer`, and two more: `labels` say what the values of controls mean, and `sets`
    are values that the answer gives to controls.

    >>> json.loads(demonstrate("quantization", '{"bits": "8"}'))["summary"]
    '8.5 bits per weight, 8.5 GB for 8.03 billion weights, a rounding error of 0.5 %: the layout of Q8_0.'
    """
    from .demos.registry import answer as worked_out

    return worked_out(name, values)


def demonstrate_with_vectors(name: str, values: str) -> str:
    """Return the same of a demonstration that calculates with word vectors: a page's worker loads these before.

    >>> json.loads(demonstrate_with_vectors("word-vectors", '{"text": "cat, dog"}'))["summary"]
    '“cat” and “dog” have a similarity of 0.88.'
    """
    return demonstrate(name, values)


def variants(family: str) -> str:
    """The names of a family's variants, as a JSON list; `family` is the slug of its page.

    >>> json.loads(variants("sorskootllm"))[0]
    'SorskootLLM-v2-13b'
    """
    return json.dumps(families.variants(vocabulary(), family))


def columns() -> str:
    """The columns of a list of names, as a JSON list of objects: `key`, `title`, and whether it holds a `number`, or `bytes`.

    >>> json.loads(columns())[0]
    {'key': 'name', 'title': 'Name', 'number': False, 'bytes': False}
    """
    from .render.listing import BYTES, COLUMNS, NUMBERS, title

    return json.dumps(
        [{"key": key, "title": title(key), "number": key in NUMBERS, "bytes": key in BYTES} for key in COLUMNS]
    )


def files(text: str) -> str:
    """Return a hub's list of files, as its page copies it, with each file and its size in one line; empty for other texts.

    >>> files("a-Q4_K_M.gguf\\n4.92 GB\\n2 months ago\\nREADME.md\\n21 kB\\n1 day ago")
    'a-Q4_K_M.gguf  4.92 GB\\nREADME.md  21 kB'
    """
    from .address.file_list import one_per_line

    return one_per_line(text)


def rows(names: str) -> str:
    """Return a row for each name of a JSON list: the values of the columns in their order, or the error as a string.

    >>> json.loads(rows('["llama-7b", ""]'))[0][:4], json.loads(rows('["llama-7b", ""]'))[1][:20]
    (['llama-7b', None, 'Llama', None], "There's no name here")
    """
    return json.dumps([_row(name) for name in json.loads(names)])


def lines(names: str, form: str) -> str:
    """What a list of names is downloaded as: `form` is `csv` (without the header) or `jsonl`; each line ends in one.

    `names` is a JSON list of pairs: the line number of a name, and the name.

    >>> lines('[[3, ""]]', "jsonl")[:30]
    '{"error":{"code":"empty_name",'
    """
    from .render.listing import Unread, csv_line, json_line

    written = csv_line if form == "csv" else json_line
    found: list[Reading | Unread] = []
    for line, name in json.loads(names):
        try:
            found.append(decode(name))
        except NameplateError as error:
            found.append(Unread(name, line, error))
    return "".join(f"{written(one)}\n" for one in found)


def heading(form: str) -> str:
    """What a download begins with: the header of CSV, or nothing.

    >>> heading("csv")[:14], heading("jsonl")
    ('name,publisher', '')
    """
    from .render.listing import csv_header

    return f"{csv_header()}\n" if form == "csv" else ""


def report(name: str, template: str) -> str:
    """Return the report of a name, as JSON: the `text`, and the `address` of a form with it.

    `template` is an address with `{title}`, `{body}`, `{name}` and `{release}` where they belong; if it is empty, the
    address is empty too.
    """
    from . import __version__
    from .render.report import report as written

    found = written(decode(name))
    address = found.address(template, __version__) if template else ""
    return json.dumps({"text": f"{found.title}\n\n{found.body}\n", "address": address})


def _row(name: str) -> list[Any] | str:
    from .render.listing import row

    try:
        return list(row(decode(name)).values())
    except NameplateError as error:
        return str(error)
    except Exception:  # of thousands of names, none may take the others with it
        return STUMBLED


def _page(html: str, summary: str, unexplained: bool, **more: str) -> str:
    return json.dumps({"html": html, "summary": summary, "error": None, "unexplained": unexplained, **more})


def _refusal(error: NameplateError) -> str:
    page = {"html": render.error_html(error), "summary": str(error), "error": error.code, "unexplained": False}
    return json.dumps(page)


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


decode("SorskootLLM-70b-instruct")  # makes ready, while the runtime starts, what the first answer would wait for

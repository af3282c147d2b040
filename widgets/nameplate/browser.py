"""What the page's worker calls: questions and answers are strings, so that nothing of Python leaks into the browser.

A function must not be called `copy`, `destroy` or `toJs`: Pyodide's own methods of a module would hide it.
"""

from __future__ import annotations

import json

from . import render
from .decoder import decode
from .errors import NameplateError
from .summary import sentence


def answer(name: str, glossary: str, families: str) -> str:
    """The reading of a name for the page, as JSON: `html`, its `summary` in one sentence, and `error` (a code) or null.

    `glossary` and `families` are what the addresses of glossary entries and family pages begin with.

    >>> json.loads(answer("", "../glossary/", "../families/"))["error"]
    'empty_name'
    """
    try:
        reading = decode(name)
    except NameplateError as error:
        return json.dumps({"html": render.error_html(error), "summary": str(error), "error": error.code})
    page = render.html(reading, glossary=glossary, families=families)
    return json.dumps({"html": page, "summary": sentence(reading), "error": None})


def export(name: str, form: str, page: str) -> str:
    """The reading of a name to put on the clipboard: `form` is `markdown` or `json`, `page` the address that shows it.

    >>> json.loads(export("SorskootLLM-70b-instruct", "json", ""))["params_b"]
    70
    """
    reading = decode(name)
    if form == "json":
        return json.dumps(reading.to_dict(), indent=2, ensure_ascii=False)
    return render.markdown(reading, page=page)


decode("SorskootLLM-70b-instruct")  # makes ready, while the runtime starts, what the first answer would wait for

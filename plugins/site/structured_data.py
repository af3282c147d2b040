"""Describe what a page holds to search engines, in the words of schema.org: its terms, or the program that runs in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..catalog.models import Term
from ..catalog.sentences import unmarked

CONTEXT = "https://schema.org"
DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def defined_terms(name: str, terms: Mapping[str, Term]) -> str:
    """Return the glossary as a set of defined terms."""
    entries = [
        {
            "@type": "DefinedTerm",
            "name": term.term,
            "url": f"#{slug}",
            "description": unmarked(term.definition),
            **({"alternateName": list(term.aliases)} if term.aliases else {}),
        }
        for slug, term in sorted(terms.items())
    ]
    return _written(
        "DefinedTermSet", {"name": f"Glossary of {name}", "license": DATA_LICENCE, "hasDefinedTerm": entries}
    )


def application(name: str, description: str) -> str:
    """Return what the widgets are: a free program in the reader's browser."""
    offer = {"@type": "Offer", "price": "0", "priceCurrency": "EUR"}
    about = {
        "applicationCategory": "DeveloperApplication",
        "operatingSystem": "Any, in a web browser",
        "browserRequirements": "JavaScript and WebAssembly",
        "isAccessibleForFree": True,
        "offers": offer,
    }
    return _written("SoftwareApplication", {"name": name, "description": description, **about})


def _written(kind: str, values: Mapping[str, Any]) -> str:
    """Return a description as a script that nothing runs. No text in it can end the script.

    >>> _written("Thing", {"name": "</script>"})
    '{"@context":"https://schema.org","@type":"Thing","name":"\\\\u003c/script>"}'
    """
    whole = {"@context": CONTEXT, "@type": kind, **values}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")

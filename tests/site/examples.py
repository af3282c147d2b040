"""Small terms and families to try the macros on."""

from __future__ import annotations

from typing import Any

from plugins.catalog.models import Family, Term

SOURCE = {"title": "A paper", "url": "https://example.org/paper", "checked": "2026-11-23"}


def make_term(slug: str, **changed: Any) -> Term:
    """A term with everything that is required."""
    given: dict[str, Any] = {
        "slug": slug,
        "group": "variants",
        "term": slug.replace("-", " "),
        "definition": f"What {slug} is.",
        "sources": [SOURCE],
        "text": f"More about {slug}.",
    }
    return Term.model_validate({**given, **changed})


def make_family(**changed: Any) -> Family:
    """A family of two variants."""
    given: dict[str, Any] = {
        "slug": "otter-2",
        "title": "Otter 2",
        "line": "Otter",
        "organization": {"name": "Example Labs", "hub": "example"},
        "sources": {"card": SOURCE},
        "variants": [
            {"name": "example/Otter-2-8B", "stage": "base", "params_b": 8.2, "source": "card"},
            {"name": "example/Otter-2-8B-Instruct", "stage": "instruct", "params_b": 8.2, "source": "card"},
        ],
        "text": "Prose.",
    }
    return Family.model_validate({**given, **changed})

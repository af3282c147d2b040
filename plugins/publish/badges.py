"""Draw a badge for each family: what its bare names are, as a small picture that model cards and READMEs can show."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ..catalog.models import Family
from ..site.family_tables import range_of_sizes
from ..site.suffixes import bare, only_tasks

NAME = "badges/{}.svg"
HEIGHT, PADDING = 20, 7  # pixels
LETTER = 6.6  # pixels of an average letter in the badge's type; the text is fitted to the width that this gives
LEFT, RIGHT = "#12616e", "#3a4048"  # white on them has a contrast of 7 to 1 and 10 to 1
MOST = 64  # characters of the right half
SIZES = "sizes {}"


def badges(families: Mapping[str, Family]) -> dict[str, str]:
    """Return the pictures by their address below the folder of the JSON."""
    return {NAME.format(slug): badge(family.title, says(family)) for slug, family in families.items()}


def says(family: Family) -> str:
    """Return what a badge says of a family: what a bare name is, its task, or else its sizes.

    >>> from tests.site.examples import make_family
    >>> says(make_family(no_suffix={"stage": "base", "description": "It is.", "source": "card"}))
    'no suffix: base model'
    """
    rule = family.no_suffix
    if rule is not None and (rule.stage or rule.task) and (found := bare(family)):
        return f"no suffix: {found}"[:MOST]
    if tasks := only_tasks(family):
        return " or ".join(tasks)[:MOST]
    sizes = range_of_sizes(family)
    return SIZES.format(sizes)[:MOST] if sizes else "names explained"


def badge(title: str, text: str) -> str:
    """Return a picture of two words side by side."""
    left, right = (round(len(words) * LETTER) + 2 * PADDING for words in (title, text))
    whole = f"{escape(title)}: {escape(text)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{HEIGHT}" role="img" aria-label="{whole}">'
        f"<title>{whole}</title>"
        f'<rect width="{left + right}" height="{HEIGHT}" rx="3" fill="{RIGHT}"/>'
        f'<path d="M3 0h{left - 3}v{HEIGHT}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="{LEFT}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f"{_words(title, PADDING, left)}{_words(text, left + PADDING, right)}</g></svg>\n"
    )


def _words(text: str, start: int, width: int) -> str:
    return f'<text x="{start}" y="14" textLength="{width - 2 * PADDING}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'

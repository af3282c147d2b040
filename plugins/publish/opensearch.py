"""Describe the decoder to browsers as a search engine, so that a name can be typed into the address bar: opensearch.xml.

The description needs the site's own address, so a site that is built without one has none. The name is in the fragment of the
address, which a browser sends to nobody.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

FILE = "opensearch.xml"
MOST = 16  # characters of the short name, by the specification
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
_NAME = re.compile(r'<meta property="og:site_name" content="([^"]+)">')


def finish(site: Path) -> bool:
    """Write the description into a finished site that knows its address; return whether it does."""
    address, name = address_of(site), _NAME.search((site / "index.html").read_text(encoding="utf-8"))
    if not address or name is None:
        return False
    (site / FILE).write_text(description(unescape(name[1]), address), encoding="utf-8")
    return True


def address_of(site: Path) -> str:
    """Return the address that a finished site was built for, or nothing."""
    found = _CANONICAL.search((site / "index.html").read_text(encoding="utf-8"))
    return unescape(found[1]) if found else ""


def description(name: str, address: str) -> str:
    """Return the description of a site with that name and that address.

    >>> '#q={searchTerms}"' in description("Nameplate", "https://example.org/names/")
    True
    """
    top = escape(address.rstrip("/"))
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
            f"  <ShortName>{escape(name[:MOST])}</ShortName>",
            "  <Description>Read what every part of a model name means.</Description>",
            "  <InputEncoding>UTF-8</InputEncoding>",
            f'  <Image width="16" height="16" type="image/svg+xml">{top}/images/logo.svg</Image>',
            f'  <Url type="text/html" template="{top}/decode/#q={{searchTerms}}"/>',
            "</OpenSearchDescription>",
            "",
        )
    )

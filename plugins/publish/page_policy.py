"""Give every page of a finished site its content security policy, worked out from what the pages hold.

The policy lets a page load from its own site alone, and run only the scripts that it was built with: an inline script is
known by the hash of its text. All pages get the same policy, because instant navigation shows one page in the document of
another. It is in each page, and in a file with headers that hosts such as Netlify and Cloudflare read.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from ..trust.tags import elements

HEADERS = "_headers"
# Characters; Cloudflare reads no longer line: https://developers.cloudflare.com/pages/configuration/headers/
LONGEST_LINE = 2_000
_CHARSET = '<meta charset="utf-8">'
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_RUN = {"", "module", "text/javascript"}  # the types of scripts that a browser runs
_FORBIDDEN = re.compile(r"style|on[a-z]+")
# What the site needs of the browser is nothing but the clipboard and the name of the graphics card.
_UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope",
    "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip


class PolicyError(ValueError):
    """Say what a page holds that the policy wouldn't let run or show."""


def finish(site: Path) -> int:
    """Write the policy into every page of a finished site, and the file with headers; return the number of pages."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    faults = [
        f"{path.relative_to(site)}: {found}. Move it to a style sheet or a script"
        for path, page in pages.items()
        for found in forbidden(page)
    ]
    if faults:
        raise PolicyError("\n".join(faults))
    found = policy(pages.values())
    for path, page in pages.items():
        path.write_text(with_policy(page, found), encoding="utf-8")
    (site / HEADERS).write_text(headers(found), encoding="utf-8")
    return len(pages)


def policy(pages: Iterable[str]) -> str:
    """Return the policy that lets all these pages work, and nothing else.

    >>> policy(["<script>go()</script>"]).partition("; style-src")[0]
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"
    """
    hashes: dict[str, set[str]] = {"script": set(), "style": set()}
    for page in pages:
        for kind, text in inline(page):
            hashes[kind].add(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(["script-src 'self' 'wasm-unsafe-eval'", *sorted(hashes["script"])]),
            " ".join(["style-src 'self'", *sorted(hashes["style"])]),
            "img-src 'self' data:",  # the theme's icons are in its style sheet
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types nameplate default",
        )
    )


def inline(page: str) -> Iterator[tuple[str, str]]:
    """Find what a page holds of scripts that a browser runs, and of styles.

    >>> list(inline('<script src="a.js"></script><script>go()</script><script type="application/json">{}</script>'))
    [('script', 'go()')]
    """
    for tag, code in elements(page):
        runs = tag.name == "script" and tag.get("src") is None and (tag.get("type") or "").strip().lower() in _RUN
        if runs or tag.name == "style":
            yield tag.name, code


def forbidden(page: str) -> Iterator[str]:
    """Find attributes that the policy doesn't allow, each as it is written.

    >>> list(forbidden('<td style="color: red">x</td><b onclick="go()">y</b><i class="style=">z</i>'))
    ['<td style=', '<b onclick=']
    """
    for tag, _ in elements(page):
        for name, _ in tag.attributes:
            if _FORBIDDEN.fullmatch(name):
                yield f"<{tag.name} {name}="


def with_policy(page: str, found: str) -> str:
    """Return a page with the policy right after its character set, before anything that the policy is about.

    Raises PolicyError if the page names no character set.
    """
    if _CHARSET not in page:
        raise PolicyError(f"a page has no {_CHARSET}, after which its policy belongs")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(found, quote=False)}">'
    return _META.sub("", page).replace(_CHARSET, _CHARSET + meta, 1)


def headers(found: str) -> str:
    """Return the file with headers for all files of the site.

    Raises PolicyError if a line is longer than hosts read.
    """
    lines = [
        f"Content-Security-Policy: {found}; frame-ancestors 'none'",
        f"Permissions-Policy: {', '.join(f'{feature}=()' for feature in _UNUSED)}",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
        "Cross-Origin-Opener-Policy: same-origin",
    ]
    too_long = [line.partition(":")[0] for line in lines if len(line) + 2 > LONGEST_LINE]
    if too_long:
        raise PolicyError(f"{HEADERS}: {', '.join(too_long)} is longer than {LONGEST_LINE:,} characters")
    return "\n".join(["/*", *(f"  {line}" for line in lines), ""])

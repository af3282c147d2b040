"""Write text and links that are safe anywhere on a page: in a paragraph, a list, a table cell, an attribute."""

from __future__ import annotations

import posixpath
import re
from html import escape
from urllib.parse import quote, urlencode

_SPECIAL = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\`*_{}[]<>#!|&\"'~^$"})
_AT_THE_START = re.compile(r"^(\d*)([-+=:.])")


def literal(text: str) -> str:
    """Return text that Markdown and HTML show as it is: no emphasis, no tag, no new table cell, no line of its own.

    >>> literal("a|b_c <i>"), literal("1. first"), literal("- not a list")
    ('a&#124;b&#95;c &#60;i&#62;', '1&#46; first', '&#45; not a list')
    """
    plain = " ".join(text.split()).translate(_SPECIAL)
    return _harmless_start(plain)


def _harmless_start(text: str) -> str:
    """Return text that doesn't begin a list, a heading or a definition."""
    return _AT_THE_START.sub(lambda start: f"{start[1]}&#{ord(start[2])};", text)


def code(text: str) -> str:
    """Return text in the type of names and code, shown as it is.

    >>> code("Q4_K_M"), code("<think>")
    ('`Q4_K_M`', '`<think>`')
    >>> code("a|b *c*")
    '<code>a&#124;b &#42;c&#42;</code>'
    """
    plain = " ".join(text.split())
    return f"<code>{literal(plain)}</code>" if "`" in plain or "|" in plain else f"`{plain}`"


def prose(text: str) -> str:
    """Return a sentence of the data as it is, except that names between backticks are set as code.

    >>> prose("In `Q4_K_M` the M *is* a mix")
    'In `Q4_K_M` the M &#42;is&#42; a mix'
    """
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        return literal(text)
    written = "".join(code(part) if index % 2 else part.translate(_SPECIAL) for index, part in enumerate(parts))
    return _harmless_start(written)


def escaped(text: str) -> str:
    """Return text for HTML, between tags or in a quoted attribute, on one line.

    >>> escaped('say "hi" & <go>')
    'say &quot;hi&quot; &amp; &lt;go&gt;'
    """
    return escape(" ".join(text.split()), quote=True)


def one_block(html: str) -> str:
    """Return HTML without empty lines, because one would end the block of raw HTML that Markdown leaves alone.

    >>> one_block("<p>a</p>\\n\\n  <p>b</p>")
    '<p>a</p>\\n<p>b</p>'
    """
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())


def way_up(page_url: str) -> str:
    """Return the way from a page's address to the root of the site, as links in raw HTML need it.

    >>> way_up(""), way_up("decode/"), way_up("guide/which-variant/")
    ('', '../', '../../')
    """
    return "../" * page_url.strip("./").count("/") + ("../" if page_url.strip("./") else "")


def way_to(source: str, target: str) -> str:
    """Return the way from one source file under docs/ to another, as links in Markdown need it.

    >>> way_to("guide/which-variant.md", "glossary.md"), way_to("index.md", "glossary.md")
    ('../glossary.md', 'glossary.md')
    """
    return posixpath.relpath(target, posixpath.dirname(source) or ".")


def question(**asked: str) -> str:
    """Return the part of an address that opens a widget with a question: a fragment, which no request carries.

    A parameter that is a word of Python gets an underscore; one without a value is left out.

    >>> question(q="hf.co/Qwen/Qwen3-8B-GGUF:Q4_K_M")
    '#q=hf.co%2FQwen%2FQwen3-8B-GGUF%3AQ4_K_M'
    >>> question(q="llama-7b", with_="llama-13b"), question(names="llama-7b,llama-13b", task="")
    ('#q=llama-7b&with=llama-13b', '#names=llama-7b,llama-13b')
    """
    given = {key.rstrip("_"): value for key, value in asked.items() if value}
    return "#" + urlencode(given, quote_via=quote, safe="," if "names" in given else "")


def decode_link(name: str, page_url: str, text: str = "", beside: str = "") -> str:
    """Return a link from a page to the reading of a name, or to its comparison with another one, as HTML.

    The site engine would look for a heading behind a link in Markdown.

    >>> decode_link("qwen3:8b", "guide/suffixes/")
    '<a href="../../decode/#q=qwen3%3A8b"><code>qwen3:8b</code></a>'
    """
    address = f"{way_up(page_url)}decode/{question(q=name, with_=beside)}"
    shown = escaped(text) if text else f"<code>{escaped(name)}</code>"
    return f'<a href="{escaped(address)}">{shown}</a>'


def hub_address(name: str) -> str | None:
    """Return a model's address on Hugging Face, or None for what isn't an id there.

    >>> hub_address("Qwen/Qwen3-8B"), hub_address("qwen3:8b")
    ('https://huggingface.co/Qwen/Qwen3-8B', None)
    """
    organization, _, model = name.partition("/")
    return f"https://huggingface.co/{quote(name)}" if organization and model and "/" not in model else None


def address(url: str) -> str:
    """Return an address as the target of a link in Markdown.

    >>> address("https://en.wikipedia.org/wiki/Perplexity_(x)")
    'https://en.wikipedia.org/wiki/Perplexity_%28x%29'
    """
    return url.replace("(", "%28").replace(")", "%29").replace("|", "%7C").replace(" ", "%20")


def natural_order(title: str) -> list[tuple[int, str]]:
    """Return the key that sorts titles the way people do: by words, and by numbers as numbers.

    >>> sorted(["Qwen10", "qwen3 VL", "Llama 3.1", "Qwen3"], key=natural_order)
    ['Llama 3.1', 'Qwen3', 'qwen3 VL', 'Qwen10']
    """
    pieces = re.findall(r"\d+|\D+", title.casefold())
    return [(int(piece), "") if piece.isdecimal() else (0, piece) for piece in pieces]

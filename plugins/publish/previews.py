"""Draw a picture for each page, which other sites show with a link to it: the page's title, and a name taken apart.

The same page gives the same picture: the letters are those that come with Pillow, not those of the machine. Each picture says
what it was made from, so that only those of changed pages are drawn again.
"""

from __future__ import annotations

import functools
import hashlib
import io
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import PIL
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from nameplate import decode
from nameplate.render.labels import label

from ..catalog.contents import Catalog
from ..site.checkout import Page
from ..site.usage import description_of, title_of

FOLDER = "api/previews"
MADE_FROM = "made-from"  # the key of a PNG's text
WIDTH, HEIGHT, MARGIN = 1200, 630, 80  # pixels; the size that sites ask for
PAPER, INK, QUIET, WASH, BRASS = "#fcfbf8", "#1d2530", "#545e6a", "#f3f0e8", "#b58a35"
# The colours that the decoder gives to groups of parts.
GROUPS: Mapping[str, str] = {
    "address": "#566170", "family": "#0a5ea0", "size": "#a33814", "purpose": "#176b35", "version": "#7d359f",
    "format": "#7f5507",
}  # fmt: skip
COLOURS = 32  # in a picture, shades of letters included
EFFORT = 6  # of 9, to make a file small: more takes four times as long and saves a tenth
TITLE, TEXT, NAME, MARK = (84, 64), 34, (58, 44, 34), 32  # sizes of letters; the largest that fits is taken
LINES = 3  # of a description
EXAMPLE = "Llama-3.1-8B-Instruct"
# Signs that the letters lack, as they are written without them.
_WRITTEN = str.maketrans({"–": "-", "—": "-", "−": "-", "×": "x", "→": "->", "“": '"', "”": '"', "‘": "’"})


class Piece(NamedTuple):
    """A part of a name, and its colour."""

    text: str
    colour: str


class Plate(NamedTuple):
    """What a picture shows."""

    title: str
    about: str
    name: tuple[Piece, ...]
    site_name: str

    @property
    def made_from(self) -> str:
        """A checksum of all that the picture depends on."""
        return hashlib.sha256(f"{self!r}{PIL.__version__}".encode() + Path(__file__).read_bytes()).hexdigest()[:32]


def write(docs: Path, site_name: str, pages: Iterable[Page], catalog: Catalog) -> list[str]:
    """Write the pictures of all pages that need one; return their addresses below docs/."""
    plates = {address(page.source): plate(page, site_name, catalog) for page in pages}
    for place, shown in plates.items():
        path = docs / place
        if not path.exists() or made_from(path) != shown.made_from:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(preview(shown))
    for path in (docs / FOLDER).rglob("*.png"):
        if path.relative_to(docs).as_posix() not in plates:
            path.unlink()
    return list(plates)


def plate(page: Page, site_name: str, catalog: Catalog) -> Plate:
    """Return what the picture of a page shows: of a family, its first name."""
    family = catalog.families.get(PurePosixPath(page.source).stem) if page.source.startswith("families/") else None
    name = family.variants[0].name.rpartition("/")[2] if family and family.variants else EXAMPLE
    return Plate(
        written(title_of(page.text, page.source)),
        written(description_of(page.text) or ""),
        tuple(pieces(name)),
        written(site_name),
    )


def address(source: str) -> str:
    """Return the address of the picture of a page.

    >>> address("families/qwen3.md")
    'api/previews/families/qwen3.png'
    """
    return str(PurePosixPath(FOLDER, source).with_suffix(".png"))


def made_from(path: Path) -> str:
    """Return what a picture says it was made from."""
    with Image.open(path) as picture:
        return str(picture.info.get(MADE_FROM, ""))


def preview(shown: Plate) -> bytes:
    """Return a picture, as a PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 14), fill=BRASS)
    room = WIDTH - 2 * MARGIN
    at = _paragraph(draw, shown.title, _fitting(shown.title, TITLE, room), MARGIN, INK, 2)
    _paragraph(draw, shown.about, _letters(TEXT), at + 20, QUIET, LINES)
    _draw_name(draw, shown.name, room)
    draw.text((MARGIN, HEIGHT - 62), shown.site_name, INK, _letters(MARK), anchor="ls")
    text = PngImagePlugin.PngInfo()
    text.add_text(MADE_FROM, shown.made_from)
    file = io.BytesIO()
    small = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(file, "PNG", compress_level=EFFORT, pnginfo=text)
    return file.getvalue()


def pieces(name: str) -> list[Piece]:
    """Return the parts of a name with the colours that the decoder gives them.

    >>> [piece.text for piece in pieces("Qwen3-8B")]
    ['Qwen', '3', '-', '8B']
    """
    found = []
    for token in decode(name).tokens:
        group = label(token.field).group if token.field and token.field != "separator" else ""
        found.append(Piece(written(token.text), GROUPS.get(group, QUIET)))
    return found


def written(text: str) -> str:
    """Return a text in the letters that the pictures have.

    >>> written("Über 8×7B – “experts”")
    'Uber 8x7B - "experts"'
    """
    plain = unicodedata.normalize("NFKD", text.translate(_WRITTEN))
    return "".join(sign for sign in plain if sign.isascii() or sign == "’")


def _fitting(text: str, sizes: tuple[int, ...], room: float) -> ImageFont.FreeTypeFont:
    """Return letters of the largest size in which a text fits, else of the smallest."""
    for size in sizes:
        letters = _letters(size)
        if letters.getlength(text) <= room:
            break
    return letters


@functools.cache
def _letters(size: int) -> ImageFont.FreeTypeFont:
    letters = ImageFont.load_default(size)
    assert isinstance(letters, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return letters


def _paragraph(
    draw: ImageDraw.ImageDraw, text: str, letters: ImageFont.FreeTypeFont, top: float, colour: str, most: int
) -> float:
    """Write a text in lines below `top`; return where it ends. What is too long ends with an ellipsis."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and letters.getlength(longer) > WIDTH - 2 * MARGIN:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} ..."]
    for number, one in enumerate(lines):
        draw.text((MARGIN, top + number * letters.size * 1.3), one, colour, letters)
    return top + len(lines) * letters.size * 1.3


def _draw_name(draw: ImageDraw.ImageDraw, name: Iterable[Piece], room: float) -> None:
    """Draw a name with a line of its colour under each part."""
    whole = "".join(piece.text for piece in name)
    letters = _fitting(whole, NAME, room)
    foot = HEIGHT - 150
    draw.rounded_rectangle((MARGIN - 30, foot - 90, WIDTH - MARGIN + 30, foot + 40), 16, WASH)
    x = float(MARGIN)
    for text, colour in name:
        width = letters.getlength(text)
        draw.text((x, foot), text, INK, letters, anchor="ls")
        if colour != QUIET:
            draw.rectangle((x, foot + 16, x + width, foot + 22), fill=colour)
        x += width

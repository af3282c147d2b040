"""Define the texts of the data files: what an id, an address, a word or a name may look like, and how to say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

LONGEST_WORD = 80  # characters of a word in names
LONGEST_NAME = 200  # characters of the name of a model
MOST_PARTS = 12  # runs of letters or of digits
_HOST = re.compile(r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$", re.IGNORECASE)
RUN = re.compile(r"[^\W\d_]+|\d+")
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL = r"^https?://[^\s\"'<>]+$"
LICENCE_TAG = r"^[a-z0-9]+([.+-][a-z0-9]+)*$"
RUNTIME = r"^[a-z][a-z0-9]*([.-][a-z0-9]+)*$"
CUE = r"^[a-z]+([.-][a-z]+)*$"
PASTED = r"^([^\s]+( [^\s]+)*)?$"
PATH = r"^[^/\s]+(/[^/\s]+)*$"
LANGUAGE = r"^[a-z]{2,3}$"
GENERATION = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
# What a text of each form is called.
PATTERNS: Mapping[str, str] = {
    SLUG: "a name of lower-case letters, digits and single hyphens",
    URL: "a web address. It starts with https:// and has no spaces in it",
    LICENCE_TAG: "a tag of lower-case letters, digits and single hyphens, dots or plus signs",
    RUNTIME: "a name of lower-case letters, with a dot at most",
    PASTED: "words with single spaces between them",
    PATH: "a path without spaces, such as {publisher}/{repo}",
    LANGUAGE: "the code of a language, of two or three letters",
    GENERATION: "a name of lower-case letters and digits, with dots or hyphens",
    CUE: "a name of lower-case letters, dots and hyphens",
}
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _readable(word: str) -> str:
    """Return a word that can be found in names. Raises ValueError for any other."""
    if len(word) > LONGEST_WORD or len(RUN.findall(word)) > MOST_PARTS:
        raise ValueError(f"a word has at most {LONGEST_WORD} characters and {MOST_PARTS} parts. Shorten it")
    if not RUN.match(word):
        raise ValueError("a word begins with a letter or a digit. Write how names spell it")
    return word


def is_public(address: str) -> bool:
    """Whether an address names a host that is open to all: a name, without a user, a port or signs that look like letters.

    `make links` asks every address, and so would a machine on whose network an address without a name means something.

    >>> [is_public(f"https://{host}/x") for host in ("example.org", "localhost", "10.0.0.1", "[::1]", "a@b.org", "b.org:22")]
    [True, False, False, False, False, False]
    """
    try:
        host = urlsplit(address).netloc
    except ValueError:
        return False
    return address.isascii() and _HOST.match(host) is not None


def _publicly(address: str) -> str:
    """Return an address that leads to a public host. Raises ValueError for any other."""
    if not is_public(address):
        raise ValueError("this address has no public host, such as example.org, or letters beyond a to z. Correct it")
    return address


def _of_the_web(address: str) -> str:
    """Return an address that a link may lead to. Raises ValueError for any other."""
    if not address.startswith("https://") or re.search(r"[\s\"'<>\\\\]", address):
        raise ValueError("this is not a web address. It starts with https:// and has no spaces or quotes in it")
    return address


def _of_a_model(name: str) -> str:
    """Return a name that a model can have. Raises ValueError for any other."""
    if len(name) > LONGEST_NAME or re.search(r"[\s\"<>`{}|\\]", name) or not RUN.search(name):
        raise ValueError(
            f"this is not the name of a model: at most {LONGEST_NAME} signs, without spaces or quotes. Correct it"
        )
    if not name.isascii():
        raise ValueError("hubs name models with letters from a to z: one here only looks like them. Correct it")
    if ".." in name.split("/"):
        raise ValueError("this is the path to another folder, not the name of a model. Correct it")
    return name


def _of_an_account(name: str) -> str:
    """Return the name of an account of a hub. Raises ValueError for any other."""
    if not re.fullmatch(r"[\w.-]{1,100}", name, re.ASCII):
        raise ValueError("this is not an account of a hub: letters, digits, hyphens and dots. Correct it")
    return name


Account = Annotated[Text, AfterValidator(_of_an_account)]
ModelName = Annotated[Text, AfterValidator(_of_a_model)]
# An address with places to fill in.
Address = Annotated[Text, AfterValidator(_of_the_web)]
# A spelling in names. Each of its parts may be joined to the next or not, so many parts would be too many spellings.
Word = Annotated[Text, AfterValidator(_readable)]
# A number of parameters; true and "8" aren't numbers, though Python could take them for one.
Billions = Annotated[float, Field(gt=0, le=1_000_000, strict=True)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Url = Annotated[str, StringConstraints(pattern=URL), AfterValidator(_publicly)]
LicenceTag = Annotated[str, StringConstraints(pattern=LICENCE_TAG)]

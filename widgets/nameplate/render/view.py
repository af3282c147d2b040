"""Put into order and words what is shown of a reading, before it becomes HTML, text or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from ..english import article, figure
from ..patterns import pattern
from ..reading import Ambiguity, FieldValue, Reading, Token
from ..vocabulary.lookup import vocabulary
from ..vocabulary.spelling import nearest, spelt_like
from .labels import LABELS, UNEXPLAINED, Label, label, written
from .summary import bits_per_weight, sentence
from .tries import Try, tries

KNOWN = "Known, but not written in the name"
NOT_UNDERSTOOD = "This part isn't described yet. Its maker may have made it up."
FROM = {
    "family": "known about the family",
    "catalogue": "known about this exact model",
    "original": "known about the model it was made from",
}
_WEB = pattern(r"https?://(?P<host>[^/?#]*)", re.IGNORECASE)
DATA_SET = "data-set-name"
CERTAIN = 0.6  # below, a piece has a commoner meaning elsewhere, or is a guess from its place
NO_PARTS = frozenset((None, "separator", "text"))
NOT_SHOWN = frozenset(
    {
        "name",
        "repo",
        "file",
        "tag",
        "roles",
        "tokens",
        "unknown",
        "ambiguities",
        "sources",
        "url",
        "purl",
        "commands",
        "knowledge",
        "lineage",
        "original",
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """An explained part of the name: what it is, what it means, and its glossary term.

    `what` is the label's name, with a doubt where there is one; `value` is empty where it would only repeat the piece.
    """

    text: str
    label: Label
    what: str
    value: str
    says: str | None
    term: str | None

    @property
    def description(self) -> str:
        """Return in one line what the part is, what it means and what that says."""
        value = f": {self.value}" if self.value else ""
        return f"{self.what}{value}. {self.says or ''}".rstrip()


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A part of the name that isn't described anywhere.

    Where it seems to be a misspelt word, `meant` is the known one, and `corrected` the whole name with it.
    """

    text: str
    meant: str | None = None
    corrected: str | None = None

    @property
    def says(self) -> str:
        """Return what to say about the part."""
        return f"Did you mean “{self.meant}”?" if self.meant else NOT_UNDERSTOOD

    @property
    def description(self) -> str:
        """Return the same as for a part that is explained."""
        return f"{UNEXPLAINED.name}. {self.says}"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its label; `source` is `name`, `family`, `catalogue` or `original`."""

    label: Label
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class View:
    """A reading as the page shows it: what the name says, apart from what else is known.

    `rows` has for each token of the reading the number of the row that explains it: first come the parts, in their order,
    then the words that seem to be misspelt, then one row for all other unexplained ones.
    """

    summary: str
    parts: tuple[Part, ...]
    unexplained: tuple[Unexplained, ...]
    follows: tuple[Fact, ...]
    known: tuple[Fact, ...]
    ambiguities: tuple[tuple[str, str], ...]
    tries: tuple[Try, ...] = ()
    rows: tuple[int | None, ...] = ()

    def descriptions(self) -> list[str]:
        """Return what each row says, in one line."""
        explained = [part.description for part in self.parts]
        misspelt = [piece.description for piece in self.unexplained if piece.meant]
        others = [piece.description for piece in self.unexplained if not piece.meant]
        return explained + misspelt + others[:1]


def view(reading: Reading) -> View:
    """Sort what is in a reading into what is shown of it."""
    values = values_of(reading)
    shown = {says_what(token, reading) for token in reading.tokens}
    facts = [Fact(label(key), _value(key, value, reading), source_of(reading, key)) for key, value in values.items()]
    if reading.family is None:  # then nothing can come from its rules: the word itself implies it
        facts = [replace(fact, source="name") if fact.source == "family" else fact for fact in facts]
    by_name = [fact for key, fact in zip(values, facts, strict=True) if fact.source == "name" and key not in shown]
    is_name = reading.kind != "not-a-model-name"
    parts = tuple(_part(token, reading) for token in _explained(reading)) if is_name else ()
    unexplained = _unexplained(reading) if is_name else ()
    return View(
        summary=sentence(reading),
        parts=parts,
        unexplained=unexplained,
        follows=tuple(by_name) if is_name else (),
        known=tuple(fact for fact in facts if fact.source != "name"),
        ambiguities=tuple((doubt.text, _doubt(doubt)) for doubt in reading.ambiguities if not _is_both(doubt, reading)),
        tries=tries(reading),
        rows=_rows(reading, unexplained) if is_name else (),
    )


def _value(key: str, value: FieldValue, reading: Reading) -> str:
    """Return a value in words. A label counts whole bits, but with scales and mixed layers a weight takes more."""
    real = bits_per_weight(reading) if key == "bits" else None
    return (
        f"{figure(real)} ({article(figure(value))} {figure(value)}-bit label)"
        if real and real != value
        else written(key, value)
    )


def _explained(reading: Reading) -> Iterator[Token]:
    """Yield the parts that mean something, each once: a file repeats what its repository says."""
    seen = set()
    for token in reading.tokens:
        if token.field not in NO_PARTS and _alike(token) not in seen:
            seen.add(_alike(token))
            yield token


def _alike(token: Token) -> tuple[str, str | None]:
    """Return what two tokens share if one row explains both."""
    return token.text.casefold(), token.field


def _rows(reading: Reading, unexplained: tuple[Unexplained, ...]) -> tuple[int | None, ...]:
    """Return for each token the number of its row; see `View`."""
    numbers = {_alike(token): number for number, token in enumerate(_explained(reading))}
    last = len(numbers)
    misspelt = {piece.text: last + number for number, piece in enumerate(one for one in unexplained if one.meant)}
    last += len(misspelt)
    return tuple(
        misspelt.get(token.text, last) if token.field is None else numbers.get(_alike(token))
        for token in reading.tokens
    )


def values_of(reading: Reading) -> dict[str, FieldValue]:
    """Return the known values under the keys of the labels and in their order; the lineage is split into its parts."""
    flat = {key: value for key, value in reading.by_key().items() if key not in NOT_SHOWN}
    if flat["kind"] in ("model", "not-a-model-name"):
        del flat["kind"]  # the first goes without saying, and the second is the summary
    flat |= {f"lineage.{f.name}": getattr(reading.lineage, f.name) for f in fields(reading.lineage)}
    if flat["platform"] == "unknown":
        del flat["platform"]
    else:
        flat["platform"] = platform_title(reading.platform)
    return {key: value for key in LABELS if (value := flat.get(key)) is not None and value != ()}


def source_of(reading: Reading, key: str) -> str:
    """Return where the value of a label's key comes from; all parts of the lineage have one source."""
    return reading.sources.get(key.partition(".")[0], "name")


def says_what(token: Token, reading: Reading) -> str | None:
    """Return the key that a part is shown under: a second line in a name is what the model was built on.

    >>> from nameplate import decode
    >>> reading = decode("DeepSeek-R1-Distill-Qwen-7B")
    >>> [says_what(token, reading) for token in reading.tokens if token.field == "family"]
    ['family', 'lineage.base_family']
    """
    if token.field == "family" and token.value not in (None, reading.family):
        return "lineage.base_family" if token.value == reading.lineage.base_family else token.field
    return token.field


def term_title(slug: str) -> str:
    """Return the heading of a glossary entry."""
    entry = vocabulary().terms.get(slug)
    return entry[0] if entry else slug.replace("-", " ")


def platform_title(platform: str) -> str:
    """Return the name of a platform."""
    return vocabulary().platform_names.get(platform) or written("platform", platform)


def host(url: str | None) -> str:
    """Return the host of a web address; empty for anything else, so that no other kind of link is ever written.

    >>> host("https://huggingface.co/Qwen"), host("javascript:alert(1)")
    ('huggingface.co', '')
    """
    found = _WEB.match(url or "")
    return found["host"] if found else ""


def _unexplained(reading: Reading) -> tuple[Unexplained, ...]:
    found: dict[str, Unexplained] = {}
    for token in reading.tokens:
        if token.field is None and token.text not in found:
            found[token.text] = _misspelt(token, reading.name)
    return tuple(found.values())


def _misspelt(token: Token, name: str) -> Unexplained:
    near = nearest(vocabulary(), token.text)
    if near is None:
        return Unexplained(token.text)
    meant = spelt_like(near, token.text)
    return Unexplained(token.text, meant, name[: token.start] + meant + name[token.end :])


def _part(token: Token, reading: Reading) -> Part:
    value, says = "", token.says or _definition(token.term)
    if reading.kind == "dataset" and token.term == DATA_SET:  # nothing was trained on it here: it's what the name names
        says = _definition(token.term)
    if token.field == "platform":
        known = vocabulary().platform_names.get(str(token.value))
        value = known or ""
        says = says or (f"How {known} writes names." if known else "Belongs to the address, not to the model.")
    elif token.value is not None and token.field is not None:
        value = written(token.field, token.value)
    if value.casefold() == token.text.casefold() or (token.field == "languages" and value in (says or "")):
        value = ""
    kind = label(says_what(token, reading))
    what = kind.name if token.confidence >= CERTAIN else f"{kind.name}, probably"
    return Part(token.text, kind, what, value, says, token.term)


def _definition(term: str | None) -> str | None:
    entry = vocabulary().terms.get(term or "")
    return entry[1] if entry else None


def _is_both(doubt: Ambiguity, reading: Reading) -> bool:
    """Return whether a piece means the one and the other: the Small of Mistral Small is its edition and its size."""
    return str(getattr(reading, doubt.instead, "")).casefold() == doubt.text.casefold()


def _doubt(doubt: Ambiguity) -> str:
    why = f", because {doubt.why.rstrip('.')}" if doubt.why else ""
    return f"Read as “{_kind(doubt.taken)}”{why}. It could also mean “{_kind(doubt.instead)}”."


def _kind(words: str) -> str:
    known = LABELS.get(words)
    return known.name.lower() if known else words

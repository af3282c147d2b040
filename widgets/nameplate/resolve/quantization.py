"""Work out how the weights are stored from the labels in a name: which of several says most, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from ..lattice.search import Path
from ..notation.candidate import number
from ..patterns import pattern
from ..reading import FieldValue
from ..vocabulary.meaning import Meaning
from .draft import ReadingDraft

LABELS = frozenset(("quant", "bits", "quant_method"))  # the fields that a label fills
OF_LABELS = LABELS | {"usual_bits"}  # what a label says, and is weighed against others
# Formats of which one repository holds several widths, each in a branch of its own.
BITS_IN_REVISION = frozenset(("exl2", "exl3"))
BRANCH = pattern(r"([1-8](?:[._]\d{1,2})?)(?:[-_]?bpw)?(?:[-_]?h\d)?$")
IN_SAFETENSORS = frozenset(("exl2", "exl3", "mlx"))  # formats whose files end in .safetensors
NO_LABEL = frozenset(("qat", "imatrix"))  # ways to prepare a quantization, not quantizations
# Methods that each pack weights in their own way: a name with two of them does not say which layers have which width.
PACKERS = frozenset(("gptq", "awq", "autoround"))


def fill_storage(draft: ReadingDraft, paths: list[Path], fields_seen: set[str | None]) -> None:
    """Fill in how the weights are stored. The file and the tag are more exact than the repository."""
    if not LABELS.isdisjoint(fields_seen):
        fill_quantization(
            draft, [meaning for path in reversed(paths) for meaning in path.explained if meaning.field in LABELS]
        )
    if "format" in fields_seen:
        _format_of_ending(draft, paths)
    if draft.fields.get("file_role") == "imatrix":  # the label and the method are those of the model that was measured
        draft.take_back(("quant",))
        draft.lineage.pop("method", None)


def _format_of_ending(draft: ReadingDraft, paths: list[Path]) -> None:
    """The ending of a file goes before other words for a format: the encoder of a ggml model may be in Core ML.

    A .bin file may be in any format, and some formats are safetensors files for one program.
    """
    ending = paths[-1].explained[-1] if "file" in draft.fields and paths and paths[-1].explained else None
    if ending is None or ending.field != "format" or ending.value == "pytorch":
        return
    explained = [meaning for path in paths for meaning in path.explained]
    implied = [*draft.publisher_implies(), *(pair for meaning in explained for pair in meaning.sets)]
    given = {meaning.value for meaning in explained if meaning.field == "format"}
    given |= {value for key, value in implied if key == "format"}
    special = sorted(given & IN_SAFETENSORS) if ending.value == "safetensors" else []
    draft.fields["format"] = special[0] if special else ending.value


def fill_quantization(draft: ReadingDraft, explained: list[Meaning]) -> None:
    """Fill the label that says most, and how many bits. A mere width (`INT4`, `w4a16`) is a label only beside a format.

    `said` are the meanings of labels; of two that say as much, the first wins.
    """
    labels = sorted(_labels(draft, explained), key=attrgetter("rank"), reverse=True)
    if not labels or "unquantized" in draft.lineage.get("modifications", ()):
        return  # gemma-3-qat-q4_0-unquantized is yet to be stored as q4_0
    first = labels[0]
    if first.width and draft.fields.get("library") == "mlx":
        draft.put("format", "mlx")  # only converted weights are called 4bit there; mlx-lm loads the originals as well
    if not first.width or _names_format(draft) or _names_scheme(draft, first):
        draft.put("quant", first.value)
        draft.put("quant_method", _method(draft, first))
    # A width beside the word mixed is that of some layers: INT4-Mixed-AutoRound has about six bits.
    named = "mixed-precision" in draft.lineage.get("method", ())
    mixed = named and labels[-1].width and not _names_format(draft)
    if len(labels) > 1 and not mixed:
        in_gguf = {label.value for label in labels if str(label.sets.get("quant_method")).startswith("gguf")}
        mixed = named and len(in_gguf) > 1  # 55IQ2_XXS-34Q2_K
        mixed = mixed or len({label.sets.get("quant_method") for label in labels} & PACKERS) > 1
    scheme = next((label.sets for label in labels if "activation_bits" in label.sets), {})
    if first.rank <= 1:
        draft.put("bits", scheme.get("bits"))  # w4a8_fp8 stores in 4 bits and computes in 8
    measured = next((label.sets["bits"] for label in labels if label.measured), None)
    draft.put("bits", measured)  # IQ4_XS-3.53bpw is a label and what it comes to in this file
    for label in labels:
        for key, value in label.sets.items():
            if key == "quant_method":
                draft.put(key, None if first.width else _method(draft, label))
            elif key != "usual_bits" and not (key == "bits" and mixed):
                draft.put(key, value)
    _fill_from_format(draft, labels)
    if not mixed:
        draft.put("bits", first.sets.get("usual_bits"))


def _fill_from_format(draft: ReadingDraft, labels: list[_Label]) -> None:
    """Fill what only the repositories of some formats say."""
    if draft.fields.get("format") in BITS_IN_REVISION:
        draft.put("bits", _bits_of_revision(draft.fields.get("revision")))
    if draft.fields.get("format") == "onnx":
        draft.put("activation_bits", _computed_in(labels))


def _bits_of_revision(revision: str | None) -> float | int | None:
    """Return the bits per weight that the branch of a repository is named after.

    >>> _bits_of_revision("4.25"), _bits_of_revision("8.0bpw"), _bits_of_revision("main")
    (4.25, 8, None)
    """
    match = BRANCH.match(revision or "")
    return number(match[1]) if match else None


def _computed_in(labels: list[_Label]) -> int | None:
    """The width of a float beside that of whole numbers: int4-asym-fp16-onnx stores in 4 bits and computes in 16."""
    widths = {label.sets["bits"] for label in labels if label.width and "bits" in label.sets}
    floats = {label.sets.get("bits") for label in labels if label.value in ("BF16", "FP16")}
    return 16 if widths and min(widths) <= 8 and floats == {16} else None


BITS_OF_ONE_TYPE = 8  # Q8_0; with fewer bits there are also k-quants
# The formats whose files a method quantizes; Q8 in a LiteRT file isn't a GGUF label.
FORMATS_OF_METHOD = {"gguf": ("gguf", "ggml", "llamafile"), "bnb": ("safetensors", "pytorch"), "mlc": ("mlc",)}


def _method(draft: ReadingDraft, label: _Label) -> str | None:
    """Return the method of a label, unless the name says that the weights are in a format which it does not write.

    A bare Q4 says how many bits, and not by which of the methods; only one type of GGUF files has eight.
    """
    method: str | None = label.sets.get("quant_method")
    if method == "gguf-legacy" and label.value.isalnum():
        given = draft.fields.get("format")
        return method if given == "gguf" and label.sets.get("bits") == BITS_OF_ONE_TYPE else None
    formats = FORMATS_OF_METHOD.get((method or "").partition("-")[0])
    if formats is None:
        return method
    given = draft.fields.get("format") or {"mlx": "mlx"}.get(draft.fields.get("library") or "")
    return method if given in (None, *formats) else None


class _Label(NamedTuple):
    """A label of a quantization: how much it says, what it says, and whether it is only a width in bits."""

    rank: int
    value: str
    sets: dict[str, FieldValue]
    width: bool
    measured: bool = False


def _labels(draft: ReadingDraft, explained: list[Meaning]) -> Iterator[_Label]:
    for meaning in explained:
        sets = dict(meaning.sets)
        method = sets.get("quant_method")
        if meaning.field == "quant":
            yield _Label(_label_rank(method), meaning.value, sets, False)
        elif meaning.field == "bits":
            value = sets.pop("quant", None)
            per_weight = value is not None and method is None and "activation_bits" not in sets  # 3.5bpw names a scheme
            sets["bits"] = meaning.value
            yield _Label(
                1 if value and not per_weight else 0, value or f"{meaning.value}bit", sets, not per_weight, per_weight
            )
        elif (
            meaning.field == "quant_method" and meaning.value not in NO_LABEL and meaning.term in draft.vocabulary.terms
        ):
            named = draft.vocabulary.terms[meaning.term][0]
            yield _Label(_label_rank(meaning.value), named, {"quant_method": meaning.value, **sets}, False)


def _names_format(draft: ReadingDraft) -> bool:
    """Whether the name says what the weights are packed for (a program, a device, a host): a width says how they are stored."""
    library = draft.fields.get("library")
    if draft.is_served or "device" in draft.fields:
        return True
    return "format" in draft.fields or "tag" in draft.fields or library not in (None, "transformers", "pytorch")


def _names_scheme(draft: ReadingDraft, label: _Label) -> bool:
    """Return whether both widths come with the word quantized (`quantized.w4a16`), as compressed-tensors writes its schemes."""
    return "activation_bits" in label.sets and "quantized" in draft.lineage.get("modifications", ())


def _label_rank(method: str | None) -> int:
    """Rank a label by how much it says: a GGUF mix before a method before a number format."""
    if method is None:
        return 0
    if method.startswith("gguf"):
        return 3
    return 1 if method.startswith(("fp", "int", "mxfp", "nvfp", "bf", "mlx")) else 2

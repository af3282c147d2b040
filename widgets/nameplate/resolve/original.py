"""Which catalogued model a name's weights are an unchanged copy of, and what the copy has from it.

A copy is stored in another way (`unsloth/gemma-3-4b-it-GGUF`), or held by Ollama's library under a short name of its own
(`deepseek-r1:7b`). Its weights say what the original's say, so it has the original's size, context and kinds of input. How
it is stored, who published it and when are its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..reading import FieldValue
from ..vocabulary.lookup import Vocabulary
from .draft import ReadingDraft
from .known_models import Facts, NameParts, Part, exact_model, known_by_stage

INHERITED = frozenset((
    "params_b", "active_params_b", "effective_params_b", "experts", "context", "modalities", "task", "stage", "reasoning",
    "open_weights",
))  # fmt: skip
# Formats that are compiled for a length of text chosen by who compiles them: such a copy need not have its original's context.
COMPILED = frozenset(("coreml", "executorch", "litert", "mlc", "mnn", "rkllm"))
# What further training leaves as it was.
LEFT_BY_TRAINING = frozenset(("params_b", "active_params_b", "effective_params_b", "experts", "context", "modalities"))
CHANGES = frozenset(("lineage.method", "lineage.modifications", "languages"))
SIZES = frozenset(("params_b", "active_params_b", "effective_params_b", "expert_params_b"))
STAGES = ("base", "instruct", "chat")
STORED = ("format", "quant")  # said of the account or of the file: mlx-community publishes nothing but MLX
UNSAID = frozenset((("alias", "latest"),))  # what a tag may say without naming a model


class Original(NamedTuple):
    """A catalogued model by its full name, and what is known about it.

    `storage` is how the copy is stored where its name doesn't say, `lineage` what its name leaves out.
    """

    name: str
    facts: Facts
    storage: Facts = ()
    lineage: Facts = ()


def fill_from_original(draft: ReadingDraft, named: NameParts | None) -> None:
    """Add what an unchanged copy has from its original; a name that is catalogued itself isn't looked up again."""
    if draft.catalogued_as.exact or named is None:
        return
    # Without the ways to quantize and to pack it.
    parts = named.parts - draft.vocabulary.repackaging - UNSAID
    original = (
        _of_the_library(draft, parts, named.packaged)
        if _in_library(draft)
        else _repackaged(draft, parts, named.packaged)
    )
    if original is None:
        for key, value in _of_what_it_started_from(draft, parts):
            _inherit(draft, key, value)
        return
    if _at_home(draft, original.name):
        return
    draft.put("original", original.name, "catalogue")
    page = draft.vocabulary.catalogue[original.name.casefold().rpartition("/")[2]][1]
    for key, value in original.facts:
        if key == "stage" and value == "base" and draft.is_written_by_hand(page):
            continue  # people mean the model that answers as often
        if key in INHERITED:
            _inherit(draft, key, value)
    if draft.address.platform == "ollama":
        for key, value in original.storage:
            draft.put(key, value, "catalogue")
    if original.lineage and not draft.lineage:
        draft.lineage = {key: list(found) if isinstance(found, tuple) else found for key, found in original.lineage}
        draft.sources["lineage"] = "original"


def _inherit(draft: ReadingDraft, key: str, value: FieldValue) -> None:
    if key == "context" and draft.fields.get("format") in COMPILED:
        return
    if isinstance(value, tuple):
        if key not in draft.lists:
            draft.add(key, value, "original")
        return
    if draft.sources.get(key) == "family":
        draft.fields.pop(key, None)
    draft.put(key, value, "original")


def _of_what_it_started_from(draft: ReadingDraft, parts: frozenset[Part]) -> Facts:
    """Return what a further trained model has from the catalogued one of the same size that its name says it started from."""
    if not draft.vocabulary.models_of(draft.fields.get("family")):
        return ()
    changes = {part for part in parts if part[0] in CHANGES}
    if not changes or any(value == "distillation" or value in draft.vocabulary.shrinking for _, value in changes):
        return ()
    start = {part for part in parts - changes if part[0] != "stage"}
    if not any(field in SIZES for field, _ in start) and any(field != "lineage.modifications" for field, _ in changes):
        return ()  # a name without a size may be short for one of several
    stages = [frozenset(start | more) for more in (set(), *({("stage", stage)} for stage in STAGES))]
    known = [exact_model(draft.vocabulary, draft.fields.get("family"), one) for one in stages]
    facts = [dict(one.facts) for one in known if one is not None]
    return tuple(
        (key, value)
        for key, value in (facts[0].items() if facts else ())
        if key in LEFT_BY_TRAINING and all(other.get(key) == value for other in facts)
    )


def _at_home(draft: ReadingDraft, name: str) -> bool:
    """Return whether a file lies where the model itself does: Qwen/Qwen3-8B/model.safetensors is no copy."""
    return f"{draft.fields.get('publisher')}/{draft.fields.get('repo')}".casefold() == name.casefold()


def _in_library(draft: ReadingDraft) -> bool:
    """Return whether a name is one of Ollama's library: that has no publishers."""
    fields = draft.fields
    if "publisher" in fields or "repo" not in fields:
        return False
    return draft.address.platform == "ollama" or _only_model(draft) is not None


def _only_model(draft: ReadingDraft) -> str | None:
    """Return the model that a bare name means if it is that of a library with one model alone: qwq, llama3.3."""
    rows = draft.vocabulary.ollama.get(draft.fields["repo"])
    if rows is None or draft.address.platform != "unknown" or "tag" in draft.fields:
        return None
    names = {name for _, name, *_ in rows}
    return names.pop() if len(names) == 1 else None


def _of_the_library(draft: ReadingDraft, parts: frozenset[Part], packaged: bool) -> Original | None:
    """Return the original of a model in Ollama's library: as the data say of its tag, else by what the name says."""
    words = draft.vocabulary
    for row_parts, name, storage, lineage in words.ollama.get(draft.fields["repo"].lower(), ()):
        if frozenset(row_parts) == parts:
            return _original(words, name, () if packaged else storage, lineage)
    found = _by_parts(draft, parts)
    if found is not None and not any(field == "stage" for field, _ in parts):
        # Where the plain name is the base model's, a tag may be short for the tuned one.
        return found if dict(found.facts).get("stage") not in (None, "base") else None
    return found


def _repackaged(draft: ReadingDraft, parts: frozenset[Part], packaged: bool) -> Original | None:
    """Return the original of weights that were stored again, or published again by an account that does nothing else."""
    words, fields = draft.vocabulary, draft.fields
    publisher = (fields.get("publisher") or "").lower()
    if not (packaged or any(key in fields for key in STORED) or publisher in words.repackagers):
        return None
    return _by_parts(draft, parts)


def _by_parts(draft: ReadingDraft, parts: frozenset[Part]) -> Original | None:
    """Return the one catalogued model that says the same; a stage may be left to the rule of the family, or be added."""
    words, family = draft.vocabulary, draft.fields.get("family")
    known = exact_model(words, family, parts)
    if known is not None:
        return _original(words, _named_in(draft.name, known.names))
    known = known_by_stage(words, family, parts)
    return _original(words, _named_in(draft.name, known.names)) if known is not None else None


def _named_in(name: str, models: Sequence[str]) -> str | None:
    """Return the model whose own name is a part of this one, of several that say the same: multilingual-e5-small, e5-small."""
    if len(models) == 1:
        return models[0]
    inside = [model for model in models if model.casefold().rpartition("/")[2] in name.casefold()]
    return max(inside, key=len, default=None)


def _original(words: Vocabulary, name: str | None, storage: Facts = (), lineage: Facts = ()) -> Original | None:
    """A model that is available: a copy of weights that only the maker has would be a mistake."""
    row = words.catalogue.get((name or "").casefold().rpartition("/")[2])
    if row is None or "/" not in row[0]:
        return None
    return Original(row[0], row[2], storage, lineage)

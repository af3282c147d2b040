"""Make the JSON Schemas of the answers from the dataclasses that hold them, so that the two can't disagree."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from nameplate.inspection.contents import Contents, Stored
from nameplate.inspection.disagreements import Disagreement
from nameplate.inspection.inspector import Inspection
from nameplate.memory.estimator import Estimate
from nameplate.memory.fit import Fit, OnCard, Room, Rung
from nameplate.memory.warnings import Flag
from nameplate.picker.choice import ASK, JSON_KEYS, NONE_FITS, OK, Choice, NamedTask, Ranked, Reason, Understanding
from nameplate.reading import Ambiguity, Command, FamilyKnowledge, Kind, Lineage, Reading, Role, Stage, Task, Token
from nameplate.same_model import Effect, Verdict

from ..catalog.data_schemas import DIALECT

# What each key means, for people who use the JSON: units, forms, and what an empty value means unless it means unknown.
KEYS: Mapping[str, str] = {
    "name": "The input as it was given.",
    "kind": "What the input names: a model, or a file that belongs to one; not-a-model-name if it names neither.",
    "platform": "The place that the name was written for, such as huggingface, ollama, gguf-file or bedrock; unknown if nothing shows it.",
    "host": "The host in front of the name, such as hf.co.",
    "region": "The cloud's region or inference profile in front of the name.",
    "publisher": "The account that published it.",
    "repo": "The repository or model id, without its publisher.",
    "file": "The name of the file, or the path below the repository.",
    "tag": "What comes after the colon of a registry's name.",
    "revision": "The packaging at the host or the commit: what is not the maker's own version.",
    "original": "The catalogued model, by its name on the hub, that this one is an unchanged copy or a re-packaging of.",
    "family": "The product line without its number.",
    "generation": "The number of the line; a letter that belongs to it is kept: 3n, 4o, K2.",
    "edition": "A named product beside others of its line: VL, Coder, Opus.",
    "size_class": "A size in words: mini, large, xl.",
    "version": "The revision of this checkpoint: 0.3, 1.5.",
    "release_stage": "How finished it is: preview, beta.",
    "alias": "A name that moves to whatever is newest: latest.",
    "params_b": "Billions of parameters, all that are stored.",
    "active_params_b": "Billions of parameters in use for each token.",
    "effective_params_b": "Billions of parameters that have to be in fast memory (the E of E4B).",
    "experts": "The number of experts.",
    "expert_params_b": "Billions of parameters of one expert as the name gives it. Don't multiply it: 8x7B isn't 56B.",
    "stage": "The training stage.",
    "task": "What the model is for.",
    "reasoning": "Whether it thinks before it answers; hybrid if you can choose.",
    "modalities": "What it works with besides or instead of text: vision, audio.",
    "languages": "Languages as BCP 47 codes.",
    "roles": "Stage, task, speciality and modality in one flat list, for filters.",
    "context": "Context length in tokens; 128k is 131072.",
    "max_output": "The most tokens that the maker's service returns in one answer.",
    "date": "ISO 8601, cut off where the name stops: 2025-07, 2024-06-20, --05-28.",
    "released": "The day of its release, where it is known: 2025-04-14.",
    "open_weights": "Whether the weights are published; false for a model that is available only as a hosted service.",
    "quant": "The quantization label as it is usually written: Q4_K_M.",
    "quant_method": "The quantization method: gguf-k, gptq, awq.",
    "bits": "Bits per weight that the label names; a fraction for labels such as 4.65bpw.",
    "activation_bits": "Bits of the activations while it computes, as in w4a16.",
    "group_size": "Weights that share one scale; -1 if a whole channel does.",
    "format": "The file format: gguf, mlx, onnx, safetensors.",
    "library": "The program or library that it was written for.",
    "device": "The hardware that it was made for.",
    "endianness": "The order of bytes, where a file is marked for it.",
    "file_role": "What the file is for: main, mmproj, draft, adapter, vocab.",
    "shard": "For a file that was split: which part it is, of how many.",
    "lineage": "Where the weights come from, as far as the name says.",
    "train_tokens": "How many tokens it was trained on, as written: 4T.",
    "checkpoint": "The training step at which it was saved.",
    "sources": "For each key that has a value: name (read from the text), family (a rule of the family), catalogue (a fact about this exact model) or original (a fact about the model that it is a copy of, or that it was trained from).",
    "tokens": "The pieces of the name in order; joined, they are the name again.",
    "unknown": "The pieces that couldn't be explained.",
    "ambiguities": "Pieces that could have been read in another way, and why they were not.",
    "url": "The model's own page, where the name leads to one.",
    "purl": "The package URL of the model, where the name leads to one: pkg:huggingface/Qwen/Qwen3-8B.",
    "commands": "Commands that download or run the model, where its address is certain; none for a model that only a service runs, or out of a path on a disk.",
    "knowledge": "What is known of the family beyond the name, with its source and the day it was checked.",
}  # fmt: skip
# Values that come from a closed list.
VALUES: Mapping[str, Any] = {"kind": Kind, "stage": Stage, "task": Task, "roles": Role}
PARTS = (Token, Ambiguity, Lineage, Command, FamilyKnowledge)


def decode_schema() -> dict[str, Any]:
    """Return the schema of `nameplate decode --json` and of `Reading.to_dict()`.

    >>> decode_schema()["properties"]["params_b"]["type"]
    ['number', 'null']
    """
    return {
        "$schema": DIALECT,
        "title": "A reading: what the name of a model means",
        "description": "Every key is always there. Unknown is null or an empty list, never a guess.",
        **_object(Reading, KEYS),
        "$defs": {part.__name__: _object(part) for part in PARTS},
    }


def pick_schema() -> dict[str, Any]:
    """Return the schema of `nameplate pick --json` and of `Choice.to_dict()`.

    >>> pick_schema()["properties"]["verdict"]
    {'enum': ['ok', 'none_fits', 'ask']}
    """
    schema = _answer(
        Choice,
        (Ranked, Reason, Understanding, NamedTask),
        "A choice: which of the names is meant for a task and a machine",
    )
    schema["properties"]["verdict"] = {"enum": [OK, NONE_FITS, ASK]}
    return schema


def compare_schema() -> dict[str, Any]:
    """Return the schema of `nameplate compare --json` and of `Comparison.to_dict()`.

    >>> compare_schema()["properties"]["verdict"]["enum"]
    ['same', 'repackaged', 'different', 'undecided']
    """
    texts = {"type": "array", "items": {"type": "string"}}
    origins = {"type": "array", "items": {"type": ["string", "null"]}}
    key = {"type": "string", "description": "A key of the reading; unknown holds the parts that couldn't be explained."}
    reason = {
        "key": key,
        "values": {"type": "array", "items": {}, "minItems": 2, "maxItems": 2},
        "sources": {**origins, "minItems": 2, "maxItems": 2},
        "effect": {"enum": list(get_args(Effect)), "description": "What the two values do to the verdict."},
    }
    row = {"key": key, "differs": {"type": "boolean"}, "values": {"type": "array", "items": {}}, "sources": origins}
    answer = {
        "names": {**texts, "description": "The names in the order in which they were given."},
        "verdict": {"enum": list(get_args(Verdict)), "description": "Whether the names mean the same weights."},
        "because": {"type": "array", "items": {"$ref": "#/$defs/Reason"}, "description": "The parts that decide it."},
        "rows": {"type": "array", "items": {"$ref": "#/$defs/Row"}, "description": "Every key that a name fills."},
    }
    return {
        "$schema": DIALECT,
        "title": "A comparison: whether names mean the same model",
        **_closed(answer),
        "$defs": {"Reason": _closed(reason), "Row": _closed(row)},
    }


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def size_schema() -> dict[str, Any]:
    """Return the schema of `nameplate size --json` and of `Estimate.to_dict()`.

    >>> size_schema()["properties"]["range"]["type"], size_schema()["properties"]["range"]["items"]
    (['array', 'null'], {'type': 'integer'})
    """
    return _answer(Estimate, (Flag,), "An estimate: the memory that a model needs, in bytes")


def fit_schema() -> dict[str, Any]:
    """Return the schema of `nameplate fit --json` and of `Fit.to_dict()`.

    >>> fit_schema()["properties"]["best"]
    {'type': ['string', 'null']}
    """
    return _answer(Fit, (Rung, OnCard, Room, Flag), "A fit: which quantizations of a model fit on a machine")


def inspect_schema() -> dict[str, Any]:
    """Return the schema of `nameplate inspect --json` and of `Inspection.to_dict()`.

    >>> inspect_schema()["properties"]["notes"]
    {'type': 'array', 'items': {'type': 'string'}}
    """
    parts = (Contents, Stored, Disagreement, *PARTS)
    schema = _answer(Inspection, parts, "An inspection: what a model's files say beside what their name says")
    schema["$defs"]["Reading"] = {**_object(Reading, KEYS), "description": "As nameplate decode --json gives it."}
    return schema


def _answer(cls: type, parts: tuple[type, ...], title: str) -> dict[str, Any]:
    """Return the schema of an answer; its docstring says what the keys mean."""
    description = " ".join((cls.__doc__ or "").replace("`", "").split())
    definitions = {part.__name__: _object(part) for part in parts}
    if cls is Choice:
        definitions[cls.__name__] = {"$ref": "#"}  # an answer may hold answers of its own kind
    return {"$schema": DIALECT, "title": title, "description": description, **_object(cls), "$defs": definitions}


def _object(cls: type, descriptions: Mapping[str, str] = types.MappingProxyType({})) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    properties = {}
    for name in _keys(cls):
        described = {"description": descriptions[name]} if name in descriptions else {}
        key = JSON_KEYS.get(name, name) if cls is Understanding else name
        properties[key] = {**described, **_of_key(name, hints[name], cls is Reading)}
    return _closed(properties)


def _keys(cls: Any) -> tuple[str, ...]:
    """Return the keys of a dataclass or of a named tuple."""
    return cls._fields if hasattr(cls, "_fields") else tuple(field.name for field in dataclasses.fields(cls))


def _of_key(name: str, hint: Any, of_reading: bool) -> dict[str, Any]:
    if of_reading and name == "reasoning":
        return {"enum": [True, False, "hybrid", None]}
    if of_reading and name in VALUES:
        values = list(get_args(VALUES[name]))
        listed = get_origin(hint) is tuple
        return (
            {"type": "array", "items": {"enum": values}}
            if listed
            else {"enum": values + [None] * (type(None) in get_args(hint))}
        )
    return _of_type(hint)


def _of_type(hint: Any) -> dict[str, Any]:
    """Return the schema of a Python type; what may be None may be null."""
    if get_origin(hint) in (typing.Union, types.UnionType):
        members = [_of_type(member) for member in get_args(hint) if member is not type(None)]
        empty = [{"type": "null"}] if type(None) in get_args(hint) else []
        if len(members) == 1 and empty and isinstance(members[0].get("type"), str):
            return {**members[0], "type": [members[0]["type"], "null"]}
        return {"anyOf": [*members, *empty]}
    if get_origin(hint) is tuple:
        return _of_tuple(get_args(hint))
    if isinstance(get_origin(hint), type) and issubclass(get_origin(hint), Mapping):
        return {"type": "object", "additionalProperties": _of_type(get_args(hint)[1])}
    if dataclasses.is_dataclass(hint) or hasattr(hint, "_fields"):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if hint is Any:
        return {}
    if get_origin(hint) is typing.Literal:  # version 1 promises a text, not a closed list
        return _of_type(type(get_args(hint)[0]))
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean"}[hint]}


def _of_tuple(members: tuple[Any, ...]) -> dict[str, Any]:
    if members[-1] is Ellipsis:
        return {"type": "array", "items": _of_type(members[0])}
    if len(set(members)) == 1:
        return {"type": "array", "items": _of_type(members[0]), "minItems": len(members), "maxItems": len(members)}
    return {
        "type": "array",
        "prefixItems": [_of_type(member) for member in members],
        "minItems": len(members),
        "maxItems": len(members),
    }

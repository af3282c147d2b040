"""Pack the JavaScript package: `python -m plugins.publish.javascript dist` adds nameplate-VERSION.tgz to the wheel that is there.

javascript/ holds what people write. The types of the answers are made from their JSON Schemas, and the wheel and the licences
are copied beside them, so that the package fetches nothing when it runs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..bundle.errors import BundleError
from ..bundle.node import NODE, NPM, run
from ..catalog.sources import ROOT
from .reading_schema import compare_schema, decode_schema, fit_schema, pick_schema, size_schema

SOURCES = ROOT / "javascript"
WRITTEN = ("index.mjs", "package.json", "README.md")
LICENCES = ("LICENSE", "LICENSE-DATA")
WHEEL, TYPES = "nameplate.whl", "index.d.ts"
# The answers of the functions, by the names of their types.
ANSWERS = {
    "Reading": decode_schema,
    "Choice": pick_schema,  # its reasons are the package's Reason, those of a comparison have a longer name
    "Comparison": compare_schema,
    "Estimate": size_schema,
    "Fit": fit_schema,
}
PRIMITIVES = {"string": "string", "number": "number", "integer": "number", "boolean": "boolean", "null": "null"}
FUNCTIONS = """\
/** An input that can't be answered: `code` is for programs and stays the same, the message is for people. */
export class NameplateError extends Error {
  readonly code: string;
}

/** Start Python ahead of the first question, which would otherwise wait for it. */
export function load(): Promise<void>;

/** Read a model's name. Without the catalogue, facts about single models are left out. */
export function decode(name: string, options?: { catalogue?: boolean }): Promise<Reading>;

/** Say whether names mean the same model, and which parts decide. */
export function compare(first: string, second: string, ...more: string[]): Promise<Comparison>;

export interface Constraints {
  /** Decimal gigabytes of graphics memory that the model may fill. */
  gpu_gb?: number;
  /** Decimal gigabytes of main memory that the model may fill. */
  ram_gb?: number;
  /** A machine in words, such as "RTX 4090" or "M3 Max 36GB". */
  machine?: string;
  /** Tokens. */
  context?: number;
  licence?: "commercial";
  runtime?: string;
}

/** Choose among names for a task, in your own words; without names, among all known models with open weights. */
export function pick(candidates: readonly string[] | null, task: string, constraints?: Constraints): Promise<Choice>;

export interface EstimateOptions {
  /** The label of the file, such as "Q4_K_M", if the name has none. */
  quant?: string;
  /** Tokens; 4096 if left out, or the most that the model reads. */
  context?: number;
  kv_dtype?: "f16" | "bf16" | "q8_0" | "q4_0" | "fp8";
  /** Keys of a public configuration, if the model isn't known. */
  architecture?: Record<string, unknown>;
}

/** Say how much memory a model needs. */
export function estimate(name: string, options?: EstimateOptions): Promise<Estimate>;

export interface FitOptions {
  /** A machine in words, such as "RTX 4090" or "24 GB card". */
  machine?: string;
  gpu_gb?: number;
  ram_gb?: number;
  context?: number;
}

/** List which quantizations of a model fit on a machine. */
export function fit(name: string, options?: FitOptions): Promise<Fit>;

export interface Entry {
  /** The anchor in the glossary. */
  term: string;
  title: string;
  definition: string;
  /** What it says of this exact word. */
  here: string | null;
}

/** Look a word of a name up in the glossary. */
export function lookUp(word: string): Promise<Entry[]>;
"""


def main(arguments: list[str] | None = None) -> int:
    """Pack the package, or say why not; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m plugins.publish.javascript", description="Pack it for npm.")
    parser.add_argument("folder", type=Path, help="holds the wheel, and gets the package")
    options = parser.parse_args(arguments)
    wheels = sorted(options.folder.glob("nameplate-*.whl"))
    if len(wheels) != 1:
        print(f"{options.folder} holds {len(wheels)} wheels, not one. Run: make package", file=sys.stderr)
        return 1
    try:
        print(pack(wheels[0], options.folder))
    except BundleError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def pack(wheel: Path, folder: Path) -> Path:
    """Write the package with a wheel into a folder, and return its path."""
    with tempfile.TemporaryDirectory() as name:
        stage(wheel, Path(name))
        command = [NODE, NPM, "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder.resolve())]
        packed = run(command, "npm can't pack the JavaScript package", cwd=Path(name))
    return folder / packed.split()[-1]


def stage(wheel: Path, folder: Path) -> None:
    """Put everything that belongs to the package into a folder."""
    for name in WRITTEN:
        shutil.copy(SOURCES / name, folder / name)
    for name in LICENCES:
        shutil.copy(ROOT / name, folder / name)
    shutil.copy(wheel, folder / WHEEL)
    (folder / TYPES).write_text(types(), encoding="utf-8")


def types() -> str:
    """Return the declarations of the functions and of their answers."""
    declared: dict[str, str] = {}
    for answer, schema in ANSWERS.items():
        _declare(answer, schema(), declared)
    return "\n".join([*(f"export interface {name} {body}\n" for name, body in declared.items()), FUNCTIONS])


def _declare(answer: str, schema: Mapping[str, Any], declared: dict[str, str]) -> None:
    """Add the interfaces of one answer. A part that is another one in two answers gets the answer's name in front."""
    parts = {name: part for name, part in schema["$defs"].items() if part != {"$ref": "#"}}
    names = dict.fromkeys(schema["$defs"], answer) | {name: name for name in parts}
    for name, part in parts.items():
        if declared.get(name, body := _interface(part, names)) != body:
            names[name] = f"{answer}{name}"
    for name, part in parts.items():
        declared[names[name]] = _interface(part, names)
    declared[answer] = _interface(schema, names)


def _interface(schema: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return "{\n" + "".join(_lines(schema["properties"], names)) + "}"


def _lines(properties: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    for key, about in properties.items():
        if "description" in about:
            yield f"  /** {about['description']} */\n"
        yield f"  {key}: {of_schema(about, names)};\n"


def of_schema(schema: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return the type that a JSON Schema describes.

    >>> of_schema({"type": ["number", "null"]}, {}), of_schema({"enum": ["a", None]}, {})
    ('number | null', '"a" | null')
    >>> of_schema({"type": "array", "items": {"enum": ["a", "b"]}}, {})
    '("a" | "b")[]'
    """
    if "$ref" in schema:
        return names[schema["$ref"].rpartition("/")[2]]
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(of_schema(one, names) for one in schema["anyOf"])
    kinds = schema.get("type", [])
    return (
        " | ".join(_of_kind(kind, schema, names) for kind in ([kinds] if isinstance(kinds, str) else kinds))
        or "unknown"
    )


def _of_kind(kind: str, schema: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if kind in PRIMITIVES:
        return PRIMITIVES[kind]
    if kind == "object":
        return f"Record<string, {of_schema(schema.get('additionalProperties', {}), names)}>"
    if "prefixItems" in schema:
        return f"[{', '.join(of_schema(one, names) for one in schema['prefixItems'])}]"
    item = of_schema(schema["items"], names)
    if schema.get("minItems") is not None:
        return f"[{', '.join([item] * schema['minItems'])}]"
    return f"({item})[]" if " " in item else f"{item}[]"


if __name__ == "__main__":
    sys.exit(main())

"""The JavaScript package: what it holds, and that it answers in Node as the Python package does, without a network."""

from __future__ import annotations

import json
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import nameplate
from nameplate import compare, estimate, fit, look_up, pick
from plugins.bundle.node import NODE
from plugins.publish import javascript
from tests.package.environments import ROOT

SCRIPT = Path(__file__).with_name("in_node.mjs")
VECTORS = sorted((ROOT / "tests" / "vectors").glob("*.json"))
NAMES = ("Qwen3-8B-Base", "Qwen3-8B")
TASK = "a chatbot for our customers"
# A call, and what Python answers to it.
OTHERS: list[tuple[list[Any], Any]] = [
    (["compare", *NAMES], compare(*NAMES).to_dict()),
    (["pick", list(NAMES), TASK, {"gpu_gb": 24}], pick(list(NAMES), TASK, {"gpu_gb": 24}).to_dict()),
    (["estimate", "Llama-3.1-8B", {"quant": "Q4_K_M"}], estimate("Llama-3.1-8B", "Q4_K_M").to_dict()),
    (["fit", "Llama-3.1-8B", {"machine": "8 GB card"}], fit("Llama-3.1-8B", "8 GB card").to_dict()),
    (["lookUp", "MoE"], look_up("MoE")),
]
WRONG = [
    (["decode", " "], "empty_name"),
    (["decode", None], "TypeError"),
    (["compare", "Qwen3-8B"], "TypeError"),
    (["pick", 7, TASK], "bad_request"),
    (["estimate", "Llama-3.1-8B", {"kv_dtype": "f13"}], "unknown_cache_type"),
    (["lookUp", "zorp"], "unknown_word"),
]
USE = """
import { NameplateError, compare, decode, estimate, fit, load, lookUp, pick, type Reading } from "nameplate";
await load();
const reading: Reading = await decode("Qwen3-8B", { catalogue: false });
const size: number | null = reading.params_b;
const verdict: "same" | "repackaged" | "different" | "undecided" = (await compare("a", "b", "c")).verdict;
const reasons: string[] = (await pick(null, "chat", { gpu_gb: 8 })).ranking.flatMap((one) => one.because.map((why) => why.text));
const bytes: number | null = (await estimate("a", { quant: "Q8_0" })).total_bytes;
const best: string | null = (await fit("a", { machine: "8 GB card" })).best;
const title: string = (await lookUp("MoE"))[0]!.title;
export const code: string = new NameplateError().code;
// @ts-expect-error
await decode(7);
// @ts-expect-error
(await decode("a")).parameters;
export { size, verdict, reasons, bytes, best, title };
"""


def cases() -> Iterator[dict[str, Any]]:
    for file in VECTORS:
        yield from json.loads(file.read_text(encoding="utf-8")).get("cases", ())


@pytest.fixture(scope="module")
def packed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return javascript.pack(wheel, tmp_path_factory.mktemp("packed"))


@pytest.fixture(scope="module")
def project(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the package is installed beside its dependency."""
    folder = tmp_path_factory.mktemp("project")
    modules = folder / "node_modules"
    with tarfile.open(packed) as archive:
        archive.extractall(modules, filter="data")
    (modules / "package").rename(modules / "nameplate")
    (modules / "pyodide").symlink_to(ROOT / "node_modules" / "pyodide")
    (folder / SCRIPT.name).write_bytes(SCRIPT.read_bytes())
    return folder


def test_it_holds_what_it_needs_and_no_more(packed: Path) -> None:
    with tarfile.open(packed) as archive:
        found = {name.removeprefix("package/") for name in archive.getnames()}
    files = {*javascript.WRITTEN, *javascript.LICENCES, javascript.WHEEL, javascript.TYPES}
    assert found == files
    assert packed.name == f"nameplate-{nameplate.__version__}.tgz"


def test_it_pins_the_python_that_the_site_runs() -> None:
    package = json.loads((javascript.SOURCES / "package.json").read_text(encoding="utf-8"))
    site = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert package["dependencies"] == {"pyodide": site["dependencies"]["pyodide"]}
    assert package["version"] == nameplate.__version__


def test_it_answers_like_python_and_asks_nothing_of_the_network(project: Path) -> None:
    vectors = list(cases())
    calls = [["decode", case["name"]] for case in vectors] + [call for call, _ in (*OTHERS, *WRONG)]
    done = subprocess.run(
        [NODE, SCRIPT.name], input=json.dumps(calls), cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answers = json.loads(done.stdout)
    wrong = {}
    for case, found in zip(vectors, answers, strict=False):
        if "error" in case:
            expected, got = case["error"], found.get("error")
        else:
            expected = case["expect"]
            got = {key: found["answer"][key] for key in expected} if "answer" in found else found
        if got != expected:
            wrong[case["name"]] = got
    assert wrong == {}
    rest = answers[len(vectors) :]
    assert [one.get("answer") for one in rest[: len(OTHERS)]] == json.loads(json.dumps([known for _, known in OTHERS]))
    assert [one.get("error") for one in rest[len(OTHERS) :]] == [code for _, code in WRONG]


def test_its_types_say_what_can_be_asked(project: Path) -> None:
    (project / "use.ts").write_text(USE, encoding="utf-8")
    compiler = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
    options = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--target", "es2022", "--module", "esnext"]
    done = subprocess.run(
        [NODE, compiler, *options, "--moduleResolution", "bundler", "--types", "", "use.ts"],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_part_that_two_answers_share_has_one_type() -> None:
    types = javascript.types()
    assert types.count("interface Flag ") == 1
    assert "because: ComparisonReason[]" in types
    assert "because: Reason[]" in types

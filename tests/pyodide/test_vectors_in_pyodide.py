"""The vectors, read by the Python that readers have: Pyodide, started from exactly what the site serves, in both ways."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from nameplate import decode
from nameplate.browser import answer
from nameplate.errors import NameplateError
from nameplate.picker.json_request import answer as picked
from plugins.bundle.assets import ASSETS, bundle
from plugins.bundle.node import NODE

FOLDER = Path(__file__).parents[1] / "vectors"
PICKS = FOLDER / "picks.json"
VECTORS = sorted(path for path in FOLDER.glob("*.json") if "cases" in json.loads(path.read_text(encoding="utf-8")))
SCRIPT = Path(__file__).with_name("in_pyodide.mjs")


def cases(file: Path) -> list[dict[str, Any]]:
    return list(json.loads(file.read_text(encoding="utf-8"))["cases"])


def requests() -> list[dict[str, Any]]:
    picks = json.loads(PICKS.read_text(encoding="utf-8"))["picks"]
    return [{key: case[key] for key in ("id", "candidates", "task", "constraints")} for case in picks]


def in_cpython(name: str) -> dict[str, str]:
    try:
        reading = decode(name)
    except NameplateError as error:
        return {"error": error.code}
    return {"json": json.dumps(reading.to_dict()), "page": answer(name, "../glossary/", "../families/")}


@pytest.fixture(scope="module", params=["bytecode", "snapshot"])
def pyodide(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The answers by name, the choices in order, and `about`: the platform and the version of the Python that gave them."""
    bundle()
    names = sorted({case["name"] for file in VECTORS for case in cases(file)})
    command = [NODE, str(SCRIPT), str(ASSETS), request.param]
    asked = json.dumps({"names": names, "picks": requests()})
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    output = json.loads(done.stdout)
    return {
        "about": output["about"],
        "failure": output["failure"],
        "choices": output["choices"],
        "answers": dict(zip(names, output["answers"], strict=True)),
    }


def test_it_is_the_python_of_the_browser(pyodide: dict[str, Any]) -> None:
    manifest = json.loads((ASSETS / "manifest.json").read_text())
    assert pyodide["about"] == ["emscripten", manifest["python"]]


def test_an_unforeseen_error_is_written_down_in_full(pyodide: dict[str, Any]) -> None:
    first, *places, error = pyodide["failure"].strip().splitlines()
    assert first.startswith("Traceback")
    assert any("nameplate/browser.py" in place for place in places)
    assert error.startswith("TypeError")


@pytest.mark.parametrize("file", VECTORS, ids=lambda file: file.stem)
def test_pyodide_answers_like_cpython_to_the_byte(file: Path, pyodide: dict[str, Any]) -> None:
    names = [case["name"] for case in cases(file)]
    different = {name for name in names if pyodide["answers"][name] != in_cpython(name)}
    assert not different


@pytest.mark.parametrize("file", VECTORS, ids=lambda file: file.stem)
def test_vectors_hold_in_pyodide(file: Path, pyodide: dict[str, Any]) -> None:
    wrong = {}
    for case in cases(file):
        got = pyodide["answers"][case["name"]]
        expected = {"error": case["error"]} if "error" in case else case["expect"]
        found = json.loads(got["json"]) if "json" in got else got
        differences = {key: found.get(key) for key, value in expected.items() if found.get(key) != value}
        if differences:
            wrong[case["name"]] = differences
    assert wrong == {}


def test_pyodide_picks_like_cpython(pyodide: dict[str, Any]) -> None:
    """tests/unit/test_picks.py holds CPython's choices against what is expected."""
    for request, choice in zip(requests(), pyodide["choices"], strict=True):
        assert choice == picked(request), request["id"]

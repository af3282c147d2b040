"""The vectors on this interpreter; tests/pyodide runs the same files on the one that readers have."""

import json
from pathlib import Path

import jsonschema
import pytest

from nameplate import NameplateError, decode

FOLDER = Path(__file__).resolve().parent.parent / "vectors"
PICKS = FOLDER / "picks.json"
ABILITIES = FOLDER / "abilities.json"
PAIRS = FOLDER / "same.json"
SCHEMAS = {**dict.fromkeys((PICKS, ABILITIES), FOLDER / "picks.schema.json"), PAIRS: FOLDER / "same.schema.json"}
FILES = sorted(path for path in FOLDER.glob("*.json") if "schema" not in path.name)


def contents(path: Path) -> dict:
    """What a file holds. A slip in it is an error that names the line, before any test runs."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path}:{error.lineno}: {error.msg}") from None


CASES = [
    pytest.param(case, id=f"{path.stem}:{case['name'][:60]!r}")
    for path in FILES
    if path not in SCHEMAS
    for case in contents(path)["cases"]
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_vector_files_follow_their_schema(path: Path) -> None:
    schema = json.loads(SCHEMAS.get(path, FOLDER / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(contents(path), schema)


@pytest.mark.parametrize("case", CASES)
def test_vector(case: dict) -> None:
    if "error" in case:
        with pytest.raises(NameplateError) as caught:
            decode(case["name"])
        assert caught.value.code == case["error"]
        return
    answer = decode(case["name"]).to_dict()
    assert {key: answer[key] for key in case["expect"]} == case["expect"]

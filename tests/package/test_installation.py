"""The package in an empty environment of every supported Python here: from the top, from a clone, from the sdist."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import nameplate
from tests.package.environments import Environment, empty_environment, pythons

PYTHONS = pythons()
THIS = "{}.{}".format(*sys.version_info)
# With this Python all but a clone, which learns from the example requests for minutes; with the others the finished wheel.
WAYS = [
    pytest.param(
        way, version, marks=() if way == "wheel" or (version == THIS and way != "clone") else pytest.mark.nightly
    )
    for way in ("folder", "clone", "sdist", "wheel")
    for version in PYTHONS
]
PROGRAM = """
import json, nameplate, sys
from nameplate import compare, decode, estimate, pick
print(json.dumps({
    "place": nameplate.__file__,
    "version": nameplate.__version__,
    "params_b": decode("Qwen3-8B").params_b,
    "weights": estimate("Qwen3-8B", "Q4_K_M").weights_bytes > 4e9,
    "best": pick(["Qwen3-8B-Base", "Qwen3-8B"], "help desk bot").best,
    "different": [row.key for row in compare("Qwen3-8B", "Qwen3-4B").different],
}))
"""


@pytest.fixture
def what(checkout: Path, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """What pip is told to install, by the way of installing."""
    return lambda way: {
        "folder": lambda: str(checkout),
        "clone": lambda: f"git+{checkout.as_uri()}",
        "sdist": lambda: str(request.getfixturevalue("sdist")),
        "wheel": lambda: str(request.getfixturevalue("wheel")),
    }[way]()


@pytest.mark.parametrize(("way", "version"), WAYS)
def test_the_package_installs_and_answers(way: str, version: str, what: Callable[[str], str], tmp_path: Path) -> None:
    environment = empty_environment(PYTHONS[version], tmp_path / "env")
    environment.install(what(way))
    answers(environment)


def answers(environment: Environment) -> None:
    """Check that the command, the module and the functions answer, and that nothing else was installed."""
    reading = json.loads(environment.run("nameplate", "decode", "--json", "Qwen3-8B"))
    assert (reading["family"], reading["params_b"]) == ("Qwen", 8)
    assert environment.run("nameplate", "--version") == f"nameplate {nameplate.__version__}\n"
    assert "8-billion-parameter" in environment.run("python", "-m", "nameplate", "decode", "Qwen3-8B")
    found = json.loads(environment.run("python", "-c", PROGRAM))
    assert found.pop("place").startswith(str(environment.folder))
    assert found == {
        "version": nameplate.__version__,
        "params_b": 8,
        "weights": True,
        "best": "Qwen3-8B",
        "different": ["params_b"],
    }
    (packages,) = environment.folder.glob("lib/python*/site-packages")
    assert {path.name.partition("-")[0] for path in packages.iterdir()} == {"nameplate"}


def test_an_editable_installation_answers_until_the_data_changes(checkout: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"  # its tables are compiled into it
    subprocess.run(["git", "clone", "--quiet", checkout, clone], check=True)
    environment = empty_environment(Path(sys.executable), tmp_path / "env")
    environment.install("--editable", clone)
    assert json.loads(environment.run("nameplate", "decode", "--json", "Qwen3-8B"))["params_b"] == 8
    next((clone / "widgets" / "nameplate" / "data").glob("*.yml")).touch()
    with pytest.raises(AssertionError, match=r"The data files have changed, .* pip install PyYAML pydantic"):
        environment.run("nameplate", "decode", "--json", "Qwen3-8B")

"""The check of the data alone: it needs PyYAML and pydantic, and nothing else of the set-up."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from plugins import lint
from tests.package.environments import ROOT, empty_environment

CHECK = (
    "import sys; sys.path[:0] = ['.', 'widgets']; from plugins.lint.__main__ import main; sys.exit(main(['--data']))"
)
IMPORTED = """
import importlib, sys
from plugins import lint
for rule in lint.DATA_RULES:
    importlib.import_module(rule if rule.startswith(".") else f".{rule}", "plugins.lint")
files = {name.partition(".")[0] for name, module in sys.modules.items() if getattr(module, "__file__", None)}
print(*{name for name in files if not name.startswith("_")} - sys.stdlib_module_names)
"""


def test_every_rule_of_the_folder_is_run() -> None:
    modules = {path.stem for path in Path(lint.__file__).parent.glob("*.py") if not path.stem.startswith("__")}
    assert {rule for rule in lint.RULES if not rule.startswith(".")} == modules
    assert set(lint.FIXERS) <= modules


def test_the_rules_about_data_import_pyyaml_and_pydantic_alone() -> None:
    locked = re.findall(r"^([a-z-]+)==", (ROOT / "requirements" / "data.txt").read_text(), re.MULTILINE)
    done = subprocess.run([sys.executable, "-c", IMPORTED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"nameplate", "plugins", "pydantic", "yaml"} <= set(done.stdout.split())
    assert set(done.stdout.split()) <= {"nameplate", "plugins", "yaml", *(name.replace("-", "_") for name in locked)}


@pytest.mark.nightly
def test_a_change_to_the_data_is_checked_with_pyyaml_and_pydantic_alone(checkout: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", checkout, clone], check=True)
    environment = empty_environment(Path(sys.executable), tmp_path / "env")
    environment.install("--require-hashes", "--requirement", ROOT / "requirements" / "data.txt")
    assert environment.run("python", "-c", CHECK, cwd=clone) == "The data files: no fault.\n"

    word = clone / "widgets" / "nameplate" / "data" / "terms" / "variants" / "instruct-model.md"
    word.write_text(word.read_text(encoding="utf-8").replace("field: stage", "feild: stage", 1), encoding="utf-8")
    with pytest.raises(AssertionError, match=r'instruct-model\.md:\d+ .*"feild" is not a key here'):
        environment.run("python", "-c", CHECK, cwd=clone)

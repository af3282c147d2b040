"""The sdist and the wheel: what they hold, and what their metadata says."""

from __future__ import annotations

import email
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from email.message import Message
from pathlib import Path

import pytest

import nameplate
from plugins.publish import addresses
from tests.package.environments import ROOT, Environment

PARTS = ("differences", "machines", "memory", "pastes", "picking", "requests", "texts", "vectors")
TABLES = {"_compiled.py", *(f"_compiled_{part}.py" for part in PARTS)}


@pytest.fixture(scope="module")
def source(sdist: Path) -> dict[str, bytes]:
    with tarfile.open(sdist) as archive:
        return {
            member.name.partition("/")[2]: file.read()
            for member in archive
            if member.isfile() and (file := archive.extractfile(member))
        }


@pytest.fixture(scope="module")
def built(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def metadata(built: dict[str, bytes]) -> Message:
    (content,) = (content for name, content in built.items() if name.endswith(".dist-info/METADATA"))
    return email.message_from_bytes(content)


def test_the_sdist_holds_the_package_with_its_tables_and_no_more(source: dict[str, bytes]) -> None:
    top = {"CHANGELOG.md", "LICENSE", "LICENSE-DATA", "PKG-INFO", "README.md", "pyproject.toml"}
    assert {name for name in source if "/" not in name} == top
    others = {name for name in source if "/" in name and not name.startswith("widgets/nameplate/")}
    assert others == {"widgets/hatch_build.py"}
    assert not [name for name in source if name.startswith("widgets/nameplate/data/")]


def test_tables_are_compiled_for_both_and_stale_ones_stay_out(
    source: dict[str, bytes], built: dict[str, bytes]
) -> None:
    for files in (source, built):
        tables = {Path(name).name: content for name, content in files.items() if "/_compiled" in name}
        assert tables.keys() == TABLES
        assert not any(b"stale" in content[:200] for content in tables.values())
        assert not [name for name in files if name.endswith("/_checkout.py")]


def test_the_sdist_and_the_wheel_hold_the_same_modules(source: dict[str, bytes], built: dict[str, bytes]) -> None:
    modules = {name: content for name, content in built.items() if name.startswith("nameplate/")}
    assert {f"widgets/{name}": content for name, content in modules.items()} == {
        name: content for name, content in source.items() if name.startswith("widgets/nameplate/")
    }
    assert "nameplate/py.typed" in modules


def test_twine_finds_nothing_to_complain_about(archives: Path, tools: Environment) -> None:
    assert tools.run("python", "-m", "twine", "check", "--strict", *archives.iterdir()).count("PASSED") == 2


def test_metadata(metadata: Message, built: dict[str, bytes]) -> None:
    assert metadata["Name"] == "nameplate"
    assert metadata["Version"] == nameplate.__version__
    assert metadata["Author"] == "The Nameplate authors"
    assert metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert all("extra ==" in needed for needed in metadata.get_all("Requires-Dist", []))  # nothing without an extra
    for name in metadata.get_all("License-File", []):
        assert [path for path in built if path.endswith(f".dist-info/licenses/{name}")]


def test_the_description_is_the_readme_without_what_leads_nowhere(metadata: Message) -> None:
    description = metadata.get_payload()
    assert isinstance(description, str)
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert description.startswith("# Nameplate\n")
    assert "![" not in description
    assert not re.findall(r"\]\((?!https?://)[^)]*\)", description)


def test_the_projects_addresses_are_taken_from_one_place(tmp_path: Path) -> None:
    for name in ("LICENSE", "LICENSE-DATA", "README.md", "widgets"):
        (tmp_path / name).symlink_to(ROOT / name)
    project = (ROOT / "pyproject.toml").read_text()
    table = '[project.urls]\nDocumentation = "https://example.org/nameplate/"\n'
    (tmp_path / "pyproject.toml").write_text(project.replace("[project.urls]\n", table))
    shown = subprocess.run(
        [sys.executable, "-m", "hatchling", "metadata"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert json.loads(shown.stdout)["urls"] == {"Documentation": "https://example.org/nameplate/"}
    site = addresses.addresses(addresses.project_urls(tmp_path), {})
    assert site == {"SITE_URL": "https://example.org/nameplate/"}

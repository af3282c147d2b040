"""What the widgets load: the wheel, the bytecode, the manifest."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest

from plugins.bundle.assets import ASSETS, bundle
from plugins.bundle.errors import BundleError
from plugins.bundle.layers.compress import add_brotli
from plugins.bundle.layers.joined_modules import joined
from plugins.bundle.paths import ROOT, RUNTIME, WEB

HOST = re.compile(r"https?://([^/\"'` ]+)")


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    bundle()
    content: dict[str, Any] = json.loads((ASSETS / "manifest.json").read_text())
    return content


@pytest.fixture
def wheel(manifest: dict[str, Any]) -> Path:
    return ASSETS / str(manifest["wheel"])


def test_a_second_run_has_nothing_to_do(manifest: dict[str, Any]) -> None:
    assert bundle() is False


def test_the_same_sources_give_the_same_bytes(manifest: dict[str, Any], tmp_path: Path) -> None:
    assert bundle(tmp_path / "assets", tmp_path / "cache") is True
    assert json.loads((tmp_path / "assets" / "manifest.json").read_text()) == manifest


def test_the_manifest_names_every_file_and_its_hash(manifest: dict[str, Any]) -> None:
    files = {
        path.relative_to(ASSETS).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in ASSETS.rglob("*")
        if path.is_file() and path.name != "manifest.json" and path.suffix != ".br"
    }
    assert files == manifest["files"]


def test_every_address_is_a_file(manifest: dict[str, Any]) -> None:
    named = {manifest["entry"], manifest["wheel"], *manifest["preload"], *manifest["roles"].values()}
    assert named | set(manifest["modules"].values()) <= manifest["files"].keys()


def test_every_name_holds_a_hash_of_the_content(manifest: dict[str, Any]) -> None:
    assert [name for name in manifest["files"] if not re.match(r"[a-z]+-[0-9a-f]{12}[/.]", name)] == []


def test_the_browser_reads_the_same_addresses(manifest: dict[str, Any]) -> None:
    for_browser = manifest["for_browser"]
    worker = (ASSETS / manifest["modules"]["worker.mjs"]).read_text()
    assert for_browser["files"].keys() == manifest["roles"].keys()
    for role, path in manifest["roles"].items():
        about = manifest["files"][path]
        assert for_browser["files"][role] == {"path": f"../{path}", "bytes": about["bytes"], "sha256": about["sha256"]}
        assert f"../{path}" in worker
    assert for_browser["indexURL"] == f"../{Path(manifest['roles']['wasm']).parent.as_posix()}/"
    assert for_browser["lock"]["packages"] == {}


def test_what_a_browser_keeps_for_later_has_every_module(manifest: dict[str, Any]) -> None:
    names = (ASSETS / manifest["modules"]["modules.mjs"]).read_text()
    assert set(json.loads(names.removeprefix("export default ").removesuffix(";\n"))) == manifest["modules"].keys()


def test_a_wrong_module_is_told_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(WEB, tmp_path / "web")
    (tmp_path / "web" / "worker.mjs").write_text("export function (")
    with pytest.raises(BundleError, match=r"worker\.mjs:1:\d+"):
        joined({}, tmp_path / "scratch", tmp_path / "web")


def test_the_runtime_is_that_of_npm_unchanged(manifest: dict[str, Any]) -> None:
    for role in ("pyodide_mjs", "wasm"):
        path = manifest["roles"][role]
        assert (ASSETS / path).read_bytes() == (RUNTIME / Path(path).name).read_bytes()


def test_gzip_is_beside_what_it_makes_smaller(manifest: dict[str, Any]) -> None:
    for path in manifest["roles"].values():
        file = ASSETS / path
        assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == file.read_bytes()


def test_brotli_is_added_and_stays_as_long_as_its_file(tmp_path: Path) -> None:
    text = b"a part of a name " * 100
    (tmp_path / "a.mjs").write_bytes(text)
    (tmp_path / "b.mjs").write_bytes(b"short")
    add_brotli(tmp_path, {"a.mjs": {}, "b.mjs": {}}, tmp_path / "cache")
    assert brotli.decompress((tmp_path / "a.mjs.br").read_bytes()) == text
    assert not (tmp_path / "b.mjs.br").exists()


def test_the_widgets_name_no_other_host() -> None:
    hosts = {host for path in WEB.rglob("*.m*") for host in HOST.findall(path.read_text(encoding="utf-8"))}
    assert hosts <= {"www.w3.org"}  # the names of SVG and the like, which nobody fetches


def test_the_wheel_is_pure_and_complete(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = next(archive.read(name).decode() for name in names if name.endswith("/METADATA"))
        scripts = next(archive.read(name).decode() for name in names if name.endswith("/entry_points.txt"))
    assert all(name.endswith((".py", "py.typed")) or ".dist-info/" in name for name in names)
    assert "nameplate/_compiled.py" in names
    assert "nameplate/vocabulary/_checkout.py" not in names
    assert not any(name.startswith("nameplate/data/") for name in names)
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist")]
    assert all("; extra ==" in line for line in required), required
    assert "nameplate = nameplate.cli:main" in scripts


def test_the_wheel_works_by_itself(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    name = "SorskootLLM-70b-instruct"
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from nameplate.cli import main; sys.exit(main())"
    # -I and -S leave nothing but the standard library to import.
    command = [sys.executable, "-I", "-S", "-c", program, "decode", "--json", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    assert (reading["family"], reading["params_b"], reading["stage"]) == ("SorskootLLM", 70, "instruct")


def test_nothing_of_it_is_kept_in_git() -> None:
    for path in ("docs/assets/manifest.json", "widgets/nameplate/_compiled.py", "build", ".venv", "node_modules"):
        ignored = subprocess.run(["git", "check-ignore", "--quiet", "--no-index", path], cwd=ROOT, check=False)
        assert ignored.returncode in {0, 128}, path  # 128: this copy of the sources is no repository

"""The plain path, and the layers over it: each can be left out, and Python still gives the same answers."""

from __future__ import annotations

import dataclasses
import importlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from plugins.bundle import stock as plain
from plugins.bundle.assembly import assemble
from plugins.bundle.assets import ASSETS, build_wheel, bundle, files_of_site, main, warnings
from plugins.bundle.errors import BundleError
from plugins.bundle.layers import LAYERS, runtime_script, snapshot, stubs
from plugins.bundle.layers.layer import Layer, unchanged
from plugins.bundle.node import NODE
from plugins.bundle.paths import LIBRARY, RUNTIME, SCRIPT, WASM
from plugins.bundle.stock import Parts, check, stock

NAMES = [layer.name for layer in LAYERS]
PYODIDE = [name for name in NAMES if name not in {"joined_modules", "early_start", "compress"}]
SECTIONS = """
const module = await WebAssembly.compile(require("fs").readFileSync(process.argv[1]));
console.log(WebAssembly.Module.customSections(module, "memory").length, WebAssembly.Module.exports(module).length);
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    bundle()
    content: dict[str, Any] = json.loads((ASSETS / "manifest.json").read_text())
    return content


def has(manifest: dict[str, Any], layer: str) -> None:
    """Skip a test of a layer that this Pyodide does not allow."""
    if manifest["layers"][layer]:
        pytest.skip(manifest["layers"][layer])


def test_the_plain_path_answers_by_itself(wheel: Path, cache: Path) -> None:
    found = assemble(wheel, cache, without=NAMES)
    assert found.parts == stock(wheel)
    assert set(found.parts.files) == {wheel, *(RUNTIME / name for name in ("pyodide.mjs", SCRIPT, WASM, LIBRARY))}
    check(found.parts, cache)


@pytest.mark.nightly
@pytest.mark.parametrize("name", PYODIDE)
def test_each_layer_can_be_left_out(name: str, wheel: Path, cache: Path) -> None:
    """The snapshot is left out with each: making one takes longest, and it shows nothing more."""
    found = assemble(wheel, cache, without={name, "snapshot"})
    assert not found.failures
    assert found.parts.layers == tuple(layer for layer in NAMES if layer not in {name, "snapshot", *needing(name)})


def needing(name: str) -> set[str]:
    """Return the layers that need another one."""
    return {layer.name for layer in LAYERS if name in layer.needs}


def test_a_layer_that_does_not_hold_is_left_out_with_what_needs_it(wheel: Path, cache: Path) -> None:
    def fails(parts: Parts, cache: Path) -> Parts:
        raise BundleError("Pyodide has changed.")

    layers = [
        Layer("first", "much", "little", unchanged),
        Layer("second", "much", "too much", fails),
        Layer("third", "much", "little", unchanged, needs=("second",)),
    ]
    found = assemble(wheel, cache, layers=layers)
    assert found.layers == {"first": None, "second": "Pyodide has changed.", "third": "needs second"}
    assert found.parts.layers == ("first",)


def test_a_layer_that_changes_the_answer_is_left_out(wheel: Path, cache: Path, tmp_path: Path) -> None:
    def lies(parts: Parts, cache: Path) -> Parts:
        wrong = tmp_path / "wrong.whl"
        with zipfile.ZipFile(parts.wheel) as before, zipfile.ZipFile(wrong, "w") as after:
            for name in before.namelist():
                added = b"\ndef answer(*_): return '{}'\n" if name == "nameplate/browser.py" else b""
                after.writestr(name, before.read(name) + added)
        return dataclasses.replace(parts, package=wrong)

    found = assemble(wheel, cache, layers=[Layer("liar", "much", "little", lies), Layer("next", "", "", unchanged)])
    assert "the answer to" in str(found.layers["liar"])
    assert found.parts.layers == ("next",)


def test_a_pyodide_without_its_files_is_named(wheel: Path, tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"version": "0.29.5"}')
    with pytest.raises(BundleError, match=r"Pyodide 0\.29\.5 has no pyodide\.mjs, pyodide\.asm\.mjs"):
        stock(wheel, tmp_path)


def test_without_the_plain_path_there_is_no_bundle(wheel: Path, cache: Path, tmp_path: Path) -> None:
    broken = tmp_path / wheel.name
    with zipfile.ZipFile(wheel) as before, zipfile.ZipFile(broken, "w") as after:
        for name in before.namelist():
            after.writestr(name, b"import nothing" if name == "nameplate/browser.py" else before.read(name))
    with pytest.raises(BundleError, match="the wheel does not answer"):
        assemble(broken, cache, without=NAMES)


def test_a_layer_that_does_not_exist_cannot_be_switched_off(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"there is no layer speed\. Known: bytecode, "):
        bundle(tmp_path / "assets", tmp_path / "cache", without=["speed"])


def test_the_build_warns_of_what_is_left_out(wheel: Path, cache: Path, tmp_path: Path) -> None:
    found = assemble(wheel, cache, without=PYODIDE)
    layers = {**found.layers, "snapshot": "Pyodide has changed."}
    files = files_of_site(found._replace(layers=layers), tmp_path / "web", cache)
    (tmp_path / "manifest.json").write_bytes(files["manifest.json"])
    saves = snapshot.LAYER.saves
    assert [line for line in warnings(tmp_path) if "snapshot" in line] == [
        f'WARNING: the bundle is made without the layer "snapshot", which saves {saves}: Pyodide has changed.'
    ]


def test_the_layers_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    listed = capsys.readouterr().out
    assert [name for name in NAMES if f"{name}\n  saves " not in listed] == []


def test_every_layer_says_what_it_is_for() -> None:
    for layer in LAYERS:
        module = importlib.import_module(f"plugins.bundle.layers.{layer.name}")
        assert module.LAYER is layer
        assert module.__doc__
        assert "\nSaves: " in module.__doc__
        assert "\nAssumes: " in module.__doc__


def test_bytecode_is_all_that_the_zip_holds(manifest: dict[str, Any]) -> None:
    has(manifest, "cut_library")
    with zipfile.ZipFile(ASSETS / manifest["roles"]["stdlib"]) as archive:
        members = archive.infolist()
    names = {member.filename for member in members}
    assert {member.compress_type for member in members} == {zipfile.ZIP_STORED}
    assert all(name.endswith(".pyc") for name in names)
    assert {"nameplate/__init__.pyc", "nameplate/browser.pyc", "nameplate/_compiled.pyc"} <= names
    assert not {"nameplate/cli/__init__.pyc", "argparse.pyc", "unittest/__init__.pyc"} & names


def test_stubs_replace_modules_that_exist(manifest: dict[str, Any]) -> None:
    has(manifest, "stubs")
    replaced = {path.relative_to(stubs.STUBS).with_suffix("").as_posix() for path in stubs.stub_files()}
    with zipfile.ZipFile(RUNTIME / LIBRARY) as archive, zipfile.ZipFile(ASSETS / manifest["roles"]["stdlib"]) as ours:
        assert replaced <= {name.removesuffix(".py").removesuffix("/__init__") for name in archive.namelist()}
        loaded = {name.removesuffix(".pyc"): ours.getinfo(name).file_size for name in ours.namelist()}
    assert max(loaded[name] for name in replaced if name in loaded) < 2000
    assert not [name for name in loaded if name.startswith(tuple(f"{name}/" for name in replaced))]


def test_a_stub_for_a_module_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "library.zip", "w") as archive:
        archive.writestr("asyncio/__init__.py", "")
    with pytest.raises(BundleError, match=r"no module .*inspect.* any more"):
        stubs.with_stubs(tmp_path / "library.zip", tmp_path / "target.zip", RUNTIME)


def test_the_script_around_the_webassembly_is_cut(manifest: dict[str, Any]) -> None:
    has(manifest, "runtime_script")
    script = (ASSETS / manifest["roles"]["asm_mjs"]).read_text()
    assert len(script) < 0.25 * (RUNTIME / SCRIPT).stat().st_size
    assert script.startswith("export default(async function")


def test_a_script_of_another_shape_is_not_cut(wheel: Path, tmp_path: Path) -> None:
    (tmp_path / SCRIPT).write_text("export default class {}")
    shutil.copy(RUNTIME / WASM, tmp_path)
    parts = dataclasses.replace(stock(wheel), loader=tmp_path / "pyodide.mjs", script=tmp_path / SCRIPT)
    (tmp_path / "pyodide.mjs").write_text("")
    with pytest.raises(BundleError, match=r"pyodide\.asm\.mjs: runtime-script\.mjs finds no imports"):
        runtime_script.apply(parts, tmp_path)


def test_the_snapshot_is_of_this_runtime(manifest: dict[str, Any]) -> None:
    has(manifest, "snapshot")
    about = snapshot.header(ASSETS / manifest["roles"]["snapshot"])
    assert about["runtime"] == manifest["files"][manifest["roles"]["wasm"]]["sha256"]
    end = 0
    for start, until in about["ranges"]:
        assert end <= start < until <= about["memory"]
        end = until


def test_the_snapshot_is_a_webassembly_module_with_one_section(manifest: dict[str, Any]) -> None:
    """Hosts compress it if they compress the runtime, because it has the same type."""
    has(manifest, "snapshot")
    command = [NODE, "--eval", f"(async () => {{{SECTIONS}}})()", str(ASSETS / manifest["roles"]["snapshot"])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "0"]


def test_the_runtimes_versions_are_read_from_it() -> None:
    assert plain.version_of_runtime().split(".")[0].isdigit()
    assert plain.about_runtime()["python"].startswith("3.")

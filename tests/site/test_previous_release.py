"""The files of the release before stay, so that a page which is still open finds what it asks for."""

from __future__ import annotations

import json
from pathlib import Path

from plugins.publish.previous_release import add, set_aside


def release(folder: Path, name: str, *files: str) -> Path:
    """Write a folder of assets with a manifest that names files."""
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(f"{name} {file}")
    manifest = {"entry": f"web-{name}/elements.mjs", "files": {file: {} for file in files if not file.endswith(".br")}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_the_release_before_is_added_to_the_new_one(tmp_path: Path) -> None:
    old = release(tmp_path / "old", "1", "web-1/elements.mjs", "web-1/elements.mjs.br", "python-1.zip")
    new = release(tmp_path / "new", "2", "web-2/elements.mjs", "python-1.zip")
    set_aside(old, new, tmp_path / "store")
    assert add(tmp_path / "store", new) == 2
    assert (new / "web-1/elements.mjs").read_text() == "1 web-1/elements.mjs"
    assert (new / "web-1/elements.mjs.br").exists()
    assert (new / "python-1.zip").read_text() == "2 python-1.zip", "its own files stay"
    assert json.loads((new / "manifest.json").read_text())["entry"] == "web-2/elements.mjs"


def test_building_the_same_release_again_keeps_the_one_before(tmp_path: Path) -> None:
    store = tmp_path / "store"
    old = release(tmp_path / "old", "1", "web-1/elements.mjs")
    new = release(tmp_path / "new", "2", "web-2/elements.mjs")
    set_aside(old, new, store)
    add(store, new)
    set_aside(new, new, store)
    fresh = release(tmp_path / "fresh", "2", "web-2/elements.mjs")
    assert add(store, fresh) == 1


def test_only_one_release_before_is_kept(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first, second = release(tmp_path / "1", "1", "web-1/a.mjs"), release(tmp_path / "2", "2", "web-2/a.mjs")
    set_aside(first, second, store)
    add(store, second)
    third = release(tmp_path / "3", "3", "web-3/a.mjs")
    set_aside(second, third, store)
    assert add(store, third) == 1
    assert not (third / "web-1").exists()


def test_a_manifest_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    old = release(tmp_path / "old", "1", "web-1/a.mjs")
    manifest = json.loads((old / "manifest.json").read_text())
    (old / "manifest.json").write_text(json.dumps({**manifest, "files": {"../secret": {}}}))
    set_aside(old, release(tmp_path / "new", "2", "web-2/a.mjs"), tmp_path / "store")
    assert not (tmp_path / "secret.br").exists()
    assert [path.name for path in (tmp_path / "store").rglob("*")] == ["manifest.json"]


def test_without_a_release_before_nothing_is_added(tmp_path: Path) -> None:
    new = release(tmp_path / "new", "1", "web-1/a.mjs")
    set_aside(tmp_path / "nowhere", new, tmp_path / "store")
    assert add(tmp_path / "store", new) == 0

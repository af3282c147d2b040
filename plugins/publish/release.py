"""Collect what a release attaches: `python -m plugins.publish.release --tag v0.1.0 --notes notes.md dist`.

The folder already holds the wheel and the source archive. Added are the published JSON, the vectors, the site, a list of what is
in them (an SBOM in CycloneDX's format, made from notices.yml) and the checksums of all. The notes are the version's part of
the changelog. A tag that doesn't belong to the version of the sources ends it before anything is written.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..catalog.sources import ROOT
from .notices import Notice, notices

SBOM = "nameplate.cdx.json"
SUMS = "SHA256SUMS"
# The licences of notices.yml whose name is an identifier of SPDX.
SPDX = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Python-2.0",
    "W3C",
    "Zlib",
    "bzip2-1.0.6",
}
NAMESPACE = uuid.UUID("5d9aa1e4-6a0e-5c2e-9a55-6e1f8d1f7a10")  # ours, so that the same release has the same number


class ReleaseError(ValueError):
    """Say why this can't be released."""


def main(arguments: list[str] | None = None) -> int:
    """Collect the files, or say what is missing; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m plugins.publish.release", description="Collect a release.")
    parser.add_argument("folder", type=Path, help="holds the wheel and the source archive, and gets the rest")
    parser.add_argument("--tag", required=True, help="the tag that makes the release, such as v0.1.0")
    parser.add_argument("--notes", required=True, type=Path, metavar="FILE", help="where the release notes are written")
    options = parser.parse_args(arguments)
    try:
        version = check(options.tag, ROOT)
        names = collect(options.folder, version, ROOT, committed(ROOT))
        options.notes.write_text(changes(version, ROOT), encoding="utf-8")
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Version {version}: {', '.join(names)}.")
    return 0


def check(tag: str, root: Path) -> str:
    """Return the version that a tag releases."""
    source = (root / "widgets" / "nameplate" / "__init__.py").read_text(encoding="utf-8")
    [version] = re.findall(r'^__version__ = "([^"]+)"', source, re.MULTILINE)
    if tag != f"v{version}":
        raise ReleaseError(f"The tag {tag} doesn't belong to version {version} in widgets/nameplate/__init__.py.")
    changes(version, root)
    return str(version)


def changes(version: str, root: Path) -> str:
    """Return what the changelog says about a version."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    for part in re.split(r"^(?=## \[)", text, flags=re.MULTILINE):
        if part.startswith(f"## [{version}]") and (body := part.partition("\n")[2].strip()):
            return body + "\n"
    raise ReleaseError(f'CHANGELOG.md says nothing under "## [{version}]".')


def committed(root: Path) -> datetime.datetime:
    """Return when the released commit was made."""
    seconds = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)


def collect(folder: Path, version: str, root: Path, when: datetime.datetime) -> list[str]:
    """Add everything to the folder, and return the names of all its files."""
    if not any(folder.glob("*.whl")) or not any(folder.glob("*.tar.gz")):
        raise ReleaseError(f"{folder} lacks the wheel or the source archive. Run: make package")
    archives = {
        "json": (root / "site" / "api" / "v1", root / "LICENSE-DATA"),
        "vectors": (root / "tests" / "vectors", root / "LICENSE-DATA"),
        "site": (root / "site", root / "LICENSE"),
    }
    for name, (source, licence) in archives.items():
        if not source.is_dir():
            raise ReleaseError(f"{source} is missing. Run: make build")
        _pack(folder / f"nameplate-{version}-{name}.tar.gz", source, licence, when)
    sbom = json.dumps(bill(version, when, notices().theirs), indent=2, ensure_ascii=False)
    (folder / SBOM).write_text(sbom + "\n", encoding="utf-8")
    files = sorted(path for path in folder.iterdir() if path.name != SUMS)
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (folder / SUMS).write_text(sums, encoding="utf-8")
    return [*(path.name for path in files), SUMS]


def _pack(archive: Path, source: Path, licence: Path, when: datetime.datetime) -> None:
    """Pack a folder and its licence, so that the same files give the same bytes."""
    top = archive.name.removesuffix(".tar.gz")
    files = {f"{top}/{path.relative_to(source).as_posix()}": path for path in source.rglob("*") if path.is_file()}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, path in sorted({**files, f"{top}/{licence.name}": licence}.items()):
            entry = tarfile.TarInfo(name)
            entry.size = path.stat().st_size
            entry.mtime = int(when.timestamp())
            with path.open("rb") as content:
                tar.addfile(entry, content)
    archive.write_bytes(gzip.compress(packed.getvalue(), mtime=0))


def bill(version: str, when: datetime.datetime, parts: Iterable[Notice]) -> dict[str, Any]:
    """Return the list of what the site holds of others. The package itself depends on nothing."""
    components = [_component(number, part) for number, part in enumerate(parts, 1)]
    ours = {
        "type": "application",
        "bom-ref": "nameplate",
        "name": "nameplate",
        "version": version,
        "licenses": [{"expression": "MIT AND CC-BY-4.0"}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{version} {when.isoformat()}')}",
        "version": 1,
        "metadata": {"timestamp": when.isoformat(), "component": ours},
        "components": components,
        "dependencies": [{"ref": "nameplate", "dependsOn": [part["bom-ref"] for part in components]}],
    }


def _component(number: int, part: Notice) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": f"part-{number}",
        "name": part.name,
        "description": part.about,
        "copyright": part.copyright,
        "licenses": [{"license": {"id": part.licence} if part.licence in SPDX else {"name": part.licence}}],
        "externalReferences": [{"type": "website", "url": part.source}],
    }


if __name__ == "__main__":
    sys.exit(main())

"""Pass on the project's addresses: `python -m plugins.publish.addresses COMMAND ...` runs a command that knows them.

pyproject.toml is the one place for them: Documentation is the site's address, Source the repository's, Issues that of its issues.
On GitHub's machines, what isn't written there follows from the repository. What the environment says already, stays.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from ..catalog.sources import ROOT

# Fields of .github/ISSUE_TEMPLATE/wrong-reading.yml. Other forges fill in a title and a text.
FORM = "?template=wrong-reading.yml&title={title}&name={name}&report={body}&release={release}"
PLAIN = "?title={title}&body={body}"


def main(command: list[str]) -> int:
    """Run the command with the addresses in its environment, and return its exit code; without one, print them."""
    found = addresses(project_urls(ROOT), os.environ)
    if not command:
        print(*(f"{name}={value}" for name, value in found.items()), sep="\n")
        return 0
    return subprocess.run(command, env={**os.environ, **found}, check=False).returncode


def project_urls(root: Path) -> dict[str, str]:
    """Return the addresses in pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return dict(project.get("urls", {}))


def addresses(urls: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """Return what mkdocs.yml asks the environment for.

    >>> known = addresses({"Source": "https://github.com/a/b"}, {})
    >>> sorted(known), known["EDIT_URI"]
    (['EDIT_URI', 'REPORT_URL'], 'https://github.com/a/b/edit/main/docs/{path}')
    >>> addresses({}, {"GITHUB_REPOSITORY": "Some/np", "GITHUB_SERVER_URL": "https://github.com"})["SITE_URL"]
    'https://some.github.io/np/'
    """
    urls = {**_of_github(environment), **urls}
    found = {}
    if site := urls.get("Documentation"):
        found["SITE_URL"] = f"{site.rstrip('/')}/"
    if source := urls.get("Source", "").removesuffix(".git").rstrip("/"):
        found["EDIT_URI"] = f"{source}/edit/main/docs/{{path}}" if _is_github(source) else ""
    if issues := urls.get("Issues", f"{source}/issues" if source else "").rstrip("/"):
        found["REPORT_URL"] = f"{issues}/new{FORM if _is_github(issues) else PLAIN}"
    return {name: value for name, value in found.items() if value and not environment.get(name)}


def _is_github(address: str) -> bool:
    return urlsplit(address).hostname == "github.com"


def _of_github(environment: Mapping[str, str]) -> dict[str, str]:
    repository = environment.get("GITHUB_REPOSITORY", "")
    server = environment.get("GITHUB_SERVER_URL", "")
    if not repository or server != "https://github.com":
        return {}
    owner, _, name = repository.partition("/")
    pages = f"https://{owner.lower()}.github.io/"
    return {
        "Documentation": pages if name.lower() == f"{owner.lower()}.github.io" else f"{pages}{name}/",
        "Source": f"{server}/{repository}",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

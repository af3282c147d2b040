"""Every way in that renders contributed text checks it first, and renders it in a sandbox."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from plugins.publish import site_files
from plugins.site.checkout import Site
from plugins.site.page import Rendering, engine_pages
from plugins.site.templates import PageEnvironment, environment
from plugins.trust import files
from plugins.trust.contributed import RefusedError
from tests import small_site
from tests.trust.attacks import ROOT

CODE = "{{ cycler.__init__.__globals__.os.system('touch PLACE') }}"


def evil(place: Path) -> str:
    return f"# Title\n\n{CODE.replace('PLACE', str(place))}\n"


@pytest.fixture
def jinja() -> PageEnvironment:
    return environment(Site(ROOT).configuration, {"term": lambda slug: f"<{slug}>"})


def test_a_macro_is_called(jinja: PageEnvironment) -> None:
    assert jinja.from_string('a {{ term("x") }} {% b %}').render() == "a <x> {% b %}"


def test_a_page_with_code_is_not_compiled(jinja: PageEnvironment) -> None:
    with pytest.raises(TemplateSyntaxError, match="only calls such as"):
        jinja.from_string("{{ ''.__class__ }}")


@pytest.mark.parametrize("code", ["{{ ''.upper() }}", "{{ x.y }}", "{{ f() }}", "{{ term.__globals__ }}"])
def test_what_is_compiled_all_the_same_reaches_nothing(jinja: PageEnvironment, code: str) -> None:
    compiled = ImmutableSandboxedEnvironment.compile(jinja, code)
    template = jinja.template_class.from_code(jinja, compiled, jinja.globals)
    with pytest.raises(SecurityError):
        template.render(f=print, x=SimpleNamespace(y=1))


def test_nothing_is_published_of_a_page_with_code(tmp_path: Path) -> None:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "docs" / "assets").mkdir(parents=True)
    (tmp_path / "docs" / "assets" / "manifest.json").write_text(json.dumps({}), encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text(evil(tmp_path / "ran"), encoding="utf-8")
    with pytest.raises(RefusedError, match=r"docs/index.md:3: only calls such as"):
        site_files.publish(tmp_path, tmp_path / "mark")
    assert not (tmp_path / "ran").exists()
    assert not (tmp_path / "docs" / "llms.txt").exists()


def build(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Call the site's engine itself on a page with code."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text(evil(folder / "ran"), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(small_site.CONFIGURATION.replace(", decode.md", ""), encoding="utf-8")
    (folder / "plugins.py").write_text("from plugins import define_env, on_pre_page_macros\n", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": "", **more}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_engine_itself_refuses_a_page_with_code(tmp_path: Path) -> None:
    built = build(tmp_path)
    assert built.returncode != 0
    assert "docs/index.md:3: only calls such as" in built.stdout + built.stderr
    assert not (tmp_path / "ran").exists()
    assert not (tmp_path / "site" / "index.html").exists()


def test_while_serving_a_refused_page_is_shown_as_its_faults(tmp_path: Path) -> None:
    built = build(tmp_path, MACROS_ON_ERROR_FAIL="false")
    assert built.returncode == 0, built.stdout + built.stderr
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "This page was refused" in page
    assert "docs/index.md:3: only calls such as" in page
    assert not (tmp_path / "ran").exists()


def test_every_target_that_renders_checks_first() -> None:
    for target in ("assets", "build", "serve", "test"):
        steps = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        order = [steps.find(step) for step in ("plugins.trust\n", "-m plugins.bundle\n", "-m plugins.publish\n")]
        assert -1 < order[0] < order[1] < order[2], target


def test_the_engine_has_the_pages_that_are_checked() -> None:
    assert sorted(engine_pages(ROOT / "docs")) == sorted(page.source for page in Site(ROOT).pages)


def test_templates_print_front_matter_as_text() -> None:
    meta = {"title": 'R&D "x" <b>', "description": "a\"b'c", "hide": ["toc"]}
    Rendering(SimpleNamespace(page=SimpleNamespace(meta=meta))).escape_front_matter()
    assert meta == {"title": "R&amp;D &quot;x&quot; &lt;b&gt;", "description": "a&quot;b'c", "hide": ["toc"]}


@pytest.mark.parametrize("made", ["docs/assets/evil.js", "docs/llms.txt", "build/parsed-data/x", "docs/a/index.md.txt"])
def test_what_a_build_writes_is_not_committed(tmp_path: Path, made: str) -> None:
    path = tmp_path / made
    path.parent.mkdir(parents=True)
    path.write_text("x", encoding="utf-8")
    for arguments in (["init", "-q"], ["add", "-f", made]):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)
    assert [(fault.path, fault.message.split(".")[0]) for fault in files.check(Site(tmp_path))] == [
        (path, "a build writes this file itself")
    ]

"""The linter: what a macro call names exists, and faults are sorted and say where, what and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins import lint
from plugins.catalog.faults import Fault
from plugins.lint import __main__ as command
from plugins.lint import calls
from plugins.site.checkout import Site
from plugins.site.macro_names import NAMES
from plugins.trust import contributed

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site of one page with the real configuration."""
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "docs" / "families").mkdir(parents=True)
    return Site(tmp_path)


def write(site: Site, text: str, source: str = "page.md") -> None:
    (site.docs / source).write_text(text, encoding="utf-8")


def found(faults: list[Fault]) -> list[tuple[int, str]]:
    return [(fault.line, fault.message) for fault in faults]


def refused(site: Site) -> list[Fault]:
    return contributed.check(site, NAMES)


def test_an_unknown_macro_suggests_the_nearest(site: Site) -> None:
    write(site, '# Title\n\n\nSee {{ terms("gguf") }}.\n')
    [(line, message)] = found(refused(site))
    assert line == 4
    assert message.startswith('"terms" is not a macro. Did you mean "term"?')


def test_every_fault_of_a_page_is_reported_at_once(site: Site) -> None:
    write(site, "{{ a }}\n\n{{ b }}\n\n{{ c() }}\n")
    assert [fault.line for fault in refused(site)] == [1, 3, 5]


def test_an_unknown_term_suggests_the_nearest(site: Site) -> None:
    write(site, 'Text\n\n{{ term("ggfu") }}\n')
    [(line, message)] = found(list(calls.check(site)))
    assert line == 3
    assert message == '"ggfu" is not a term of the glossary. Did you mean "gguf"? Otherwise add it'


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('{{ variants("qwen-3") }}', 'Did you mean "qwen3"?'),
        ('{{ family("lama-3-1") }}', 'Did you mean "llama-3-1"?'),
        ('{{ decoded("") }}', "There's no name here"),
        ("{{ term() }}", "missing a required argument: 'slug'"),
        ('{{ glossary("x") }}', "too many positional arguments"),
    ],
)
def test_a_call_that_cannot_be_answered_is_found(site: Site, call: str, expected: str) -> None:
    write(site, call)
    [(_, message)] = found(list(calls.check(site)))
    assert expected in message


def test_a_macro_that_the_front_matter_hides_is_found(site: Site) -> None:
    write(site, '---\nvariants: []\n---\n\n{{ variants("qwen3") }}\n', "families/qwen3.md")
    [(line, message)] = found(list(calls.check(site)))
    assert line == 5
    assert "hides the macro" in message


def test_faults_are_sorted_and_said_once(site: Site) -> None:
    write(site, "{{ a }}\n", "z.md")
    write(site, "text\n{{ a }}\n\n{{ b }}\n", "b.md")
    faults = [fault for fault in lint.check(site) if fault.path.name in ("b.md", "z.md")]
    assert [(fault.path.name, fault.line) for fault in faults] == [("b.md", 2), ("b.md", 4), ("z.md", 1)]


def test_a_fault_names_place_problem_and_remedy(site: Site) -> None:
    write(site, '{{ term("ggfu") }}\n')
    [fault] = calls.check(site)
    assert str(fault) == (
        f'{site.docs}/page.md:1 term("ggfu"): "ggfu" is not a term of the glossary. Did you mean "gguf"? Otherwise add it.'
    )


@pytest.mark.parametrize("way", ["--annotate", "GITHUB_ACTIONS"])
def test_a_pull_request_shows_a_fault_at_its_line(
    way: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = Fault(ROOT / "docs" / "families" / "a,b.md", 7, "name", "100 % wrong\n::error::forged")
    monkeypatch.setattr(command, "check", lambda *_: [fault])
    monkeypatch.setenv("GITHUB_ACTIONS", "true" if way == "GITHUB_ACTIONS" else "")
    assert command.main([way] if way.startswith("-") else []) == 1
    assert capsys.readouterr().err.splitlines() == [
        "::error file=docs/families/a%2Cb.md,line=7::docs/families/a,b.md:7 name: 100 %25 wrong%0A::error::forged.",
        "1 fault.",
    ]


def test_the_pages_and_data_of_this_repository_have_no_fault() -> None:
    assert [str(fault) for fault in lint.check(Site(ROOT))] == []

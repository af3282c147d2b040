"""The linter: pages may call the site's macros with constants, hold prose, and nothing that runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins import lint
from plugins.catalog.faults import Fault
from plugins.lint import calls, front_matter, html, jinja
from plugins.site.checkout import Site

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


ATTACKS = [
    "{{ ''.__class__ }}",
    "{{ config }}",
    "{{ config.theme.get_env() }}",
    "{{ page.file.abs_src_path }}",
    "{{ files }}",
    "{{ environment }}",
    "{{ macros.term('gguf') }}",
    "{{ term.__globals__ }}",
    '{{ term("gguf").__class__ }}',
    '{{ term("gguf" ~ config) }}',
    "{{ term(config) }}",
    '{{ term(["gguf"]) }}',
    "{{ term(*page) }}",
    "{{ term(**page) }}",
    '{{ term("gguf")|upper }}',
    '{{ term("gguf") if true else config }}',
    '{{ lipsum.__globals__["os"].popen("id").read() }}',
    "{{ cycler }}",
    "{{ fix_url('x') }}",
    "{{ context() }}",
    "{{ 1 + 1 }}",
    "{{ 'text' }}",
    "[[% include 'index.md' %]]",
    "[[% import 'index.md' as x %]]",
    "[[% set x = config %]]",
    "[[% for x in files %]]x[[% endfor %]]",
    "[[% if true %]]x[[% endif %]]",
    "[[% macro x() %]]x[[% endmacro %]]",
    "[[% call term('gguf') %]]x[[% endcall %]]",
    "[[% filter upper %]]x[[% endfilter %]]",
    "{{ unclosed",
    "```\n{{ config }}\n```",
    "`{{ config }}`",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_page_runs_nothing(site: Site, attack: str) -> None:
    write(site, f"# Title\n\n{attack}\n")
    faults = list(jinja.check(site))
    assert len(faults) == 1
    assert faults[0].line >= 3


@pytest.mark.parametrize(
    "text",
    [
        '{{ term("gguf") }}',
        "{{ term('gguf', 'files') }}",
        '{{ term("gguf", text="files") }}',
        '{{- decoder("a-7b", "b-7b") -}}',
        "{{ glossary() }}",
        "[[% raw %]]{{ config }}[[% endraw %]]",
        "[[# a remark #]]",
        "{% if messages %}{# a remark #}{% endif %}",
        "`{#id}` and ${x}",
        "| {a} | }} |",
    ],
)
def test_calls_with_constants_and_plain_text_may_stand(site: Site, text: str) -> None:
    write(site, f"# Title\n\n{text}\n")
    assert list(jinja.check(site)) == []


def test_an_unknown_macro_suggests_the_nearest(site: Site) -> None:
    write(site, '# Title\n\n\nSee {{ terms("gguf") }}.\n')
    [(line, message)] = found(list(jinja.check(site)))
    assert line == 4
    assert message.startswith('"terms" is not a macro. Did you mean "term"?')


def test_every_fault_of_a_page_is_reported_at_once(site: Site) -> None:
    write(site, "{{ a }}\n\n{{ b }}\n\n{{ c() }}\n")
    assert [fault.line for fault in jinja.check(site)] == [1, 3, 5]


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
        ('{{ decoded("") }}', "There’s no name here"),
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


UNSAFE = [
    "<script>alert(1)</script>",
    "<SCRIPT src=//example.org/x.js></SCRIPT>",
    'a <b onclick="alert(1)">b</b>',
    "[a](x.md){: onclick=alert(1) }",
    "# Title {: onmouseover=alert(1) }",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,x)",
    "[a](//example.org/x)",
    '<a href=" javascript:alert(1)">a</a>',
    "[a]\n\n[a]: javascript:alert(1)",
    "![a](https://example.org/x.png)",
    '<img src="//example.org/x.png">',
    '<img src="x.png" srcset="https://example.org/x.png 2x">',
    '<p style="position:fixed">x</p>',
    '<iframe src="x.html"></iframe>',
    "<form action=x><input></form>",
    "<style>*{}</style>",
    '<object data="x"></object>',
    "<svg onload=alert(1)></svg>",
    "<math></math>",
    '<meta http-equiv="refresh" content="0">',
    '<base href="https://example.org/">',
    "<link rel=stylesheet href=x.css>",
    "<?php echo 1 ?>",
    "<custom-element></custom-element>",
    "<div markdown>\n<script>alert(1)</script>\n</div>",
]


# As long as it is found: the address in the page is not the one in the source.
DISGUISED = [
    "[a](<java\tscript:alert(1)>)",
    '<a href="java&#10;script:alert(1)">a</a>',
    "[a](&#106;avascript:alert(1))",
]


@pytest.mark.parametrize("unsafe", DISGUISED)
def test_a_disguised_address_is_found(site: Site, unsafe: str) -> None:
    write(site, unsafe)
    assert "javascript" in "".join("".join(fault.message.split()) for fault in html.check(site))


@pytest.mark.parametrize("unsafe", UNSAFE)
def test_a_page_holds_only_prose(site: Site, unsafe: str) -> None:
    write(site, f"---\ntitle: x\n---\n\nText\n\n{unsafe}\n")
    faults = list(html.check(site))
    assert faults
    assert {fault.line for fault in faults} <= {7, 8, 9}


@pytest.mark.parametrize(
    "text",
    [
        "`<script>` and `onclick=`",
        "```html\n<script>alert(1)</script>\n```",
        "| a | b |\n| --: | :-: |\n| 1 | 2 |",
        '<div class="x" markdown>\n\n**bold**\n\n</div>',
        "[a](https://example.org/), [b](page.md#x), [c](mailto:a@example.org), <https://example.org/>",
        "![a](images/x.svg){: width=400 loading=lazy }",
        "!!! note\n    Text",
        "??? note\n    Text",
        "x\n: a definition",
        "1 < 2 and a<b",
        "<!-- a remark -->",
        "<figure><img src='x.png' alt=''><figcaption>x</figcaption></figure>",
    ],
)
def test_prose_may_stand(site: Site, text: str) -> None:
    write(site, f"# Title\n\n{text}\n")
    assert list(html.check(site)) == []


def test_entries_of_the_glossary_are_watched_too(site: Site) -> None:
    folder = site.root / "widgets" / "nameplate" / "data" / "terms" / "basics"
    folder.mkdir(parents=True)
    (folder / "x.md").write_text("---\nterm: x\n---\nText\n\n## Heading\n\n<b onclick=x>y</b>\n", encoding="utf-8")
    assert [fault.line for fault in html.check(site)] == [8, 6]


def test_unknown_keys_in_the_front_matter_are_found(site: Site) -> None:
    write(site, "---\ntitle: x\nrender_macros: true\ntemplte: x.html\n---\n\nText\n")
    assert [(fault.line, fault.place) for fault in front_matter.check(site)] == [(3, "render_macros"), (4, "templte")]


def test_front_matter_holds_no_macros(site: Site) -> None:
    write(site, '---\ntitle: "{{ config }}"\n---\n\nText\n')
    [(line, message)] = found(list(front_matter.check(site)))
    assert line == 2
    assert "no macros" in message


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


def test_the_pages_and_data_of_this_repository_have_no_fault() -> None:
    assert [str(fault) for fault in lint.check(Site(ROOT))] == []

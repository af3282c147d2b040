"""Render the widget for choosing while the site is built: three questions and a worked answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from nameplate.memory.machine import Machine, machine, machines
from nameplate.picker.form import choose, read_question
from nameplate.render.pick_html import html

from ..catalog.models import Family
from .markup import escaped, one_block, question, way_up
from .page import PageAddress

SITUATIONS = (
    "a chatbot for our customers",
    "pull dates and sums out of invoices",
    "complete code in my editor",
    "solve hard problems step by step",
    "vectors for search",
    "train it on our own data",
)
LICENCES = (("", "any"), ("commercial", "must allow a product you sell"))
RUNTIMES = (
    ("", "any"), ("llama.cpp", "llama.cpp"), ("ollama", "Ollama"), ("lm-studio", "LM Studio"), ("jan", "Jan"),
    ("koboldcpp", "KoboldCpp"), ("mlx", "MLX"), ("vllm", "vLLM"), ("sglang", "SGLang"), ("tgi", "TGI"),
    ("tensorrt-llm", "TensorRT-LLM"), ("transformers", "Transformers"), ("exllamav2", "ExLlamaV2"),
    ("exllamav3", "ExLlamaV3"), ("tabbyapi", "TabbyAPI"), ("text-generation-webui", "text-generation-webui"),
    ("openvino", "OpenVINO"), ("transformers.js", "Transformers.js"), ("webgpu", "a browser (WebGPU)"),
)  # fmt: skip
# Folds the form before it is parsed if the address asks something, so that it is never painted; styles hide the worked
# example, too. widgets/web/first-paint.js does the rest once the form is there.
FOLD = (
    "if(document.currentScript&&/[#&](names|task)=[^&]/.test(location.hash)){"
    'const fold=document.currentScript.parentNode;fold.open=false;fold.parentNode.dataset.asked=""}'
)
SHORTEST, LONGEST = 11, 18  # powers of two on the slider for the context: 2,048 to 262,144 tokens
USUAL = 12  # 4,096: the context that memory is computed for if none is given


# What the picker's form asks, by the names in an address: widgets/web/elements/picker-form.mjs has the same.
PARAMETERS = ("names", "task", "machine", "gpu_gb", "ram_gb", "context", "licence", "runtime")


class Example(NamedTuple):
    """A question: the one that the page answers until the reader asks another, or one to try.

    `machine` is a key of the list of machines, or a description of one.
    """

    names: Sequence[str]
    task: str
    machine: str


def picker(
    example: Example,
    tries: Mapping[str, Example],
    here: PageAddress,
    families: Mapping[str, Family],
    number: int,
    built: Mapping[str, Any],
) -> str:
    """Render the widget around a worked answer as one block of HTML, which makes sense before any script runs.

    The form is empty: what is in it should be the reader's own. `tries` are questions to try, by title.
    """
    up = way_up(here.url)
    return "\n".join(
        (
            '<div class="nameplate">',
            f'<nameplate-picker class="np-picker" data-search-exclude data-decoder="{up}decode/">',
            '<details class="np-question-fold" open><summary>Your question <span class="np-digest"></span></summary>',
            f"<script>{FOLD}</script>",
            f'<form class="np-form" action="{up}choose/" method="dialog">',  # without scripts, it sends nothing
            _tries(tries, up),
            _names(families, number),
            _task(number),
            _machine(number),
            _more(number),
            '<button class="np-button np-go" type="submit">Choose</button>',
            "</form></details>",
            f"<script>{built['first_paint']}</script>",
            '<noscript><p class="np-noscript">Choosing among other names needs JavaScript. Below is a worked answer, and '
            f'<a href="{up}guide/which-variant/">the guide</a> works without.</p></noscript>',
            f'<div class="np-status"><span class="np-status-text">{_caption(example)}</span></div>',
            f'<div class="np-result" data-nameplate="pick-result" data-state="example">{answer(example, here)}</div>',
            "</nameplate-picker>",
            f'<script type="module" src="{up}assets/{escaped(built["entry"])}"></script>',
            "</div>",
        )
    )


def _caption(example: Example) -> str:
    """Return which question the page answers before the reader asks one."""
    return f"A worked example: {len(example.names)} names for “{escaped(example.task)}”"


def answer(example: Example, here: PageAddress) -> str:
    """Render the answer to a question, as the widget gives it."""
    graphics, memory = _figures(example)
    given = {"names": "\n".join(example.names), "task": example.task, "gpu_gb": graphics, "ram_gb": memory}
    return one_block(html(choose(read_question(given)), decode=f"{way_up(here.url)}decode/"))


def _figures(example: Example) -> tuple[str, str]:
    """Return graphics memory and main memory of the example's machine in decimal gigabytes, empty if it has none."""
    found = machine(example.machine)
    gigabytes = (found.gpu_gb, found.ram_gb) if found else (None, None)
    graphics, memory = (f"{figure:g}" if figure else "" for figure in gigabytes)
    return graphics, memory


def _question(legend: str, *content: str, kind: str = "np-question") -> str:
    return f'<fieldset class="{kind}"><legend>{legend}</legend>{"".join(content)}</fieldset>'


def _label(text: str, field: str) -> str:
    return f'<label class="np-label" for="{field}">{text}</label>'


def _tries(tries: Mapping[str, Example], up: str) -> str:
    links = " ".join(
        f'<a class="np-try" href="{up}choose/{escaped(_question_of(asked))}">{escaped(title)}</a>'
        for title, asked in tries.items()
    )
    return f'<p class="np-tries">Try {links}</p>' if links else ""


def _question_of(asked: Example) -> str:
    return question(names=",".join(asked.names), task=asked.task, machine=asked.machine)


def _names(families: Mapping[str, Family], number: int) -> str:
    pages = sorted((page.title, slug) for slug, page in families.items() if len(page.variants) > 1)
    options = "".join(f'<option value="{escaped(slug)}">{escaped(title)}</option>' for title, slug in pages)
    return _question(
        "1. Which names?",
        _label("One per line, as you found them", f"np-names-{number}"),
        f'<textarea class="np-input" id="np-names-{number}" name="names" rows="4" spellcheck="false" autocapitalize="none" '
        f'autocomplete="off" aria-describedby="np-names-hint-{number}"></textarea>',
        f'<p class="np-hint" id="np-names-hint-{number}">Leave it empty to search all known models.</p>',
        f'<p class="np-choose-family" hidden><label for="np-family-{number}">or all of a family:</label> '
        f'<select class="np-select" id="np-family-{number}" data-ask="family"><option value="">choose one</option>{options}</select></p>',
    )


def _task(number: int) -> str:
    buttons = "".join(
        f'<button class="np-button np-situation" type="button" data-task="{escaped(text)}">{escaped(text)}</button>'
        for text in SITUATIONS
    )
    return _question(
        "2. For what?",
        _label("In your words", f"np-task-{number}"),
        f'<input class="np-input np-words" id="np-task-{number}" name="task" type="text" autocomplete="off">',
        f'<p class="np-situations" hidden>{buttons}</p>',
    )


def _machine(number: int) -> str:
    groups = "".join(
        f'<optgroup label="{escaped(title)}">{"".join(map(_option, group))}</optgroup>' for title, group in machines()
    )
    return _question(
        "3. On which machine?",
        _label("Its graphics card, or its memory", f"np-machine-{number}"),
        f'<input class="np-input np-words" id="np-machine-{number}" name="machine" type="text" autocomplete="off" '
        f'spellcheck="false" aria-describedby="np-machine-hint-{number} np-machine-note-{number}">',
        f'<p class="np-hint" id="np-machine-hint-{number}">Such as “RTX 4090”, “M3 Max 36GB” or “8 GB RAM, no GPU”.</p>',
        f'<p class="np-machine-note" id="np-machine-note-{number}"></p>',
        '<p class="np-ask-card" data-ask="card" hidden><button class="np-button" type="button">Use this computer\'s graphics card</button> '
        '<span class="np-card-note" role="status"></span></p>',
        f'<p class="np-choose-machine" hidden><label for="np-usual-{number}">or a usual one:</label> '
        f'<select class="np-select" id="np-usual-{number}" data-ask="machine"><option value="">choose one</option>{groups}'
        '<option value="own">My own figures</option></select></p>',
        '<p class="np-figures-asked">'
        '<label>Graphics memory to fill, GB <input class="np-input np-number" name="gpu_gb" type="number" min="0" step="any" '
        'inputmode="decimal"></label> '
        '<label>Main memory to fill, GB <input class="np-input np-number" name="ram_gb" type="number" min="0" step="any" '
        'inputmode="decimal"></label></p>',
        f'<p class="np-context" hidden><label for="np-context-{number}">Context length: '
        f'<span class="np-tokens">{2**USUAL:,} tokens</span></label>'
        f'<input class="np-slider" id="np-context-{number}" type="range" min="{SHORTEST}" max="{LONGEST}" step="1" '
        f'value="{USUAL}" data-ask="context" aria-valuetext="{2**USUAL:,} tokens"></p>',
    )


def _option(one: Machine) -> str:
    graphics = f' data-gpu-gb="{one.gpu_gb:g}"' if one.gpu_gb else ""
    memory = f' data-ram-gb="{one.ram_gb:g}"' if one.ram_gb else ""
    return f'<option value="{one.key}"{graphics}{memory}>{escaped(one.title)}</option>'


def _more(number: int) -> str:
    return _question(
        "If it matters",
        _label("Licence", f"np-licence-{number}"),
        _select("licence", LICENCES, number),
        _label("Program", f"np-runtime-{number}"),
        _select("runtime", RUNTIMES, number),
        kind="np-question np-more",
    )


def _select(name: str, options: Sequence[tuple[str, str]], number: int) -> str:
    written = "".join(f'<option value="{escaped(value)}">{escaped(title)}</option>' for value, title in options)
    return f'<select class="np-select" id="np-{name}-{number}" name="{name}">{written}</select>'

"""Name your own model: how a proposed name is read by this decoder and by other programs, and a better one."""

from __future__ import annotations

from ..naming.check import NameCheck, check_name, usual_at_ollama
from ..naming.collisions import Finding
from ..naming.gguf import said_by_convention
from ..naming.ollama import said_by_ollama
from ..render.escape import visible
from ..render.labels import LABELS
from ..render.summary import sentence
from .controls import Buttons, Text
from .demonstration import Demonstration, Shown, State

OFFERED = (
    "Kestrel-base",
    "Kestrel-8B-Claude-Style",
    "Kestrel-7B-Instruct-4KM.gguf",
    "Llama-3.1-8B-Instruct",
    "Kestrel-7B-Instruct-v1.0",
)


def show(state: State) -> Shown:
    """Return what to change about a name, a better one, and how programs read it.

    Raises what `decode` raises for a name.
    """
    found = check_name(state["try"] or state["name"])
    verdict = "Nothing has to be changed." if found.ok else "Something has to be changed."
    better = f" Better: {found.proposal.name}" if found.proposal else ""
    return Shown(
        f'<p class="np-demo-says"><strong>{verdict}</strong> The command below ends with {0 if found.ok else 1}.</p>'
        f"{_findings(found)}{_proposal(found)}{_readings(found)}",
        f"{verdict}{better}",
        labels={},
        sets={"name": found.name},
    )


def _findings(found: NameCheck) -> str:
    items = "".join(map(_finding, sorted(found.findings, key=lambda one: not one.must)))
    return f'<ul class="np-demo-findings">{items}</ul>' if items else ""


def _finding(one: Finding) -> str:
    kind, word = ("must", "Change") if one.must else ("may", "Consider")
    return f'<li class="np-demo-{kind}"><strong>{word}:</strong> {visible(one.text)}</li>'


def _proposal(found: NameCheck) -> str:
    if found.proposal is None:
        return ""
    name, fill_in, left_out = found.proposal
    more = f" Put your own words in place of {', '.join(fill_in)}." if fill_in else ""
    less = f" It leaves out {', '.join(f'<code>{visible(word)}</code>' for word in left_out)}." if left_out else ""
    return f'<p class="np-demo-better">Better: <code translate="no">{visible(name)}</code>{more}{less}</p>'


def _readings(found: NameCheck) -> str:
    parts = "".join(
        f"<li><code>{visible(token.text)}</code> {_what(token.field)}</li>"
        for token in found.reading.tokens
        if token.field != "separator" and token.text.strip()
    )
    rows = "".join(
        f'<tr><th scope="row">{who}</th><td>{what}</td></tr>'
        for who, what in (
            ("Nameplate", f'{visible(sentence(found.reading))}<ul class="np-demo-parts">{parts}</ul>'),
            ("GGUF naming convention", visible(said_by_convention(found.gguf))),
            ("Hugging Face", f"label {visible(found.hub_label)}" if found.hub_label else "no quantization label"),
            (
                "Ollama",
                f"{visible(said_by_ollama(found.ollama))}; usual there: <code>{visible(usual_at_ollama(found))}</code>",
            ),
        )
    )
    return (
        '<table class="np-demo-table np-demo-readers"><caption>How it\'s read</caption><thead><tr><th scope="col">By</th>'
        f'<th scope="col">As</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _what(field: str | None) -> str:
    """Return what a part of the name is, in a word or two.

    >>> _what("stage"), _what(None)
    ('training stage', 'not explained')
    """
    return LABELS[field].name.lower() if field in LABELS and field else "not explained"


SIMPLIFIED = (
    "Nothing is looked up: whether a name is free at a hub, only the hub knows. The GGUF naming convention is followed as "
    "its regular expression has it, which takes no dot in the first part. Licences that ask for a word in the name, such as "
    "that of Llama 3.1, aren't checked."
)

DEMONSTRATION = Demonstration(
    name="naming",
    title="Try a name",
    controls=(
        Text("name", "The name you have in mind", "Kestrel-IT-7b", is_name=True),
        Buttons("try", "Names to try", {name: name for name in OFFERED}),
    ),
    simplified=SIMPLIFIED,
    show=show,
)

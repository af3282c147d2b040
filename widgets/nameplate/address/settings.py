"""Find the model in a line of a configuration or of code: `model: gpt-4o`, `LLM(model="Qwen/Qwen3-8B")`."""

from __future__ import annotations

from ..patterns import pattern
from ..vocabulary.pastes import PasteTables
from .calls import Call, Operand

# key="value", key: "value", "key": "value"
QUOTED = pattern(r"""(?<![\w./-])["']?([A-Za-z][\w.-]*)["']?\s*(?:=>|:=|[=:])\s*[rf]?["'“`]([^"'”`\n]+)["'”`]""")
# A line that holds nothing but one setting.
WHOLE = pattern(
    r"""(?:(?:export|set|setx|ENV|ARG|let|const|var)\s+|\$env:|--?)?["']?([A-Za-z][\w.-]*(?: [A-Za-z]+)?)["']?\s*(=|:(?=\s))\s*["'“`]?([^"'“”`\n]+?)["'”`]?[,;]?(?:\s+#\s.*)?"""
)
# A line that gives a model a name of one's own: 'chatglm3-6b-q4': 'hf:mradermacher/chatglm3-6b-GGUF:chatglm3-6b.Q4_K_M.gguf',
VALUE = pattern(r"""\s*["'][^"'\n]+["']\s*:\s*["']([^"'\n]+)["'],?\s*""")
# key: value between the braces of YAML or JavaScript
FLOW = pattern(r"""[{,]\s*([A-Za-z][\w.-]*):\s+([^\s,{}"']+)""")
# What a program prints of a file's metadata: print_info: general.name = Qwen3 8B, - kv 2: general.name str = Qwen3 8B
PRINTED = pattern(
    r"""(?:\w[\w.]*:\s+)*(?:-\s+)?(?:kv\s+\d+:\s+)?([A-Za-z]\w*\.\w+)(?:\s+\w+)?\s+=\s+["']?([^"'\n]+?)["']?"""
)
MODEL_KEYS = ("_model", "_model_id", "_model_name", "_model_path")  # what keys for a certain model end in
SLOT = "model_"  # what variables for a model of several begin with: MODEL_HAIKU="ollama/minimax-m2.5:cloud"
ID = pattern(r"(?=.*\d)[A-Za-z][\w.-]*[/:][\w./:@-]*\w")
CALL = pattern(
    r"""(?<![\w])(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)\(\s*[rf]?["']([^"'\n]+)["'](?:\s*,\s*[rf]?["']([^"'\n]+)["'])?"""
)


def parse(text: str, tables: PasteTables) -> Call | None:
    """Return the setting that names a model, and the ones that say something about it."""
    operands = _called(text, tables) or given(text, tables)
    models = [operand for operand in operands if operand.role in ("model", "repository")]
    if not models:
        return None
    called = CALL.search(text)
    command = tables.function(called[1].lower()) if called else None
    first = min(models, key=lambda operand: (operand.role != "repository", operand.start))
    chosen = [first._replace(role="model")]
    chosen += [operand for operand in operands if operand.role not in ("model", "repository")]
    chosen.sort()
    ends = [0, *(operand.end for operand in chosen)]
    starts = [*(operand.start for operand in chosen), len(text)]
    return Call(tuple(chosen), (), tuple(zip(ends, starts, strict=True)), command.platform if command else None, ())


def _called(text: str, tables: PasteTables) -> list[Operand]:
    """Return the arguments of a function that loads a model: those in order, then those with a name."""
    for found in CALL.finditer(text):
        command = tables.function(found[1].lower())
        if command is None:
            continue
        roles = dict(command.verbs).get((), ())
        spans = [found.span(group) for group in (2, 3) if found[group]]
        operands = [Operand(*span, role) for role, span in zip(roles, spans, strict=False)]
        return operands + [operand for operand in given(text, tables) if operand.role == "revision"]
    return []


def given(text: str, tables: PasteTables) -> list[Operand]:
    """Return the values that a text gives to keys which say something about a model."""
    whole = WHOLE.fullmatch(text)
    if whole:
        role = _role(_key(whole[1]), tables) or tables.settings_alone.get(_key(whole[1]))
        if role is None and _key(whole[1]).startswith(SLOT) and ID.fullmatch(whole[3]):
            role = "model"
        role = role or tables.settings.get(_key(whole[1].rpartition(" ")[2]))  # Using model: …
        if role:
            return [Operand(whole.start(3), whole.end(3), role)]
    printed = PRINTED.fullmatch(text)
    role = tables.settings_alone.get(_key(printed[1])) if printed else None
    if printed and role:
        return [Operand(*printed.span(2), role)]
    quoted = VALUE.fullmatch(text)
    if quoted and ID.fullmatch(quoted[1]) and "/" in quoted[1]:
        return [Operand(*quoted.span(1), "model")]  # what an alias stands for
    pairs = [*QUOTED.finditer(text), *(FLOW.finditer(text) if "{" in text else ())]
    found = [(_role(_key(pair[1]), tables), pair.span(2)) for pair in pairs]
    return [Operand(start, end, role) for role, (start, end) in found if role is not None]


def _role(key: str, tables: PasteTables) -> str | None:
    """Return what a key's value is; a key that ends in one for models names a model of its own kind: REFLECTION_MODEL."""
    role = tables.settings.get(key)
    for suffix in MODEL_KEYS if role is None else ():
        if key.endswith(suffix) and len(key) > len(suffix):
            return tables.settings.get(suffix[1:])
    return role


def _key(written: str) -> str:
    """Return a key as the data spells it: without its object, in lower case.

    >>> _key("modelId"), _key("params.model-name"), _key("Model Name")
    ('modelid', 'model_name', 'model_name')
    """
    return written.rpartition(".")[2].lower().replace("-", "_").replace(" ", "_")

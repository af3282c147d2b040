"""What the browser's Python has done before a reader comes: runs once, when the memory snapshot is made.

Every way through the decoder is gone once, so that the first answer is as quick as the second, and nothing that reading
names takes has to be imported while a reader waits. Picking and sizing are left out: a page that has names read should
not load them, and the worker gives Python its library when it first misses something.
"""

import gc
import json
import sys
import types

import nameplate.browser
from nameplate.patterns import pattern

# The last but one is misspelt: what a search for a near word imports would else be fetched while the reader waits.
for name in (
    "SorskootLLM-70b-instruct",
    "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q8_0",
    "gpt-4o-2024-08-06",
    "llama-8b-instuct",
    "",
):
    nameplate.browser.answer(name, "../glossary/", "../families/")
two = json.dumps(["Qwen/Qwen3-8B", "mistralai/Mistral-7B-v0.1"])
nameplate.browser.comparison(two, "../decode/")
for form in ("json", "markdown"):
    nameplate.browser.export("Qwen/Qwen3-8B", form, "")
    nameplate.browser.export_comparison(two, form, "")
nameplate.browser.report("llama-8b-instuct", "")

# A regular expression is compiled when it is first needed, which takes longer than all the rest of a reading.
expressions = [found for found in gc.get_objects() if isinstance(found, type(pattern("")))]
for expression in expressions:
    expression.match("")
del expressions, expression

# The zip has been compiled without; this is for the modules that the runtime itself brings.
for found in gc.get_objects():
    if isinstance(found, types.FunctionType):
        found.__doc__ = None
        found.__code__ = bare(found.__code__)  # type: ignore[name-defined] # noqa: F821 # of bare.py
    elif isinstance(found, types.ModuleType):
        found.__doc__ = None
del found

sys._clear_internal_caches()  # type: ignore[attr-defined] # the browser has a later Python
gc.collect()
gc.freeze()

"""Run once, when the memory snapshot is made: what Python has done before a reader comes.

Each kind of question is asked once, so that the first answer is as quick as the second, and nothing has to be imported
while a reader waits. The picker and the memory estimate are left out: a page that decodes names should not load them, and
the worker gives Python its library when it first misses something.
"""

import gc
import json
import sys
import types

import nameplate.browser
from nameplate.patterns import pattern

# The last but one is misspelt: otherwise what the search for a similar word imports would be fetched while the reader waits.
for name in (
    "SorskootLLM-70b-instruct",
    "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q8_0",
    "gpt-4o-2024-08-06",
    "llama-8b-instuct",
    "",
):
    nameplate.browser.answer(name, "../glossary/", "../families/")
two = json.dumps(["Qwen/Qwen3-8B", "mistralai/Mistral-7B-v0.1"])
nameplate.browser.comparison(two, "../glossary/", "../decode/")
for form in ("json", "markdown"):
    nameplate.browser.export("Qwen/Qwen3-8B", form, "")
    nameplate.browser.export_comparison(two, form, "")
nameplate.browser.report("llama-8b-instuct", "")

# A regular expression is compiled when it is first used, which takes longer than the rest of a reading.
expressions = [found for found in gc.get_objects() if isinstance(found, type(pattern("")))]
for expression in expressions:
    expression.match("")
del expressions, expression

# The zip was compiled without docstrings and lines; this is for the modules that are part of the runtime.
for found in gc.get_objects():
    if isinstance(found, types.FunctionType):
        found.__doc__ = None
        found.__code__ = bare(found.__code__)  # type: ignore[name-defined] # noqa: F821 # of bare_code.py
    elif isinstance(found, types.ModuleType):
        found.__doc__ = None
del found

sys._clear_internal_caches()  # type: ignore[attr-defined] # the browser has a later Python
gc.collect()
gc.freeze()

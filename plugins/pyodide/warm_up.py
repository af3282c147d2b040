"""What the browser's Python has done before a reader comes: runs once, when the memory snapshot is made.

Everything of the package is imported and every way through it gone once, so that the first answer is as quick as the
second. Readings that are kept for a while (of pieces of names) stand in the snapshot, too.
"""

import gc
import importlib
import random

import nameplate.browser

modules: list[str] = globals()["modules"]  # given by snapshot.mjs
for module in modules:
    importlib.import_module(module)

# The last but one is misspelt: what a search for a near word imports would else be fetched while the reader waits.
for name in (
    "SorskootLLM-70b-instruct",
    "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q8_0",
    "gpt-4o-2024-08-06",
    "llama-8b-instuct",
    "",
):
    nameplate.browser.answer(name, "../glossary/", "../families/")
nameplate.browser.export("Qwen/Qwen3-8B", "json", "")
nameplate.browser.export("Qwen/Qwen3-8B", "markdown", "")

random.seed(0)
gc.collect()
gc.freeze()

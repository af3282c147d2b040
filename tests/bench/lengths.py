"""Names of 1,000 characters compared with names of 100 characters: at most twelve times as long, whatever they consist of."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .measuring import in_cpython, wheel

PARTS = ("a", "a1", "1-", "a/", "8b-", "8x", "q4_k_", "4k_", "instruct", "llamachat", "text-to-", "七", "-")
# Prints for each part the milliseconds of the processor for a short and a long name of it, the best of several, with nothing remembered.
PROGRAM = """
import gc, json, time
from nameplate import decode
from nameplate.decoder import _read, _reader
from nameplate.vocabulary.spelling import nearest

def best(name):
    found = []
    for _ in range(15):
        _read.cache_clear()
        _reader.cache_clear()
        nearest.cache_clear()
        started = time.process_time()
        decode(name).to_dict()
        found.append(1000 * (time.process_time() - started))
    return min(found)

for part in given:  # loads what is loaded when first asked for
    decode((part * 1000)[:1000]).to_dict()
gc.disable()
print(json.dumps([[best((part * 100)[:100]), best((part * 1000)[:1000])] for part in given]))
"""


def measure() -> Iterator[str]:
    with wheel() as folder:
        measured = json.loads(in_cpython(PROGRAM, folder, PARTS))
    yield f"{'repeated':12}{'100':>10}{'1,000':>10}{'ratio':>8}"
    for part, (short, long) in zip(PARTS, measured, strict=True):
        yield f"{part:12}{short:7.2f} ms{long:7.2f} ms{long / short:8.1f}"
